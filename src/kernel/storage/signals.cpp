#include "kernel/storage/signals.hpp"

#include <mutex>

namespace mainstay {

Signals::Listening Signals::add(std::type_index type, std::function<void(void const*)> call) {
    std::unique_lock const lock(mutex_);
    listeners_[type].push_back(
        {++last_number_, std::make_shared<std::function<void(void const*)> const>(std::move(call))});
    return {this, last_number_};
}

void Signals::forget(std::uint64_t number) {
    std::unique_lock const lock(mutex_);
    for (auto& [type, entries] : listeners_) std::erase_if(entries, [&](Entry const& e) { return e.number == number; });
}

void Signals::send_erased(std::type_index type, void const* word) const {
    std::shared_lock const lock(mutex_);
    auto const found = listeners_.find(type);
    if (found == listeners_.end()) return;
    for (auto const& entry : found->second) (*entry.call)(word);
}

// Without the lock: a reaction reads and writes, and may cause another.
void Signals::react_erased(std::type_index type, void const* within) const {
    std::vector<Entry> reactions;
    {
        std::shared_lock const lock(mutex_);
        if (auto const found = listeners_.find(type); found != listeners_.end()) reactions = found->second;
    }
    for (auto const& reaction : reactions) (*reaction.call)(within);
}

}  // namespace mainstay
