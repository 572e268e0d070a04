// All SQL of sessions and of links in mails: what is found by the hash of a token.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "platform/identity/identity_store.hpp"

#include <algorithm>
#include <stdexcept>

namespace mainstay::identity {
namespace {

using fields::field;

struct SessionRow {
    SessionId id;
    UserId user_id;
    Instant last_used_at;
    Instant expires_at;
    std::optional<std::string> refresh_hash;
    std::optional<TenantId> provider_of;
    std::optional<UserId> operator_id;
    std::optional<SessionId> operator_session;
    std::optional<TenantId> acts_in;
    std::optional<std::string> grant_id;

    std::optional<Acting> acting() const {
        if (!operator_id) return std::nullopt;
        return Acting{*operator_id, operator_session.value(), acts_in.value(), grant_id.value()};
    }
};
fields::Table const& table_of(SessionRow const*) {
    static fields::Table const table{
        "SessionRow",
        {field("id", &SessionRow::id, ""), field("user_id", &SessionRow::user_id, ""),
         field("last_used_at", &SessionRow::last_used_at, ""), field("expires_at", &SessionRow::expires_at, ""),
         field("refresh_hash", &SessionRow::refresh_hash, ""), field("provider_of", &SessionRow::provider_of, ""),
         field("operator_id", &SessionRow::operator_id, ""),
         field("operator_session", &SessionRow::operator_session, ""), field("acts_in", &SessionRow::acts_in, ""),
         field("grant_id", &SessionRow::grant_id, "")}};
    return table;
}

struct InsertedSession {
    SessionId id;
    SessionKind kind;
    std::string token_hash;
    std::optional<std::string> refresh_hash;
    std::optional<TenantId> provider_of;
    std::optional<UserId> operator_id;
    std::optional<SessionId> operator_session;
    std::optional<TenantId> acts_in;
    std::optional<std::string> grant_id;
    UserId user_id;
    Instant created_at, authenticated_at, expires_at;
    std::string remote_address, user_agent;
};
fields::Table const& table_of(InsertedSession const*) {
    static fields::Table const table{
        "InsertedSession",
        {field("id", &InsertedSession::id, ""), field("kind", &InsertedSession::kind, ""),
         field("token_hash", &InsertedSession::token_hash, ""),
         field("refresh_hash", &InsertedSession::refresh_hash, ""),
         field("provider_of", &InsertedSession::provider_of, ""),
         field("operator_id", &InsertedSession::operator_id, ""),
         field("operator_session", &InsertedSession::operator_session, ""),
         field("acts_in", &InsertedSession::acts_in, ""), field("grant_id", &InsertedSession::grant_id, ""),
         field("user_id", &InsertedSession::user_id, ""), field("created_at", &InsertedSession::created_at, ""),
         field("authenticated_at", &InsertedSession::authenticated_at, ""),
         field("expires_at", &InsertedSession::expires_at, ""),
         field("remote_address", &InsertedSession::remote_address, ""),
         field("user_agent", &InsertedSession::user_agent, "")}};
    return table;
}

Duration kept(Purpose purpose) {
    switch (purpose) {
        case Purpose::verify_email: return verification_kept;
        case Purpose::reset_password: return reset_kept;
        default: return second_factor_kept;
    }
}

std::string domain_of(Email const& address) {
    return lower_ascii(address.text.substr(address.text.rfind('@') + 1));
}

// A refresh token is the part that stays, this, and the part of the present turn.
constexpr char turn_mark = '.';

std::string joined(std::string_view lasting, std::string_view turn) {
    return std::string(lasting) + turn_mark + std::string(turn);
}

std::optional<SessionRow> find_row(Snapshot& snapshot, SessionId id) {
    return snapshot.maybe_one<SessionRow>(R"(
        SELECT id, user_id, last_used_at, expires_at, refresh_hash, provider_of, operator_id, operator_session, acts_in,
               grant_id
          FROM sessions
         WHERE id = :id)",
                                          bind("id", id));
}

bool is_under_way(SessionRow const& row, Instant now) {
    return row.expires_at > now && row.last_used_at + session_idle > now;
}

std::vector<TenantId> tenants_that_enforce(Snapshot& snapshot, Email const& address) {
    return snapshot.all<TenantId>("SELECT tenant FROM enforced_domains WHERE domain = :domain",
                                  bind("domain", domain_of(address)));
}

// Divides what the person works in: a provider speaks for its own tenant and makes nobody its owner.
void divide(Snapshot& snapshot, SessionFacts& facts, std::optional<TenantId> provider_of) {
    auto const enforcing = tenants_that_enforce(snapshot, facts.user.email);
    std::vector<tenants::Membership> reached;
    for (auto membership : facts.memberships) {
        bool const is_owner = membership.role == tenants::Role::owner;
        bool const is_reached = provider_of ? membership.tenant == *provider_of && tenants::is_open(membership.status)
                                            : is_owner || !std::ranges::count(enforcing, membership.tenant);
        if (provider_of && is_owner) membership.role = tenants::Role::org_admin;
        if (is_reached)
            reached.push_back(membership);
        else
            facts.withheld.push_back(membership.tenant);
    }
    facts.memberships = std::move(reached);
    facts.user.is_operator = facts.user.is_operator && !provider_of;
}

// Who acts as somebody reaches one tenant, and nothing of the installation.
void narrow(SessionFacts& facts, TenantId tenant) {
    std::erase_if(facts.memberships,
                  [&](auto const& one) { return one.tenant != tenant || !tenants::is_open(one.status); });
    facts.user.is_operator = false;
}

bool may_act(Snapshot& snapshot, Acting const& acting) {
    auto const own = find_row(snapshot, acting.operator_session);
    auto const user = find_user(snapshot, acting.operator_id);
    return own && own->user_id == acting.operator_id && is_under_way(*own, snapshot.now()) && user &&
           user->is_operator && is_active(snapshot, user->id);
}

std::optional<SessionFacts> facts_of_acting(Snapshot& snapshot, SessionFacts facts) {
    // Whoever was made an operator meanwhile is acted for no longer.
    if (facts.user.is_operator || !may_act(snapshot, *facts.acting)) return std::nullopt;
    narrow(facts, facts.acting->acts_in);
    return facts.memberships.empty() ? std::nullopt : std::optional(std::move(facts));
}

std::optional<SessionFacts> facts_of(Snapshot& snapshot, SessionRow const& row) {
    auto user = is_under_way(row, snapshot.now()) ? find_user(snapshot, row.user_id) : std::nullopt;
    if (!user || !is_active(snapshot, user->id)) return std::nullopt;
    SessionFacts facts{row.id, std::move(*user), tenants::memberships_of(snapshot, row.user_id),
                       {},     row.expires_at,   row.acting()};
    if (facts.acting) return facts_of_acting(snapshot, std::move(facts));
    divide(snapshot, facts, row.provider_of);
    return facts;
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

NewSession create_session(Transaction& tx, UserId user, Call const& from, SignIn const& how) {
    if (!is_active(tx, user)) throw Fault(errors::account_suspended, "This account is suspended.");
    std::string const lasting = new_token();
    bool const has_turns = how.kind == SessionKind::tokens;
    std::string const turn = has_turns ? new_token() : std::string();
    InsertedSession session;
    session.id = SessionId::make(tx.now());
    session.kind = how.kind;
    session.token_hash = hash_of_token(lasting);
    if (has_turns) session.refresh_hash = hash_of_token(turn);
    session.provider_of = how.provider_of;
    if (how.acting) {
        session.operator_id = how.acting->operator_id;
        session.operator_session = how.acting->operator_session;
        session.acts_in = how.acting->acts_in;
        session.grant_id = how.acting->grant_id;
    }
    session.user_id = user;
    session.created_at = tx.now();
    session.authenticated_at = how.authenticated_at;
    session.expires_at = std::min(tx.now() + session_absolute, how.ends_by.value_or(tx.now() + session_absolute));
    session.remote_address = from.remote_address;
    session.user_agent = utf8_prefix(from.user_agent, audit::user_agent_bytes_max);
    tx.execute(R"(
        INSERT INTO sessions (id, kind, token_hash, refresh_hash, provider_of, operator_id, operator_session, acts_in,
                              grant_id, user_id, created_at, authenticated_at, last_used_at, expires_at, remote_address,
                              user_agent)
        VALUES (:id, :kind, :token_hash, :refresh_hash, :provider_of, :operator_id, :operator_session, :acts_in,
                :grant_id, :user_id, :created_at, :authenticated_at, :created_at, :expires_at, :remote_address,
                :user_agent))",
               session);
    tx.execute(R"(
        DELETE FROM sessions
         WHERE id IN (SELECT id FROM sessions WHERE expires_at <= :now LIMIT :at_most))",
               bind("now", tx.now()), bind("at_most", ended_removed_at_once));
    end_oldest_past_max(tx, user);
    return {session.id, how.kind, has_turns ? joined(lasting, turn) : lasting, session.expires_at - tx.now()};
}

