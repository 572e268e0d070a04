// What the API says about passwords that were forgotten or are to be changed.
#include "platform/identity/identity_routes.hpp"

namespace mainstay::identity {
namespace {

using fields::field;
using fields::length;

constexpr Throttle requests{"forgot",
                            {"requests for a new password of an account", 5, hours(1)},
                            {"requests for a new password from an address", 20, hours(1)},
                            {"requests for a new password", 300, minutes(1)}};
constexpr Throttle resets{"reset",
                          {"attempts at a link", 10, minutes(1)},
                          {"links from an address", 60, minutes(1)},
                          {"links", 600, minutes(1)}};

struct Forgot {
    Email email;
};
fields::Table const& table_of(Forgot const*) {
    static fields::Table const table{"Forgot", {field("email", &Forgot::email, "The account's address.")}};
    return table;
}

// The payload of the job that looks whether there is an account.
struct ResetAsked {
    Email email;
};
fields::Table const& table_of(ResetAsked const*) {
    static fields::Table const table{"reset_password", {field("email", &ResetAsked::email, "")}};
    return table;
}

struct Reset {
    std::string token;
    std::string password;
};
fields::Table const& table_of(Reset const*) {
    static fields::Table const table{
        "Reset",
        {field("token", &Reset::token, "From the link in the mail.", length(1, 200)),
         field("password", &Reset::password, "The new one: 8 to 128 characters.", length(password_min, password_max))}};
    return table;
}

struct PreparedReset {
    std::string token;
    std::string hash;
};

struct ChangePassword {
    std::string old_password;
    std::string password;
};
fields::Table const& table_of(ChangePassword const*) {
    static fields::Table const table{
        "ChangePassword",
        {field("old_password", &ChangePassword::old_password, "The one so far.", length(1, password_max)),
         field("password", &ChangePassword::password, "The new one: 8 to 128 characters.",
               length(password_min, password_max))}};
    return table;
}

constexpr web::Endpoint forgot_endpoint{
    .name = "forgot_password",
    .method = web::Method::post,
    .path = "/api/v1/auth/forgot",
    .summary = "Have a link for choosing a new password mailed; the answer is the same where there is no account",
    .permission = web::public_access,
    .success = 204,
    .reach = web::Reach::installation,
};

Forgot prepare_forgot(Needs const& needs, Call const& call, Forgot input) {
    throttle(needs, call, requests, input.email.text);
    return input;
}

// The same for every address: a job looks whose it is.
void forgot(Call const&, Transaction& tx, Forgot const& input) {
    flow::enqueue(tx, ResetAsked{input.email}, {.queue = std::string(channels::mail_queue)});
}

void mail_link_if_known(flow::Context& context, std::string const& public_url, Email const& email) {
    context.write([public_url, email](Transaction& tx) {
        if (auto const user = find_user_by_email(tx, email)) mail_reset(tx, public_url, *user);
    });
}

constexpr web::Endpoint reset_endpoint{
    .name = "reset_password",
    .method = web::Method::post,
    .path = "/api/v1/auth/reset",
    .summary = "Choose a new password with the link that was mailed; every session of the account ends",
    .permission = web::public_access,
    .success = 204,
    .reach = web::Reach::installation,
};

PreparedReset prepare_reset(Needs const& needs, Call const& call, Database& database, Reset input) {
    throttle(needs, call, resets, input.token);
    auto const user = database.read(system_scope("whose link this is"), [&](Snapshot& snapshot) {
        auto const link = find_link(snapshot, Purpose::reset_password, input.token);
        return link ? find_user(snapshot, link->user_id) : std::nullopt;
    });
    if (!user) throw Fault(errors::link_invalid, "The link is not valid.");
    check_new_password(input.password, "/password", {user->name, user->email.text});
    return {input.token, needs.passwords.hash(input.password)};
}

void reset(Call const& call, Transaction& tx, PreparedReset const& prepared) {
    auto const link = spend_link(tx, Purpose::reset_password, prepared.token);
    auto const user = link ? find_user(tx, link->user_id) : std::nullopt;
    if (!user) throw Fault(errors::link_invalid, "The link is not valid.");
    set_password(tx, user->id, prepared.hash);
    if (user->email == link->email && !user->email_verified_at) set_email(tx, user->id, link->email);
    end_sessions(tx, user->id);
    mail_password_changed(tx, *user);
    note_in_tenants(
        tx, call, user->id,
        {user->id.to_string(), std::string(reset_endpoint.name), user->id.to_string(), reset_endpoint.success});
}

constexpr web::Endpoint change_endpoint{
    .name = "change_password",
    .method = web::Method::post,
    .path = "/api/v1/auth/password",
    .summary = "Change one's password; every other session ends, and this one gets a new cookie or new tokens",
    .permission = "me.read",
};

web::Content change(Needs const& needs, Call const& call, Database& database, ChangePassword const& input) {
    UserId const id = person_of(call);
    check_own_password(needs, call, database, input.old_password, "/old_password");
    auto user = database.read(system_scope("who changes a password"),
                              [&](Snapshot& snapshot) { return find_user(snapshot, id).value(); });
    check_new_password(input.password, "/password", {user.name, user.email.text});
    std::string const hash = needs.passwords.hash(input.password);
    NewSession session;
    database.write(installation_scope("a password is changed", id.to_string()), [&](Transaction& tx) {
        set_password(tx, id, hash);
        session = renew_session(tx, call, tx.now());
        end_sessions(tx, id, session.id);
        mail_password_changed(tx, user);
        note_sign_in(tx, call, id,
                     {id.to_string(), std::string(change_endpoint.name), id.to_string(), change_endpoint.success});
    });
    return signed_in(needs, database, std::move(user), session);
}

}  // namespace

flow::JobKind reset_job(Needs const& needs) {
    return flow::job_kind<ResetAsked>([public_url = needs.public_url](flow::Context& context, ResetAsked const& asked) {
        mail_link_if_known(context, public_url, asked.email);
    });
}

void add_recovery_routes(web::Routes& routes, Needs const& needs) {
    routes.add(
        forgot_endpoint,
        [needs](Call const& call, Database&, Forgot input) { return prepare_forgot(needs, call, std::move(input)); },
        [](Call const& call, Transaction& tx, Forgot input) { forgot(call, tx, input); });
    routes.add(
        reset_endpoint,
        [needs](Call const& call, Database& database, Reset input) {
            return prepare_reset(needs, call, database, std::move(input));
        },
        [](Call const& call, Transaction& tx, PreparedReset prepared) { reset(call, tx, prepared); });
    routes.add(change_endpoint, [needs](Call const& call, Database& database, ChangePassword input) {
        return change(needs, call, database, input);
    });
}

}  // namespace mainstay::identity
