// What the API says about how long a tenant's rows are kept.
#include "platform/identity/identity.hpp"
#include "platform/retention/retention.hpp"

namespace mainstay::retention {
namespace {

using fields::field;
using fields::range;

struct OfTenant {
    TenantId tenant_id;
};
fields::Table const& table_of(OfTenant const*) {
    static fields::Table const table{"RetentionOfTenant", {field("tenant_id", &OfTenant::tenant_id, "One's own.")}};
    return table;
}

struct SetRetention {
    TenantId tenant_id;
    OwnDays own;
};
fields::Table const& table_of(SetRetention const*) {
    static fields::Table const table{
        "SetRetention",
        {field("tenant_id", &SetRetention::tenant_id, "One's own."),
         field("own", &SetRetention::own, "All of them; what is absent is kept as long as the installation does.")}};
    return table;
}

struct Retention {
    Days in_force;
    OwnDays own;
    Days installation;
};
fields::Table const& table_of(Retention const*) {
    static fields::Table const table{
        "Retention",
        {field("in_force", &Retention::in_force, "What is removed after how many days."),
         field("own", &Retention::own, "What the tenant asked for."),
         field("installation", &Retention::installation, "The longest that anything is kept.")}};
    return table;
}

void need_own(Call const& call, TenantId tenant) {
    if (call.tenant() != tenant) throw Fault(errors::not_found, "There is no such object.");
}

Retention shown(Snapshot& snapshot, Days const& installation) {
    auto const own = own_days(snapshot);
    return {in_force(installation, own), own, installation};
}

constexpr web::Endpoint read_endpoint{
    .name = "read_retention",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/retention",
    .summary = "Read for how long audit lines, events and use are kept",
    .permission = "tenants.own",
};

constexpr web::Endpoint set_endpoint{
    .name = "set_retention",
    .method = web::Method::put,
    .path = "/api/v1/tenants/{tenant_id}/retention",
    .summary = "Keep less than the installation does, where the plan allows it; asks for a fresh sign-in",
    .permission = "tenants.own",
};

Retention set(Days const& installation, Call const& call, Transaction& tx, SetRetention const& input) {
    need_own(call, input.tenant_id);
    identity::require_fresh(tx, call);
    auto const tenant = tenants::find_tenant(tx, input.tenant_id);
    if (!tenant || !entitlements::of(tx, tenant->id, tenant->plan).has(flag))
        throw Fault(errors::forbidden, "The plan does not allow it (flag: " + std::string(flag) + ").");
    std::vector<Problem> problems;
    auto const check = [&](char const* name, std::optional<std::int64_t> own, std::int64_t most) {
        if (own && *own > most)
            problems.push_back({std::string("/own/") + name, "must be at most " + std::to_string(most)});
    };
    check("audit_days", input.own.audit_days, installation.audit_days);
    check("events_days", input.own.events_days, installation.events_days);
    check("usage_days", input.own.usage_days, installation.usage_days);
    if (!problems.empty()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(problems));
    call.note_before(shown(tx, installation));
    set_own_days(tx, input.own);
    return shown(tx, installation);
}

constexpr std::int64_t most = 36'500;

}  // namespace

fields::Table const& table_of(Days const*) {
    static fields::Table const table{
        "RetentionDays",
        {field("audit_days", &Days::audit_days, "Lines of the audit log; their seals stay, and the chain holds."),
         field("events_days", &Days::events_days, "Events."),
         field("usage_days", &Days::usage_days, "Events of use and counts of requests; the meters' figures stay.")}};
    return table;
}

fields::Table const& table_of(OwnDays const*) {
    static fields::Table const table{
        "OwnRetentionDays",
        {field("audit_days", &OwnDays::audit_days, "At least 90.", range(least.audit_days, most)),
         field("events_days", &OwnDays::events_days, "At least 7.", range(least.events_days, most)),
         field("usage_days", &OwnDays::usage_days, "At least 36.", range(least.usage_days, most))}};
    return table;
}

void add_routes(web::Routes& routes, Days installation) {
    routes.add(read_endpoint, [installation](Call const& call, Snapshot& snapshot, OfTenant input) {
        need_own(call, input.tenant_id);
        return shown(snapshot, installation);
    });
    routes.add(set_endpoint, [installation](Call const& call, Transaction& tx, SetRetention input) {
        return set(installation, call, tx, input);
    });
}

}  // namespace mainstay::retention
