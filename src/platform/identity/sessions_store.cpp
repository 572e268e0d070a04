// All SQL of sessions and of links in mails: what is found by the hash of a token.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "platform/identity/identity_store.hpp"

namespace mainstay::identity {
namespace {

using fields::field;

struct SessionRow {
    SessionId id;
    UserId user_id;
    Instant last_used_at;
    Instant expires_at;
};
fields::Table const& table_of(SessionRow const*) {
    static fields::Table const table{
        "SessionRow",
        {field("id", &SessionRow::id, ""), field("user_id", &SessionRow::user_id, ""),
         field("last_used_at", &SessionRow::last_used_at, ""), field("expires_at", &SessionRow::expires_at, "")}};
    return table;
}

struct NewSession {
    SessionId id;
    std::string token_hash;
    UserId user_id;
    Instant created_at, authenticated_at, expires_at;
    std::string remote_address, user_agent;
};
fields::Table const& table_of(NewSession const*) {
    static fields::Table const table{
        "NewSession",
        {field("id", &NewSession::id, ""), field("token_hash", &NewSession::token_hash, ""),
         field("user_id", &NewSession::user_id, ""), field("created_at", &NewSession::created_at, ""),
         field("authenticated_at", &NewSession::authenticated_at, ""), field("expires_at", &NewSession::expires_at, ""),
         field("remote_address", &NewSession::remote_address, ""), field("user_agent", &NewSession::user_agent, "")}};
    return table;
}

Duration kept(Purpose purpose) {
    switch (purpose) {
        case Purpose::verify_email: return verification_kept;
        case Purpose::reset_password: return reset_kept;
        default: return second_factor_kept;
    }
}

void end_oldest_past_max(Transaction& tx, UserId user) {
    auto const beyond = tx.all<SessionId>(R"(
        SELECT id FROM sessions
         WHERE user_id = :user_id
         ORDER BY id DESC
         LIMIT 100 OFFSET :kept)",
                                          bind("user_id", user), bind("kept", static_cast<std::int64_t>(sessions_max)));
    for (SessionId const id : beyond) delete_session(tx, id);
}

}  // namespace

std::string create_session(Transaction& tx, UserId user, Call const& from, Instant authenticated_at) {
    if (!is_active(tx, user)) throw Fault(errors::account_suspended, "This account is suspended.");
    std::string token = new_token();
    NewSession const session{SessionId::make(tx.now()),
                             hash_of_token(token),
                             user,
                             tx.now(),
                             authenticated_at,
                             tx.now() + session_absolute,
                             from.remote_address,
                             std::string(utf8_prefix(from.user_agent, audit::user_agent_bytes_max))};
    tx.execute(R"(
        INSERT INTO sessions (id, token_hash, user_id, created_at, authenticated_at, last_used_at, expires_at,
                              remote_address, user_agent)
        VALUES (:id, :token_hash, :user_id, :created_at, :authenticated_at, :created_at, :expires_at, :remote_address,
                :user_agent))",
               session);
    tx.execute(R"(
        DELETE FROM sessions
         WHERE id IN (SELECT id FROM sessions WHERE expires_at <= :now LIMIT :at_most))",
               bind("now", tx.now()), bind("at_most", ended_removed_at_once));
    end_oldest_past_max(tx, user);
    return token;
}

void delete_session(Transaction& tx, SessionId id) {
    tx.execute("DELETE FROM sessions WHERE id = :id", bind("id", id));
    shared_state::revoke(tx, id.to_string());
}

std::string renew_session(Transaction& tx, Call const& call) {
    UserId const user = person_of(call);
    auto const id = SessionId::parse(call.identity.credential_id);
    auto const session = id ? find_session(tx, user, *id) : std::nullopt;
    if (!session) throw Fault(errors::unauthorized, "The session has ended.");
    delete_session(tx, session->id);
    return create_session(tx, user, call, session->authenticated_at);
}

void end_sessions(Transaction& tx, UserId user, std::optional<SessionId> except) {
    for (SessionId const id :
         tx.all<SessionId>("SELECT id FROM sessions WHERE user_id = :user_id", bind("user_id", user)))
        if (id != except) delete_session(tx, id);
}

