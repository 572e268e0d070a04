#include "kernel/shared_state/node_test_support.hpp"
#include "kernel/shared_state/redis_server_fixture.hpp"
#include "kernel/shared_state/redis_store.hpp"

#include <algorithm>
#include <set>

namespace mainstay::shared_state {
namespace {

using redis_test::comes_true;
using redis_test::RedisServer;

// Gathers what a watch hears.
class Ear {
public:
    RevocationWatch::Heard hears() {
        return [this](std::string const& subject) {
            std::lock_guard const lock(mutex_);
            heard_.insert(subject);
        };
    }
    bool has_heard(std::string const& subject) {
        std::lock_guard const lock(mutex_);
        return heard_.contains(subject);
    }

private:
    std::mutex mutex_;
    std::set<std::string> heard_;
};

void revoke_now(Database& database, std::string const& subject) {
    database.write(system_scope("a test"), [&](Transaction& tx) { revoke(tx, subject); });
}

class RevocationWatchTest : public testing::Engines {
protected:
    RevocationWatchTest() {
        migrate({migrations()});
        reopen(system_clock());
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, RevocationWatchTest, testing::each_engine(), testing::engine_name);

TEST_P(RevocationWatchTest, ARevocationOfThisNodeIsHeardAtOnce) {
    Ear ear;
    RevocationWatch watch(database(), system_clock(), ear.hears(), hours(1));
    watch.poll_now();
    watch.start();
    revoke_now(database(), "key_1");
    EXPECT_TRUE(comes_true([&] { return ear.has_heard("key_1"); }));
    revoke_now(database(), "key_2");
    EXPECT_TRUE(comes_true([&] { return ear.has_heard("key_2"); }));
}

TEST_P(RevocationWatchTest, WithoutAWordThePollHearsIt) {
    Ear ear;
    RevocationWatch watch(database(), system_clock(), ear.hears());
    revoke_now(database(), "key_1");  // nobody listens yet
    watch.start();
    EXPECT_TRUE(comes_true([&] { return ear.has_heard("key_1"); }));
    EXPECT_TRUE(watch.is_fresh());
}

TEST_P(RevocationWatchTest, WhatIsRolledBackIsNotHeard) {
    Ear ear;
    RevocationWatch watch(database(), system_clock(), ear.hears(), hours(1));
    watch.start();
    EXPECT_THROW(database().write(system_scope("a test"),
                                  [&](Transaction& tx) {
                                      revoke(tx, "key_1");
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    revoke_now(database(), "key_2");
    EXPECT_TRUE(comes_true([&] { return ear.has_heard("key_2"); }));
    EXPECT_FALSE(ear.has_heard("key_1"));
}

class TwoDatabases : public testing::Engines {
protected:
    TwoDatabases() {
        migrate({migrations()});
        reopen(system_clock());
        other_database_ = Database::open(postgres, system_clock());
        other_database_->migrate(migrations());
    }
    std::unique_ptr<Database> other_database_;
};

// Two nodes on one PostgreSQL, which a Redis hurries.
class RevocationNodesTest : public TwoDatabases {
protected:
    RevocationNodesTest() {
        here_.start();
        there_.start();
        EXPECT_TRUE(comes_true([&] { return here_.counters().is_connected && there_.counters().is_connected; }));
    }
    std::unique_ptr<Store> store() const { return std::make_unique<RedisStore>(server_.place()); }

    RedisServer server_;
    SharedState here_{store(), database().signals(), system_clock()};
    SharedState there_{store(), other_database_->signals(), system_clock()};
    Ear ear_;
};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RevocationNodesTest);
INSTANTIATE_TEST_SUITE_P(Engines, RevocationNodesTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(RevocationNodesTest, ARevocationOfAnotherNodeIsHeardAtOnce) {
    RevocationWatch watch(*other_database_, system_clock(), ear_.hears(), hours(1));
    watch.poll_now();
    watch.start();
    std::vector<Duration> took;
    for (int i = 0; i < 21; ++i) {
        std::string const subject = "key_" + std::to_string(i);
        revoke_now(database(), subject);
        Duration const committed = system_clock().monotonic();
        ASSERT_TRUE(comes_true([&] { return ear_.has_heard(subject); }));
        Duration const heard = system_clock().monotonic();
        took.push_back(heard - committed);
        // So that the next one does not wait for the pause after this one's poll.
        EXPECT_TRUE(comes_true([&] { return system_clock().monotonic() > heard + revocation_hurry_pause; }));
    }
    std::sort(took.begin(), took.end());
    RecordProperty("median_us", std::to_string(took[took.size() / 2].us));
    RecordProperty("slowest_us", std::to_string(took.back().us));
    EXPECT_LT(took[took.size() / 2], milliseconds(100)) << "however busy the machine; a few of them where it is idle";
    EXPECT_LT(took.back(), seconds(2));
}

TEST_P(RevocationNodesTest, WithRedisKilledThePollHearsIt) {
    RevocationWatch watch(*other_database_, system_clock(), ear_.hears());
    watch.poll_now();
    watch.start();
    server_.kill_it();
    EXPECT_TRUE(comes_true([&] { return !here_.counters().is_connected && !there_.counters().is_connected; }));
    revoke_now(database(), "key_1");
    EXPECT_TRUE(comes_true([&] { return ear_.has_heard("key_1"); }));
    EXPECT_TRUE(watch.is_fresh());
}

}  // namespace
}  // namespace mainstay::shared_state
