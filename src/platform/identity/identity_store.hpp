#pragma once
#include "platform/identity/identity.hpp"

namespace mainstay::identity {

struct Login {
    UserId id;
    std::string password_hash;
};
fields::Table const& table_of(Login const*);

std::optional<Login> find_login(Snapshot& system, std::string const& email);
std::optional<User> find_user(Snapshot& system, UserId);

inline constexpr std::int64_t ended_removed_at_once = 5;

// Gives the token, which is not stored. Also removes a few sessions that have ended, whoever's they were.
std::string create_session(Transaction& system, UserId);
void delete_session(Transaction& system, SessionId);

// True once: the token is spent by it.
bool spend_setup_token(Transaction& system, std::string_view token);

}  // namespace mainstay::identity
