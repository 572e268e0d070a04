// Sessions: of a browser, which has a cookie, and of other clients, which have an access token for some minutes and a
// refresh token for the next one. Included by identity.hpp.
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::identity {

using tenants::UserId;
using SessionId = Id<"ses">;

struct User {
    UserId id;
    Email email;
    std::string name;
    bool is_operator = false;  // super_admin: runs the installation
    std::optional<Instant> email_verified_at;
    Instant created_at;
};
fields::Table const& table_of(User const*);

inline constexpr Duration session_idle = hours(24 * 7);
inline constexpr Duration session_absolute = hours(24 * 30);
inline constexpr std::size_t sessions_max = 50;  // of a user; a further one ends the oldest
inline constexpr Duration access_token_kept = minutes(10);
inline constexpr Duration signing_key_age = days(30);  // then the next token is signed with a new one

enum class SessionKind { browser, tokens };
BOOST_DESCRIBE_ENUM(SessionKind, browser, tokens)

// An operator who acts as a user: in one tenant, with the user's rights there, until the operator's own session or the
// tenant's consent (platform/support) ends. A row of the session, flat.
struct Acting {
    UserId operator_id;
    SessionId operator_session;
    TenantId acts_in;
    std::string grant_id;
};
inline constexpr Duration acting_absolute = minutes(30);

// What a session's cookie or an access token proves.
struct SessionFacts {
    SessionId id;
    User user;
    std::vector<tenants::Membership> memberships;
    std::vector<TenantId> withheld;  // that the person works in, but not by this session
    Instant expires_at;              // of the session, or of the access token
    std::optional<Acting> acting{};
};
std::optional<SessionFacts> find_session(Snapshot& system, std::string_view cookie_token);
// `issuer` is Needs::public_url.
std::optional<SessionFacts> find_session_by_access_token(Snapshot& system, std::string_view issuer,
                                                         std::string_view access_token);
bool is_access_token(std::string_view);  // by its form: worth a look
void mark_used(Transaction& system, SessionId);
std::string csrf_token_of(std::string_view cookie_token);

struct NewSession {
    SessionId id;
    SessionKind kind = SessionKind::browser;
    std::string token;  // for the cookie, or the refresh token; not stored
    Duration kept{};    // at most
};

// How the session came to be.
struct SignIn {
    Instant authenticated_at;  // when the password was last said
    SessionKind kind = SessionKind::browser;
    std::optional<TenantId> provider_of{};  // by the single sign-on of this tenant, which the session reaches alone
    std::optional<Acting> acting{};
    std::optional<Instant> ends_by{};  // at the latest
};

// Also removes a few sessions that have ended, whoever's they were.
NewSession create_session(Transaction&, UserId, Call const& from, SignIn const&);
// In place of the session that calls, as it says how fresh that was or, if given, how fresh it is now: for a rise of
// rights.
NewSession renew_session(Transaction&, Call const&, std::optional<Instant> authenticated_at = std::nullopt);
// Ends the session that calls, in which an operator acts as a user, and gives the operator a new one in place of their
// own; nothing when that has ended. Throws Fault(errors::conflict) for any other session.
struct Resumed {
    User user;
    NewSession session;
};
std::optional<Resumed> resume_own_session(Transaction&, Call const&);
void end_sessions_by_grant(Transaction&, std::string const& grant_id);

// At a rise of rights, a change of the password and the like; all but one, if one is named.
void end_sessions(Transaction&, UserId, std::optional<SessionId> except = std::nullopt);

// The tenant's people whose address is of such a domain come in by its single sign-on alone; owners also by password,
// so that a provider that fails shuts nobody out for good. In force within a second.
void set_enforced_domains(Transaction&, TenantId, std::vector<std::string> const& domains);
// Whether a password opens nothing of what the person works in.
bool must_use_single_sign_on(Snapshot&, User const&);

}  // namespace mainstay::identity
