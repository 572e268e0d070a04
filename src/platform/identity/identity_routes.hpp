// The parts of the module's routes, and what they share. Within identity alone.
#pragma once
#include "platform/channels/channels.hpp"
#include "platform/identity/identity_store.hpp"

namespace mainstay::identity {

void add_signup_routes(web::Routes&, Needs const&);
void add_recovery_routes(web::Routes&, Needs const&);
void add_profile_routes(web::Routes&, Needs const&);
void add_session_routes(web::Routes&, Needs const&);
void add_second_factor_routes(web::Routes&, Needs const&);
void add_token_routes(web::Routes&, Needs const&);

// Of the input of what signs in: whether a cookie or tokens are wanted.
template <class Input>
fields::Field session_field(SessionKind Input::*member) {
    return fields::field("session", member, "`browser` sets a cookie; `tokens` gives tokens, for other clients.",
                         fields::defaulted());
}

// What a client that is no browser gets at each sign-in and refresh.
struct TokenPair {
    Secret access_token;
    std::string token_type = "Bearer";
    std::int64_t expires_in = access_token_kept.us / 1'000'000;
    Secret refresh_token;
};
fields::Table const& table_of(TokenPair const*);
TokenPair token_pair(Needs const&, Database&, UserId, NewSession const&);

std::string session_cookie(std::string const& token, bool is_tls, Duration kept);

// Throws Fault(errors::invalid_input) at the pointer.
void check_new_password(std::string_view password, std::string const& pointer,
                        std::vector<std::string_view> const& own_words);
// The password of who is signed in already. Throws Fault(errors::invalid_input) at the pointer when it is wrong.
void check_own_password(Needs const&, Call const&, Database&, std::string const& password, std::string const& pointer);

// Into the logs of the tenants in which the user works.
void note_in_tenants(Transaction&, Call const&, UserId, audit::Act const&);

// --- mails ---------------------------------------------------------------------------------------------------------

void mail_verification(Transaction&, std::string const& public_url, User const&, Email const& to);
// To who signed up: the link makes the account.
void mail_sign_up(Transaction&, std::string const& public_url, Email const& to, std::string const& name,
                  std::string const& token);
void mail_reset(Transaction&, std::string const& public_url, User const&);
// To an address that somebody wanted to use, and that has an account.
void mail_account_exists(Transaction&, std::string const& public_url, Email const& to);
void mail_password_changed(Transaction&, User const&);
void mail_address_changed(Transaction&, User const& before, Email const& now);
void mail_second_factor(Transaction&, User const&, bool is_in_force);

}  // namespace mainstay::identity
