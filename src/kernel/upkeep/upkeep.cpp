#include "kernel/upkeep/upkeep.hpp"

#include <chrono>
#include <utility>

namespace mainstay {

Upkeep::~Upkeep() {
    stop();
}

void Upkeep::add(UpkeepTask task) {
    auto& added = tasks_.emplace_back();
    added.counters.name = task.name;
    added.task = std::move(task);
}

void Upkeep::start() {
    for (auto& running : tasks_)
        running.thread = std::jthread([this, &running](std::stop_token const& stops) { run(running, stops); });
}

void Upkeep::stop() {
    for (auto& running : tasks_) running.thread.request_stop();
    for (auto& running : tasks_)
        if (running.thread.joinable()) running.thread.join();
}

void Upkeep::wake() {
    {
        std::lock_guard const lock(mutex_);
        ++wakings_;
    }
    wakes_.notify_all();
}

std::vector<UpkeepCounters> Upkeep::counters() const {
    std::lock_guard const lock(mutex_);
    std::vector<UpkeepCounters> all;
    for (auto const& running : tasks_) all.push_back(running.counters);
    return all;
}

void Upkeep::run(Running& running, std::stop_token const& stops) {
    while (!stops.stop_requested()) {
        bool const is_done = do_round(running.task, stops);
        std::unique_lock lock(mutex_);
        ++(is_done ? running.counters.rounds_total : running.counters.failures_total);
        if (is_done) running.counters.succeeded_at = clock_.now();
        wait(lock, running.task.pause, stops);
    }
}

// Whatever fails, the reason is for the operator to read, and not for the task to end.
bool Upkeep::do_round(UpkeepTask const& task, std::stop_token const& stops) const {
    try {
        task.round(stops);
        return true;
    } catch (std::exception const& failure) {
        log("warning", task.name + " waits for its next round: " + failure.what());
        return false;
    }
}

void Upkeep::wait(std::unique_lock<std::mutex>& lock, Duration pause, std::stop_token const& stops) {
    Duration const next = clock_.monotonic() + pause;
    for (Duration left = pause; left > Duration{} && !stops.stop_requested(); left = next - clock_.monotonic())
        wakes_.wait_for(lock, stops, std::chrono::microseconds(left.us),
                        [this, before = wakings_] { return wakings_ != before; });
}

}  // namespace mainstay
