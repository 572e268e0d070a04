// All SQL of tenants.
#include "platform/tenants/tenants.hpp"

#include <algorithm>

namespace mainstay::tenants {
namespace {

constexpr int slug_attempts = 1000;

struct MembershipRow {
    TenantId tenant;
    Status status = Status::active;
};
fields::Table const& table_of(MembershipRow const*) {
    static fields::Table const table{
        "MembershipRow",
        {fields::field("tenant", &MembershipRow::tenant, ""), fields::field("status", &MembershipRow::status, "")}};
    return table;
}

struct RoleRow {
    Role role = Role::user;
    bool is_active = true;
};
fields::Table const& table_of(RoleRow const*) {
    static fields::Table const table{
        "RoleRow", {fields::field("role", &RoleRow::role, ""), fields::field("is_active", &RoleRow::is_active, "")}};
    return table;
}

}  // namespace

Tenant create_tenant(Transaction& tx, std::string name, Plan plan) {
    Tenant tenant;
    tenant.id = TenantId::make(tx.now());
    tenant.name = std::move(name);
    tenant.plan = plan;
    tenant.created_at = tx.now();
    tenant.slug = slug_of(tenant.name);
    return add_tenant(tx, std::move(tenant));
}

Tenant add_tenant(Transaction& tx, Tenant tenant) {
    std::string const slug = tenant.slug;
    for (int attempt = 1; attempt <= slug_attempts; ++attempt) {
        tenant.slug = attempt == 1 ? slug : slug + '-' + std::to_string(attempt);
        if (is_reserved_slug(tenant.slug)) continue;
        std::int64_t const made = tx.execute(R"(
            INSERT INTO tenants (id, name, slug, plan, status, deletes_at, region, billing_customer_id, settings,
                                 created_at)
            VALUES (:id, :name, :slug, :plan, :status, :deletes_at, :region, :billing_customer_id, :settings,
                    :created_at)
            ON CONFLICT (slug) DO NOTHING)",
                                             tenant);
        if (made != 1) continue;
        shared_state::revoke(tx, tenant.id.to_string());  // its subdomain is to be known
        return tenant;
    }
    throw Fault(errors::conflict, "There are too many tenants of this name.");
}

std::optional<Tenant> find_tenant(Snapshot& snapshot, TenantId id) {
    return snapshot.maybe_one<Tenant>(R"(
        SELECT id, name, slug, plan, status, deletes_at, region, billing_customer_id, settings, created_at
          FROM tenants
         WHERE id = :id)",
                                      bind("id", id));
}

std::vector<Tenant> list_tenants(Snapshot& snapshot, std::optional<TenantId> after, std::int64_t limit) {
    return snapshot.all<Tenant>(R"(
        SELECT id, name, slug, plan, status, deletes_at, region, billing_customer_id, settings, created_at
          FROM tenants
         WHERE id > :after
         ORDER BY id
         LIMIT :limit)",
                                bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

void set_plan(Transaction& tx, TenantId id, Plan plan) {
    if (tx.execute("UPDATE tenants SET plan = :plan WHERE id = :id", bind("plan", plan), bind("id", id)) == 0)
        throw Fault(errors::not_found, "There is no such tenant.");
    shared_state::revoke(tx, id.to_string());
}

void set_status(Transaction& tx, TenantId id, Status status) {
    auto const tenant = find_tenant(tx, id);
    if (!tenant) throw Fault(errors::not_found, "There is no such tenant.");
    if (!may_become(tenant->status, status))
        throw Fault(errors::conflict, "A tenant that is " + std::string(fields::name_of(tenant->status)) +
                                          " cannot become " + std::string(fields::name_of(status)) + ".");
    bool const is_deleting = status == Status::deleting;
    tx.execute(R"(
        UPDATE tenants SET status = :status, status_before = :before, deletes_at = :deletes_at WHERE id = :id)",
               bind("status", status), bind("before", is_deleting ? std::optional(tenant->status) : std::nullopt),
               bind("deletes_at", is_deleting ? std::optional(tx.now() + deletion_grace) : std::nullopt),
               bind("id", id));
    shared_state::revoke(tx, id.to_string());
}

