// What the API says about a tenant's consent to support.
#include "platform/support/support_routes.hpp"

namespace mainstay::support {
namespace {

using fields::defaulted;
using fields::field;

struct GrantAccess {
    TenantId tenant_id;
    std::int64_t hours = grant_hours_default;
};
fields::Table const& table_of(GrantAccess const*) {
    static fields::Table const table{"GrantSupportAccess",
                                     {field("tenant_id", &GrantAccess::tenant_id, "One's own."),
                                      field("hours", &GrantAccess::hours, "How long it lasts: a day, up to a week.",
                                            fields::range(1, grant_hours_max), defaulted())}};
    return table;
}

struct ListAccess {
    TenantId tenant_id;
    std::int64_t limit = web::page_size_default;
    std::optional<GrantId> cursor;
};
fields::Table const& table_of(ListAccess const*) {
    static fields::Table const table{"ListSupportAccess",
                                     {field("tenant_id", &ListAccess::tenant_id, "One's own."),
                                      web::limit_field(&ListAccess::limit), web::cursor_field(&ListAccess::cursor)}};
    return table;
}

struct AccessById {
    TenantId tenant_id;
    GrantId grant_id;
};
fields::Table const& table_of(AccessById const*) {
    static fields::Table const table{"SupportAccessById",
                                     {field("tenant_id", &AccessById::tenant_id, "One's own."),
                                      field("grant_id", &AccessById::grant_id, "Begins with sup_.")}};
    return table;
}

[[noreturn]] void refuse_unknown() {
    throw Fault(errors::not_found, "There is no such object.");
}

constexpr web::Endpoint grant_endpoint{
    .name = "grant_support_access",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/support-access",
    .summary = "Let those who run the installation act as the tenant's people, to help, for a day or up to a week",
    .permission = "support_access.write",
    .success = 201,
};

// Who administers the tenant decides: no key, and no operator who happens to work in it.
void need_administrator(Call const& call, Snapshot& snapshot, TenantId tenant) {
    identity::person_of(call);
    if (call.tenant() != tenant) refuse_unknown();
    auto const role = tenants::role_of(snapshot, identity::person_of(call));
    if (!role || !identity::permissions_of(*role)->allow(grant_endpoint.permission))
        throw Fault(errors::forbidden, "An owner or administrator of the tenant decides this.");
}

Grant grant(Call const& call, Transaction& tx, GrantAccess input) {
    need_administrator(call, tx, input.tenant_id);
    if (count_live_grants(tx, live_grants_max) >= live_grants_max)
        throw Fault(errors::conflict, "Access is granted " + std::to_string(live_grants_max) +
                                          " times already: revoke one of them first.");
    return create_grant(tx, call.identity.actor_id, hours(input.hours));
}

constexpr web::Endpoint list_endpoint{
    .name = "list_support_access",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/support-access",
    .summary = "List when the tenant granted access to support, oldest first",
    .permission = "support_access.read",
};

web::Page<Grant> list(Call const& call, Snapshot& snapshot, ListAccess input) {
    if (call.tenant() != input.tenant_id) refuse_unknown();
    return web::page_of(list_grants(snapshot, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint revoke_endpoint{
    .name = "revoke_support_access",
    .method = web::Method::delete_,
    .path = "/api/v1/tenants/{tenant_id}/support-access/{grant_id}",
    .summary = "Take access back: what an operator does by it ends within a second",
    .permission = "support_access.write",
    .success = 204,
};

void revoke(Call const& call, Transaction& tx, AccessById input) {
    need_administrator(call, tx, input.tenant_id);
    auto const grant = find_grant(tx, input.grant_id);
    if (!grant) refuse_unknown();
    if (grant->revoked_at || grant->expires_at <= tx.now())
        throw Fault(errors::conflict, "This access has ended already.");
    call.note_before(*grant);
    mark_revoked(tx, grant->id, call.identity.actor_id);
    identity::end_sessions_by_grant(tx, grant->id.to_string());
}

}  // namespace

void add_access_routes(web::Routes& routes) {
    routes.add(grant_endpoint, grant);
    routes.add(list_endpoint, list);
    routes.add(revoke_endpoint, revoke);
}

}  // namespace mainstay::support
