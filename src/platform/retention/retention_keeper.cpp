#include "kernel/events/events.hpp"
#include "platform/audit/audit.hpp"
#include "platform/retention/retention.hpp"
#include "platform/tenants/tenants.hpp"
#include "platform/usage/usage.hpp"

namespace mainstay::retention {
namespace {

constexpr std::int64_t slice = 500;            // rows in a transaction
constexpr std::int64_t tenants_at_once = 200;  // looked at

void keep_house_of(Database& database, TenantId tenant, Instant now, Days const& installation) {
    Days const kept =
        in_force(installation, database.read(tenant, [](Snapshot& snapshot) { return own_days(snapshot); }));
    audit::prune(database, tenant, now - days(kept.audit_days));
    if (kept.usage_days < installation.usage_days)
        usage::remove_events_and_counts(database, tenant, now - days(kept.usage_days));
    if (kept.events_days == installation.events_days) return;
    auto const remove = [&](Transaction& tx) {
        return events::remove_emitted_before(tx, tenant.to_string(), now - days(kept.events_days), slice);
    };
    while (database.write(tenant, remove) >= slice) {
    }
}

}  // namespace

void keep_house(Database& database, Clock& clock, Days const& installation, std::stop_token const& stops) {
    audit::prune(database, installation_tenant, clock.now() - days(installation.audit_days));
    std::optional<TenantId> after;
    for (std::int64_t some = tenants_at_once; some == tenants_at_once;) {
        auto const tenants = database.read(system_scope("tenants whose old rows are removed"), [&](Snapshot& snapshot) {
            return tenants::list_tenants(snapshot, after, tenants_at_once);
        });
        for (auto const& tenant : tenants) {
            if (stops.stop_requested()) return;
            keep_house_of(database, tenant.id, clock.now(), installation);
        }
        some = std::ssize(tenants);
        if (!tenants.empty()) after = tenants.back().id;
    }
}

}  // namespace mainstay::retention
