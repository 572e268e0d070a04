// One database for every module: SQL written by hand, bound by name, mapped to described structs; SQLite or
// PostgreSQL beneath. Guarantees that a tenant's statement touches its own tenant's rows alone, whatever it says.
#pragma once
#include "base/fault.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "kernel/fields/fields.hpp"
#include "kernel/storage/migration.hpp"
#include "kernel/storage/scope.hpp"
#include "kernel/storage/signals.hpp"
#include "kernel/storage/storage_options.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mainstay {

// A statement in the subset that both engines share, or the declared pair where they differ. Parameters are :named;
// :tenant is supplied. Text must live as long as the program (a literal).
struct Sql {
    std::string_view sqlite;
    std::string_view postgres;
    constexpr Sql(char const* both) : sqlite(both), postgres(both) {}
    constexpr Sql(std::string_view for_sqlite, std::string_view for_postgres)
        : sqlite(for_sqlite), postgres(for_postgres) {}
};

struct Parameter {
    std::string_view name;
    fields::SqlValue value;
};

template <class T>
struct Bound {
    std::string_view name;
    T const& value;
};
// An object and not a function, so that a std:: argument does not bring std::bind into the choice.
struct Bind {
    template <class T>
    Bound<T> operator()(std::string_view name, T const& value) const {
        return {name, value};
    }
};
inline constexpr Bind bind{};

class RowReader {  // receives what a statement gives
public:
    virtual ~RowReader() = default;
    virtual void columns(std::span<std::string_view const> names) = 0;  // once, before any row
    virtual bool row(std::span<fields::SqlValue const> values) = 0;     // false: no more are wanted
};

// A consistent view of the database, bound to a scope. Used by one thread.
class Snapshot {
public:
    virtual ~Snapshot() = default;

    // The row, or nothing. Row is a described struct (columns are matched by name, each field needs its column) or,
    // for a statement of one column, a plain kind such as std::string or std::int64_t.
    template <class Row, class... Args>
    std::optional<Row> maybe_one(Sql sql, Args const&... args);

    template <class Row, class... Args>
    Row one(Sql sql, Args const&... args);  // throws std::logic_error when there is none

    template <class Row, class... Args>
    std::vector<Row> all(Sql sql, Args const&... args);

    Scope const& scope() const { return scope_; }
    TenantId tenant() const { return scope_.tenant(); }
    Instant now() const { return now_; }  // one time for the whole unit

protected:
    Snapshot(Scope scope, Instant now) : scope_(std::move(scope)), now_(now) {}
    virtual std::int64_t run(Sql const&, std::span<Parameter const>, RowReader*) = 0;

    template <class... Args>
    std::int64_t run_bound(Sql const& sql, RowReader* reader, Args const&... args);

private:
    Scope scope_;
    Instant now_;
};

// A unit of writing: all of it is committed or nothing. The unit may run more than once, so it touches nothing but
// its Transaction; what belongs in memory goes through after_commit. Check-then-act is safe (SERIALIZABLE), unless the
// unit was given another Isolation.
// A statement that failed ends the unit: what follows it throws the same again, and nothing is committed even when
// the unit caught the exception (PostgreSQL knows no other way).
class Transaction : public Snapshot {
public:
    // Rows inserted, updated or deleted. A struct gives all its fields as parameters.
    template <class... Args>
    std::int64_t execute(Sql sql, Args const&... args);

    // Runs once, after the commit is durable, on the thread that committed; must be brief, may submit but not read or
    // write, and must not throw.
    virtual void after_commit(std::function<void()>) = 0;

    // Sends the word to this process's listeners after the commit, see Database::signals.
    template <class Word>
    void tell(Word word) {
        after_commit([&signals = signals(), word = std::move(word)] { signals.send(word); });
    }

    // Calls this process's reactions to the word here and now: what they write is part of this transaction.
    template <class Word>
    void react(Word const& word) {
        signals().react(*this, word);
    }

protected:
    using Snapshot::Snapshot;
    virtual Signals const& signals() const = 0;
};

