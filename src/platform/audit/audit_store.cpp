// All SQL of the audit log.
#include "platform/audit/audit_store.hpp"

namespace mainstay::audit {

void write(Transaction& tx, Call const& call, std::string_view action, std::string const& object_id, int status) {
    Line const line{AuditId::make(tx.now()),
                    call.identity.actor_id,
                    std::string(action),
                    object_id,
                    status,
                    call.request_id,
                    call.remote_address,
                    tx.now()};
    tx.execute(R"(
        INSERT INTO audit_log (tenant_id, id, actor_id, action, object_id, status, request_id, remote_address, created_at)
        VALUES (:tenant, :id, :actor_id, :action, :object_id, :status, :request_id, :remote_address, :created_at))",
               line);
}

std::vector<Line> list_lines(Snapshot& snapshot, std::optional<AuditId> after, std::int64_t limit) {
    return snapshot.all<Line>(R"(
        SELECT id, actor_id, action, object_id, status, request_id, remote_address, created_at
          FROM audit_log
         WHERE tenant_id = :tenant AND id > :after
         ORDER BY id
         LIMIT :limit)",
                              bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

}  // namespace mainstay::audit
