// kill -9 for real: a child process takes batches on several threads, says which it has answered, and is killed at a
// point that a seed chooses; another goes on, and sends what was not answered again. The child is this test program,
// told by the environment to work.
#include "platform/usage/usage_test_support.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <random>
#include <set>
#include <sstream>
#include <thread>

namespace mainstay::usage {
namespace {

constexpr char const* child_variable = "MAINSTAY_USAGE_TEST_CHILD";  // "sqlite|postgres TENANT FIRST WHERE"
constexpr int pipe_in_child = 100;
constexpr int batches = 120, each = 25, senders = 3;  // the number of a batch is one byte
constexpr Instant sent_at{1'800'000'000'000'000};

// Neighbours have some events in common, so that what two threads send meets.
std::vector<NewEvent> batch_of(int number) {
    std::vector<NewEvent> events;
    for (int i = 0; i < each; ++i)
        events.push_back(event(std::to_string(number * (each - 5) + i), "customer " + std::to_string(i % 4),
                               R"({"n":0.5})", sent_at));
    return events;
}
constexpr int distinct_events = batches * (each - 5) + 5;

[[noreturn]] void work_as_child(std::string const& how) {
    std::istringstream words(how);
    std::string engine, tenant_text, where;
    int first = 0;
    words >> engine >> tenant_text >> first >> std::ws;
    std::getline(words, where);
    std::unique_ptr<Database> database;
    ManualClock clock(sent_at);
    if (engine == "sqlite") {
        SqliteOptions options;
        options.folder = where;
        database = Database::open(options, clock);
    } else {
        PostgresOptions options;
        options.url = where;
        options.connections = 8;
        database = Database::open(options, clock);
    }
    TenantId const tenant = TenantId::parse(tenant_text).value();
    std::atomic<int> next = first;
    std::vector<std::thread> threads;
    for (int i = 0; i < senders; ++i)
        threads.emplace_back([&] {
            for (int number = next++; number < batches; number = next++) {
                usage::send(*database, tenant, batch_of(number), sent_at);
                database->write(tenant, [&](Transaction& tx) { bill(tx, "batches", std::to_string(number), 1); });
                auto const answered = static_cast<unsigned char>(number);
                if (write(pipe_in_child, &answered, 1) != 1) _exit(3);
            }
        });
    for (auto& thread : threads) thread.join();
    database.reset();
    _exit(0);
}

TEST(CrashChild, WorksWhenItIsTold) {
    char const* how = std::getenv(child_variable);
    if (how == nullptr) GTEST_SKIP() << "run by CrashTest alone";
    work_as_child(how);
}

class CrashTest : public UsageTest {
protected:
    // Adds what the child has answered; gives whether it came to its end by itself.
    bool run_child(std::set<int>& answered, int kill_at) {
        int first = 0;
        while (answered.contains(first)) ++first;
        std::string const variable = std::string(child_variable) + '=' + (is_sqlite() ? "sqlite " : "postgres ") +
                                     mine.to_string() + ' ' + std::to_string(first) + ' ' +
                                     (is_sqlite() ? sqlite.folder.string() : postgres.url);
        close();
        int ends[2];
        if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
        pid_t const child = fork();
        if (child == 0) {
            dup2(ends[1], pipe_in_child);
            ::close(ends[0]);
            ::close(ends[1]);
            putenv(const_cast<char*>(variable.c_str()));
            execl("/proc/self/exe", "test_usage", "--gtest_filter=CrashChild.*", "--gtest_brief=1", nullptr);
            _exit(4);
        }
        ::close(ends[1]);
        int heard = 0;
        for (unsigned char number; read(ends[0], &number, 1) == 1;) {
            answered.insert(number);
            if (++heard == kill_at) kill(child, SIGKILL);
        }
        ::close(ends[0]);
        int status = 0;
        waitpid(child, &status, 0);
        if (WIFSIGNALED(status)) {
            EXPECT_EQ(WTERMSIG(status), SIGKILL);
            return false;
        }
        EXPECT_EQ(WEXITSTATUS(status), 0);
        return true;
    }

    std::int64_t stored() { return count("SELECT count(*) AS n FROM usage_events WHERE tenant_id = :tenant"); }

    // Every event of an answered batch is there, and what is there was counted, once.
    void hold(std::set<int> const& answered, std::vector<Meter> const& meters) {
        for (int const number : answered) {
            std::vector<std::string> ids;
            for (auto const& one : batch_of(number)) ids.push_back(one.id);
            EXPECT_EQ(database().read(mine, [&](Snapshot& s) { return find_events(s, ids).size(); }), ids.size())
                << number;
        }
        std::int64_t const events = stored();
        std::string const from = to_rfc3339(start_of(days(1), sent_at)),
                          to = to_rfc3339(start_of(days(1), sent_at) + days(1));
        auto const value_of = [&](Meter const& one) {
            auto const found =
                database().read(mine, [&](Snapshot& s) { return read_figures(s, about(one, from, to), 10); });
            return found.empty() ? std::string("0") : series_of(about(one, from, to), found).at(0).points.at(0).value;
        };
        EXPECT_EQ(value_of(meters[0]), std::to_string(events));
        EXPECT_EQ(Decimal::parse(value_of(meters[1])).value() * 2, Decimal::from_parts(events, 0));
        EXPECT_GE(database().read(mine, [](Snapshot& s) { return billed_since(s, "batches", {0}); }),
                  std::ssize(answered));
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, CrashTest, testing::each_engine(), testing::engine_name);

TEST_P(CrashTest, KilledAtAnyPointEachAnsweredEventIsStoredOnceAndCountedOnce) {
    auto const seed = static_cast<std::uint64_t>(::testing::UnitTest::GetInstance()->random_seed()) + 20261130;
    std::mt19937_64 random(seed);
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::vector<Meter> const meters{meter(Aggregation::count), meter(Aggregation::sum, "n")};
    std::set<int> answered;
    int lives = 1;
    while (!run_child(answered, static_cast<int>(random() % 20) + 1)) {
        hold(answered, meters);
        ASSERT_LT(++lives, 200);
    }
    EXPECT_GT(lives, 3);
    EXPECT_EQ(std::ssize(answered), batches);
    hold(answered, meters);
    EXPECT_EQ(stored(), distinct_events);
    EXPECT_EQ(database().read(mine, [](Snapshot& s) { return billed_since(s, "batches", {0}); }), batches);
}

}  // namespace
}  // namespace mainstay::usage
