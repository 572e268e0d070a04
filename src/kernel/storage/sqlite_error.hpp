// SQLite's result codes as the program's exceptions. Within the storage alone.
#pragma once
#include <sqlite3.h>
#include <string_view>

namespace mainstay {

// Throws what the extended result code means: ConstraintViolation, Fault with storage_full, deadline_exceeded, busy or
// durable_path_failed, std::bad_alloc; std::logic_error for a statement that cannot be right, std::runtime_error else.
[[noreturn]] void throw_sqlite_error(sqlite3*, int result, std::string_view statement);

// For statements without parameters and rows that the storage itself says.
void execute_or_throw(sqlite3*, char const* sql);

bool is_flush_failure(int result);  // what was written may not be on the disk

}  // namespace mainstay
