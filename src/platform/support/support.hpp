// Support: an operator acts as a member of a tenant, to help, by the tenant's consent, for half an hour and to its
// knowledge. What such a session may call is declared at each endpoint (web::Impersonators).
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"

namespace mainstay::support {

using GrantId = Id<"sup">;

inline constexpr std::int64_t grant_hours_default = 24, grant_hours_max = 7 * 24;
inline constexpr std::int64_t live_grants_max = 5;   // of a tenant
inline constexpr std::int64_t owners_told_max = 20;  // of a tenant, when an operator begins

struct Grant {
    GrantId id;
    std::string granted_by;
    Instant created_at, expires_at;
    std::optional<Instant> revoked_at{};
    std::optional<std::string> revoked_by{};
};
fields::Table const& table_of(Grant const*);

void add_routes(web::Routes&, identity::Needs const&);
std::span<Migration const> migrations();

}  // namespace mainstay::support

namespace mainstay::errors {
inline constexpr ErrorCode support_access_needed{
    "support_access_needed", 403, "The tenant has not consented to support",
    "Ask an owner or administrator of the tenant to grant access by POST "
    "/api/v1/tenants/{tenant_id}/support-access, for a day or up to a week."};
}
