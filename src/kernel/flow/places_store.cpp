// Places under concurrency keys, and queues that are paused. Whoever takes or frees a place writes the key's row, so
// that one sees what the other did: work is parked only while every place is taken by what will free it.
#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {

bool take_place(Transaction& tx, Claim const& claim) {
    Hold const hold{claim.id, claim.fence};
    bool const is_taken = tx.execute(R"(
        INSERT INTO flow_places (tenant, concurrency_key, taken) VALUES (:tenant_id, :key, 1)
        ON CONFLICT (tenant, concurrency_key) DO UPDATE SET taken = flow_places.taken + 1
         WHERE flow_places.taken < :limit)",
                                     bind("tenant_id", claim.tenant), bind("key", claim.concurrency_key),
                                     bind("limit", claim.concurrency_limit)) > 0;
    if (is_taken) {
        tx.execute("UPDATE flow_ready SET has_place = TRUE WHERE id = :id AND fence = :fence", hold);
        return true;
    }
    // Whoever frees a place meanwhile meets this, and looks for what is parked once more.
    tx.execute("UPDATE flow_places SET taken = taken WHERE tenant = :tenant_id AND concurrency_key = :key",
               bind("tenant_id", claim.tenant), bind("key", claim.concurrency_key));
    tx.execute(R"(
        UPDATE flow_ready SET owner = NULL, run_at = :never, is_due = FALSE, is_parked = TRUE, attempts = attempts - 1
         WHERE id = :id AND fence = :fence)",
               hold, bind("never", never));
    return false;
}

void free_place(Transaction& tx, TenantId tenant, std::string_view concurrency_key) {
    tx.execute(R"(
        UPDATE flow_places SET taken = taken - 1 WHERE tenant = :tenant_id AND concurrency_key = :key)",
               bind("tenant_id", tenant), bind("key", concurrency_key));
    tx.execute("DELETE FROM flow_places WHERE tenant = :tenant_id AND concurrency_key = :key AND taken <= 0",
               bind("tenant_id", tenant), bind("key", concurrency_key));
    call_next(tx, tenant, concurrency_key);
}

void call_next(Transaction& tx, TenantId tenant, std::string_view concurrency_key) {
    auto const next =
        tx.maybe_one<Ready>(R"(
        UPDATE flow_ready SET is_parked = FALSE, run_at = :now, is_due = TRUE
         WHERE id = (SELECT id FROM flow_ready
                      WHERE tenant = :tenant_id AND concurrency_key = :key AND is_parked
                      ORDER BY priority DESC, id LIMIT 1)
     RETURNING id, tenant, queue, kind, priority, run_at, FALSE AS is_abandoned)",
                            bind("now", tx.now()), bind("tenant_id", tenant), bind("key", concurrency_key));
    if (next) tx.tell(*next);
}

void pause_queue(Transaction& tx, std::string_view queue, std::string_view by) {
    tx.execute(R"(
        INSERT INTO flow_paused_queues (queue, paused_at, paused_by) VALUES (:queue, :now, :by)
        ON CONFLICT (queue) DO NOTHING)",
               bind("queue", queue), bind("now", tx.now()), bind("by", by));
    tx.tell(QueueChanged{std::string(queue), true});
}

void resume_queue(Transaction& tx, std::string_view queue) {
    tx.execute("DELETE FROM flow_paused_queues WHERE queue = :queue", bind("queue", queue));
    tx.tell(QueueChanged{std::string(queue), false});
}

bool has_queue(Snapshot& snapshot, std::string_view queue) {
    return snapshot
        .maybe_one<std::string>(R"(
            SELECT queue FROM flow_paused_queues WHERE queue = :queue
            UNION ALL
            SELECT queue FROM flow_ready WHERE queue = :queue AND is_due
            UNION ALL
            SELECT queue FROM flow_ready WHERE queue = :queue AND NOT is_due
             LIMIT 1)",
                                bind("queue", queue))
        .has_value();
}

bool is_paused(Snapshot& snapshot, std::string_view queue) {
    return snapshot
        .maybe_one<std::int64_t>("SELECT paused_at FROM flow_paused_queues WHERE queue = :queue", bind("queue", queue))
        .has_value();
}

}  // namespace mainstay::flow
