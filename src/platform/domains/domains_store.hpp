// Within domains alone.
#pragma once
#include "platform/domains/domains.hpp"

namespace mainstay::domains {

// Of the scope's tenant.
void insert_domain(Transaction&, Domain const&, std::string_view created_by);
std::optional<Domain> find_domain(Snapshot&, DomainId);
bool has_domain(Snapshot&, std::string_view name);
std::vector<Domain> list_domains(Snapshot&, std::optional<DomainId> after, std::int64_t limit);
std::int64_t count_domains(Snapshot&);
void update_domain(Transaction&, Domain const&);
void remove_domain(Transaction&, Domain const&);

// Whose it is by verification, whichever tenant's scope this is.
std::optional<TenantId> holder_of(Snapshot&, std::string_view name);
void hold(Transaction&, Domain const&);  // by the scope's tenant
void let_go(Transaction&, Domain const&);

struct DueCheck {
    std::string name;
    TenantId tenant;
    DomainId domain_id;
};
fields::Table const& table_of(DueCheck const*);
std::vector<DueCheck> due_checks(Snapshot& system, std::int64_t limit);
void put_off(Transaction& system, std::string_view name);  // until the next interval

// Over all tenants, behind the one that is given.
std::vector<HostsOfTenant> list_hosts(Snapshot& system, std::optional<TenantId> after, std::int64_t limit);
std::optional<HostsOfTenant> hosts_of(Snapshot& system, TenantId);

// The payload of the job that checks.
struct CheckDomain {
    TenantId tenant_id;
    DomainId domain_id;
};
fields::Table const& table_of(CheckDomain const*);

}  // namespace mainstay::domains
