#include "app/gate.hpp"
#include "app/program.hpp"
#include "platform/keys/keys.hpp"
#include "testing/testing.hpp"

#include <gtest/gtest.h>

namespace mainstay::app {
namespace {

constexpr web::Endpoint reading{.name = "read", .path = "/read", .summary = "", .permission = "keys.read"};
constexpr web::Endpoint open_to_all{.name = "open", .path = "/open", .summary = "", .permission = web::public_access};

class GateTest : public testing::Engines {
protected:
    GateTest() {
        auto const all = all_migrations();
        migrate({all});
        gate_.is_cache_fresh = [] { return true; };
    }

    std::string new_key(tenants::Plan plan, std::optional<Instant> expires_at = std::nullopt) {
        auto const tenant = database().write(system_scope("a test"),
                                             [&](Transaction& tx) { return tenants::create_tenant(tx, "Acme", plan); });
        return database().write(tenant.id, [&](Transaction& tx) {
            return keys::create_key(tx, {"k", {"read"}, std::nullopt, expires_at}, "a test").key.text;
        });
    }

    Identity identify(std::string const& key, std::string address = "198.51.100.1") {
        web::RequestHead head;
        head.remote_address = std::move(address);
        if (!key.empty()) head.headers.push_back({"Authorization", "Bearer " + key});
        return gate_.identify(head, reading);
    }

    // How many requests of these are let through before one is not.
    std::int64_t admitted(Identity const& identity, web::Endpoint const& endpoint, std::string const& address) {
        Call call;
        call.identity = identity;
        call.remote_address = address;
        std::vector<web::Header> headers;
        for (std::int64_t count = 0;; ++count) {
            try {
                gate_.admit(call, endpoint, headers);
            } catch (Fault const& fault) {
                EXPECT_EQ(fault.code().name, "limited");
                EXPECT_GE(fault.retry_after_s, 1);
                return count;
            }
            if (count > tried_max) return count;
        }
    }

    static constexpr std::int64_t tried_max = 10'000;
    shared_state::RateLimits limits_;
    usage::RequestCounts counts_;
    telemetry::Metrics metrics_;
    Gate gate_{database(), clock, limits_, counts_, metrics_, {}};
};
INSTANTIATE_TEST_SUITE_P(Engines, GateTest, testing::each_engine(), testing::engine_name);

TEST_P(GateTest, AKeyIsRefusedFromItsExpiryOnEvenWhenItIsCached) {
    std::string const key = new_key(tenants::Plan::enterprise, clock.now() + minutes(1));
    EXPECT_EQ(identify(key).kind, Identity::Kind::key);
    clock.advance(minutes(1) - microseconds(1));
    EXPECT_EQ(identify(key).kind, Identity::Kind::key);
    clock.advance(microseconds(1));
    EXPECT_THROW(identify(key), Fault);
}

TEST_P(GateTest, APlansRequestsAMinuteHoldForAllKeysOfTheTenantTogether) {
    std::string const key = new_key(tenants::Plan::free);
    EXPECT_EQ(admitted(identify(key), reading, "198.51.100.1"),
              entitlements::of(entitlements::Plan::free).requests_per_minute);
    clock.advance(minutes(1));
    EXPECT_GT(admitted(identify(key), reading, "198.51.100.1"), 1);
}

TEST_P(GateTest, WhoeverInventsKeysIsHeldOffAndNobodyElse) {
    std::string const key = new_key(tenants::Plan::enterprise);
    EXPECT_EQ(identify(key).kind, Identity::Kind::key);
    auto const refusal_of_an_invented_one = [&] {
        try {
            identify(keys::new_secret());
            return std::string("none");
        } catch (Fault const& fault) {
            return std::string(fault.code().name);
        }
    };
    std::int64_t looked_up = 0;
    while (looked_up <= tried_max && refusal_of_an_invented_one() == "unauthorized") ++looked_up;
    EXPECT_LT(looked_up, tried_max);
    EXPECT_EQ(refusal_of_an_invented_one(), "limited");
    EXPECT_EQ(identify(key).kind, Identity::Kind::key) << "it is known already";
    EXPECT_EQ(identify(new_key(tenants::Plan::enterprise), "198.51.100.2").kind, Identity::Kind::key);
    clock.advance(minutes(1));
    EXPECT_EQ(refusal_of_an_invented_one(), "unauthorized");
}

TEST_P(GateTest, WhoeverHasNoKeyIsLimitedByAddressAlone) {
    std::int64_t const first = admitted({}, open_to_all, "198.51.100.1");
    EXPECT_GT(first, 1);
    EXPECT_LT(first, tried_max);
    EXPECT_EQ(admitted({}, open_to_all, "198.51.100.2"), first);
    EXPECT_EQ(admitted({}, open_to_all, "198.51.100.1"), 0);
}

TEST_P(GateTest, ProbesAreNotRefusedHoweverManyOthersAsk) {
    web::Endpoint probe = open_to_all;
    probe.limits_class = web::unlimited;
    admitted({}, open_to_all, "198.51.100.1");
    EXPECT_GT(admitted({}, probe, "198.51.100.1"), tried_max);
}

}  // namespace
}  // namespace mainstay::app
