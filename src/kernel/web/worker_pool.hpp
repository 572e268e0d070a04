// The bounded pool in which handlers block: keys take turns, none fills the queue alone, and what does not fit is
// refused at once instead of waiting.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace mainstay::web {

// Work that waits for a worker. `ticket` is what was given to submit: whoever took the work back in the meantime (its
// deadline passed) tells by it that this turn is void.
class PoolTask {
public:
    virtual ~PoolTask() = default;
    virtual void run(std::uint64_t ticket) noexcept = 0;
};

struct PoolLimits {
    std::size_t threads = 4;
    std::size_t queue = 4096;
    std::size_t queue_per_key = 1024;
};

class WorkerPool {
public:
    explicit WorkerPool(PoolLimits);
    ~WorkerPool();  // stop()
    WorkerPool(WorkerPool const&) = delete;
    WorkerPool& operator=(WorkerPool const&) = delete;

    void start();
    // Drops what still waits and returns when every running task has.
    void stop();

    // False when the queue, or the key's share of it, is full. Tasks of a key run in order, keys by turns.
    bool submit(std::uint64_t key, std::shared_ptr<PoolTask>, std::uint64_t ticket);

    std::size_t depth() const { return queued_.load(std::memory_order_relaxed); }
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

private:
    struct Item {
        std::shared_ptr<PoolTask> task;
        std::uint64_t ticket = 0;
    };
    using KeyQueue = std::pair<std::uint64_t const, std::deque<Item>>;

    void work();
    Item take();
    void wake_another();

    PoolLimits const limits_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::unordered_map<std::uint64_t, std::deque<Item>> queues_;  // some may be empty, kept for their memory
    std::deque<KeyQueue*> turns_;  // the keys that have work, in the order of their turns
    std::size_t sleeping_ = 0;
    std::size_t waking_ = 0;  // told to wake and not yet looking
    bool stopping_ = false;
    std::atomic<std::size_t> queued_ = 0;
    std::atomic<std::uint64_t> refused_ = 0;
    std::vector<std::thread> threads_;
};

}  // namespace mainstay::web
