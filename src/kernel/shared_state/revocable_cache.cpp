#include "kernel/shared_state/revocable_cache.hpp"

#include <algorithm>

namespace mainstay::shared_state {

void RevokedSubjects::add(std::uint64_t subject, Duration now, Duration kept) {
    std::unique_lock const lock(mutex_);
    std::uint64_t const number = last_.load() + 1;
    // What was looked up before these is too old to be believed anyway.
    while (!heard_.empty() && now - heard_.front().at > kept) {
        auto const known = numbers_.find(heard_.front().subject);
        if (known != numbers_.end() && known->second == heard_.front().number) numbers_.erase(known);
        heard_.pop_front();
    }
    if (heard_.size() >= kept_max) {
        numbers_.clear();
        heard_.clear();
        all_before_ = number;
    }
    numbers_[subject] = number;
    heard_.push_back({subject, number, now});
    last_.store(number);
}

bool RevokedSubjects::has_since(std::uint64_t looked_up_at, std::span<std::uint64_t const> subjects) const {
    if (last_.load() == looked_up_at) return false;
    std::shared_lock const lock(mutex_);
    return looked_up_at < all_before_ || std::any_of(subjects.begin(), subjects.end(), [&](std::uint64_t subject) {
               auto const known = numbers_.find(subject);
               return known != numbers_.end() && known->second > looked_up_at;
           });
}

}  // namespace mainstay::shared_state
