// Users as those who run the installation see and manage them. Included by identity.hpp.
//
// Lists go by an index each: the addresses by users' own unique one, names by users_by_name, and those of one status by
// users_by_status_and_email and users_by_status_and_name, so that a page costs the same however many users there are.
#pragma once
#include "platform/identity/identity.hpp"

namespace mainstay::identity {

// Whoever is suspended has no session and gets none, and what they had begun is not carried on.
enum class UserStatus { active, suspended };
BOOST_DESCRIBE_ENUM(UserStatus, active, suspended)

struct Account {
    UserId id;
    Email email;
    std::string name;
    bool is_operator = false;
    UserStatus status = UserStatus::active;
    std::optional<Instant> email_verified_at;
    std::optional<Instant> last_seen_at;
    Instant created_at;
};
fields::Table const& table_of(Account const*);

struct AccountFilter {
    std::optional<std::string> email, name;  // what it begins with, in capitals or not; one of them at most
    std::optional<UserStatus> status;
};
// By name where a beginning of names is asked for, else by address; from behind `after`.
// Throws Fault(errors::invalid_input) for an `after` that is nobody.
std::vector<Account> list_accounts(Snapshot& system, AccountFilter const&, std::optional<UserId> after,
                                   std::int64_t limit);
std::optional<Account> find_account(Snapshot&, UserId);
bool is_active(Snapshot&, UserId);                  // false for nobody
bool has_other_operator(Snapshot& system, UserId);  // an active one
std::int64_t count_sessions(Snapshot&, UserId);     // that have not ended; sessions_max at most
bool has_second_factor(Snapshot&, UserId);          // in force

// Every node hears of it within a second. Ends the sessions of who is suspended.
void set_status(Transaction& system, UserId, UserStatus);

// With a link for choosing a password, to an account that somebody else has made.
void mail_account_made(Transaction&, std::string const& public_url, User const&);

// --- how many there are --------------------------------------------------------------------------------------------

struct UserTally {
    std::int64_t users = 0, suspended = 0, operators = 0;
    std::int64_t seen_in_day = 0, seen_in_month = 0;
    std::optional<UserId> last;  // nothing: there were none
};
fields::Table const& table_of(UserTally const*);

// Of the next `at_most` users behind `after`, by the primary key: who counts all of them goes on from slice to slice.
UserTally tally_users(Snapshot& system, std::optional<UserId> after, std::int64_t at_most);

struct SignUps {
    Instant day_at;  // when it began, in UTC
    std::int64_t users = 0;
};
fields::Table const& table_of(SignUps const*);
// The same slice by the days since `since` on which they were made.
std::vector<SignUps> tally_sign_ups(Snapshot& system, Instant since, std::optional<UserId> after, std::int64_t at_most);

}  // namespace mainstay::identity

namespace mainstay::errors {
inline constexpr ErrorCode account_suspended{"account_suspended", 403, "The account is suspended",
                                             "Ask those who run the installation."};
}
