// What the API says about a second factor: begun, put in force by its first code, asked for at each sign-in, taken
// away.
#include "platform/identity/identity_routes.hpp"
#include "platform/identity/second_factor_store.hpp"
#include "platform/identity/totp.hpp"

namespace mainstay::identity {
namespace {

using fields::field;
using fields::length;

constexpr std::size_t code_max = 32;
constexpr Throttle codes{"second_factor",
                         {"codes of an account", 10, minutes(5)},
                         {"codes from an address", 60, minutes(1)},
                         {"codes", 600, minutes(1)}};

struct Begun {
    Secret secret;
    Secret uri;
};
fields::Table const& table_of(Begun const*) {
    static fields::Table const table{
        "BegunSecondFactor",
        {field("secret", &Begun::secret, "To type into an authenticator app; shown this once."),
         field("uri", &Begun::uri, "The same for a QR code.")}};
    return table;
}

struct Code {
    std::string code;
};
fields::Table const& table_of(Code const*) {
    static fields::Table const table{"SecondFactorCode",
                                     {field("code", &Code::code, "What the app shows.", length(6, code_max))}};
    return table;
}

struct RecoveryCodes {
    std::vector<Secret> recovery_codes;
};
fields::Table const& table_of(RecoveryCodes const*) {
    static fields::Table const table{"RecoveryCodes",
                                     {field("recovery_codes", &RecoveryCodes::recovery_codes,
                                            "Each works once in place of a code; shown this once.")}};
    return table;
}

struct SecondStep {
    std::string token;
    std::string code;
    SessionKind session = SessionKind::browser;
};
fields::Table const& table_of(SecondStep const*) {
    static fields::Table const table{
        "SecondStep",
        {field("token", &SecondStep::token, "From the answer to the password.", length(1, 200)),
         field("code", &SecondStep::code, "What the app shows, or a recovery code.", length(6, code_max)),
         session_field(&SecondStep::session)}};
    return table;
}

void note(Transaction& tx, Call const& call, UserId user, web::Endpoint const& endpoint) {
    note_sign_in(tx, call, user, {user.to_string(), std::string(endpoint.name), user.to_string(), endpoint.success});
}

RecoveryCodes shown(std::vector<std::string> made) {
    RecoveryCodes all;
    for (auto& code : made) all.recovery_codes.push_back({std::move(code)});
    return all;
}

[[noreturn]] void refuse_code() {
    throw Fault(errors::invalid_input, "The input is not valid.",
                std::vector<Problem>{{"/code", "is not the code that the app shows now, or was used already"}});
}

constexpr web::Endpoint read_endpoint{
    .name = "read_second_factor",
    .method = web::Method::get,
    .path = "/api/v1/me/second-factor",
    .summary = "Whether one's account has a second factor",
    .permission = "me.read",
};

SecondFactor read(Call const& call, Database& database) {
    UserId const user = person_of(call);
    return database.read(system_scope("a person's second factor"), [&](Snapshot& snapshot) {
        return find_second_factor(snapshot, user).value_or(SecondFactor{});
    });
}

constexpr web::Endpoint begin_endpoint{
    .name = "begin_second_factor",
    .method = web::Method::post,
    .path = "/api/v1/me/second-factor",
    .summary = "Begin a second factor; it is in force from its first code on. Needs a fresh sign-in",
    .permission = "me.read",
    .success = 201,
    .body = web::Body::none,
};

Begun begin(Needs const& needs, Call const& call, Database& database) {
    UserId const id = person_of(call);
    std::string const seed = new_totp_seed();
    User const user =
        database.write(installation_scope("a second factor is begun", id.to_string()), [&](Transaction& tx) {
            require_fresh(tx, call);
            if (!begin_second_factor(tx, needs.secrets, id, seed))
                throw Fault(errors::conflict, "The account has a second factor already; take it away first.");
            note(tx, call, id, begin_endpoint);
            return find_user(tx, id).value();
        });
    return {{to_base32(seed)}, {totp_uri(seed, "Mainstay", user.email.text)}};
}

constexpr web::Endpoint confirm_endpoint{
    .name = "confirm_second_factor",
    .method = web::Method::post,
    .path = "/api/v1/me/second-factor/confirm",
    .summary = "Put the second factor in force with its first code; every other session ends",
    .permission = "me.read",
};

RecoveryCodes confirm(Needs const& needs, Call const& call, Database& database, Code const& input) {
    UserId const id = person_of(call);
    throttle(needs, call, codes, id.to_string());
    return database.write(installation_scope("a second factor is put in force", id.to_string()), [&](Transaction& tx) {
        if (!spend_totp_code(tx, needs.secrets, id, input.code, true)) refuse_code();
        end_sessions(tx, id, SessionId::parse(call.identity.credential_id));
        mail_second_factor(tx, find_user(tx, id).value(), true);
        note(tx, call, id, confirm_endpoint);
        return shown(make_recovery_codes(tx, id));
    });
}

constexpr web::Endpoint renew_endpoint{
    .name = "renew_recovery_codes",
    .method = web::Method::post,
    .path = "/api/v1/me/second-factor/recovery-codes",
    .summary = "New recovery codes; those before them no longer work. Needs a fresh sign-in",
    .permission = "me.read",
    .success = 201,
    .body = web::Body::none,
};

RecoveryCodes renew(Call const& call, Database& database) {
    UserId const id = person_of(call);
    return database.write(installation_scope("new recovery codes", id.to_string()), [&](Transaction& tx) {
        require_fresh(tx, call);
        if (!has_second_factor(tx, id)) throw Fault(errors::conflict, "The account has no second factor.");
        note(tx, call, id, renew_endpoint);
        return shown(make_recovery_codes(tx, id));
    });
}

constexpr web::Endpoint remove_endpoint{
    .name = "remove_second_factor",
    .method = web::Method::delete_,
    .path = "/api/v1/me/second-factor",
    .summary = "Take the second factor away; every other session ends. Needs a fresh sign-in",
    .permission = "me.read",
    .success = 204,
};

void remove(Call const& call, Database& database) {
    UserId const id = person_of(call);
    database.write(installation_scope("a second factor is taken away", id.to_string()), [&](Transaction& tx) {
        require_fresh(tx, call);
        if (!find_second_factor(tx, id)) throw Fault(errors::not_found, "There is no such object.");
        remove_second_factor(tx, id);
        end_sessions(tx, id, SessionId::parse(call.identity.credential_id));
        mail_second_factor(tx, find_user(tx, id).value(), false);
        note(tx, call, id, remove_endpoint);
    });
}

constexpr web::Endpoint step_endpoint{
    .name = "second_step",
    .method = web::Method::post,
    .path = "/api/v1/auth/second-factor",
    .summary =
        "The second step of signing in: a code of the app, or a recovery code; sets the session's cookie or gives "
        "tokens",
    .permission = web::public_access,
};

// A wrong code leaves the token, so that it can be typed again.
web::Content second_step(Needs const& needs, Call const& call, Database& database, SecondStep const& input) {
    auto const link = database.read(system_scope("who takes the second step"), [&](Snapshot& snapshot) {
        return find_link(snapshot, Purpose::second_factor, input.token);
    });
    throttle(needs, call, codes, link ? link->user_id.to_string() : input.token);
    if (!link) throw Fault(errors::link_invalid, "Say your password again: the token is not valid.");
    UserId const id = link->user_id;
    NewSession session;
    auto user = database.write(installation_scope("a new session", id.to_string()), [&](Transaction& tx) {
        bool const is_right =
            spend_totp_code(tx, needs.secrets, id, input.code, false) || spend_recovery_code(tx, id, input.code);
        if (!is_right) {
            note_sign_in(tx, call, id,
                         {id.to_string(),
                          std::string(step_endpoint.name),
                          {},
                          errors::sign_in_failed.status,
                          std::string(errors::sign_in_failed.name)});
            return std::optional<User>();
        }
        if (!spend_link(tx, Purpose::second_factor, input.token))
            throw Fault(errors::link_invalid, "Say your password again: the token is not valid.");
        session = create_session(tx, id, call, {tx.now(), input.session});
        note(tx, call, id, step_endpoint);
        return find_user(tx, id);
    });
    if (!user) throw Fault(errors::sign_in_failed, "The code is wrong or was used already.");
    return signed_in(needs, database, std::move(*user), session);
}

}  // namespace

void add_second_factor_routes(web::Routes& routes, Needs const& needs) {
    routes.add(read_endpoint, read);
    routes.add(begin_endpoint, [needs](Call const& call, Database& database) { return begin(needs, call, database); });
    routes.add(confirm_endpoint, [needs](Call const& call, Database& database, Code input) {
        return confirm(needs, call, database, input);
    });
    routes.add(renew_endpoint, renew);
    routes.add(remove_endpoint, remove);
    routes.add(step_endpoint, [needs](Call const& call, Database& database, SecondStep input) {
        return second_step(needs, call, database, input);
    });
    routes.declare({&errors::secret_unreadable});
}

}  // namespace mainstay::identity
