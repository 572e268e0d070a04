// The server in the foreground, in a process of its own.
#include "app/app_fixture.hpp"
#include "app/cli.hpp"
#include "app/control_socket.hpp"
#include "app/program.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <thread>

namespace mainstay::app {
namespace {

std::atomic<bool> fails_to_flush = false;

config::Config config_for(std::filesystem::path const& folder) {
    config::Config config;
    config.data = folder.string();
    config.port = 0;
    config.duck_program = DUCK_CHILD_PROGRAM;
    return config;
}

ControlReply create_tenant(config::Config const& config) {
    return ask_control(control_socket_of(config), "tenant create", R"({"name":"Acme"})");
}

// The number of a port that was free a moment ago.
std::int64_t free_port() {
    int const listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
    close(listener);
    return ntohs(address.sin_port);
}

void wait_until_ready(std::int64_t port) {
    for (int status = 0; status != 200; std::this_thread::yield()) {
        try {
            status = testing::HttpClient(static_cast<std::uint16_t>(port)).request("GET", "/ready").status;
        } catch (std::runtime_error const&) {  // it is still starting
        }
    }
}

TEST(ServeDeathTest, AFailedFlushEndsTheServerWithAFailure) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    testing::TemporaryFolder const folder;
    // Who can sign in already is printed no link, which would be a write of the server's own at its start.
    open_database(config_for(folder.path()))->write(system_scope("a test"), [](Transaction& tx) {
        identity::create_user(tx, {Email::parse("ada@example.com").value(), "Ada", {}, true});
    });
    EXPECT_EXIT(
        {
            auto config = config_for(folder.path());
            config.port = free_port();
            std::jthread const client([&] {
                wait_until_ready(config.port);
                create_tenant(config);
                fails_to_flush = true;
                auto const refused = create_tenant(config);
                if (refused.done || refused.json.find("durable_path_failed") == std::string::npos) _exit(9);
            });
            _exit(serve(config, false));
        },
        ::testing::ExitedWithCode(exit_failed), "storage: .*stopping: the disk failed.*look at the disk");
}

TEST(BackupTest, SaysWhatIsWrongAndMeansTheFolderWhereItWasTyped) {
    testing::TemporaryFolder const folder;
    auto const database = Database::open(SqliteOptions{.folder = folder.path() / "data"}, system_clock());
    Command const& backup = *find_command("backup");
    try {
        backup.run({*database}, read_flags(backup, {{"to", "/nonexistent/x.db"}}).get());
        ADD_FAILURE() << "it was written";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.public_text(),
                  "The backup could not be written to /nonexistent/x.db: No such file or directory.");
    }
    auto const input = read_flags(backup, {{"to", "x.db"}});
    backup.make_portable(input.get());
    std::string const meant = (std::filesystem::current_path() / "x.db").string();
    EXPECT_EQ(input_to_json(backup, input.get()), "{\"to\":\"" + meant + "\"}");
}

TEST(InspectDatabaseTest, MakesNoFolder) {
    testing::TemporaryFolder const folder;
    auto const config = config_for(folder.path() / "data");
    EXPECT_EQ(inspect_database(config).state, Inspection::State::absent);
    EXPECT_FALSE(std::filesystem::exists(config.data));
}

}  // namespace
}  // namespace mainstay::app

// The program's own definition comes before libc's for SQLite too.
extern "C" int fdatasync(int file) {
    if (mainstay::app::fails_to_flush) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}
