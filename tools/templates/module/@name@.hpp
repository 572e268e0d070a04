// The module @name@, as others may use it: what an item is and what may become of it.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mainstay {
struct Migration;
}

namespace mainstay::@name@ {

enum class Status { open, closed, archived };

// Code points, as people count letters.
inline constexpr std::size_t most_title_length = 200;

// The title as it is kept: UTF-8 without white space around it. Nothing when it is empty or too long.
std::optional<std::string> clean_title(std::string_view);

// Whether an item may go from one status to another; what is archived stays so.
bool may_become(Status from, Status to);

std::span<Migration const> migrations();

}  // namespace mainstay::@name@
