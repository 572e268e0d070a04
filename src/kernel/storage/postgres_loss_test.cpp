// Connections that break and transactions that meet: nothing answered is lost, and nothing happens twice.
#include "kernel/storage/postgres_cutting_proxy.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <latch>

namespace mainstay {
namespace {

using postgres_test::CuttingProxy;
using testing::FreshPostgres;

constexpr Migration things{"things", 1, "0001_things", R"(
CREATE TABLE things (tenant_id TEXT NOT NULL, id TEXT NOT NULL, amount BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id));
)"};
constexpr char const* insert_thing = "INSERT INTO things (tenant_id, id) VALUES (:tenant, :id)";
constexpr char const* total = "SELECT coalesce(sum(amount), 0) FROM things WHERE tenant_id = :tenant";
constexpr char const* set_amount = "UPDATE things SET amount = :amount WHERE tenant_id = :tenant AND id = :id";

class PostgresLossTest : public testing::Engines {
protected:
    void SetUp() override { migrate({std::span(&things, 1)}); }

    std::int64_t total_of(Database& database) {
        return database.read(mine, [](Snapshot& snapshot) { return snapshot.one<std::int64_t>(total); });
    }
    static void end_sessions() { end_sessions("pid"); }
    static void end_sessions_and_wait() { end_sessions("pid, 10000"); }

private:
    static void end_sessions(std::string const& arguments) {
        FreshPostgres::as_superuser("SELECT pg_terminate_backend(" + arguments +
                                    ") FROM pg_stat_activity WHERE usename = '" + FreshPostgres::name() + "'");
    }
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresLossTest);
INSTANTIATE_TEST_SUITE_P(Engines, PostgresLossTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(PostgresLossTest, CommitWhoseReplyIsLostIsLookedUpAndNotRepeated) {
    struct Expected {
        CuttingProxy::Cut cut;
        int runs;
    };
    CuttingProxy proxy(static_cast<std::uint16_t>(std::stoi(FreshPostgres::as_superuser("SHOW port").at(0))));
    PostgresOptions options = postgres;
    options.url += " host=127.0.0.1 port=" + std::to_string(proxy.port());
    options.prepare = false;  // the proxy looks for the word
    auto const node = Database::open(options, clock);
    std::int64_t written = 0;
    for (Expected const expected : {Expected{CuttingProxy::Cut::after, 1}, Expected{CuttingProxy::Cut::before, 2},
                                    Expected{CuttingProxy::Cut::before_held, 2}}) {
        int runs = 0, callbacks = 0;
        node->check();
        proxy.cut_next_commit(expected.cut);
        node->write(mine, [&](Transaction& tx) {
            ++runs;
            tx.execute(insert_thing, bind("id", std::to_string(written)));
            tx.after_commit([&] { ++callbacks; });
        });
        EXPECT_EQ(runs, expected.runs);
        EXPECT_EQ(callbacks, 1);
        EXPECT_EQ(total_of(*node), ++written);
    }
    EXPECT_EQ(proxy.cuts(), 3);
}

TEST_P(PostgresLossTest, SessionsThatAreEndedUnderWriteLoadLoseNothingAndRepeatNothing) {
    std::atomic<int> answered = 0;
    std::atomic<bool> is_over = false;
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i)
        writers.emplace_back([&, i] {
            for (int n = 0; !is_over; ++n) {
                database().write(mine, [&](Transaction& tx) {
                    tx.execute(insert_thing, bind("id", std::to_string(i) + "-" + std::to_string(n)));
                    tx.execute(set_amount, bind("id", "none"), bind("amount", std::int64_t{0}));
                });
                ++answered;
                answered.notify_one();
            }
        });
    for (int i = 0; i < 20; ++i) {
        answered.wait(answered);
        end_sessions();
    }
    is_over = true;
    writers.clear();
    EXPECT_EQ(total_of(database()), answered);
    EXPECT_GT(database().counters().retries_total, 0u);
}

TEST_P(PostgresLossTest, SessionThatDiedWhileItIdledIsReplacedUnseen) {
    for (int i = 0; i < 3; ++i) {
        database().write(mine, [&](Transaction& tx) { tx.execute(insert_thing, bind("id", std::to_string(i))); });
        end_sessions_and_wait();
        EXPECT_EQ(total_of(database()), i + 1);
        end_sessions_and_wait();
        EXPECT_NO_THROW(database().check());
    }
    EXPECT_EQ(database().counters().retries_total, 0u);
}

TEST_P(PostgresLossTest, SessionThatIsEndedWithinAReadRunsTheReaderAgain) {
    int runs = 0;
    auto const seen = database().read(mine, [&](Snapshot& snapshot) {
        snapshot.one<std::int64_t>(total);
        if (++runs == 1) end_sessions();
        return snapshot.one<std::int64_t>(total);
    });
    EXPECT_EQ(seen, 0);
    EXPECT_EQ(runs, 2);
}

TEST_P(PostgresLossTest, ServerThatCannotBeReachedIsBusyAndNotAnEndlessWait) {
    postgres.url += " port=1";
    reopen();
    try {
        database().check();
        ADD_FAILURE() << "was reached";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "busy");
        EXPECT_GT(fault.retry_after_s, 0);
    }
}

// Both have read before either writes, so one must run again: the barrier holds for the first runs alone.
TEST_P(PostgresLossTest, UnitsThatMeetRunAgainEvenWhenTheySwallowTheConflict) {
    for (bool const swallows : {false, true}) {
        database().write(mine, [](Transaction& tx) {
            tx.execute("DELETE FROM things WHERE tenant_id = :tenant");
            tx.execute("INSERT INTO things (tenant_id, id) VALUES (:tenant, 'ann'), (:tenant, 'bob')");
        });
        auto const retries = database().counters().retries_total;
        std::barrier both_have_read(2);
        auto const leave_duty = [&](std::string const& who) {
            bool is_first = true;
            database().write(mine, [&](Transaction& tx) {
                auto const on_duty = tx.one<std::int64_t>(total);
                if (std::exchange(is_first, false)) both_have_read.arrive_and_wait();
                if (on_duty < 2) return;
                try {
                    tx.execute(set_amount, bind("id", who), bind("amount", std::int64_t{0}));
                } catch (std::exception const&) {
                    if (!swallows) throw;
                }
            });
        };
        std::thread ann(leave_duty, "ann"), bob(leave_duty, "bob");
        ann.join();
        bob.join();
        EXPECT_EQ(total_of(database()), 1);
        EXPECT_GT(database().counters().retries_total, retries);
    }
}

}  // namespace
}  // namespace mainstay
