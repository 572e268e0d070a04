// All SQL of users as operators see them.
#include "base/text.hpp"
#include "platform/identity/identity_store.hpp"

namespace mainstay::identity {
namespace {

using fields::field;

constexpr std::int64_t operators_looked_at_max = 1'000;      // by the index users_operators
constexpr std::string_view behind_all = "\xF4\x8F\xBF\xBF";  // the last character there is

// The part of an index in which a page lies, of the texts that begin with `prefix`.
struct Part {
    std::string from, to, after, after_id;
};
fields::Table const& table_of(Part const*) {
    static fields::Table const table{"AccountPart",
                                     {field("from", &Part::from, ""), field("to", &Part::to, ""),
                                      field("after", &Part::after, ""), field("after_id", &Part::after_id, "")}};
    return table;
}

Part part_of(std::string const& prefix, std::string after, std::string after_id) {
    Part part{lower_ascii(prefix), {}, lower_ascii(after), std::move(after_id)};
    part.to = part.from + std::string(behind_all);
    if (part.after > part.from) part.from = part.after;
    return part;
}

std::vector<Account> list_by_email(Snapshot& snapshot, Part const& part, std::optional<UserStatus> status,
                                   std::int64_t limit) {
    if (status)
        return snapshot.all<Account>(R"(
            SELECT id, email, name, is_operator, status, email_verified_at, last_seen_at, created_at
              FROM users
             WHERE status = :status AND email >= :from AND email < :to AND email > :after
             ORDER BY email
             LIMIT :limit)",
                                     part, bind("status", *status), bind("limit", limit));
    return snapshot.all<Account>(R"(
        SELECT id, email, name, is_operator, status, email_verified_at, last_seen_at, created_at
          FROM users
         WHERE email >= :from AND email < :to AND email > :after
         ORDER BY email
         LIMIT :limit)",
                                 part, bind("limit", limit));
}

std::vector<Account> list_by_name(Snapshot& snapshot, Part const& part, std::optional<UserStatus> status,
                                  std::int64_t limit) {
    if (status)
        return snapshot.all<Account>(R"(
            SELECT id, email, name, is_operator, status, email_verified_at, last_seen_at, created_at
              FROM users
             WHERE status = :status AND lower(name) >= :from AND lower(name) < :to
               AND (lower(name) > :after OR id > :after_id)
             ORDER BY lower(name), id
             LIMIT :limit)",
                                     part, bind("status", *status), bind("limit", limit));
    return snapshot.all<Account>(R"(
        SELECT id, email, name, is_operator, status, email_verified_at, last_seen_at, created_at
          FROM users
         WHERE lower(name) >= :from AND lower(name) < :to AND (lower(name) > :after OR id > :after_id)
         ORDER BY lower(name), id
         LIMIT :limit)",
                                 part, bind("limit", limit));
}

std::string text_of(std::optional<UserId> id) {
    return id ? id->to_string() : std::string();
}

}  // namespace

fields::Table const& table_of(UserTally const*) {
    static fields::Table const table{
        "UserTally",
        {field("users", &UserTally::users, ""), field("suspended", &UserTally::suspended, ""),
         field("operators", &UserTally::operators, ""), field("seen_in_day", &UserTally::seen_in_day, ""),
         field("seen_in_month", &UserTally::seen_in_month, ""), field("last", &UserTally::last, "")}};
    return table;
}

fields::Table const& table_of(SignUps const*) {
    static fields::Table const table{"SignUps",
                                     {field("day_at", &SignUps::day_at, "When the day began, in UTC."),
                                      field("users", &SignUps::users, "Accounts made on it.")}};
    return table;
}

std::vector<Account> list_accounts(Snapshot& snapshot, AccountFilter const& filter, std::optional<UserId> after,
                                   std::int64_t limit) {
    auto const last = after ? find_account(snapshot, *after) : std::nullopt;
    if (after && !last)
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/cursor", "is not the end of a page: begin anew"}});
    if (filter.name)
        return list_by_name(snapshot, part_of(*filter.name, last ? last->name : std::string(), text_of(after)),
                            filter.status, limit);
    return list_by_email(snapshot, part_of(filter.email.value_or(""), last ? last->email.text : std::string(), {}),
                         filter.status, limit);
}

std::optional<Account> find_account(Snapshot& snapshot, UserId id) {
    return snapshot.maybe_one<Account>(R"(
        SELECT id, email, name, is_operator, status, email_verified_at, last_seen_at, created_at
          FROM users
         WHERE id = :id)",
                                       bind("id", id));
}

bool is_active(Snapshot& snapshot, UserId id) {
    return snapshot.maybe_one<UserStatus>("SELECT status FROM users WHERE id = :id", bind("id", id)) ==
           UserStatus::active;
}

bool has_other_operator(Snapshot& snapshot, UserId id) {
    return snapshot
        .maybe_one<UserId>(R"(
            SELECT id
              FROM (SELECT id, status FROM users WHERE is_operator LIMIT :at_most) AS operators
             WHERE status = :active AND id <> :id
             LIMIT 1)",
                           bind("active", UserStatus::active), bind("id", id), bind("at_most", operators_looked_at_max))
        .has_value();
}

std::int64_t count_sessions(Snapshot& snapshot, UserId user) {
    return static_cast<std::int64_t>(list_sessions(snapshot, user).size());
}

void set_status(Transaction& tx, UserId id, UserStatus status) {
    tx.execute("UPDATE users SET status = :status WHERE id = :id", bind("status", status), bind("id", id));
    if (status == UserStatus::suspended) end_sessions(tx, id);
    shared_state::revoke(tx, id.to_string());
}

UserTally tally_users(Snapshot& snapshot, std::optional<UserId> after, std::int64_t at_most) {
    return snapshot.one<UserTally>(R"(
        SELECT count(*) AS users, count(CASE WHEN status = 'suspended' THEN 1 END) AS suspended,
               count(CASE WHEN is_operator THEN 1 END) AS operators,
               count(CASE WHEN last_seen_at > :day_ago THEN 1 END) AS seen_in_day,
               count(CASE WHEN last_seen_at > :month_ago THEN 1 END) AS seen_in_month, max(id) AS last
          FROM (SELECT id, status, is_operator, last_seen_at
                  FROM users WHERE id > :after ORDER BY id LIMIT :at_most) AS slice)",
                                   bind("day_ago", snapshot.now() - days(1)),
                                   bind("month_ago", snapshot.now() - days(30)), bind("after", text_of(after)),
                                   bind("at_most", at_most));
}

std::vector<SignUps> tally_sign_ups(Snapshot& snapshot, Instant since, std::optional<UserId> after,
                                    std::int64_t at_most) {
    return snapshot.all<SignUps>(R"(
        SELECT created_at / :day * :day AS day_at, count(*) AS users
          FROM (SELECT created_at FROM users WHERE id > :after ORDER BY id LIMIT :at_most) AS slice
         WHERE created_at >= :since
         GROUP BY 1)",
                                 bind("day", days(1).us), bind("since", since), bind("after", text_of(after)),
                                 bind("at_most", at_most));
}

}  // namespace mainstay::identity
