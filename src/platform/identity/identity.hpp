// Identity: people, their passwords and sessions, and what each role may do.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/secrets/secrets.hpp"
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"
#include "platform/audit/audit.hpp"
#include "platform/identity/sessions.hpp"
#include "platform/tenants/tenants.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

namespace mainstay::identity {

// --- rights --------------------------------------------------------------------------------------------------------

// Every permission there is. A route that names another does not start.
std::span<std::string_view const> all_permissions();
bool is_permission(std::string_view);
bool is_operator_permission(std::string_view);  // reaches beyond one tenant: in no tenant's role or key

std::shared_ptr<Permissions const> permissions_of(tenants::Role);
// Of a tenant that is being deleted: to take it back, and no more.
std::shared_ptr<Permissions const> permissions_of(tenants::Membership const&);
std::shared_ptr<Permissions const> operator_permissions();  // of those who run the installation

// What API-key scopes (`read`, `write`, `admin` or single permissions) leave of a tenant's permissions.
std::shared_ptr<Permissions const> permissions_of_scopes(std::vector<std::string> const& scopes);
bool is_scope(std::string_view);

// --- passwords -----------------------------------------------------------------------------------------------------

inline constexpr std::size_t password_min = 8, password_max = 128;

// Argon2id, t=1, m=46 MiB, p=1. At most `at_once` run together and `waiting_max` wait; past it Fault(errors::limited).
class Passwords {
public:
    static constexpr std::ptrdiff_t at_once = 2;
    static constexpr int waiting_max = 32;

    std::string hash(std::string_view password);
    // Also takes hashes of bcrypt ($2b$, $2a$, $2y$), which other programs have made. The same work for whatever hash,
    // and for a user that does not exist (give an empty one): Argon2 once and, where `most_costly` is the cost of the
    // most costly hash of bcrypt that is kept, as many rounds as that one takes; 0: there is none.
    bool verify(std::string_view password, std::string const& hash, int most_costly = 0);
    // Whether it is as hash() makes them; another is replaced when its password is known, at the next sign-in.
    static bool is_current(std::string_view hash);
    static bool is_bcrypt(std::string_view hash);
    static int bcrypt_cost(std::string_view hash);  // 0 for a hash that is none of bcrypt

    struct Work {
        std::uint64_t argon2_runs = 0, bcrypt_rounds = 0;
    };
    Work work() const { return {argon2_runs_, bcrypt_rounds_}; }  // done so far

private:
    class Place;
    std::counting_semaphore<at_once> free_{at_once};
    std::atomic<int> waiting_ = 0;
    std::atomic<std::uint64_t> argon2_runs_ = 0, bcrypt_rounds_ = 0;
};

// Whether it is one of the 19,727 in common_passwords/, or one of them in capitals, in leetspeak or with up to
// `endings_max` digits and marks behind it.
inline constexpr std::size_t endings_max = 6;
bool is_common(std::string_view password);

// Nothing, or why the password is refused: its length, its commonness, or that it holds the account's own words.
std::optional<std::string> why_refused(std::string_view password, std::vector<std::string_view> const& own_words);

// --- users --------------------------------------------------------------------------------------------

struct NewUser {
    Email email;
    std::string name;
    std::string password_hash;  // empty: cannot sign in with a password
    bool is_operator = false;
    bool is_email_verified = false;
};

// Throws Fault(errors::conflict) when the address is taken.
User create_user(Transaction& system, NewUser);
std::optional<User> find_user(Snapshot&, UserId);
std::optional<User> find_user_by_email(Snapshot&, Email const&);
bool has_operator(Snapshot& system);
bool has_password(Snapshot&, UserId);

inline constexpr Duration setup_token_kept = hours(24);

// The user who calls. Throws Fault(errors::forbidden) for a key: what only people do.
UserId person_of(Call const&);
// Holds what must not be done by whoever finds a browser open: throws Fault(errors::fresh_sign_in_required) unless the
// person has said the password, at sign-in or by POST /api/v1/auth/confirm, within `fresh_for`. Only people call it.
inline constexpr Duration fresh_for = minutes(5);
void require_fresh(Snapshot&, Call const&);

// Takes it away and ends the sessions; for whoever answers for that. False when there is none.
bool reset_second_factor(Transaction&, UserId);

// A new one-time token for making the first operator; those before it no longer work.
std::string make_setup_token(Transaction& system);

struct Needs {
    Passwords& passwords;
    shared_state::RateLimits& limits;
    Clock& clock;
    secrets::Secrets secrets;  // seeds of second factors, keys that sign access tokens
    bool is_tls = false;       // cookies get the __Host- prefix and Secure
    std::string public_url;    // links in mails begin with it; issues the access tokens
};
std::string_view session_cookie_name(bool is_tls);

// What is tried by people whom nobody knows yet, or who have to prove who they are.
struct Throttle {
    std::string_view act;  // begins the keys of its limits
    shared_state::Limit by_account, by_address, overall;
};
void throttle(Needs const&, Call const&, Throttle const&, std::string const& account);

// The reply of a sign-in: the facts beside the cookie or the tokens.
web::Content signed_in(Needs const&, Database&, User, NewSession const&);
// A tenant sees who of its people came in or was refused; the installation sees its operators and who has no tenant.
void note_sign_in(Transaction& system, Call const&, UserId, audit::Act const&);

// To the engine of channels::mail_queue: makes links for those who forgot their password. Whoever asks for one cannot
// tell by the time that it takes whether there is an account.
flow::JobKind reset_job(Needs const&);

void add_routes(web::Routes&, Needs);
std::span<Migration const> migrations();

}  // namespace mainstay::identity

namespace mainstay::errors {
inline constexpr ErrorCode refresh_refused{
    "refresh_refused", 401, "The refresh token is not valid",
    "Its session has ended, or it was used before, which ends the session: a token that two have is in foreign hands. "
    "Sign in again."};
inline constexpr ErrorCode single_sign_on_required{
    "single_sign_on_required", 403, "Your organization has its people sign in by single sign-on",
    "Begin with POST /api/v1/auth/single-sign-on, or on the sign-in page by \"Continue with single sign-on\"."};
inline constexpr ErrorCode sign_in_failed{"sign_in_failed", 401, "The address or the password is wrong",
                                          "Check both. The same answer is given for an address that is not known."};
inline constexpr ErrorCode setup_closed{
    "setup_closed", 403, "The set-up link is not valid",
    "It was used, replaced by a newer one, or is older than a day. Restart the server for a new one, or "
    "use `mainstay user create`."};
inline constexpr ErrorCode link_invalid{"link_invalid", 403, "The link is not valid",
                                        "It was used, replaced by a newer one, or is too old. Ask for another."};
inline constexpr ErrorCode fresh_sign_in_required{
    "fresh_sign_in_required", 403, "The password must be said again",
    "It was last said more than five minutes ago. Send it to POST /api/v1/auth/confirm, then repeat the request."};
}  // namespace mainstay::errors

#include "platform/identity/directory.hpp"
