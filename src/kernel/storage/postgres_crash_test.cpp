// A server that crashes: what was answered is there, what failed is not, and what cannot be known is said to be
// unknown.
#include "kernel/storage/postgres_outcome.hpp"
#include "kernel/storage/postgres_server_fixture.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <set>

namespace mainstay {
namespace {

using postgres_test::OwnServer;

constexpr Migration things{"things", 1, "0001_things", R"(
CREATE TABLE things (tenant_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant_id, id));
)"};
constexpr char const* insert_thing = "INSERT INTO things (tenant_id, id) VALUES (:tenant, :id)";
constexpr char const* give_number = "SELECT pg_current_xact_id()::text";
constexpr char const* incarnation = ask_incarnation.data();

class PostgresCrashTest : public ::testing::TestWithParam<Database::Engine> {
protected:
    PostgresTransaction begun_in(OwnServer::Session& session) {
        session.run("BEGIN");
        return {session.run(give_number)[0], session.run(incarnation)[0]};
    }

    // One that had a number, and had written nothing when its process was killed and all others with it.
    PostgresTransaction lost_transaction() {
        OwnServer::Session session(server);
        auto const transaction = begun_in(session);
        kill(session.pid(), SIGKILL);
        server.wait_until_not(incarnation, transaction.incarnation);
        return transaction;
    }

    // Others that end in this way, until one of them has the number; false when it is past.
    bool give_again(std::string const& number, std::string const& end) {
        OwnServer::Session session(server);
        while (true) {
            auto const given = begun_in(session).number;
            session.run(end);
            if (std::stoll(given) >= std::stoll(number)) return given == number;
        }
    }

    bool is_unknown(PostgresTransaction const& transaction) {
        try {
            was_committed(server.url(), transaction);
            return false;
        } catch (Fault const& fault) {
            return fault.code().name == errors::outcome_unknown.name;
        }
    }

    OwnServer server;
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresCrashTest);
INSTANTIATE_TEST_SUITE_P(Engines, PostgresCrashTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(PostgresCrashTest, CommitIsNeverTakenForAnothersThatGotItsNumberAfterTheCrash) {
    auto const lost = lost_transaction();
    EXPECT_FALSE(was_committed(server.url(), lost)) << "the number was not given again yet";
    ASSERT_TRUE(give_again(lost.number, "COMMIT")) << "the test proves nothing: the number was not given again";
    EXPECT_TRUE(is_unknown(lost));
    auto const second = lost_transaction();
    ASSERT_TRUE(give_again(second.number, "ROLLBACK"));
    EXPECT_FALSE(was_committed(server.url(), second)) << "had it been committed, nobody else had its number";
}

TEST_P(PostgresCrashTest, CommitIsKnownAfterARestartInOrder) {
    OwnServer::Session session(server);
    auto const committed = begun_in(session);
    session.run("COMMIT");
    auto const rolled_back = begun_in(session);
    session.run("ROLLBACK");
    auto const open = begun_in(session);
    EXPECT_FALSE(was_committed(server.url(), open)) << "its session is ended, and the transaction with it";
    server.end(SIGINT);
    server.start();
    EXPECT_TRUE(was_committed(server.url(), committed));
    EXPECT_FALSE(was_committed(server.url(), rolled_back));
}

TEST_P(PostgresCrashTest, ServerThatCrashesUnderWriteLoadLosesNothingAnsweredAndKeepsNothingThatFailed) {
    static constexpr int writer_count = 6, rounds = 2, answers_of_round = 300;
    auto const tenant = TenantId::make(system_clock().now());
    PostgresOptions options;
    options.url = server.url() + " application_name=writer";
    auto const database = Database::open(options, system_clock());
    database->migrate(std::span(&things, 1));

    std::mutex mutex;
    std::set<std::string> answered, failed;
    std::atomic<int> answers = 0, unknown = 0;
    std::atomic<bool> is_over = false;
    auto const write = [&](std::string const& id) {
        try {
            database->write(tenant, [&](Transaction& tx) { tx.execute(insert_thing, bind("id", id)); });
            std::lock_guard const lock(mutex);
            answered.insert(id);
            ++answers;
            answers.notify_one();
        } catch (Fault const& fault) {
            std::lock_guard const lock(mutex);
            fault.code().name == errors::outcome_unknown.name ? void(++unknown) : void(failed.insert(id));
        }
    };
    // Numbers that are given and not written down are those that are given again.
    auto const roll_back = [&] {
        EXPECT_ANY_THROW(database->write(tenant, [&](Transaction& tx) {
            tx.execute("DELETE FROM things WHERE tenant_id = :tenant AND id = 'none'");
            throw std::runtime_error("not wanted");
        }));
    };
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < writer_count; ++i)
            writers.emplace_back([&, i] {
                for (int n = 0; !is_over; ++n) {
                    write(std::to_string(i) + "-" + std::to_string(n));
                    roll_back();
                }
            });
        auto const wait_for_answers = [&] {
            int const until = answers + answers_of_round;
            for (int seen = answers; seen < until; seen = answers) answers.wait(seen);
        };
        for (int round = 0; round < rounds; ++round) {
            for (int const signal : {SIGQUIT, SIGKILL, SIGINT}) {
                wait_for_answers();
                server.end(signal);
                server.start();
            }
            wait_for_answers();
            auto const before = server.run(incarnation)[0];
            kill(std::stoi(server.run("SELECT pid FROM pg_stat_activity WHERE application_name = 'writer'").at(0)),
                 SIGKILL);
            server.wait_until_not(incarnation, before);
        }
        wait_for_answers();
        is_over = true;
    }

    auto const rows = server.run("SELECT id FROM things");
    std::set<std::string> const present(rows.begin(), rows.end());
    for (auto const& id : answered) EXPECT_TRUE(present.contains(id)) << id << " was answered and is lost";
    for (auto const& id : failed) EXPECT_FALSE(present.contains(id)) << id << " failed and is there";
    EXPECT_GE(answered.size() + static_cast<std::size_t>(unknown), present.size());
    RecordProperty("answered", static_cast<int>(answered.size()));
    RecordProperty("failed", static_cast<int>(failed.size()));
    RecordProperty("unknown", unknown);
}

TEST(PostgresOutcomes, OfACrashedServerAreCertainOnlyWhereTheySayNo) {
    using enum PostgresOutcome;
    EXPECT_EQ(outcome_of("committed", true), committed);
    EXPECT_EQ(outcome_of("aborted", true), not_committed);
    EXPECT_EQ(outcome_of("in progress", true), in_progress);
    EXPECT_EQ(outcome_of("", true), unknown);
    EXPECT_EQ(outcome_of("committed", false), unknown);
    EXPECT_EQ(outcome_of("aborted", false), not_committed);
    EXPECT_EQ(outcome_of("in progress", false), in_progress);
    EXPECT_EQ(outcome_of("", false), unknown);
}

}  // namespace
}  // namespace mainstay
