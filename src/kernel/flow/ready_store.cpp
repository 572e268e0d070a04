// The ready index: claims, fences and leases.
#include "kernel/flow/flow_store.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace mainstay::flow {
namespace {

using fields::field;

[[noreturn]] void lose(Hold const& hold) {
    throw LeaseLost(hold.id + " was taken over by another");
}

// The next lower priority of which there is due work. The claim knows the priority as a rank, which is its negative, so
// that one index has both orders.
constexpr Sql next_rank(std::string_view(), R"(
    SELECT -priority FROM flow_ready WHERE queue = :queue AND is_due AND -priority > :rank ORDER BY -priority LIMIT 1)");

// Takes turns: the tenants that have work of the rank that may be taken, from behind the one that was served last, then
// those up to it. Each is one step down the index, and gives its share of what is wanted; at the end of the first lap
// (above every tenant's id) the second begins. Tenants that are named are gone to without a walk. Whether the queue is
// paused is asked in the same statement, as the next one may see more. Here and below rows are named by
// `id = ANY (ARRAY(...))` where a join would do: a plan that was made while the table was empty may begin a join with
// all of its rows.
constexpr Sql claim_statement(std::string_view(), R"(
    WITH RECURSIVE known (kinds) AS (
        SELECT ARRAY(SELECT json_array_elements_text(CAST(:kinds AS json)))
    ), walk (tenant, lap, is_turn) AS (
        SELECT CAST(:cursor AS TEXT) COLLATE "C", 0, FALSE WHERE CAST(:named AS TEXT) = ''
        UNION ALL
        SELECT coalesce(next.tenant, ''), CASE WHEN next.tenant IS NULL THEN lap + 1 ELSE lap END,
               next.tenant IS NOT NULL
          FROM walk LEFT JOIN LATERAL (
               SELECT tenant FROM flow_ready
                WHERE queue = :queue AND is_due AND -priority = :rank AND tenant > walk.tenant
                  AND tenant <= CASE WHEN walk.lap = 0 THEN chr(1114111) ELSE :cursor END
                  AND run_at <= :now AND (owner IS NULL OR CAST(:may_take_abandoned AS BOOLEAN))
                  AND kind = ANY (CAST((SELECT kinds FROM known) AS TEXT[]))
                ORDER BY tenant LIMIT 1) next ON TRUE
         WHERE lap < 2
    ), turns AS (
        SELECT tenant, lap FROM (
            SELECT tenant, lap FROM walk WHERE is_turn
            UNION ALL SELECT value, 2 FROM json_array_elements_text(
                CAST(CASE CAST(:named AS TEXT) WHEN '' THEN '[]' ELSE :named END AS json)) AS named (value)) tenants
         WHERE NOT EXISTS (SELECT 1 FROM flow_paused_queues WHERE queue = :queue)
         LIMIT :at_most
    ), picked AS (
        SELECT turn.id, turn.is_free, turn.run_at, turns.lap
          FROM turns CROSS JOIN LATERAL (
               SELECT id, owner IS NULL AS is_free, run_at FROM flow_ready
                WHERE queue = :queue AND is_due AND -priority = :rank AND tenant = turns.tenant
                  AND run_at <= :now
                  AND (owner IS NULL OR CAST(:may_take_abandoned AS BOOLEAN))
                  AND kind = ANY (CAST((SELECT kinds FROM known) AS TEXT[]))
                  AND id NOT IN (SELECT json_array_elements_text(CAST(:held AS json)))
                ORDER BY run_at
                LIMIT (SELECT ceil(CAST(:at_most AS DOUBLE PRECISION) / greatest(1, count(*))) FROM turns)
                  FOR UPDATE SKIP LOCKED) turn
         LIMIT :at_most
    ), ranked AS (
        SELECT id, run_at, is_free, lap, row_number() OVER (PARTITION BY is_free ORDER BY run_at) AS number FROM picked
    ), claimed AS (
        UPDATE flow_ready
           SET owner = :owner, run_at = :lease_until, is_due = FALSE, attempts = attempts + 1, fence = fence + 1,
               abandoned = CASE WHEN owner IS NULL THEN abandoned ELSE abandoned + 1 END
         WHERE id = ANY (ARRAY(SELECT id FROM ranked WHERE is_free OR number = 1))
     RETURNING id, tenant, kind, priority, fence, attempts, abandoned, is_cancelled, concurrency_key,
               concurrency_limit, has_place
    )
    SELECT claimed.id, claimed.tenant, claimed.kind, claimed.priority, claimed.fence, claimed.attempts,
           claimed.abandoned, NOT ranked.is_free AS was_held, claimed.is_cancelled, claimed.concurrency_key,
           claimed.concurrency_limit, claimed.has_place, flow_jobs.originator, flow_jobs.payload
      FROM claimed JOIN ranked ON ranked.id = claimed.id
           LEFT JOIN flow_jobs ON flow_jobs.tenant_id = claimed.tenant AND flow_jobs.id = claimed.id
     ORDER BY ranked.lap, claimed.tenant, ranked.run_at)");

constexpr Sql claim_by_id(R"(
    UPDATE flow_ready
       SET owner = :owner, run_at = :lease_until, is_due = FALSE, attempts = attempts + 1, fence = fence + 1,
           abandoned = CASE WHEN owner IS NULL THEN abandoned ELSE abandoned + 1 END
     WHERE id IN (SELECT value FROM json_each(:ids)) AND run_at <= :now AND (owner IS NOT NULL) = :was_held
 RETURNING id, tenant, kind, priority, fence, attempts, abandoned, :was_held AS was_held, is_cancelled, concurrency_key, concurrency_limit,
           has_place, NULL AS originator, NULL AS payload)",
                          std::string_view());
