// Where UTF-8 may be cut.
#pragma once
#include <cstddef>
#include <string_view>

namespace mainstay {

// As much of it as fits into so many bytes, not cut within a character; nothing of what is not UTF-8 even so.
std::string_view utf8_prefix(std::string_view, std::size_t bytes_max);

}  // namespace mainstay
