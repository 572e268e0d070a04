// What the ways of signing in share: limits, the cookie, the reply, the audit, and how fresh a sign-in is.
#include "base/text.hpp"
#include "platform/identity/identity_routes.hpp"

namespace mainstay::identity {
namespace {

using fields::field;

constexpr Throttle own_password{"password",
                                {"password checks of an account", 10, minutes(1)},
                                {"password checks from an address", 60, minutes(1)},
                                {"password checks", 600, minutes(1)}};

struct SignedIn {
    std::string status = "signed_in";
    User user;
    std::vector<TenantId> tenants;
    std::string csrf_token;
};
fields::Table const& table_of(SignedIn const*) {
    static fields::Table const table{
        "SignedIn",
        {field("status", &SignedIn::status, "signed_in"), field("user", &SignedIn::user, "Who signed in."),
         field("tenants", &SignedIn::tenants, "Where they work."),
         field("csrf_token", &SignedIn::csrf_token, "Send it as X-CSRF-Token with every change.")}};
    return table;
}

struct SignedInWithTokens {
    std::string status = "signed_in";
    User user;
    std::vector<TenantId> tenants;
    TokenPair tokens;
};
fields::Table const& table_of(SignedInWithTokens const*) {
    static fields::Table const table{
        "SignedInWithTokens",
        fields::with_those_of(&SignedInWithTokens::tokens,
                              {field("status", &SignedInWithTokens::status, "signed_in"),
                               field("user", &SignedInWithTokens::user, "Who signed in."),
                               field("tenants", &SignedInWithTokens::tenants, "Where they work.")})};
    return table;
}

[[noreturn]] void refuse(std::string const& pointer, std::string message) {
    throw Fault(errors::invalid_input, "The input is not valid.", std::vector<Problem>{{pointer, std::move(message)}});
}

}  // namespace

std::string_view session_cookie_name(bool is_tls) {
    return is_tls ? "__Host-session" : "session";
}

std::string session_cookie(std::string const& token, bool is_tls, Duration kept) {
    return std::string(session_cookie_name(is_tls)) + '=' + token +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(kept.us / 1'000'000) +
           (is_tls ? "; Secure" : "");
}

web::Content signed_in(Needs const& needs, Database& database, User user, NewSession const& session) {
    std::vector<TenantId> where;
    database.read(system_scope("tenants of who signs in"), [&](Snapshot& snapshot) {
        auto const facts = find_session(snapshot, session.id);
        if (facts)
            for (auto const& membership : facts->memberships) where.push_back(membership.tenant);
    });
    web::Content content;
    content.content_type = "application/json";
    if (session.kind == SessionKind::tokens) {
        TokenPair tokens = token_pair(needs, database, user.id, session);
        content.body =
            fields::to_json(SignedInWithTokens{"signed_in", std::move(user), std::move(where), std::move(tokens)});
        return content;
    }
    content.body =
        fields::to_json(SignedIn{"signed_in", std::move(user), std::move(where), csrf_token_of(session.token)});
    content.headers.push_back({"Set-Cookie", session_cookie(session.token, needs.is_tls, session.kept)});
    return content;
}

void throttle(Needs const& needs, Call const& call, Throttle const& limits, std::string const& account) {
    std::string const act = std::string(limits.act) + ':';
    std::pair<std::string, shared_state::Limit> const all[] = {
        {act + "account:" + lower_ascii(account), limits.by_account},
        {act + "address:" + call.remote_address, limits.by_address},
        {act, limits.overall}};
    for (auto const& [key, limit] : all) {
        auto const decision = needs.limits.take(key, limit, needs.clock.monotonic());
        if (decision.allowed) continue;
        Fault fault(errors::limited, "Too many attempts (limit: " + std::string(limit.name) + ").");
        fault.retry_after_s = static_cast<int>(decision.retry_after.us / 1'000'000 + 1);
        throw fault;
    }
}

void note_in_tenants(Transaction& tx, Call const& call, UserId user, audit::Act const& act) {
    for (auto const& membership : tenants::memberships_of(tx, user)) audit::write(tx, membership.tenant, act, &call);
}

void note_sign_in(Transaction& tx, Call const& call, UserId user, audit::Act const& act) {
    auto const memberships = tenants::memberships_of(tx, user);
    for (auto const& membership : memberships) audit::write(tx, membership.tenant, act, &call);
    auto const known = find_user(tx, user);
    if (memberships.empty() || (known && known->is_operator)) audit::write(tx, installation_tenant, act, &call);
}

void check_new_password(std::string_view password, std::string const& pointer,
                        std::vector<std::string_view> const& own_words) {
    if (auto const why = why_refused(password, own_words)) refuse(pointer, *why);
}

void check_own_password(Needs const& needs, Call const& call, Database& database, std::string const& password,
                        std::string const& pointer) {
    UserId const user = person_of(call);
    throttle(needs, call, own_password, user.to_string());
    auto const login = database.read(system_scope("the password of who is signed in"),
                                     [&](Snapshot& snapshot) { return find_login(snapshot, user); });
    if (needs.passwords.verify(password, login ? login->password_hash : std::string())) return;
    database.write(system_scope("a password that was wrong"), [&](Transaction& tx) {
        note_sign_in(tx, call, user,
                     {user.to_string(),
                      "check_password",
                      {},
                      errors::invalid_input.status,
                      std::string(errors::invalid_input.name)});
    });
    refuse(pointer, "is not your password");
}

UserId person_of(Call const& call) {
    auto const user = UserId::parse(call.identity.actor_id);
    if (call.identity.kind != Identity::Kind::session || !user)
        throw Fault(errors::forbidden, "This is done by people who are signed in, not with a key.");
    return *user;
}

void require_fresh(Snapshot& snapshot, Call const& call) {
    UserId const user = person_of(call);
    auto const id = SessionId::parse(call.identity.credential_id);
    auto const session = id ? find_session(snapshot, user, *id) : std::nullopt;
    if (!session || session->authenticated_at + fresh_for <= snapshot.now())
        throw Fault(errors::fresh_sign_in_required, "Say your password again: it was last said some time ago.");
}

}  // namespace mainstay::identity
