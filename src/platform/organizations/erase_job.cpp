// Erases a tenant whose grace is over: its files, then its rows in every table, then what says that it was there. What
// was begun is begun again by the next attempt.
#include "platform/organizations/organizations_store.hpp"

namespace mainstay::organizations {
namespace {

constexpr std::int64_t rows_at_once = 500;  // a unit is brief
constexpr Duration time_limit = hours(2);

void erase_files(flow::Context& context, files::Files& files, TenantId tenant, Instant now) {
    for (auto const& file : files.made_between(tenant, Instant{}, now)) {
        if (context.is_cancelled()) return;
        files.remove(tenant, file);
    }
}

// Until a whole pass finds nothing, since what ran meanwhile may have written.
void erase_rows(flow::Context& context, std::vector<std::string> const& statements, TenantId tenant) {
    std::int64_t erased = 0;
    do {
        erased = 0;
        for (std::string const& statement : statements) {
            std::int64_t some = 0;
            do {
                if (context.is_cancelled()) return;
                some = context.database().write(tenant, [&](Transaction& tx) {
                    return tx.execute(Sql(statement, statement), bind("at_most", rows_at_once));
                });
                erased += some;
            } while (some > 0);
        }
    } while (erased > 0);
}

void erase(flow::Context& context, ErasureNeeds const& needs, TenantId id) {
    Instant now{};
    bool const is_due = context.database().read(context.tenant(), [&](Snapshot& snapshot) {
        auto const tenant = tenants::find_tenant(snapshot, id);
        now = snapshot.now();
        return tenant && tenant->status == tenants::Status::deleting && *tenant->deletes_at <= now;
    });
    if (!is_due) return;  // it was taken back, and perhaps deleted again, for which there is another job
    erase_files(context, needs.files, id, now);
    erase_rows(context, needs.statements(), id);
    if (context.is_cancelled()) return;
    context.write([id](Transaction& tx) {
        tenants::remove_tenant(tx, id);
        audit::write(tx, installation_tenant, {tx.scope().actor(), "erase_tenant", id.to_string()});
    });
}

}  // namespace

fields::Table const& table_of(EraseTenant const*) {
    static fields::Table const table{"erase_tenant", {fields::field("tenant_id", &EraseTenant::tenant_id, "")}};
    return table;
}

void delete_tenant(Transaction& tx, TenantId id) {
    tenants::set_status(tx, id, tenants::Status::deleting);
    flow::enqueue(tx, EraseTenant{id}, {.run_at = tx.now() + tenants::deletion_grace});
}

flow::JobKind erase_job(ErasureNeeds const& needs) {
    auto kind = flow::job_kind<EraseTenant>(
        [needs](flow::Context& context, EraseTenant const& job) { erase(context, needs, job.tenant_id); });
    kind.time_limit = time_limit;
    kind.retry.max_attempts = 20;
    kind.retry.longest_delay = hours(6);
    return kind;
}

}  // namespace mainstay::organizations