void restore(Transaction& tx, TenantId id) {
    auto const before = tx.maybe_one<Status>(
        "SELECT status_before FROM tenants WHERE id = :id AND status = :deleting AND status_before IS NOT NULL",
        bind("id", id), bind("deleting", Status::deleting));
    if (!before) throw Fault(errors::conflict, "The tenant is not being deleted.");
    set_status(tx, id, *before);
}

void remove_tenant(Transaction& tx, TenantId id) {
    tx.execute("DELETE FROM tenants WHERE id = :id", bind("id", id));
    shared_state::revoke(tx, id.to_string());
}

void update_tenant(Transaction& tx, TenantId id, TenantChanges const& changes) {
    auto const before = find_tenant(tx, id);
    if (!before) throw Fault(errors::not_found, "There is no such tenant.");
    Tenant tenant = *before;
    if (changes.name) tenant.name = *changes.name;
    if (changes.slug) tenant.slug = *changes.slug;
    if (changes.region) tenant.region = *changes.region;
    if (changes.billing_customer_id) tenant.billing_customer_id = *changes.billing_customer_id;
    if (changes.settings) tenant.settings = *changes.settings;
    auto const holder = tx.maybe_one<TenantId>("SELECT id FROM tenants WHERE slug = :slug", bind("slug", tenant.slug));
    if (holder && *holder != id) throw Fault(errors::conflict, "Another tenant has this slug.");
    tx.execute(R"(
        UPDATE tenants SET name = :name, slug = :slug, region = :region, billing_customer_id = :billing_customer_id,
                           settings = :settings
         WHERE id = :id)",
               tenant);
    shared_state::revoke(tx, id.to_string());
}

Member add_member(Transaction& tx, TenantId tenant, UserId user, Role role, std::optional<std::string> invited_by) {
    Member member{MemberId::make(tx.now()), user, role, true, std::move(invited_by), tx.now()};
    std::int64_t const made = tx.execute(R"(
        INSERT INTO members (tenant_id, id, user_id, role, is_active, invited_by, joined_at)
        VALUES (:of_tenant, :id, :user_id, :role, :is_active, :invited_by, :joined_at)
        ON CONFLICT (tenant_id, user_id) DO NOTHING)",
                                         member, bind("of_tenant", tenant));
    if (made == 0) throw Fault(errors::conflict, "This person is a member already.");
    tx.execute(
        "INSERT INTO user_tenants (user_id, tenant) VALUES (:user_id, :of_tenant) ON CONFLICT (user_id, tenant) DO "
        "NOTHING",
        bind("user_id", user), bind("of_tenant", tenant));
    shared_state::revoke(tx, user.to_string());
    return member;
}

std::optional<Role> role_of(Snapshot& snapshot, UserId user) {
    auto const row = snapshot.maybe_one<RoleRow>(
        "SELECT role, is_active FROM members WHERE tenant_id = :tenant AND user_id = :user_id", bind("user_id", user));
    return row && row->is_active ? std::optional(row->role) : std::nullopt;
}

std::vector<Membership> memberships_of(Snapshot& snapshot, UserId user) {
    std::vector<Membership> memberships;
    auto const rows = snapshot.all<MembershipRow>(R"(
        SELECT ut.tenant AS tenant, t.status AS status
          FROM user_tenants ut
          JOIN tenants t ON t.id = ut.tenant
         WHERE ut.user_id = :user_id
         ORDER BY ut.tenant)",
                                                  bind("user_id", user));
    for (MembershipRow const& row : rows) {
        if (row.status == Status::suspended) continue;
        auto const role = snapshot.maybe_one<RoleRow>(
            "SELECT role, is_active FROM members WHERE tenant_id = :of AND user_id = :user_id", bind("of", row.tenant),
            bind("user_id", user));
        if (!role || !role->is_active || (!is_open(row.status) && role->role != Role::owner)) continue;
        memberships.push_back({row.tenant, role->role, row.status});
    }
    std::stable_partition(memberships.begin(), memberships.end(),
                          [](Membership const& one) { return is_open(one.status); });
    return memberships;
}

