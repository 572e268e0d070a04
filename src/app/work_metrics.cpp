#include "app/work_metrics.hpp"

namespace mainstay::app {
namespace {

using telemetry::Sample;

void add(flow::KindCounters& sum, flow::KindCounters const& one) {
    sum.completed_total += one.completed_total;
    sum.failed_total += one.failed_total;
    sum.dead_total += one.dead_total;
    sum.leases_lost_total += one.leases_lost_total;
    sum.run_seconds_sum += one.run_seconds_sum;
    for (std::size_t i = 0; i < sum.runs_by_bound.size(); ++i) sum.runs_by_bound[i] += one.runs_by_bound[i];
}

Sample run_seconds_of(std::string const& kind, flow::KindCounters const& counters) {
    Sample sample{"mainstay_job_run_seconds",
                  "Time that attempts, nodes of a run in a row, and firings took",
                  Sample::Type::histogram,
                  0,
                  {{"kind", kind}}};
    auto const& bounds = flow::KindCounters::run_seconds_bounds;
    sample.distribution = {{bounds.begin(), bounds.end()},
                           {counters.runs_by_bound.begin(), counters.runs_by_bound.end()},
                           counters.run_seconds_sum};
    return sample;
}

}  // namespace

std::vector<Sample> samples_of_engines(std::vector<flow::EngineCounters> const& engines) {
    std::map<std::string, flow::KindCounters> kinds;
    std::uint64_t waiting = 0, running = 0, renewed = 0, pruned = 0;
    for (auto const& engine : engines) {
        for (auto const& [kind, counters] : engine.kinds) add(kinds[kind], counters);
        waiting += engine.waiting;
        running += engine.running;
        renewed += engine.leases_renewed_total;
        pruned += engine.pruned_total;
    }
    auto const of_all = [](std::string name, std::string help, Sample::Type type, std::uint64_t value) {
        return Sample{std::move(name), std::move(help), type, static_cast<double>(value)};
    };
    std::vector<Sample> samples{
        of_all("mainstay_jobs_waiting", "Work that waits, schedules among it, as far as this process knows",
               Sample::Type::gauge, waiting),
        of_all("mainstay_jobs_running", "Jobs, workflow nodes and firings that run here", Sample::Type::gauge, running),
        of_all("mainstay_leases_renewed_total", "Leases of work that this process went on with", Sample::Type::counter,
               renewed),
        of_all("mainstay_work_pruned_total", "Rows of finished work and old events removed", Sample::Type::counter,
               pruned)};
    for (auto const& [kind, counters] : kinds) {
        auto const count = [&, &name_of_kind = kind](std::string name, std::string help, std::uint64_t value) {
            samples.push_back({std::move(name),
                               std::move(help),
                               Sample::Type::counter,
                               static_cast<double>(value),
                               {{"kind", name_of_kind}}});
        };
        count("mainstay_jobs_completed_total", "Jobs, nodes of runs and firings of schedules done",
              counters.completed_total);
        count("mainstay_jobs_failed_total", "Attempts that failed", counters.failed_total);
        count("mainstay_jobs_dead_total", "Jobs and runs given up", counters.dead_total);
        count("mainstay_leases_lost_total", "Leases that ran out, and whose work this process took over",
              counters.leases_lost_total);
        samples.push_back(run_seconds_of(kind, counters));
    }
    return samples;
}

std::vector<Sample> QueueMetrics::samples() {
    std::lock_guard const lock(mutex_);
    Duration const now = clock_.monotonic();
    if (looked_at_ && now < *looked_at_ + look_pause) return samples_;
    looked_at_ = now;
    samples_.clear();
    try {
        look();
    } catch (std::exception const& failure) {
        log("warning", std::string("the depth of the queues could not be read: ") + failure.what());
    }
    return samples_;
}

void QueueMetrics::look() {
    auto queues = database_.read(system_scope("metrics of the queues"),
                                 [](Snapshot& s) { return flow::list_queues(s, rows_max); });
    if (queues.size() > queues_max) queues.resize(queues_max);
    std::int64_t counted = 0;
    std::vector<Sample> samples;
    Instant const now = clock_.now();
    for (auto const& queue : queues) {
        auto const gauge = [&](std::string name, std::string help, double value, std::vector<telemetry::Label> labels) {
            labels.insert(labels.begin(), {"queue", queue.queue});
            samples.push_back({std::move(name), std::move(help), Sample::Type::gauge, value, std::move(labels)});
        };
        auto const depth = [&](std::string state, std::int64_t value) {
            counted += value;
            gauge("mainstay_jobs_queued", "Jobs, runs and schedules that have not ended, of all tenants",
                  static_cast<double>(value), {{"state", std::move(state)}});
        };
        depth("due", queue.due);
        depth("later", queue.later);
        depth("parked", queue.parked);
        depth("running", queue.running);
        Duration const waits = queue.oldest_due_at ? now - *queue.oldest_due_at : Duration{};
        gauge("mainstay_jobs_oldest_due_seconds", "For how long the first of the due ones waits",
              static_cast<double>(std::max<std::int64_t>(0, waits.us)) / 1e6, {});
        gauge("mainstay_queue_paused", "1 while nothing of the queue is taken", queue.paused_at ? 1 : 0, {});
    }
    samples.push_back({"mainstay_jobs_counted_in_part", "1 when there is more work than is counted",
                       Sample::Type::gauge, counted >= rows_max ? 1.0 : 0.0});
    samples_ = std::move(samples);
}

}  // namespace mainstay::app
