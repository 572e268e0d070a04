// The engine's insides. One thread (the dispatcher) completes and claims in batches, a transaction a round; on
// PostgreSQL another claims for newcomers meanwhile; workers run what was claimed; the keeper renews leases and prunes.
// Within flow alone.
#pragma once
#include "kernel/flow/engine.hpp"
#include "kernel/flow/lease.hpp"
#include "kernel/flow/pruner.hpp"
#include "kernel/flow/ready_memory.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

namespace mainstay::flow {

inline constexpr Duration prefetch_horizon = milliseconds(10);  // claimed ahead: what the workers begin within it
inline constexpr Duration marking_pause = milliseconds(20);     // between two looks for what has become due
inline constexpr Duration error_pause = milliseconds(200);      // after a transaction that failed
inline constexpr int service_unavailable = 503;                 // of a Fault: the same may succeed later
inline constexpr int write_tries_max = 20;                      // while the database is too busy
inline constexpr Duration prune_pause = hours(1);               // between two walks through all tenants
inline constexpr int prune_slices_max = 20;                     // of one walk in a row

class Engine::Impl {
public:
    Impl(Engine const&, Database&, Clock&, EngineOptions);
    ~Impl();

    void add(JobKind);
    void add(Graph const&);
    Graph const* find_graph(std::string_view name, std::int64_t version) const;
    std::string const& queue() const { return options_.queue; }
    void start();
    void drain(Duration grace);
    void wake();
    EngineCounters counters() const;
    void run_until_idle();

private:
    struct Known {
        JobKind job;
        Graph const* graph = nullptr;
    };
    struct Round {
        std::vector<LeasePtr> finished;
        std::vector<Ready> candidates;  // from memory
        std::size_t want = 0;
        bool marks_due = false;                                                      // PostgreSQL
        std::map<std::int64_t, std::vector<std::string>, std::greater<>> newcomers;  // the same, of a round beside
        ClaimTerms terms;
        Duration begun;
        // What came of it:
        std::vector<Claim> claims;
        std::vector<Ready> missed;
        std::size_t parked = 0;                       // PostgreSQL
        std::map<std::int64_t, std::string> cursors;  // the same
        std::set<std::string> lost;                   // of the finished ones
    };
    struct ClaimedAhead {
        std::int64_t priority;
        Uuid tenant;
        std::uint64_t number;  // in the order of the claims
        LeasePtr lease;

        bool operator<(ClaimedAhead const& other) const { return number < other.number; }
    };
    using Turn = std::pair<std::int64_t, Uuid>;  // of a tenant's work of one priority
    struct RunEnd {
        RunState state = RunState::running;
        std::string error;
    };

    // engine.cpp
    void prepare();
    void on_ready(std::span<Ready const>);
    void note_newcomer(Ready const&);
    void on_cancel(std::string const& id);
    void on_cancel_elsewhere(std::string const& id);
    void on_queue_changed(QueueChanged const&);
    void work_loop();
    KindCounters& counters_of(Lease const& lease) { return counters_.kinds[lease.kind]; }  // the mutex is held
    void log(std::string_view level, std::string const& text) const { engine_.log(level, text); }

    // engine_dispatch.cpp
    void dispatch_loop();
    std::size_t wanted() const;
    std::size_t room() const;  // for claims, at most claim_at_most
    std::size_t claimed_ahead_at_most() const;
    bool may_take_abandoned() const { return suspects_held_ == 0; }
    bool has_due();
    Duration until_next_look();
    void newcomer_loop();
    enum class Place { ordinary, beside };  // beside an ordinary round: of newcomers alone
    void take_finished(Round&, std::size_t at_most);
    Round begin_round(std::size_t want, Place);
    void run_round(Round&);
    static void note_missed(Snapshot&, Round&);
    void end_round(Round&);
    void undo_round(Round&);
    void load_ready();
    bool try_load_ready();
    void give_back_buffer();

