// One numbered step of a module's tables. The same text serves both engines; where they cannot agree, a line
// "-- sqlite:" or "-- postgres:" keeps the rest of that line for one of them.
#pragma once
#include <span>
#include <string_view>

namespace mainstay {

struct Migration {
    std::string_view module;
    int number;
    std::string_view name;  // the file's name without its ending
    std::string_view sql;
};

}  // namespace mainstay
