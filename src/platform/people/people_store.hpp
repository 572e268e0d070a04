// All SQL about a whole person, over all tenants. In system scope. Within people alone.
#pragma once
#include "platform/audit/audit.hpp"
#include "platform/people/people.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mainstay::people {

struct KeptMembership {
    TenantId tenant_id;
    std::string tenant_name;
    tenants::Role role = tenants::Role::user;
    bool is_active = true;
    Instant joined_at;
};
struct KeptSession {
    std::string id;
    identity::SessionKind kind = identity::SessionKind::browser;
    Instant created_at, last_used_at, expires_at;
    std::string remote_address, user_agent;
};
struct KeptSecondFactor {
    std::optional<Instant> confirmed_at;
    Instant created_at;
};
struct KeptProviderIdentity {
    TenantId tenant_id;
    std::string issuer, subject;
    Instant created_at;
};
struct KeptInvitation {
    TenantId tenant_id;
    tenants::Role role = tenants::Role::user;
    Instant created_at, expires_at;
};
struct KeptLine {
    TenantId tenant_id;
    std::string id, action, object_id;
    std::int64_t status = 0;
    std::string code, remote_address, user_agent;
    Instant created_at;
};
struct Kept {
    identity::User user;
    bool has_password = false;
    std::optional<KeptSecondFactor> second_factor;
    std::vector<KeptMembership> memberships;
    std::vector<KeptSession> sessions;
    std::vector<KeptProviderIdentity> provider_identities;
    std::vector<KeptInvitation> invitations;
    std::vector<KeptLine> audit;
    bool is_whole = true;  // false: there are older lines of the audit
};
fields::Table const& table_of(Kept const*);

std::optional<Kept> find_kept(Snapshot&, tenants::UserId);

// Tenants that would be without an owner.
std::vector<TenantId> owned_alone(Snapshot&, tenants::UserId);
bool is_last_operator(Snapshot&, tenants::UserId);
void delete_rows(Transaction&, identity::User const&);

}  // namespace mainstay::people
