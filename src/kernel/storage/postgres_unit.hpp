// One run of a unit, or of a reader, in one transaction of PostgreSQL. The transaction begins with the unit's first
// statement, in the same round trip, and takes on the role and the tenant of its scope for itself alone.
#pragma once
#include "kernel/storage/postgres_connection.hpp"
#include "kernel/storage/postgres_outcome.hpp"
#include "kernel/storage/storage.hpp"

#include <shared_mutex>

namespace mainstay {

// Statements with their parameters numbered, kept by their text. Shared by all threads.
class PostgresTexts {
public:
    struct Text {
        std::string named;  // as the store wrote it
        std::string sql;
        std::vector<std::string> parameters;
        bool is_select;
    };
    Text const& of(std::string_view sql);

private:
    std::shared_mutex mutex_;
    std::unordered_map<std::string_view, std::unique_ptr<Text const>> texts_;
};

class PostgresUnit final : public Transaction {
public:
    enum class Mode { reading, writing, writing_by_statement };  // the last sees anew with each statement

    PostgresUnit(Scope const&, Instant now, Mode, Deadline, PostgresConnection&, PostgresTexts&, Signals const&);

    void after_commit(std::function<void()> callback) override { callbacks_.push_back(std::move(callback)); }

    // Makes the unit durable. Throws PostgresError; when the connection broke it is not known what became of it.
    void commit();
    void end_without_waiting(bool is_rolled_back);

    // What the first statement that failed threw, whatever the unit made of it: PostgresError when the unit may run
    // again.
    void rethrow_failure() const;
    bool may_run_again() const { return may_run_again_; }

    PostgresTransaction const& transaction() const { return transaction_; }  // of a writing unit that has begun
    std::vector<std::function<void()>> take_callbacks() { return std::move(callbacks_); }

private:
    Signals const& signals() const override { return signals_; }
    std::int64_t run(Sql const&, std::span<Parameter const>, RowReader*) override;
    std::int64_t run_statement(Sql const&, std::span<Parameter const>, RowReader*);
    std::vector<fields::SqlValue> arguments(PostgresTexts::Text const&, std::span<Parameter const>) const;
    std::vector<PostgresResult> exchange(PostgresTexts::Text const&, PostgresParameters const&);
    void queue_begin(std::string_view timeout);
    void queue_timeout(std::string_view timeout);
    std::chrono::milliseconds time_left() const;

    Mode mode_;
    Deadline deadline_;
    PostgresConnection& connection_;
    PostgresTexts& texts_;
    Signals const& signals_;
    std::string tenant_text_;
    bool has_begun_ = false;
    PostgresTransaction transaction_;
    std::chrono::milliseconds timeout_{0};  // as the server knows it
    std::exception_ptr failure_;
    bool may_run_again_ = false;
    std::vector<std::function<void()>> callbacks_;
};

}  // namespace mainstay
