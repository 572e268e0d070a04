// What a field looks like in a row of a database.
#pragma once
#include <array>
#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <variant>

namespace mainstay::fields {

using SqlValue = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;

// Keeps the texts that binding had to make (ids, JSON) until the statement has run.
class SqlArena {
public:
    std::string_view keep(std::string_view text);

private:
    std::array<char, 1024> room_;
    std::pmr::monotonic_buffer_resource memory_{room_.data(), room_.size()};
};

}  // namespace mainstay::fields
