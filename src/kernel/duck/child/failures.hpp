// DuckDB's messages as errors.
#pragma once
#include "kernel/duck/child/engine.hpp"

#include <string>
#include <string_view>

namespace mainstay::duck {

// By the words that the message begins with, such as "Binder Error: ...".
Failure failure(char const* message);
// The appender's messages come without those words, its errors with a number.
Failure failure(duckdb_error_data);

// Bytes that are not UTF-8 become question marks.
std::string utf8(std::string_view);

}  // namespace mainstay::duck