    // engine_jobs.cpp
    void carry_out(LeasePtr const&);
    void carry_out_job(LeasePtr const&, JobKind const&);
    void write(Lease const&, std::function<void(Transaction&)> const&);
    template <class Work>
    void end_lease(LeasePtr const&, Work const& work);  // the work's last act ends the lease in the table
    void end_job(Lease const&, JobEvent, std::string const& error, LeaseContext const* writes);
    bool may_still(Lease const&, std::string const& permission);
    void put_back_failed(Lease const&, RetryPolicy const&, Attempt const&);
    void log_failed(Lease const&, std::string const& what, std::int64_t attempt, std::int64_t max_attempts,
                    std::string const& error) const;
    void forget(LeasePtr const&);
    void abandon(LeasePtr const&, std::string const& why);

    // engine_runs.cpp
    void carry_out_run(Lease&, Graph const&);
    bool step_run(Lease&, Graph const&, RunRow&);
    void begin_run(Lease const&, Graph const&, RunRow&);
    bool checkpoint(Lease&, Graph const&, RunRow&, Step const&, std::string state, std::string const& next,
                    LeaseContext const&);
    void end_run(Lease const&, Graph const&, RunRow&, RunEvent, std::string const& error, Step const*);
    void retry_node(Lease const&, RetryPolicy const&, RunRow&, Step const&, std::optional<Duration> delay);

    // engine_waits.cpp
    struct Met {
        Outcome outcome;
        Instant opened_at;
        std::string failure;  // set: the run fails
    };
    void begin_wait(Lease&, Graph const&, RunRow&, Pause const&);
    std::optional<Met> meet_wait(Lease const&, Graph const&, RunRow&);
    void gather_children(Transaction&, WaitRow const&, Met&) const;
    void lease_passed(Lease&);

    // engine_schedules.cpp
    void carry_out_schedule(Lease&);
    bool fire_schedule(Lease const&, ScheduleId);
    bool end_firing(Lease const&, ScheduleId, std::string const& failure);
    void make_all(Transaction&, ScheduleRecord&, Firing const&) const;

    // engine_keeper.cpp
    void keep_loop();
    void renew_leases();
    void prune();

    Engine const& engine_;
    Database& database_;
    Clock& clock_;
    EngineOptions const options_;
    std::string const owner_;
    std::map<std::string, Known, std::less<>> known_;
    std::string kinds_;  // as a JSON array
    bool is_prepared_ = false;
    Pruner pruner_;           // of the keeper alone
    Duration next_prune_{0};  // the same
    Duration next_renewal_{0};

    mutable std::mutex mutex_;  // over what follows, up to the next blank line
    std::condition_variable dispatch_, newcomer_, work_, keep_, changed_;
    std::optional<ReadyMemory> memory_;            // SQLite
    bool is_paused_ = false;                       // the same
    std::map<std::int64_t, std::string> cursors_;  // PostgreSQL: as ClaimTerms has them
    Duration next_marking_{0};                     // the same: of what has become due
    bool is_hinted_ = true;                        // PostgreSQL: there may be work
    Duration next_look_{0};                        // the same, at the latest
    Turns<ClaimedAhead> buffer_;                   // claimed and not begun
    std::uint64_t claims_numbered_ = 0;
    std::set<Turn> served_;           // SQLite: in the last round that claimed anything
    std::set<Turn> newcomers_;        // have become due, and neither were served then nor stand in the buffer
    std::vector<LeasePtr> finished_;  // done, to be completed by the dispatcher
    std::unordered_map<std::string, LeasePtr> held_;
    std::size_t suspects_held_ = 0;
    std::size_t busy_ = 0;
    int rounds_open_ = 0;
    std::set<std::string> cancels_meanwhile_;  // asked for while a round was open
    std::int64_t mean_run_us_ = prefetch_horizon.us;
    bool is_keeper_stopping_ = false;
    EngineCounters counters_;

    std::atomic<bool> is_stopping_ = false;  // written with the mutex
    std::atomic<bool> is_draining_ = false;
    std::vector<std::thread> workers_;
    std::thread dispatcher_, keeper_;
    std::thread newcomer_dispatcher_;            // PostgreSQL
    std::vector<Signals::Listening> listening_;  // the last: it calls into all of the above
};

}  // namespace mainstay::flow
