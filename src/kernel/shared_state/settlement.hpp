// Settles a table of rate limits with the other nodes, in batches, by a thread of its own. What it cannot tell it
// keeps.
#pragma once
#include "kernel/shared_state/rate_table.hpp"
#include "kernel/shared_state/store.hpp"

#include <atomic>
#include <condition_variable>
#include <thread>

namespace mainstay::shared_state {

class Settlement {
public:
    using Log = std::function<void(std::string_view level, std::string_view text)>;

    Settlement(RateTable& table, Store& store, Clock& clock) : table_(table), store_(store), clock_(clock) {}
    ~Settlement() { stop(); }
    void start();
    void stop();  // tells what is left, where the store answers; then the thread has ended

    // One round, on the calling thread: all that was taken is told. False when the store is away.
    bool settle();

    struct Counters {
        std::uint64_t batches = 0, keys = 0, failures = 0;
        bool is_connected = false;  // the last batch was settled
    };
    Counters counters() const;

    Log log = [](std::string_view, std::string_view) {};  // set before start()

private:
    bool settle_batch();
    void follow();

    RateTable& table_;
    Store& store_;
    Clock& clock_;

    std::mutex round_mutex_;
    std::vector<Taken> batch_;  // under way or to be sent again; guarded by round_mutex_
    std::uint64_t number_ = 0;  // of that batch
    std::atomic<std::uint64_t> batches_ = 0, keys_ = 0, failures_ = 0;
    std::atomic<bool> is_connected_ = false;

    std::mutex mutex_;
    std::condition_variable wakes_;
    bool stops_ = false;
    std::thread thread_;
};

}  // namespace mainstay::shared_state
