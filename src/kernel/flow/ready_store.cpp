// The ready index: claims, fences and leases.
#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {
namespace {

using fields::field;

[[noreturn]] void lose(Hold const& hold) {
    throw LeaseLost(hold.id + " was taken over by another");
}

// Walks down the priorities that occur, so that work of the future under one of them is never read.
constexpr Sql claim_statement(std::string_view(), R"(
    WITH RECURSIVE levels (priority) AS (
        (SELECT priority FROM flow_ready WHERE queue = :queue ORDER BY priority DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT below.priority FROM flow_ready below
                 WHERE below.queue = :queue AND below.priority < levels.priority
                 ORDER BY below.priority DESC LIMIT 1)
          FROM levels WHERE levels.priority IS NOT NULL
    ), picked AS (
        SELECT turn.id, turn.is_free, turn.run_at, turn.priority
          FROM levels CROSS JOIN LATERAL (
               SELECT id, owner IS NULL AS is_free, run_at, priority FROM flow_ready
                WHERE queue = :queue AND priority = levels.priority AND run_at <= :now
                  AND (owner IS NULL OR CAST(:may_take_abandoned AS BOOLEAN))
                  AND kind IN (SELECT json_array_elements_text(CAST(:kinds AS json)))
                  AND id NOT IN (SELECT json_array_elements_text(CAST(:held AS json)))
                ORDER BY run_at LIMIT :at_most FOR UPDATE SKIP LOCKED) turn
         LIMIT :at_most
    ), ranked AS (
        SELECT id, run_at, is_free,
               row_number() OVER (PARTITION BY is_free ORDER BY priority DESC, run_at) AS rank FROM picked
    ), claimed AS (
        UPDATE flow_ready
           SET owner = :owner, run_at = :lease_until, attempts = attempts + 1, fence = fence + 1,
               abandoned = CASE WHEN is_free THEN abandoned ELSE abandoned + 1 END
          FROM ranked
         WHERE flow_ready.id = ranked.id AND (is_free OR rank = 1)
     RETURNING flow_ready.id, tenant, kind, priority, fence, attempts, abandoned, is_cancelled,
               ranked.run_at AS was_due_at
    )
    SELECT claimed.id, claimed.tenant, claimed.kind, claimed.priority, claimed.fence, claimed.attempts,
           claimed.abandoned, claimed.is_cancelled, flow_jobs.payload
      FROM claimed LEFT JOIN flow_jobs ON flow_jobs.tenant_id = claimed.tenant AND flow_jobs.id = claimed.id
     ORDER BY claimed.priority DESC, claimed.was_due_at)");

constexpr Sql renew_one(R"(
    UPDATE flow_ready SET run_at = :until WHERE id = :id AND fence = :fence AND owner IS NOT NULL
 RETURNING id, is_cancelled)");
constexpr Sql renew_at_once(std::string_view(), R"(
    UPDATE flow_ready SET run_at = :until
      FROM json_to_recordset(CAST(:holds AS json)) AS held (id TEXT, fence BIGINT)
     WHERE flow_ready.id = held.id AND flow_ready.fence = held.fence AND owner IS NOT NULL
 RETURNING flow_ready.id, is_cancelled)");

}  // namespace

fields::Table const& table_of(Ready const*) {
    static fields::Table const table{
        "FlowReady",
        {field("id", &Ready::id, ""), field("tenant", &Ready::tenant, ""), field("queue", &Ready::queue, ""),
         field("kind", &Ready::kind, ""), field("priority", &Ready::priority, ""), field("run_at", &Ready::run_at, ""),
         field("is_abandoned", &Ready::is_abandoned, "")}};
    return table;
}

fields::Table const& table_of(Hold const*) {
    static fields::Table const table{"FlowHold", {field("id", &Hold::id, ""), field("fence", &Hold::fence, "")}};
    return table;
}

fields::Table const& table_of(Claim const*) {
    static fields::Table const table{
        "FlowClaim",
        {field("id", &Claim::id, ""), field("tenant", &Claim::tenant, ""), field("kind", &Claim::kind, ""),
         field("priority", &Claim::priority, ""), field("fence", &Claim::fence, ""),
         field("attempts", &Claim::attempts, ""), field("abandoned", &Claim::abandoned, ""),
         field("is_cancelled", &Claim::is_cancelled, ""), field("payload", &Claim::payload, "")}};
    return table;
}

fields::Table const& table_of(Renewed const*) {
    static fields::Table const table{
        "FlowRenewed", {field("id", &Renewed::id, ""), field("is_cancelled", &Renewed::is_cancelled, "")}};
    return table;
}

void insert_ready(Transaction& tx, Ready const& ready, std::int64_t fence) {
    tx.execute(R"(
        INSERT INTO flow_ready (id, tenant, queue, kind, priority, run_at, fence, attempts, abandoned, is_cancelled)
        VALUES (:id, :tenant_id, :queue, :kind, :priority, :run_at, :fence, 0, 0, FALSE))",
               bind("id", ready.id), bind("tenant_id", ready.tenant), bind("queue", ready.queue),
               bind("kind", ready.kind), bind("priority", ready.priority), bind("run_at", ready.run_at),
               bind("fence", fence));
    tx.tell(ready);
}

