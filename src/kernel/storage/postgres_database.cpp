// Database over PostgreSQL: units on the calling thread, each in a transaction that runs again when it met another or
// lost its connection. An answered write was committed; one whose answer got lost is looked up.
#include "base/random.hpp"
#include "kernel/storage/data_folder.hpp"
#include "kernel/storage/postgres_guard.hpp"
#include "kernel/storage/postgres_migration.hpp"
#include "kernel/storage/postgres_pool.hpp"
#include "kernel/storage/postgres_retry.hpp"
#include "kernel/storage/postgres_unit.hpp"
#include "kernel/storage/tenancy.hpp"
#include "kernel/storage/unit_guard.hpp"

#include <atomic>
#include <thread>

namespace mainstay {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds write_limit{10'000};  // of a unit with all its runs
constexpr milliseconds check_limit{1000};    // of the question whether the database answers
constexpr milliseconds slow_unit{250};       // over it a unit is counted and logged

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(PostgresOptions options, Clock& clock)
        : options_(std::move(options)),
          clock_(clock),
          pool_(options_.url, options_.connections, options_.prepare),
          tenancy_alarm_(options_.log) {
        if (!options_.folder.empty()) folder_.emplace(options_.folder);
    }

    void migrate(std::span<Migration const>) override;
    void submit(Scope const&, Unit, Done, Isolation) override;
    Engine engine() const override { return Engine::postgres; }
    StorageCounters counters() const override;
    void backup(std::filesystem::path const&) override;
    void check() override;
    bool is_durable_path_failed() const override { return false; }  // PostgreSQL restarts itself when an fsync fails

protected:
    void read_erased(Scope const&, ReadLimits, std::function<void(Snapshot&)>) override;

private:
    using Callbacks = std::vector<std::function<void()>>;

    template <class Run>
    void run_until_it_works(Scope const&, Deadline, Run const&);
    Callbacks write_once(Scope const&, Unit const&, PostgresUnit::Mode, Deadline);
    void read_once(Scope const&, std::function<void(Snapshot&)> const&, Deadline);
    template <class Work>
    void work_through(PostgresUnit&, Work const&);
    template <class Act>
    void quietly(std::string_view what, Act const&);
    PostgresPool::Lease take(Deadline);
    void note_time(Scope const&, steady_clock::duration);

