// Months of a tenant, and when to tell of a quota.
#include "kernel/events/events.hpp"
#include "platform/tenants/tenants.hpp"
#include "platform/usage/quotas.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

using fields::field;

// The anchor's day in the month that begins at `month`, or its last.
Instant day_in_month(Instant month, std::int64_t day) {
    Instant const next = month_of(month + days(31));
    std::int64_t const length = (next - month).us / days(1).us;
    return month + days(std::min(day, length) - 1);
}

std::int64_t day_of_month(Instant t) {
    return (t - month_of(t)).us / days(1).us + 1;
}

bool is_monthly(fields::Field const& one) {
    return one.name.ends_with("_per_month");
}

fields::Table const& told(std::string_view name) {
    static fields::Table const table{
        "QuotaWarned",
        {field("quota", &QuotaWarned::quota, "Its name in the plan."),
         field("used", &QuotaWarned::used, "In this month."),
         field("limit", &QuotaWarned::limit, "What the plan allows."),
         field("from", &QuotaWarned::from, "The tenant's month."), field("to", &QuotaWarned::to, "Its end.")}};
    static fields::Table const reached = [] {
        auto same = table;
        same.name = "QuotaReached";
        return same;
    }();
    return name == table.name ? table : reached;
}

}  // namespace

fields::Table const& table_of(QuotaWarned const*) {
    return told("QuotaWarned");
}
fields::Table const& table_of(QuotaReached const*) {
    return told("QuotaReached");
}

QuotaPeriod period_of(Instant anchor, Instant now) {
    std::int64_t const day = day_of_month(anchor);
    Instant const month = month_of(now);
    Instant const begun = day_in_month(month, day);
    if (now >= begun) return {begun, day_in_month(month_of(month + days(31)), day)};
    return {day_in_month(month_of(month - days(1)), day), begun};
}

std::int64_t limit_of(entitlements::Entitlements const& plan, std::string_view quota) {
    auto const* found = table_of(&plan).find(quota);
    if (found == nullptr || !is_monthly(*found))
        throw std::logic_error("no plan has the monthly quota " + std::string(quota));
    return *reinterpret_cast<std::int64_t const*>(reinterpret_cast<char const*>(&plan) + found->offset);
}

std::vector<std::string_view> monthly_quotas() {
    std::vector<std::string_view> names;
    for (auto const& one : table_of(static_cast<entitlements::Entitlements const*>(nullptr)).fields)
        if (is_monthly(one)) names.push_back(one.name);
    return names;
}

void require_quota(Transaction& tx, std::string_view quota, std::int64_t n, QuotaKind kind) {
    auto const tenant = tenants::find_tenant(tx, tx.tenant());
    if (!tenant) throw Fault(errors::not_found, "There is no such tenant.");
    std::int64_t const limit = limit_of(entitlements::of(tx, tenant->id, tenant->plan), quota);
    QuotaPeriod const period = period_of(tenant->created_at, tx.now());
    bool const has_limit = limit != entitlements::unlimited;
    bool const is_hard = has_limit && kind == QuotaKind::hard;
    auto const use = add_use(tx, quota, period.from, n, is_hard ? std::optional(limit) : std::nullopt);
    if (!use)
        throw Fault(errors::quota_exceeded,
                    "The plan allows " + std::to_string(limit) + " a month (quota: " + std::string(quota) + ").");
    if (!has_limit) return;
    QuotaReached const now{{std::string(quota), use->used, limit, period.from, period.to}};
    std::string const subject = tx.tenant().to_string();
    if (!use->is_warned && use->used >= limit - limit / warned_when_left) {
        mark_told(tx, quota, period.from, false);
        events::emit(tx, subject, static_cast<QuotaWarned const&>(now));
    }
    if (!use->is_reached && use->used >= limit) {
        mark_told(tx, quota, period.from, true);
        events::emit(tx, subject, now);
    }
}

}  // namespace mainstay::usage