// With those in which an operator acts from it.
void delete_session(Transaction& tx, SessionId id) {
    auto const from_it =
        tx.all<SessionId>("DELETE FROM sessions WHERE operator_session = :id RETURNING id", bind("id", id));
    tx.execute("DELETE FROM sessions WHERE id = :id", bind("id", id));
    shared_state::revoke(tx, id.to_string());
    for (SessionId const one : from_it) shared_state::revoke(tx, one.to_string());
}

void end_sessions_by_grant(Transaction& tx, std::string const& grant_id) {
    for (SessionId const id :
         tx.all<SessionId>("SELECT id FROM sessions WHERE grant_id = :grant_id", bind("grant_id", grant_id)))
        delete_session(tx, id);
}

std::optional<Resumed> resume_own_session(Transaction& tx, Call const& call) {
    auto const id = SessionId::parse(call.identity.credential_id);
    auto const row = id ? find_row(tx, *id) : std::nullopt;
    auto const acting = row ? row->acting() : std::nullopt;
    if (!acting) throw Fault(errors::conflict, "This session is its user's own.");
    auto const own =
        may_act(tx, *acting) ? find_session(tx, acting->operator_id, acting->operator_session) : std::nullopt;
    delete_session(tx, *id);
    if (!own) return std::nullopt;
    delete_session(tx, own->id);
    return Resumed{find_user(tx, acting->operator_id).value(),
                   create_session(tx, acting->operator_id, call, {own->authenticated_at, own->kind})};
}

