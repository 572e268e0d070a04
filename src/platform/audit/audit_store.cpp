// All SQL of the audit log.
#include "platform/audit/audit_store.hpp"

namespace mainstay::audit {
namespace {

using fields::field;

std::string text_of(std::optional<TenantId> id) {
    return id ? id->to_string() : std::string();
}

}  // namespace

fields::Table const& table_of(Seal const*) {
    static fields::Table const table{
        "AuditSeal",
        {field("number", &Seal::number, ""), field("lines", &Seal::lines, ""), field("hash", &Seal::hash, ""),
         field("sealed_at", &Seal::sealed_at, ""), field("pruned_at", &Seal::pruned_at, "")}};
    return table;
}

fields::Table const& table_of(Unsealed const*) {
    static fields::Table const table{
        "AuditUnsealed", {field("lines", &Unsealed::lines, ""), field("oldest_at", &Unsealed::oldest_at, "")}};
    return table;
}

void insert_line(Transaction& tx, TenantId of, Line const& line) {
    tx.execute(R"(
        INSERT INTO audit_log (tenant_id, id, actor_id, impersonator_id, action, object_id, status, code, before, after,
                               request_id, remote_address, user_agent, created_at, seal)
        VALUES (:of_tenant, :id, :actor_id, :impersonator_id, :action, :object_id, :status, :code, :before, :after,
                :request_id, :remote_address, :user_agent, :created_at, NULL)
        ON CONFLICT (tenant_id, id) DO NOTHING)",
               line, bind("of_tenant", of));
}

std::vector<Line> list_lines(Snapshot& snapshot, LineFilter const& filter, Order order, std::optional<AuditId> behind,
                             std::int64_t limit) {
    bool const is_upwards = order == Order::oldest_first;
    std::string const from = filter.from ? AuditId::first_at(*filter.from).to_string() : std::string();
    std::string const to = filter.to ? AuditId::first_at(*filter.to).to_string() : std::string("~");  // behind every id
    std::string const start = behind ? behind->to_string() : std::string(is_upwards ? "" : "~");
    auto const find = [&](auto const& statement) {
        return snapshot.all<Line>(statement, bind("behind", start), bind("from", from), bind("to", to),
                                  bind("actor_id", filter.actor_id), bind("action", filter.action),
                                  bind("object_id", filter.object_id), bind("code", filter.code), bind("limit", limit));
    };
    if (is_upwards)
        return find(R"(
        SELECT id, actor_id, impersonator_id, action, object_id, status, code, before, after, request_id,
               remote_address, user_agent, created_at, seal
          FROM audit_log
         WHERE tenant_id = :tenant AND id > :behind AND id >= :from AND id < :to
           AND (:actor_id = '' OR actor_id = :actor_id) AND (:action = '' OR action = :action)
           AND (:object_id = '' OR object_id = :object_id) AND (:code = '' OR code = :code)
         ORDER BY id
         LIMIT :limit)");
    return find(R"(
        SELECT id, actor_id, impersonator_id, action, object_id, status, code, before, after, request_id,
               remote_address, user_agent, created_at, seal
          FROM audit_log
         WHERE tenant_id = :tenant AND id < :behind AND id >= :from AND id < :to
           AND (:actor_id = '' OR actor_id = :actor_id) AND (:action = '' OR action = :action)
           AND (:object_id = '' OR object_id = :object_id) AND (:code = '' OR code = :code)
         ORDER BY id DESC
         LIMIT :limit)");
}

std::optional<Seal> last_seal(Snapshot& snapshot) {
    return snapshot.maybe_one<Seal>(R"(
        SELECT number, lines, hash, sealed_at, pruned_at FROM audit_seals
         WHERE tenant_id = :tenant ORDER BY number DESC LIMIT 1)");
}

std::vector<Seal> list_seals(Snapshot& snapshot, std::int64_t after, std::int64_t limit) {
    return snapshot.all<Seal>(R"(
        SELECT number, lines, hash, sealed_at, pruned_at FROM audit_seals
         WHERE tenant_id = :tenant AND number > :after ORDER BY number LIMIT :limit)",
                              bind("after", after), bind("limit", limit));
}

