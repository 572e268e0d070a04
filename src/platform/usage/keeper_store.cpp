// Whose usage there is, over all tenants.
#include "platform/usage/usage_store.hpp"

namespace mainstay::usage {

std::optional<TenantId> next_tenant(Snapshot& snapshot, std::optional<TenantId> after) {
    return snapshot.one<std::optional<TenantId>>(R"(
        SELECT min(tenant_id) AS tenant_id FROM (
            SELECT min(tenant_id) AS tenant_id FROM usage_books WHERE tenant_id > :after
             UNION ALL
            SELECT min(tenant_id) AS tenant_id FROM request_counts WHERE tenant_id > :after) AS next)",
                                                 bind("after", after ? after->to_string() : std::string()));
}

}  // namespace mainstay::usage
