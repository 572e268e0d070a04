// What is measured of durable work: by kind what the engines of this process did, by queue what stands in the database.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/telemetry/telemetry.hpp"

#include <mutex>

namespace mainstay::app {

// Of all engines together: what they hold and did, and by kind what became of work. The labels are the kinds that the
// program knows.
std::vector<telemetry::Sample> samples_of_engines(std::vector<flow::EngineCounters> const&);

// Reads the table when it is asked, but not more often than once in look_pause however many ask, and at most rows_max
// of its rows.
class QueueMetrics {
public:
    static constexpr Duration look_pause = seconds(5);
    static constexpr std::int64_t rows_max = 100'000;  // some 50 ms of one core
    static constexpr std::size_t queues_max = 100;     // by name; what is behind them is not measured

    QueueMetrics(Database& database, Clock& clock) : database_(database), clock_(clock) {}
    // Nothing while the database does not answer.
    std::vector<telemetry::Sample> samples();

    std::function<void(std::string_view level, std::string_view text)> log = [](auto, auto) {};

private:
    void look();

    Database& database_;
    Clock& clock_;
    std::mutex mutex_;
    std::optional<Duration> looked_at_;
    std::vector<telemetry::Sample> samples_;
};

}  // namespace mainstay::app
