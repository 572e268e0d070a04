#include "kernel/shared_state/settlement.hpp"

#include "base/random.hpp"

#include <chrono>

namespace mainstay::shared_state {

void Settlement::start() {
    thread_ = std::thread([this] { follow(); });
}

void Settlement::stop() {
    {
        std::lock_guard const lock(mutex_);
        stops_ = true;
    }
    wakes_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Settlement::follow() {
    std::uint64_t failed_in_a_row = 0;
    std::unique_lock lock(mutex_);
    while (!stops_) {
        lock.unlock();
        bool const is_settled = settle();
        lock.lock();
        failed_in_a_row = is_settled ? 0 : failed_in_a_row + 1;
        Duration const pause = is_settled ? settle_interval : back_off(failed_in_a_row, random_u64());
        wakes_.wait_for(lock, std::chrono::microseconds(pause.us), [&] { return stops_; });
    }
    lock.unlock();
    if (is_connected_) settle();
}

bool Settlement::settle() {
    std::lock_guard const round(round_mutex_);
    if (store_.is_alone()) return is_connected_ = true;
    try {
        while (settle_batch()) {
        }
        if (!is_connected_.exchange(true)) log("info", "Redis answers: rate limits are settled with the other nodes");
        return true;
    } catch (StoreAway const& away) {
        ++failures_;
        if (is_connected_.exchange(false) || failures_ == 1)
            log("warning", std::string("Redis is away, each node limits on its own meanwhile: ") + away.what());
        return false;
    }
}

// Whether there is more.
bool Settlement::settle_batch() {
    if (batch_.empty()) {
        batch_ = table_.drain(bookings_max);
        ++number_;
    }
    Duration const now = clock_.monotonic();
    std::vector<Booking> bookings;
    bookings.reserve(batch_.size());
    for (Taken& taken : batch_) {
        RateTable::carry_over(taken, now);
        bookings.push_back(
            {taken.key, now - Duration{taken.first_us}, {taken.work_us}, Duration{taken.known_us} - now});
    }
    auto const leads = store_.book(number_, bookings);
    // The store decided after `now`, so that what is learned is never ahead of what it is.
    for (std::size_t i = 0; i < batch_.size(); ++i) table_.learn(batch_[i].key, now + leads[i], now);
    if (!batch_.empty()) ++batches_;
    keys_ += batch_.size();
    bool const is_full = batch_.size() == bookings_max;
    batch_.clear();
    return is_full;
}

Settlement::Counters Settlement::counters() const {
    return {batches_, keys_, failures_, is_connected_};
}

}  // namespace mainstay::shared_state
