// What the API says about the users of the whole installation.
#include "base/text.hpp"
#include "platform/admin/admin_routes.hpp"
#include "platform/audit/audit.hpp"
#include "platform/tenants/tenants.hpp"

namespace mainstay::admin {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;
using identity::Account;
using identity::UserId;
using identity::UserStatus;

struct ListUsers {
    std::int64_t limit = web::page_size_default;
    std::optional<UserId> cursor;
    std::optional<std::string> email, name;
    std::optional<UserStatus> status;
};
fields::Table const& table_of(ListUsers const*) {
    static fields::Table const table{
        "ListUsers",
        {web::limit_field(&ListUsers::limit), web::cursor_field(&ListUsers::cursor),
         field("email", &ListUsers::email, "Only addresses that begin with this.", length(1, 200)),
         field("name", &ListUsers::name, "Only names that begin with this; not beside `email`.", length(1, 100)),
         field("status", &ListUsers::status, "Only those.")}};
    return table;
}

struct UserById {
    UserId user_id;
};
fields::Table const& table_of(UserById const*) {
    static fields::Table const table{"UserById", {field("user_id", &UserById::user_id, "Begins with usr_.")}};
    return table;
}

struct CreateUser {
    Email email;
    std::string name;
    std::optional<std::string> password;
    bool is_operator = false;
};
fields::Table const& table_of(CreateUser const*) {
    static fields::Table const table{
        "CreateUser",
        {field("email", &CreateUser::email, "Signs in with it."),
         field("name", &CreateUser::name, "What people are called.", length(1, 100)),
         field("password", &CreateUser::password, "8 to 128 characters; without it a link for choosing one is mailed.",
               length(identity::password_min, identity::password_max)),
         field("is_operator", &CreateUser::is_operator,
               "true: runs the installation (super_admin); asks for a fresh sign-in.", defaulted())}};
    return table;
}

struct PreparedUser {
    identity::NewUser user;
};

struct SetStatus {
    UserId user_id;
    UserStatus status = UserStatus::active;
};
fields::Table const& table_of(SetStatus const*) {
    static fields::Table const table{
        "SetUserStatus",
        {field("user_id", &SetStatus::user_id, "Not oneself."),
         field("status", &SetStatus::status, "suspended: every session ends, and there is no other.")}};
    return table;
}

struct UserDetail {
    Account user;
    bool has_second_factor = false;
    std::int64_t sessions = 0;
    std::vector<tenants::Place> tenants;
};
fields::Table const& table_of(UserDetail const*) {
    static fields::Table const table{
        "UserDetail",
        {field("user", &UserDetail::user, "Who."),
         field("has_second_factor", &UserDetail::has_second_factor, "Whether signing in asks for a code too."),
         field("sessions", &UserDetail::sessions, "Where they are signed in."),
         field("tenants", &UserDetail::tenants, "Where they work; 200 at most.")}};
    return table;
}

Account account_or_404(Snapshot& snapshot, UserId id) {
    auto account = identity::find_account(snapshot, id);
    if (!account) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*account);
}

[[noreturn]] void refuse(std::string pointer, std::string message) {
    throw Fault(errors::invalid_input, "The input is not valid.",
                std::vector<Problem>{{std::move(pointer), std::move(message)}});
}

constexpr web::Endpoint list_endpoint{
    .name = "list_users",
    .method = web::Method::get,
    .path = "/api/admin/users",
    .summary = "List the users of the installation by address, or by name where a beginning of names is given",
    .permission = "system.read",
    .reach = web::Reach::installation,
};

web::Page<Account> list(Call const&, Snapshot& snapshot, ListUsers input) {
    if (input.email && input.name) refuse("/name", "must not be given beside email");
    return web::page_of(identity::list_accounts(snapshot, {std::move(input.email), std::move(input.name), input.status},
                                                input.cursor, input.limit + 1),
                        input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_user",
    .method = web::Method::get,
    .path = "/api/admin/users/{user_id}",
    .summary = "Read a user: where they work, how they sign in, when they were seen",
    .permission = "system.read",
    .reach = web::Reach::installation,
};

UserDetail read(Call const&, Snapshot& snapshot, UserById input) {
    return {account_or_404(snapshot, input.user_id), identity::has_second_factor(snapshot, input.user_id),
            identity::count_sessions(snapshot, input.user_id), tenants::places_of(snapshot, input.user_id)};
}

constexpr web::Endpoint create_endpoint{
    .name = "create_user",
    .method = web::Method::post,
    .path = "/api/admin/users",
    .summary = "Make a user or an operator, with a password or a mailed link for choosing one",
    .permission = "system.write",
    .success = 201,
    .reach = web::Reach::installation,
};

PreparedUser prepare_create(identity::Needs const& needs, Call const&, Database&, CreateUser input) {
    identity::NewUser user{std::move(input.email), std::move(input.name), {}, input.is_operator};
    if (input.password) {
        if (auto const why = identity::why_refused(*input.password, {user.name, user.email.text}))
            refuse("/password", *why);
        user.password_hash = needs.passwords.hash(*input.password);
    }
    return {std::move(user)};
}

Account create(identity::Needs const& needs, Call const& call, Transaction& tx, PreparedUser const& prepared) {
    if (prepared.user.is_operator) identity::require_fresh(tx, call);
    auto const user = identity::create_user(tx, prepared.user);
    if (prepared.user.password_hash.empty()) identity::mail_account_made(tx, needs.public_url, user);
    return account_or_404(tx, user.id);
}

constexpr web::Endpoint status_endpoint{
    .name = "set_user_status",
    .method = web::Method::patch,
    .path = "/api/admin/users/{user_id}/status",
    .summary = "Suspend a user or take that back, on every server within a second",
    .permission = "system.write",
    .reach = web::Reach::installation,
};

Account set_status(Call const& call, Transaction& tx, SetStatus input) {
    auto const before = account_or_404(tx, input.user_id);
    call.note_before(before);
    if (before.id == identity::person_of(call)) throw Fault(errors::conflict, "Nobody suspends themselves.");
    if (input.status == before.status) return before;
    bool const is_shut_out = input.status == UserStatus::suspended;
    if (is_shut_out && before.is_operator && !identity::has_other_operator(tx, before.id))
        throw Fault(errors::last_operator, "This is the last operator.");
    identity::set_status(tx, before.id, input.status);
    for (auto const& place : tenants::places_of(tx, before.id))
        audit::write(
            tx, place.tenant_id,
            {call.identity.actor_id, std::string(status_endpoint.name), before.id.to_string(), status_endpoint.success},
            &call);
    return account_or_404(tx, before.id);
}

}  // namespace

void add_user_routes(web::Routes& routes, Needs const& needs) {
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(
        create_endpoint,
        [identity = needs.identity](Call const& call, Database& database, CreateUser input) {
            return prepare_create(identity, call, database, std::move(input));
        },
        [identity = needs.identity](Call const& call, Transaction& tx, PreparedUser prepared) {
            return create(identity, call, tx, prepared);
        });
    routes.add(status_endpoint, set_status);
}

}  // namespace mainstay::admin
