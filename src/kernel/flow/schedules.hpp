// Schedules: made, changed, paused and asked for in their caller's transaction. Each time that one comes due it makes a
// job or a run, once over all nodes, in the queue of its options. Included by flow.hpp.
//
// An engine of the queue schedules_queue fires the schedules of all tenants. It has to be given (Engine::add) the
// graphs that they start; the kinds of their jobs are the business of the engines that carry these out. A firing that
// cannot make what it should, as of a graph in a version that the engine does not know, is told by last_error and in
// the log, and the schedule goes on with its next time.
#pragma once
#include "kernel/flow/graph.hpp"
#include "kernel/flow/jobs.hpp"
#include "kernel/flow/schedule_rules.hpp"

namespace mainstay::flow {

using ScheduleId = Id<"sch">;

inline constexpr std::string_view schedules_queue = "schedules";
inline constexpr std::int64_t schedules_max = 1'000;  // of a tenant
inline constexpr std::size_t schedule_name_length_max = 100;
inline constexpr std::size_t schedule_input_bytes_max = payload_bytes_max;
inline constexpr std::size_t schedule_runs_shown = 5;

struct JobTarget {
    std::string kind;
    JsonText payload;
};
struct RunTarget {
    std::string graph;
    std::int64_t version = 1;  // each run begins under it, until the schedule is changed
    JsonText state;            // what it begins with
};
using ScheduleTarget = std::variant<JobTarget, RunTarget>;

struct NewSchedule {
    std::string name;  // unique within the tenant
    ScheduleSpec spec;
    ScheduleTarget target;
    JobOptions options = {};  // its run_at and unique key are the schedule's own business and stay unset
};

// What the schedule makes acts as the scope's actor. Throws Fault(errors::invalid_input) with pointers into
// NewSchedule, Fault(errors::conflict) for a name that is taken and past schedules_max.
ScheduleId create_schedule(Transaction&, NewSchedule const&);

// Gives the schedule all of this, and from now on it acts as the scope's actor. When other times than before are given,
// they count from now, and what was due by the old ones and has not been made is dropped. False when there is none.
// Throws as create_schedule does.
bool update_schedule(Transaction&, ScheduleId, NewSchedule const&);

// What it has made stays. False when there is none, as below.
bool delete_schedule(Transaction&, ScheduleId);

// What is missed in the pause becomes of it on resuming what the catch-up of the spec says.
bool pause_schedule(Transaction&, ScheduleId);
bool resume_schedule(Transaction&, ScheduleId);

// One firing beside its times, paused or not; asked for again before it was made, it stays one.
bool run_now(Transaction&, ScheduleId);

template <class Payload>
ScheduleId schedule_job(Transaction& tx, std::string name, ScheduleSpec spec, Payload const& payload,
                        JobOptions options = {}) {
    return create_schedule(
        tx, {std::move(name), std::move(spec),
             JobTarget{std::string(table_of(&payload).name), {fields::to_json(payload)}}, std::move(options)});
}

template <class State>
ScheduleId schedule_run(Transaction& tx, std::string name, ScheduleSpec spec, Graph const& graph, State const& state,
                        JobOptions options = {}) {
    return create_schedule(tx, {std::move(name), std::move(spec),
                                RunTarget{graph.name, graph.version, {fields::to_json(state)}}, std::move(options)});
}

struct ScheduleRecord {
    ScheduleId id;
    std::string name;
    ScheduleSpec spec;
    std::string description;         // of the spec: a short sentence
    std::vector<Instant> next_runs;  // schedule_runs_shown at most; none of a paused one
    std::optional<std::string> job_kind;
    std::optional<std::string> graph;
    std::optional<std::int64_t> version;
    JsonText input;
    std::string queue;
    std::int64_t priority = 0;
    std::optional<std::string> concurrency_key;
    std::optional<std::int64_t> concurrency_limit;
    std::string originator;
    Instant created_at;
    Instant changed_at;
    Instant anchored_at;  // when its times were given: what an interval counts from
    Instant done_until;   // everything that was due until then is done with
    std::optional<Instant> asked_at;
    std::optional<Instant> paused_at;
    std::optional<Instant> last_due_at;    // the time by which it last had to make something
    std::optional<Instant> last_fired_at;  // when it last did
    std::optional<std::string> last_job_id;
    std::optional<std::string> last_run_id;
    std::optional<std::string> last_error;  // of a firing that failed, until one succeeds
};
fields::Table const& table_of(ScheduleRecord const*);

std::optional<ScheduleRecord> find_schedule(Snapshot&, ScheduleId);
struct ScheduleFilter {
    std::optional<bool> is_paused = {};
    std::optional<std::string> job_kind = {}, graph = {};
};
// In the order of their making, behind the one that is given.
std::vector<ScheduleRecord> list_schedules(Snapshot&, ScheduleFilter const&, std::optional<ScheduleId> after,
                                           std::int64_t limit);

}  // namespace mainstay::flow
