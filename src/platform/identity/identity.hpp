// Identity: people, their passwords and sessions, and what each role may do.
#pragma once
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

namespace mainstay::identity {

using tenants::UserId;
using SessionId = Id<"ses">;

// --- rights --------------------------------------------------------------------------------------------------------

// Every permission there is. A route that names another does not start.
std::span<std::string_view const> all_permissions();
bool is_permission(std::string_view);
bool is_operator_permission(std::string_view);  // reaches beyond one tenant: in no tenant's role or key

std::shared_ptr<Permissions const> permissions_of(tenants::Role);
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
    // The same work for a user that does not exist: give an empty hash.
    bool verify(std::string_view password, std::string const& hash);

private:
    class Place;
    std::counting_semaphore<at_once> free_{at_once};
    std::atomic<int> waiting_ = 0;
};

// Nothing, or why the password is refused: its length, its commonness, or that it holds the account's own words.
std::optional<std::string> why_refused(std::string_view password, std::vector<std::string_view> const& own_words);

// --- users and sessions --------------------------------------------------------------------------------------------

struct User {
    UserId id;
    Email email;
    std::string name;
    bool is_operator = false;  // super_admin: runs the installation
    Instant created_at;
};
fields::Table const& table_of(User const*);

struct NewUser {
    Email email;
    std::string name;
    std::string password_hash;  // empty: cannot sign in with a password
    bool is_operator = false;
};

// Throws Fault(errors::conflict) when the address is taken.
User create_user(Transaction& system, NewUser);
std::optional<User> find_user_by_email(Snapshot& system, Email const&);
bool has_users(Snapshot& system);

inline constexpr Duration session_idle = hours(24 * 7);
inline constexpr Duration session_absolute = hours(24 * 30);
inline constexpr Duration setup_token_kept = hours(24);

// What a session's cookie proves.
struct SessionFacts {
    SessionId id;
    User user;
    std::vector<tenants::Membership> memberships;
    Instant expires_at;
};
std::optional<SessionFacts> find_session(Snapshot& system, std::string_view token);
void mark_used(Transaction& system, SessionId);
std::string csrf_token_of(std::string_view session_token);

// A new one-time token for making the first operator; those before it no longer work.
std::string make_setup_token(Transaction& system);

struct Needs {
    Passwords& passwords;
    shared_state::RateLimits& limits;
    Clock& clock;
    bool is_tls = false;  // cookies get the __Host- prefix and Secure
};
std::string_view session_cookie_name(bool is_tls);

void add_routes(web::Routes&, Needs);
std::span<Migration const> migrations();

}  // namespace mainstay::identity

namespace mainstay::errors {
inline constexpr ErrorCode sign_in_failed{"sign_in_failed", 401, "The address or the password is wrong",
                                          "Check both. The same answer is given for an address that is not known."};
inline constexpr ErrorCode setup_closed{
    "setup_closed", 403, "The set-up link is not valid",
    "It was used, replaced by a newer one, or is older than a day. Restart the server for a new one, or "
    "use `mainstay user create`."};
}  // namespace mainstay::errors
