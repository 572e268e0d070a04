// What the API says about one's own sessions.
#include "platform/identity/identity_routes.hpp"

namespace mainstay::identity {
namespace {

using fields::field;
using fields::length;

struct SessionList {
    std::vector<Session> items;
};
fields::Table const& table_of(SessionList const*) {
    static fields::Table const table{"SessionList", {field("items", &SessionList::items, "Newest first.")}};
    return table;
}

struct SessionById {
    SessionId session_id;
};
fields::Table const& table_of(SessionById const*) {
    static fields::Table const table{"SessionById",
                                     {field("session_id", &SessionById::session_id, "Begins with ses_.")}};
    return table;
}

struct Confirm {
    std::string password;
};
fields::Table const& table_of(Confirm const*) {
    static fields::Table const table{"Confirm",
                                     {field("password", &Confirm::password, "One's own.", length(1, password_max))}};
    return table;
}

SessionId current_of(Call const& call) {
    person_of(call);
    return SessionId::parse(call.identity.credential_id).value();
}

void note(Transaction& tx, Call const& call, web::Endpoint const& endpoint, std::string object_id) {
    UserId const user = person_of(call);
    note_sign_in(tx, call, user,
                 {user.to_string(), std::string(endpoint.name), std::move(object_id), endpoint.success});
}

constexpr web::Endpoint list_endpoint{
    .name = "list_sessions",
    .method = web::Method::get,
    .path = "/api/v1/auth/sessions",
    .summary = "List where one is signed in",
    .permission = "me.read",
    .impersonators = web::Impersonators::refused,
};

SessionList list(Call const& call, Database& database) {
    UserId const user = person_of(call);
    SessionId const current = current_of(call);
    auto sessions = database.read(system_scope("a person's own sessions"),
                                  [&](Snapshot& snapshot) { return list_sessions(snapshot, user); });
    for (Session& session : sessions) session.is_current = session.id == current;
    return {std::move(sessions)};
}

constexpr web::Endpoint end_others_endpoint{
    .name = "end_other_sessions",
    .method = web::Method::delete_,
    .path = "/api/v1/auth/sessions",
    .summary = "End all of one's sessions but this one",
    .permission = "me.read",
    .success = 204,
};

void end_others(Call const& call, Database& database) {
    UserId const user = person_of(call);
    database.write(system_scope("a person ends their other sessions"), [&](Transaction& tx) {
        end_sessions(tx, user, current_of(call));
        note(tx, call, end_others_endpoint, user.to_string());
    });
}

constexpr web::Endpoint end_endpoint{
    .name = "end_session",
    .method = web::Method::delete_,
    .path = "/api/v1/auth/sessions/{session_id}",
    .summary = "End one of one's sessions",
    .permission = "me.read",
    .success = 204,
};

void end(Call const& call, Database& database, SessionById const& input) {
    UserId const user = person_of(call);
    database.write(system_scope("a person ends a session"), [&](Transaction& tx) {
        if (!find_session(tx, user, input.session_id)) throw Fault(errors::not_found, "There is no such object.");
        delete_session(tx, input.session_id);
        note(tx, call, end_endpoint, input.session_id.to_string());
    });
}

constexpr web::Endpoint confirm_endpoint{
    .name = "confirm_password",
    .method = web::Method::post,
    .path = "/api/v1/auth/confirm",
    .summary =
        "Say one's password again, for what asks for it within five minutes; the session gets a new cookie or "
        "new tokens",
    .permission = "me.read",
};

web::Content confirm(Needs const& needs, Call const& call, Database& database, Confirm const& input) {
    UserId const id = person_of(call);
    check_own_password(needs, call, database, input.password, "/password");
    NewSession session;
    auto user = database.write(system_scope("a session is made anew"), [&](Transaction& tx) {
        session = renew_session(tx, call, tx.now());
        note(tx, call, confirm_endpoint, id.to_string());
        return find_user(tx, id).value();
    });
    return signed_in(needs, database, std::move(user), session);
}

}  // namespace

fields::Table const& table_of(Session const*) {
    static fields::Table const table{
        "Session",
        {field("id", &Session::id, "Begins with ses_."),
         field("kind", &Session::kind, "Of a browser, or of another client, which has tokens."),
         field("created_at", &Session::created_at, "When it began."),
         field("last_used_at", &Session::last_used_at, "To within ten seconds."),
         field("expires_at", &Session::expires_at, "It ends then, or after a week without use."),
         field("authenticated_at", &Session::authenticated_at, "When the password was last said."),
         field("remote_address", &Session::remote_address, "From where it began."),
         field("user_agent", &Session::user_agent, "The browser that began it, as it calls itself."),
         field("provider_of", &Session::provider_of,
               "The tenant whose single sign-on began it, which it reaches alone."),
         field("impersonated_by", &Session::impersonated_by,
               "The operator who acts as one in it, by the consent of a tenant."),
         field("is_current", &Session::is_current, "The one that asks.")}};
    return table;
}

void add_session_routes(web::Routes& routes, Needs const& needs) {
    routes.add(list_endpoint, list);
    routes.add(end_others_endpoint, end_others);
    routes.add(end_endpoint,
               [](Call const& call, Database& database, SessionById input) { end(call, database, input); });
    routes.add(confirm_endpoint, [needs](Call const& call, Database& database, Confirm input) {
        return confirm(needs, call, database, input);
    });
}

}  // namespace mainstay::identity
