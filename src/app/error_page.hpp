// The page behind the `type` of every problem: each error code with its anchor, from the same table as the reference.
#pragma once
#include "base/fault.hpp"

#include <span>
#include <string>

namespace mainstay::app {

// A whole HTML document in the style of the pages, sorted by code. Names become ids as they are.
std::string error_page(std::span<ErrorCode const* const> codes);

}  // namespace mainstay::app
