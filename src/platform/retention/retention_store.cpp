// All SQL of the retention.
#include "platform/retention/retention.hpp"

namespace mainstay::retention {

OwnDays own_days(Snapshot& snapshot) {
    return snapshot
        .maybe_one<OwnDays>(
            "SELECT audit_days, events_days, usage_days FROM tenant_retention WHERE tenant_id = :tenant")
        .value_or(OwnDays{});
}

void set_own_days(Transaction& tx, OwnDays const& own) {
    tx.execute(R"(
        INSERT INTO tenant_retention (tenant_id, audit_days, events_days, usage_days, changed_at)
        VALUES (:tenant, :audit_days, :events_days, :usage_days, :now)
        ON CONFLICT (tenant_id) DO UPDATE SET audit_days = excluded.audit_days, events_days = excluded.events_days,
                                              usage_days = excluded.usage_days, changed_at = excluded.changed_at)",
               own, bind("now", tx.now()));
}

}  // namespace mainstay::retention
