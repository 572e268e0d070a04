// What the API says about quotas.
#include "platform/tenants/tenants.hpp"
#include "platform/usage/quotas.hpp"

namespace mainstay::usage {
namespace {

using fields::field;

struct TenantUsageById {
    TenantId tenant_id;
};
fields::Table const& table_of(TenantUsageById const*) {
    static fields::Table const table{"TenantUsageById",
                                     {field("tenant_id", &TenantUsageById::tenant_id, "Begins with ten_.")}};
    return table;
}

struct QuotaStanding {
    std::string quota;
    std::int64_t used = 0;
    std::int64_t limit = 0;
};
fields::Table const& table_of(QuotaStanding const*) {
    static fields::Table const table{"QuotaStanding",
                                     {field("quota", &QuotaStanding::quota, "Its name in the plan."),
                                      field("used", &QuotaStanding::used, "In this month."),
                                      field("limit", &QuotaStanding::limit, "What the plan allows; -1 for no limit.")}};
    return table;
}

struct TenantUsage {
    TenantId tenant_id;
    entitlements::Plan plan = entitlements::Plan::free;
    Instant from, to;
    std::vector<QuotaStanding> quotas;
};
fields::Table const& table_of(TenantUsage const*) {
    static fields::Table const table{
        "TenantUsage",
        {field("tenant_id", &TenantUsage::tenant_id, "Whose."),
         field("plan", &TenantUsage::plan, "Whose quotas these are."),
         field("from", &TenantUsage::from, "The tenant's month, from the day on which it was made."),
         field("to", &TenantUsage::to, "Its end."), field("quotas", &TenantUsage::quotas, "Each monthly one.")}};
    return table;
}

constexpr web::Endpoint read_endpoint{
    .name = "read_tenant_usage",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/usage",
    .summary = "What a tenant used of its plan's monthly quotas",
    .permission = "usage.read",
};

TenantUsage read(Call const& call, Snapshot& snapshot, TenantUsageById input) {
    auto const tenant = tenants::find_tenant(snapshot, call.tenant());
    if (!tenant || input.tenant_id != call.tenant()) throw Fault(errors::not_found, "There is no such object.");
    QuotaPeriod const period = period_of(tenant->created_at, snapshot.now());
    TenantUsage usage{tenant->id, tenant->plan, period.from, period.to, {}};
    auto const allowed = entitlements::of(snapshot, tenant->id, tenant->plan);
    for (auto const quota : monthly_quotas())
        usage.quotas.push_back({std::string(quota), used_of(snapshot, quota, period.from), limit_of(allowed, quota)});
    return usage;
}

}  // namespace

void add_quota_routes(web::Routes& routes) {
    routes.add(read_endpoint, read);
}

}  // namespace mainstay::usage
