// What a session's SQL, and code that took its process over, cannot reach.
#include "kernel/duck/child/confine.hpp"
#include "kernel/duck/duck_fixture.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <functional>
#include <optional>
#include <random>

using namespace mainstay;
using namespace mainstay::duck;

namespace {

using Sqls = std::vector<std::string>;

class SandboxTest : public DuckTest {
protected:
    Folder elsewhere;
    std::string const inside = folder.write("in.csv", "a,b\n1,x\n2,y\n").string();
    std::string const outside = elsewhere.write("out.csv", "secret\n42\n").string();
};

constexpr int skipped = 77;

// Runs `probe` in a process of its own behind the walls; gives its exit status.
int behind_walls(Opening const& opening, bool Confinement::*needed, std::function<bool()> const& probe) {
    int const parent = getpid();
    int const pid = fork();
    if (pid == 0) {
        auto const walls = confine_process(parent);
        if (!(walls.*needed)) _exit(skipped);
        confine_session(walls, opening);
        _exit(probe() ? 0 : 1);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool refused(long result, int error = EPERM) {
    return result == -1 && errno == error;
}

}  // namespace

TEST_F(SandboxTest, ReadsItsFolderAndNothingElse) {
    auto session = lease();
    EXPECT_EQ(cell(session, "SELECT sum(a) FROM '" + inside + "'"), "3");
    EXPECT_EQ(cell(session, "SELECT sum(a) FROM 'in.csv'"), "3");
    EXPECT_EQ(cell(session, "SELECT string_agg(parse_filename(file), ',') FROM glob('*')"), "in.csv");
    for (auto const& sql :
         Sqls{"SELECT * FROM '" + outside + "'", "SELECT * FROM read_csv('../" + outside + "')",
              "SELECT * FROM '" + folder.path().string() + "/../" + outside + "'",
              std::string("SELECT * FROM read_text('/etc/passwd')"), std::string("SELECT * FROM glob('/etc/*')"),
              std::string("SELECT * FROM read_blob('/proc/self/environ')"), std::string("COPY t FROM '/etc/passwd'")}) {
        EXPECT_FALSE(session.execute(sql).ok()) << sql;
    }
    std::filesystem::create_symlink(outside, folder.path() / "link.csv");
    if (pool().confinement().landlock) {
        EXPECT_FALSE(session.execute("SELECT * FROM 'link.csv'").ok());
    }
}

TEST_F(SandboxTest, AReaderWritesNoFile) {
    auto session = lease();
    ASSERT_TRUE(session.execute("CREATE TABLE t AS SELECT 1 AS a").ok());
    for (auto const& sql : Sqls{"COPY t TO 'new.csv'", "COPY t TO 'in.csv'", "ATTACH 'new.db' AS other",
                                "PREPARE p AS COPY t TO 'new.csv'", "DETACH other", "INSTALL httpfs", "LOAD httpfs"})
        EXPECT_EQ(error_of(session.execute(sql)), "refused") << sql;
    EXPECT_FALSE(session.execute("EXECUTE p").ok());
    EXPECT_FALSE(session.execute("EXPORT DATABASE 'dump'").ok());
    if (pool().confinement().landlock) {
        EXPECT_FALSE(session.execute("EXPLAIN ANALYZE COPY t TO 'new.csv'").ok());
        EXPECT_FALSE(session.execute("EXPLAIN ANALYZE COPY t TO 'in.csv'").ok());
    }
    EXPECT_EQ(cell(session, "SELECT count(*) FROM glob('*')"), "1");
    EXPECT_EQ(cell(session, "SELECT sum(a) FROM 'in.csv'"), "3");
}

TEST_F(SandboxTest, AWriterWritesItsFolderAndNothingElse) {
    auto session = lease(FolderAccess::write);
    auto const copied = session.execute("COPY (SELECT i FROM range(1000) r(i)) TO 'new.parquet'");
    ASSERT_TRUE(copied.ok()) << copied.error().message;
    EXPECT_EQ(copied.value().rows_changed, 1000u);
    EXPECT_EQ(cell(session, "SELECT sum(i) FROM 'new.parquet'"), "499500");
    EXPECT_TRUE(session.execute("ATTACH 'new.db' AS other; CREATE TABLE other.t AS SELECT 1; DETACH other").ok());
    auto const target = elsewhere.path().string();
    for (auto const& sql : Sqls{"COPY (SELECT 1) TO '" + target + "/new.csv'", "ATTACH '" + target + "/new.db' AS o",
                                "EXPORT DATABASE '" + target + "/dump'", "COPY (SELECT 1) TO '/dev/stdout'"})
        EXPECT_EQ(error_of(session.execute(sql)), "permission") << sql;
}

TEST_F(SandboxTest, AFileMayNotGrowPastItsLimit) {
    DuckLimits limits;
    limits.file_bytes = 100'000;
    auto session = lease(FolderAccess::write, limits);
    EXPECT_EQ(error_of(session.execute("COPY (SELECT hash(i) FROM range(100000) r(i)) TO 'big.csv'")), "io");
    EXPECT_EQ(cell(session, "SELECT 1"), "1");
}

TEST_F(SandboxTest, NoExtensionSettingOrNetworkIsToBeHad) {
    auto session = lease(FolderAccess::write);
    for (auto const& sql : Sqls{"INSTALL httpfs",
                                "LOAD httpfs",
                                "FORCE INSTALL httpfs FROM community",
                                "LOAD '/tmp/x.duckdb_extension'",
                                "SET enable_external_access = true",
                                "SET allowed_directories = ['/']",
                                "RESET lock_configuration",
                                "SET lock_configuration = false",
                                "SET threads = 64",
                                "SET memory_limit = '100GB'",
                                "SET GLOBAL threads = 8",
                                "SET temp_directory = '/tmp'",
                                "SET TimeZone = 'Asia/Kolkata'",
                                "PRAGMA threads = 3",
                                "PRAGMA enable_profiling = 'json'",
                                "SET custom_extension_repository = 'http://127.0.0.1'",
                                "SELECT * FROM 'https://127.0.0.1/x.parquet'",
                                "SELECT * FROM 's3://bucket/x.parquet'",
                                "CREATE PERSISTENT SECRET s (TYPE http)",
                                "ATTACH 'https://127.0.0.1/x.db'",
                                "SELECT getenv('PATH')"})
        EXPECT_FALSE(session.execute(sql).ok()) << sql;
    EXPECT_EQ(cell(session, "SELECT current_setting('threads') || current_setting('TimeZone')"), "2UTC");
    EXPECT_EQ(cell(session, "SELECT TIMESTAMPTZ '2024-07-01 12:00:00+02'::VARCHAR"), "2024-07-01 10:00:00+00");
}

TEST_F(SandboxTest, EveryWallOfThisMachineIsReportedAndStands) {
    auto const walls = pool().confinement();
    auto session = lease();
    std::ifstream status("/proc/" + std::to_string(session.pid()) + "/status");
    std::string const text((std::istreambuf_iterator<char>(status)), {});
    EXPECT_EQ(walls.seccomp, text.find("Seccomp:\t2") != text.npos) << text;
    EXPECT_EQ(walls.no_new_privileges, text.find("NoNewPrivs:\t1") != text.npos);
    EXPECT_EQ(walls.no_capabilities, text.find("CapEff:\t0000000000000000") != text.npos);
    EXPECT_EQ(walls.complete(), walls.seccomp && walls.landlock && walls.network_namespace && walls.no_new_privileges &&
                                    walls.no_capabilities && walls.resource_limits && walls.missing.empty());
    std::ifstream limits("/proc/" + std::to_string(session.pid()) + "/limits");
    std::string const table((std::istreambuf_iterator<char>(limits)), {});
    EXPECT_NE(table.find("Max core file size        0 "), table.npos) << table;
    EXPECT_NE(table.find("Max cpu time              600 "), table.npos);
    EXPECT_NE(table.find("Max file size             1073741824 "), table.npos);
#ifndef MAINSTAY_SANITIZED
    EXPECT_NE(table.find("Max data size             1342177280 "), table.npos);
#endif
}

#ifndef MAINSTAY_SANITIZED
TEST_F(SandboxTest, TheProcessGetsNoMoreMemoryThanItsLimit) {
    DuckLimits const limits{.memory_mb = 100};
    Opening const opening{folder.path().string(), folder.path().string(), FolderAccess::read, limits};
    auto const maps = [](std::size_t mb) {
        return mmap(nullptr, mb << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    };
    EXPECT_EQ(behind_walls(opening, &Confinement::resource_limits, [&] { return maps(500); }), 0);
    EXPECT_EQ(behind_walls(opening, &Confinement::resource_limits, [&] { return !maps(900); }), 0);
}
#endif

TEST_F(SandboxTest, ProcessorTimeIsCapped) {
    auto session = lease(FolderAccess::read, {.query_time = minutes(5), .cpu_time = seconds(1)});
    auto const outcome = session.execute("SELECT count(*) FROM range(1000000000000) a(i) WHERE hash(i) = 1");
    ASSERT_EQ(error_of(outcome), "child_died");
    EXPECT_NE(outcome.error().message.find("CPU time limit"), std::string::npos) << outcome.error().message;
}

TEST_F(SandboxTest, ABombOfAFileStaysWithinTheLimits) {
    {
        auto writer = lease(FolderAccess::write);
        ASSERT_TRUE(writer.execute("COPY (SELECT repeat('x', 1000000) AS s FROM range(300)) TO 'bomb.parquet'").ok());
    }
    ASSERT_LT(std::filesystem::file_size(folder.path() / "bomb.parquet"), 60'000'000u);
    auto session = lease(FolderAccess::read, {.memory_mb = 128, .temp_mb = 64});
    EXPECT_EQ(error_of(session.execute("SELECT string_agg(s || i, '') FROM (SELECT s, row_number() OVER () i FROM "
                                       "'bomb.parquet')")),
              "out_of_memory");
    EXPECT_FALSE(session.execute("FROM 'bomb.parquet'").ok());
    EXPECT_TRUE(session.is_alive());
}

// Whatever a crafted file does to the child, the caller has an answer or an error and the next lease works.
TEST_F(SandboxTest, CraftedFilesAreErrorsAndNothingMore) {
    {
        auto writer = lease(FolderAccess::write);
        ASSERT_TRUE(writer
                        .execute("COPY (SELECT i, 'text ' || i AS t, [i, i] AS l FROM range(2000) r(i)) TO "
                                 "'good.parquet'")
                        .ok());
    }
    std::ifstream in(folder.path() / "good.parquet", std::ios::binary);
    std::string const good((std::istreambuf_iterator<char>(in)), {});
    std::mt19937 random(21);
    std::optional<DuckSession> session = lease();
    int failed = 0;
    for (int round = 0; round < 150; ++round) {
        auto bad = good;
        for (int change = 0; change < 8; ++change) {
            // Half of them in the footer, where the counts and offsets are.
            auto const from = change % 2 == 0 ? 0 : bad.size() - std::min<std::size_t>(bad.size(), 600);
            bad[from + random() % (bad.size() - from)] = static_cast<char>(random());
        }
        auto const name = "bad" + std::to_string(round) + ".parquet";
        folder.write(name, bad);
        auto const outcome = session->execute("SELECT count(*), sum(i), max(t), max(l) FROM '" + name + "'");
        failed += !outcome.ok();
        if (!session->is_alive()) session = lease();
    }
    EXPECT_GT(failed, 20);
    EXPECT_EQ(cell(*session, "SELECT count(*) FROM 'good.parquet'"), "2000");
}

TEST_F(SandboxTest, SystemCallsOffTheListAreRefused) {
    Opening const opening{folder.path().string(), folder.path().string(), FolderAccess::read, {}};
    std::vector<std::pair<char const*, std::function<bool()>>> const probes{
        {"internet socket", [] { return refused(socket(AF_INET, SOCK_STREAM, 0)); }},
        {"unix socket", [] { return refused(socket(AF_UNIX, SOCK_STREAM, 0)); }},
        {"socket pair",
         [] {
             int pair[2];
             return refused(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
         }},
        {"fork", [] { return refused(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }},
        {"vfork", [] { return refused(syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0)); }},
        {"clone3", [] { return refused(syscall(SYS_clone3, nullptr, 0), ENOSYS); }},
        {"exec", [] { return refused(execl("/bin/true", "true", nullptr)); }},
        {"ptrace", [] { return refused(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
        {"kill the parent", [] { return refused(kill(getppid(), SIGUSR1)); }},
        {"kill a thread of it", [] { return refused(syscall(SYS_tgkill, getppid(), getppid(), SIGUSR1)); }},
        {"signal by descriptor", [] { return refused(fcntl(0, F_SETOWN, getppid())); }},
        {"memory of another",
         [] { return refused(syscall(SYS_process_vm_readv, getppid(), nullptr, 0, nullptr, 0, 0)); }},
        {"limits of another", [] { return refused(syscall(SYS_prlimit64, getppid(), RLIMIT_CPU, nullptr, nullptr)); }},
        {"mount", [] { return refused(syscall(SYS_mount, "x", "/", "tmpfs", 0, nullptr)); }},
        {"namespace", [] { return refused(unshare(CLONE_NEWUSER)); }},
        {"bpf", [] { return refused(syscall(SYS_bpf, 0, nullptr, 0)); }},
        {"keys", [] { return refused(syscall(SYS_keyctl, 0, 0, 0, 0, 0)); }},
        {"io_uring", [] { return refused(syscall(SYS_io_uring_setup, 1, nullptr)); }},
        {"userfaultfd", [] { return refused(syscall(SYS_userfaultfd, 0)); }},
        {"memfd", [] { return refused(memfd_create("x", 0)); }},
        {"executable memory",
         [] {
             auto* const page = mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
             return page == MAP_FAILED && errno == EPERM;
         }},
    };
    for (auto const& [name, probe] : probes) {
        int const status = behind_walls(opening, &Confinement::seccomp, probe);
        if (status == skipped) GTEST_SKIP() << "no seccomp on this machine";
        EXPECT_EQ(status, 0) << name;
    }
}

TEST_F(SandboxTest, TheKernelOpensNoFileOutsideTheFolder) {
    auto const may_open = [](std::string const& path, int flags) { return open(path.c_str(), flags, 0600) >= 0; };
    auto const own = folder.path().string();
    std::filesystem::create_directory(folder.path() / "spill");
    for (auto const access : {FolderAccess::read, FolderAccess::write}) {
        bool const writes = access == FolderAccess::write;
        Opening const opening{own, own + "/spill", access, {}};
        auto const expect = [&](bool allowed, std::string const& path, int flags) {
            int const status =
                behind_walls(opening, &Confinement::landlock, [&] { return may_open(path, flags) == allowed; });
            EXPECT_TRUE(status == 0 || status == skipped) << path << " " << flags;
        };
        expect(true, inside, O_RDONLY);
        expect(writes, inside, O_RDWR);
        expect(writes, own + "/new.csv", O_WRONLY | O_CREAT);
        expect(true, own + "/spill/new", O_RDWR | O_CREAT);
        expect(false, outside, O_RDONLY);
        expect(false, "/etc/passwd", O_RDONLY);
        expect(false, "/proc/self/mem", O_RDWR);
        expect(false, elsewhere.path().string() + "/new", O_WRONLY | O_CREAT);
    }
}
