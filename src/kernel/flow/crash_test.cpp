// kill -9 for real: a child process works, is killed at a point that a seed chooses, and another goes on, until all is
// done. The child is this test program, told by the environment to work.
#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>

namespace mainstay::flow {
namespace {

constexpr char const* child_variable = "MAINSTAY_FLOW_TEST_CHILD";  // "sqlite FOLDER" or "postgres URL"
constexpr int pipe_in_child = 100;
constexpr int poison_attempts = 3;

// A life sign. The parent counts them and kills at one; the child does not wait, so that the kill falls anywhere.
void beat() {
    char const sign = '.';
    if (write(pipe_in_child, &sign, 1) != 1) _exit(3);
}

Graph const& pilgrimage() {
    auto const stage = [](std::string const& letter) {
        return [letter](Context& context, Journey& journey) {
            beat();
            ++journey.turns;
            journey.trail += letter;
            context.write([](Transaction&) { beat(); });
            note_with(context, letter + std::to_string(journey.turns));
            context.write([](Transaction&) { beat(); });
        };
    };
    static Graph const graph = GraphBuilder<Journey>("pilgrimage", 1)
                                   .node("walk", stage("w"))
                                   .then("rest")
                                   .retries({.max_attempts = 50, .first_delay = milliseconds(1)})
                                   .node("rest", stage("r"))
                                   .then_if(end, [](Journey const& j) { return j.turns >= 12; })
                                   .otherwise("walk")
                                   .retries({.max_attempts = 50, .first_delay = milliseconds(1)})
                                   .build();
    return graph;
}

JobKind errand() {
    auto kind = job_kind<Parcel>([](Context& context, Parcel const& parcel) {
        beat();
        note_with(context, parcel.name);
    });
    kind.retry = {.max_attempts = 50, .first_delay = milliseconds(1)};
    return kind;
}

// A schedule starts it; the first life sign falls into the transaction that fires.
Graph const& outing() {
    static Graph const graph = [] {
        auto made = GraphBuilder<Journey>("outing", 1)
                        .node("go", [](Context& context, Journey& journey) { note_with(context, journey.trail); })
                        .then(end)
                        .retries({.max_attempts = 50, .first_delay = milliseconds(1)})
                        .build();
        made.on_change = [](auto&&...) { beat(); };
        return made;
    }();
    return graph;
}

JobKind poison_kind() {
    JobKind kind;
    kind.name = "Poison";
    kind.run = [](Context&, std::string const&) { raise(SIGKILL); };
    kind.retry = {.max_attempts = poison_attempts, .first_delay = milliseconds(1)};
    return kind;
}

std::int64_t count_ready(Database& database) {
    return database.read(system_scope("test"), [](Snapshot& s) {
        return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_ready WHERE run_at < 9223372036854775807");
    });
}

// Opens what the parent names and works until nothing is left.
[[noreturn]] void work_as_child(std::string_view where) {
    auto const space = where.find(' ');
    std::string const target(where.substr(space + 1));
    std::unique_ptr<Database> database;
    if (where.starts_with("sqlite")) {
        SqliteOptions options;
        options.folder = target;
        database = Database::open(options, system_clock());
    } else {
        PostgresOptions options;
        options.url = target;
        options.connections = 8;
        database = Database::open(options, system_clock());
    }
    {
        Engine engine(*database, system_clock(),
                      {.workers = 3, .lease = milliseconds(600), .poll = milliseconds(10), .claim_at_most = 4});
        engine.add(pilgrimage());
        engine.add(errand());
        engine.add(poison_kind());
        engine.add(outing());
        Engine scheduler(*database, system_clock(),
                         {.queue = std::string(schedules_queue),
                          .workers = 2,
                          .lease = milliseconds(600),
                          .poll = milliseconds(10),
                          .claim_at_most = 4});
        scheduler.add(outing());
        engine.start();
        scheduler.start();
        while (count_ready(*database) > 0) usleep(2000);
    }
    database.reset();
    _exit(0);
}

TEST(CrashChild, WorksWhenItIsTold) {
    char const* where = std::getenv(child_variable);
    if (where == nullptr) GTEST_SKIP() << "run by CrashTest alone";
    work_as_child(where);
}

class CrashTest : public FlowWorld {
protected:
    std::string where() const { return is_sqlite() ? "sqlite " + sqlite.folder.string() : "postgres " + postgres.url; }

