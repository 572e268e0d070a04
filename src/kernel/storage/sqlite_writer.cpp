#include "kernel/storage/sqlite_writer.hpp"

#include "kernel/storage/sqlite_error.hpp"
#include "kernel/storage/unit_guard.hpp"

#include <future>

namespace mainstay {
namespace {

constexpr Duration slow_unit_limit = milliseconds(5);

Fault busy(std::string_view why) {
    Fault fault(errors::busy, "Too many writes are waiting.", std::string(why));
    fault.retry_after_s = 1;
    return fault;
}

}  // namespace

SqliteWriter::SqliteWriter(Database const& owner, SqliteOptions const& options, std::filesystem::path const& file,
                           TenancyAlarm& alarm, Clock& clock)
    : owner_(owner),
      options_(options),
      alarm_(alarm),
      clock_(clock),
      connection_(file, SqliteConnection::Use::writes),
      log_file_(connection_, options.wal_limit_bytes),
      begin_(connection_.prepare_own("BEGIN IMMEDIATE")),
      commit_(connection_.prepare_own("COMMIT")),
      rollback_(connection_.prepare_own("ROLLBACK")),
      savepoint_(connection_.prepare_own("SAVEPOINT unit")),
      release_(connection_.prepare_own("RELEASE unit")),
      rollback_to_(connection_.prepare_own("ROLLBACK TO unit")),
      thread_([this] { loop(); }) {}

SqliteWriter::~SqliteWriter() {
    {
        std::scoped_lock const lock(mutex_);
        is_stopping_ = true;
        arrived_.notify_one();
    }
    thread_.join();
}

void SqliteWriter::submit(Scope const& scope, Database::Unit unit, Database::Done done) {
    bool is_asleep = false;
    {
        std::scoped_lock const lock(mutex_);
        if (waiting_.size() >= options_.queue_limit) throw busy("the queue of writes is at its limit");
        waiting_.push_back({scope, std::move(unit), std::move(done)});
        queued_.store(waiting_.size(), std::memory_order_relaxed);
        is_asleep = std::exchange(is_asleep_, false);
    }
    if (is_asleep) arrived_.notify_one();
}

void SqliteWriter::run_between_groups(std::function<bool(SqliteConnection&)> slice) {
    auto const outcome = std::make_shared<std::promise<void>>();
    {
        std::scoped_lock const lock(mutex_);
        chores_.push_back({std::move(slice), [outcome](std::exception_ptr failure) {
                               failure ? outcome->set_exception(failure) : outcome->set_value();
                           }});
        is_asleep_ = false;
        arrived_.notify_one();
    }
    outcome->get_future().get();
}

void SqliteWriter::check_room() {
    if (!was_full_.load(std::memory_order_relaxed)) return;
    run_between_groups([this](SqliteConnection& connection) {
        execute_or_throw(connection.handle(), "PRAGMA user_version = 1");
        was_full_.store(false, std::memory_order_relaxed);
        return true;
    });
}

void SqliteWriter::add_to(StorageCounters& counters) const {
    counters.writes_total = writes_.load(std::memory_order_relaxed);
    counters.groups_total = groups_.load(std::memory_order_relaxed);
    counters.retries_total = retries_.load(std::memory_order_relaxed);
    counters.slow_units_total = slow_units_.load(std::memory_order_relaxed);
    counters.queue_depth = queued_.load(std::memory_order_relaxed);
    counters.is_full = was_full_.load(std::memory_order_relaxed);
    counters.wal_bytes = log_file_.bytes();
    counters.checkpoints_total = log_file_.checkpoints();
}

// For what must not throw and whose failure is nobody's answer.
template <class Act>
void SqliteWriter::quietly(std::string_view what, Act const& act) {
    try {
        act();
    } catch (std::exception const& failure) {
        options_.log(std::string(what) + " failed: " + failure.what());
    }
}

void SqliteWriter::loop() {
    Group group;
    while (wait_for_work()) {
        group.clear();
        if (take(group)) {
            run_group(group);
            answer(group);
        }
        fold_log();
        run_one_slice();
    }
}

void SqliteWriter::fold_log() {
    if (has_flush_failed()) return;
    try {
        log_file_.fold_if_due(queued_.load(std::memory_order_relaxed) == 0);
    } catch (std::exception const& failure) {
        note(std::current_exception());
        options_.log(std::string("a checkpoint failed: ") + failure.what());
    }
}

bool SqliteWriter::wait_for_work() {
    std::unique_lock lock(mutex_);
    while (waiting_.empty() && chores_.empty()) {
        if (is_stopping_) return false;
        is_asleep_ = true;
        arrived_.wait(lock);
    }
    is_asleep_ = false;
    return true;
}

bool SqliteWriter::take(Group& group) {
    std::scoped_lock const lock(mutex_);
    std::size_t const before = group.size();
    while (!waiting_.empty() && group.size() < options_.group_limit) {
        group.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    queued_.store(waiting_.size(), std::memory_order_relaxed);
    return group.size() > before;
}

void SqliteWriter::run_one_slice() {
    Chore chore;
    {
        std::scoped_lock const lock(mutex_);
        if (chores_.empty()) return;
        chore = std::move(chores_.front());
        chores_.pop_front();
    }
    std::exception_ptr failure;
    bool is_finished = true;
    try {
        is_finished = chore.slice(connection_);
    } catch (...) {
        failure = std::current_exception();
        note(failure);
    }
    if (is_finished) return chore.finished(failure);
    std::scoped_lock const lock(mutex_);
    chores_.push_front(std::move(chore));
}

void SqliteWriter::run_group(Group& group) {
    if (auto const why = refusal()) {
        for (Member& member : group) member.failure = why;
    } else if (!run_together(group)) {
        for (Member& member : group) run_alone(member);
    }
    groups_.fetch_add(1, std::memory_order_relaxed);
}

std::exception_ptr SqliteWriter::refusal() {
    if (has_flush_failed()) return std::make_exception_ptr(Fault(errors::durable_path_failed, "Nothing was written."));
    try {
        if (log_file_.has_room()) return nullptr;
        Fault fault(errors::wal_full, "Nothing was written.", std::to_string(log_file_.bytes()) + " bytes of log");
        fault.retry_after_s = 1;
        options_.log("the write-ahead log is at its limit: a reader has been open for too long");
        return std::make_exception_ptr(fault);
    } catch (...) {
        note(std::current_exception());
        return std::current_exception();
    }
}

// The first unit that leaves something needs no savepoint, since nothing of another one is before it. Units that arrive
// meanwhile join.
bool SqliteWriter::run_together(Group& group) {
    std::size_t ran = 0, kept = 0;
    try {
        connection_.step_own(begin_);
        for (; ran < group.size() || take(group); ++ran) {
            Member& member = group[ran];
            bool const has_savepoint = kept > 0;
            if (has_savepoint) connection_.step_own(savepoint_);
            run_unit(member);
            if (!connection_.is_in_transaction()) {
                if (kept > 0) return false;
                connection_.step_own(begin_);  // the unit's own failure rolled back no more than the unit
            } else if (!member.failure) {
                if (has_savepoint) connection_.step_own(release_);
                ++kept;
            } else if (has_savepoint) {
                connection_.step_own(rollback_to_);
                connection_.step_own(release_);
            } else {
                connection_.step_own(rollback_);
                connection_.step_own(begin_);
            }
        }
        kept > 0 ? commit() : roll_back();
        return true;
    } catch (...) {
        // BEGIN, SAVEPOINT or COMMIT failed: for want of room, or because the disk did.
        auto const failure = std::current_exception();
        roll_back();
        note(failure);
        bool const may_retry = kept > 1 && !has_flush_failed();
        if (may_retry) return false;
        for (Member& member : group)
            if (!member.failure) member.failure = failure;
        return true;
    }
}

void SqliteWriter::run_alone(Member& member) {
    retries_.fetch_add(1, std::memory_order_relaxed);
    if ((member.failure = refusal())) return;
    try {
        connection_.step_own(begin_);
        run_unit(member);
        if (member.failure)
            roll_back();
        else
            commit();
    } catch (...) {
        member.failure = std::current_exception();
        roll_back();
        note(member.failure);
    }
}

void SqliteWriter::run_unit(Member& member) {
    member.failure = nullptr;
    Duration const started = clock_.monotonic();
    SqliteUnit unit(connection_, alarm_, member.scope, clock_.now(), owner_.signals());
    try {
        UnitGuard const guard(owner_, UnitGuard::Runs::unit);
        member.unit(unit);
        unit.rethrow_failure();
    } catch (...) {
        member.failure = std::current_exception();
        note(member.failure);
    }
    member.callbacks = unit.take_callbacks();
    Duration const took = microseconds(clock_.monotonic().us - started.us);
    if (took <= slow_unit_limit) return;
    slow_units_.fetch_add(1, std::memory_order_relaxed);
    quietly("logging", [&] {
        options_.log("a unit of work held the writer for " + std::to_string(took.us / 1000) +
                     " ms; its last statement: " + detail::shown({connection_.last_statement(), {}}));
    });
}

void SqliteWriter::commit() {
    connection_.step_own(commit_);
    was_full_.store(false, std::memory_order_relaxed);
}

void SqliteWriter::roll_back() {
    if (connection_.is_in_transaction()) quietly("a rollback", [&] { connection_.step_own(rollback_); });
}

void SqliteWriter::answer(Group& group) {
    UnitGuard const guard(owner_, UnitGuard::Runs::callback);
    for (Member& member : group) {
        if (!member.failure) {
            writes_.fetch_add(1, std::memory_order_relaxed);
            for (auto const& callback : member.callbacks) quietly("after_commit", callback);
        }
        quietly("done", [&] { member.done(std::move(member.failure)); });
    }
    group.clear();
}

void SqliteWriter::note(std::exception_ptr const& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (Fault const& fault) {
        if (fault.code().name == errors::storage_full.name) was_full_.store(true, std::memory_order_relaxed);
        if (fault.code().name != errors::durable_path_failed.name) return;
        // What the kernel dropped may read as whole: closing must not fold it into the file either.
        sqlite3_db_config(connection_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        if (!has_flush_failed_.exchange(true)) quietly("logging", [&] { options_.log(fault.what()); });
    } catch (...) {  // the unit's own affair
    }
}

}  // namespace mainstay
