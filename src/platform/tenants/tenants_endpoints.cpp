// What the API says about tenants.
#include "platform/tenants/tenants.hpp"

namespace mainstay::tenants {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;

struct CreateTenant {
    std::string name;
    Plan plan = Plan::free;
};
fields::Table const& table_of(CreateTenant const*) {
    static fields::Table const table{"CreateTenant",
                                     {field("name", &CreateTenant::name, "What people call it.", length(1, 100)),
                                      field("plan", &CreateTenant::plan, "What it may do.", defaulted())}};
    return table;
}

struct ListTenants {
    std::int64_t limit = web::page_size_default;
    std::optional<TenantId> cursor;
};
fields::Table const& table_of(ListTenants const*) {
    static fields::Table const table{"ListTenants",
                                     {web::limit_field(&ListTenants::limit), web::cursor_field(&ListTenants::cursor)}};
    return table;
}

struct TenantById {
    TenantId tenant_id;
};
fields::Table const& table_of(TenantById const*) {
    static fields::Table const table{"TenantById", {field("tenant_id", &TenantById::tenant_id, "Begins with ten_.")}};
    return table;
}

constexpr web::Endpoint create_endpoint{
    .name = "create_tenant",
    .method = web::Method::post,
    .path = "/api/v1/tenants",
    .summary = "Create a tenant",
    .permission = "tenants.create",
    .success = 201,
    .reach = web::Reach::installation,
};

Tenant create(Call const&, Transaction& tx, CreateTenant input) {
    return create_tenant(tx, input.name, input.plan);
}

// An operator's session has a tenant of its own too, and reaches beyond it.
bool reaches_all(Call const& call) {
    return !call.tenant().is_set() || call.identity.may(create_endpoint.permission);
}

constexpr web::Endpoint list_endpoint{
    .name = "list_tenants",
    .method = web::Method::get,
    .path = "/api/v1/tenants",
    .summary = "List tenants: all for an operator, else one's own",
    .permission = "tenants.read",
};

web::Page<Tenant> list(Call const& call, Database& database, ListTenants input) {
    if (!reaches_all(call)) {
        auto own =
            database.read(call.tenant(), [&](Snapshot& snapshot) { return find_tenant(snapshot, call.tenant()); });
        return {{std::move(own.value())}, std::nullopt};
    }
    auto rows = database.read(system_scope("an operator lists tenants"), [&](Snapshot& snapshot) {
        return list_tenants(snapshot, input.cursor, input.limit + 1);
    });
    return web::page_of(std::move(rows), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_tenant",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}",
    .summary = "Read a tenant",
    .permission = "tenants.read",
};

Tenant read(Call const& call, Database& database, TenantById input) {
    bool const may_know = reaches_all(call) || call.tenant() == input.tenant_id;
    std::optional<Tenant> tenant;
    if (input.tenant_id.is_set())  // the id of nothing is no scope
        tenant =
            database.read(input.tenant_id, [&](Snapshot& snapshot) { return find_tenant(snapshot, input.tenant_id); });
    if (!tenant || !may_know) throw Fault(errors::not_found, "There is no such object.");
    return *tenant;
}

}  // namespace

fields::Table const& table_of(Tenant const*) {
    static fields::Table const table{
        "Tenant",
        {field("id", &Tenant::id, "Begins with ten_."), field("name", &Tenant::name, "What people call it."),
         field("slug", &Tenant::slug, "For subdomains; unique."), field("plan", &Tenant::plan, "What it may do."),
         field("status", &Tenant::status, "Credentials of suspended and deleting tenants are refused."),
         field("deletes_at", &Tenant::deletes_at, "When it will be erased, while it is being deleted."),
         field("region", &Tenant::region, "A label: where its data is said to be."),
         field("billing_customer_id", &Tenant::billing_customer_id, "Of the payment provider."),
         field("settings", &Tenant::settings, "What holds for all its people."),
         field("created_at", &Tenant::created_at, "When it was made.")}};
    return table;
}

fields::Table const& table_of(TenantSettings const*) {
    static fields::Table const table{
        "TenantSettings",
        {field("time_zone", &TenantSettings::time_zone, "An IANA name such as Asia/Kolkata.", length(1, 64),
               defaulted()),
         field("language", &TenantSettings::language, "Such as en or pt-BR.",
               fields::pattern("[a-z]{2,3}(-[A-Z]{2})?", "must be a language such as en or pt-BR"), defaulted()),
         field("support_email", &TenantSettings::support_email, "Where its people ask for help."),
         field("allowed_origins", &TenantSettings::allowed_origins,
               "Whose pages may call the API with the tenant's keys and access tokens (CORS), such as "
               "https://shop.example.com; http on loopback alone.",
               fields::items(0, origins_max), defaulted())}};
    return table;
}

fields::Table const& table_of(Place const*) {
    static fields::Table const table{
        "PlaceInTenant",
        {field("tenant_id", &Place::tenant_id, "Begins with ten_."),
         field("tenant_name", &Place::tenant_name, "What people call it."),
         field("tenant_status", &Place::tenant_status, "Credentials of suspended and deleting tenants are refused."),
         field("role", &Place::role, "What they may do there."),
         field("is_active", &Place::is_active, "An inactive member is kept for the record."),
         field("joined_at", &Place::joined_at, "Since when.")}};
    return table;
}

fields::Table const& table_of(StatusCount const*) {
    static fields::Table const table{"StatusCount",
                                     {field("status", &StatusCount::status, "Which."),
                                      field("tenants", &StatusCount::tenants, "That have it now.")}};
    return table;
}

fields::Table const& table_of(Member const*) {
    static fields::Table const table{
        "Member",
        {field("id", &Member::id, "Begins with mem_."), field("user_id", &Member::user_id, "Who."),
         field("role", &Member::role, "What they may do here."),
         field("is_active", &Member::is_active, "An inactive member is kept for the record."),
         field("invited_by", &Member::invited_by, "A user's id."),
         field("joined_at", &Member::joined_at, "Since when.")}};
    return table;
}

void add_routes(web::Routes& routes) {
    routes.add(create_endpoint, create);
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
}

}  // namespace mainstay::tenants
