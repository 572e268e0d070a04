#include "kernel/storage/sqlite_error.hpp"

#include "kernel/storage/storage.hpp"

#include <cerrno>
#include <new>

namespace mainstay {
namespace {

using Rule = ConstraintViolation::Rule;

Rule broken_rule(int result) {
    switch (result) {
        case SQLITE_CONSTRAINT_CHECK:
        case SQLITE_CONSTRAINT_DATATYPE: return Rule::check;
        case SQLITE_CONSTRAINT_NOTNULL: return Rule::not_null;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return Rule::foreign_key;
        default: return Rule::unique;
    }
}

// The VFS says SQLITE_FULL for ENOSPC alone; quotas and file size limits come as errors of writing.
bool is_want_of_room(sqlite3* database, int result) {
    if (result == SQLITE_FULL) return true;
    if ((result & 0xff) != SQLITE_IOERR) return false;
    int const error = sqlite3_system_errno(database);
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

}  // namespace

bool is_flush_failure(int result) {
    return result == SQLITE_IOERR_FSYNC || result == SQLITE_IOERR_DIR_FSYNC;
}

void throw_sqlite_error(sqlite3* database, int result, std::string_view statement) {
    std::string const text =
        std::string(sqlite3_errmsg(database)) + " (" + std::to_string(result) + ") in: " + std::string(statement);
    if (is_flush_failure(result)) throw Fault(errors::durable_path_failed, "Nothing was written.", text);
    if (is_want_of_room(database, result)) throw Fault(errors::storage_full, "Nothing was written.", text);
    switch (result & 0xff) {
        case SQLITE_CONSTRAINT: throw ConstraintViolation(broken_rule(result), text);
        case SQLITE_INTERRUPT: throw Fault(errors::deadline_exceeded, "The query took too long.", text);
        case SQLITE_NOMEM: throw std::bad_alloc();
        case SQLITE_BUSY:
        case SQLITE_LOCKED: {
            Fault fault(errors::busy, "The database is busy.", text);
            fault.retry_after_s = 1;
            throw fault;
        }
        case SQLITE_ERROR:
        case SQLITE_MISUSE:
        case SQLITE_RANGE:
        case SQLITE_READONLY:
        case SQLITE_TOOBIG: throw std::logic_error(text);
        default: throw std::runtime_error(text);
    }
}

void execute_or_throw(sqlite3* database, char const* sql) {
    int const result = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) throw_sqlite_error(database, sqlite3_extended_errcode(database), sql);
}

}  // namespace mainstay
