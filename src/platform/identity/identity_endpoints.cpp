// What the API says about signing in.
#include "kernel/web/web.hpp"
#include "platform/identity/identity_routes.hpp"
#include "platform/identity/second_factor_store.hpp"

namespace mainstay::identity {
namespace {

using fields::field;
using fields::length;

// Of tenants that were there before anybody, such as the sample's: the first operator owns them.
constexpr std::int64_t ownerless_taken_max = 20;

constexpr Throttle sign_ins{"login",
                            {"sign-ins of an account", 10, minutes(1)},
                            {"sign-ins from an address", 60, minutes(1)},
                            {"sign-ins", 600, minutes(1)}};

struct SetUp {
    std::string token;
    std::string name;
    Email email;
    std::string password;
    std::string organization;
};
fields::Table const& table_of(SetUp const*) {
    static fields::Table const table{
        "SetUp",
        {field("token", &SetUp::token, "From the link that the console printed.", length(1, 200)),
         field("name", &SetUp::name, "Your name.", length(1, 100)),
         field("email", &SetUp::email, "You sign in with it."),
         field("password", &SetUp::password, "8 to 128 characters.", length(password_min, password_max)),
         field("organization", &SetUp::organization, "The first tenant.", length(1, 100))}};
    return table;
}

struct LogIn {
    Email email;
    std::string password;
    SessionKind session = SessionKind::browser;
};
fields::Table const& table_of(LogIn const*) {
    static fields::Table const table{"LogIn",
                                     {field("email", &LogIn::email, "The account's address."),
                                      field("password", &LogIn::password, "Its password.", length(1, password_max)),
                                      session_field(&LogIn::session)}};
    return table;
}

// In place of SignedIn, where the account has a second factor.
struct SecondFactorNeeded {
    std::string status = "second_factor";
    std::string token;
};
fields::Table const& table_of(SecondFactorNeeded const*) {
    static fields::Table const table{
        "SecondFactorNeeded",
        {field("status", &SecondFactorNeeded::status, "second_factor"),
         field("token", &SecondFactorNeeded::token, "For POST /api/v1/auth/second-factor, within five minutes.")}};
    return table;
}

struct Me {
    std::string actor_id;
    std::optional<TenantId> tenant_id;
    std::vector<std::string> permissions;
    std::optional<std::string> impersonated_by;
    std::optional<Instant> ends_at;
};
fields::Table const& table_of(Me const*) {
    static fields::Table const table{
        "Me",
        {field("actor_id", &Me::actor_id, "A user's or a key's id."),
         field("tenant_id", &Me::tenant_id, "The tenant that this call acts in."),
         field("permissions", &Me::permissions, "What it may do."),
         field("impersonated_by", &Me::impersonated_by, "The operator who acts as this user, by the tenant's consent."),
         field("ends_at", &Me::ends_at, "When the operator has to stop.")}};
    return table;
}

constexpr web::Endpoint setup_endpoint{
    .name = "set_up",
    .method = web::Method::post,
    .path = "/api/v1/auth/setup",
    .summary = "Make the first operator and tenant with the one-time token of the console",
    .permission = web::public_access,
    .success = 201,
};

web::Content set_up(Needs const& needs, Call const& call, Database& database, SetUp input) {
    throttle(needs, call, sign_ins, "setup");
    if (auto const why = why_refused(input.password, {input.name, input.email.text, input.organization}))
        throw Fault(errors::invalid_input, "The input is not valid.", std::vector<Problem>{{"/password", *why}});
    std::string const hash = needs.passwords.hash(input.password);
    NewSession session;
    User const user = database.write(system_scope("the first operator"), [&](Transaction& tx) {
        if (!spend_setup_token(tx, input.token) || has_operator(tx))
            throw Fault(errors::setup_closed, "The set-up link is not valid.");
        User made = create_user(tx, {input.email, input.name, hash, true, true});
        auto const ownerless = tenants::tenants_without_people(tx, ownerless_taken_max);
        auto const tenant = tenants::create_tenant(tx, input.organization, tenants::Plan::enterprise);
        tenants::add_member(tx, tenant.id, made.id, tenants::Role::owner, std::nullopt);
        for (TenantId const one : ownerless) tenants::add_member(tx, one, made.id, tenants::Role::owner, std::nullopt);
        session = create_session(tx, made.id, call, {tx.now()});
        audit::write(tx, installation_tenant,
                     {made.id.to_string(), std::string(setup_endpoint.name), tenant.id.to_string(), 201}, &call);
        return made;
    });
    return signed_in(needs, database, user, session);
}

constexpr web::Endpoint login_endpoint{
    .name = "log_in",
    .method = web::Method::post,
    .path = "/api/v1/auth/login",
    .summary = "Sign in with a password; sets the session's cookie or gives tokens, or asks for the second factor",
    .permission = web::public_access,
};

web::Content log_in(Needs const& needs, Call const& call, Database& database, LogIn input) {
    throttle(needs, call, sign_ins, input.email.text);
    int bcrypt_cost = 0;
    auto const login = database.read(system_scope("who signs in"), [&](Snapshot& snapshot) {
        bcrypt_cost = bcrypt_cost_kept(snapshot);
        return find_login(snapshot, input.email.text);
    });
    std::string const action(login_endpoint.name);
    if (!needs.passwords.verify(input.password, login ? login->password_hash : std::string(), bcrypt_cost)) {
        audit::Act act{{}, action, {}, errors::sign_in_failed.status, std::string(errors::sign_in_failed.name)};
        // A write for an unknown address too: how long it takes tells nobody whether there is an account.
        database.write(system_scope("a sign-in that failed"), [&](Transaction& tx) {
            if (login) act.actor_id = login->id.to_string();
            login ? note_sign_in(tx, call, login->id, act) : audit::write(tx, installation_tenant, act, &call);
        });
        throw Fault(errors::sign_in_failed, "The address or the password is wrong.");
    }
    if (login->status == UserStatus::suspended) {
        database.write(system_scope("a sign-in to a suspended account"), [&](Transaction& tx) {
            note_sign_in(tx, call, login->id,
                         {login->id.to_string(),
                          action,
                          {},
                          errors::account_suspended.status,
                          std::string(errors::account_suspended.name)});
        });
        throw Fault(errors::account_suspended, "This account is suspended.");
    }
    database.read(system_scope("how a person has to sign in"), [&](Snapshot& snapshot) {
        auto const known = find_user(snapshot, login->id);
        if (known && must_use_single_sign_on(snapshot, *known))
            throw Fault(errors::single_sign_on_required, "Your organization has you sign in by single sign-on.");
    });
    bool const is_renewed = !Passwords::is_current(login->password_hash);
    std::string const hash = is_renewed ? needs.passwords.hash(input.password) : std::string();
    NewSession session;
    SecondFactorNeeded next;
    auto user = database.write(system_scope("a new session"), [&](Transaction& tx) {
        if (is_renewed) replace_hash(tx, login->id, login->password_hash, hash);
        next.token.clear();
        if (has_second_factor(tx, login->id)) {
            next.token = make_link(tx, Purpose::second_factor, login->id, input.email);
            return find_user(tx, login->id);
        }
        session = create_session(tx, login->id, call, {tx.now(), input.session});
        note_sign_in(tx, call, login->id, {login->id.to_string(), action, {}, login_endpoint.success});
        return find_user(tx, login->id);
    });
    if (next.token.empty()) return signed_in(needs, database, std::move(user.value()), session);
    web::Content content;
    content.content_type = "application/json";
    content.body = fields::to_json(next);
    return content;
}

constexpr web::Endpoint logout_endpoint{
    .name = "log_out",
    .method = web::Method::post,
    .path = "/api/v1/auth/logout",
    .summary = "End this session",
    .permission = "me.read",
    .success = 204,
    .body = web::Body::none,
    .impersonators = web::Impersonators::admitted,
};

web::Content log_out(Needs const& needs, Call const& call, Database& database) {
    if (auto const session = SessionId::parse(call.identity.credential_id))
        database.write(system_scope("a session ends"), [&](Transaction& tx) {
            delete_session(tx, *session);
            note_sign_in(tx, call, UserId::parse(call.identity.actor_id).value(),
                         {call.identity.actor_id, std::string(logout_endpoint.name), {}, logout_endpoint.success});
        });
    web::Content content;
    content.headers.push_back({"Set-Cookie", session_cookie("", needs.is_tls, {})});
    return content;
}

constexpr web::Endpoint me_endpoint{
    .name = "read_me",
    .method = web::Method::get,
    .path = "/api/v1/me",
    .summary = "Who this credential is and what it may do",
    .permission = "me.read",
};

Me read_me(Call const& call) {
    Me me{call.identity.actor_id, std::nullopt, call.identity.permissions->names(), {}, {}};
    if (call.tenant().is_set()) me.tenant_id = call.tenant();
    if (!call.identity.impersonator_id.empty()) {
        me.impersonated_by = call.identity.impersonator_id;
        me.ends_at = call.identity.valid_until;
    }
    return me;
}

}  // namespace

fields::Table const& table_of(Account const*) {
    static fields::Table const table{
        "Account",
        {field("id", &Account::id, "Begins with usr_."), field("email", &Account::email, "For signing in and mail."),
         field("name", &Account::name, "What people are called."),
         field("is_operator", &Account::is_operator, "Runs the installation."),
         field("status", &Account::status, "Whoever is suspended cannot sign in."),
         field("email_verified_at", &Account::email_verified_at, "Since when it is known that the address is theirs."),
         field("last_seen_at", &Account::last_seen_at, "When they were last signed in, to within a minute."),
         field("created_at", &Account::created_at, "Since when.")}};
    return table;
}

fields::Table const& table_of(User const*) {
    static fields::Table const table{
        "User",
        {field("id", &User::id, "Begins with usr_."), field("email", &User::email, "For signing in and mail."),
         field("name", &User::name, "What people are called."),
         field("is_operator", &User::is_operator, "Runs the installation."),
         field("email_verified_at", &User::email_verified_at, "Since when it is known that the address is theirs."),
         field("created_at", &User::created_at, "Since when.")}};
    return table;
}

void add_routes(web::Routes& routes, Needs needs) {
    routes.add(setup_endpoint, [needs](Call const& call, Database& database, SetUp input) {
        return set_up(needs, call, database, std::move(input));
    });
    routes.add(login_endpoint, [needs](Call const& call, Database& database, LogIn input) {
        return log_in(needs, call, database, std::move(input));
    });
    routes.add(logout_endpoint,
               [needs](Call const& call, Database& database) { return log_out(needs, call, database); });
    routes.add(me_endpoint, read_me);
    add_signup_routes(routes, needs);
    add_recovery_routes(routes, needs);
    add_profile_routes(routes, needs);
    add_session_routes(routes, needs);
    add_token_routes(routes, needs);
    add_second_factor_routes(routes, needs);
    routes.declare({&errors::sign_in_failed, &errors::refresh_refused, &errors::setup_closed, &errors::link_invalid,
                    &errors::fresh_sign_in_required, &errors::single_sign_on_required, &errors::account_suspended});
}

}  // namespace mainstay::identity
