// What is counted of the installation, and what is said of its state.
#include "platform/admin/stock_store.hpp"
#include "platform/keys/keys.hpp"

#include "testing/testing.hpp"

namespace mainstay::admin {
namespace {

class StockTest : public testing::Engines {
protected:
    StockTest() {
        migrate({shared_state::migrations(), entitlements::migrations(), tenants::migrations(), identity::migrations(),
                 keys::migrations(), migrations()});
    }

    void write(std::function<void(Transaction&)> const& unit) { database().write(system_scope("a test"), unit); }
    identity::UserId new_user(std::string const& name, bool is_operator = false) {
        identity::UserId id;
        write([&](Transaction& tx) {
            id = identity::create_user(tx, {Email{name + "@example.com"}, name, "hash", is_operator}).id;
        });
        return id;
    }
    void see(identity::UserId user) {
        write([&](Transaction& tx) {
            identity::mark_used(tx, identity::create_session(tx, user, Call{}, {tx.now()}).id);
        });
    }
    bool is_due() { return database().read(system_scope("a test"), is_stock_due); }
};
INSTANTIATE_TEST_SUITE_P(Engines, StockTest, testing::each_engine(), testing::engine_name);

TEST_P(StockTest, UsersAreCountedByStatusAndByWhenTheyWereSeen) {
    auto const ann = new_user("ann"), bob = new_user("bob"), eve = new_user("eve", true);
    new_user("never");
    see(ann);
    clock.advance(days(2));
    see(bob);
    see(eve);
    write([&](Transaction& tx) { identity::set_status(tx, bob, identity::UserStatus::suspended); });
    auto const stock = take_stock(database());
    EXPECT_EQ(stock.users, 4);
    EXPECT_EQ(stock.suspended, 1);
    EXPECT_EQ(stock.operators, 1);
    EXPECT_EQ(stock.seen_in_day, 2);
    EXPECT_EQ(stock.seen_in_month, 3);
    clock.advance(days(29));
    EXPECT_EQ(take_stock(database()).seen_in_month, 2);
}

TEST_P(StockTest, SignUpsAreCountedByDayAndDaysWithoutAnyAreThere) {
    new_user("long ago");
    clock.advance(days(40));
    new_user("a week ago");
    clock.advance(days(7));
    new_user("ann");
    new_user("bob");
    auto const stock = take_stock(database());
    ASSERT_EQ(std::ssize(stock.sign_ups), sign_up_days);
    EXPECT_EQ(stock.sign_ups.back().users, 2);
    EXPECT_EQ(stock.sign_ups[stock.sign_ups.size() - 8].users, 1);
    std::int64_t sum = 0;
    for (auto const& day : stock.sign_ups) sum += day.users;
    EXPECT_EQ(sum, 3);
}

TEST_P(StockTest, WhatIsMoreThanASliceIsCountedOnce) {
    constexpr std::int64_t users = 4'100, keys = 2'050;
    write([&](Transaction& tx) {
        for (std::int64_t i = 0; i < users; ++i)
            identity::create_user(tx, {Email{std::to_string(i) + "@example.com"}, "U", "hash"});
    });
    write([&](Transaction& tx) {
        auto const one = tenants::create_tenant(tx, "One", tenants::Plan::enterprise).id;
        auto const other = tenants::create_tenant(tx, "Other", tenants::Plan::enterprise).id;
        for (std::int64_t i = 0; i < keys; ++i)
            tx.execute(R"(
                INSERT INTO keys (tenant_id, id, audience, name, prefix, scopes, permissions, limits,
                                  allowed_addresses, metadata, is_disabled, revoked_at, created_by, created_at)
                VALUES (:of_tenant, :id, :audience, 'k', 'mk_', '[]', '[]', '[]', '[]', '{}', FALSE, :revoked_at, 't',
                        :now))",
                       bind("of_tenant", i % 2 == 0 ? one : other), bind("id", keys::KeyId::make(tx.now())),
                       bind("audience", i % 5 == 0 ? keys::Audience::customer : keys::Audience::api),
                       bind("revoked_at", i < 50 ? std::optional(tx.now()) : std::nullopt), bind("now", tx.now()));
    });
    auto const stock = take_stock(database());
    EXPECT_EQ(stock.users, users);
    EXPECT_EQ(stock.customer_keys, 400);
    EXPECT_EQ(stock.api_keys, 1'600);
}

TEST_P(StockTest, WhatWasCountedIsKeptAndCountedAgainWhenItIsOld) {
    EXPECT_TRUE(is_due());
    new_user("ann");
    take_stock(database());
    EXPECT_FALSE(is_due());
    auto const kept = database().read(system_scope("a test"), find_stock);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->stock.users, 1);
    clock.advance(hours(1));
    EXPECT_TRUE(is_due());
}

// --- the state of the system ---

Facts healthy() {
    Facts facts;
    facts.version = "1";
    facts.database_engine = "SQLite";
    facts.wal_limit_bytes = 1'000;
    facts.disk_free_bytes = 2 * disk_free_degraded_bytes;
    facts.engines = {{.queue = "default", .is_here = true}};
    return facts;
}
State state_of(Facts const& facts, std::string_view name) {
    for (auto const& part : judge(facts))
        if (part.name == name) return part.state;
    ADD_FAILURE() << "no part " << name;
    return State::ok;
}

TEST(HealthRules, WhereNothingIsWrongEveryPartIsWell) {
    for (auto const& part : judge(healthy())) {
        EXPECT_EQ(part.state, State::ok) << part.name;
        EXPECT_TRUE(part.says.ends_with('.')) << part.name;
    }
}

TEST(HealthRules, WhatWritesNeedIsDownWhenItFails) {
    auto facts = healthy();
    facts.database_failure = "connection refused at 10.0.0.7";
    EXPECT_EQ(state_of(facts, "database"), State::down);
    EXPECT_EQ(judge(facts).front().says.find("10.0.0.7"), std::string::npos) << "for the log alone";
    facts = healthy();
    facts.storage.is_full = true;
    EXPECT_EQ(state_of(facts, "database"), State::down);
    facts = healthy();
    facts.is_disk_failed = true;
    EXPECT_EQ(state_of(facts, "database"), State::down);
    facts = healthy();
    facts.storage.wal_bytes = facts.wal_limit_bytes;
    EXPECT_EQ(state_of(facts, "write_ahead_log"), State::down);
}

TEST(HealthRules, WhatWorksWorseThanItShouldIsDegraded) {
    auto facts = healthy();
    facts.storage.wal_bytes = facts.wal_limit_bytes / 2;
    facts.storage.queue_depth = writer_queue_degraded;
    facts.is_redis_set = true;
    facts.dead_mails = 1;
    facts.disk_free_bytes = disk_free_degraded_bytes - 1;
    facts.oldest_unsealed = unsealed_degraded;
    facts.engines = {{.queue = "default", .is_here = true, .due = 3, .running = 0, .oldest_waits = due_work_degraded},
                     {.queue = "mail", .is_paused = true}};
    for (auto const* name :
         {"write_ahead_log", "writer", "redis", "mail", "disk", "audit_sealer", "queue default", "queue mail"})
        EXPECT_EQ(state_of(facts, name), State::degraded) << name;
    EXPECT_EQ(state_of(facts, "database"), State::ok);
}

}  // namespace
}  // namespace mainstay::admin
