// What the API says about making an account, and about proving that an address is one's own. Neither the answer nor the
// work tells whether an address has an account, nor does signing in afterwards: there is none before the link in the
// mail was followed.
#include "platform/identity/identity_routes.hpp"

namespace mainstay::identity {
namespace {

using fields::field;
using fields::length;

constexpr Throttle sign_ups{"signup",
                            {"sign-ups of an address", 5, hours(1)},
                            {"sign-ups from an address", 20, hours(1)},
                            {"sign-ups", 300, minutes(1)}};
constexpr Throttle verifications{"verify",
                                 {"attempts at a link", 10, minutes(1)},
                                 {"links from an address", 60, minutes(1)},
                                 {"links", 600, minutes(1)}};

struct SignUp {
    Email email;
    std::string password;
    std::string name;
    std::string organization;
};
fields::Table const& table_of(SignUp const*) {
    static fields::Table const table{
        "SignUp",
        {field("email", &SignUp::email, "You sign in with it."),
         field("password", &SignUp::password, "8 to 128 characters.", length(password_min, password_max)),
         field("name", &SignUp::name, "Your name.", length(1, 100)),
         field("organization", &SignUp::organization, "The tenant that is made for you.", length(1, 100))}};
    return table;
}

struct PreparedSignUp {
    SignUp input;
    std::string hash;
};

struct MailSent {
    Email email;
};
fields::Table const& table_of(MailSent const*) {
    static fields::Table const table{"MailSent", {field("email", &MailSent::email, "Where a mail was sent.")}};
    return table;
}

struct VerifyEmail {
    std::string token;
};
fields::Table const& table_of(VerifyEmail const*) {
    static fields::Table const table{
        "VerifyEmail", {field("token", &VerifyEmail::token, "From the link in the mail.", length(1, 200))}};
    return table;
}

struct Verified {
    Email email;
};
fields::Table const& table_of(Verified const*) {
    static fields::Table const table{"Verified", {field("email", &Verified::email, "The account's address.")}};
    return table;
}

constexpr web::Endpoint signup_endpoint{
    .name = "sign_up",
    .method = web::Method::post,
    .path = "/api/v1/auth/signup",
    .summary = "Ask for an account and its tenant, on the plan free: the link that is mailed makes both",
    .permission = web::public_access,
    .success = 202,
    .reach = web::Reach::installation,
};

PreparedSignUp prepare_sign_up(Needs const& needs, Call const& call, SignUp input) {
    throttle(needs, call, sign_ups, input.email.text);
    check_new_password(input.password, "/password", {input.name, input.email.text, input.organization});
    std::string hash = needs.passwords.hash(input.password);
    return {std::move(input), std::move(hash)};
}

// The same statements for an address that has an account, whose token nobody gets.
MailSent sign_up(Needs const& needs, Transaction& tx, PreparedSignUp const& prepared) {
    SignUp const& input = prepared.input;
    bool const is_taken = find_user_by_email(tx, input.email).has_value();
    auto const token = keep_sign_up(tx, {input.email, input.name, prepared.hash, input.organization});
    if (is_taken)
        mail_account_exists(tx, needs.public_url, input.email);
    else
        mail_sign_up(tx, needs.public_url, input.email, input.name, token);
    return {input.email};
}

constexpr web::Endpoint verify_endpoint{
    .name = "verify_email",
    .method = web::Method::post,
    .path = "/api/v1/auth/verify",
    .summary = "Confirm an address with the link that was mailed to it; after a sign-up this makes the account",
    .permission = web::public_access,
    .reach = web::Reach::installation,
};

VerifyEmail prepare_verify(Needs const& needs, Call const& call, VerifyEmail input) {
    throttle(needs, call, verifications, input.token);
    return input;
}

[[noreturn]] void refuse_link() {
    throw Fault(errors::link_invalid, "The link is not valid.");
}

Verified open_account(Call const& call, Transaction& tx, PendingSignUp const& pending) {
    if (find_user_by_email(tx, pending.email)) refuse_link();  // another sign-up for it came first
    User const user = create_user(tx, {pending.email, pending.name, pending.password_hash, false, true});
    auto const tenant = tenants::create_tenant(tx, pending.organization, tenants::Plan::free);
    tenants::add_member(tx, tenant.id, user.id, tenants::Role::owner, std::nullopt);
    note_in_tenants(
        tx, call, user.id,
        {user.id.to_string(), std::string(signup_endpoint.name), tenant.id.to_string(), verify_endpoint.success});
    return {user.email};
}

Verified verify(Call const& call, Transaction& tx, VerifyEmail const& input) {
    if (auto const pending = spend_sign_up(tx, input.token)) return open_account(call, tx, *pending);
    auto const link = spend_link(tx, Purpose::verify_email, input.token);
    auto const user = link ? find_user(tx, link->user_id) : std::nullopt;
    if (!user || !set_email(tx, user->id, link->email)) refuse_link();
    if (user->email != link->email) mail_address_changed(tx, *user, link->email);
    note_in_tenants(
        tx, call, user->id,
        {user->id.to_string(), std::string(verify_endpoint.name), user->id.to_string(), verify_endpoint.success});
    return {link->email};
}

}  // namespace

void add_signup_routes(web::Routes& routes, Needs const& needs) {
    routes.add(
        signup_endpoint,
        [needs](Call const& call, Database&, SignUp input) { return prepare_sign_up(needs, call, std::move(input)); },
        [needs](Call const&, Transaction& tx, PreparedSignUp prepared) { return sign_up(needs, tx, prepared); });
    routes.add(
        verify_endpoint,
        [needs](Call const& call, Database&, VerifyEmail input) {
            return prepare_verify(needs, call, std::move(input));
        },
        [](Call const& call, Transaction& tx, VerifyEmail input) { return verify(call, tx, input); });
}

}  // namespace mainstay::identity