    PostgresOptions const options_;
    Clock& clock_;
    std::optional<DataFolder> folder_;
    PostgresPool pool_;
    PostgresTexts texts_;
    TenancyAlarm tenancy_alarm_;
    std::atomic<bool> is_guard_verified_ = false;
    std::atomic<std::uint64_t> writes_ = 0, reads_ = 0, retries_ = 0, slow_units_ = 0;
};

void PostgresDatabase::migrate(std::span<Migration const> migrations) {
    try {
        if (options_.owner_url.empty() && !may_change_tables(options_.url))
            return refuse_unless_current(options_.url, migrations);
        std::string const login = PQuser(connect_postgres(options_.url).get());
        migrate_postgres(options_.owner_url.empty() ? options_.url : options_.owner_url, login, migrations,
                         clock_.now());
    } catch (PostgresError const& error) {
        std::rethrow_exception(public_error(error, "a migration"));
    }
}

void PostgresDatabase::submit(Scope const& scope, Unit unit, Done done, Isolation isolation) {
    refuse_submitting_within(*this);
    using enum PostgresUnit::Mode;
    auto const mode = isolation == Isolation::serializable ? writing : writing_by_statement;
    Callbacks callbacks;
    std::exception_ptr failure;
    try {
        Deadline const deadline = steady_clock::now() + write_limit;
        run_until_it_works(scope, deadline, [&] { callbacks = write_once(scope, unit, mode, deadline); });
        ++writes_;
    } catch (...) {  // all of it is for done
        failure = std::current_exception();
    }
    UnitGuard const guard(*this, UnitGuard::Runs::callback);
    for (auto const& callback : callbacks) quietly("after_commit", callback);
    quietly("done", [&] { done(failure); });
}

// For what must not throw: the unit's outcome stands, and the others are to be told too.
template <class Act>
void PostgresDatabase::quietly(std::string_view what, Act const& act) {
    try {
        act();
    } catch (std::exception const& failure) {
        options_.log(std::string(what) + " failed: " + failure.what());
    }
}

void PostgresDatabase::read_erased(Scope const& scope, ReadLimits limits, std::function<void(Snapshot&)> reader) {
    refuse_waiting_within(*this);
    Deadline const deadline = steady_clock::now() + std::chrono::microseconds(limits.time.us);
    run_until_it_works(scope, deadline, [&] { read_once(scope, reader, deadline); });
    ++reads_;
}

StorageCounters PostgresDatabase::counters() const {
    StorageCounters counters;
    counters.writes_total = counters.groups_total = writes_;
    counters.reads_total = reads_;
    counters.retries_total = retries_;
    counters.slow_units_total = slow_units_;
    counters.tenancy_violations_total = tenancy_alarm_.count();
    counters.queue_depth = pool_.waiting();
    return counters;
}

void PostgresDatabase::backup(std::filesystem::path const&) {
    throw Fault(errors::invalid_input,
                "A PostgreSQL database is backed up with pg_dump or with base backups and its write-ahead log.");
}

void PostgresDatabase::check() {
    Deadline const deadline = steady_clock::now() + check_limit;
    run_until_it_works(system_scope("check"), deadline, [&] {
        auto const lease = take(deadline);
        lease->queue("SELECT current_setting('transaction_read_only')");
        auto const results = lease->round_trip(deadline);
        if (std::string_view(PQgetvalue(results[0].get(), 0, 0)) == "on")
            throw Fault(errors::busy, "The database takes no writes at the moment.", "PostgreSQL is read-only");
    });
}

template <class Run>
void PostgresDatabase::run_until_it_works(Scope const& scope, Deadline deadline, Run const& run) {
    auto const started = steady_clock::now();
    PostgresRetry retry;
    while (true) {
        try {
            run();
            return note_time(scope, steady_clock::now() - started);
        } catch (PostgresError const& error) {
            auto const now = steady_clock::now();
            auto const pause = retry.next_pause(error.failure(), now - started, random_u64());
            if (!pause || now + *pause >= deadline) {
                std::rethrow_exception(public_error(error, "a unit that gave up"));
            }
            ++retries_;
            std::this_thread::sleep_for(*pause);
        }
    }
}

PostgresDatabase::Callbacks PostgresDatabase::write_once(Scope const& scope, Unit const& unit, PostgresUnit::Mode mode,
                                                         Deadline deadline) {
    Callbacks callbacks;
    PostgresTransaction transaction;
    {
        auto const lease = take(deadline);
        PostgresUnit tx(scope, clock_.now(), mode, deadline, *lease, texts_, signals());
        work_through(tx, unit);
        callbacks = tx.take_callbacks();
        transaction = tx.transaction();
        try {
            tx.commit();
            return callbacks;
        } catch (PostgresError const&) {
            if (!lease->is_broken()) throw;
        }
    }
    if (!was_committed(options_.url, transaction))
        throw PostgresError(std::string(lost_connection_state), "the connection was lost before the commit");
    return callbacks;
}

void PostgresDatabase::read_once(Scope const& scope, std::function<void(Snapshot&)> const& reader, Deadline deadline) {
    auto const lease = take(deadline);
    PostgresUnit snapshot(scope, clock_.now(), PostgresUnit::Mode::reading, deadline, *lease, texts_, signals());
    work_through(snapshot, reader);
    snapshot.end_without_waiting(false);
}

// A statement that failed decides, not what the unit made of it: a conflict that it swallowed or turned into another
// exception is a conflict still.
template <class Work>
void PostgresDatabase::work_through(PostgresUnit& unit, Work const& work) {
    try {
        UnitGuard const guard(*this, UnitGuard::Runs::unit);
        work(unit);
        unit.rethrow_failure();
    } catch (TenancyFault const& fault) {
        unit.end_without_waiting(true);
        tenancy_alarm_.raise(fault);
        throw;
    } catch (...) {  // passed on
        unit.end_without_waiting(true);
        if (unit.may_run_again()) unit.rethrow_failure();
        throw;
    }
}

// The first session also sees that the guard is as it must be, whoever migrated.
PostgresPool::Lease PostgresDatabase::take(Deadline deadline) {
    auto lease = pool_.take(deadline);
    if (!is_guard_verified_) {
        lease->queue(guard_faults);
        auto const results = lease->round_trip(deadline);
        if (PQntuples(results[0].get()) > 0)
            throw Fault(errors::schema_refused,
                        std::string(PQgetvalue(results[0].get(), 0, 0)) + ": " + PQgetvalue(results[0].get(), 0, 1));
        is_guard_verified_ = true;
    }
    return lease;
}

void PostgresDatabase::note_time(Scope const& scope, steady_clock::duration time) {
    if (time < slow_unit) return;
    ++slow_units_;
    options_.log("slow unit: " + std::to_string(std::chrono::duration_cast<milliseconds>(time).count()) + " ms for " +
                 (scope.is_system() ? std::string(scope.reason()) : scope.tenant().to_string()));
}

}  // namespace

std::unique_ptr<Database> Database::open(PostgresOptions options, Clock& clock) {
    return std::make_unique<PostgresDatabase>(std::move(options), clock);
}

}  // namespace mainstay