NewSession renew_session(Transaction& tx, Call const& call, std::optional<Instant> authenticated_at) {
    UserId const user = person_of(call);
    auto const id = SessionId::parse(call.identity.credential_id);
    auto const session = id ? find_session(tx, user, *id) : std::nullopt;
    if (!session) throw Fault(errors::unauthorized, "The session has ended.");
    if (session->impersonated_by) throw std::logic_error("a session in which an operator acts is not made anew");
    delete_session(tx, session->id);
    return create_session(tx, user, call,
                          {authenticated_at.value_or(session->authenticated_at), session->kind, session->provider_of});
}

void end_sessions(Transaction& tx, UserId user, std::optional<SessionId> except) {
    for (SessionId const id :
         tx.all<SessionId>("SELECT id FROM sessions WHERE user_id = :user_id", bind("user_id", user)))
        if (id != except) delete_session(tx, id);
}

std::optional<SessionFacts> find_session(Snapshot& snapshot, std::string_view token) {
    auto const row =
        snapshot.maybe_one<SessionRow>(R"(
        SELECT id, user_id, last_used_at, expires_at, refresh_hash, provider_of, operator_id, operator_session, acts_in,
               grant_id
          FROM sessions
         WHERE token_hash = :token_hash AND kind = :kind)",
                                       bind("token_hash", hash_of_token(token)), bind("kind", SessionKind::browser));
    return row ? facts_of(snapshot, *row) : std::nullopt;
}

