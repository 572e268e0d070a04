// All SQL of tenants.
#include "platform/tenants/tenants.hpp"

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
    Tenant tenant{TenantId::make(tx.now()), std::move(name), {}, plan, Status::active, tx.now()};
    std::string const slug = slug_of(tenant.name);
    for (int attempt = 1; attempt <= slug_attempts; ++attempt) {
        tenant.slug = attempt == 1 ? slug : slug + '-' + std::to_string(attempt);
        std::int64_t const made = tx.execute(R"(
            INSERT INTO tenants (id, name, slug, plan, status, created_at)
            VALUES (:id, :name, :slug, :plan, :status, :created_at)
            ON CONFLICT (slug) DO NOTHING)",
                                             tenant);
        if (made == 1) return tenant;
    }
    throw Fault(errors::conflict, "There are too many tenants of this name.");
}

std::optional<Tenant> find_tenant(Snapshot& snapshot, TenantId id) {
    return snapshot.maybe_one<Tenant>("SELECT id, name, slug, plan, status, created_at FROM tenants WHERE id = :id",
                                      bind("id", id));
}

std::vector<Tenant> list_tenants(Snapshot& snapshot, std::optional<TenantId> after, std::int64_t limit) {
    return snapshot.all<Tenant>(R"(
        SELECT id, name, slug, plan, status, created_at
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
    if (tx.execute("UPDATE tenants SET status = :status WHERE id = :id", bind("status", status), bind("id", id)) == 0)
        throw Fault(errors::not_found, "There is no such tenant.");
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
        if (row.status != Status::active) continue;
        auto const role = snapshot.maybe_one<RoleRow>(
            "SELECT role, is_active FROM members WHERE tenant_id = :of AND user_id = :user_id", bind("of", row.tenant),
            bind("user_id", user));
        if (role && role->is_active) memberships.push_back({row.tenant, role->role});
    }
    return memberships;
}

}  // namespace mainstay::tenants
