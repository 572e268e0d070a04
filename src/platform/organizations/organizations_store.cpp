// All SQL of invitations, and of members as their colleagues see them.
#include "platform/organizations/organizations_store.hpp"

#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

#include <array>

namespace mainstay::organizations {
namespace {

using fields::field;

struct TokenRow {
    TenantId tenant;
    InvitationId invitation_id;
};
fields::Table const& table_of(TokenRow const*) {
    static fields::Table const table{
        "InvitationTokenRow",
        {field("tenant", &TokenRow::tenant, ""), field("invitation_id", &TokenRow::invitation_id, "")}};
    return table;
}

std::string new_token() {
    std::array<unsigned char, 32> bytes;
    random_bytes(bytes);
    return to_base64url(bytes);
}

std::string hash_of(std::string_view token) {
    return to_hex(sha256(token));
}

void keep_token(Transaction& tx, std::string const& hash, InvitationId id) {
    tx.execute(
        "INSERT INTO invitation_tokens (token_hash, tenant, invitation_id) VALUES (:token_hash, :tenant, :invitation)",
        bind("token_hash", hash), bind("invitation", id));
}

void remove_token_of(Transaction& tx, InvitationId id) {
    tx.execute("DELETE FROM invitation_tokens WHERE tenant = :tenant AND invitation_id = :id", bind("id", id));
}

}  // namespace

std::optional<Colleague> find_colleague(Snapshot& snapshot, tenants::MemberId id) {
    return snapshot.maybe_one<Colleague>(R"(
        SELECT m.id AS id, m.user_id AS user_id, u.email AS email, u.name AS name, m.role AS role,
               m.is_active AS is_active, m.invited_by AS invited_by, m.joined_at AS joined_at
          FROM members m
          JOIN users u ON u.id = m.user_id
         WHERE m.tenant_id = :tenant AND m.id = :id)",
                                         bind("id", id));
}

std::vector<Colleague> list_colleagues(Snapshot& snapshot, std::optional<tenants::MemberId> after, std::int64_t limit) {
    return snapshot.all<Colleague>(R"(
        SELECT m.id AS id, m.user_id AS user_id, u.email AS email, u.name AS name, m.role AS role,
               m.is_active AS is_active, m.invited_by AS invited_by, m.joined_at AS joined_at
          FROM members m
          JOIN users u ON u.id = m.user_id
         WHERE m.tenant_id = :tenant AND m.id > :after
         ORDER BY m.id
         LIMIT :limit)",
                                   bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

bool is_member(Snapshot& snapshot, Email const& email) {
    return snapshot
        .maybe_one<tenants::MemberId>(R"(
        SELECT m.id AS id
          FROM members m
          JOIN users u ON u.id = m.user_id
         WHERE m.tenant_id = :tenant AND u.email = :email)",
                                      bind("email", lower_ascii(email.text)))
        .has_value();
}

InvitationWithToken create_invitation(Transaction& tx, Email email, tenants::Role role, std::string invited_by) {
    email.text = lower_ascii(email.text);
    Invitation const invitation{InvitationId::make(tx.now()), std::move(email), role,
                                std::move(invited_by),        tx.now(),         tx.now() + invitation_kept};
    std::string token = new_token();
    std::string const hash = hash_of(token);
    std::int64_t const made = tx.execute(R"(
        INSERT INTO invitations (tenant_id, id, email, role, invited_by, token_hash, created_at, expires_at)
        VALUES (:tenant, :id, :email, :role, :invited_by, :token_hash, :created_at, :expires_at)
        ON CONFLICT (tenant_id, email) DO NOTHING)",
                                         invitation, bind("token_hash", hash));
    if (made == 0) throw Fault(errors::conflict, "This address is invited already; send it again, or revoke it first.");
    keep_token(tx, hash, invitation.id);
    return {invitation, std::move(token)};
}

InvitationWithToken renew_invitation(Transaction& tx, Invitation invitation) {
    std::string token = new_token();
    std::string const hash = hash_of(token);
    invitation.expires_at = tx.now() + invitation_kept;
    remove_token_of(tx, invitation.id);
    tx.execute(R"(
        UPDATE invitations SET token_hash = :token_hash, expires_at = :expires_at
         WHERE tenant_id = :tenant AND id = :id)",
               bind("token_hash", hash), bind("expires_at", invitation.expires_at), bind("id", invitation.id));
    keep_token(tx, hash, invitation.id);
    return {std::move(invitation), std::move(token)};
}

bool is_invited(Snapshot& snapshot, Email const& email) {
    return snapshot
        .maybe_one<InvitationId>("SELECT id FROM invitations WHERE tenant_id = :tenant AND email = :email",
                                 bind("email", lower_ascii(email.text)))
        .has_value();
}

std::optional<Invitation> find_invitation(Snapshot& snapshot, InvitationId id) {
    return snapshot.maybe_one<Invitation>(R"(
        SELECT id, email, role, invited_by, created_at, expires_at
          FROM invitations
         WHERE tenant_id = :tenant AND id = :id)",
                                          bind("id", id));
}

std::vector<Invitation> list_invitations(Snapshot& snapshot, std::optional<InvitationId> after, std::int64_t limit) {
    return snapshot.all<Invitation>(R"(
        SELECT id, email, role, invited_by, created_at, expires_at
          FROM invitations
         WHERE tenant_id = :tenant AND id > :after
         ORDER BY id
         LIMIT :limit)",
                                    bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

std::int64_t count_invitations(Snapshot& snapshot, std::int64_t at_most) {
    return snapshot.one<std::int64_t>(R"(
        SELECT count(*) AS n
          FROM (SELECT id FROM invitations WHERE tenant_id = :tenant AND expires_at > :now LIMIT :at_most) AS waiting)",
                                      bind("now", snapshot.now()), bind("at_most", at_most));
}

void remove_invitation(Transaction& tx, InvitationId id) {
    tx.execute("DELETE FROM invitations WHERE tenant_id = :tenant AND id = :id", bind("id", id));
    remove_token_of(tx, id);
}

std::optional<Offer> find_offer(Snapshot& snapshot, std::string_view token) {
    auto const row = snapshot.maybe_one<TokenRow>(
        "SELECT tenant, invitation_id FROM invitation_tokens WHERE token_hash = :token_hash",
        bind("token_hash", hash_of(token)));
    if (!row) return std::nullopt;
    auto invitation = snapshot.maybe_one<Invitation>(R"(
        SELECT id, email, role, invited_by, created_at, expires_at
          FROM invitations
         WHERE tenant_id = :of_tenant AND id = :id AND expires_at > :now)",
                                                     bind("of_tenant", row->tenant), bind("id", row->invitation_id),
                                                     bind("now", snapshot.now()));
    auto tenant = tenants::find_tenant(snapshot, row->tenant);
    if (!invitation || !tenant || !tenants::is_open(tenant->status)) return std::nullopt;
    return Offer{std::move(*tenant), std::move(*invitation)};
}

}  // namespace mainstay::organizations
