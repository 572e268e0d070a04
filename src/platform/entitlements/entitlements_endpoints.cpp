// What the API says about plans and what a tenant may.
#include "platform/entitlements/entitlements_store.hpp"

namespace mainstay::entitlements {
namespace {

using fields::field;
using fields::range;

constexpr std::int64_t amount_max = 1'000'000'000'000'000;

fields::Rule amount() {
    return range(unlimited, amount_max);
}

struct PlanState {
    Plan plan = Plan::free;
    Entitlements entitlements;
    Changes changes;
};
fields::Table const& table_of(PlanState const*) {
    static fields::Table const table{
        "PlanState",
        {field("plan", &PlanState::plan, "Its name."),
         field("entitlements", &PlanState::entitlements, "What is in force for tenants without exceptions."),
         field("changes", &PlanState::changes, "What operators changed of the defaults.")}};
    return table;
}

struct Plans {
    std::vector<PlanState> items;
};
fields::Table const& table_of(Plans const*) {
    static fields::Table const table{"Plans", {field("items", &Plans::items, "From the smallest to the largest.")}};
    return table;
}

struct ChangePlan {
    Plan plan = Plan::free;
    Changes changes;
};
fields::Table const& table_of(ChangePlan const*) {
    static fields::Table const table{
        "ChangePlan",
        {field("plan", &ChangePlan::plan, "Its name."),
         field("changes", &ChangePlan::changes, "In place of all earlier ones; {} goes back to the defaults.")}};
    return table;
}

struct SetExceptions {
    TenantId tenant_id;
    Changes changes;
};
fields::Table const& table_of(SetExceptions const*) {
    static fields::Table const table{
        "SetExceptions",
        {field("tenant_id", &SetExceptions::tenant_id, "Begins with ten_."),
         field("changes", &SetExceptions::changes, "In place of all earlier ones; {} goes back to the plan.")}};
    return table;
}

struct TenantEntitlements {
    Plan plan = Plan::free;
    Entitlements entitlements;
    Changes changes;
};
fields::Table const& table_of(TenantEntitlements const*) {
    static fields::Table const table{
        "TenantEntitlements",
        {field("plan", &TenantEntitlements::plan, "The tenant's plan."),
         field("entitlements", &TenantEntitlements::entitlements, "What is in force for the tenant."),
         field("changes", &TenantEntitlements::changes, "What it has otherwise than its plan.")}};
    return table;
}

PlanState state_of(Snapshot& snapshot, Plan plan) {
    Changes const changes = changes_of(snapshot, plan);
    return {plan, changed(defaults_of(plan), changes), changes};
}

TenantEntitlements entitlements_of(Snapshot& snapshot, TenantId tenant, Needs const& needs) {
    auto const plan = needs.plan_of(snapshot, tenant);
    if (!plan) throw Fault(errors::not_found, "There is no such object.");
    return {*plan, of(snapshot, tenant, *plan), exceptions_of(snapshot, tenant)};
}

constexpr web::Endpoint list_endpoint{
    .name = "list_plans",
    .method = web::Method::get,
    .path = "/api/v1/admin/plans",
    .summary = "What each plan allows",
    .permission = "system.read",
    .reach = web::Reach::installation,
};

Plans list(Call const&, Snapshot& snapshot) {
    Plans plans;
    for (Plan const plan : {Plan::free, Plan::starter, Plan::pro, Plan::enterprise})
        plans.items.push_back(state_of(snapshot, plan));
    return plans;
}

constexpr web::Endpoint change_endpoint{
    .name = "change_plan",
    .method = web::Method::put,
    .path = "/api/v1/admin/plans/{plan}",
    .summary = "Change what a plan allows, for all its tenants within a second",
    .permission = "system.write",
    .reach = web::Reach::installation,
};

PlanState change(Call const& call, Transaction& tx, ChangePlan input) {
    call.note_before(state_of(tx, input.plan));
    change_plan(tx, input.plan, input.changes);
    return state_of(tx, input.plan);
}

constexpr web::Endpoint exceptions_endpoint{
    .name = "set_tenant_entitlements",
    .method = web::Method::put,
    .path = "/api/v1/admin/tenants/{tenant_id}/entitlements",
    .summary = "Give a tenant other entitlements than its plan's, within a second",
    .permission = "system.write",
    .reach = web::Reach::installation,
};

constexpr web::Endpoint read_endpoint{
    .name = "read_entitlements",
    .method = web::Method::get,
    .path = "/api/v1/entitlements",
    .summary = "What the tenant may: flags, quotas and limits in force",
    .permission = "entitlements.read",
};

}  // namespace

fields::Table const& table_of(Entitlements const*) {
    static fields::Table const table{
        "Entitlements",
        {field("requests_per_minute", &Entitlements::requests_per_minute,
               "Over all keys of the tenant; -1 for no limit."),
         field("migrations_per_month", &Entitlements::migrations_per_month,
               "Started in a month of the tenant's own; -1 for no limit."),
         field("models_per_migration", &Entitlements::models_per_migration, "-1 for no limit."),
         field("upload_bytes", &Entitlements::upload_bytes, "Of one upload; -1 for no limit."),
         field("keys", &Entitlements::keys, "API keys that are not revoked; -1 for no limit."),
         field("customer_keys", &Entitlements::customer_keys,
               "Keys for the tenant's customers that are not revoked; -1 for no limit."),
         field("members", &Entitlements::members, "People in the tenant; -1 for no limit."),
         field("flags", &Entitlements::flags, "What is on and what is off; a flag that is not there is off.")}};
    return table;
}

fields::Table const& table_of(Changes const*) {
    static fields::Table const table{
        "EntitlementChanges",
        {field("requests_per_minute", &Changes::requests_per_minute, "Over all keys; -1 for no limit.", amount()),
         field("migrations_per_month", &Changes::migrations_per_month, "-1 for no limit.", amount()),
         field("models_per_migration", &Changes::models_per_migration, "-1 for no limit.", amount()),
         field("upload_bytes", &Changes::upload_bytes, "Of one upload; -1 for no limit.", amount()),
         field("keys", &Changes::keys, "-1 for no limit.", amount()),
         field("customer_keys", &Changes::customer_keys, "-1 for no limit.", amount()),
         field("members", &Changes::members, "-1 for no limit.", amount()),
         field("flags", &Changes::flags, "Turned on or off, by name.", fields::defaulted())}};
    return table;
}

void add_routes(web::Routes& routes, Needs needs) {
    routes.add(list_endpoint, list);
    routes.add(change_endpoint, change);
    routes.add(exceptions_endpoint, [needs](Call const& call, Transaction& tx, SetExceptions input) {
        call.note_before(entitlements_of(tx, input.tenant_id, needs));
        set_exceptions(tx, input.tenant_id, input.changes);
        return entitlements_of(tx, input.tenant_id, needs);
    });
    routes.add(read_endpoint, [needs](Call const& call, Snapshot& snapshot) {
        return entitlements_of(snapshot, call.tenant(), needs);
    });
}

}  // namespace mainstay::entitlements
