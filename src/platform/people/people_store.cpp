#include "platform/people/people_store.hpp"

#include <array>

namespace mainstay::people {
namespace {

using fields::field;

struct Erased {
    std::string_view table;
    Sql rows;
};
constexpr std::array<Erased, 7> erased{{
    {"members", "DELETE FROM members WHERE user_id = :user_id"},
    {"provider_identities", "DELETE FROM provider_identities WHERE user_id = :user_id"},
    {"sessions", "DELETE FROM sessions WHERE user_id = :user_id"},
    {"user_links", "DELETE FROM user_links WHERE user_id = :user_id"},
    {"user_recovery_codes", "DELETE FROM user_recovery_codes WHERE user_id = :user_id"},
    {"user_second_factors", "DELETE FROM user_second_factors WHERE user_id = :user_id"},
    {"user_tenants", "DELETE FROM user_tenants WHERE user_id = :user_id"},
}};

std::array<std::string_view, erased.size()> names_of_tables() {
    std::array<std::string_view, erased.size()> names;
    for (std::size_t i = 0; i < erased.size(); ++i) names[i] = erased[i].table;
    return names;
}

}  // namespace

std::span<std::string_view const> tables_of_people() {
    static auto const names = names_of_tables();
    return names;
}

fields::Table const& table_of(KeptMembership const*) {
    static fields::Table const table{"KeptMembership",
                                     {field("tenant_id", &KeptMembership::tenant_id, "Where."),
                                      field("tenant_name", &KeptMembership::tenant_name, "What it is called."),
                                      field("role", &KeptMembership::role, "What they may do there."),
                                      field("is_active", &KeptMembership::is_active, "Whether they may come in."),
                                      field("joined_at", &KeptMembership::joined_at, "Since when.")}};
    return table;
}
fields::Table const& table_of(KeptSession const*) {
    static fields::Table const table{
        "KeptSession",
        {field("id", &KeptSession::id, "Begins with ses_."), field("kind", &KeptSession::kind, "browser or tokens."),
         field("created_at", &KeptSession::created_at, "When it began."),
         field("last_used_at", &KeptSession::last_used_at, "When it was last used."),
         field("expires_at", &KeptSession::expires_at, "When it ends."),
         field("remote_address", &KeptSession::remote_address, "From where."),
         field("user_agent", &KeptSession::user_agent, "By what.")}};
    return table;
}
fields::Table const& table_of(KeptSecondFactor const*) {
    static fields::Table const table{"KeptSecondFactor",
                                     {field("confirmed_at", &KeptSecondFactor::confirmed_at, "In force since then."),
                                      field("created_at", &KeptSecondFactor::created_at, "When it was begun.")}};
    return table;
}
fields::Table const& table_of(KeptProviderIdentity const*) {
    static fields::Table const table{"KeptProviderIdentity",
                                     {field("tenant_id", &KeptProviderIdentity::tenant_id, "Whose single sign-on."),
                                      field("issuer", &KeptProviderIdentity::issuer, "Who says it."),
                                      field("subject", &KeptProviderIdentity::subject, "What they are called there."),
                                      field("created_at", &KeptProviderIdentity::created_at, "Since when.")}};
    return table;
}
fields::Table const& table_of(KeptInvitation const*) {
    static fields::Table const table{"KeptInvitation",
                                     {field("tenant_id", &KeptInvitation::tenant_id, "Who invites."),
                                      field("role", &KeptInvitation::role, "As what."),
                                      field("created_at", &KeptInvitation::created_at, "Since when."),
                                      field("expires_at", &KeptInvitation::expires_at, "Until when.")}};
    return table;
}
fields::Table const& table_of(KeptLine const*) {
    static fields::Table const table{
        "KeptAuditLine",
        {field("tenant_id", &KeptLine::tenant_id, "In whose log."), field("id", &KeptLine::id, "Begins with aud_."),
         field("action", &KeptLine::action, "What they did."), field("object_id", &KeptLine::object_id, "To what."),
         field("status", &KeptLine::status, "With what result."), field("code", &KeptLine::code, "Of a refusal."),
         field("remote_address", &KeptLine::remote_address, "From where."),
         field("user_agent", &KeptLine::user_agent, "By what."), field("created_at", &KeptLine::created_at, "When.")}};
    return table;
}
fields::Table const& table_of(Kept const*) {
    static fields::Table const table{
        "KeptAboutMe",
        {field("user", &Kept::user, "The account."),
         field("has_password", &Kept::has_password, "Whether a hash of a password is kept."),
         field("second_factor", &Kept::second_factor, "If there is one; its seed is kept encrypted."),
         field("memberships", &Kept::memberships, "Where they work."),
         field("sessions", &Kept::sessions, "Where they are or were signed in."),
         field("provider_identities", &Kept::provider_identities, "What identity providers call them."),
         field("invitations", &Kept::invitations, "Of their address, that wait."),
         field("audit", &Kept::audit, "What they did, newest first: 10,000 lines at most."),
         field("is_whole", &Kept::is_whole, "false: there are older lines of the audit.")}};
    return table;
}

std::optional<Kept> find_kept(Snapshot& snapshot, tenants::UserId id) {
    auto user = identity::find_user(snapshot, id);
    if (!user) return std::nullopt;
    Kept kept;
    kept.user = std::move(*user);
    kept.has_password = identity::has_password(snapshot, id);
    kept.second_factor = snapshot.maybe_one<KeptSecondFactor>(
        "SELECT confirmed_at, created_at FROM user_second_factors WHERE user_id = :user_id", bind("user_id", id));
    kept.memberships = snapshot.all<KeptMembership>(R"(
        SELECT m.tenant_id AS tenant_id, t.name AS tenant_name, m.role AS role, m.is_active AS is_active,
               m.joined_at AS joined_at
          FROM user_tenants ut
          JOIN members m ON m.tenant_id = ut.tenant AND m.user_id = ut.user_id
          JOIN tenants t ON t.id = ut.tenant
         WHERE ut.user_id = :user_id
         ORDER BY ut.tenant)",
                                                    bind("user_id", id));
    kept.sessions = snapshot.all<KeptSession>(R"(
        SELECT id, kind, created_at, last_used_at, expires_at, remote_address, user_agent
          FROM sessions WHERE user_id = :user_id ORDER BY id DESC)",
                                              bind("user_id", id));
    kept.provider_identities = snapshot.all<KeptProviderIdentity>(R"(
        SELECT tenant_id, issuer, subject, created_at
          FROM provider_identities WHERE user_id = :user_id ORDER BY tenant_id, issuer, subject)",
                                                                  bind("user_id", id));
    kept.invitations = snapshot.all<KeptInvitation>(R"(
        SELECT tenant_id, role, created_at, expires_at FROM invitations WHERE email = :email ORDER BY tenant_id, id)",
                                                    bind("email", kept.user.email));
    kept.audit = snapshot.all<KeptLine>(R"(
        SELECT tenant_id, id, action, object_id, status, code, remote_address, user_agent, created_at
          FROM audit_log WHERE actor_id = :actor_id ORDER BY id DESC LIMIT :at_most)",
                                        bind("actor_id", id.to_string()), bind("at_most", exported_lines_max + 1));
    kept.is_whole = std::ssize(kept.audit) <= exported_lines_max;
    if (!kept.is_whole) kept.audit.pop_back();
    return kept;
}