    // Gives whether the child came to its end by itself.
    static bool run_child(std::string const& where, int kill_at) {
        int ends[2];
        if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
        std::string const variable = std::string(child_variable) + "=" + where;
        pid_t const child = fork();
        if (child == 0) {
            dup2(ends[1], pipe_in_child);
            ::close(ends[0]);
            ::close(ends[1]);
            putenv(const_cast<char*>(variable.c_str()));
            execl("/proc/self/exe", "test_flow", "--gtest_filter=CrashChild.*", "--gtest_brief=1", nullptr);
            _exit(4);
        }
        ::close(ends[1]);
        int beats = 0;
        for (char sign; read(ends[0], &sign, 1) == 1;)
            if (++beats == kill_at) kill(child, SIGKILL);
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
};
INSTANTIATE_TEST_SUITE_P(Engines, CrashTest, testing::each_engine(), testing::engine_name);

TEST_P(CrashTest, KilledAtAnyPointEveryNodeAndJobIsDoneOnceInEffect) {
    auto const seed = static_cast<std::uint64_t>(::testing::UnitTest::GetInstance()->random_seed()) + 20261120;
    std::mt19937_64 random(seed);
    SCOPED_TRACE("seed " + std::to_string(seed));

    RunId id;
    database().write(mine, [&](Transaction& tx) {
        id = start_run(tx, pilgrimage(), Journey{}, {.run_at = Instant{1}});
        for (int i = 0; i < 20; ++i) flow::enqueue(tx, Parcel{"job" + std::to_string(100 + i)}, {.run_at = Instant{1}});
    });
    close();

    int lives = 1;
    while (!run_child(where(), static_cast<int>(random() % 14) + 1) && lives < 200) ++lives;
    EXPECT_GT(lives, 3);

    auto const ended = run(id);
    EXPECT_EQ(ended.state, RunState::completed);
    EXPECT_EQ(ended.data.text, R"({"turns":12,"trail":"wrwrwrwrwrwr"})");
    std::vector<std::string> expected;
    for (int i = 1; i <= 12; ++i) expected.push_back((i % 2 == 1 ? "w" : "r") + std::to_string(i));
    for (int i = 0; i < 20; ++i) expected.push_back("job" + std::to_string(100 + i));
    EXPECT_THAT(effects_of(mine), ::testing::UnorderedElementsAreArray(expected));
    EXPECT_EQ(ready_rows(), 0);
    EXPECT_EQ(database().read(mine,
                              [](Snapshot& s) {
                                  return s.one<std::int64_t>(
                                      "SELECT COUNT(*) FROM flow_jobs WHERE tenant_id = :tenant "
                                      "AND outcome = 'completed'");
                              }),
              20);
    auto const taken = steps(id);
    ASSERT_EQ(taken.size(), 12u);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        EXPECT_EQ(taken[i].number, static_cast<std::int64_t>(i) + 1);
        EXPECT_EQ(taken[i].node, i % 2 == 0 ? "walk" : "rest");
        EXPECT_FALSE(taken[i].error);
    }
    auto const changes = database().read(mine, [&](Snapshot& s) { return events::read_after(s, id.to_string(), {}); });
    ASSERT_EQ(changes.size(), 14u);  // pending, running at each of twelve nodes, completed
    std::int64_t last = 0;
    for (auto const& event : changes) {
        auto const changed = fields::from_json<RunChanged>(event.payload.text);
        EXPECT_GE(changed.steps, last);
        last = changed.steps;
    }
    EXPECT_EQ(last, 12);
}

TEST_P(CrashTest, JobThatKillsItsProcessEndsDeadAndSparesTheOthers) {
    JobId poison;
    database().write(mine, [&](Transaction& tx) {
        poison = enqueue_text(tx, "Poison", "{}", {.priority = 10, .run_at = Instant{1}});
        for (int i = 0; i < 12; ++i) flow::enqueue(tx, Parcel{"job" + std::to_string(i)}, {.run_at = Instant{1}});
    });
    close();
    int lives = 1;
    while (!run_child(where(), 0) && lives < 20) ++lives;
    EXPECT_EQ(lives, poison_attempts + 1);
    EXPECT_EQ(job(poison).state, JobState::dead);
    EXPECT_EQ(job(poison).attempts, poison_attempts + 1);  // the last was given up before it ran
    EXPECT_EQ(effects_of(mine).size(), 12u);
    // Each of the others can have been beside it once, not more.
    EXPECT_LE(database().read(mine,
                              [](Snapshot& s) {
                                  return s.one<std::int64_t>(
                                      "SELECT MAX(attempts) FROM flow_jobs WHERE tenant_id = "
                                      ":tenant AND outcome = 'completed'");
                              }),
              2);
}

TEST_P(CrashTest, KilledAtAnyPointEveryScheduleHasFiredOnce) {
    constexpr int each = 10, deaths = 4;  // fewer than what a firing is given up after
    auto const seed = static_cast<std::uint64_t>(::testing::UnitTest::GetInstance()->random_seed()) + 20261121;
    std::mt19937_64 random(seed);
    SCOPED_TRACE("seed " + std::to_string(seed));
    reopen(system_clock());
    std::vector<std::string> expected;
    database().write(mine, [&](Transaction& tx) {
        ScheduleSpec const soon{.at = tx.now() + milliseconds(200)};
        expected.clear();
        for (int i = 0; i < each; ++i) {
            auto const& run = expected.emplace_back("run" + std::to_string(i));
            schedule_run(tx, run, soon, outing(), Journey{0, run});
            auto const& job = expected.emplace_back("job" + std::to_string(i));
            schedule_job(tx, job, soon, Parcel{job});
        }
    });
    close();
    for (int lives = 0; lives < deaths; ++lives) run_child(where(), static_cast<int>(random() % 12) + 1);
    EXPECT_TRUE(run_child(where(), 0));
    EXPECT_THAT(effects_of(mine), ::testing::UnorderedElementsAreArray(expected));
    auto const all = database().read(mine, [](Snapshot& s) { return list_schedules(s, {}, {}, 100); });
    EXPECT_EQ(all.size(), expected.size());
    for (auto const& schedule : all) {
        EXPECT_EQ(schedule.last_error, std::nullopt);
        EXPECT_EQ(schedule.last_due_at, schedule.spec.at);
    }
    EXPECT_EQ(ready_rows(), std::ssize(expected));
}

}  // namespace
}  // namespace mainstay::flow
