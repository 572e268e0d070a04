#include "platform/entitlements/entitlements_store.hpp"

#include "testing/testing.hpp"

#include <gmock/gmock.h>

namespace mainstay::entitlements {
namespace {

TEST(EntitlementRules, ChangesLieOverWhatWasAndLeaveTheRest) {
    Changes changes;
    changes.keys = 7;
    changes.flags = {{"sso", true}, {"themes", false}};
    Entitlements const one = changed(defaults_of(Plan::free), changes);
    EXPECT_EQ(one.keys, 7);
    EXPECT_EQ(one.members, defaults_of(Plan::free).members);
    EXPECT_TRUE(one.has("sso"));
    EXPECT_FALSE(one.has("themes"));
    EXPECT_FALSE(one.has("never heard of"));
}

TEST(EntitlementRules, EachAmountCanBeChanged) {
    Changes const all{1, 2, 3, 4, 5, 6, 7, {}};
    Entitlements const one = changed({}, all);
    EXPECT_EQ(fields::to_json(one), fields::to_json(Entitlements{1, 2, 3, 4, 5, 6, 7, {}}));
}

TEST(EntitlementRules, ALargerPlanAllowsNoLessOfAnything) {
    auto const at_least = [](std::int64_t more, std::int64_t less) {
        return more == unlimited || (less != unlimited && more >= less);
    };
    for (auto const& [larger, smaller] : {std::pair(Plan::starter, Plan::free), std::pair(Plan::pro, Plan::starter),
                                          std::pair(Plan::enterprise, Plan::pro)}) {
        auto const& more = defaults_of(larger);
        auto const& less = defaults_of(smaller);
        EXPECT_TRUE(at_least(more.requests_per_minute, less.requests_per_minute));
        EXPECT_TRUE(at_least(more.migrations_per_month, less.migrations_per_month));
        EXPECT_TRUE(at_least(more.models_per_migration, less.models_per_migration));
        EXPECT_TRUE(at_least(more.upload_bytes, less.upload_bytes));
        EXPECT_TRUE(at_least(more.keys, less.keys));
        EXPECT_TRUE(at_least(more.customer_keys, less.customer_keys));
        EXPECT_TRUE(at_least(more.members, less.members));
    }
}

class EntitlementsTest : public testing::Engines {
protected:
    EntitlementsTest() { migrate({shared_state::migrations(), migrations()}); }

    void operate(std::function<void(Transaction&)> const& unit) {
        database().write(installation_scope("a test", "usr_op"), unit);
    }
    Entitlements of_tenant(TenantId tenant, Plan plan) {
        return database().read(tenant, [&](Snapshot& snapshot) { return of(snapshot, tenant, plan); });
    }
    static Changes keys_of(std::int64_t amount) {
        Changes changes;
        changes.keys = amount;
        return changes;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, EntitlementsTest, testing::each_engine(), testing::engine_name);

TEST_P(EntitlementsTest, AChangedPlanHoldsForAllItsTenantsAndForNoOther) {
    operate([](Transaction& tx) { change_plan(tx, Plan::pro, keys_of(9)); });
    EXPECT_EQ(of_tenant(mine, Plan::pro).keys, 9);
    EXPECT_EQ(of_tenant(theirs, Plan::pro).keys, 9);
    EXPECT_EQ(of_tenant(mine, Plan::starter).keys, defaults_of(Plan::starter).keys);
    operate([](Transaction& tx) { change_plan(tx, Plan::pro, {}); });
    EXPECT_EQ(of_tenant(mine, Plan::pro).keys, defaults_of(Plan::pro).keys);
}

TEST_P(EntitlementsTest, AnExceptionHoldsForItsTenantAloneAndAboveItsPlan) {
    operate([&](Transaction& tx) {
        change_plan(tx, Plan::free, keys_of(9));
        set_exceptions(tx, mine, keys_of(11));
    });
    EXPECT_EQ(of_tenant(mine, Plan::free).keys, 11);
    EXPECT_EQ(of_tenant(mine, Plan::pro).keys, 11) << "whatever plan it has";
    EXPECT_EQ(of_tenant(theirs, Plan::free).keys, 9);
    operate([&](Transaction& tx) { set_exceptions(tx, mine, {}); });
    EXPECT_EQ(of_tenant(mine, Plan::free).keys, 9);
}

TEST_P(EntitlementsTest, AChangeIsToldToEveryNode) {
    std::vector<std::string> heard;
    shared_state::RevocationWatch watch(database(), clock,
                                        [&](std::string const& subject) { heard.push_back(subject); });
    operate([&](Transaction& tx) {
        change_plan(tx, Plan::pro, {});
        set_exceptions(tx, mine, {});
    });
    watch.poll_now();
    EXPECT_THAT(heard, ::testing::UnorderedElementsAre("plan:pro", mine.to_string()));
}

TEST_P(EntitlementsTest, TooManyFlagsAreRefused) {
    Changes changes;
    for (std::size_t i = 0; i <= flags_max; ++i) changes.flags["flag" + std::to_string(i)] = true;
    EXPECT_THROW(operate([&](Transaction& tx) { change_plan(tx, Plan::pro, changes); }), Fault);
    EXPECT_THROW(operate([&](Transaction& tx) { set_exceptions(tx, mine, changes); }), Fault);
}

}  // namespace
}  // namespace mainstay::entitlements