void insert_seal(Transaction& tx, Seal const& seal) {
    tx.execute(R"(
        INSERT INTO audit_seals (tenant_id, number, lines, hash, sealed_at, pruned_at)
        VALUES (:tenant, :number, :lines, :hash, :sealed_at, :pruned_at))",
               seal);
}

std::vector<Line> unsealed_lines(Snapshot& snapshot, std::int64_t limit) {
    return snapshot.all<Line>(R"(
        SELECT id, actor_id, impersonator_id, action, object_id, status, code, before, after, request_id,
               remote_address, user_agent, created_at, seal
          FROM audit_log WHERE tenant_id = :tenant AND seal IS NULL ORDER BY id LIMIT :limit)",
                              bind("limit", limit));
}

void mark_sealed(Transaction& tx, AuditId last, std::int64_t number) {
    tx.execute("UPDATE audit_log SET seal = :number WHERE tenant_id = :tenant AND seal IS NULL AND id <= :last",
               bind("number", number), bind("last", last));
}

std::vector<Line> lines_of_seal(Snapshot& snapshot, std::int64_t number) {
    return snapshot.all<Line>(R"(
        SELECT id, actor_id, impersonator_id, action, object_id, status, code, before, after, request_id,
               remote_address, user_agent, created_at, seal
          FROM audit_log WHERE tenant_id = :tenant AND seal = :number ORDER BY id LIMIT :limit)",
                              bind("number", number), bind("limit", lines_in_seal_max + 1));
}

std::int64_t prune_oldest_seal(Transaction& tx, Instant before) {
    auto const oldest = tx.maybe_one<std::int64_t>(R"(
        SELECT s.number AS number
          FROM audit_seals s
         WHERE s.tenant_id = :tenant AND s.sealed_at < :before
           AND s.number = (SELECT min(seal) FROM audit_log WHERE tenant_id = :tenant AND seal IS NOT NULL))",
                                                   bind("before", before));
    if (!oldest) return 0;
    std::int64_t const lines =
        tx.execute("DELETE FROM audit_log WHERE tenant_id = :tenant AND seal = :number", bind("number", *oldest));
    tx.execute("UPDATE audit_seals SET pruned_at = :now WHERE tenant_id = :tenant AND number = :number",
               bind("now", tx.now()), bind("number", *oldest));
    return lines;
}

Unsealed count_unsealed(Snapshot& snapshot) {
    return snapshot.one<Unsealed>(R"(
        SELECT count(*) AS lines, min(created_at) AS oldest_at
          FROM audit_log WHERE tenant_id = :tenant AND seal IS NULL)");
}

std::optional<Instant> oldest_unsealed(Snapshot& snapshot) {
    return snapshot.one<std::optional<Instant>>(R"(
        SELECT min(created_at) AS oldest_at
          FROM (SELECT created_at FROM audit_log WHERE seal IS NULL ORDER BY tenant_id, id LIMIT :at_most) AS unsealed)",
                                                bind("at_most", unsealed_looked_at_max));
}

std::int64_t highest_seal_of_lines(Snapshot& snapshot) {
    return snapshot.one<std::int64_t>(R"(
        SELECT COALESCE(max(seal), 0) AS highest
          FROM audit_log WHERE tenant_id = :tenant AND seal IS NOT NULL)");
}

std::optional<TenantId> next_tenant(Snapshot& snapshot, std::optional<TenantId> after) {
    return snapshot.maybe_one<TenantId>(R"(
        SELECT tenant_id FROM audit_log WHERE tenant_id > :after ORDER BY tenant_id LIMIT 1)",
                                        bind("after", text_of(after)));
}

std::optional<TenantId> next_unsealed_tenant(Snapshot& snapshot, std::optional<TenantId> after) {
    return snapshot.maybe_one<TenantId>(R"(
        SELECT tenant_id FROM audit_log WHERE tenant_id > :after AND seal IS NULL ORDER BY tenant_id LIMIT 1)",
                                        bind("after", text_of(after)));
}

}  // namespace mainstay::audit
