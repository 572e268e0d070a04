// Looks into the DNS, whether a domain is still its tenant's.
#include "platform/audit/audit.hpp"
#include "platform/domains/domains_store.hpp"

namespace mainstay::domains {
namespace {

constexpr Duration time_limit = seconds(30);
constexpr std::size_t enqueued_at_once = 200;

void note(Transaction& tx, Domain const& domain, std::string action) {
    audit::write(tx, tx.tenant(), {tx.scope().actor(), std::move(action), domain.id.to_string()});
}

// A domain that another tenant holds stays theirs until their checks have failed as often as is allowed.
void keep(Transaction& tx, DomainId id, Finding const& finding) {
    auto found = find_domain(tx, id);
    if (!found) return;  // it was removed meanwhile
    Domain& domain = *found;
    auto const holder = holder_of(tx, domain.name);
    bool const is_held = holder == tx.tenant(), is_others = holder && !is_held;
    domain.checked_at = tx.now();
    domain.fault = finding.is_shown && is_others ? "Another tenant has this domain." : finding.fault;
    domain.failures = domain.fault.empty() ? 0 : domain.failures + 1;
    if (domain.fault.empty() && !is_held) {
        domain.state = DomainState::verified;
        domain.verified_at = tx.now();
        hold(tx, domain);
        note(tx, domain, "domain_verified");
    } else if (is_held && domain.failures >= failures_max) {
        domain.state = DomainState::pending;
        domain.verified_at = std::nullopt;
        let_go(tx, domain);
        note(tx, domain, "domain_dropped");
    }
    update_domain(tx, domain);
}

void check(flow::Context& context, net::TxtResolver const& resolve, CheckDomain const& job) {
    auto const domain = context.database().read(
        job.tenant_id, [&](Snapshot& snapshot) { return find_domain(snapshot, job.domain_id); });
    if (!domain) return;
    auto const finding = finding_of(resolve(domain->record_name), domain->record_value);
    if (context.is_cancelled()) return;
    context.database().write(Scope(job.tenant_id, context.originator()),
                             [&](Transaction& tx) { keep(tx, job.domain_id, finding); });
}

std::size_t enqueue_some_checks(Transaction& tx) {
    auto const due = due_checks(tx, enqueued_at_once);
    for (auto const& one : due) {
        put_off(tx, one.name);
        flow::enqueue(tx, CheckDomain{one.tenant, one.domain_id}, {.queue = std::string(checks_queue)});
    }
    return due.size();
}

}  // namespace

fields::Table const& table_of(CheckDomain const*) {
    static fields::Table const table{"check_domain",
                                     {fields::field("tenant_id", &CheckDomain::tenant_id, ""),
                                      fields::field("domain_id", &CheckDomain::domain_id, "")}};
    return table;
}

flow::JobKind check_job(net::TxtResolver resolve) {
    auto kind =
        flow::job_kind<CheckDomain>([resolve = std::move(resolve)](flow::Context& context, CheckDomain const& job) {
            check(context, resolve, job);
        });
    kind.time_limit = time_limit;
    return kind;
}

std::size_t enqueue_due_checks(Database& database) {
    std::size_t enqueued = 0;
    for (std::size_t some = enqueued_at_once; some == enqueued_at_once; enqueued += some)
        some = database.write(installation_scope("domains are checked again", {}), enqueue_some_checks);
    return enqueued;
}

}  // namespace mainstay::domains
