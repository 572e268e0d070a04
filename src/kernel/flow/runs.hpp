// Runs of workflows: started, asked for, answered, cancelled, taken up again and forked in their caller's transaction.
// Included by flow.hpp.
#pragma once
#include "kernel/flow/graph.hpp"

namespace mainstay::flow {

using WaitId = Id<"wait">;

// The id of the new run, or of the unfinished one that has the unique key.
RunId start_run_text(Transaction&, Graph const&, std::string state, JobOptions const& = {});

template <class State>
RunId start_run(Transaction& tx, Graph const& graph, State const& state, JobOptions const& options = {}) {
    return start_run_text(tx, graph, fields::to_json(state), options);
}

// Each of the three throws std::logic_error when the graph is another than the run's, or of another version.

// A run that waits ends at once, on_change included; a running one sees is_cancelled() and ends behind its node. So do
// the runs it waits for. False when it has ended already.
bool cancel_run(Transaction&, Graph const&, RunId);
// Takes a failed or cancelled run up again at the node where it stopped, under its own version; of the runs that it
// waits for, those that did not complete. False when it is neither, or when its unique key is taken by another by now.
// Throws Fault(errors::run_stopping) while a run that it waits for is held by a worker that was told to stop.
bool retry_run(Transaction&, Graph const&, RunId);
// A new run that goes on from where another stood behind its step of that number, under the same version, in its queue,
// with its priority and its concurrency key. Nothing when there is no such step, when it failed, or when the run is a
// branch, which has no end but its join.
std::optional<RunId> fork_run(Transaction&, Graph const&, RunId, std::int64_t step);

enum class Answered { taken, closed, unknown };
// Gives a person's answer to what a run asked. `closed`: another was first, or it came too late. Throws
// Fault(errors::invalid_input) for what the node does not take.
Answered answer(Transaction&, Graph const&, WaitId, std::string const& answer_json, std::string_view answered_by);

struct Run {
    RunId id;
    std::string graph;
    std::int64_t version = 0;
    RunState state = RunState::pending;
    std::string node;  // the one that runs, runs next or waits
    std::int64_t steps = 0;
    JsonText data;  // the graph's state
    std::optional<std::string> error;
    std::string originator;
    RunId root_id;       // of a run that another started: the one where it began
    std::string branch;  // the same: which one it is
    std::optional<RunId> forked_from;
    std::optional<std::int64_t> forked_at_step;
    Instant created_at;
    std::optional<Instant> finished_at;
};
fields::Table const& table_of(Run const*);
std::optional<Run> find_run(Snapshot&, RunId);

// The event of each change of a run; its subject is the root's id.
struct RunChanged {
    static constexpr std::string_view event_type = "flow.run_changed";
    RunId run_id;
    std::string graph;
    RunState state = RunState::pending;
    std::string node;    // as Run::node
    std::string branch;  // as Run::branch
    std::int64_t steps = 0;
    std::optional<std::string> error;
};
fields::Table const& table_of(RunChanged const*);

// An attempt at a node that came to an end. One that was cut off by the end of its process leaves none.
struct Step {
    std::int64_t number = 0;  // from 1 within the run
    std::string node;
    std::optional<std::string> next;  // where it led; none: it failed
    std::int64_t attempt = 0;
    Instant started_at;  // of a node that waits: when the wait was opened
    Instant finished_at;
    std::optional<std::string> error;
    JsonText changes;  // the members of the state that the node changed, as they are now; null: removed
};
fields::Table const& table_of(Step const*);

inline constexpr std::int64_t steps_read_at_most = 500;
inline constexpr std::size_t steps_bytes_max = 4u << 20;  // of changes: the step that passes it is the last
std::vector<Step> steps_of(Snapshot&, RunId, std::int64_t after_number = 0);

enum class WaitKind { time, event, answer, children };
BOOST_DESCRIBE_ENUM(WaitKind, time, event, answer, children)
enum class WaitOutcome { met, late, dropped };  // dropped: the run ended
BOOST_DESCRIBE_ENUM(WaitOutcome, met, late, dropped)

struct Wait {
    WaitId id;
    RunId run_id;
    std::string graph;  // of that run, as is its version
    std::int64_t version = 0;
    std::string node;
    WaitKind kind = WaitKind::time;
    std::string name;     // of an event: its type
    std::string subject;  // of an event
    JsonText question;    // of an answer
    Instant opened_at;
    std::optional<Instant> due_at;
    std::optional<Instant> closed_at;
    std::optional<WaitOutcome> outcome;
    std::optional<std::string> answered_by;
    std::int64_t children = 0;
    std::int64_t open_children = 0;
};
fields::Table const& table_of(Wait const*);
inline constexpr std::int64_t waits_read_at_most = 1'000;
inline constexpr std::size_t waits_bytes_max = 4u << 20;  // of questions: the wait that passes it is the last
// Of the run; of one that a caller started also of all the runs that it waits for. The oldest first.
std::vector<Wait> open_waits_of(Snapshot&, Run const&);
std::optional<Wait> find_wait(Snapshot&, WaitId);

// Hands each event that is emitted to the runs that wait for it, within the transaction that emits it. One stands
// beside every database that may have runs, in each process.
class EventDelivery {
public:
    explicit EventDelivery(Database&);

private:
    Signals::Listening listening_;
};

}  // namespace mainstay::flow

namespace mainstay::errors {
inline constexpr ErrorCode run_stopping{
    "run_stopping", 409, "Runs that it waits for are still stopping",
    "They were cancelled with it and are at a node still. Send the request again after Retry-After seconds."};
}  // namespace mainstay::errors
