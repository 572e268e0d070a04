#pragma once
#include <string_view>

namespace mainstay::app {
inline constexpr std::string_view version = MAINSTAY_VERSION;
}
