#include "kernel/flow/flow_rules.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <cmath>

namespace mainstay::flow {
namespace {

struct JobTransition {
    JobState from;
    JobEvent event;
    JobState to;
};
constexpr JobTransition job_transitions[] = {
    {JobState::waiting, JobEvent::claim, JobState::running},
    {JobState::running, JobEvent::claim, JobState::running},  // its lease ran out: another takes over
    {JobState::running, JobEvent::complete, JobState::completed},
    {JobState::running, JobEvent::fail, JobState::waiting},
    {JobState::running, JobEvent::release, JobState::waiting},
    {JobState::running, JobEvent::give_up, JobState::dead},
    {JobState::waiting, JobEvent::cancel, JobState::cancelled},
    {JobState::running, JobEvent::cancel, JobState::cancelled},
    {JobState::dead, JobEvent::retry, JobState::waiting},
    {JobState::cancelled, JobEvent::retry, JobState::waiting},
};

struct RunTransition {
    RunState from;
    RunEvent event;
    RunState to;
};
constexpr RunTransition run_transitions[] = {
    {RunState::pending, RunEvent::begin, RunState::running},
    {RunState::waiting, RunEvent::begin, RunState::running},
    {RunState::running, RunEvent::checkpoint, RunState::running},
    {RunState::running, RunEvent::wait, RunState::waiting},
    {RunState::running, RunEvent::complete, RunState::completed},
    {RunState::pending, RunEvent::fail, RunState::failed},
    {RunState::running, RunEvent::fail, RunState::failed},
    {RunState::pending, RunEvent::cancel, RunState::cancelled},
    {RunState::running, RunEvent::cancel, RunState::cancelled},
    {RunState::waiting, RunEvent::cancel, RunState::cancelled},
    {RunState::failed, RunEvent::retry, RunState::pending},
    {RunState::cancelled, RunEvent::retry, RunState::pending},
};

constexpr std::string_view run_prefix = "run:";

}  // namespace

std::optional<JobState> next_state(JobState state, JobEvent event) {
    for (auto const& row : job_transitions)
        if (row.from == state && row.event == event) return row.to;
    return std::nullopt;
}

std::optional<RunState> next_state(RunState state, RunEvent event) {
    for (auto const& row : run_transitions)
        if (row.from == state && row.event == event) return row.to;
    return std::nullopt;
}

JobState after(JobState state, JobEvent event) {
    if (auto const next = next_state(state, event)) return *next;
    throw std::logic_error("a job that is " + std::string(name_of(state)) + " met an event it cannot meet");
}

RunState after(RunState state, RunEvent event) {
    if (auto const next = next_state(state, event)) return *next;
    throw std::logic_error("a run that is " + std::string(name_of(state)) + " met an event it cannot meet");
}

bool is_finished(JobState state) {
    return state != JobState::waiting && state != JobState::running;
}

bool is_finished(RunState state) {
    return state != RunState::pending && state != RunState::running && state != RunState::waiting;
}

std::string_view name_of(JobState state) {
    return boost::describe::enum_to_string(state, "");
}

std::string_view name_of(RunState state) {
    return boost::describe::enum_to_string(state, "");
}

AttemptEnd judge(Came came, Stop stop, bool was_told) {
    if (came == Came::back_without_lease || stop == Stop::lease_lost) return AttemptEnd::lost;
    if (came == Came::back_hopeless) return AttemptEnd::hopeless;
    if (stop == Stop::time_up) return AttemptEnd::failed;
    bool const has_error = came == Came::back_with_error;
    if (stop == Stop::cancelled && (was_told || has_error)) return AttemptEnd::cancelled;
    if (stop == Stop::draining && was_told) return AttemptEnd::released;
    // Whether another has taken over an expired lease, its fence will say.
    if (stop == Stop::lease_expired && was_told) return AttemptEnd::failed;
    return has_error ? AttemptEnd::failed : AttemptEnd::done;
}

Duration delay_before(RetryPolicy const& policy, std::int64_t attempt, double random) {
    if (attempt <= 1) return {};
    double const grown =
        static_cast<double>(policy.first_delay.us) * std::pow(policy.factor, static_cast<double>(attempt - 2));
    double const bounded = std::min(grown, static_cast<double>(policy.longest_delay.us));
    return {std::llround(bounded * (1.0 + policy.jitter * (2.0 * random - 1.0)))};
}

std::string run_kind(std::string_view graph, std::int64_t version) {
    return std::string(run_prefix) + std::string(graph) + '@' + std::to_string(version);
}

bool is_run_kind(std::string_view kind) {
    return kind.starts_with(run_prefix);
}

bool is_job_kind(std::string_view kind) {
    return !is_run_kind(kind) && !kind.starts_with(schedule_kind);
}

void check_options(JobOptions const& options) {
    if (options.queue.empty()) throw std::logic_error("a job needs a queue");
    if (options.priority > highest_priority || options.priority < -highest_priority)
        throw std::logic_error("a job's priority is past flow::highest_priority");
    if (options.unique_key.size() > key_bytes_max ||
        (options.concurrency && options.concurrency->key.size() > key_bytes_max))
        throw std::logic_error("a job's key is past flow::key_bytes_max");
    if (options.unique_period.us < 0 || (options.unique_period.us > 0 && options.unique_key.empty()))
        throw std::logic_error("a job's unique period needs a unique key");
    if (options.concurrency && (options.concurrency->key.empty() || options.concurrency->limit < 1))
        throw std::logic_error("a job's concurrency needs a key and a limit of at least 1");
}

std::optional<std::int64_t> period_of(JobOptions const& options, Instant now) {
    if (options.unique_period.us <= 0) return std::nullopt;
    return now.us / options.unique_period.us;
}

}  // namespace mainstay::flow