std::vector<Place> places_of(Snapshot& snapshot, UserId user) {
    return snapshot.all<Place>(R"(
        SELECT t.id AS tenant_id, t.name AS tenant_name, t.status AS tenant_status, m.role AS role,
               m.is_active AS is_active, m.joined_at AS joined_at
          FROM user_tenants ut
          JOIN tenants t ON t.id = ut.tenant
          JOIN members m ON m.tenant_id = ut.tenant AND m.user_id = ut.user_id
         WHERE ut.user_id = :user_id
         ORDER BY ut.tenant
         LIMIT :at_most)",
                               bind("user_id", user), bind("at_most", places_listed_max));
}

std::vector<TenantId> tenants_without_people(Snapshot& snapshot, std::int64_t limit) {
    return snapshot.all<TenantId>(R"(
        SELECT t.id AS id
          FROM tenants t
         WHERE NOT EXISTS (SELECT ut.user_id FROM user_tenants ut WHERE ut.tenant = t.id)
         ORDER BY t.id
         LIMIT :limit)",
                                  bind("limit", limit));
}

std::vector<StatusCount> count_by_status(Snapshot& snapshot) {
    return snapshot.all<StatusCount>("SELECT status, count(*) AS tenants FROM tenants GROUP BY status");
}

std::optional<Member> find_member(Snapshot& snapshot, MemberId id) {
    return snapshot.maybe_one<Member>(R"(
        SELECT id, user_id, role, is_active, invited_by, joined_at
          FROM members
         WHERE tenant_id = :tenant AND id = :id)",
                                      bind("id", id));
}

std::optional<Member> find_member(Snapshot& snapshot, UserId user) {
    return snapshot.maybe_one<Member>(R"(
        SELECT id, user_id, role, is_active, invited_by, joined_at
          FROM members
         WHERE tenant_id = :tenant AND user_id = :user_id)",
                                      bind("user_id", user));
}

void set_role(Transaction& tx, Member const& member, Role role) {
    tx.execute("UPDATE members SET role = :role WHERE tenant_id = :tenant AND id = :id", bind("role", role),
               bind("id", member.id));
    shared_state::revoke(tx, member.user_id.to_string());
}

void set_active(Transaction& tx, Member const& member, bool is_active) {
    tx.execute("UPDATE members SET is_active = :is_active WHERE tenant_id = :tenant AND id = :id",
               bind("is_active", is_active), bind("id", member.id));
    shared_state::revoke(tx, member.user_id.to_string());
}

void remove_member(Transaction& tx, Member const& member) {
    tx.execute("DELETE FROM members WHERE tenant_id = :tenant AND id = :id", bind("id", member.id));
    tx.execute("DELETE FROM user_tenants WHERE user_id = :user_id AND tenant = :tenant",
               bind("user_id", member.user_id));
    shared_state::revoke(tx, member.user_id.to_string());
}

bool has_other_owner(Snapshot& snapshot, MemberId id) {
    return snapshot
        .maybe_one<MemberId>(R"(
        SELECT id FROM members
         WHERE tenant_id = :tenant AND role = :owner AND is_active = :is_active AND id <> :id
         LIMIT 1)",
                             bind("owner", Role::owner), bind("is_active", true), bind("id", id))
        .has_value();
}

std::int64_t count_active_members(Snapshot& snapshot, std::int64_t at_most) {
    return snapshot.one<std::int64_t>(R"(
        SELECT count(*) AS n
          FROM (SELECT id FROM members WHERE tenant_id = :tenant AND is_active = :is_active LIMIT :at_most) AS active)",
                                      bind("is_active", true), bind("at_most", at_most));
}

}  // namespace mainstay::tenants
