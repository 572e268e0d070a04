#include "platform/retention/retention.hpp"

#include "kernel/events/events.hpp"
#include "platform/audit/audit.hpp"
#include "platform/identity/identity.hpp"
#include "platform/tenants/tenants.hpp"
#include "platform/usage/usage.hpp"
#include "testing/testing.hpp"

#include <gtest/gtest.h>

namespace mainstay::retention {
namespace {

constexpr Days installation{400, 30, 100};

TEST(RetentionRules, ATenantMayKeepLessAndNeverMore) {
    EXPECT_EQ(in_force(installation, {}), installation);
    EXPECT_EQ(in_force(installation, {100, 10, 50}), (Days{100, 10, 50}));
    EXPECT_EQ(in_force(installation, {5000, 5000, 5000}), installation);
}

TEST(RetentionRules, NobodyKeepsLessThanTheLeastUnlessTheInstallationDoes) {
    EXPECT_EQ(in_force(installation, {1, 1, 1}), least);
    EXPECT_EQ(in_force({90, 3, 36}, {90, 1, 36}), (Days{90, 3, 36}));
}

class RetentionTest : public testing::Engines {
protected:
    RetentionTest() {
        migrate({shared_state::migrations(), web::migrations(), entitlements::migrations(), tenants::migrations(),
                 identity::migrations(), audit::migrations(), usage::migrations(), events::migrations(), migrations()});
        one_ = new_tenant("One");
        other_ = new_tenant("Other");
    }
    TenantId new_tenant(std::string const& name) {
        return database().write(installation_scope("a test", {}), [&](Transaction& tx) {
            return tenants::create_tenant(tx, name, tenants::Plan::enterprise).id;
        });
    }
    // A line that is sealed, an event and a count of requests.
    void happen(TenantId tenant, std::string const& what) {
        database().write(tenant, [&](Transaction& tx) {
            audit::write(tx, tenant, {"a test", what});
            events::emit_text(tx, "a.test", what, "{}");
        });
        counts_.add(tenant, "key", what, 200, milliseconds(1));
        counts_.flush(database(), clock);
        audit::seal_all(database());
    }
    void keep_house() { retention::keep_house(database(), clock, installation); }
    std::int64_t count(TenantId tenant, Sql statement) {
        return database().read(tenant, [&](Snapshot& snapshot) { return snapshot.one<std::int64_t>(statement); });
    }
    std::int64_t lines(TenantId tenant) {
        return count(tenant, "SELECT count(*) AS n FROM audit_log WHERE tenant_id = :tenant");
    }
    std::int64_t event_rows(TenantId tenant) {
        return count(tenant, "SELECT count(*) AS n FROM events WHERE tenant_id = :tenant");
    }
    std::int64_t request_rows(TenantId tenant) {
        return count(tenant, "SELECT count(*) AS n FROM request_counts WHERE tenant_id = :tenant");
    }

    usage::RequestCounts counts_;
    TenantId one_, other_;
};
INSTANTIATE_TEST_SUITE_P(Engines, RetentionTest, testing::each_engine(), testing::engine_name);

TEST_P(RetentionTest, OldAuditLinesGoAndTheChainHoldsFromTheirSealsOn) {
    happen(one_, "old");
    happen(one_, "old too");
    clock.advance(days(installation.audit_days - 1));
    happen(one_, "new");
    keep_house();
    EXPECT_EQ(lines(one_), 3);
    clock.advance(days(1) + seconds(1));
    keep_house();
    EXPECT_EQ(lines(one_), 1);
    auto const verdict = audit::verify(database(), one_);
    EXPECT_EQ(verdict.fault, "");
    EXPECT_EQ(verdict.pruned, 2);
    EXPECT_EQ(verdict.lines, 1);
    happen(one_, "newer");
    EXPECT_EQ(audit::verify(database(), one_).fault, "");
}

TEST_P(RetentionTest, WhatOneTenantKeepsLessOfAnotherKeeps) {
    happen(one_, "old");
    happen(other_, "old");
    database().write(one_, [](Transaction& tx) { set_own_days(tx, {90, 7, 36}); });
    clock.advance(days(8));
    keep_house();
    EXPECT_EQ(event_rows(one_), 0);
    EXPECT_EQ(event_rows(other_), 1);
    EXPECT_EQ(request_rows(one_), 1);
    clock.advance(days(30));
    keep_house();
    EXPECT_EQ(request_rows(one_), 0);
    EXPECT_EQ(request_rows(other_), 1);
    EXPECT_EQ(lines(one_), 1);
    clock.advance(days(53));
    keep_house();
    EXPECT_EQ(lines(one_), 0);
    EXPECT_EQ(lines(other_), 1);
    EXPECT_EQ(event_rows(other_), 1) << "the installation's own time is kept by whoever writes events";
}

TEST_P(RetentionTest, TheInstallationsOwnLogIsPrunedToo) {
    database().write(installation_scope("a test", {}), [](Transaction& tx) {
        audit::write(tx, installation_tenant, {"a test", "old"});
    });
    audit::seal_all(database());
    clock.advance(days(installation.audit_days) + seconds(1));
    keep_house();
    EXPECT_EQ(lines(installation_tenant), 0);
    EXPECT_EQ(audit::verify(database(), installation_tenant).fault, "");
}

TEST_P(RetentionTest, WhatATenantAsksForIsReplacedAsAWhole) {
    database().write(one_, [](Transaction& tx) { set_own_days(tx, {100, {}, 40}); });
    database().write(one_, [](Transaction& tx) { set_own_days(tx, {{}, 20, {}}); });
    auto const own = database().read(one_, [](Snapshot& snapshot) { return own_days(snapshot); });
    EXPECT_FALSE(own.audit_days);
    EXPECT_EQ(own.events_days, 20);
    EXPECT_FALSE(own.usage_days);
    EXPECT_FALSE(database().read(other_, [](Snapshot& snapshot) { return own_days(snapshot); }).events_days);
}

}  // namespace
}  // namespace mainstay::retention