constexpr Sql texts_by_id(R"(
    SELECT flow_jobs.id, originator, payload
      FROM flow_ready JOIN flow_jobs ON flow_jobs.tenant_id = flow_ready.tenant AND flow_jobs.id = flow_ready.id
     WHERE flow_ready.id IN (SELECT value FROM json_each(:ids)))",
                          std::string_view());

constexpr Sql insert_many(R"(
    INSERT INTO flow_ready (id, tenant, queue, kind, priority, run_at, is_due, fence, attempts, abandoned, is_cancelled,
                            concurrency_key, concurrency_limit, has_place, is_parked)
    SELECT given.value, :tenant_id, :queue, :kind, :priority, :run_at, :is_due, 0, 0, 0, FALSE, :key, :limit, FALSE,
           FALSE
      FROM json_each(:ids) AS given)",
                          R"(
    INSERT INTO flow_ready (id, tenant, queue, kind, priority, run_at, is_due, fence, attempts, abandoned, is_cancelled,
                            concurrency_key, concurrency_limit, has_place, is_parked)
    SELECT json_array_elements_text(CAST(:ids AS json)), :tenant_id, :queue, :kind, :priority, :run_at, :is_due,
           0, 0, 0, FALSE, :key, :limit, FALSE, FALSE)");

constexpr Sql renew_one(R"(
    UPDATE flow_ready SET run_at = :until, is_due = FALSE WHERE id = :id AND fence = :fence AND owner IS NOT NULL
 RETURNING id, is_cancelled)");
constexpr Sql renew_at_once(std::string_view(), R"(
    WITH held AS (SELECT id, fence FROM json_to_recordset(CAST(:holds AS json)) AS given (id TEXT, fence BIGINT))
    UPDATE flow_ready SET run_at = :until, is_due = FALSE
     WHERE id = ANY (ARRAY(SELECT id FROM held)) AND owner IS NOT NULL
       AND fence = (SELECT held.fence FROM held WHERE held.id = flow_ready.id)
 RETURNING id, is_cancelled)");

// In order of time, so that what waited longest comes first when there is much.
constexpr std::int64_t due_marked_at_most = 1'000;
constexpr Sql mark_due_statement(std::string_view(), R"(
    UPDATE flow_ready SET is_due = TRUE
     WHERE id = ANY (ARRAY(SELECT id FROM flow_ready WHERE queue = :queue AND NOT is_due AND run_at <= :now
                            ORDER BY run_at LIMIT :at_most FOR UPDATE SKIP LOCKED)))");

struct Held {
    TenantId tenant;
    std::optional<std::string> concurrency_key;
    bool has_place = false;
};

fields::Table const& table_of(Held const*) {
    static fields::Table const table{
        "FlowHeld",
        {field("tenant", &Held::tenant, ""), field("concurrency_key", &Held::concurrency_key, ""),
         field("has_place", &Held::has_place, "")}};
    return table;
}

struct JobText {
    std::string id, originator, payload;
};

fields::Table const& table_of(JobText const*) {
    static fields::Table const table{"FlowJobText",
                                     {field("id", &JobText::id, ""), field("originator", &JobText::originator, ""),
                                      field("payload", &JobText::payload, "")}};
    return table;
}

std::pair<std::optional<std::string>, std::optional<std::int64_t>> key_and_limit(
    std::optional<Concurrency> const& concurrency) {
    if (!concurrency) return {};
    return {concurrency->key, concurrency->limit};
}

void free_place_of(Transaction& tx, Hold const& hold, std::optional<Held> const& held) {
    if (!held) lose(hold);
    if (!held->has_place) {  // cancelled before it could take the place that it was called to
        if (held->concurrency_key) call_next(tx, held->tenant, *held->concurrency_key);
        return;
    }
    tx.execute("UPDATE flow_ready SET has_place = FALSE WHERE id = :id", bind("id", hold.id));
    free_place(tx, held->tenant, held->concurrency_key.value_or(""));
}

