// A unit of work or a reader on one SQLite connection. Within the storage alone.
#pragma once
#include "kernel/storage/sqlite_connection.hpp"

namespace mainstay {

class SqliteUnit : public Transaction {
public:
    SqliteUnit(SqliteConnection& connection, TenancyAlarm& alarm, Scope const& scope, Instant now,
               Signals const& signals)
        : Transaction(scope, now), connection_(connection), alarm_(alarm), signals_(signals) {
        connection.guard().enter(scope);
    }

    void after_commit(std::function<void()> callback) override { callbacks_.push_back(std::move(callback)); }
    std::vector<std::function<void()>> take_callbacks() { return std::move(callbacks_); }

    // Throws what the first failing statement threw, should the unit have caught it.
    void rethrow_failure() const {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    Signals const& signals() const override { return signals_; }

    std::int64_t run(Sql const& sql, std::span<Parameter const> parameters, RowReader* reader) override {
        rethrow_failure();
        try {
            return connection_.run(sql, parameters, reader);
        } catch (TenancyFault const& fault) {
            failure_ = std::current_exception();
            alarm_.raise(fault);
            throw;
        } catch (...) {
            failure_ = std::current_exception();
            throw;
        }
    }

    SqliteConnection& connection_;
    TenancyAlarm& alarm_;
    Signals const& signals_;
    std::exception_ptr failure_;
    std::vector<std::function<void()>> callbacks_;
};

}  // namespace mainstay
