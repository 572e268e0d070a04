#include "platform/keys/keys_test_support.hpp"

namespace mainstay::keys {
namespace {

class KeysStoreTest : public KeysTest {
protected:
    std::optional<KeyFacts> facts(std::string const& secret) {
        return database().read(system_scope("a test"),
                               [&](Snapshot& snapshot) { return find_by_secret(snapshot, secret); });
    }
    std::string rotate(KeyId id, Duration overlap) {
        return write_in(tenant_, [&](Transaction& tx) { return rotate_key(tx, *find_key(tx, id), overlap); });
    }
    std::vector<std::string> names(KeyFilter const& filter) {
        std::vector<std::string> found;
        auto const keys = database().read(
            tenant_, [&](Snapshot& snapshot) { return list_keys(snapshot, filter, std::nullopt, 100); });
        for (Key const& key : keys) found.push_back(key.settings.name);
        return found;
    }
    std::vector<std::string> heard_of(std::function<void()> const& act) {
        std::vector<std::string> heard;
        shared_state::RevocationWatch watch(database(), clock,
                                            [&](std::string const& subject) { heard.push_back(subject); });
        watch.poll_now();
        heard.clear();
        act();
        watch.poll_now();
        return heard;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, KeysStoreTest, testing::each_engine(), testing::engine_name);

TEST_P(KeysStoreTest, EverySettingIsKeptAndChangedAsAWhole) {
    NewKey wanted = customer_key({{"burst", 10, 1}, {"daily", 1'000, 86'400}}, 7);
    wanted.settings.permissions = {"reports.read"};
    wanted.settings.allowed_addresses = {"10.0.0.0/8"};
    wanted.settings.owner = "customer 5";
    wanted.settings.metadata.text = R"({"tier":"gold"})";
    wanted.settings.expires_at = clock.now() + days(3);
    wanted.refill = Refill{50, RefillInterval::day};
    auto const made = make(wanted);
    Key const key = read(made.id);
    EXPECT_EQ(fields::to_json(key.settings), fields::to_json(wanted.settings));
    EXPECT_EQ(key.credits_remaining, 7);
    EXPECT_EQ(key.refill->amount, 50);
    EXPECT_EQ(key.refills_at, next_refill(RefillInterval::day, clock.now()));
    EXPECT_TRUE(made.key.text.starts_with(key.prefix));
    Settings plain;
    plain.name = "plain";
    write_in(tenant_, [&](Transaction& tx) { update_key(tx, made.id, plain); });
    EXPECT_EQ(fields::to_json(read(made.id).settings), fields::to_json(plain));
    EXPECT_EQ(read(made.id).credits_remaining, 7);
}

TEST_P(KeysStoreTest, NoSecretIsInTheDatabase) {
    auto const ours = make(api_key()), customers = make(customer_key());
    std::string const all = database().read(tenant_, [&](Snapshot& snapshot) {
        return fields::to_json(*find_key(snapshot, ours.id)) + fields::to_json(*find_key(snapshot, customers.id));
    });
    for (auto const& key : {ours, customers})
        EXPECT_EQ(all.find(key.key.text.substr(key.prefix.size())), std::string::npos);
    EXPECT_EQ(fields::to_masked_json(ours).find(ours.key.text), std::string::npos);
}

TEST_P(KeysStoreTest, AnApiKeyThatIsDisabledOrExpiredProvesNothing) {
    auto const made = make(api_key());
    EXPECT_TRUE(facts(made.key.text));
    change(made.id, [](Settings& settings) { settings.is_disabled = true; });
    EXPECT_FALSE(facts(made.key.text));
    EXPECT_TRUE(database().read(tenant_, [&](Snapshot& s) { return scopes_of(s, made.id); }).empty());
    change(made.id, [&](Settings& settings) {
        settings.is_disabled = false;
        settings.expires_at = clock.now() + seconds(1);
    });
    EXPECT_TRUE(facts(made.key.text));
    clock.advance(seconds(1));
    EXPECT_FALSE(facts(made.key.text));
}

TEST_P(KeysStoreTest, ACustomersKeyIsNoCredentialOfOurApi) {
    EXPECT_FALSE(facts(make(customer_key()).key.text));
}

TEST_P(KeysStoreTest, OldSecretWorksUntilTheOverlapEnds) {
    for (NewKey const& wanted : {api_key(), customer_key()}) {
        auto const made = make(wanted);
        bool const is_api = wanted.audience == Audience::api;
        auto const works = [&](std::string const& secret) {
            return is_api ? facts(secret).has_value() : outcome(secret) == Outcome::valid;
        };
        std::string const next = rotate(made.id, hours(1));
        verifications_.forget(made.id.to_string());
        EXPECT_TRUE(works(made.key.text));
        EXPECT_TRUE(works(next));
        clock.advance(hours(1) - microseconds(1));
        EXPECT_TRUE(works(made.key.text));
        clock.advance(microseconds(1));
        EXPECT_FALSE(works(made.key.text));
        EXPECT_TRUE(works(next));
        std::string const last = rotate(made.id, {});
        verifications_.forget(made.id.to_string());
        EXPECT_FALSE(works(next)) << "no overlap was asked for";
        EXPECT_TRUE(works(last));
    }
}

TEST_P(KeysStoreTest, SoManySecretsOfAKeyWorkAtOnceAndNoMore) {
    for (NewKey const& wanted : {api_key(), customer_key()}) {
        auto const made = make(wanted);
        for (std::size_t i = 1; i < secrets_max; ++i) rotate(made.id, days(1));
        EXPECT_THROW(rotate(made.id, days(1)), Fault);
        clock.advance(days(1));
        rotate(made.id, days(1));
    }
}

TEST_P(KeysStoreTest, WhatChangesAKeyIsToldToEveryNode) {
    auto const made = make(api_key());
    std::string const id = made.id.to_string();
    EXPECT_THAT(heard_of([&] { change(made.id, [](Settings& s) { s.name = "other"; }); }), ::testing::ElementsAre(id));
    EXPECT_THAT(heard_of([&] { rotate(made.id, {}); }), ::testing::ElementsAre(id));
    EXPECT_THAT(heard_of([&] { write_in(tenant_, [&](Transaction& tx) { revoke_key(tx, made.id); }); }),
                ::testing::ElementsAre(id));
}

TEST_P(KeysStoreTest, ListsAreNarrowedByOwnerAudienceAndRevocation) {
    auto const named = [&](NewKey key, std::string name, std::optional<std::string> owner) {
        key.settings.name = std::move(name);
        key.settings.owner = std::move(owner);
        clock.advance(milliseconds(1));  // lists are in the order of making
        return key;
    };
    make(named(api_key(), "ours", "ann"));
    make(named(customer_key(), "theirs", "ann"));
    auto const gone = make(named(customer_key(), "gone", "bob"));
    write_in(tenant_, [&](Transaction& tx) { revoke_key(tx, gone.id); });
    make(new_tenant(), named(api_key(), "foreign", "ann"));
    EXPECT_EQ(names({}), (std::vector<std::string>{"ours", "theirs", "gone"}));
    EXPECT_EQ(names({.owner = "ann", .audience = {}, .is_revoked = {}}), (std::vector<std::string>{"ours", "theirs"}));
    EXPECT_EQ(names({.owner = "", .audience = Audience::customer, .is_revoked = {}}),
              (std::vector<std::string>{"theirs", "gone"}));
    EXPECT_EQ(names({.owner = "", .audience = {}, .is_revoked = true}), (std::vector<std::string>{"gone"}));
    EXPECT_EQ(names({.owner = "", .audience = {}, .is_revoked = false}), (std::vector<std::string>{"ours", "theirs"}));
}

TEST_P(KeysStoreTest, EachAudienceHasAQuotaOfItsOwnAndARevokedKeyMakesRoom) {
    TenantId const small = new_tenant(tenants::Plan::free);
    auto const quota = entitlements::defaults_of(tenants::Plan::free).keys;
    CreatedKey last;
    for (std::int64_t i = 0; i < quota; ++i) last = make(small, api_key());
    EXPECT_THROW(make(small, api_key()), Fault);
    make(small, customer_key());
    write_in(small, [&](Transaction& tx) { revoke_key(tx, last.id); });
    make(small, api_key());
    EXPECT_THROW(make(small, api_key()), Fault);
    database().write(installation_scope("a test", "usr_op"), [&](Transaction& tx) {
        entitlements::Changes more;
        more.keys = quota + 1;
        entitlements::set_exceptions(tx, small, more);
    });
    make(small, api_key());
}

}  // namespace
}  // namespace mainstay::keys
