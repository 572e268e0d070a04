// Sessions and the pool: errors by type, limits, deadlines, cancelling, and what becomes of dead children.
#include "kernel/duck/duck_fixture.hpp"

#include "base/fault.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <csignal>
#include <thread>

using namespace mainstay;
using namespace mainstay::duck;

namespace {

constexpr char const* endless = "SELECT count(*) FROM range(1000000000000) a(i) WHERE hash(i) = 1";

std::string field(int pid, std::string const& file, std::string const& name) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/" + file);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name)) return line.substr(name.size());
    return {};
}

// Ticks of processor time, which grow while it works; 0 when it is gone.
long processor_ticks(int pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(in, line);
    std::istringstream rest(line.substr(line.rfind(')') + 1));
    std::string word;
    for (int i = 0; i < 11; ++i) rest >> word;
    long user = 0, system = 0;
    rest >> user >> system;
    return user + system;
}

void wait_until_busy(int pid) {
    long const before = processor_ticks(pid);
    auto const give_up = system_clock().monotonic().us + seconds(30).us;
    while (processor_ticks(pid) < before + 5 && system_clock().monotonic().us < give_up) std::this_thread::yield();
}

std::vector<int> children_of(int parent) {
    std::vector<int> children;
    for (auto const& entry : std::filesystem::directory_iterator("/proc")) {
        int const pid = std::atoi(entry.path().filename().c_str());
        if (pid > 0 && std::atoi(field(pid, "status", "PPid:").c_str()) == parent) children.push_back(pid);
    }
    return children;
}

}  // namespace

TEST_F(DuckTest, SeveralStatementsGiveTheLastResult) {
    auto session = lease();
    auto const outcome = session.execute(
        "CREATE TABLE t(a INTEGER); INSERT INTO t VALUES (1), (2); SELECT a, 'x' AS b FROM t ORDER BY a");
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_EQ(outcome.value().columns, (std::vector<Column>{{"a", "INTEGER"}, {"b", "VARCHAR"}}));
    EXPECT_EQ(outcome.value().values,
              (std::vector<Value>{std::int64_t{1}, std::string("x"), std::int64_t{2}, std::string("x")}));
    auto const changed = session.execute("SELECT 1; UPDATE t SET a = a + 1");
    ASSERT_TRUE(changed.ok());
    EXPECT_EQ(changed.value().rows_changed, 2u);
    EXPECT_TRUE(changed.value().columns.empty());
    EXPECT_EQ(session.execute("INSERT INTO t VALUES (9) RETURNING a").value().row_count(), 1u);
    EXPECT_EQ(error_of(session.query("SELECT 1; DROP TABLE t")), "refused");
    EXPECT_EQ(cell(session, "SELECT count(*) FROM t"), "3");
    EXPECT_EQ(session.query("SELECT a FROM t WHERE false").value().row_count(), 0u);
}

TEST_F(DuckTest, ErrorsBearDuckDbsTypeAndMessage) {
    auto session = lease();
    ASSERT_TRUE(session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b INTEGER NOT NULL)").ok());
    std::vector<std::pair<std::string, std::string>> const expected{
        {"SELEC 1", "parser"},
        {"", "parser"},
        {"SELECT nothing FROM t", "binder"},
        {"SELECT * FROM nowhere", "catalog"},
        {"SELECT no_such_function(1)", "catalog"},
        {"SELECT 'x'::INTEGER", "conversion"},
        {"SELECT CASE WHEN i = 99999 THEN 'x'::INTEGER ELSE 1 END FROM range(100000) r(i)", "conversion"},
        {"INSERT INTO t VALUES (1, NULL)", "constraint"},
        {"INSERT INTO t VALUES (1, 1), (1, 2)", "constraint"},
        {"SELECT 127::TINYINT + 1::TINYINT", "out_of_range"},
        {"SELECT $1", "invalid_input"},
        {"COMMIT", "transaction"},
    };
    for (auto const& [sql, type] : expected) {
        auto const outcome = session.execute(sql);
        EXPECT_EQ(error_of(outcome), type) << sql << ": " << (outcome.ok() ? "" : outcome.error().message);
        if (!outcome.ok() && !sql.empty()) {
            EXPECT_NE(outcome.error().message.find(" Error: "), std::string::npos) << sql;
        }
    }
    EXPECT_TRUE(session.is_alive());
    EXPECT_EQ(error_of(session.describe("SELECT nothing FROM t")), "binder");
    EXPECT_EQ(error_of(session.execute(std::string_view("SELECT 1\0; DROP TABLE t", 23))), "invalid_input");
    EXPECT_EQ(error_of(session.execute("SELECT '\xFF'")), "invalid_input");
    EXPECT_EQ(cell(session, "SELECT count(*) FROM t"), "0");
}