std::optional<SessionFacts> find_session(Snapshot& snapshot, std::string_view token) {
    auto const row = snapshot.maybe_one<SessionRow>(
        "SELECT id, user_id, last_used_at, expires_at FROM sessions WHERE token_hash = :token_hash",
        bind("token_hash", hash_of_token(token)));
    if (!row || row->expires_at <= snapshot.now() || row->last_used_at + session_idle <= snapshot.now())
        return std::nullopt;
    auto user = find_user(snapshot, row->user_id);
    if (!user || !is_active(snapshot, user->id)) return std::nullopt;
    return SessionFacts{row->id, std::move(*user), tenants::memberships_of(snapshot, row->user_id), row->expires_at};
}

std::vector<Session> list_sessions(Snapshot& snapshot, UserId user) {
    return snapshot.all<Session>(R"(
        SELECT id, created_at, last_used_at, expires_at, authenticated_at, remote_address, user_agent,
               FALSE AS is_current
          FROM sessions
         WHERE user_id = :user_id AND expires_at > :now AND last_used_at > :idle_since
         ORDER BY id DESC
         LIMIT :at_most)",
                                 bind("user_id", user), bind("now", snapshot.now()),
                                 bind("idle_since", snapshot.now() - session_idle),
                                 bind("at_most", static_cast<std::int64_t>(sessions_max)));
}

std::optional<Session> find_session(Snapshot& snapshot, UserId user, SessionId id) {
    return snapshot.maybe_one<Session>(R"(
        SELECT id, created_at, last_used_at, expires_at, authenticated_at, remote_address, user_agent,
               FALSE AS is_current
          FROM sessions
         WHERE user_id = :user_id AND id = :id)",
                                       bind("user_id", user), bind("id", id));
}

void mark_used(Transaction& tx, SessionId id) {
    tx.execute("UPDATE sessions SET last_used_at = :now WHERE id = :id", bind("id", id), bind("now", tx.now()));
    tx.execute(R"(
        UPDATE users SET last_seen_at = :now
         WHERE id = (SELECT user_id FROM sessions WHERE id = :id)
           AND (last_seen_at IS NULL OR last_seen_at <= :noted_before))",
               bind("id", id), bind("now", tx.now()), bind("noted_before", tx.now() - seen_pause));
}

std::string csrf_token_of(std::string_view session_token) {
    return to_base64url(hmac_sha256(session_token, "csrf"));
}

fields::Table const& table_of(LinkFacts const*) {
    static fields::Table const table{
        "LinkFacts", {field("user_id", &LinkFacts::user_id, ""), field("email", &LinkFacts::email, "")}};
    return table;
}

std::string make_link(Transaction& tx, Purpose purpose, UserId user, Email const& email) {
    std::string token = new_token();
    tx.execute("DELETE FROM user_links WHERE user_id = :user_id AND purpose = :purpose", bind("user_id", user),
               bind("purpose", purpose));
    tx.execute(R"(
        DELETE FROM user_links
         WHERE token_hash IN (SELECT token_hash FROM user_links WHERE expires_at <= :now LIMIT :at_most))",
               bind("now", tx.now()), bind("at_most", ended_removed_at_once));
    tx.execute(R"(
        INSERT INTO user_links (token_hash, user_id, purpose, email, expires_at)
        VALUES (:token_hash, :user_id, :purpose, :email, :expires_at))",
               bind("token_hash", hash_of_token(token)), bind("user_id", user), bind("purpose", purpose),
               bind("email", lower_ascii(email.text)), bind("expires_at", tx.now() + kept(purpose)));
    return token;
}

std::optional<LinkFacts> find_link(Snapshot& snapshot, Purpose purpose, std::string_view token) {
    return snapshot.maybe_one<LinkFacts>(R"(
        SELECT user_id, email FROM user_links
         WHERE token_hash = :token_hash AND purpose = :purpose AND expires_at > :now)",
                                         bind("token_hash", hash_of_token(token)), bind("purpose", purpose),
                                         bind("now", snapshot.now()));
}

std::optional<LinkFacts> spend_link(Transaction& tx, Purpose purpose, std::string_view token) {
    auto facts = find_link(tx, purpose, token);
    if (facts)
        tx.execute("DELETE FROM user_links WHERE token_hash = :token_hash", bind("token_hash", hash_of_token(token)));
    return facts;
}

}  // namespace mainstay::identity
