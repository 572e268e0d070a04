// What the API says about changing a tenant: by its own people, and by operators.
#include "platform/organizations/organizations_routes.hpp"

namespace mainstay::organizations {
namespace {

using fields::field;
using fields::length;
using tenants::Status;
using tenants::Tenant;

struct UpdateTenant {
    TenantId tenant_id;
    std::optional<std::string> name, slug, region;
    std::optional<tenants::TenantSettings> settings;
};
fields::Table const& table_of(UpdateTenant const*) {
    static fields::Table const table{
        "UpdateTenant",
        {field("tenant_id", &UpdateTenant::tenant_id, "One's own."),
         field("name", &UpdateTenant::name, "What people call it.", length(1, 100)),
         field("slug", &UpdateTenant::slug, "For subdomains; unique.",
               fields::pattern(tenants::slug_pattern, "must be 1 to 40 small letters, digits and hyphens")),
         field("region", &UpdateTenant::region, "A label.", length(0, 40)),
         field("settings", &UpdateTenant::settings, "All of them.")}};
    return table;
}

struct UpdateAnyTenant {
    TenantId tenant_id;
    std::optional<Status> status;
    std::optional<tenants::Plan> plan;
    std::optional<std::string> region, billing_customer_id;
};
fields::Table const& table_of(UpdateAnyTenant const*) {
    static fields::Table const table{
        "UpdateAnyTenant",
        {field("tenant_id", &UpdateAnyTenant::tenant_id, "Any."),
         field("status", &UpdateAnyTenant::status, "What it shall become; deleting: it is erased after 30 days."),
         field("plan", &UpdateAnyTenant::plan, "What it may do."),
         field("region", &UpdateAnyTenant::region, "A label.", length(0, 40)),
         field("billing_customer_id", &UpdateAnyTenant::billing_customer_id, "Of the payment provider.",
               length(0, 200))}};
    return table;
}

struct TenantById {
    TenantId tenant_id;
};
fields::Table const& table_of(TenantById const*) {
    static fields::Table const table{"OwnTenantById", {field("tenant_id", &TenantById::tenant_id, "One's own.")}};
    return table;
}

Tenant tenant_or_404(Snapshot& snapshot, TenantId id) {
    auto tenant = tenants::find_tenant(snapshot, id);
    if (!tenant) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*tenant);
}

constexpr web::Endpoint update_endpoint{
    .name = "update_tenant",
    .method = web::Method::patch,
    .path = "/api/v1/tenants/{tenant_id}",
    .summary = "Change one's own tenant: name, slug, region and settings",
    .permission = "tenants.write",
};

void check_origins(std::vector<std::string> const& origins) {
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < origins.size(); ++i)
        if (!tenants::is_origin(origins[i]))
            problems.push_back({"/settings/allowed_origins/" + std::to_string(i),
                                "must be https://host[:port] in small letters, or http on loopback"});
    if (!problems.empty()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(problems));
}

Tenant update(Call const& call, Transaction& tx, UpdateTenant input) {
    need_own(call, input.tenant_id);
    if (input.slug && tenants::is_reserved_slug(*input.slug))
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/slug", "is a name that the installation needs for itself"}});
    if (input.settings) check_origins(input.settings->allowed_origins);
    call.note_before(tenant_or_404(tx, input.tenant_id));
    tenants::update_tenant(tx, input.tenant_id, {input.name, input.slug, input.region, std::nullopt, input.settings});
    return tenant_or_404(tx, input.tenant_id);
}

constexpr web::Endpoint update_any_endpoint{
    .name = "update_any_tenant",
    .method = web::Method::patch,
    .path = "/api/v1/admin/tenants/{tenant_id}",
    .summary = "Change any tenant's status, plan, region and billing customer; for operators",
    .permission = "system.write",
    .reach = web::Reach::installation,
};

Tenant update_any(Call const& call, Transaction& tx, UpdateAnyTenant input) {
    Tenant const before = tenant_or_404(tx, input.tenant_id);
    call.note_before(before);
    if (input.status == Status::deleting && before.status != Status::deleting)
        delete_tenant(tx, before.id);
    else if (input.status && *input.status != before.status)
        tenants::set_status(tx, before.id, *input.status);
    if (input.plan && *input.plan != before.plan) tenants::set_plan(tx, before.id, *input.plan);
    tenants::update_tenant(tx, before.id, {{}, {}, input.region, input.billing_customer_id, {}});
    audit::write(tx, before.id,
                 {call.identity.actor_id, std::string(update_any_endpoint.name), before.id.to_string(),
                  update_any_endpoint.success},
                 &call);
    return tenant_or_404(tx, before.id);
}

constexpr web::Endpoint delete_endpoint{
    .name = "delete_tenant",
    .method = web::Method::delete_,
    .path = "/api/v1/tenants/{tenant_id}",
    .summary = "Delete one's own tenant: it is shut at once and erased after 30 days; asks for a fresh sign-in",
    .permission = "tenants.own",
    .success = 204,
};

void delete_own(Call const& call, Database& database, TenantById const& input) {
    need_own(call, input.tenant_id);
    database.write(installation_scope("an owner deletes their tenant", call.identity.actor_id), [&](Transaction& tx) {
        identity::require_fresh(tx, call);
        delete_tenant(tx, input.tenant_id);
        audit::write(tx, input.tenant_id,
                     {call.identity.actor_id, std::string(delete_endpoint.name), input.tenant_id.to_string(),
                      delete_endpoint.success},
                     &call);
    });
}

constexpr web::Endpoint restore_endpoint{
    .name = "restore_tenant",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/restore",
    .summary = "Take the deletion of one's own tenant back",
    .permission = "tenants.own",
    .body = web::Body::none,
};

Tenant restore(Call const& call, Transaction& tx, TenantById input) {
    need_own(call, input.tenant_id);
    identity::person_of(call);
    call.note_before(tenant_or_404(tx, input.tenant_id));
    tenants::restore(tx, input.tenant_id);
    return tenant_or_404(tx, input.tenant_id);
}

}  // namespace

void add_tenant_routes(web::Routes& routes) {
    routes.add(update_endpoint, update);
    routes.add(update_any_endpoint, update_any);
    routes.add(delete_endpoint,
               [](Call const& call, Database& database, TenantById input) { delete_own(call, database, input); });
    routes.add(restore_endpoint, restore);
}

}  // namespace mainstay::organizations
