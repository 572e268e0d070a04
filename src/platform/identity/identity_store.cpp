// All SQL of users and set-up tokens.
#include "platform/identity/identity_store.hpp"

#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

#include <array>

namespace mainstay::identity {

std::string new_token() {
    std::array<unsigned char, 32> bytes;
    random_bytes(bytes);
    return to_base64url(bytes);
}

std::string hash_of_token(std::string_view token) {
    return to_hex(sha256(token));
}

fields::Table const& table_of(Login const*) {
    static fields::Table const table{
        "Login",
        {fields::field("id", &Login::id, ""), fields::field("password_hash", &Login::password_hash, ""),
         fields::field("status", &Login::status, "")}};
    return table;
}

User create_user(Transaction& tx, NewUser input) {
    User user{UserId::make(tx.now()),
              std::move(input.email),
              std::move(input.name),
              input.is_operator,
              input.is_email_verified ? std::optional(tx.now()) : std::nullopt,
              tx.now()};
    user.email.text = lower_ascii(user.email.text);
    std::int64_t const made = tx.execute(R"(
        INSERT INTO users (id, email, name, password_hash, is_operator, email_verified_at, created_at)
        VALUES (:id, :email, :name, :password_hash, :is_operator, :email_verified_at, :created_at)
        ON CONFLICT (email) DO NOTHING)",
                                         user, bind("password_hash", input.password_hash));
    if (made == 0) throw Fault(errors::conflict, "This address has an account already.");
    return user;
}

std::optional<User> find_user(Snapshot& snapshot, UserId id) {
    return snapshot.maybe_one<User>(
        "SELECT id, email, name, is_operator, email_verified_at, created_at FROM users WHERE id = :id", bind("id", id));
}

std::optional<User> find_user_by_email(Snapshot& snapshot, Email const& email) {
    return snapshot.maybe_one<User>(
        "SELECT id, email, name, is_operator, email_verified_at, created_at FROM users WHERE email = :email",
        bind("email", lower_ascii(email.text)));
}

bool has_operator(Snapshot& snapshot) {
    return snapshot.maybe_one<UserId>("SELECT id FROM users WHERE is_operator LIMIT 1").has_value();
}

bool has_password(Snapshot& snapshot, UserId id) {
    auto const login = find_login(snapshot, id);
    return login && !login->password_hash.empty();
}

std::optional<Login> find_login(Snapshot& snapshot, std::string const& email) {
    return snapshot.maybe_one<Login>("SELECT id, password_hash, status FROM users WHERE email = :email",
                                     bind("email", lower_ascii(email)));
}

std::optional<Login> find_login(Snapshot& snapshot, UserId id) {
    return snapshot.maybe_one<Login>("SELECT id, password_hash, status FROM users WHERE id = :id", bind("id", id));
}

int bcrypt_cost_kept(Snapshot& snapshot) {
    auto const hash = snapshot.maybe_one<std::string>(R"(
        SELECT password_hash
          FROM users
         WHERE substr(password_hash, 1, 2) = '$2'
         ORDER BY substr(password_hash, 5, 2) DESC
         LIMIT 1)");
    return hash ? Passwords::bcrypt_cost(*hash) : 0;
}

void set_password(Transaction& tx, UserId user, std::string const& hash) {
    tx.execute("UPDATE users SET password_hash = :hash WHERE id = :id", bind("hash", hash), bind("id", user));
    tx.execute("DELETE FROM user_links WHERE user_id = :user_id AND purpose = :purpose", bind("user_id", user),
               bind("purpose", Purpose::reset_password));
}

void replace_hash(Transaction& tx, UserId user, std::string const& before, std::string const& hash) {
    tx.execute("UPDATE users SET password_hash = :hash WHERE id = :id AND password_hash = :before", bind("hash", hash),
               bind("id", user), bind("before", before));
}

void set_name(Transaction& tx, UserId user, std::string const& name) {
    tx.execute("UPDATE users SET name = :name WHERE id = :id", bind("name", name), bind("id", user));
}

bool set_email(Transaction& tx, UserId user, Email const& email) {
    auto const holder = find_user_by_email(tx, email);
    if (holder && holder->id != user) return false;
    return tx.execute("UPDATE users SET email = :email, email_verified_at = :now WHERE id = :id",
                      bind("email", lower_ascii(email.text)), bind("now", tx.now()), bind("id", user)) == 1;
}

fields::Table const& table_of(PendingSignUp const*) {
    static fields::Table const table{
        "PendingSignUp",
        {fields::field("email", &PendingSignUp::email, ""), fields::field("name", &PendingSignUp::name, ""),
         fields::field("password_hash", &PendingSignUp::password_hash, ""),
         fields::field("organization", &PendingSignUp::organization, "")}};
    return table;
}

std::string keep_sign_up(Transaction& tx, PendingSignUp const& pending) {
    std::string token = new_token();
    tx.execute(R"(
        DELETE FROM pending_sign_ups
         WHERE token_hash IN (SELECT token_hash FROM pending_sign_ups WHERE expires_at <= :now LIMIT :at_most))",
               bind("now", tx.now()), bind("at_most", ended_removed_at_once));
    tx.execute(R"(
        INSERT INTO pending_sign_ups (token_hash, email, name, password_hash, organization, expires_at)
        VALUES (:token_hash, :email, :name, :password_hash, :organization, :expires_at))",
               pending, bind("token_hash", hash_of_token(token)), bind("expires_at", tx.now() + verification_kept));
    return token;
}

std::optional<PendingSignUp> spend_sign_up(Transaction& tx, std::string_view token) {
    auto pending = tx.maybe_one<PendingSignUp>(R"(
        SELECT email, name, password_hash, organization
          FROM pending_sign_ups
         WHERE token_hash = :token_hash AND expires_at > :now)",
                                               bind("token_hash", hash_of_token(token)), bind("now", tx.now()));
    if (pending)
        tx.execute("DELETE FROM pending_sign_ups WHERE token_hash = :token_hash",
                   bind("token_hash", hash_of_token(token)));
    return pending;
}

std::string make_setup_token(Transaction& tx) {
    std::string token = new_token();
    tx.execute("DELETE FROM setup_tokens");
    tx.execute("INSERT INTO setup_tokens (token_hash, created_at) VALUES (:token_hash, :now)",
               bind("token_hash", hash_of_token(token)), bind("now", tx.now()));
    return token;
}

bool spend_setup_token(Transaction& tx, std::string_view token) {
    return tx.execute("DELETE FROM setup_tokens WHERE token_hash = :token_hash AND created_at > :after",
                      bind("token_hash", hash_of_token(token)), bind("after", tx.now() - setup_token_kept)) == 1;
}

}  // namespace mainstay::identity
