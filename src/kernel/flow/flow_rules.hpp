// What flow decides without a database: the states of jobs and runs and what leads from one to the next, the waits
// between attempts, the checks of a graph, the difference of two states. Pure. Within flow alone.
#pragma once
#include "kernel/flow/jobs.hpp"
#include "kernel/flow/runs.hpp"

namespace mainstay::flow {

enum class JobEvent { claim, complete, fail, release, give_up, cancel, retry };
enum class RunEvent { begin, checkpoint, wait, complete, fail, cancel, retry };

// The one table of transitions each; nothing: the event does not happen in that state.
std::optional<JobState> next_state(JobState, JobEvent);
std::optional<RunState> next_state(RunState, RunEvent);

// The state that the event leads to. Throws std::logic_error when it does not happen in that state.
JobState after(JobState, JobEvent);
RunState after(RunState, RunEvent);

bool is_finished(JobState);
bool is_finished(RunState);

std::string_view name_of(JobState);
std::string_view name_of(RunState);

// How a handler came back, why it should have stopped by then, and what becomes of its attempt.
enum class Came { back, back_hopeless, back_with_error, back_without_lease };
enum class Stop { none, lease_lost, lease_expired, cancelled, time_up, draining };
enum class AttemptEnd { done, failed, hopeless, cancelled, released, lost };
AttemptEnd judge(Came, Stop, bool was_told);

// The kind under which a run stands in the ready index. It names graph and version, so that an engine that does not
// know them leaves the run alone.
std::string run_kind(std::string_view graph, std::int64_t version);
bool is_run_kind(std::string_view kind);
inline constexpr std::string_view schedule_kind = "schedule:";  // of all schedules
bool is_job_kind(std::string_view kind);                        // neither

// Throws std::logic_error: a target that is not a node, a node without a way out, one that cannot be reached.
void check_graph(Graph const&);

// The members of `after` that are new or differ from `before`, and null for those that are gone, as a JSON object.
// Nothing when one of the two is not a JSON object.
std::optional<std::string> changed_members(std::string_view before, std::string_view after);

// The state with the changes made, or nothing when one of the two is not a JSON object.
std::optional<std::string> apply_changes(std::string_view state, std::string_view changes);

struct Merge {
    std::string state;
    std::string conflict;  // set: which member two branches changed in different ways
};
// What the branches changed, in one state. Throws std::logic_error for what is not a JSON object.
Merge merge_branches(std::string_view state, std::vector<ChildResult> const&);

// Throws std::logic_error for what is past a limit of flow.hpp.
void check_options(JobOptions const&);
void check_pause(Graph const&, Pause const&);

// The number of the unique key's period, where it has one.
std::optional<std::int64_t> period_of(JobOptions const&, Instant now);

}  // namespace mainstay::flow
