// What comes in and what goes out: scripts, singly or in an archive, and a project as an archive.
#pragma once
#include "base/fault.hpp"
#include "products/migrate/catalog/catalog.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mainstay::dbt {

// A zip of the files whose bytes depend on the files alone.
std::string zip(std::map<std::string, std::string> const& files);

// What may come in: one script, several, or a zip of them; UTF-16 and UTF-8. Throws Fault for what is not (errors::
// input_unreadable: a binary file, an empty one, a zip that would unpack to more than its limits).
inline constexpr std::uint64_t input_bytes_max = 256u << 20;  // unpacked
inline constexpr std::uint64_t zip_ratio_max = 100;
inline constexpr std::size_t zip_entries_max = 10'000;
std::vector<catalog::ScriptFile> read_input(std::string const& file_name, std::string bytes);

}  // namespace mainstay::dbt

namespace mainstay::errors {
inline constexpr ErrorCode input_unreadable{
    "input_unreadable", 422, "The input cannot be read as T-SQL",
    "`detail` says why: it is binary, empty, or a zip that unpacks to too much. Send scripts as UTF-8 "
    "or UTF-16, singly or in a zip."};
}
