// The graph of a workflow with its state's type taken away; GraphBuilder makes one. Included by flow.hpp.
#pragma once
#include "kernel/flow/work.hpp"

namespace mainstay::flow {

enum class RunState { pending, running, waiting, completed, failed, cancelled };
BOOST_DESCRIBE_ENUM(RunState, pending, running, waiting, completed, failed, cancelled)

inline constexpr std::string_view end = "";  // the edge that leaves the graph

struct Graph;

enum class Join { all, any };

// A run that a node starts and waits for.
struct ChildStart {
    Graph const* graph = nullptr;  // null: the same, from `first` to the node `until`
    std::string first, until;
    std::string branch;
    std::string state;
};
inline constexpr std::size_t children_max = 1'000;
inline constexpr std::int64_t depth_max = 8;  // of runs that start runs

// What a run waits for at a node.
struct Pause {
    enum class Kind { time, event, answer, children };
    Kind kind = Kind::time;
    Instant until = {};         // a time
    std::string name, subject;  // an event of this type about this subject, emitted since the run began, and behind
                                // the one that it took at the same node before
    std::string question;       // of an answer: JSON that is shown to who answers
    std::vector<ChildStart> children;
    Join join = Join::all;
    std::int64_t at_a_time = 0;  // children; 0: all
    std::optional<Duration> within;
};

struct Node {
    std::string name;
    // Set: the run waits here before `run`, whose context has the outcome.
    std::function<Pause(Context&, std::string const& state)> pause;
    std::function<void(Context&, std::string& state)> run;
    std::function<std::string(std::string const& state)> next;  // name of the next node, or `end`
    std::vector<std::string> targets;   // all that next may give: checked when the graph is added
    std::vector<std::string> labels;    // of the ways to them, for drawings; may be fewer
    std::vector<std::string> branches;  // nodes at which the pause's children begin
    std::optional<std::string>
        late;  // where the run goes on when nothing came in time, instead of `run`; else it fails
    std::function<void(std::string const& answer)> check_answer;  // throws Fault(errors::invalid_input)
    std::string answer_schema;                                    // the same as a JSON Schema
    RetryPolicy retry{.max_attempts = 3};
    Duration time_limit = minutes(10);  // of one attempt; past it the handler sees is_cancelled(), and has failed
};

// Runs that began under a version are carried on under it.
struct Graph {
    std::string name;
    std::int64_t version = 1;
    std::string first;
    std::int64_t steps_max = 10'000;  // a run that takes more has lost its way and fails
    std::map<std::string, Node> nodes;
    // Rows of the owner that mirror the run, in the same transaction: called when a node begins (its name), and at
    // the end with `end` and the final state. Not for the branches of a run.
    std::function<void(Transaction&, RunId, std::string const& state, std::string_view node, RunState,
                       std::string const& error)>
        on_change;
};

std::string to_mermaid(Graph const&);
// Its name, version and first node, and of each node the ways out of it.
std::string to_json(Graph const&);

}  // namespace mainstay::flow