TEST_F(DuckTest, DescribingRunsNothing) {
    auto session = lease();
    ASSERT_TRUE(session.execute("CREATE TABLE t(a INTEGER)").ok());
    EXPECT_TRUE(session.describe("INSERT INTO t VALUES (1)").ok());
    EXPECT_EQ(error_of(session.describe("SELECT 1; SELECT 2")), "refused");
    EXPECT_EQ(cell(session, "SELECT count(*) FROM t"), "0");
}

TEST_F(DuckTest, AStatementPastItsTimeIsKilledAndTheNextLeaseWorks) {
    DuckLimits limits;
    limits.query_time = milliseconds(200);
    auto session = lease(FolderAccess::read, limits);
    auto const before = system_clock().monotonic();
    auto const outcome = session.execute(endless);
    auto const took_us = system_clock().monotonic().us - before.us;
    EXPECT_EQ(error_of(outcome), "deadline");
    EXPECT_GE(took_us, limits.query_time.us);
    EXPECT_LT(took_us, seconds(5).us);
    EXPECT_FALSE(session.is_alive());
    EXPECT_EQ(error_of(session.execute("SELECT 1")), "child_died");
    auto next = lease();
    EXPECT_EQ(cell(next, "SELECT 1"), "1");
}

TEST_F(DuckTest, CancellingEndsTheStatementAndKeepsTheSession) {
    auto session = lease();
    session.cancel();  // nothing runs
    EXPECT_EQ(cell(session, "SELECT 1"), "1");
    std::atomic<bool> done = false;
    std::thread canceller([&] {
        while (!done) {
            session.cancel();
            std::this_thread::yield();
        }
    });
    auto const outcome = session.execute(std::string("SELECT 1; ") + endless);
    done = true;
    canceller.join();
    EXPECT_EQ(error_of(outcome), "cancelled");
    ASSERT_TRUE(session.is_alive());
    EXPECT_EQ(cell(session, "SELECT 2"), "2");
}

TEST_F(DuckTest, AChildKilledInMidQueryIsAnErrorAndThePoolGoesOn) {
    auto session = lease();
    std::thread killer([&] {
        wait_until_busy(session.pid());
        kill(session.pid(), SIGKILL);
    });
    auto const outcome = session.execute(endless);
    killer.join();
    ASSERT_EQ(error_of(outcome), "child_died");
    EXPECT_NE(outcome.error().message.find("signal 9"), std::string::npos) << outcome.error().message;
    EXPECT_EQ(error_of(session.append({.table = "t"}, std::vector<std::string>{"a"}, std::vector<Value>{true})),
              "child_died");
    auto next = lease();
    EXPECT_EQ(cell(next, "SELECT 1"), "1");
}

TEST_F(DuckTest, MemoryBeyondTheLimitIsAnError) {
    DuckLimits limits;
    limits.memory_mb = 64;
    limits.temp_mb = 0;
    auto session = lease(FolderAccess::read, limits);
    EXPECT_EQ(
        error_of(session.execute("SELECT count(DISTINCT i::VARCHAR || 'xxxxxxxxxxxxxxxx') FROM range(5000000) r(i)")),
        "out_of_memory");
    EXPECT_EQ(cell(session, "SELECT 1"), "1");
}

