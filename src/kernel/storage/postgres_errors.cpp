#include "kernel/storage/postgres_errors.hpp"

#include "kernel/storage/tenancy.hpp"

namespace mainstay {
namespace {

constexpr int retry_after_s = 1;

std::exception_ptr fault(ErrorCode const& code, std::string const& public_text, std::string const& text) {
    Fault fault(code, public_text, text);
    if (code.status == 503) fault.retry_after_s = retry_after_s;
    return std::make_exception_ptr(fault);
}

}  // namespace

PostgresError::PostgresError(std::string sqlstate, std::string const& message)
    : std::runtime_error("SQLSTATE " + sqlstate + ": " + message), sqlstate_(std::move(sqlstate)) {}

// https://www.postgresql.org/docs/15/errcodes-appendix.html
PostgresFailure PostgresError::failure() const {
    if (sqlstate_ == "40001" || sqlstate_ == "40P01") return PostgresFailure::conflict;
    // 57P01 and 57P02: the server ended this session; 57P03 and 53300: it takes no new ones at the moment.
    // 25006: what was the primary is a standby now.
    if (sqlstate_.starts_with("08") || sqlstate_.starts_with("57P0") || sqlstate_ == "53300" || sqlstate_ == "25006")
        return PostgresFailure::connection_lost;
    // 0A000: "cached plan must not change result type"; 26000: no such prepared statement; 42P05: it exists already.
    if (sqlstate_ == "26000" || sqlstate_ == "42P05" ||
        (sqlstate_ == "0A000" && std::string_view(what()).find("cached plan") != std::string_view::npos))
        return PostgresFailure::stale_statement;
    return PostgresFailure::final;
}

std::exception_ptr public_error(PostgresError const& error, std::string_view statement) {
    std::string const text = std::string(error.what()) + " in: " + std::string(statement);
    std::string const& state = error.sqlstate();
    using Rule = ConstraintViolation::Rule;
    if (state == "23505") return std::make_exception_ptr(ConstraintViolation(Rule::unique, text));
    if (state == "23514") return std::make_exception_ptr(ConstraintViolation(Rule::check, text));
    if (state == "23502") return std::make_exception_ptr(ConstraintViolation(Rule::not_null, text));
    if (state == "23503" || state == "23001")
        return std::make_exception_ptr(ConstraintViolation(Rule::foreign_key, text));
    // Refused by a policy of row-level security, or by a grant.
    if (state == "42501") return std::make_exception_ptr(TenancyFault(text));
    // 25P03: the server ended a session that idled in its transaction past the unit's time.
    if (state == canceled_state || state == "25P03")
        return fault(errors::deadline_exceeded, "The request took too long and was stopped.", text);
    if (state == "53100") return fault(errors::storage_full, "Nothing was written: the database's disk is full.", text);
    // 53: the server lacks memory, connections or the like; 55P03: a lock.
    bool const is_busy = state.starts_with("53") || state == "55P03";
    if (is_busy || error.failure() == PostgresFailure::conflict || error.failure() == PostgresFailure::connection_lost)
        return fault(errors::busy, "The database is busy or not reachable at the moment.", text);
    if (error.failure() == PostgresFailure::stale_statement)
        return std::make_exception_ptr(std::logic_error(text + " (a pooler that shares sessions needs prepare=false)"));
    if (state == "42P18" || state == "42P08")
        return std::make_exception_ptr(
            std::logic_error(text + " (a parameter whose type nothing tells needs CAST(:name AS ...))"));
    return std::make_exception_ptr(std::logic_error(text));
}

}  // namespace mainstay
