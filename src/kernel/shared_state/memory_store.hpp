// Nodes in the memory of one process: they share a MemoryMeeting. What Redis does for several, with the same results.
#pragma once
#include "kernel/shared_state/store.hpp"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>

namespace mainstay::shared_state {

class MemoryStore;

class MemoryMeeting {
public:
    explicit MemoryMeeting(Clock& clock) : clock_(clock) {}

private:
    friend class MemoryStore;
    std::int64_t arrival_of(Booking const&, std::int64_t now_us) const;

    Clock& clock_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::int64_t> arrivals_us_;
    std::set<MemoryStore*> nodes_;
};

class MemoryStore : public Store {
public:
    explicit MemoryStore(std::shared_ptr<MemoryMeeting>);
    ~MemoryStore() override;

    bool is_alone() const override;
    std::vector<Duration> book(std::uint64_t number, std::span<Booking const>) override;
    void publish(std::span<Message const>) override;
    void follow(std::span<std::string const> channels, Heard const&, std::function<void()> const& ready) override;
    void interrupt() override;

private:
    static constexpr std::size_t inbox_max = 4'096;  // past it the oldest message goes

    std::shared_ptr<MemoryMeeting> meeting_;
    std::uint64_t booked_ = 0;  // the last number; guarded by the meeting's mutex, as is the rest
    std::set<std::string> channels_;
    std::deque<Message> inbox_;
    bool is_interrupted_ = false;
    std::condition_variable changed_;
};

}  // namespace mainstay::shared_state
