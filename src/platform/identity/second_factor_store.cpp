#include "platform/identity/second_factor_store.hpp"

#include "platform/identity/totp.hpp"

namespace mainstay::identity {
namespace {

using fields::field;

struct SeedRow {
    std::string sealed_seed;
    std::int64_t last_step = 0;
    std::optional<Instant> confirmed_at;
};
fields::Table const& table_of(SeedRow const*) {
    static fields::Table const table{
        "SeedRow",
        {field("sealed_seed", &SeedRow::sealed_seed, ""), field("last_step", &SeedRow::last_step, ""),
         field("confirmed_at", &SeedRow::confirmed_at, "")}};
    return table;
}

std::string purpose_of(UserId user) {
    return "totp:" + user.to_string();
}

std::string recovery_hash(UserId user, std::string_view code) {
    return hash_of_token(user.to_string() + normal_recovery_code(code));
}

std::optional<SeedRow> find_seed(Snapshot& snapshot, UserId user) {
    return snapshot.maybe_one<SeedRow>(
        "SELECT sealed_seed, last_step, confirmed_at FROM user_second_factors WHERE user_id = :user_id",
        bind("user_id", user));
}

}  // namespace

fields::Table const& table_of(SecondFactor const*) {
    static fields::Table const table{
        "SecondFactor",
        {field("confirmed_at", &SecondFactor::confirmed_at, "In force since then; absent before its first code."),
         field("recovery_codes_left", &SecondFactor::recovery_codes_left, "That were not used yet.")}};
    return table;
}

std::optional<SecondFactor> find_second_factor(Snapshot& snapshot, UserId user) {
    return snapshot.maybe_one<SecondFactor>(R"(
        SELECT confirmed_at,
               (SELECT count(*) FROM user_recovery_codes WHERE user_id = :user_id) AS recovery_codes_left
          FROM user_second_factors
         WHERE user_id = :user_id)",
                                            bind("user_id", user));
}

bool has_second_factor(Snapshot& snapshot, UserId user) {
    auto const row = find_seed(snapshot, user);
    return row && row->confirmed_at;
}

bool begin_second_factor(Transaction& tx, secrets::Secrets const& secrets, UserId user, std::string const& seed) {
    if (has_second_factor(tx, user)) return false;
    tx.execute("DELETE FROM user_second_factors WHERE user_id = :user_id", bind("user_id", user));
    tx.execute(R"(
        INSERT INTO user_second_factors (user_id, sealed_seed, last_step, created_at)
        VALUES (:user_id, :sealed_seed, 0, :now))",
               bind("user_id", user), bind("sealed_seed", secrets.seal(tx, purpose_of(user), seed)),
               bind("now", tx.now()));
    return true;
}

bool spend_totp_code(Transaction& tx, secrets::Secrets const& secrets, UserId user, std::string_view code,
                     bool is_new) {
    auto const row = find_seed(tx, user);
    if (!row || row->confirmed_at.has_value() == is_new) return false;
    auto const step = match_totp(secrets.open(tx, purpose_of(user), row->sealed_seed), code, tx.now(), row->last_step);
    if (!step) return false;
    tx.execute(R"(
        UPDATE user_second_factors SET last_step = :step, confirmed_at = coalesce(confirmed_at, :now)
         WHERE user_id = :user_id)",
               bind("step", *step), bind("now", tx.now()), bind("user_id", user));
    return true;
}

void remove_second_factor(Transaction& tx, UserId user) {
    tx.execute("DELETE FROM user_recovery_codes WHERE user_id = :user_id", bind("user_id", user));
    tx.execute("DELETE FROM user_second_factors WHERE user_id = :user_id", bind("user_id", user));
}

bool reset_second_factor(Transaction& tx, UserId user) {
    if (!find_second_factor(tx, user)) return false;
    remove_second_factor(tx, user);
    end_sessions(tx, user);
    return true;
}

std::vector<std::string> make_recovery_codes(Transaction& tx, UserId user) {
    tx.execute("DELETE FROM user_recovery_codes WHERE user_id = :user_id", bind("user_id", user));
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < recovery_codes_made; ++i) {
        codes.push_back(new_recovery_code());
        tx.execute("INSERT INTO user_recovery_codes (user_id, code_hash) VALUES (:user_id, :code_hash)",
                   bind("user_id", user), bind("code_hash", recovery_hash(user, codes.back())));
    }
    return codes;
}

bool spend_recovery_code(Transaction& tx, UserId user, std::string_view typed) {
    return tx.execute("DELETE FROM user_recovery_codes WHERE user_id = :user_id AND code_hash = :code_hash",
                      bind("user_id", user), bind("code_hash", recovery_hash(user, typed))) == 1;
}

}  // namespace mainstay::identity
