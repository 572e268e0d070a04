#include "kernel/shared_state/memory_store.hpp"

#include <algorithm>

namespace mainstay::shared_state {
namespace {

constexpr std::size_t keys_max = 1'000'000;  // past it the idle ones are dropped

}  // namespace

MemoryStore::MemoryStore(std::shared_ptr<MemoryMeeting> meeting) : meeting_(std::move(meeting)) {
    std::lock_guard const lock(meeting_->mutex_);
    meeting_->nodes_.insert(this);
}

MemoryStore::~MemoryStore() {
    std::lock_guard const lock(meeting_->mutex_);
    meeting_->nodes_.erase(this);
}

bool MemoryStore::is_alone() const {
    std::lock_guard const lock(meeting_->mutex_);
    return meeting_->nodes_.size() == 1;
}

std::int64_t MemoryMeeting::arrival_of(Booking const& booking, std::int64_t now_us) const {
    auto const found = arrivals_us_.find(booking.key);
    return found == arrivals_us_.end() || found->second <= now_us ? now_us + booking.known_lead.us : found->second;
}

std::vector<Duration> MemoryStore::book(std::uint64_t number, std::span<Booking const> bookings) {
    std::lock_guard const lock(meeting_->mutex_);
    std::int64_t const now_us = meeting_->clock_.monotonic().us;
    auto& arrivals_us = meeting_->arrivals_us_;
    if (arrivals_us.size() + bookings.size() > keys_max)
        std::erase_if(arrivals_us, [&](auto const& entry) { return entry.second <= now_us; });
    bool const is_new = number > booked_;
    booked_ = std::max(booked_, number);
    std::vector<Duration> leads;
    for (Booking const& booking : bookings) {
        std::int64_t arrival_us = meeting_->arrival_of(booking, now_us);
        if (is_new) arrival_us = std::max(arrival_us, now_us - booking.age.us) + booking.work.us;
        if (arrival_us > now_us) arrivals_us[booking.key] = arrival_us;
        leads.push_back({arrival_us - now_us});
    }
    return leads;
}

void MemoryStore::publish(std::span<Message const> messages) {
    std::lock_guard const lock(meeting_->mutex_);
    for (MemoryStore* const node : meeting_->nodes_) {
        for (Message const& message : messages) {
            if (!node->channels_.contains(message.channel)) continue;
            if (node->inbox_.size() == inbox_max) node->inbox_.pop_front();
            node->inbox_.push_back(message);
        }
        node->changed_.notify_one();
    }
}

void MemoryStore::follow(std::span<std::string const> channels, Heard const& heard,
                         std::function<void()> const& ready) {
    std::unique_lock lock(meeting_->mutex_);
    channels_ = {channels.begin(), channels.end()};
    lock.unlock();
    ready();
    lock.lock();
    while (!is_interrupted_) {
        std::deque<Message> messages;
        messages.swap(inbox_);
        lock.unlock();
        for (Message const& message : messages) heard(message);
        lock.lock();
        changed_.wait(lock, [&] { return is_interrupted_ || !inbox_.empty(); });
    }
}

void MemoryStore::interrupt() {
    std::lock_guard const lock(meeting_->mutex_);
    is_interrupted_ = true;
    changed_.notify_one();
}

}  // namespace mainstay::shared_state
