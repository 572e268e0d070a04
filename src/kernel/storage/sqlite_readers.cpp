#include "kernel/storage/sqlite_readers.hpp"

#include "kernel/storage/unit_guard.hpp"

#include <chrono>

namespace mainstay {

class SqliteReaders::Lease {
public:
    Lease(SqliteReaders& readers, ReadLimits limits) : readers_(readers), slot_(readers.take(limits)) {
        slot_->connection.set_deadline(&readers.clock_, microseconds(readers.clock_.monotonic().us + limits.time.us));
    }
    ~Lease() {
        slot_->connection.set_deadline(nullptr, {});
        // A statement that failed may have ended the transaction; a COMMIT of reading alone has nothing to lose.
        if (slot_->connection.is_in_transaction()) {
            sqlite3_step(slot_->commit.get());
            sqlite3_reset(slot_->commit.get());
        }
        readers_.give_back(std::move(slot_));
    }
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    Slot& slot() { return *slot_; }

private:
    SqliteReaders& readers_;
    std::unique_ptr<Slot> slot_;
};

SqliteReaders::Slot::Slot(std::filesystem::path const& file)
    : connection(file, SqliteConnection::Use::reads),
      begin(connection.prepare_own("BEGIN")),
      commit(connection.prepare_own("COMMIT")) {}

SqliteReaders::SqliteReaders(std::filesystem::path const& file, std::size_t count, TenancyAlarm& alarm, Clock& clock)
    : file_(file), limit_(count), alarm_(alarm), clock_(clock), schema_(std::make_shared<SqliteSchema>()) {}

void SqliteReaders::adopt(std::shared_ptr<SqliteSchema const> schema) {
    std::scoped_lock const lock(mutex_);
    schema_ = std::move(schema);
}

void SqliteReaders::read(Database const& owner, Scope const& scope, ReadLimits limits,
                         std::function<void(Snapshot&)> const& reader) {
    UnitGuard const guard(owner, UnitGuard::Runs::unit);
    Lease lease(*this, limits);
    reads_.fetch_add(1, std::memory_order_relaxed);
    SqliteUnit snapshot(lease.slot().connection, alarm_, scope, clock_.now(), owner.signals());
    lease.slot().connection.step_own(lease.slot().begin);
    reader(snapshot);
    snapshot.rethrow_failure();
}

void SqliteReaders::check(ReadLimits limits) {
    Lease lease(*this, limits);
    SqliteConnection& connection = lease.slot().connection;
    connection.step_own(connection.prepare_own("SELECT count(*) FROM sqlite_schema"));
}

std::unique_ptr<SqliteReaders::Slot> SqliteReaders::take(ReadLimits limits) {
    std::unique_ptr<Slot> slot;
    std::shared_ptr<SqliteSchema const> schema;
    {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, std::chrono::microseconds(limits.time.us),
                                [&] { return !free_.empty() || open_ < limit_; })) {
            Fault fault(errors::busy, "Too many queries are running.", "no reading connection came free in time");
            fault.retry_after_s = 1;
            throw fault;
        }
        schema = schema_;
        if (free_.empty()) {
            ++open_;
        } else {
            slot = std::move(free_.back());
            free_.pop_back();
        }
    }
    try {
        if (!slot) slot = std::make_unique<Slot>(file_);
        if (slot->schema != schema) slot->connection.adopt(schema);
        slot->schema = schema;
        return slot;
    } catch (...) {
        std::scoped_lock const lock(mutex_);
        --open_;
        returned_.notify_one();
        throw;
    }
}

void SqliteReaders::give_back(std::unique_ptr<Slot> slot) {
    {
        std::scoped_lock const lock(mutex_);
        free_.push_back(std::move(slot));
    }
    returned_.notify_one();
}

}  // namespace mainstay
