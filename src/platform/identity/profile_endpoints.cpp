// What the API says about one's own name and address.
#include "platform/identity/identity_routes.hpp"

namespace mainstay::identity {
namespace {

using fields::field;
using fields::length;

struct OwnAccount {
    User user;
    std::vector<tenants::Place> places;
};
fields::Table const& table_of(OwnAccount const*) {
    static fields::Table const table{
        "OwnAccount", fields::with_those_of(&OwnAccount::user, {field("places", &OwnAccount::places,
                                                                      "Where they are active, oldest tenant first.")})};
    return table;
}

constexpr web::Endpoint account_endpoint{
    .name = "read_account",
    .method = web::Method::get,
    .path = "/api/v1/me/account",
    .summary = "One's own name and address, and the tenants in which one works",
    .permission = "me.read",
};

OwnAccount read_account(Call const& call, Database& database) {
    UserId const id = person_of(call);
    return database.read(installation_scope("a person looks at their account", id.to_string()),
                         [&](Snapshot& snapshot) {
                             OwnAccount account{find_user(snapshot, id).value(), tenants::places_of(snapshot, id)};
                             bool const is_acted_for = !call.identity.impersonator_id.empty();
                             std::erase_if(account.places, [&](tenants::Place const& place) {
                                 return !place.is_active || (is_acted_for && place.tenant_id != call.tenant());
                             });
                             return account;
                         });
}

struct UpdateMe {
    std::optional<std::string> name;
    std::optional<Email> email;
    std::optional<std::string> password;
};
fields::Table const& table_of(UpdateMe const*) {
    static fields::Table const table{
        "UpdateMe",
        {field("name", &UpdateMe::name, "What people are called.", length(1, 100)),
         field("email", &UpdateMe::email, "A new address: it counts once the link that is mailed to it was followed."),
         field("password", &UpdateMe::password, "Needed for a new address.", length(1, password_max))}};
    return table;
}

constexpr web::Endpoint update_endpoint{
    .name = "update_me",
    .method = web::Method::patch,
    .path = "/api/v1/me",
    .summary = "Change one's name or address",
    .permission = "me.read",
};

// The same for an address that another account has, but for the mail that it gets.
void ask_for_address(Transaction& tx, Needs const& needs, User const& user, Email const& email) {
    if (find_user_by_email(tx, email))
        mail_account_exists(tx, needs.public_url, email);
    else
        mail_verification(tx, needs.public_url, user, email);
}

User update(Needs const& needs, Call const& call, Database& database, UpdateMe const& input) {
    UserId const id = person_of(call);
    if (input.email && !input.password)
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/password", "must be given with a new address"}});
    if (input.email) check_own_password(needs, call, database, *input.password, "/password");
    return database.write(installation_scope("a person changes their account", id.to_string()), [&](Transaction& tx) {
        User const before = find_user(tx, id).value();
        call.note_before(before);
        if (input.name) set_name(tx, id, *input.name);
        if (input.email && *input.email != before.email) ask_for_address(tx, needs, before, *input.email);
        note_sign_in(tx, call, id,
                     {id.to_string(), std::string(update_endpoint.name), id.to_string(), update_endpoint.success});
        return find_user(tx, id).value();
    });
}

constexpr web::Endpoint resend_endpoint{
    .name = "resend_verification",
    .method = web::Method::post,
    .path = "/api/v1/me/verification",
    .summary = "Have the link for confirming one's address mailed again",
    .permission = "me.read",
    .success = 204,
    .body = web::Body::none,
};

constexpr Throttle resends{"resend",
                           {"mails for confirming an address", 5, hours(1)},
                           {"mails for confirming addresses", 20, hours(1)},
                           {"mails for confirming any address", 300, minutes(1)}};

void resend(Needs const& needs, Call const& call, Database& database) {
    UserId const id = person_of(call);
    throttle(needs, call, resends, id.to_string());
    database.write(installation_scope("a person's address is to be confirmed", id.to_string()), [&](Transaction& tx) {
        User const user = find_user(tx, id).value();
        if (user.email_verified_at) throw Fault(errors::conflict, "The address is confirmed already.");
        mail_verification(tx, needs.public_url, user, user.email);
        note_sign_in(tx, call, id,
                     {id.to_string(), std::string(resend_endpoint.name), id.to_string(), resend_endpoint.success});
    });
}

}  // namespace

void add_profile_routes(web::Routes& routes, Needs const& needs) {
    routes.add(account_endpoint, read_account);
    routes.add(update_endpoint, [needs](Call const& call, Database& database, UpdateMe input) {
        return update(needs, call, database, input);
    });
    routes.add(resend_endpoint, [needs](Call const& call, Database& database) { resend(needs, call, database); });
}

}  // namespace mainstay::identity
