// SQL Server's patterns as RE2 reads them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mainstay::translate {

// The whole pattern; nothing for one that no text matches, such as a class that is not closed.
std::optional<std::string> regular_expression(std::string_view pattern, std::optional<char> escape);

// The characters as they are.
std::string escaped_for_search(std::string_view);

}  // namespace mainstay::translate
