#include "platform/keys/keys_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mainstay::keys {
namespace {

constexpr Instant now{1'800'000'000'000'000};  // 2027-01-15T08:00:00Z

NewKey api_key() {
    NewKey key;
    key.settings.name = "k";
    key.settings.scopes = {"read"};
    return key;
}
NewKey customer_key() {
    NewKey key;
    key.audience = Audience::customer;
    key.prefix = "acme";
    key.settings.name = "k";
    return key;
}
std::vector<std::string> pointers_of(NewKey const& key) {
    std::vector<std::string> pointers;
    for (Problem const& problem : problems_of(key, now)) pointers.push_back(problem.pointer);
    return pointers;
}
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(KeySecrets, AreOfTheirPrefixAndAMistypedOneIsTold) {
    for (std::string const prefix : {"mk", "acme", "acme_live", "a", "sixteen_letters_"}) {
        std::string const secret = new_secret(prefix);
        EXPECT_EQ(is_api_secret(secret), prefix == "mk") << secret;
        EXPECT_EQ(is_customer_secret(secret), prefix != "mk") << secret;
        EXPECT_EQ(prefix_of(secret), prefix);
        EXPECT_EQ(shown_of(secret).size(), prefix.size() + 7);
        for (std::size_t i = 0; i < secret.size(); ++i) {
            std::string mistyped = secret;
            mistyped[i] = mistyped[i] == '7' ? '8' : '7';
            EXPECT_FALSE(is_api_secret(mistyped) || is_customer_secret(mistyped)) << mistyped;
            EXPECT_FALSE(is_api_secret(secret.substr(0, i)) || is_customer_secret(secret.substr(0, i)));
        }
        EXPECT_NE(secret, new_secret(prefix));
    }
}

TEST(KeySecrets, NoCustomersKeyLooksLikeOneOfOurs) {
    for (std::string const prefix : {"mk", "mk_live", "", "Acme", "a-b", "seventeen_letters", "a b", "\xc3\xa9"}) {
        NewKey key = customer_key();
        key.prefix = prefix;
        EXPECT_THAT(pointers_of(key), ElementsAre("/prefix")) << prefix;
        EXPECT_FALSE(is_customer_secret(new_secret(prefix))) << prefix;
    }
    for (std::string const prefix : {"m", "mkx", "0", "_", "acme_live_2026"}) {
        NewKey key = customer_key();
        key.prefix = prefix;
        EXPECT_THAT(pointers_of(key), IsEmpty()) << prefix;
    }
}

TEST(KeyRules, WhatBelongsToTheOtherAudienceIsRefused) {
    EXPECT_THAT(pointers_of(api_key()), IsEmpty());
    EXPECT_THAT(pointers_of(customer_key()), IsEmpty());
    NewKey ours = api_key();
    ours.prefix = "acme";
    ours.credits_remaining = 5;
    ours.settings.scopes = {"read", "nope", "system.write"};
    ours.settings.permissions = {"reports.read"};
    EXPECT_THAT(pointers_of(ours),
                ElementsAre("/prefix", "/credits_remaining", "/scopes/1", "/scopes/2", "/permissions"));
    ours = api_key();
    ours.settings.scopes.clear();
    EXPECT_THAT(pointers_of(ours), ElementsAre("/scopes"));
    NewKey theirs = customer_key();
    theirs.settings.scopes = {"read"};
    theirs.refill = Refill{5, RefillInterval::day};
    EXPECT_THAT(pointers_of(theirs), ElementsAre("/refill", "/scopes"));
}

TEST(KeyRules, EveryFaultOfTheSettingsIsNamed) {
    NewKey key = api_key();
    key.settings.limits = {{"a", 1, 1}, {"b", 1, 1}, {"a", 2, 2}};
    key.settings.allowed_addresses = {"10.0.0.0/8", "10.0.0.0/33", "localhost", "2001:db8::1"};
    key.settings.metadata.text = "[]";
    key.settings.expires_at = now;
    EXPECT_THAT(pointers_of(key), ElementsAre("/limits/2/name", "/allowed_addresses/1", "/allowed_addresses/2",
                                              "/metadata", "/expires_at"));
    key = api_key();
    key.settings.metadata.text = "{\"a\":\"" + std::string(metadata_bytes_max, 'x') + "\"}";
    EXPECT_THAT(pointers_of(key), ElementsAre("/metadata"));
}

TEST(KeyRules, AKeyThatHasExpiredMayKeepItsTimeAndGetNoOtherPast) {
    Key before;
    before.settings = api_key().settings;
    before.settings.expires_at = now - days(1);
    EXPECT_THAT(problems_of(before.settings, before, now), IsEmpty());
    Settings wanted = before.settings;
    wanted.expires_at = now;
    EXPECT_EQ(problems_of(wanted, before, now).size(), 1u);
}

TEST(KeyRules, NoKeyGetsMoreThanTheKeyThatMakesIt) {
    Settings maker = api_key().settings;
    maker.expires_at = now + days(10);
    maker.allowed_addresses = {"10.0.0.0/8", "2001:db8::/32"};
    maker.limits = {{"requests", 60, 60}};
    Settings child = maker;
    child.expires_at = now + days(10);
    EXPECT_FALSE(what_exceeds(child, maker));
    child.allowed_addresses = {"10.1.0.0/16", "2001:db8::5"};
    child.limits = {{"mine", 10, 10}};
    EXPECT_FALSE(what_exceeds(child, maker)) << "narrower";

    auto const exceeds = [&](auto const& widen) {
        Settings wider = child;
        widen(wider);
        return what_exceeds(wider, maker).has_value();
    };
    EXPECT_TRUE(exceeds([](Settings& s) { s.expires_at.reset(); }));
    EXPECT_TRUE(exceeds([](Settings& s) { s.expires_at = *s.expires_at + microseconds(1); }));
    EXPECT_TRUE(exceeds([](Settings& s) { s.allowed_addresses.clear(); }));
    EXPECT_TRUE(exceeds([](Settings& s) { s.allowed_addresses.push_back("192.0.2.1"); }));
    EXPECT_TRUE(exceeds([](Settings& s) { s.allowed_addresses = {"10.0.0.0/7"}; }));
    EXPECT_TRUE(exceeds([](Settings& s) { s.limits.clear(); }));
    EXPECT_TRUE(exceeds([](Settings& s) { s.limits = {{"mine", 61, 61}}; })) << "a larger burst";
    EXPECT_TRUE(exceeds([](Settings& s) { s.limits = {{"mine", 60, 59}}; })) << "a higher rate";
    EXPECT_FALSE(what_exceeds(child, api_key().settings)) << "of a maker without bounds";
}

TEST(KeyRules, CreditsComeAgainAtTheBeginningOfTheNextDayOrMonth) {
    auto const next = [](RefillInterval interval, std::string_view at) {
        return to_rfc3339(next_refill(interval, parse_rfc3339(at).value()));
    };
    EXPECT_EQ(next(RefillInterval::day, "2026-11-30T18:00:00Z"), "2026-12-01T00:00:00Z");
    EXPECT_EQ(next(RefillInterval::day, "2028-02-28T00:00:00Z"), "2028-02-29T00:00:00Z");
    EXPECT_EQ(next(RefillInterval::month, "2026-11-01T00:00:00Z"), "2026-12-01T00:00:00Z");
    EXPECT_EQ(next(RefillInterval::month, "2026-12-31T23:59:59.999999Z"), "2027-01-01T00:00:00Z");
}

class RefusalTest : public ::testing::Test {
protected:
    RefusalTest() {
        key_.permissions = {"reports.read", "reports.write"};
        key_.allowed_addresses = networks_of({"10.0.0.0/8", "2001:db8::/32"});
        key_.expires_at = now + days(1);
    }
    std::optional<Outcome> refusal(std::vector<std::string> const& permissions = {},
                                   std::optional<std::string> const& address = "10.1.2.3") {
        return refusal_of(key_, permissions, address, now);
    }
    CustomerKey key_;
};

TEST_F(RefusalTest, AKeyIsLetInForWhatItHas) {
    EXPECT_EQ(refusal(), std::nullopt);
    EXPECT_EQ(refusal({"reports.read", "reports.write"}, "2001:db8::5"), std::nullopt);
    EXPECT_EQ(refusal({"reports.read", "reports.delete"}), Outcome::insufficient_permissions);
    EXPECT_EQ(refusal({"reports"}), Outcome::insufficient_permissions);
}

TEST_F(RefusalTest, AKeyWithAllowedAddressesIsRefusedFromElsewhereAndFromNowhere) {
    EXPECT_EQ(refusal({}, "11.1.2.3"), Outcome::forbidden_address);
    EXPECT_EQ(refusal({}, "::1"), Outcome::forbidden_address);
    EXPECT_EQ(refusal({}, std::nullopt), Outcome::forbidden_address);
    EXPECT_EQ(refusal({}, "::ffff:10.1.2.3"), std::nullopt) << "the same address in another spelling";
}

TEST_F(RefusalTest, WhatEndsAKeyIsSaidBeforeWhatItLacks) {
    key_.is_disabled = true;
    EXPECT_EQ(refusal({"nothing"}, "::1"), Outcome::disabled);
    key_.expires_at = now;
    EXPECT_EQ(refusal({"nothing"}, "::1"), Outcome::expired);
    key_.is_revoked = true;
    EXPECT_EQ(refusal({"nothing"}, "::1"), Outcome::revoked);
}

}  // namespace
}  // namespace mainstay::keys
