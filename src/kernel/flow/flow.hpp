// Flow: one engine for all durable work. A job is a row that its caller's transaction wrote; a workflow is a graph of
// nodes whose state is checkpointed after each one, in the same transaction as the node's own rows. Guarantees that
// accepted work is carried out to its end once in effect, whatever is killed in between.
#pragma once
#include "kernel/events/events.hpp"
#include "kernel/storage/storage.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::flow {

using JobId = Id<"job">;
using RunId = Id<"run">;

enum class JobState { waiting, running, completed, dead, cancelled };
BOOST_DESCRIBE_ENUM(JobState, waiting, running, completed, dead, cancelled)
enum class RunState { pending, running, completed, failed, cancelled };
BOOST_DESCRIBE_ENUM(RunState, pending, running, completed, failed, cancelled)

// When and how often a job or a node is tried again.
struct RetryPolicy {
    std::int64_t max_attempts = 5;
    Duration first_delay = seconds(1);
    double factor = 2.0;
    Duration longest_delay = minutes(10);
    double jitter = 0.2;  // of the delay, either way
};

// The wait before attempt number `attempt` (2 is the first retry); `random` is from 0 to 1.
Duration delay_before(RetryPolicy const&, std::int64_t attempt, double random);

struct JobOptions {
    std::int64_t priority = 0;  // higher first
    Instant run_at{};           // unset: now
    std::string unique_key;     // while a job of the kind with this key is not finished, another is not enqueued
};

// Thrown by a handler whose work cannot succeed however often it is tried: the job is dead, the run failed.
class Discard : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Thrown out of a handler or a step that lost its lease: whatever it was about to write is not written.
class LeaseLost : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The lease under which a job runs, as its handler sees it.
class Context {
public:
    virtual ~Context() = default;
    virtual Database& database() = 0;
    virtual TenantId tenant() const = 0;
    virtual std::int64_t attempt() const = 0;  // from 1; counted before the run
    virtual bool is_cancelled() const = 0;     // also true when the lease is lost or the engine drains too long
    virtual Duration time_left() const = 0;
    // Adds rows to the transaction that ends this job or node; may run more than once, touches its transaction alone.
    virtual void write(std::function<void(Transaction&)>) = 0;
    // A small transaction of its own, fenced: throws LeaseLost when another has taken over. For progress.
    virtual void write_now(std::function<void(Transaction&)>) = 0;
};

struct JobKind {
    std::string name;  // the payload's table name
    std::string queue = "default";
    RetryPolicy retry;
    Duration time_limit = minutes(5);
    std::function<void(Context&, std::string const& payload)> run;
};

JobId enqueue_text(Transaction&, std::string_view kind, std::string payload, JobOptions const& = {});

template <class Payload>
JobId enqueue(Transaction& tx, Payload const& payload, JobOptions const& options = {}) {
    return enqueue_text(tx, table_of(&payload).name, fields::to_json(payload), options);
}

template <class Payload, class F>
JobKind job_kind(F handler) {
    JobKind kind;
    kind.name = table_of(static_cast<Payload const*>(nullptr)).name;
    kind.run = [handler](Context& context, std::string const& payload) {
        handler(context, fields::from_json<Payload>(payload));
    };
    return kind;
}

// --- workflows -----------------------------------------------------------------------------------------------------

inline constexpr std::string_view end = "";  // the edge that leaves the graph

struct Node {
    std::string name;
    std::function<void(Context&, std::string& state)> run;
    std::function<std::string(std::string const& state)> next;  // name of the next node, or `end`
    std::vector<std::string> targets;  // all that next may give: checked when the graph is added
    RetryPolicy retry{.max_attempts = 3};
    Duration time_limit = minutes(10);
};

// A graph with its state's type taken away. Runs that began under a version are carried on under it.
struct Graph {
    std::string name;
    std::int64_t version = 1;
    std::string first;
    std::int64_t steps_max = 10'000;  // a run that takes more has lost its way and fails
    std::map<std::string, Node> nodes;
    // Rows of the owner that mirror the run, in the same transaction: called when a node begins (its name), and at
    // the end with `end` and the final state.
    std::function<void(Transaction&, RunId, std::string const& state, std::string_view node, RunState,
                       std::string const& error)>
        on_change;
};

// Reads like the graph it draws:
//
//     auto graph = flow::GraphBuilder<State>("migration", 1)
//         .node("testing", run_tests).then_if("rebuilding", [](State const& s) { return s.must_rebuild();
//         }).otherwise("evaluation") .node("evaluation", evaluate).then(flow::end) .build();
template <class State>
class GraphBuilder;

RunId start_run_text(Transaction&, Graph const&, std::string state, JobOptions const& = {});

template <class State>
RunId start_run(Transaction& tx, Graph const& graph, State const& state, JobOptions const& options = {}) {
    return start_run_text(tx, graph, fields::to_json(state), options);
}

// Asks a run to end; nodes see is_cancelled(). False when it has ended already.
bool cancel_run(Transaction&, RunId);
// Takes a failed or cancelled run up again at the node where it stopped. False when it is neither.
bool retry_run(Transaction&, Graph const&, RunId);

struct Run {
    RunId id;
    std::string graph;
    std::int64_t version = 0;
    RunState state = RunState::pending;
    std::string node;  // the one that runs or runs next
    std::int64_t steps = 0;
    JsonText data;  // the graph's state
    std::optional<std::string> error;
    Instant created_at;
    std::optional<Instant> finished_at;
};
fields::Table const& table_of(Run const*);
std::optional<Run> find_run(Snapshot&, RunId);

struct Step {
    std::int64_t number = 0;
    std::string node;
    std::int64_t attempt = 0;
    Instant started_at;
    std::optional<Instant> finished_at;
    std::optional<std::string> error;
    JsonText changes;  // members of the state that the node changed
};
fields::Table const& table_of(Step const*);
std::vector<Step> steps_of(Snapshot&, RunId);

// --- the engine ----------------------------------------------------------------------------------------------------

struct EngineOptions {
    std::size_t workers = 4;
    Duration lease = seconds(30);       // renewed at a third of it
    Duration poll = milliseconds(500);  // PostgreSQL; SQLite keeps ready jobs in memory
    std::size_t claim_at_most = 100;
    Duration kept = days(7);  // finished jobs and runs
};

struct EngineCounters {
    std::uint64_t waiting = 0, running = 0, completed_total = 0, failed_total = 0, dead_total = 0,
                  leases_lost_total = 0;
};

class Engine {
public:
    Engine(Database&, Clock&, EngineOptions);
    ~Engine();
    void add(JobKind);
    void add(Graph const&);  // kept by the caller, for the engine's life
    void start();
    // No new work is taken; what runs gets `grace` to end, then sees is_cancelled() and is left for another.
    void drain(Duration grace);
    EngineCounters counters() const;
    std::function<void(std::string_view level, std::string_view text)> log = [](auto, auto) {};

    // For tests with a manual clock: carries out everything that is ready, on the calling thread, until nothing is.
    void run_until_idle();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::span<Migration const> migrations();

}  // namespace mainstay::flow

#include "kernel/flow/graph_builder.hpp"
