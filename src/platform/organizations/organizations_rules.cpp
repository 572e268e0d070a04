#include "platform/organizations/organizations_routes.hpp"

#include <algorithm>

namespace mainstay::organizations {

void need_own(Call const& call, TenantId tenant) {
    if (call.tenant() != tenant) throw Fault(errors::not_found, "There is no such object.");
}

void need_rights_of(Call const& call, tenants::Role role) {
    for (auto const& permission : identity::permissions_of(role)->names())
        if (!call.identity.may(permission))
            throw Fault(errors::forbidden, "The role " + std::string(fields::name_of(role)) + " has the permission " +
                                               permission + ", which you lack.");
}

bool is_rise(tenants::Role from, tenants::Role to) {
    auto const before = identity::permissions_of(from);
    auto const& after = identity::permissions_of(to)->names();
    return std::any_of(after.begin(), after.end(), [&](auto const& permission) { return !before->allow(permission); });
}

void need_room(Snapshot& snapshot, TenantId id, bool counts_invited) {
    auto const tenant = tenants::find_tenant(snapshot, id);
    if (!tenant) throw Fault(errors::not_found, "There is no such tenant.");
    std::int64_t const quota = entitlements::of(snapshot, id, tenant->plan).members;
    if (quota == entitlements::unlimited) return;
    std::int64_t used = tenants::count_active_members(snapshot, quota);
    if (counts_invited) used += count_invitations(snapshot, quota);
    if (!entitlements::has_room(quota, used))
        throw Fault(errors::quota_exceeded, "The plan allows " + std::to_string(quota) + " members (quota: members).");
}

void add_routes(web::Routes& routes, identity::Needs const& needs) {
    add_tenant_routes(routes);
    add_member_routes(routes, needs);
    add_invitation_routes(routes, needs);
    add_acceptance_routes(routes, needs);
    routes.declare({&errors::last_owner, &errors::account_exists});
}

}  // namespace mainstay::organizations
