// Flow: one engine for all durable work. A job is a row that its caller's transaction wrote; a workflow is a graph of
// nodes whose state is checkpointed after each one, in the same transaction as the node's own rows. Guarantees that
// accepted work is carried out to its end once in effect, whatever is killed in between.
#pragma once
#include "kernel/events/events.hpp"
#include "kernel/storage/storage.hpp"

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

inline constexpr std::int64_t highest_priority = 100;  // the lowest is its negative
inline constexpr std::size_t payload_bytes_max = 256u << 10;
inline constexpr std::size_t state_bytes_max = 1u << 20;  // of a workflow's state as JSON

struct JobOptions {
    std::string queue = "default";  // carried out by the engines of this queue
    std::int64_t priority = 0;      // higher first
    Instant run_at = {};            // unset: now
    std::string unique_key = {};    // while one of the kind with this key is not finished, another is not enqueued
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
    // Whether to stop: it was cancelled, its lease is lost, its time is up, or the engine drains too long. A handler
    // that was told so and returns is taken as stopped half-way, not as done.
    virtual bool is_cancelled() const = 0;
    virtual Duration time_left() const = 0;
    // Adds rows to the transaction that ends this job or node; may run more than once, touches its transaction alone.
    virtual void write(std::function<void(Transaction&)>) = 0;
    // A small transaction of its own, fenced: throws LeaseLost when another has taken over. For progress.
    virtual void write_now(std::function<void(Transaction&)>) = 0;
};

struct JobKind {
    std::string name;  // the payload's table name
    RetryPolicy retry;
    Duration time_limit = minutes(5);
    std::function<void(Context&, std::string const& payload)> run;
};

// The id of the new job, or of the unfinished one that has the unique key.
JobId enqueue_text(Transaction&, std::string_view kind, std::string const& payload, JobOptions const& = {});

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

struct Job {
    JobId id;
    std::string kind;
    JobState state = JobState::waiting;
    std::int64_t attempts = 0;
    std::optional<Instant> run_at;  // unless finished: when it is taken next, or the end of its lease
    std::optional<std::string> last_error;
    Instant created_at;
    std::optional<Instant> finished_at;
};
fields::Table const& table_of(Job const*);
std::optional<Job> find_job(Snapshot&, JobId);

// A waiting job ends at once; a running one sees is_cancelled(). False when it has finished already.
bool cancel_job(Transaction&, JobId);
// Puts a dead or cancelled job back, its attempts counted anew. False when it is neither, or when its unique key is
// taken by another by now.
bool retry_job(Transaction&, JobId);

// --- workflows -----------------------------------------------------------------------------------------------------

inline constexpr std::string_view end = "";  // the edge that leaves the graph

struct Node {
    std::string name;
    std::function<void(Context&, std::string& state)> run;
    std::function<std::string(std::string const& state)> next;  // name of the next node, or `end`
    std::vector<std::string> targets;  // all that next may give: checked when the graph is added
    std::vector<std::string> labels;   // of the ways to them, for drawings; may be fewer
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

std::string to_mermaid(Graph const&);
std::string to_json(Graph const&);

// The id of the new run, or of the unfinished one that has the unique key.
RunId start_run_text(Transaction&, Graph const&, std::string state, JobOptions const& = {});

template <class State>
RunId start_run(Transaction& tx, Graph const& graph, State const& state, JobOptions const& options = {}) {
    return start_run_text(tx, graph, fields::to_json(state), options);
}

// A run that waits ends at once, on_change included; a running one sees is_cancelled() and ends behind its node. False
// when it has ended already.
bool cancel_run(Transaction&, Graph const&, RunId);
// Takes a failed or cancelled run up again at the node where it stopped, under its own version. False when it is
// neither, or when its unique key is taken by another by now.
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

// The event of each change of a run; its subject is the run's id.
struct RunChanged {
    static constexpr std::string_view event_type = "flow.run_changed";
    RunId run_id;
    std::string graph;
    RunState state = RunState::pending;
    std::string node;  // as Run::node
    std::int64_t steps = 0;
    std::optional<std::string> error;
};
fields::Table const& table_of(RunChanged const*);

// An attempt at a node that came to an end. One that was cut off by the end of its process leaves none.
struct Step {
    std::int64_t number = 0;  // from 1 within the run
    std::string node;
    std::int64_t attempt = 0;
    Instant started_at;
    Instant finished_at;
    std::optional<std::string> error;
    JsonText changes;  // the members of the state that the node changed, as they are now; null: removed
};
fields::Table const& table_of(Step const*);

inline constexpr std::int64_t steps_read_at_most = 500;
std::vector<Step> steps_of(Snapshot&, RunId, std::int64_t after_number = 0);

// --- the engine ----------------------------------------------------------------------------------------------------

struct EngineOptions {
    std::string queue = "default";  // work that must not wait behind other work has a queue and an engine of its own
    std::size_t workers = 4;
    Duration lease = seconds(30);       // renewed at a third of it
    Duration poll = milliseconds(500);  // for what other nodes enqueued; what this process enqueues is seen at once
    std::size_t claim_at_most = 100;
    Duration kept = days(7);  // finished jobs and runs
};

struct EngineCounters {
    std::uint64_t waiting = 0;  // that this process knows of
    std::uint64_t running = 0;
    std::uint64_t completed_total = 0;  // jobs and nodes
    std::uint64_t failed_total = 0;     // attempts
    std::uint64_t dead_total = 0;       // jobs and runs
    std::uint64_t leases_lost_total = 0;
    std::uint64_t leases_renewed_total = 0;
    std::uint64_t pruned_total = 0;
    bool is_draining = false;
};

// Clocks: leases are written in wall time, as all nodes must read them, and held in monotonic time: a holder whose
// renewals fail for a whole lease sees is_cancelled(), however the wall clock was set. When the wall clock jumps
// forward, work that is still held may be taken twice; when it jumps back, abandoned work waits longer. Neither does
// harm to the rows: whoever claimed last has the fence, and nothing of the other is written.
//
// Work that is found abandoned may be what killed its holder. It is taken up one at a time by each engine and never
// ahead of need, so that it cannot use up the attempts of the work that happened to be beside it.

class Engine {
public:
    Engine(Database&, Clock&, EngineOptions);
    ~Engine();  // drains without grace
    void add(JobKind);
    void add(Graph const&);  // kept by the caller, for the engine's life
    void start();
    // No new work is taken; what runs gets `grace` to end, then sees is_cancelled() and is left for another, its
    // attempt not counted. Returns when the last handler has.
    void drain(Duration grace);
    void wake();  // looks for work now: upon a hint from another node, or when a test has moved the clock
    EngineCounters counters() const;
    std::function<void(std::string_view level, std::string_view text)> log = [](auto, auto) {};

    // For tests with a manual clock: carries out everything that is ready, on the calling thread, until nothing is.
    void run_until_idle();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

std::span<Migration const> migrations();

}  // namespace mainstay::flow

#include "kernel/flow/graph_builder.hpp"