bool is_without_place(Claim const& claim) {
    return claim.concurrency_key && !claim.has_place && !claim.is_cancelled;
}

// What found none is parked.
void find_places(Transaction& tx, std::span<Claim> claims) {
    std::vector<Claim*> in_order;
    for (auto& claim : claims)
        if (is_without_place(claim)) in_order.push_back(&claim);
    // Whoever takes several places takes them in one order, so that no two wait for each other.
    std::stable_sort(in_order.begin(), in_order.end(), [](Claim const* a, Claim const* b) {
        return std::tie(a->tenant, a->concurrency_key) < std::tie(b->tenant, b->concurrency_key);
    });
    for (auto* claim : in_order) claim->has_place = take_place(tx, *claim);
}

// `named`: a JSON array of tenants, or empty for all in their turn.
std::vector<Claim> claim_of_rank(Transaction& tx, ClaimTerms const& terms, std::int64_t rank, std::string const& cursor,
                                 std::string const& named) {
    return tx.all<Claim>(
        claim_statement, bind("queue", terms.queue), bind("owner", terms.owner), bind("kinds", terms.kinds),
        bind("held", terms.held), bind("rank", rank), bind("cursor", cursor), bind("named", named),
        bind("at_most", static_cast<std::int64_t>(terms.at_most)), bind("may_take_abandoned", terms.may_take_abandoned),
        bind("now", tx.now()), bind("lease_until", tx.now() + terms.lease));
}

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
         field("was_held", &Claim::was_held, ""), field("is_cancelled", &Claim::is_cancelled, ""),
         field("concurrency_key", &Claim::concurrency_key, ""),
         field("concurrency_limit", &Claim::concurrency_limit, ""), field("has_place", &Claim::has_place, ""),
         field("originator", &Claim::originator, ""), field("payload", &Claim::payload, "")}};
    return table;
}

fields::Table const& table_of(Renewed const*) {
    static fields::Table const table{
        "FlowRenewed", {field("id", &Renewed::id, ""), field("is_cancelled", &Renewed::is_cancelled, "")}};
    return table;
}

void insert_ready(Transaction& tx, Ready const& ready, std::int64_t fence,
                  std::optional<Concurrency> const& concurrency) {
    bool const is_due = ready.run_at <= tx.now();
    auto const [key, limit] = key_and_limit(concurrency);
    tx.execute(R"(
        INSERT INTO flow_ready (id, tenant, queue, kind, priority, run_at, is_due, fence, attempts, abandoned,
                                is_cancelled, concurrency_key, concurrency_limit, has_place, is_parked)
        VALUES (:id, :tenant_id, :queue, :kind, :priority, :run_at, :is_due, :fence, 0, 0, FALSE, :key, :limit, FALSE,
                FALSE))",
               bind("id", ready.id), bind("tenant_id", ready.tenant), bind("queue", ready.queue),
               bind("kind", ready.kind), bind("priority", ready.priority), bind("run_at", ready.run_at),
               bind("is_due", is_due), bind("fence", fence), bind("key", key), bind("limit", limit));
    tx.tell(ready);
}

void insert_many_ready(Transaction& tx, std::vector<std::string> const& ids, Ready const& like,
                       std::optional<Concurrency> const& concurrency) {
    bool const is_due = like.run_at <= tx.now();
    auto const [key, limit] = key_and_limit(concurrency);
    std::string const json = fields::to_json(ids);
    tx.execute(insert_many, bind("ids", json), bind("tenant_id", like.tenant), bind("queue", like.queue),
               bind("kind", like.kind), bind("priority", like.priority), bind("run_at", like.run_at),
               bind("is_due", is_due), bind("key", key), bind("limit", limit));
    std::vector<Ready> all(ids.size(), like);
    for (std::size_t i = 0; i < ids.size(); ++i) all[i].id = ids[i];
    tx.tell(std::move(all));
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
    free_place_of(tx, hold,
                  tx.maybe_one<Held>(R"(
        DELETE FROM flow_ready WHERE id = :id AND fence = :fence AND owner IS NOT NULL
     RETURNING tenant, concurrency_key, has_place)",
                                     hold));
}

void put_back(Transaction& tx, Hold const& hold, Instant run_at) {
    bool const is_due = run_at <= tx.now();
    free_place_of(tx, hold,
                  tx.maybe_one<Held>(R"(
        UPDATE flow_ready SET owner = NULL, run_at = :run_at, is_due = :is_due, abandoned = 0
         WHERE id = :id AND fence = :fence AND owner IS NOT NULL
     RETURNING tenant, concurrency_key, has_place)",
                                     hold, bind("run_at", run_at), bind("is_due", is_due)));
}

