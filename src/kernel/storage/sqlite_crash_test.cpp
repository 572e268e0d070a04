#include "kernel/storage/sqlite_test_support.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <random>
#include <set>

namespace mainstay {
namespace {

constexpr char const* folder_variable = "MAINSTAY_CRASH_FOLDER";
constexpr char const* first_variable = "MAINSTAY_CRASH_FIRST";
constexpr int acknowledgements = 3;  // the child's file descriptor
constexpr int units_under_way = 32;
constexpr std::size_t padding_bytes = 3000;  // so that checkpoints are under way too

TenantId const writer_tenant = sqlite_test::tenant(1);

// Takes the next free id and keeps its number: a unit that took effect twice would leave the number twice.
void append_number(Transaction& tx, std::int64_t number) {
    auto const next = tx.one<std::int64_t>("SELECT coalesce(max(id), 0) + 1 FROM notes WHERE tenant_id = :tenant");
    sqlite_test::insert_note(tx, next, std::to_string(number) + std::string(padding_bytes, ' '));
}

// Run in a process of its own by the test below, until that kills it.
TEST(SqliteCrashChild, DISABLED_WritesUntilKilled) {
    char const* const folder = std::getenv(folder_variable);
    ASSERT_NE(folder, nullptr);
    auto const database = sqlite_test::open_notes({.folder = folder});
    std::mutex mutex;
    std::condition_variable changed;
    int under_way = 0;
    for (std::int64_t number = std::stoll(std::getenv(first_variable));; ++number) {
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return under_way < units_under_way; });
            ++under_way;
        }
        database->submit(
            writer_tenant, [number](Transaction& tx) { append_number(tx, number); },
            [&, number](std::exception_ptr failure) {
                if (failure || ::write(acknowledgements, &number, sizeof number) != sizeof number) std::abort();
                std::scoped_lock const lock(mutex);
                --under_way;
                changed.notify_one();
            });
    }
}

class Child {
public:
    Child(std::filesystem::path const& folder, std::int64_t first) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        from_child_ = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], acknowledgements);
        std::string const where = std::string(folder_variable) + "=" + folder.string();
        std::string const from = std::string(first_variable) + "=" + std::to_string(first);
        std::vector<char*> environment{const_cast<char*>(where.c_str()), const_cast<char*>(from.c_str()), nullptr};
        char program[] = "/proc/self/exe", filter[] = "--gtest_filter=SqliteCrashChild.*",
             disabled[] = "--gtest_also_run_disabled_tests";
        char* arguments[] = {program, filter, disabled, nullptr};
        int const result = ::posix_spawn(&process_, program, &actions, nullptr, arguments, environment.data());
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        if (result != 0) throw std::runtime_error("the child did not start");
    }
    ~Child() {
        kill();
        ::close(from_child_);
    }
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    bool read(std::int64_t& number) { return ::read(from_child_, &number, sizeof number) == sizeof number; }
    void kill() {
        if (std::exchange(is_dead_, true)) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }

private:
    pid_t process_ = -1;
    int from_child_ = -1;
    bool is_dead_ = false;
};

TEST(SqliteCrash, NoAnsweredWriteIsLostOrDoubledWhenTheProcessIsKilled) {
    unsigned const seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    sqlite_test::TemporaryFolder folder;
    std::filesystem::path const data = folder / "data";
    std::multiset<std::int64_t> answered;
    std::int64_t first = 0, number = 0;
    for (int round = 0; round < 6; ++round) {
        {
            Child child(data, first);
            int const wanted = static_cast<int>(random() % 700);
            for (int i = 0; i <= wanted; ++i) {
                ASSERT_TRUE(child.read(number)) << "the child ended by itself";
                answered.insert(number);
            }
            child.kill();
            while (child.read(number)) answered.insert(number);
        }
        first = *answered.rbegin() + units_under_way + 1;  // some of those may have been committed unanswered

        auto const reopened = sqlite_test::open_notes({.folder = data});
        auto const texts = reopened->read(writer_tenant, [](Snapshot& snapshot) {
            return snapshot.all<std::string>("SELECT text FROM notes WHERE tenant_id = :tenant");
        });
        std::multiset<std::int64_t> kept;
        for (auto const& text : texts) kept.insert(std::stoll(text));
        for (std::int64_t const each : answered) ASSERT_EQ(kept.count(each), 1u) << "number " << each;
        ASSERT_LE(kept.size(), answered.size() + static_cast<std::size_t>((round + 1) * units_under_way));
    }
    EXPECT_EQ(sqlite_test::integrity(data / "mainstay.db"), "ok");
}

}  // namespace
}  // namespace mainstay
