// All of flow's SQL. What is done under a lease asks for its fence first, in the same transaction, and throws LeaseLost
// when another has taken over, so that nothing of a lost lease is written. Within flow alone.
#pragma once
#include "kernel/flow/flow_rules.hpp"

namespace mainstay::flow {

// Told to the engines of this process when work has become ready or will.
struct Ready {
    std::string id;  // of a job or of a run
    TenantId tenant;
    std::string queue;
    std::string kind;
    std::int64_t priority = 0;
    Instant run_at;
    bool is_abandoned = false;  // held by nobody known: run_at is the end of its lease
};
fields::Table const& table_of(Ready const*);

// Told when a running job or run is to be cancelled.
struct CancelAsked {
    std::string id;
};

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
    bool is_cancelled = false;
    std::optional<std::string> payload;
};
fields::Table const& table_of(Claim const*);

// --- the ready index ---

void insert_ready(Transaction&, Ready const&, std::int64_t fence);

// Each throws LeaseLost. The first two give whether a cancel was asked for.
bool pass_fence(Transaction&, Hold const&);
bool pass_to_next_node(Transaction&, Hold const&);  // counts the next node's first attempt
void leave(Transaction&, Hold const&);              // for good
void put_back(Transaction&, Hold const&, Instant run_at);
void release(Transaction&, Hold const&);  // as if it had not been taken

// In system scope.
struct ClaimTerms {
    std::string queue;
    std::string owner;
    std::string kinds;  // a JSON array
    std::string held;   // ids that this engine holds itself, a JSON array
    std::size_t at_most = 0;
    bool may_take_abandoned = false;
    Duration lease;
};
std::vector<Claim> claim_by_turn(Transaction&, ClaimTerms const&);                       // PostgreSQL
std::optional<Claim> claim_one(Transaction&, std::string_view id, ClaimTerms const&);    // SQLite
std::vector<Ready> list_ready(Snapshot&, std::string_view queue, std::int64_t at_most);  // in the order of their turn
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

// --- jobs ---

// In the tenant's scope, once the lease was left.
void finish_job(Transaction&, Hold const&, std::int64_t attempts, JobState outcome,
                std::optional<std::string> const& error);
void note_failure(Transaction&, Hold const&, std::string const& error);

struct Completion {
    std::string id;
    TenantId tenant_id;
    std::int64_t fence = 0;
    std::int64_t attempts = 0;
};
fields::Table const& table_of(Completion const*);
// Completes jobs of any tenants that have no rows of their own, in system scope; gives the number of those that were
// held still. The rest are left as they are.
std::size_t complete_jobs(Transaction&, std::vector<Completion> const&, Database::Engine);

// --- runs ---

struct RunRow {
    RunId id;
    std::string graph;
    std::int64_t version = 0;
    std::string queue;
    std::int64_t priority = 0;
    std::optional<std::string> unique_key;
    RunState state = RunState::pending;
    std::string node;
    std::int64_t steps = 0;
    std::string data;
    std::optional<std::string> error;
    Instant created_at;
    std::optional<Instant> finished_at;
    std::int64_t fence = 0;
};
fields::Table const& table_of(RunRow const*);
std::optional<RunRow> load_run(Snapshot&, RunId);
void announce_run(Transaction&, Graph const&, RunRow const&);  // by the graph's on_change and an event
void save_run(Transaction&, Graph const&, RunRow const&);      // as it is given, and announces it
void insert_step(Transaction&, RunId, Step const&);
void count_step(Transaction&, RunId, std::int64_t steps);

}  // namespace mainstay::flow
