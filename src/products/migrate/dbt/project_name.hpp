// As a dbt project may be called.
#pragma once
#include <string_view>

namespace mainstay::dbt {

inline constexpr std::string_view project_name_pattern = "[a-z][a-z0-9_]{0,62}";
inline constexpr std::string_view project_name_says =
    "must begin with a letter and have lower-case letters, digits and underscores alone, 63 at most";
bool is_project_name(std::string_view);

}  // namespace mainstay::dbt
