// DuckDB, in child processes: each serves one tenant's session, sees that tenant's folder and nothing else, and is
// killed afterwards. What a child answers is checked as if an attacker had written it; whatever becomes of a child,
// the caller gets an error value and the pool goes on.
#pragma once
#include "base/fault.hpp"
#include "base/time.hpp"
#include "kernel/duck/values.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::duck {

struct DuckLimits {
    std::uint32_t memory_mb = 512;             // DuckDB's own; the process gets process_overhead_mb more
    std::uint32_t threads = 2;                 // that compute; one more listens
    Duration query_time = seconds(30);         // from a call of the session to its return
    Duration cpu_time = minutes(10);           // of all threads of a session together
    std::uint64_t result_rows = 100'000;       // more is an error, never a cut
    std::uint64_t result_bytes = 64ull << 20;  // as they lie in the server's memory
    std::uint32_t temp_mb = 1024;              // spilled to the folder when memory_mb is not enough
    std::uint64_t file_bytes = 1ull << 30;     // of any one file that it writes
    Duration cancel_time = seconds(2);         // a cancelled statement that has not ended by then is killed
    std::uint32_t sql_bytes = 4u << 20;        // of one call
    std::uint64_t append_bytes = 1ull << 30;   // of one append
};

inline constexpr std::uint32_t process_overhead_mb = 768;

struct DuckOptions {
    std::filesystem::path program{};     // empty: mainstay-duck beside the running program
    std::size_t warm = 2;                // children kept started
    bool ahead = true;                   // from the pool's beginning on; false: from the first lease on
    std::size_t sessions = 16;           // at a time; a lease past it waits
    std::size_t sessions_of_tenant = 8;  // of those, so that no tenant takes all
    Duration lease_time = seconds(5);    // for a free place and a started child
    Duration start_time = seconds(20);   // for a child to say hello
    // Hears, from any thread, that children do not start (once until they do) and which walls are missing.
    std::function<void(std::string_view level, std::string_view text)> log = [](auto, auto) {};
};

// Which walls stand around the children on this machine. Each that is missing has its reason in `missing`.
struct Confinement {
    bool seccomp = false;            // only the system calls of an allow-list
    bool landlock = false;           // only the files of the session's folder
    bool network_namespace = false;  // no interface but a loopback that is down
    bool no_new_privileges = false;
    bool no_capabilities = false;
    bool resource_limits = false;  // memory, processor time, file size, descriptors
    std::vector<std::string> missing;
    bool complete() const { return missing.empty(); }
};

enum class FolderAccess {
    read,   // files may be read; COPY TO, EXPORT and ATTACH are refused
    write,  // for our own statements: files may also be written
};

struct TableName {
    std::string schema = "main";
    std::string table;
};

// One child, one tenant; relative paths in its SQL begin at the tenant's folder. One thread at a time may use it,
// cancel() and pid() excepted. When it goes, its child is killed.
class DuckSession {
public:
    DuckSession(DuckSession&&) noexcept;
    DuckSession& operator=(DuckSession&&) noexcept;
    ~DuckSession();

    // Runs the statements of `sql` in order up to the first that fails; gives the last one's result.
    Outcome<Result> execute(std::string_view sql);
    // The same for exactly one statement. (A PIVOT without a list of values is two.)
    Outcome<Result> query(std::string_view sql);
    // Binds one statement without running it: names and types of its columns.
    Outcome<std::vector<Column>> describe(std::string_view sql);
    // Adds rows, given one behind the other, to a table: all or none, and not inside an open transaction. A value is
    // cast to its column's type, text also. Gives the number of rows.
    Outcome<std::uint64_t> append(TableName const&, std::span<std::string const> columns,
                                  std::span<Value const> values);

    // From any thread: the statement that runs now ends with ErrorType::cancelled and the session stays usable.
    // Nothing when none runs.
    void cancel();

    bool is_alive() const;  // false once the child died or was killed; every call then gives ErrorType::child_died
    int pid() const;        // of the child, for the log

    class Child;
    explicit DuckSession(std::unique_ptr<Child>);  // DuckPool::lease() makes them

private:
    std::unique_ptr<Child> child_;
};

// Safe from any thread. Outlives its sessions.
class DuckPool {
public:
    // Throws Fault when the program is not there. Children start in the background.
    explicit DuckPool(DuckOptions);
    ~DuckPool();

    // A child that no tenant has used. The folder must exist. Throws Fault: errors::busy when no place or no child
    // came free within lease_time, errors::query_engine_unavailable as soon as it is known that none starts.
    DuckSession lease(std::string_view tenant, std::filesystem::path const& folder, FolderAccess = FolderAccess::read,
                      DuckLimits const& = {});

    // Waits for the first child; throws Fault (errors::query_engine_unavailable) when none starts.
    Confinement confinement();

    struct Counters {
        std::uint64_t started = 0, start_failures = 0, leased = 0, died = 0, warm = 0, sessions = 0;
    };
    Counters counters() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Removes what sessions of servers that were killed left in a folder: what they spilled. lease() does so with its own
// folder.
void remove_leftovers(std::filesystem::path const& folder);

}  // namespace mainstay::duck

namespace mainstay::errors {
inline constexpr ErrorCode query_engine_unavailable{
    "query_engine_unavailable", 503, "The query engine is not available",
    "The server cannot start DuckDB. Whoever runs it finds the cause in its log and with `mainstay doctor`."};
}  // namespace mainstay::errors
