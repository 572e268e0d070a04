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

enum class Status { trial, active, suspended, deleting };
BOOST_DESCRIBE_ENUM(Status, trial, active, suspended, deleting)

struct Transition {
    Status from, to;
};
inline constexpr Transition transitions[]{
    {Status::trial, Status::active},     {Status::trial, Status::suspended},    {Status::trial, Status::deleting},
    {Status::active, Status::suspended}, {Status::active, Status::deleting},    {Status::suspended, Status::active},
    {Status::suspended, Status::trial},  {Status::suspended, Status::deleting}, {Status::deleting, Status::trial},
    {Status::deleting, Status::active},  {Status::deleting, Status::suspended}};
bool may_become(Status from, Status to);

// Its credentials are taken. A suspended tenant's are refused, and a tenant's that is being deleted but for its
// owners', who may take it back.
constexpr bool is_open(Status status) {
    return status == Status::trial || status == Status::active;
}

inline constexpr Duration deletion_grace = days(30);  // then what it has is erased

enum class Role { owner, org_admin, billing_admin, support_agent, user };
BOOST_DESCRIBE_ENUM(Role, owner, org_admin, billing_admin, support_agent, user)

struct TenantSettings {
    std::string time_zone = "UTC";
    std::string language = "en";
    std::optional<Email> support_email;
    std::vector<std::string> allowed_origins{};  // whose scripts may call with the tenant's keys and access tokens
};
fields::Table const& table_of(TenantSettings const*);
inline constexpr std::size_t origins_max = 20;
// As browsers send it (RFC 6454 section 6.2): https, or http on loopback; in small letters, without a path or a port
// that goes without saying.
bool is_origin(std::string_view);

struct Tenant {
    TenantId id;
    std::string name;
    std::string slug;  // for subdomains and people; unique
    Plan plan = Plan::free;
    Status status = Status::active;
    std::optional<Instant> deletes_at;  // while it is being deleted
    std::optional<std::string> region;  // a label: where its data is said to be
    std::optional<std::string> billing_customer_id;
    TenantSettings settings{};
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
    Status status = Status::active;
};

// "Harbour & Vale" becomes "harbour-vale"; never empty.
std::string slug_of(std::string_view name);
inline constexpr std::string_view slug_pattern = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?";
// Names that subdomains of an installation need for itself, such as www.
bool is_reserved_slug(std::string_view);

// Makes the tenant at once; a taken slug gets a number behind it.
Tenant create_tenant(Transaction& system, std::string name, Plan);
// One that was elsewhere, as it was but, where that is taken, for its slug.
Tenant add_tenant(Transaction& system, Tenant);
std::optional<Tenant> find_tenant(Snapshot&, TenantId);
std::vector<Tenant> list_tenants(Snapshot& system, std::optional<TenantId> after, std::int64_t limit);
void set_plan(Transaction& system, TenantId, Plan);
// Throws Fault(errors::conflict) when it cannot become that. What it becomes when it is taken back is kept.
void set_status(Transaction&, TenantId, Status);
// Takes back what set_status(…, Status::deleting) did.
void restore(Transaction&, TenantId);

// Of which nothing is left but that it was there.
void remove_tenant(Transaction&, TenantId);

// What is given is changed. Throws Fault(errors::conflict) when the slug is taken.
struct TenantChanges {
    std::optional<std::string> name, slug, region, billing_customer_id;
    std::optional<TenantSettings> settings;
};
void update_tenant(Transaction&, TenantId, TenantChanges const&);

// In the tenant's own transaction or a system one. Throws Fault(errors::conflict) when the user is a member already.
Member add_member(Transaction&, TenantId, UserId, Role, std::optional<std::string> invited_by);
// The active ones of open tenants and, behind them, those of owners of tenants that are being deleted.
std::vector<Membership> memberships_of(Snapshot& system, UserId);
std::optional<Role> role_of(Snapshot&, UserId);  // of an active member of the scope's tenant

// As operators see it: of whichever tenants, active in them or not.
struct Place {
    TenantId tenant_id;
    std::string tenant_name;
    Status tenant_status = Status::active;
    Role role = Role::user;
    bool is_active = true;
    Instant joined_at;
};
fields::Table const& table_of(Place const*);
inline constexpr std::int64_t places_listed_max = 200;
// Those that nobody is a member of, such as were made on the command line; the oldest first.
std::vector<TenantId> tenants_without_people(Snapshot& system, std::int64_t limit);
std::vector<Place> places_of(Snapshot& system, UserId);  // oldest tenant first, places_listed_max at most

struct StatusCount {
    Status status = Status::active;
    std::int64_t tenants = 0;
};
fields::Table const& table_of(StatusCount const*);
// Reads the index tenants_by_status alone, all of it. A status that no tenant has is left out.
std::vector<StatusCount> count_by_status(Snapshot& system);

// Of the scope's tenant. What changes a member is heard by every node within a second.
std::optional<Member> find_member(Snapshot&, MemberId);
std::optional<Member> find_member(Snapshot&, UserId);
void set_role(Transaction&, Member const&, Role);
void set_active(Transaction&, Member const&, bool is_active);
void remove_member(Transaction&, Member const&);
bool has_other_owner(Snapshot&, MemberId);                           // an active one
std::int64_t count_active_members(Snapshot&, std::int64_t at_most);  // counts no further

void add_routes(web::Routes&);
std::span<Migration const> migrations();

}  // namespace mainstay::tenants
