#pragma once
#include "platform/identity/identity.hpp"

namespace mainstay::identity {

struct Login {
    UserId id;
    std::string password_hash;
    UserStatus status = UserStatus::active;
};
fields::Table const& table_of(Login const*);

std::optional<Login> find_login(Snapshot&, std::string const& email);
std::optional<Login> find_login(Snapshot&, UserId);
// Of the most costly hash of bcrypt that anybody has; 0: nobody has one.
int bcrypt_cost_kept(Snapshot&);

// Links for choosing a new password no longer work.
void set_password(Transaction&, UserId, std::string const& hash);
// The same password in another form, unless it was changed meanwhile.
void replace_hash(Transaction&, UserId, std::string const& before, std::string const& hash);
void set_name(Transaction&, UserId, std::string const& name);
// Verified by that. False when another account has the address by now.
bool set_email(Transaction&, UserId, Email const&);

inline constexpr std::int64_t ended_removed_at_once = 5;
inline constexpr Duration seen_pause = minutes(1);  // between two notes that a user is there

struct Session {
    SessionId id;
    SessionKind kind = SessionKind::browser;
    Instant created_at, last_used_at, expires_at;
    Instant authenticated_at;
    std::string remote_address;
    std::string user_agent;
    std::optional<TenantId> provider_of{};
    std::optional<UserId> impersonated_by{};
    bool is_current = false;
};
fields::Table const& table_of(Session const*);
std::vector<Session> list_sessions(Snapshot&, UserId);  // newest first
std::optional<Session> find_session(Snapshot&, UserId, SessionId);
std::optional<SessionFacts> find_session_of_tokens(Snapshot&, SessionId, UserId);
std::optional<SessionFacts> find_session(Snapshot& system, SessionId);
void delete_session(Transaction&, SessionId);

// A refresh token, used: the session with its next one, or that it was another's turn, which ends the session.
struct Refreshed {
    UserId user;
    std::optional<NewSession> next;  // nothing: the token had been used before
};
// Nothing for a token of no session that is under way.
std::optional<Refreshed> spend_refresh_token(Transaction&, std::string_view token);

// True once: the token is spent by it.
bool spend_setup_token(Transaction&, std::string_view token);

// --- links in mails, and what leads from one step to the next
// ------------------------------------------------------------------------------------------------

enum class Purpose { verify_email, reset_password, second_factor };
BOOST_DESCRIBE_ENUM(Purpose, verify_email, reset_password, second_factor)

inline constexpr Duration verification_kept = days(3), reset_kept = hours(1);
inline constexpr Duration second_factor_kept = minutes(5);  // between the password and the code

struct LinkFacts {
    UserId user_id;
    Email email;  // to which it was sent
};
fields::Table const& table_of(LinkFacts const*);

// Gives the token, which is not stored. The user's links of the purpose before it no longer work.
std::string make_link(Transaction&, Purpose, UserId, Email const&);
std::optional<LinkFacts> find_link(Snapshot&, Purpose, std::string_view token);
// Something once.
std::optional<LinkFacts> spend_link(Transaction&, Purpose, std::string_view token);

// Somebody who signed up, until their address is confirmed.
struct PendingSignUp {
    Email email;
    std::string name, password_hash, organization;
};
fields::Table const& table_of(PendingSignUp const*);
std::string keep_sign_up(Transaction&, PendingSignUp const&);  // gives the token, which is not stored
std::optional<PendingSignUp> spend_sign_up(Transaction&, std::string_view token);  // something once

std::string new_token();
std::string hash_of_token(std::string_view token);

}  // namespace mainstay::identity