void put_to_wait(Transaction& tx, Hold const& hold, Instant run_at) {
    put_back(tx, hold, run_at);
    tx.execute("UPDATE flow_ready SET attempts = 0 WHERE id = :id", bind("id", hold.id));
}

void release(Transaction& tx, Hold const& hold) {
    free_place_of(tx, hold,
                  tx.maybe_one<Held>(R"(
        UPDATE flow_ready SET owner = NULL, run_at = :now, is_due = TRUE, attempts = attempts - 1
         WHERE id = :id AND fence = :fence AND owner IS NOT NULL
     RETURNING tenant, concurrency_key, has_place)",
                                     hold, bind("now", tx.now())));
}

void wake(Transaction& tx, std::string_view id) {
    auto const ready = tx.maybe_one<Ready>(R"(
        UPDATE flow_ready SET run_at = :now, is_due = TRUE WHERE id = :id AND owner IS NULL AND NOT is_parked
     RETURNING id, tenant, queue, kind, priority, run_at, FALSE AS is_abandoned)",
                                           bind("id", id), bind("now", tx.now()));
    if (ready) tx.tell(*ready);
}

void ask_to_cancel(Transaction& tx, std::string_view id) {
    tx.execute("UPDATE flow_ready SET is_cancelled = TRUE, is_parked = FALSE WHERE id = :id", bind("id", id));
    wake(tx, id);
    tx.tell(CancelAsked{std::string(id)});
}

Claimed claim_by_turn(Transaction& tx, ClaimTerms const& terms) {
    Claimed claimed;
    claimed.cursors = terms.cursors;
    // A priority whose work is all for others does not stand in the way of the next.
    std::optional<std::int64_t> rank = -highest_priority - 1;
    while (claimed.claims.empty() && claimed.parked == 0) {
        rank = tx.maybe_one<std::int64_t>(next_rank, bind("queue", terms.queue), bind("rank", *rank));
        if (!rank) break;
        auto& cursor = claimed.cursors[*rank];
        claimed.claims = claim_of_rank(tx, terms, *rank, cursor, {});
        if (claimed.claims.empty()) continue;
        cursor = claimed.claims.back().tenant.to_string();
        find_places(tx, claimed.claims);
        claimed.parked = std::erase_if(claimed.claims, is_without_place);
    }
    return claimed;
}

Claimed claim_of_tenants(Transaction& tx, ClaimTerms const& terms,
                         std::map<std::int64_t, std::vector<std::string>, std::greater<>> const& tenants) {
    Claimed claimed;
    claimed.cursors = terms.cursors;
    for (auto const& [priority, named] : tenants) {
        claimed.claims = claim_of_rank(tx, terms, -priority, {}, fields::to_json(named));
        find_places(tx, claimed.claims);
        claimed.parked += std::erase_if(claimed.claims, is_without_place);
        if (!claimed.claims.empty()) break;
    }
    return claimed;
}

std::array<Sql, 4> ready_statements() {
    return {next_rank, claim_statement, mark_due_statement, renew_at_once};
}

std::int64_t mark_due(Transaction& tx, std::string_view queue) {
    return tx.execute(mark_due_statement, bind("queue", queue), bind("now", tx.now()),
                      bind("at_most", due_marked_at_most));
}

std::vector<Claim> claim_these(Transaction& tx, std::span<Ready const> candidates, ClaimTerms const& terms) {
    if (candidates.empty()) return {};
    std::vector<std::string> ids;
    for (auto const& ready : candidates) ids.push_back(ready.id);
    std::string const json = fields::to_json(ids);
    auto const take = [&](bool was_held) {
        return tx.all<Claim>(claim_by_id, bind("ids", json), bind("owner", terms.owner), bind("now", tx.now()),
                             bind("lease_until", tx.now() + terms.lease), bind("was_held", was_held));
    };
    auto taken = take(false);
    if (taken.size() < candidates.size()) std::ranges::move(take(true), std::back_inserter(taken));
    auto texts = tx.all<JobText>(texts_by_id, bind("ids", json));  // of those that are jobs
    std::unordered_map<std::string_view, Claim*> claim_of;
    for (auto const& id : ids) claim_of.emplace(id, nullptr);
    for (auto& claim : taken) claim_of.at(claim.id) = &claim;
    for (auto& text : texts) {
        Claim* const claim = claim_of.at(text.id);
        if (claim == nullptr) continue;
        claim->originator = std::move(text.originator);
        claim->payload = std::move(text.payload);
    }
    std::vector<Claim> claims;
    for (auto const& id : ids)
        if (Claim* const claim = std::exchange(claim_of.at(id), nullptr)) claims.push_back(std::move(*claim));
    find_places(tx, claims);
    std::erase_if(claims, is_without_place);
    return claims;
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
