#include "kernel/storage/postgres_errors.hpp"

#include "kernel/storage/storage.hpp"

namespace mainstay {
namespace {

constexpr int retry_after_s = 1;

[[noreturn]] void throw_busy(std::string const& internal) {
    Fault fault(errors::busy, "The database is busy or not reachable at the moment.", internal);
    fault.retry_after_s = retry_after_s;
    throw fault;
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

bool is_tenancy_violation(PostgresError const& error) {
    return error.sqlstate() == "42501";
}

void throw_public(PostgresError const& error, std::string_view statement) {
    std::string const text = std::string(error.what()) + " in: " + std::string(statement);
    std::string const& state = error.sqlstate();
    using Rule = ConstraintViolation::Rule;
    if (state == "23505") throw ConstraintViolation(Rule::unique, text);
    if (state == "23514") throw ConstraintViolation(Rule::check, text);
    if (state == "23502") throw ConstraintViolation(Rule::not_null, text);
    if (state == "23503" || state == "23001") throw ConstraintViolation(Rule::foreign_key, text);
    // 25P03: the server ended a session that idled in its transaction past the unit's time.
    if (state == canceled_state || state == "25P03")
        throw Fault(errors::deadline_exceeded, "The request took too long and was stopped.", text);
    if (state == "53100") throw Fault(errors::storage_full, "The database's disk is full.", text);
    if (state.starts_with("53") || state == "55P03") throw_busy(text);
    if (is_tenancy_violation(error))
        throw Fault(errors::internal_error, "The request could not be carried out.", "tenancy: " + text);
    switch (error.failure()) {
        case PostgresFailure::conflict:
        case PostgresFailure::connection_lost: throw_busy(text);
        case PostgresFailure::stale_statement:
            throw std::logic_error(text + " (behind a pooler that shares sessions, statements must not be prepared)");
        case PostgresFailure::final: break;
    }
    if (state == "42P18" || state == "42P08")
        throw std::logic_error(text + " (a parameter whose type nothing tells needs CAST(:name AS ...))");
    throw std::logic_error(text);
}

}  // namespace mainstay