// A broken UNIQUE, CHECK, NOT NULL or FOREIGN KEY. Stores avoid it with ON CONFLICT; uncaught it is a 500.
class ConstraintViolation : public std::runtime_error {
public:
    enum class Rule { unique, check, not_null, foreign_key };
    ConstraintViolation(Rule broken, std::string const& text) : std::runtime_error(text), rule(broken) {}
    Rule rule;
};

struct ReadLimits {
    Duration time = seconds(2);
};

// read_committed: each statement sees what was committed before it, and a row that it locks or writes as it then is.
// For units whose decisions all stand on such rows; they do not run again for having met others. SQLite runs one by
// one.
enum class Isolation { serializable, read_committed };

struct StorageCounters {
    std::uint64_t writes_total = 0, groups_total = 0, retries_total = 0, reads_total = 0, wal_bytes = 0,
                  checkpoints_total = 0, queue_depth = 0, slow_units_total = 0, tenancy_violations_total = 0;
    bool is_full = false;  // the last write found no room
};

class Database {
public:
    enum class Engine { sqlite, postgres };
    using Unit = std::function<void(Transaction&)>;
    using Done = std::function<void(std::exception_ptr)>;  // null when committed

    static std::unique_ptr<Database> open(SqliteOptions, Clock&);
    static std::unique_ptr<Database> open(PostgresOptions, Clock&);
    virtual ~Database() = default;

    // Applies what is missing, in the given order; safe to interrupt, to run twice and from two nodes at once.
    // On PostgreSQL a role that does not own the tables changes nothing: it is refused unless they are up to date.
    // Then sets up the tenancy guard over every table that has a tenant_id, and refuses what migration.hpp rules out
    // with Fault(errors::schema_refused). The span holds every module's migrations, not only new ones.
    virtual void migrate(std::span<Migration const>) = 0;

    // Runs the reader on a snapshot; gives what it gives.
    template <class F>
    auto read(Scope const& scope, F&& reader, ReadLimits limits = {});

    // Runs the unit in a transaction and returns when its commit is durable. read, write and submit throw
    // std::logic_error from within a unit or a reader of the same database, read and write also from within done and
    // after_commit: each would wait for itself.
    template <class F>
    auto write(Scope const& scope, F&& unit, Isolation = Isolation::serializable);

    // The same without waiting: the unit may run on another thread or on this one before submit returns, and so may
    // done, which must be brief and not throw. Throws Fault(errors::busy) at once when the queue is full.
    virtual void submit(Scope const&, Unit, Done, Isolation = Isolation::serializable) = 0;

    // What committed transactions of this process tell.
    Signals& signals() { return signals_; }
    Signals const& signals() const { return signals_; }

    virtual Engine engine() const = 0;
    virtual StorageCounters counters() const = 0;
    virtual void backup(std::filesystem::path const& to) = 0;  // of the live database; SQLite only
    virtual void check() = 0;  // cheap; throws when the database cannot be reached or written: what /ready asks
    virtual bool is_durable_path_failed() const = 0;  // an fsync failed: the process has to stop (RELIABILITY row 4)

protected:
    virtual void read_erased(Scope const&, ReadLimits, std::function<void(Snapshot&)>) = 0;
    void write_and_wait(Scope const&, Unit, Isolation);

private:
    Signals signals_;
};

namespace errors {
inline constexpr ErrorCode wal_full{
    "wal_full", 503, "The write-ahead log has reached its limit",
    "A long reader keeps the database from folding its log. Nothing was written; try again."};
inline constexpr ErrorCode durable_path_failed{
    "durable_path_failed", 500, "The disk failed to keep what was written",
    "Flushing to the disk failed once, so nothing more is written. The process has to be started again."};
inline constexpr ErrorCode outcome_unknown{
    "outcome_unknown", 503, "It is not known whether the change was made",
    "The connection to the database broke as it was being committed. Send the request again with the same "
    "Idempotency-Key: it is then carried out once."};
inline constexpr ErrorCode data_folder_in_use{
    "data_folder_in_use", 500, "Another process has the data folder",
    "Only one process may open a data folder. Stop it, or talk to it over its control socket."};
inline constexpr ErrorCode schema_refused{"schema_refused", 500, "The database's schema is not as it must be",
                                          "The text says which table and why."};
}  // namespace errors

}  // namespace mainstay

#include "kernel/storage/storage_rows.hpp"
