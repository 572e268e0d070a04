// The mails of identity. Tokens stand behind the # of a link, which browsers send to no server.
#include "platform/identity/identity_routes.hpp"

namespace mainstay::identity {
namespace {

using channels::write_letter;

std::string link_of(std::string const& public_url, std::string_view page, std::string const& token) {
    return public_url + std::string(page) + "#token=" + token;
}

std::string greeting(User const& user) {
    return "Hello " + user.name + ",";
}

}  // namespace

void mail_verification(Transaction& tx, std::string const& public_url, User const& user, Email const& to) {
    auto const token = make_link(tx, Purpose::verify_email, user.id, to);
    channels::send_mail(tx, write_letter("verify_email", to, "Confirm your address",
                                         {{greeting(user),
                                           "please confirm that this address is yours. The link works once, for three "
                                           "days."},
                                          "Confirm this address",
                                          link_of(public_url, "/verify", token),
                                          {"If you have not asked for this, do nothing."}}));
}

void mail_sign_up(Transaction& tx, std::string const& public_url, Email const& to, std::string const& name,
                  std::string const& token) {
    channels::send_mail(
        tx, write_letter("verify_email", to, "Confirm your address",
                         {{"Hello " + name + ",",
                           "please confirm that this address is yours: it makes your account, and you can sign in. The "
                           "link works once, for three days."},
                          "Confirm this address",
                          link_of(public_url, "/verify", token),
                          {"If you have not asked for this, do nothing: there will be no account."}}));
}

void mail_reset(Transaction& tx, std::string const& public_url, User const& user) {
    auto const token = make_link(tx, Purpose::reset_password, user.id, user.email);
    channels::send_mail(tx, write_letter("reset_password", user.email, "Choose a new password",
                                         {{greeting(user),
                                           "somebody asked for a new password for your account. The link works once, "
                                           "for an hour."},
                                          "Choose a new password",
                                          link_of(public_url, "/reset", token),
                                          {"If it was not you, do nothing: your password stays as it is."}}));
}

void mail_account_made(Transaction& tx, std::string const& public_url, User const& user) {
    auto const token = make_link(tx, Purpose::reset_password, user.id, user.email);
    channels::send_mail(
        tx, write_letter("account_made", user.email, "You have an account",
                         {{greeting(user),
                           "who runs this service has made you an account. Choose a password for it; the link works "
                           "once, for an hour, and another comes by \"Forgot your password?\" at the sign-in."},
                          "Choose a password",
                          link_of(public_url, "/reset", token),
                          {}}));
}

void mail_account_exists(Transaction& tx, std::string const& public_url, Email const& to) {
    channels::send_mail(
        tx, write_letter("account_exists", to, "You have an account already",
                         {{"Hello,", "somebody, perhaps you, wanted to use this address for an account. It has one."},
                          "Sign in, or choose a new password there",
                          public_url + "/login",
                          {"If it was not you, do nothing."}}));
}

void mail_password_changed(Transaction& tx, User const& user) {
    channels::send_mail(
        tx, write_letter("password_changed", user.email, "Your password was changed",
                         {{greeting(user),
                           "the password of your account was changed, and its other sessions were "
                           "ended.",
                           "If it was not you, choose a new one at once by \"Forgot your password?\", and tell who "
                           "runs this service."},
                          {},
                          {},
                          {}}));
}

void mail_address_changed(Transaction& tx, User const& before, Email const& now) {
    channels::send_mail(tx, write_letter("address_changed", before.email, "The address of your account was changed",
                                         {{greeting(before), "your account is reached at " + now.text + " from now on.",
                                           "If it was not you, tell who runs this service."},
                                          {},
                                          {},
                                          {}}));
}

void mail_second_factor(Transaction& tx, User const& user, bool is_in_force) {
    channels::send_mail(
        tx,
        write_letter("second_factor_changed", user.email,
                     is_in_force ? "Your account has a second factor" : "Your account's second factor was taken away",
                     {{greeting(user),
                       is_in_force ? "from now on signing in asks for a code of your authenticator app too. Keep the "
                                     "recovery codes where you find them without it."
                                   : "signing in asks for the password alone from now on.",
                       "If it was not you, choose a new password at once, and tell who runs this service."},
                      {},
                      {},
                      {}}));
}

}  // namespace mainstay::identity
