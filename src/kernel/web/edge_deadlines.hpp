// The deadlines of many connections, coarse and cheap: a later deadline is one store, and a tick looks only at what
// may be due. For one thread.
#pragma once
#include "base/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace mainstay::web {

constexpr Duration never{std::numeric_limits<std::int64_t>::max()};

class DeadlineWheel {
public:
    struct Entry {
        Entry() = default;
        Entry(Entry const&) = delete;
        Entry& operator=(Entry const&) = delete;

        Entry* next = nullptr;
        Entry* previous = nullptr;
        Duration due = never;
        std::int64_t tick = 0;  // of the slot it hangs in
        bool is_linked() const { return next != nullptr; }
    };

    // How late a deadline may be noticed.
    static constexpr Duration tick_length = milliseconds(20);

    explicit DeadlineWheel(Duration now);

    void set(Entry&, Duration due);
    void remove(Entry&);
    bool is_empty() const { return size_ == 0; }

    // The next entry that is due by `now`, or nullptr; it stays in the wheel until it is set or removed.
    Entry* next_due(Duration now);

    // Calls visit(Entry&) for all; visit may set or remove the entry it is given.
    template <typename Visit>
    void for_each(Visit visit) {
        for (Entry& slot : slots_) {
            for (Entry* entry = slot.next; entry != &slot;) {
                Entry* const following = entry->next;
                visit(*entry);
                entry = following;
            }
        }
    }

private:
    static constexpr std::int64_t slot_count = 512;  // about ten seconds; what is later is looked at on the way

    static std::int64_t tick_of(Duration);
    void link(Entry&, std::int64_t tick);
    static void unlink(Entry&);

    std::array<Entry, slot_count> slots_;  // heads of circular lists
    std::int64_t current_tick_;
    std::size_t size_ = 0;
};

}  // namespace mainstay::web
