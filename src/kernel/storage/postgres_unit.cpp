#include "kernel/storage/postgres_unit.hpp"

#include "kernel/storage/postgres_guard.hpp"
#include "kernel/storage/sql_text.hpp"
#include "kernel/storage/tenancy.hpp"
#include "kernel/storage/unit_guard.hpp"

#include <algorithm>
#include <array>
#include <mutex>

namespace mainstay {
namespace {

using Milliseconds = std::chrono::milliseconds;

// The server stops a statement at its timeout; past this much more, the session is given up instead.
constexpr Milliseconds reply_grace{1000};

// A commit waits for the disk and is never cut short by the unit's deadline: its outcome would be in doubt.
constexpr Milliseconds commit_limit{10'000};

// Readers see one snapshot and take no part in conflicts. (As a reader's answer leaves the transaction, SERIALIZABLE
// would only add the anomaly's rarest kind, at the price of retries on both sides.)
constexpr std::string_view begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr std::string_view begin_writing = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE";
constexpr std::string_view begin_writing_by_statement = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

std::string_view begin_of(PostgresUnit::Mode mode) {
    switch (mode) {
        case PostgresUnit::Mode::reading: return begin_reading;
        case PostgresUnit::Mode::writing_by_statement: return begin_writing_by_statement;
        default: return begin_writing;
    }
}

// All of it ends with the transaction. The session may idle in it no longer than a statement may run: when this node
// dies without closing its socket, its locks go. The transaction's number tells later whether it was committed. What
// writes finds its rows by an index: a plan that was kept from when a table was empty would read it whole once it is
// full, and of a serializable transaction a whole table that was read conflicts with each writer to it.
constexpr std::string_view set_up_reading =
    "SELECT set_config('role', $1, true), set_config('app.tenant', $2, true), set_config('statement_timeout', $3, "
    "true),"
    " set_config('idle_in_transaction_session_timeout', $3, true)";
constexpr std::string_view set_up_writing =
    "SELECT pg_current_xact_id()::text, set_config('role', $1, true), set_config('app.tenant', $2, true),"
    " set_config('statement_timeout', $3, true), set_config('idle_in_transaction_session_timeout', $3, true),"
    " set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";
constexpr std::string_view set_timeout = "SELECT set_config('statement_timeout', $1, true)";

// Row-level security stands on the role and on app.tenant, and a statement could change either.
void refuse_what_could_leave_the_scope(std::string_view sql, sql_text::Statement const& statement) {
    if (statement.verb == sql_text::Verb::other)
        throw TenancyFault("only SELECT, INSERT, UPDATE and DELETE are run: " + std::string(sql));
    for (auto const& token : statement.tokens)
        if (token.is_word("SET_CONFIG") || token.text == "\"set_config\"")
            throw TenancyFault("set_config is for the storage alone: " + std::string(sql));
}

}  // namespace

PostgresTexts::Text const& PostgresTexts::of(std::string_view sql) {
    {
        std::shared_lock const lock(mutex_);
        auto const known = texts_.find(sql);
        if (known != texts_.end()) return *known->second;
    }
    auto const statement = sql_text::analyze(sql);
    refuse_what_could_leave_the_scope(sql, statement);
    auto text = std::make_unique<Text>(Text{std::string(sql),
                                            sql_text::with_numbered_parameters(sql, statement),
                                            {},
                                            statement.verb == sql_text::Verb::select});
    text->parameters.assign(statement.parameters.begin(), statement.parameters.end());
    std::unique_lock const lock(mutex_);
    std::string_view const key = text->named;
    return *texts_.try_emplace(key, std::move(text)).first->second;
}

PostgresUnit::PostgresUnit(Scope const& scope, Instant now, Mode mode, Deadline deadline,
                           PostgresConnection& connection, PostgresTexts& texts, Signals const& signals)
    : Transaction(scope, now),
      mode_(mode),
      deadline_(deadline),
      connection_(connection),
      texts_(texts),
      signals_(signals),
      tenant_text_(scope.tenant().is_set() ? scope.tenant().to_string() : std::string()) {}

std::int64_t PostgresUnit::run(Sql const& sql, std::span<Parameter const> parameters, RowReader* reader) {
    rethrow_failure();
    try {
        return run_statement(sql, parameters, reader);
    } catch (PostgresError const& error) {
        may_run_again_ = error.failure() != PostgresFailure::final;
        failure_ = may_run_again_ ? std::current_exception() : public_error(error, detail::shown(sql));
    } catch (...) {  // remembered; the next line throws it on
        failure_ = std::current_exception();
    }
    std::rethrow_exception(failure_);
}

std::int64_t PostgresUnit::run_statement(Sql const& sql, std::span<Parameter const> parameters, RowReader* reader) {
    PostgresTexts::Text const& text = texts_.of(sql.postgres);
    if (mode_ == Mode::reading && !text.is_select) throw std::logic_error("a snapshot only reads: " + text.named);
    auto const values = arguments(text, parameters);
    auto const results = exchange(text, PostgresParameters(values));
    PGresult* const result = results.back().get();
    bool const gives_rows = PQresultStatus(result) == PGRES_TUPLES_OK;
    if (reader != nullptr && gives_rows) {
        PostgresRows rows(result);
        reader->columns(rows.names());
        for (int i = 0; i < rows.count(); ++i)
            if (!reader->row(rows.row(i))) break;
    }
    if (gives_rows && std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
    return std::atoll(PQcmdTuples(result));
}

void PostgresUnit::commit() {
    if (!has_begun_) return;
    connection_.queue("COMMIT");
    auto const results = connection_.round_trip(std::chrono::steady_clock::now() + commit_limit);
    // PostgreSQL answers the COMMIT of a transaction that failed with ROLLBACK; commit() is not called for one.
    if (std::string_view(PQcmdStatus(results.back().get())) != "COMMIT")
        throw std::logic_error("PostgreSQL rolled back a unit in which nothing had failed");
}

void PostgresUnit::end_without_waiting(bool is_rolled_back) {
    if (!has_begun_ || connection_.is_broken()) return;
    try {
        connection_.queue(is_rolled_back ? "ROLLBACK" : "COMMIT");
        connection_.post();
    } catch (PostgresError const&) {
        // The session is gone and the transaction with it, which is what was asked for.
    }
}

void PostgresUnit::rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
}

std::vector<fields::SqlValue> PostgresUnit::arguments(PostgresTexts::Text const& text,
                                                      std::span<Parameter const> parameters) const {
    std::vector<fields::SqlValue> values;
    values.reserve(text.parameters.size());
    for (std::string const& name : text.parameters) {
        if (name == "tenant" && !tenant_text_.empty()) {
            values.emplace_back(std::string_view(tenant_text_));
            continue;
        }
        auto const given = std::find_if(parameters.begin(), parameters.end(),
                                        [&](Parameter const& parameter) { return parameter.name == name; });
        if (given == parameters.end()) throw std::logic_error("nothing is bound to :" + name + " in " + text.sql);
        values.push_back(given->value);
    }
    return values;
}

std::vector<PostgresResult> PostgresUnit::exchange(PostgresTexts::Text const& text, PostgresParameters const& values) {
    auto const left = time_left();
    if (left.count() <= 0) throw PostgresError(std::string(canceled_state), "the unit is past its deadline");
    std::string const timeout = std::to_string(left.count());
    bool const begins = !has_begun_;
    if (begins || left < timeout_ * 3 / 4) {  // what the server knows has become too generous
        begins ? queue_begin(timeout) : queue_timeout(timeout);
        timeout_ = left;
    }
    connection_.queue(text.sql, values);
    auto results = connection_.round_trip(deadline_ + reply_grace);
    if (begins && mode_ != Mode::reading) {
        if (connection_.incarnation().empty()) connection_.set_incarnation(PQgetvalue(results[2].get(), 0, 0));
        transaction_ = {PQgetvalue(results[1].get(), 0, 0), connection_.incarnation()};
    }
    return results;
}

void PostgresUnit::queue_begin(std::string_view timeout) {
    std::array<fields::SqlValue, 3> const values{scope().is_system() ? system_role : app_role,
                                                 std::string_view(tenant_text_), timeout};
    connection_.queue(begin_of(mode_));
    connection_.queue(mode_ == Mode::reading ? set_up_reading : set_up_writing, PostgresParameters(values));
    if (mode_ != Mode::reading && connection_.incarnation().empty()) connection_.queue(ask_incarnation);
    has_begun_ = true;
}

void PostgresUnit::queue_timeout(std::string_view timeout) {
    std::array<fields::SqlValue, 1> const values{timeout};
    connection_.queue(set_timeout, PostgresParameters(values));
}

std::chrono::milliseconds PostgresUnit::time_left() const {
    return std::chrono::ceil<Milliseconds>(deadline_ - std::chrono::steady_clock::now());
}

}  // namespace mainstay