std::optional<SessionFacts> find_session_of_tokens(Snapshot& snapshot, SessionId id, UserId user) {
    auto const row =
        snapshot.maybe_one<SessionRow>(R"(
        SELECT id, user_id, last_used_at, expires_at, refresh_hash, provider_of, operator_id, operator_session, acts_in,
               grant_id
          FROM sessions
         WHERE id = :id AND user_id = :user_id AND kind = :kind)",
                                       bind("id", id), bind("user_id", user), bind("kind", SessionKind::tokens));
    return row ? facts_of(snapshot, *row) : std::nullopt;
}

std::optional<SessionFacts> find_session(Snapshot& snapshot, SessionId id) {
    auto const row = find_row(snapshot, id);
    return row ? facts_of(snapshot, *row) : std::nullopt;
}

// Whoever has the part that stays had a token of the session once: with another turn than the present one it is a
// token that was used already.
std::optional<Refreshed> spend_refresh_token(Transaction& tx, std::string_view token) {
    auto const cut = token.find(turn_mark);
    auto const lasting = token.substr(0, cut), turn = cut == token.npos ? token.substr(0, 0) : token.substr(cut + 1);
    auto const row =
        tx.maybe_one<SessionRow>(R"(
        SELECT id, user_id, last_used_at, expires_at, refresh_hash, provider_of, operator_id, operator_session, acts_in,
               grant_id
          FROM sessions
         WHERE token_hash = :token_hash AND kind = :kind)",
                                 bind("token_hash", hash_of_token(lasting)), bind("kind", SessionKind::tokens));
    if (!row || !is_under_way(*row, tx.now())) return std::nullopt;
    if (!equals_in_constant_time(row->refresh_hash.value_or(""), hash_of_token(turn))) {
        delete_session(tx, row->id);
        return Refreshed{row->user_id, std::nullopt};
    }
    std::string const next = new_token();
    tx.execute("UPDATE sessions SET refresh_hash = :next, last_used_at = :now WHERE id = :id",
               bind("next", hash_of_token(next)), bind("now", tx.now()), bind("id", row->id));
    return Refreshed{row->user_id,
                     NewSession{row->id, SessionKind::tokens, joined(lasting, next), row->expires_at - tx.now()}};
}

std::vector<Session> list_sessions(Snapshot& snapshot, UserId user) {
    return snapshot.all<Session>(R"(
        SELECT id, kind, created_at, last_used_at, expires_at, authenticated_at, remote_address, user_agent,
               provider_of, operator_id AS impersonated_by, FALSE AS is_current
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
        SELECT id, kind, created_at, last_used_at, expires_at, authenticated_at, remote_address, user_agent,
               provider_of, operator_id AS impersonated_by, FALSE AS is_current
          FROM sessions
         WHERE user_id = :user_id AND id = :id)",
                                       bind("user_id", user), bind("id", id));
}

void set_enforced_domains(Transaction& tx, TenantId tenant, std::vector<std::string> const& domains) {
    tx.execute("DELETE FROM enforced_domains WHERE tenant = :of_tenant", bind("of_tenant", tenant));
    for (auto const& domain : domains)
        tx.execute("INSERT INTO enforced_domains (domain, tenant) VALUES (:domain, :of_tenant)",
                   bind("domain", lower_ascii(domain)), bind("of_tenant", tenant));
    shared_state::revoke(tx, tenant.to_string());
}

bool must_use_single_sign_on(Snapshot& snapshot, User const& user) {
    SessionFacts facts{{}, user, tenants::memberships_of(snapshot, user.id), {}, {}};
    divide(snapshot, facts, std::nullopt);
    return facts.memberships.empty() && !facts.withheld.empty() && !user.is_operator;
}

void mark_used(Transaction& tx, SessionId id) {
    tx.execute("UPDATE sessions SET last_used_at = :now WHERE id = :id", bind("id", id), bind("now", tx.now()));
    tx.execute(R"(
        UPDATE users SET last_seen_at = :now
         WHERE id = (SELECT user_id FROM sessions WHERE id = :id AND operator_id IS NULL)
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