TEST_F(DuckTest, SpillsToTheTenantsFolderAndLeavesNothingThere) {
    constexpr char const* sort =
        "SELECT count(*) FROM (SELECT i, hash(i) h FROM range(6000000) r(i) ORDER BY h OFFSET 1)";
    DuckLimits limits;
    limits.memory_mb = 64;
    {
        auto session = lease(FolderAccess::read, limits);
        EXPECT_EQ(cell(session, sort), "5999999");
    }
    limits.temp_mb = 0;
    {
        auto session = lease(FolderAccess::read, limits);
        EXPECT_EQ(error_of(session.execute(sort)), "out_of_memory");
    }
    // A place counts as taken until its child is gone and the folder clean.
    while (pool().counters().sessions > 0) std::this_thread::yield();
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(DuckTest, ResultsAreCappedByRowsAndBytes) {
    DuckLimits limits;
    limits.result_rows = 10;
    limits.result_bytes = 100'000;
    auto session = lease(FolderAccess::read, limits);
    EXPECT_EQ(session.execute("FROM range(10)").value().row_count(), 10u);
    EXPECT_EQ(error_of(session.execute("FROM range(11)")), "result_too_large");
    EXPECT_EQ(error_of(session.execute("FROM range(1000000000)")), "result_too_large");
    EXPECT_EQ(error_of(session.execute("SELECT repeat('x', 100001)")), "result_too_large");
    EXPECT_EQ(cell(session, "SELECT length(repeat('x', 100001))"), "100001");
    limits.result_bytes = std::uint64_t{1} << 30;
    auto roomy = lease(FolderAccess::read, limits);
    EXPECT_EQ(roomy.execute("SELECT repeat('x', 10000000)").value().row_count(), 1u);
    EXPECT_EQ(error_of(roomy.execute("SELECT repeat('x', 20000000)")), "result_too_large");
    EXPECT_EQ(error_of(roomy.execute(std::string(limits.sql_bytes + 1, ' '))), "input_too_large");
}

TEST_F(DuckTest, AppendIsAllOrNothing) {
    auto session = lease();
    ASSERT_TRUE(session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b VARCHAR)").ok());
    std::vector<std::string> const columns{"a", "b"};
    std::vector<Value> values;
    for (std::int64_t i = 0; i < 300'000; ++i) {
        values.emplace_back(i);
        values.emplace_back("row " + std::to_string(i));
    }
    auto broken = values;
    broken[broken.size() - 2] = std::int64_t{0};
    EXPECT_EQ(error_of(session.append({.table = "t"}, columns, broken)), "constraint");
    EXPECT_EQ(cell(session, "SELECT count(*) FROM t"), "0");
    broken[1000] = std::string("not a number");
    EXPECT_EQ(error_of(session.append({.table = "t"}, columns, broken)), "invalid_input");
    EXPECT_EQ(cell(session, "SELECT count(*) FROM t"), "0");

    auto const appended = session.append({.table = "t"}, columns, values);
    ASSERT_TRUE(appended.ok()) << appended.error().message;
    EXPECT_EQ(appended.value(), 300'000u);
    EXPECT_EQ(cell(session, "SELECT count(*) || ' ' || max(b) FROM t"), "300000 row 99999");

    EXPECT_EQ(error_of(session.append({.table = "nowhere"}, columns, values)), "catalog");
    EXPECT_FALSE(session.append({.table = "t"}, std::vector<std::string>{"a", "c"}, values).ok());
    EXPECT_EQ(error_of(session.append({.table = "t"}, columns, std::span(values).first(3))), "invalid_input");
    EXPECT_EQ(error_of(session.append({.table = "t\xFF"}, columns, values)), "invalid_input");
    for (Value const& bad : {Value(std::string("\xFF")), Value(Exact{"1e5"}), Value(Exact{""})})
        EXPECT_EQ(error_of(session.append({.table = "t"}, columns, std::vector<Value>{std::int64_t{1}, bad})),
                  "invalid_input");
    std::vector<Value> const huge{std::int64_t{1}, std::string(9'000'000, 'x')};
    EXPECT_EQ(error_of(session.append({.table = "t"}, columns, huge)), "input_too_large");
    ASSERT_TRUE(session.execute("BEGIN").ok());
    EXPECT_EQ(error_of(session.append({.table = "t"}, columns, values)), "transaction");
    EXPECT_EQ(cell(session, "COMMIT; SELECT count(*) FROM t"), "300000");
}

TEST_F(DuckTest, SessionsRunInParallelAndShareNothing) {
    auto one = lease(), two = lease();
    ASSERT_NE(one.pid(), two.pid());
    auto const work = [](DuckSession& session, std::string const& name) {
        EXPECT_TRUE(session.execute("CREATE TABLE t AS SELECT '" + name + "' AS name, i FROM range(100000) r(i)").ok());
        EXPECT_EQ(cell(session, "SELECT count(*) || min(name) || max(name) FROM t"), "100000" + name + name);
    };
    std::thread other([&] { work(two, "two"); });
    work(one, "one");
    other.join();
    auto three = lease();
    EXPECT_EQ(error_of(three.execute("FROM t")), "catalog");
}

TEST_F(DuckTest, AChildThatDiedBeforeItsLeaseIsPassedOver) {
    auto const warm_up = lease().pid();
    for (int const pid : children_of(getpid()))
        if (pid != warm_up) kill(pid, SIGKILL);
    auto session = lease();
    EXPECT_EQ(cell(session, "SELECT 1"), "1");
}

TEST(DuckPool, RefusesPastItsPlacesAndFreesThemAgain) {
    Folder folder;
    DuckPool pool({.program = DUCK_CHILD_PROGRAM, .warm = 1, .sessions = 1, .lease_time = seconds(60)});
    std::optional<DuckSession> held = pool.lease("a", folder.path());
    std::thread waiting([&] {
        auto session = pool.lease("b", folder.path());
        EXPECT_EQ(cell(session, "SELECT 1"), "1");
    });
    EXPECT_EQ(cell(*held, "SELECT 1"), "1");
    held.reset();
    waiting.join();

    DuckPool impatient({.program = DUCK_CHILD_PROGRAM, .warm = 1, .sessions = 1, .lease_time = milliseconds(50)});
    EXPECT_TRUE(impatient.confinement().no_new_privileges);
    auto const only = impatient.lease("a", folder.path());
    try {
        impatient.lease("b", folder.path());
        FAIL() << "a second session";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "busy");
        EXPECT_EQ(fault.retry_after_s, 1);
    }
    EXPECT_EQ(impatient.counters().leased, 1u);
}

TEST(DuckPool, OneTenantDoesNotTakeEveryPlace) {
    Folder folder;
    DuckPool pool({.program = DUCK_CHILD_PROGRAM,
                   .warm = 3,
                   .sessions = 3,
                   .sessions_of_tenant = 2,
                   .lease_time = milliseconds(100)});
    auto const wait_for = [&](std::size_t sessions) {
        while (pool.counters().warm < 3 || pool.counters().sessions != sessions) std::this_thread::yield();
    };
    wait_for(0);
    auto const one = pool.lease("greedy", folder.path());
    {
        auto const two = pool.lease("greedy", folder.path());
        wait_for(2);
        EXPECT_THROW(pool.lease("greedy", folder.path()), Fault);
        EXPECT_TRUE(pool.lease("other", folder.path()).is_alive());
    }
    wait_for(1);
    EXPECT_TRUE(pool.lease("greedy", folder.path()).is_alive());
}

TEST(DuckPool, AProgramThatIsNoChildIsAFaultAndNotAHang) {
    Folder folder;
    EXPECT_THROW(DuckPool({.program = "/nowhere/mainstay-duck"}), Fault);
    DuckPool pool({.program = "/bin/false", .lease_time = milliseconds(100)});
    EXPECT_THROW(pool.lease("a", folder.path()), Fault);
    EXPECT_THROW(pool.confinement(), Fault);
    DuckPool good({.program = DUCK_CHILD_PROGRAM, .lease_time = seconds(60)});
    EXPECT_THROW(good.lease("a", folder.path() / "nowhere"), Fault);
}

TEST(DuckPool, NoChildOutlivesItsParent) {
    Folder folder;
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    int const parent = fork();
    if (parent == 0) {
        DuckPool pool({.program = DUCK_CHILD_PROGRAM, .lease_time = seconds(60)});
        auto session = pool.lease("a", folder.path());
        while (pool.counters().warm < 2) std::this_thread::yield();
        std::jthread const working([&] { session.execute(endless); });
        wait_until_busy(session.pid());
        [[maybe_unused]] auto const written = write(ready[1], "x", 1);
        for (;;) pause();
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    auto const children = children_of(parent);
    EXPECT_EQ(children.size(), 3u);
    std::vector<pollfd> watched;
    for (int const child : children)
        watched.push_back({static_cast<int>(syscall(SYS_pidfd_open, child, 0)), POLLIN, 0});
    kill(parent, SIGKILL);
    waitpid(parent, nullptr, 0);
    for (auto& one : watched) {
        EXPECT_EQ(poll(&one, 1, 10'000), 1) << "a child lives on";
        close(one.fd);
    }
    close(ready[0]);
    close(ready[1]);
}