std::vector<TenantId> owned_alone(Snapshot& snapshot, tenants::UserId id) {
    return snapshot.all<TenantId>(R"(
        SELECT m.tenant_id AS tenant_id
          FROM members m
          JOIN tenants t ON t.id = m.tenant_id
         WHERE m.user_id = :user_id AND m.role = :owner AND t.status <> :deleting
           AND NOT EXISTS (SELECT 1 FROM members o
                            WHERE o.tenant_id = m.tenant_id AND o.role = :owner AND o.is_active = :is_active
                              AND o.user_id <> m.user_id)
         ORDER BY m.tenant_id)",
                                  bind("user_id", id), bind("owner", tenants::Role::owner),
                                  bind("deleting", tenants::Status::deleting), bind("is_active", true));
}

bool is_last_operator(Snapshot& snapshot, tenants::UserId id) {
    auto const user = identity::find_user(snapshot, id);
    return user && user->is_operator &&
           !snapshot.maybe_one<tenants::UserId>(
               "SELECT id FROM users WHERE is_operator = :is_operator AND id <> :id LIMIT 1", bind("is_operator", true),
               bind("id", id));
}

void delete_rows(Transaction& tx, identity::User const& user) {
    for (Erased const& one : erased) tx.execute(one.rows, bind("user_id", user.id));
    tx.execute(R"(
        DELETE FROM invitation_tokens
         WHERE EXISTS (SELECT 1 FROM invitations i
                        WHERE i.tenant_id = invitation_tokens.tenant AND i.id = invitation_tokens.invitation_id
                          AND i.email = :email))",
               bind("email", user.email));
    tx.execute("DELETE FROM invitations WHERE email = :email", bind("email", user.email));
    tx.execute("DELETE FROM users WHERE id = :user_id", bind("user_id", user.id));
}

}  // namespace mainstay::people