bool pass_fence(Transaction& tx, Hold const& hold) {
    auto const is_cancelled = tx.maybe_one<bool>(R"(
        UPDATE flow_ready SET fence = fence WHERE id = :id AND fence = :fence AND owner IS NOT NULL
     RETURNING is_cancelled)",
                                                 hold);
    if (!is_cancelled) lose(hold);
    return *is_cancelled;
}

bool pass_to_next_node(Transaction& tx, Hold const& hold) {
    auto const is_cancelled = tx.maybe_one<bool>(R"(
        UPDATE flow_ready SET attempts = 1, abandoned = 0 WHERE id = :id AND fence = :fence AND owner IS NOT NULL
     RETURNING is_cancelled)",
                                                 hold);
    if (!is_cancelled) lose(hold);
    return *is_cancelled;
}

void leave(Transaction& tx, Hold const& hold) {
    if (tx.execute("DELETE FROM flow_ready WHERE id = :id AND fence = :fence AND owner IS NOT NULL", hold) == 0)
        lose(hold);
}

void put_back(Transaction& tx, Hold const& hold, Instant run_at) {
    if (tx.execute(R"(
        UPDATE flow_ready SET owner = NULL, run_at = :run_at, abandoned = 0
         WHERE id = :id AND fence = :fence AND owner IS NOT NULL)",
                   hold, bind("run_at", run_at)) == 0)
        lose(hold);
}

void release(Transaction& tx, Hold const& hold) {
    if (tx.execute(R"(
        UPDATE flow_ready SET owner = NULL, run_at = :now, attempts = attempts - 1
         WHERE id = :id AND fence = :fence AND owner IS NOT NULL)",
                   hold, bind("now", tx.now())) == 0)
        lose(hold);
}

std::vector<Claim> claim_by_turn(Transaction& tx, ClaimTerms const& terms) {
    return tx.all<Claim>(claim_statement, bind("queue", terms.queue), bind("owner", terms.owner),
                         bind("kinds", terms.kinds), bind("held", terms.held),
                         bind("at_most", static_cast<std::int64_t>(terms.at_most)),
                         bind("may_take_abandoned", terms.may_take_abandoned), bind("now", tx.now()),
                         bind("lease_until", tx.now() + terms.lease));
}

std::optional<Claim> claim_one(Transaction& tx, std::string_view id, ClaimTerms const& terms) {
    auto claim = tx.maybe_one<Claim>(R"(
        UPDATE flow_ready
           SET owner = :owner, run_at = :lease_until, attempts = attempts + 1, fence = fence + 1,
               abandoned = CASE WHEN owner IS NULL THEN abandoned ELSE abandoned + 1 END
         WHERE id = :id AND run_at <= :now
     RETURNING id, tenant, kind, priority, fence, attempts, abandoned, is_cancelled, NULL AS payload)",
                                     bind("id", id), bind("owner", terms.owner), bind("now", tx.now()),
                                     bind("lease_until", tx.now() + terms.lease));
    if (claim && !is_run_kind(claim->kind))
        claim->payload =
            tx.maybe_one<std::string>("SELECT payload FROM flow_jobs WHERE tenant_id = :tenant_id AND id = :id",
                                      bind("tenant_id", claim->tenant), bind("id", id));
    return claim;
}

std::vector<Ready> list_ready(Snapshot& snapshot, std::string_view queue, std::int64_t at_most) {
    return snapshot.all<Ready>(R"(
        SELECT id, tenant, queue, kind, priority, run_at, owner IS NOT NULL AS is_abandoned FROM flow_ready
         WHERE queue = :queue
         ORDER BY CASE WHEN run_at <= :now THEN 0 ELSE 1 END, CASE WHEN run_at <= :now THEN -priority ELSE 0 END, run_at
         LIMIT :at_most)",
                               bind("queue", queue), bind("now", snapshot.now()), bind("at_most", at_most));
}

std::optional<Ready> find_ready(Snapshot& snapshot, std::string_view id) {
    return snapshot.maybe_one<Ready>(R"(
        SELECT id, tenant, queue, kind, priority, run_at, owner IS NOT NULL AS is_abandoned FROM flow_ready
         WHERE id = :id)",
                                     bind("id", id));
}

void expire_leases_of_others(Transaction& tx, std::string_view process) {
    tx.execute(R"(
        UPDATE flow_ready SET run_at = :now
         WHERE owner IS NOT NULL AND run_at > :now AND substr(owner, 1, length(:process)) <> :process)",
               bind("now", tx.now()), bind("process", process));
}

std::vector<Renewed> renew(Transaction& tx, std::vector<Hold> const& holds, Instant until, Database::Engine engine) {
    if (engine == Database::Engine::postgres)
        return tx.all<Renewed>(renew_at_once, bind("holds", fields::to_json(holds)), bind("until", until));
    std::vector<Renewed> renewed;
    for (auto const& hold : holds)
        if (auto row = tx.maybe_one<Renewed>(renew_one, hold, bind("until", until))) renewed.push_back(std::move(*row));
    return renewed;
}

}  // namespace mainstay::flow
