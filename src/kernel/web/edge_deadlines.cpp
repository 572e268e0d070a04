#include "kernel/web/edge_deadlines.hpp"

#include <algorithm>

namespace mainstay::web {

DeadlineWheel::DeadlineWheel(Duration now) : current_tick_(now.us / tick_length.us) {
    for (Entry& slot : slots_) slot.next = slot.previous = &slot;
}

void DeadlineWheel::set(Entry& entry, Duration due) {
    entry.due = due;
    std::int64_t const tick = std::clamp(tick_of(due), current_tick_ + 1, current_tick_ + slot_count - 1);
    if (entry.is_linked()) {
        if (entry.tick > current_tick_ && entry.tick <= tick) return;  // it will be looked at in time
        unlink(entry);
        --size_;
    }
    link(entry, tick);
    ++size_;
}

void DeadlineWheel::remove(Entry& entry) {
    if (!entry.is_linked()) return;
    unlink(entry);
    --size_;
}

DeadlineWheel::Entry* DeadlineWheel::next_due(Duration now) {
    std::int64_t const now_tick = now.us / tick_length.us;
    current_tick_ = std::max(current_tick_, now_tick - slot_count);  // after a long pause one round sees every slot
    while (true) {
        Entry& slot = slots_[static_cast<std::size_t>(current_tick_ % slot_count)];
        while (slot.next != &slot) {
            Entry& entry = *slot.next;
            if (entry.due <= now) return &entry;
            unlink(entry);
            link(entry, std::clamp(tick_of(entry.due), current_tick_ + 1, current_tick_ + slot_count - 1));
        }
        if (current_tick_ >= now_tick) return nullptr;
        ++current_tick_;
    }
}

// The tick at which the deadline has passed for sure.
std::int64_t DeadlineWheel::tick_of(Duration due) {
    return due.us / tick_length.us + 1;
}

void DeadlineWheel::link(Entry& entry, std::int64_t tick) {
    Entry& slot = slots_[static_cast<std::size_t>(tick % slot_count)];
    entry.tick = tick;
    entry.previous = slot.previous;
    entry.next = &slot;
    slot.previous->next = &entry;
    slot.previous = &entry;
}

void DeadlineWheel::unlink(Entry& entry) {
    entry.previous->next = entry.next;
    entry.next->previous = entry.previous;
    entry.next = entry.previous = nullptr;
}

}  // namespace mainstay::web
