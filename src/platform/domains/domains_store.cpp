// All SQL of domains.
#include "platform/domains/domains_store.hpp"

namespace mainstay::domains {
namespace {

using fields::field;

struct DomainRow {
    DomainId id;
    std::string name, token;
    DomainState state = DomainState::pending;
    std::int64_t failures = 0;
    std::string fault;
    Instant created_at;
    std::optional<Instant> checked_at, verified_at;
};
fields::Table const& table_of(DomainRow const*) {
    static fields::Table const table{
        "DomainRow",
        {field("id", &DomainRow::id, ""), field("name", &DomainRow::name, ""), field("token", &DomainRow::token, ""),
         field("state", &DomainRow::state, ""), field("failures", &DomainRow::failures, ""),
         field("fault", &DomainRow::fault, ""), field("created_at", &DomainRow::created_at, ""),
         field("checked_at", &DomainRow::checked_at, ""), field("verified_at", &DomainRow::verified_at, "")}};
    return table;
}

struct HostRow {
    TenantId id;
    std::string slug;
    tenants::TenantSettings settings;
};
fields::Table const& table_of(HostRow const*) {
    static fields::Table const table{
        "HostRow",
        {field("id", &HostRow::id, ""), field("slug", &HostRow::slug, ""), field("settings", &HostRow::settings, "")}};
    return table;
}

Domain domain_of_row(DomainRow row) {
    Domain domain{row.id,         std::move(row.name), row.state,      {}, {}, row.failures, std::move(row.fault),
                  row.created_at, row.checked_at,      row.verified_at};
    domain.record_name = std::string(record_label) + domain.name;
    domain.record_value = std::string(record_begins) + row.token;
    return domain;
}

HostsOfTenant with_domains(Snapshot& snapshot, HostRow row) {
    return {row.id, std::move(row.slug),
            snapshot.all<std::string>("SELECT name FROM verified_domains WHERE tenant = :of_tenant ORDER BY name",
                                      bind("of_tenant", row.id)),
            std::move(row.settings.allowed_origins)};
}

}  // namespace

fields::Table const& table_of(DueCheck const*) {
    static fields::Table const table{"DueCheck",
                                     {field("name", &DueCheck::name, ""), field("tenant", &DueCheck::tenant, ""),
                                      field("domain_id", &DueCheck::domain_id, "")}};
    return table;
}

void insert_domain(Transaction& tx, Domain const& domain, std::string_view created_by) {
    tx.execute(R"(
        INSERT INTO domains (tenant_id, id, name, token, state, failures, fault, created_by, created_at)
        VALUES (:tenant, :id, :name, :token, :state, :failures, :fault, :created_by, :created_at))",
               bind("id", domain.id), bind("name", domain.name),
               bind("token", domain.record_value.substr(record_begins.size())), bind("state", domain.state),
               bind("failures", domain.failures), bind("fault", domain.fault), bind("created_by", created_by),
               bind("created_at", domain.created_at));
}

std::optional<Domain> find_domain(Snapshot& snapshot, DomainId id) {
    auto row = snapshot.maybe_one<DomainRow>(R"(
        SELECT id, name, token, state, failures, fault, created_at, checked_at, verified_at
          FROM domains
         WHERE tenant_id = :tenant AND id = :id)",
                                             bind("id", id));
    return row ? std::optional(domain_of_row(std::move(*row))) : std::nullopt;
}

bool has_domain(Snapshot& snapshot, std::string_view name) {
    return snapshot
        .maybe_one<DomainId>("SELECT id FROM domains WHERE tenant_id = :tenant AND name = :name", bind("name", name))
        .has_value();
}

std::vector<Domain> list_domains(Snapshot& snapshot, std::optional<DomainId> after, std::int64_t limit) {
    std::vector<Domain> domains;
    for (auto& row :
         snapshot.all<DomainRow>(R"(
             SELECT id, name, token, state, failures, fault, created_at, checked_at, verified_at
               FROM domains
              WHERE tenant_id = :tenant AND id > :after
              ORDER BY id
              LIMIT :limit)",
                                 bind("after", after ? after->to_string() : std::string()), bind("limit", limit)))
        domains.push_back(domain_of_row(std::move(row)));
    return domains;
}

std::int64_t count_domains(Snapshot& snapshot) {
    return snapshot.one<std::int64_t>("SELECT count(*) AS n FROM domains WHERE tenant_id = :tenant");
}

void update_domain(Transaction& tx, Domain const& domain) {
    tx.execute(R"(
        UPDATE domains SET state = :state, failures = :failures, fault = :fault, checked_at = :checked_at,
                           verified_at = :verified_at
         WHERE tenant_id = :tenant AND id = :id)",
               bind("state", domain.state), bind("failures", domain.failures), bind("fault", domain.fault),
               bind("checked_at", domain.checked_at), bind("verified_at", domain.verified_at), bind("id", domain.id));
}

void remove_domain(Transaction& tx, Domain const& domain) {
    tx.execute("DELETE FROM domains WHERE tenant_id = :tenant AND id = :id", bind("id", domain.id));
}

std::optional<TenantId> holder_of(Snapshot& snapshot, std::string_view name) {
    return snapshot.maybe_one<TenantId>("SELECT tenant FROM verified_domains WHERE name = :name", bind("name", name));
}

void hold(Transaction& tx, Domain const& domain) {
    tx.execute(R"(
        INSERT INTO verified_domains (name, tenant, domain_id, check_at) VALUES (:name, :tenant, :id, :check_at)
        ON CONFLICT (name) DO NOTHING)",
               bind("name", domain.name), bind("id", domain.id), bind("check_at", tx.now() + check_interval));
    shared_state::revoke(tx, tx.tenant().to_string());
}

void let_go(Transaction& tx, Domain const& domain) {
    tx.execute("DELETE FROM verified_domains WHERE name = :name AND tenant = :tenant", bind("name", domain.name));
    shared_state::revoke(tx, tx.tenant().to_string());
}

std::vector<DueCheck> due_checks(Snapshot& snapshot, std::int64_t limit) {
    return snapshot.all<DueCheck>(R"(
        SELECT name, tenant, domain_id FROM verified_domains WHERE check_at <= :now ORDER BY check_at LIMIT :limit)",
                                  bind("now", snapshot.now()), bind("limit", limit));
}

void put_off(Transaction& tx, std::string_view name) {
    tx.execute("UPDATE verified_domains SET check_at = :check_at WHERE name = :name",
               bind("check_at", tx.now() + check_interval), bind("name", name));
}

std::vector<HostsOfTenant> list_hosts(Snapshot& snapshot, std::optional<TenantId> after, std::int64_t limit) {
    std::vector<HostsOfTenant> hosts;
    for (auto& row :
         snapshot.all<HostRow>("SELECT id, slug, settings FROM tenants WHERE id > :after ORDER BY id LIMIT :limit",
                               bind("after", after ? after->to_string() : std::string()), bind("limit", limit)))
        hosts.push_back(with_domains(snapshot, std::move(row)));
    return hosts;
}

std::optional<HostsOfTenant> hosts_of(Snapshot& snapshot, TenantId id) {
    auto row = snapshot.maybe_one<HostRow>("SELECT id, slug, settings FROM tenants WHERE id = :id", bind("id", id));
    return row ? std::optional(with_domains(snapshot, std::move(*row))) : std::nullopt;
}

}  // namespace mainstay::domains
