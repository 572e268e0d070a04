// Upkeep: what a process does over and over beside its requests, such as removing what is past its time. Each task has
// a thread, on which one round follows the other. A round that fails is logged, and the next one comes all the same.
// Nothing is written down: on several nodes each does the rounds, and a task has to bear that. What must happen once
// over all nodes, or must not be lost, is a job or a schedule (kernel/flow).
#pragma once
#include "base/time.hpp"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace mainstay {

struct UpkeepTask {
    std::string name;  // a word, for the log and the metrics
    Duration pause;    // from the end of a round to the next
    // One that may take long looks between its steps whether it is to end.
    std::function<void(std::stop_token const&)> round;
};

struct UpkeepCounters {
    std::string name;
    std::uint64_t rounds_total = 0;  // that ended well
    std::uint64_t failures_total = 0;
    std::optional<Instant> succeeded_at;
};

class Upkeep {
public:
    explicit Upkeep(Clock& clock) : clock_(clock) {}
    ~Upkeep();  // stops
    Upkeep(Upkeep const&) = delete;
    Upkeep& operator=(Upkeep const&) = delete;

    void add(UpkeepTask);  // before start()
    void start();          // each task's first round is at once
    void stop();           // no round begins any more; those under way are told, and waited for
    void wake();           // looks at the clock again, which a test has moved
    std::vector<UpkeepCounters> counters() const;

    std::function<void(std::string_view level, std::string_view text)> log = [](auto, auto) {};

private:
    struct Running {
        UpkeepTask task;
        UpkeepCounters counters;
        std::jthread thread;
    };
    void run(Running&, std::stop_token const&);
    bool do_round(UpkeepTask const&, std::stop_token const&) const;  // whether it ended well
    void wait(std::unique_lock<std::mutex>&, Duration pause, std::stop_token const&);

    Clock& clock_;
    mutable std::mutex mutex_;
    std::condition_variable_any wakes_;
    std::uint64_t wakings_ = 0;
    std::list<Running> tasks_;  // where they are they stay
};

}  // namespace mainstay
