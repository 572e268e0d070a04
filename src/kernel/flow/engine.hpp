// The engine that carries out what is enqueued. Included by flow.hpp.
#pragma once
#include "kernel/flow/graph.hpp"
#include "kernel/flow/jobs.hpp"
#include "kernel/flow/runs.hpp"

#include <array>

namespace mainstay::flow {

struct EngineOptions {
    std::string queue = "default";  // work that must not wait behind other work has a queue and an engine of its own
    std::size_t workers = 4;
    Duration lease = seconds(30);       // renewed at a third of it
    Duration poll = milliseconds(500);  // for what other nodes enqueued and for a clock that was set; what this process
                                        // enqueues is seen at once
    std::size_t claim_at_most = 100;
    Duration kept = days(7);          // finished jobs and runs
    Duration events_kept = days(30);  // as far as a wait looks back, and a page that follows
    bool prunes = true;               // of all queues: one engine of a process is enough
    // Whether the originator of a job may still do what its kind asks for; asked before each attempt.
    std::function<bool(Snapshot&, std::string const& originator, std::string const& permission)> may =
        [](auto&, auto&, auto&) { return true; };
};

// Of one kind: of a job, of a graph in one version ("run:NAME@VERSION"), or of all schedules ("schedule:").
struct KindCounters {
    static constexpr std::array run_seconds_bounds{0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1800.0};

    void note_run(Duration);

    std::uint64_t completed_total = 0;  // jobs, nodes and firings of schedules
    std::uint64_t failed_total = 0;     // attempts and firings
    std::uint64_t dead_total = 0;       // jobs and runs
    // Leases of others that ran out, and whose work this engine took over: each is counted once, whether its holder
    // comes back or not.
    std::uint64_t leases_lost_total = 0;
    // Of attempts at jobs, of nodes that a run went through in a row, and of firings, each with its last commit. By the
    // first bound that it does not pass; the last: longer.
    std::array<std::uint64_t, run_seconds_bounds.size() + 1> runs_by_bound{};
    double run_seconds_sum = 0;
};

struct EngineCounters {
    std::map<std::string, KindCounters> kinds;  // those that the engine knows
    std::uint64_t waiting = 0;                  // that this process knows of
    std::uint64_t running = 0;
    // Of all kinds:
    std::uint64_t completed_total = 0;  // jobs, nodes and firings of schedules
    std::uint64_t failed_total = 0;     // attempts and firings
    std::uint64_t dead_total = 0;       // jobs and runs
    std::uint64_t leases_lost_total = 0;
    std::uint64_t leases_renewed_total = 0;
    std::uint64_t pruned_total = 0;  // rows
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
    Graph const* find_graph(std::string_view name, std::int64_t version) const;  // null: not added
    std::string const& queue() const;
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

// As cancel_run with the run's graph, where the engine knows it. Else nobody may be left who does: a run that nobody
// holds ends at once without on_change, and so do those that it waits for.
bool cancel_run(Transaction&, Engine const&, RunId);

}  // namespace mainstay::flow
