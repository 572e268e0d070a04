// Tenants: the organizations that everything else belongs to, and who works in them.
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"
#include "platform/entitlements/entitlements.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mainstay::tenants {

using UserId = Id<"usr">;
using MemberId = Id<"mem">;
using entitlements::Plan;

enum class Status { active, suspended };
BOOST_DESCRIBE_ENUM(Status, active, suspended)

enum class Role { owner, org_admin, billing_admin, support_agent, user };
BOOST_DESCRIBE_ENUM(Role, owner, org_admin, billing_admin, support_agent, user)

struct Tenant {
    TenantId id;
    std::string name;
    std::string slug;  // for subdomains and people; unique
    Plan plan = Plan::free;
    Status status = Status::active;
    Instant created_at;
};
fields::Table const& table_of(Tenant const*);

struct Member {
    MemberId id;
    UserId user_id;
    Role role = Role::user;
    bool is_active = true;
    std::optional<std::string> invited_by;
    Instant joined_at;
};
fields::Table const& table_of(Member const*);

struct Membership {
    TenantId tenant;
    Role role = Role::user;
};

// "Harbour & Vale" becomes "harbour-vale"; never empty.
std::string slug_of(std::string_view name);

// Makes the tenant at once; a taken slug gets a number behind it.
Tenant create_tenant(Transaction& system, std::string name, Plan);
std::optional<Tenant> find_tenant(Snapshot&, TenantId);
std::vector<Tenant> list_tenants(Snapshot& system, std::optional<TenantId> after, std::int64_t limit);
void set_plan(Transaction& system, TenantId, Plan);
void set_status(Transaction& system, TenantId, Status);

// In the tenant's own transaction or a system one. Throws Fault(errors::conflict) when the user is a member already.
Member add_member(Transaction&, TenantId, UserId, Role, std::optional<std::string> invited_by);
std::vector<Membership> memberships_of(Snapshot& system, UserId);  // the active ones of active tenants
std::optional<Role> role_of(Snapshot&, UserId);                    // of an active member of the scope's tenant

void add_routes(web::Routes&);
std::span<Migration const> migrations();

}  // namespace mainstay::tenants
