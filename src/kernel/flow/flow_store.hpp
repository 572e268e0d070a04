// All of flow's SQL. What is done under a lease asks for its fence first, in the same transaction, and throws LeaseLost
// when another has taken over, so that nothing of a lost lease is written. Within flow alone.
#pragma once
#include "kernel/flow/firing_rules.hpp"
#include "kernel/flow/flow_rules.hpp"
#include "kernel/flow/words.hpp"

#include <array>
#include <set>

namespace mainstay::flow {

// Told when a queue was paused or resumed.
struct QueueChanged {
    std::string queue;
    bool is_paused = false;
};

inline constexpr std::int64_t large_read_at_once = 20;  // rows of up to state_bytes_max each

struct Hold {
    std::string id;
    std::int64_t fence = 0;
};
fields::Table const& table_of(Hold const*);

// A row of flow_ready as its claim left it, with the payload of a job.
struct Claim {
    std::string id;
    TenantId tenant;
    std::string kind;
    std::int64_t priority = 0;
    std::int64_t fence = 0;
    std::int64_t attempts = 0;
    std::int64_t abandoned = 0;
    bool was_held = false;  // by another, whose lease ran out
    bool is_cancelled = false;
    std::optional<std::string> concurrency_key;
    std::optional<std::int64_t> concurrency_limit;
    bool has_place = false;
    std::optional<std::string> originator;
    std::optional<std::string> payload;
};
fields::Table const& table_of(Claim const*);

// --- the ready index: ready_store.cpp ---

void insert_ready(Transaction&, Ready const&, std::int64_t fence, std::optional<Concurrency> const&);
void insert_many_ready(Transaction&, std::vector<std::string> const& ids, Ready const& like,
                       std::optional<Concurrency> const&);

// Each throws LeaseLost. The first two give whether a cancel was asked for.
bool pass_fence(Transaction&, Hold const&);
bool pass_to_next_node(Transaction&, Hold const&);  // counts the next node's first attempt
void leave(Transaction&, Hold const&);              // for good
void put_back(Transaction&, Hold const&, Instant run_at);
void put_to_wait(Transaction&, Hold const&, Instant run_at);  // its attempts counted anew
void release(Transaction&, Hold const&);                      // as if it had not been taken

// Work that nobody holds becomes ready now; quietly when there is none, or when it is held.
void wake(Transaction&, std::string_view id);
// The work ends at its next turn, which is now when nobody holds it.
void ask_to_cancel(Transaction&, std::string_view id);

struct ClaimTerms {
    std::string queue;
    std::string owner;
    std::string kinds;  // a JSON array
    std::string held;   // ids that this engine holds itself, a JSON array
    // PostgreSQL: the tenant that was served last, by priority's negative.
    std::map<std::int64_t, std::string> cursors;
    std::size_t at_most = 0;
    bool may_take_abandoned = false;
    Duration lease;
};
struct Claimed {
    std::vector<Claim> claims;  // of one priority
    std::size_t parked = 0;     // found no place under their key
    std::map<std::int64_t, std::string> cursors;
};
// In system scope. Both on PostgreSQL and read_committed: their decisions stand on rows that they lock.
Claimed claim_by_turn(Transaction&, ClaimTerms const&);
// Of these tenants alone, by priority; of the first priority of which there is any.
Claimed claim_of_tenants(Transaction&, ClaimTerms const&,
                         std::map<std::int64_t, std::vector<std::string>, std::greater<>> const& tenants);
std::int64_t mark_due(Transaction&, std::string_view queue);
// SQLite: those of them that may be taken, in their order.
std::vector<Claim> claim_these(Transaction&, std::span<Ready const>, ClaimTerms const&);
// On PostgreSQL, for the test of their plans: next rank, claim, mark, renew.
std::array<Sql, 4> ready_statements();
// Of these kinds (a JSON array) the first so many of each tenant in its turn, at most so many together.
std::vector<Ready> list_ready(Snapshot&, std::string_view queue, std::string const& kinds, std::int64_t at_most);
std::optional<Ready> find_ready(Snapshot&, std::string_view id);
// Ends the leases of processes that are gone; for SQLite, whose folder belongs to one process.
void expire_leases_of_others(Transaction&, std::string_view process);

struct Renewed {
    std::string id;
    bool is_cancelled = false;
};
fields::Table const& table_of(Renewed const*);
// Those of the leases that are held still, now until then.
std::vector<Renewed> renew(Transaction&, std::vector<Hold> const&, Instant until, Database::Engine);

// --- places and queues: places_store.cpp ---

// False when every place of the key is taken: the work is then parked.
bool take_place(Transaction&, Claim const&);
// Calls the first that is parked, as the next does for one that was called and does not come.
void free_place(Transaction&, TenantId, std::string_view concurrency_key);
void call_next(Transaction&, TenantId, std::string_view concurrency_key);
bool is_paused(Snapshot&, std::string_view queue);

// --- operators' lists: overview_store.cpp ---

std::array<Sql, 2> overview_statements();  // of jobs and of runs, for the test of their plans

// --- jobs: jobs_store.cpp ---

// Once the lease was left.
void finish_job(Transaction&, TenantId, Hold const&, std::int64_t attempts, JobState outcome,
                std::optional<std::string> const& error, std::optional<std::string> const& result);
void note_failure(Transaction&, Hold const&, std::string const& error);

struct Completion {
    std::string id;
    TenantId tenant_id;
    std::int64_t fence = 0;
    std::int64_t attempts = 0;
};
fields::Table const& table_of(Completion const*);
// Completes jobs of any tenants that have no rows of their own, no result and no place, in system scope; gives the
// number of those that were held still. The rest are left as they are.
std::size_t complete_jobs(Transaction&, std::vector<Completion> const&, Database::Engine);
Sql complete_statement();  // its own on PostgreSQL, for the test of its plan
// In the same transaction: those that were not held.
std::set<std::string> not_completed(Transaction&, std::vector<Completion> const&);

// --- runs: runs_store.cpp ---

struct RunRow {
    RunId id;
    std::string graph;
    std::int64_t version = 0;
    std::string queue;
    std::int64_t priority = 0;
    std::optional<std::string> unique_key;
    std::optional<std::string> concurrency_key;
    std::optional<std::int64_t> concurrency_limit;
    std::string originator;
    RunId root_id;
    std::optional<WaitId> parent_wait_id;
    std::string branch;
    std::int64_t position = 0;
    std::int64_t depth = 0;
    std::string until;
    std::optional<RunId> forked_from;
    std::optional<std::int64_t> forked_at_step;
    RunState state = RunState::pending;
    std::string node;
    std::optional<WaitId> wait_id;
    std::int64_t steps = 0;
    std::string first_node;
    std::string input;
    std::string data;
    std::optional<std::string> error;
    Instant created_at;
    std::optional<Instant> finished_at;
    std::int64_t fence = 0;
};
fields::Table const& table_of(RunRow const*);
std::optional<RunRow> load_run(Snapshot&, RunId);
RunRow new_run(Transaction&, Graph const&, std::string state, JobOptions const&);  // not in the table yet
void insert_run(Transaction&, Graph const&, RunRow const&, Instant run_at);
void announce_run(Transaction&, Graph const&, RunRow const&);  // by the graph's on_change and an event
// As it is given, and announces it; one that has ended is counted by the wait that it carries on for, and what it waits
// for itself is dropped.
void save_run(Transaction&, Graph const&, RunRow const&);
bool insert_step(Transaction&, RunId, Step const&);  // false: the run has a step of this number
void count_step(Transaction&, RunId, std::int64_t steps);

// --- waits: waits_store.cpp ---

WaitId open_wait(Transaction&, Graph const&, RunRow const&, Pause const&);
struct WaitRow {
    WaitId id;
    RunId run_id;
    std::string node;
    WaitKind kind = WaitKind::time;
    std::string name, subject;
    Instant opened_at;
    std::optional<Instant> due_at;
    std::optional<Instant> closed_at;
    std::optional<WaitOutcome> outcome;
    std::optional<std::string> answer;
    std::optional<std::string> answered_by;
    std::int64_t failed_children = 0;
    bool is_any = false;
};
fields::Table const& table_of(WaitRow const*);
std::optional<WaitRow> load_wait(Snapshot&, WaitId);
std::vector<RunRow> children_rows(Snapshot&, WaitId);
// False when it was closed before.
bool close_wait(Transaction&, WaitId, WaitOutcome);
void child_ended(Transaction&, RunRow const& child);
void drop_wait(Transaction&, WaitId);  // and cancels its children that have not ended
// For a run that is tried again: gives the wait that still holds. What was met stays met; of children, those that did
// not complete begin anew; any other wait is opened anew by the node. Throws Fault(errors::run_stopping).
std::optional<WaitId> take_up_wait(Transaction&, std::optional<WaitId>);

}  // namespace mainstay::flow
