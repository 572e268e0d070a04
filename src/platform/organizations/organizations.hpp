// Organizations: what people do with the tenant that they work in: who is a member and may do what, invitations, its
// settings, giving it to another owner, and its end.
#pragma once
#include "kernel/files/files.hpp"
#include "kernel/flow/flow.hpp"
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"
#include "platform/tenants/tenants.hpp"

namespace mainstay::organizations {

using InvitationId = Id<"inv">;

inline constexpr Duration invitation_kept = days(7);
inline constexpr std::int64_t invitations_max = 500;  // of a tenant that wait

// In installation_scope, to which the job that erases it belongs: it outlives what it erases.
void delete_tenant(Transaction& installation, TenantId);

// Throws Fault(errors::quota_exceeded) when the plan has no room for one more beside the active members and, if they
// count, those who are invited.
void need_room(Snapshot&, TenantId, bool counts_invited);
// Invites somebody to the scope's tenant by mail. Throws Fault(errors::conflict) when the address is invited already.
InvitationId invite(Transaction&, Email, tenants::Role, std::string invited_by, std::string const& public_url);
// Whether the address is invited to the scope's tenant.
bool is_invited(Snapshot&, Email const&);

struct ErasureNeeds {
    files::Files& files;
    // That remove a tenant's rows, as kernel/storage/erasure.hpp gives them.
    std::function<std::vector<std::string>()> statements;
};
// To the engine of the default queue: erases what a tenant had, once its grace is over.
flow::JobKind erase_job(ErasureNeeds const&);

void add_routes(web::Routes&, identity::Needs const&);
std::span<Migration const> migrations();

}  // namespace mainstay::organizations

namespace mainstay::errors {
inline constexpr ErrorCode last_owner{"last_owner", 409, "A tenant needs an owner",
                                      "Make another active member an owner first, or transfer the ownership."};
inline constexpr ErrorCode account_exists{"account_exists", 409, "The address has an account",
                                          "Sign in with it, then accept the invitation again."};
}  // namespace mainstay::errors
