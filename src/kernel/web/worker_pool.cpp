#include "kernel/web/worker_pool.hpp"

#include <utility>

namespace mainstay::web {
namespace {
constexpr std::size_t kept_empty_queues = 1024;
}

WorkerPool::WorkerPool(PoolLimits limits) : limits_(limits) {}

WorkerPool::~WorkerPool() {
    stop();
}

void WorkerPool::start() {
    for (std::size_t i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { work(); });
}

void WorkerPool::stop() {
    std::unordered_map<std::uint64_t, std::deque<Item>> dropped;  // destroyed outside of the lock
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
        turns_.clear();
        queues_.swap(dropped);
        queued_ = 0;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

bool WorkerPool::submit(std::uint64_t key, std::shared_ptr<PoolTask> task, std::uint64_t ticket) {
    std::lock_guard const lock(mutex_);
    if (stopping_) return false;
    std::size_t const queued = queued_.load(std::memory_order_relaxed);
    KeyQueue& queue = *queues_.try_emplace(key).first;
    if (queued >= limits_.queue || queue.second.size() >= limits_.queue_per_key) {
        if (queue.second.empty()) queues_.erase(key);
        refused_.fetch_add(1, std::memory_order_relaxed);
        return false;
    }
    if (queue.second.empty()) turns_.push_back(&queue);
    queue.second.push_back({std::move(task), ticket});
    queued_.store(queued + 1, std::memory_order_relaxed);
    wake_another();
    return true;
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (turns_.empty()) {
            ++sleeping_;
            wake_.wait(lock);
            --sleeping_;
            if (waking_ > 0) --waking_;
            continue;
        }
        Item item = take();
        if (!turns_.empty()) wake_another();
        lock.unlock();
        item.task->run(item.ticket);
        item.task.reset();
        lock.lock();
    }
}

// At most one worker is on its way at a time, and each that takes work calls the next while there is more: a burst
// of short requests does not wake every thread, and long ones never wait behind a sleeper.
void WorkerPool::wake_another() {
    if (waking_ > 0 || sleeping_ == 0) return;
    ++waking_;
    wake_.notify_one();
}

WorkerPool::Item WorkerPool::take() {
    KeyQueue* const turn = turns_.front();
    turns_.pop_front();
    Item item = std::move(turn->second.front());
    turn->second.pop_front();
    queued_.fetch_sub(1, std::memory_order_relaxed);
    if (!turn->second.empty()) {
        turns_.push_back(turn);
    } else if (queues_.size() > kept_empty_queues) {
        queues_.erase(turn->first);
    }
    return item;
}

}  // namespace mainstay::web
