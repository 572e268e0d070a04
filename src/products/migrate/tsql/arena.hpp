// Memory for syntax trees: nodes are placed one after the other and all freed together, so they may point at each
// other freely and cost no call to the allocator. Nothing placed here is ever destroyed.
#pragma once
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mainstay::tsql {

// A list in a tree; it points into the arena.
template <class T>
using List = std::span<T const>;

class Arena {
public:
    Arena() = default;
    Arena(Arena const&) = delete;
    Arena& operator=(Arena const&) = delete;

    template <class T, class... Arguments>
    T* make(Arguments&&... arguments) {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
    }

    void* allocate(std::size_t size, std::size_t alignment) {
        auto const padding = (alignment - (used_ & (alignment - 1))) & (alignment - 1);
        if (padding + size > capacity_ - used_) return allocate_in_new_block(size);
        void* const place = block_ + used_ + padding;
        used_ += padding + size;
        return place;
    }

    std::string_view copy(std::string_view);

    // Bytes asked of the system.
    std::size_t reserved_bytes() const { return reserved_bytes_; }

private:
    void* allocate_in_new_block(std::size_t size);

    std::byte* block_ = nullptr;
    std::size_t used_ = 0;
    std::size_t capacity_ = 0;
    std::size_t reserved_bytes_ = 0;
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

// Collects a list of unknown length, growing within the arena. A good guess of the length wastes nothing.
template <class T>
class ListBuilder {
public:
    explicit ListBuilder(Arena& arena, std::size_t expected = 4) : arena_(arena), expected_(expected) {}

    void push(T const& item) {
        static_assert(std::is_trivially_copyable_v<T>);
        if (size_ == capacity_) grow();
        new (items_ + size_) T(item);
        ++size_;
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    List<T> list() const { return {items_, size_}; }

private:
    void grow() {
        auto const wanted = capacity_ == 0 ? (expected_ == 0 ? 1 : expected_) : capacity_ * 2;
        auto* const items = static_cast<T*>(arena_.allocate(wanted * sizeof(T), alignof(T)));
        if (size_ > 0) std::memcpy(static_cast<void*>(items), items_, size_ * sizeof(T));
        items_ = items;
        capacity_ = wanted;
    }

    Arena& arena_;
    std::size_t expected_;
    T* items_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace mainstay::tsql
