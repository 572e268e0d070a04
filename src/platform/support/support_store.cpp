// All SQL of consent to support.
#include "platform/support/support_store.hpp"

namespace mainstay::support {

using fields::field;

fields::Table const& table_of(Grant const*) {
    static fields::Table const table{
        "SupportAccess",
        {field("id", &Grant::id, "Begins with sup_."), field("granted_by", &Grant::granted_by, "A user's id."),
         field("created_at", &Grant::created_at, "Since when."), field("expires_at", &Grant::expires_at, "Until when."),
         field("revoked_at", &Grant::revoked_at, "When it was taken back, if it was."),
         field("revoked_by", &Grant::revoked_by, "A user's id.")}};
    return table;
}

Grant create_grant(Transaction& tx, std::string granted_by, Duration kept) {
    Grant grant{GrantId::make(tx.now()), std::move(granted_by), tx.now(), tx.now() + kept};
    tx.execute(R"(
        INSERT INTO support_grants (tenant_id, id, granted_by, created_at, expires_at, revoked_at, revoked_by)
        VALUES (:tenant, :id, :granted_by, :created_at, :expires_at, :revoked_at, :revoked_by))",
               grant);
    return grant;
}

std::vector<Grant> list_grants(Snapshot& snapshot, std::optional<GrantId> after, std::int64_t limit) {
    return snapshot.all<Grant>(R"(
        SELECT id, granted_by, created_at, expires_at, revoked_at, revoked_by
          FROM support_grants
         WHERE tenant_id = :tenant AND id > :after
         ORDER BY id
         LIMIT :limit)",
                               bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

std::optional<Grant> find_grant(Snapshot& snapshot, GrantId id) {
    return snapshot.maybe_one<Grant>(R"(
        SELECT id, granted_by, created_at, expires_at, revoked_at, revoked_by
          FROM support_grants
         WHERE tenant_id = :tenant AND id = :id)",
                                     bind("id", id));
}

std::int64_t count_live_grants(Snapshot& snapshot, std::int64_t at_most) {
    return snapshot.one<std::int64_t>(R"(
        SELECT count(*) AS n
          FROM (SELECT id FROM support_grants
                 WHERE tenant_id = :tenant AND expires_at > :now AND revoked_at IS NULL
                 LIMIT :at_most) AS live)",
                                      bind("now", snapshot.now()), bind("at_most", at_most));
}

void mark_revoked(Transaction& tx, GrantId id, std::string const& revoked_by) {
    tx.execute("UPDATE support_grants SET revoked_at = :now, revoked_by = :by WHERE tenant_id = :tenant AND id = :id",
               bind("now", tx.now()), bind("by", revoked_by), bind("id", id));
}

std::optional<Grant> find_live_grant(Snapshot& snapshot, TenantId tenant) {
    return snapshot.maybe_one<Grant>(R"(
        SELECT id, granted_by, created_at, expires_at, revoked_at, revoked_by
          FROM support_grants
         WHERE tenant_id = :of_tenant AND expires_at > :now AND revoked_at IS NULL
         ORDER BY expires_at DESC, id
         LIMIT 1)",
                                     bind("of_tenant", tenant), bind("now", snapshot.now()));
}

std::vector<Email> addresses_of_owners(Snapshot& snapshot, TenantId tenant, std::int64_t at_most) {
    return snapshot.all<Email>(R"(
        SELECT u.email AS email
          FROM members m
          JOIN users u ON u.id = m.user_id
         WHERE m.tenant_id = :of_tenant AND m.role = :owner AND m.is_active = :is_active
         ORDER BY m.id
         LIMIT :at_most)",
                               bind("of_tenant", tenant), bind("owner", tenants::Role::owner), bind("is_active", true),
                               bind("at_most", at_most));
}

}  // namespace mainstay::support
