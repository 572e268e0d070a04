// All SQL of entitlements.
#include "platform/entitlements/entitlements_store.hpp"

namespace mainstay::entitlements {
namespace {

struct ChangesRow {
    Changes changes;
};
fields::Table const& table_of(ChangesRow const*) {
    static fields::Table const table{"ChangesRow", {fields::field("changes", &ChangesRow::changes, "")}};
    return table;
}

void check_flags(Changes const& changes) {
    if (changes.flags.size() > flags_max)
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{
                        {"/changes/flags", "must not have more than " + std::to_string(flags_max) + " flags"}});
}

}  // namespace

Changes changes_of(Snapshot& snapshot, Plan plan) {
    return snapshot.maybe_one<ChangesRow>("SELECT changes FROM plan_changes WHERE plan = :plan", bind("plan", plan))
        .value_or(ChangesRow{})
        .changes;
}

Changes exceptions_of(Snapshot& snapshot, TenantId tenant) {
    return snapshot
        .maybe_one<ChangesRow>("SELECT changes FROM tenant_entitlements WHERE tenant_id = :of_tenant",
                               bind("of_tenant", tenant))
        .value_or(ChangesRow{})
        .changes;
}

Entitlements of(Snapshot& snapshot, TenantId tenant, Plan plan) {
    return changed(changed(defaults_of(plan), changes_of(snapshot, plan)), exceptions_of(snapshot, tenant));
}

void change_plan(Transaction& tx, Plan plan, Changes const& changes) {
    check_flags(changes);
    tx.execute(R"(
        INSERT INTO plan_changes (plan, changes, changed_at) VALUES (:plan, :changes, :now)
        ON CONFLICT (plan) DO UPDATE SET changes = excluded.changes, changed_at = excluded.changed_at)",
               bind("plan", plan), bind("changes", changes), bind("now", tx.now()));
    shared_state::revoke(tx, subject_of(plan));
}

void set_exceptions(Transaction& tx, TenantId tenant, Changes const& changes) {
    check_flags(changes);
    tx.execute(R"(
        INSERT INTO tenant_entitlements (tenant_id, changes, changed_at) VALUES (:of_tenant, :changes, :now)
        ON CONFLICT (tenant_id) DO UPDATE SET changes = excluded.changes, changed_at = excluded.changed_at)",
               bind("of_tenant", tenant), bind("changes", changes), bind("now", tx.now()));
    shared_state::revoke(tx, tenant.to_string());
}

}  // namespace mainstay::entitlements
