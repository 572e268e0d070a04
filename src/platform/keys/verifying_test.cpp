#include "platform/keys/keys_test_support.hpp"

#include <atomic>
#include <thread>

namespace mainstay::keys {
namespace {

class VerifyingTest : public KeysTest {};
INSTANTIATE_TEST_SUITE_P(Engines, VerifyingTest, testing::each_engine(), testing::engine_name);

TEST_P(VerifyingTest, OneCallTellsAllThatIsKnownOfAKey) {
    NewKey wanted = customer_key({{"burst", 10, 60}});
    wanted.settings.permissions = {"reports.read"};
    wanted.settings.owner = "customer 5";
    wanted.settings.metadata.text = R"({"tier":"gold"})";
    wanted.settings.expires_at = clock.now() + days(1);
    auto const made = make(wanted);
    for (int from_memory = 0; from_memory < 2; ++from_memory) {
        Verdict const verdict = verify({.key = made.key.text, .permissions = {"reports.read"}});
        EXPECT_TRUE(verdict.is_valid);
        EXPECT_EQ(verdict.code, Outcome::valid);
        EXPECT_EQ(verdict.key_id, made.id);
        EXPECT_EQ(verdict.owner, "customer 5");
        EXPECT_EQ(verdict.permissions, wanted.settings.permissions);
        EXPECT_EQ(verdict.metadata.text, R"({"tier":"gold"})");
        EXPECT_EQ(verdict.expires_at, wanted.settings.expires_at);
        ASSERT_EQ(verdict.limits.size(), 1u);
        EXPECT_EQ(verdict.limits[0].remaining, 9 - from_memory);
        EXPECT_EQ(verdict.limits[0].reset_s, 6 * (from_memory + 1));
        EXPECT_EQ(verdict.credits_remaining, std::nullopt);
    }
}

TEST_P(VerifyingTest, EachRefusalHasItsCodeFromMemoryAndFromTheDatabaseAlike) {
    auto const expect_both = [&](CreatedKey const& key, Outcome expected) {
        verifications_.forget(key.id.to_string());
        EXPECT_EQ(outcome(key.key.text), expected);
        auto const again = recalled(tenant_, {.key = key.key.text});
        ASSERT_TRUE(again) << "it is known by now";
        EXPECT_EQ(again->code, expected);
        EXPECT_EQ(again->is_valid, expected == Outcome::valid);
    };
    auto const key = make(customer_key());
    expect_both(key, Outcome::valid);
    change(key.id, [](Settings& s) { s.allowed_addresses = {"10.0.0.0/8"}; });
    expect_both(key, Outcome::forbidden_address);
    EXPECT_EQ(verify({.key = key.key.text, .address = "10.1.2.3"}).code, Outcome::valid);
    change(key.id, [](Settings& s) { s.is_disabled = true; });
    expect_both(key, Outcome::disabled);
    change(key.id, [&](Settings& s) { s.expires_at = clock.now(); });
    expect_both(key, Outcome::expired);
    write_in(tenant_, [&](Transaction& tx) { revoke_key(tx, key.id); });
    expect_both(key, Outcome::revoked);
    EXPECT_EQ(verify({.key = make(customer_key()).key.text, .permissions = {"any"}}).code,
              Outcome::insufficient_permissions);
}

TEST_P(VerifyingTest, AKeyOfAnotherTenantIsNotFoundWithTheSameBody) {
    TenantId const other = new_tenant();
    std::string const foreign = make(other, customer_key()).key.text;
    EXPECT_EQ(verify_in(other, {.key = foreign}).code, Outcome::valid);
    std::string const missing = fields::to_json(verify({.key = new_secret("acme")}));
    EXPECT_EQ(fields::to_json(verify({.key = foreign})), missing);
    EXPECT_EQ(fields::to_json(verify({.key = "acme_nonsense"})), missing);
    EXPECT_EQ(fields::to_json(verify({.key = make(api_key()).key.text})), missing) << "one of ours";
    EXPECT_FALSE(recalled(tenant_, {.key = foreign})) << "it is looked for, as one that nobody has";
    EXPECT_FALSE(recalled(tenant_, {.key = new_secret("acme")}));
}

TEST_P(VerifyingTest, WhatIsInMemoryIsNotBelievedWithoutTheRevocationLog) {
    auto const key = make(customer_key());
    EXPECT_EQ(outcome(key.key.text), Outcome::valid);
    write_in(tenant_, [&](Transaction& tx) { revoke_key(tx, key.id); });
    EXPECT_EQ(outcome(key.key.text), Outcome::valid) << "nothing was heard yet";
    is_fresh_ = false;
    EXPECT_EQ(outcome(key.key.text), Outcome::revoked);
    is_fresh_ = true;
    verifications_.forget(key.id.to_string());
    EXPECT_EQ(outcome(key.key.text), Outcome::revoked);
}

TEST_P(VerifyingTest, LimitsOfDifferentNamesDoNotTouchEachOther) {
    auto const key = make(customer_key({{"requests", 2, 60}, {"tokens", 100, 60}})),
               other = make(customer_key({{"requests", 2, 60}}));
    auto const ask = [&](std::vector<LimitCost> costs) { return verify({.key = key.key.text, .limits = costs}); };
    EXPECT_EQ(ask({{"tokens", 90}}).limits[0].remaining, 10);
    EXPECT_EQ(ask({{"requests", 2}}).limits[0].remaining, 0);
    EXPECT_EQ(ask({{"requests", 1}}).code, Outcome::rate_limited);
    EXPECT_EQ(ask({{"tokens", 10}}).code, Outcome::valid);
    EXPECT_EQ(ask({}).code, Outcome::valid) << "none of them is asked for";
    EXPECT_EQ(outcome(other.key.text), Outcome::valid) << "of the same name, of another key";
    clock.advance(seconds(30));
    EXPECT_EQ(ask({{"requests", 1}}).code, Outcome::valid);
}

TEST_P(VerifyingTest, NothingIsSpentWhenAVerificationIsRefused) {
    auto const key = make(customer_key({{"wide", 10, 60}, {"narrow", 1, 60}}, 5));
    auto const left = [&] { return read(key.id).credits_remaining; };
    auto const wide = [&] {
        return verify({.key = key.key.text, .limits = {{{"wide", 0}}}, .credits = 0}).limits[0].remaining;
    };
    EXPECT_EQ(verify({.key = key.key.text, .credits = 6}).code, Outcome::credits_exhausted);
    EXPECT_EQ(wide(), 10) << "credits refused";
    EXPECT_EQ(verify({.key = key.key.text, .permissions = {"any"}}).code, Outcome::insufficient_permissions);
    EXPECT_EQ(wide(), 10);
    EXPECT_EQ(left(), 5);
    EXPECT_EQ(verify({.key = key.key.text}).code, Outcome::valid);
    EXPECT_EQ(left(), 4);
    Verdict const limited = verify({.key = key.key.text});
    EXPECT_EQ(limited.code, Outcome::rate_limited);
    EXPECT_EQ(limited.credits_remaining, 4);
    EXPECT_EQ(limited.limits[0].remaining, 9) << "narrow refused, so wide was not taken of";
    EXPECT_EQ(wide(), 9);
    EXPECT_EQ(left(), 4);
}

TEST_P(VerifyingTest, CreditsAreSpentExactlyUnderConcurrency) {
    constexpr int threads = 6, tries = 20, credits = 90;
    auto const key = make(customer_key({}, credits));
    std::atomic<int> valid = 0, exhausted = 0;
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i)
        running.emplace_back([&] {
            for (int turn = 0; turn < tries; ++turn) {
                auto const code = outcome(key.key.text);
                if (code == Outcome::valid) ++valid;
                if (code == Outcome::credits_exhausted) ++exhausted;
            }
        });
    for (auto& thread : running) thread.join();
    EXPECT_EQ(valid, credits);
    EXPECT_EQ(exhausted, threads * tries - credits);
    EXPECT_EQ(read(key.id).credits_remaining, 0);
    std::int64_t counted = 0, spent = 0;
    for (auto const& count : counts(key.id)) {
        counted += count.verifications;
        spent += count.credits_spent;
    }
    EXPECT_EQ(counted, threads * tries);
    EXPECT_EQ(spent, credits);
}

TEST_P(VerifyingTest, CreditsComeAgainAndThoseThatWereBoughtStay) {
    NewKey wanted = customer_key({}, 1);
    wanted.refill = Refill{3, RefillInterval::day};
    auto const key = make(wanted);
    EXPECT_EQ(verify({.key = key.key.text}).credits_remaining, 0);
    EXPECT_EQ(outcome(key.key.text), Outcome::credits_exhausted);
    clock.advance(days(2));
    EXPECT_EQ(verify({.key = key.key.text}).credits_remaining, 2);
    EXPECT_EQ(verify({.key = key.key.text}).credits_remaining, 1) << "once a day";
    write_in(tenant_, [&](Transaction& tx) { add_credits(tx, key.id, 10); });
    clock.advance(days(1));
    EXPECT_EQ(verify({.key = key.key.text}).credits_remaining, 10);
}

TEST_P(VerifyingTest, AKeyThatGetsOrLosesItsCreditsIsHeardOf) {
    auto const key = make(customer_key());
    EXPECT_EQ(verify({.key = key.key.text}).credits_remaining, std::nullopt);
    write_in(tenant_, [&](Transaction& tx) { set_credits(tx, key.id, {1, {}, {}}); });
    verifications_.forget(key.id.to_string());
    EXPECT_EQ(verify({.key = key.key.text}).credits_remaining, 0);
    EXPECT_EQ(outcome(key.key.text), Outcome::credits_exhausted);
    write_in(tenant_, [&](Transaction& tx) { remove_credits(tx, key.id); });
    EXPECT_EQ(outcome(key.key.text), Outcome::valid) << "even before it is heard";
}

TEST_P(VerifyingTest, RotatedKeyKeepsLimitsCreditsAndHistory) {
    auto const key = make(customer_key({{"requests", 3, 60}}, 10));
    EXPECT_EQ(outcome(key.key.text), Outcome::valid);
    std::string const next =
        write_in(tenant_, [&](Transaction& tx) { return rotate_key(tx, *find_key(tx, key.id), hours(1)); });
    verifications_.forget(key.id.to_string());
    Verdict const verdict = verify({.key = next});
    EXPECT_EQ(verdict.key_id, key.id);
    EXPECT_EQ(verdict.limits[0].remaining, 1);
    EXPECT_EQ(verdict.credits_remaining, 8);
    EXPECT_EQ(outcome(key.key.text), Outcome::valid) << "the old one takes of the same";
    EXPECT_EQ(outcome(next), Outcome::rate_limited);
    auto const history = counts(key.id);
    ASSERT_EQ(history.size(), 2u);
    EXPECT_EQ(history[0].outcome, Outcome::rate_limited);
    EXPECT_EQ(history[1].verifications, 3);
    EXPECT_EQ(read(key.id).credits_remaining, 7);
}

TEST_P(VerifyingTest, EveryOutcomeIsCountedByHourAndStaysWhenTheKeyHasGone) {
    auto const key = make(customer_key({{"requests", 2, 86'400}}));
    for (int i = 0; i < 3; ++i) outcome(key.key.text);
    outcome("acme_unknown");
    clock.advance(hours(1));
    outcome(new_secret("acme"));
    outcome(key.key.text);
    write_in(tenant_, [&](Transaction& tx) { revoke_key(tx, key.id); });
    verifications_.forget(key.id.to_string());
    outcome(key.key.text);
    auto const text = [](std::vector<OutcomeCount> const& counts) {
        std::string all;
        for (auto const& count : counts)
            all += std::string(fields::name_of(count.outcome)) + ' ' + std::to_string(count.verifications) + ", ";
        return all;
    };
    EXPECT_EQ(text(counts(key.id)), "rate_limited 1, valid 2, rate_limited 1, revoked 1, ");
    EXPECT_EQ(text(counts(std::nullopt)),
              "not_found 1, rate_limited 1, valid 2, not_found 1, rate_limited 1, revoked 1, ");
    EXPECT_EQ(read(key.id).last_used_at, clock.now());
    auto const busiest = database().read(tenant_, [&](Snapshot& snapshot) {
        return busiest_keys(snapshot, clock.now() - days(1), clock.now() + days(1), 10);
    });
    ASSERT_EQ(busiest.size(), 1u);
    EXPECT_EQ(busiest[0].key_id, key.id);
    EXPECT_EQ(busiest[0].verifications, 5);
}

TEST_P(VerifyingTest, CountsGoAfterTheirTime) {
    auto const key = make(customer_key());
    outcome(key.key.text);
    verifications_.flush(database());
    clock.advance(counts_kept + hours(1));
    outcome(key.key.text);
    verifications_.flush(database());
    auto const all = database().read(tenant_, [&](Snapshot& snapshot) {
        return counts_between(snapshot, key.id, {0}, clock.now() + days(1), days(1), 10);
    });
    EXPECT_EQ(all.size(), 1u);
}

TEST_P(VerifyingTest, ALimitThatTheKeyDoesNotHaveIsRefusedAsBadInput) {
    auto const key = make(customer_key({{"requests", 2, 60}}));
    for (auto const& costs : {std::vector<LimitCost>{{"tokens", 1}}, {{"requests", 1}, {"requests", 1}}})
        EXPECT_THROW(verify({.key = key.key.text, .limits = costs}), Fault);
    EXPECT_THROW(verify({.key = key.key.text, .address = "nowhere"}), Fault);
    EXPECT_EQ(verify({.key = key.key.text}).limits[0].remaining, 1) << "nothing was taken";
}

TEST_P(VerifyingTest, LimitsAreTakenOnceHoweverOftenTheTransactionRuns) {
    auto const key = make(customer_key({{"requests", 10, 60}}, 100));
    auto const taken = std::make_shared<std::optional<LimitsTaken>>();
    auto& state = verifications_.state();
    for (int run = 0; run < 3; ++run)
        write_in(tenant_, [&](Transaction& tx) { return state.decide(tx, {.key = key.key.text}, taken, true); });
    EXPECT_EQ(verify({.key = key.key.text}).limits[0].remaining, 8);
}

}  // namespace
}  // namespace mainstay::keys
