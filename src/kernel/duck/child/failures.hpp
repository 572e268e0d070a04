// DuckDB's messages as errors.
#pragma once
#include "kernel/duck/child/engine.hpp"

#include <string>
#include <string_view>

namespace mainstay::duck {

// By the words that the message begins with, such as "Binder Error: ...".
Failure failure(char const* message);

// Bytes that are not UTF-8 become question marks.
std::string utf8(std::string_view);

}  // namespace mainstay::duck
