#include "platform/support/support_store.hpp"
#include "testing/testing.hpp"

namespace mainstay::support {
namespace {

class SupportStoreTest : public testing::Engines {
protected:
    SupportStoreTest() {
        migrate({shared_state::migrations(), tenants::migrations(), identity::migrations(), migrations()});
        database().write(system_scope("a test"), [&](Transaction& tx) {
            for (auto* tenant : {&mine_, &theirs_})
                *tenant = tenants::create_tenant(tx, "Harbour", tenants::Plan::free).id;
        });
    }
    Grant grant(TenantId tenant, Duration kept) {
        return database().write(tenant, [&](Transaction& tx) { return create_grant(tx, "usr_ada", kept); });
    }
    std::optional<Grant> live(TenantId tenant) {
        return database().read(system_scope("a test"),
                               [&](Snapshot& snapshot) { return find_live_grant(snapshot, tenant); });
    }

    TenantId mine_, theirs_;
};
INSTANTIATE_TEST_SUITE_P(Engines, SupportStoreTest, testing::each_engine(), testing::engine_name);

TEST_P(SupportStoreTest, ConsentEndsByItselfAndHoldsForItsTenantAlone) {
    grant(mine_, hours(1));
    EXPECT_TRUE(live(mine_));
    EXPECT_FALSE(live(theirs_));
    clock.advance(hours(1) - seconds(1));
    EXPECT_TRUE(live(mine_));
    clock.advance(seconds(1));
    EXPECT_FALSE(live(mine_));
}

TEST_P(SupportStoreTest, TheOneThatLastsLongestIsTakenAndNoRevokedOne) {
    auto const week = grant(mine_, days(7));
    auto const day = grant(mine_, days(1));
    EXPECT_EQ(live(mine_)->id, week.id);
    database().write(theirs_, [&](Transaction& tx) { mark_revoked(tx, week.id, "usr_eve"); });
    EXPECT_EQ(live(mine_)->id, week.id) << "nobody revokes another tenant's";
    database().write(mine_, [&](Transaction& tx) { mark_revoked(tx, week.id, "usr_ada"); });
    EXPECT_EQ(live(mine_)->id, day.id);
    database().read(mine_, [&](Snapshot& snapshot) {
        EXPECT_EQ(count_live_grants(snapshot, 10), 1);
        EXPECT_EQ(find_grant(snapshot, week.id)->revoked_by, "usr_ada");
        EXPECT_EQ(list_grants(snapshot, std::nullopt, 10).size(), 2u);
    });
    database().read(theirs_, [&](Snapshot& snapshot) { EXPECT_TRUE(list_grants(snapshot, std::nullopt, 10).empty()); });
}

}  // namespace
}  // namespace mainstay::support
