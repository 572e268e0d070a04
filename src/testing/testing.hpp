// What tests share: an empty database on each engine, and folders that go away. No part of the program.
//
//     class TicketsTest : public testing::Engines {};
//     INSTANTIATE_TEST_SUITE_P(Engines, TicketsTest, testing::each_engine(), testing::engine_name);
//     TEST_P(TicketsTest, ClosedTicketStaysClosed) {
//         migrate({tickets::migrations()});
//         database().write(mine, [&](Transaction& tx) { ... });
//     }
//
// It runs as Engines/TicketsTest.ClosedTicketStaysClosed/Sqlite, and as .../Postgres when MAINSTAY_TEST_POSTGRES holds
// the URL of a PostgreSQL superuser, as ./dev test sees to.
#pragma once
#include "kernel/storage/storage.hpp"
#include "testing/child_process.hpp"

#include <gtest/gtest.h>

#include <poll.h>

#include <initializer_list>

namespace mainstay::testing {

// A folder that nobody else has; removed with all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// Waits for what other threads or processes bring about; false when it did not come.
template <class Condition>
bool comes_true(Condition const& condition, Duration within = seconds(30)) {
    Duration const end = system_clock().monotonic() + within;
    while (!condition()) {
        if (system_clock().monotonic() > end) return false;
        poll(nullptr, 0, 1);
    }
    return true;
}

// Some containers have no IPv6 at all: what a test says of it is then that nobody can be reached.
bool has_ipv6_loopback();

// A database in the server that MAINSTAY_TEST_POSTGRES names, with a login of its own that owns it, is no superuser and
// may become mainstay_app and mainstay_system. One for the process; made empty by empty().
class FreshPostgres {
public:
    static bool is_available();
    static void empty();
    static std::string const& name();                                      // of the database and of its owner
    static std::string url();                                              // as its owner
    static std::string url_of_superuser();                                 // of the same database
    static std::vector<std::string> as_superuser(std::string const& sql);  // in it; gives the first column
};

class Engines : public ::testing::TestWithParam<Database::Engine> {
protected:
    Engines();

    Database& database();  // opened when first asked for
    void migrate(std::initializer_list<std::span<Migration const>> modules);
    void reopen();        // as after a restart of the process
    void close();         // for another process; opened again when next asked for
    void reopen(Clock&);  // with another clock, such as system_clock() where time has to pass
    bool is_sqlite() const { return GetParam() == Database::Engine::sqlite; }

    // How the database is opened; a test may change them before.
    SqliteOptions sqlite;
    PostgresOptions postgres;

    ManualClock clock;  // what the database goes by
    TenantId const mine, theirs;

private:
    TemporaryFolder folder_;
    std::unique_ptr<Database> database_;
};

::testing::internal::ParamGenerator<Database::Engine> each_engine();
::testing::internal::ParamGenerator<Database::Engine> postgres_alone();  // or nothing
std::string engine_name(::testing::TestParamInfo<Database::Engine> const&);

}  // namespace mainstay::testing
