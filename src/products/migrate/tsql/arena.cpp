// Blocks of growing size; what is larger than a block has one of its own.
#include "products/migrate/tsql/arena.hpp"

#include <algorithm>

namespace mainstay::tsql {

namespace {
constexpr std::size_t first_block_bytes = 32 * 1024;
constexpr std::size_t largest_block_bytes = 4 * 1024 * 1024;
}  // namespace

void* Arena::allocate_in_new_block(std::size_t size) {
    auto const wanted = std::clamp(capacity_ * 2, first_block_bytes, largest_block_bytes);
    auto const bytes = std::max(wanted, size);
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
    reserved_bytes_ += bytes;
    auto* const block = blocks_.back().get();
    // A list longer than any block has a block of its own, and the current one goes on.
    if (size > wanted / 2 && block_ != nullptr) return block;
    block_ = block;
    capacity_ = bytes;
    used_ = size;
    return block;
}

std::string_view Arena::copy(std::string_view text) {
    if (text.empty()) return {};
    auto* const place = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
}

}  // namespace mainstay::tsql
