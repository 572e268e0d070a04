// All SQL of users, sessions and set-up tokens.
#include "platform/identity/identity_store.hpp"

#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

#include <array>

namespace mainstay::identity {
namespace {

struct SessionRow {
    SessionId id;
    UserId user_id;
    Instant last_used_at;
    Instant expires_at;
};
fields::Table const& table_of(SessionRow const*) {
    static fields::Table const table{
        "SessionRow",
        {fields::field("id", &SessionRow::id, ""), fields::field("user_id", &SessionRow::user_id, ""),
         fields::field("last_used_at", &SessionRow::last_used_at, ""),
         fields::field("expires_at", &SessionRow::expires_at, "")}};
    return table;
}

std::string new_token() {
    std::array<unsigned char, 32> bytes;
    random_bytes(bytes);
    return to_base64url(bytes);
}

std::string hash_of(std::string_view token) {
    return to_hex(sha256(token));
}

}  // namespace

fields::Table const& table_of(Login const*) {
    static fields::Table const table{
        "Login", {fields::field("id", &Login::id, ""), fields::field("password_hash", &Login::password_hash, "")}};
    return table;
}

User create_user(Transaction& tx, NewUser input) {
    User user{UserId::make(tx.now()), std::move(input.email), std::move(input.name), input.is_operator, tx.now()};
    user.email.text = lower_ascii(user.email.text);
    std::int64_t const made = tx.execute(R"(
        INSERT INTO users (id, email, name, password_hash, is_operator, created_at)
        VALUES (:id, :email, :name, :password_hash, :is_operator, :created_at)
        ON CONFLICT (email) DO NOTHING)",
                                         user, bind("password_hash", input.password_hash));
    if (made == 0) throw Fault(errors::conflict, "This address has an account already.");
    return user;
}

std::optional<User> find_user(Snapshot& snapshot, UserId id) {
    return snapshot.maybe_one<User>("SELECT id, email, name, is_operator, created_at FROM users WHERE id = :id",
                                    bind("id", id));
}

std::optional<User> find_user_by_email(Snapshot& snapshot, Email const& email) {
    return snapshot.maybe_one<User>("SELECT id, email, name, is_operator, created_at FROM users WHERE email = :email",
                                    bind("email", lower_ascii(email.text)));
}

bool has_users(Snapshot& snapshot) {
    return snapshot.maybe_one<UserId>("SELECT id FROM users LIMIT 1").has_value();
}

std::optional<Login> find_login(Snapshot& snapshot, std::string const& email) {
    return snapshot.maybe_one<Login>("SELECT id, password_hash FROM users WHERE email = :email",
                                     bind("email", lower_ascii(email)));
}

std::string create_session(Transaction& tx, UserId user) {
    std::string token = new_token();
    tx.execute(R"(
        INSERT INTO sessions (id, token_hash, user_id, created_at, last_used_at, expires_at)
        VALUES (:id, :token_hash, :user_id, :now, :now, :expires_at))",
               bind("id", SessionId::make(tx.now())), bind("token_hash", hash_of(token)), bind("user_id", user),
               bind("now", tx.now()), bind("expires_at", tx.now() + session_absolute));
    tx.execute(R"(
        DELETE FROM sessions
         WHERE id IN (SELECT id FROM sessions WHERE expires_at <= :now LIMIT :at_most))",
               bind("now", tx.now()), bind("at_most", ended_removed_at_once));
    return token;
}

void delete_session(Transaction& tx, SessionId id) {
    tx.execute("DELETE FROM sessions WHERE id = :id", bind("id", id));
    shared_state::revoke(tx, id.to_string());
}

std::optional<SessionFacts> find_session(Snapshot& snapshot, std::string_view token) {
    auto const row = snapshot.maybe_one<SessionRow>(
        "SELECT id, user_id, last_used_at, expires_at FROM sessions WHERE token_hash = :token_hash",
        bind("token_hash", hash_of(token)));
    if (!row || row->expires_at <= snapshot.now() || row->last_used_at + session_idle <= snapshot.now())
        return std::nullopt;
    auto user = find_user(snapshot, row->user_id);
    if (!user) return std::nullopt;
    return SessionFacts{row->id, std::move(*user), tenants::memberships_of(snapshot, row->user_id), row->expires_at};
}

void mark_used(Transaction& tx, SessionId id) {
    tx.execute("UPDATE sessions SET last_used_at = :now WHERE id = :id", bind("id", id), bind("now", tx.now()));
}

std::string csrf_token_of(std::string_view session_token) {
    return to_base64url(hmac_sha256(session_token, "csrf"));
}

std::string make_setup_token(Transaction& tx) {
    std::string token = new_token();
    tx.execute("DELETE FROM setup_tokens");
    tx.execute("INSERT INTO setup_tokens (token_hash, created_at) VALUES (:token_hash, :now)",
               bind("token_hash", hash_of(token)), bind("now", tx.now()));
    return token;
}

bool spend_setup_token(Transaction& tx, std::string_view token) {
    return tx.execute("DELETE FROM setup_tokens WHERE token_hash = :token_hash AND created_at > :after",
                      bind("token_hash", hash_of(token)), bind("after", tx.now() - setup_token_kept)) == 1;
}

}  // namespace mainstay::identity
