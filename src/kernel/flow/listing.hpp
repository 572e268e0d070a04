// What is there, for people: jobs, runs and queues. Included by flow.hpp.
#pragma once
#include "kernel/flow/jobs.hpp"
#include "kernel/flow/runs.hpp"

namespace mainstay::flow {

// As lists show them: what is large is read one by one.
struct JobSummary : Job {};  // without its result
fields::Table const& table_of(JobSummary const*);
struct RunSummary : Run {};  // without its data
fields::Table const& table_of(RunSummary const*);

struct JobFilter {
    std::optional<JobState> state;
    std::optional<std::string> kind, queue;
};
// Newest first, from behind `before`.
std::vector<JobSummary> list_jobs(Snapshot&, JobFilter const&, std::optional<JobId> before, std::int64_t limit);

struct RunFilter {
    std::optional<RunState> state;
    std::optional<std::string> graph;
    std::optional<bool> waits_for_answer;  // itself, or one of the runs that it started
};
// Those that callers started, newest first, from behind `before`.
std::vector<RunSummary> list_runs(Snapshot&, RunFilter const&, std::optional<RunId> before, std::int64_t limit);

// One queue over all tenants.
inline constexpr std::int64_t queue_rows_counted_max = 1'000'000;
struct Queue {
    std::string queue;
    std::int64_t due = 0;     // could run now; what is held under a lease that ran out among them
    std::int64_t later = 0;   // waits for its time, for an event, an answer or other runs
    std::int64_t parked = 0;  // waits for a place under its concurrency key
    std::int64_t running = 0;
    std::optional<Instant> oldest_due_at;  // since when the first of the due ones waits
    std::optional<Instant> paused_at;
    std::optional<std::string> paused_by;
};
fields::Table const& table_of(Queue const*);
// All of the ready index is counted, up to so many rows of it.
std::vector<Queue> list_queues(Snapshot& system, std::int64_t rows_at_most = queue_rows_counted_max);

}  // namespace mainstay::flow
