// The bytes that a connection has received and not yet used; small while it idles.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace mainstay::web {

class ReadBuffer {
public:
    static constexpr std::size_t idle_capacity = 2048;

    std::string_view bytes() const { return {memory_.get() + begin_, end_ - begin_}; }
    bool is_empty() const { return begin_ == end_; }
    void consume(std::size_t size) { begin_ += size; }
    void clear() { begin_ = end_ = 0; }
    void received(std::size_t size) { end_ += size; }

    // Room for at least one more byte, and for `wanted` in all. What bytes() gave before no longer holds.
    std::span<char> room(std::size_t wanted) {
        std::size_t const used = end_ - begin_;
        std::size_t const needed = std::max(wanted, used == capacity_ ? 2 * used : used + 1);
        if (needed > capacity_) {
            auto larger = std::make_unique_for_overwrite<char[]>(needed);
            if (used > 0) std::memcpy(larger.get(), memory_.get() + begin_, used);
            memory_ = std::move(larger);
            capacity_ = needed;
        } else if (begin_ > 0 && used > 0) {
            std::memmove(memory_.get(), memory_.get() + begin_, used);
        }
        begin_ = 0;
        end_ = used;
        return {memory_.get() + end_, capacity_ - end_};
    }

    // Gives a large block back once it is empty.
    void shrink() {
        if (capacity_ <= idle_capacity || !is_empty()) return;
        memory_.reset();
        begin_ = end_ = capacity_ = 0;
    }

private:
    std::unique_ptr<char[]> memory_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace mainstay::web
