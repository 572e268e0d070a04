// All SQL of the counts of customers' keys.
#include "platform/keys/key_counts.hpp"

namespace mainstay::keys {

void add_count(Transaction& tx, TenantId tenant, KeyCount const& count) {
    tx.execute(R"(
        INSERT INTO key_verifications (tenant_id, key_id, hour_at, outcome, verifications, credits_spent)
        VALUES (:of_tenant, :key_id, :hour_at, :outcome, :verifications, :credits_spent)
        ON CONFLICT (tenant_id, key_id, hour_at, outcome) DO UPDATE
           SET verifications = key_verifications.verifications + excluded.verifications,
               credits_spent = key_verifications.credits_spent + excluded.credits_spent)",
               count, bind("of_tenant", tenant));
}

void remove_old_counts(Transaction& tx, TenantId tenant, Instant before) {
    tx.execute("DELETE FROM key_verifications WHERE tenant_id = :of_tenant AND hour_at < :before",
               bind("of_tenant", tenant), bind("before", before));
}

std::vector<OutcomeCount> counts_between(Snapshot& snapshot, std::optional<KeyId> key, Instant from, Instant to,
                                         Duration span, std::int64_t limit) {
    return snapshot.all<OutcomeCount>(Sql(R"(
        SELECT hour_at / :span * :span AS at, outcome, sum(verifications) AS verifications,
               sum(credits_spent) AS credits_spent
          FROM key_verifications
         WHERE tenant_id = :tenant AND (:key_id = '' OR key_id = :key_id) AND hour_at >= :from AND hour_at < :to
         GROUP BY 1, outcome
         ORDER BY 1, outcome
         LIMIT :limit)",
                                          R"(
        SELECT hour_at / :span * :span AS at, outcome, sum(verifications)::bigint AS verifications,
               sum(credits_spent)::bigint AS credits_spent
          FROM key_verifications
         WHERE tenant_id = :tenant AND (:key_id = '' OR key_id = :key_id) AND hour_at >= :from AND hour_at < :to
         GROUP BY 1, outcome
         ORDER BY 1, outcome
         LIMIT :limit)"),
                                      bind("span", span.us), bind("key_id", key ? key->to_string() : std::string()),
                                      bind("from", from), bind("to", to), bind("limit", limit));
}

std::vector<KeyTotal> busiest_keys(Snapshot& snapshot, Instant from, Instant to, std::int64_t limit) {
    return snapshot.all<KeyTotal>(Sql(R"(
        SELECT key_id, sum(verifications) AS verifications, sum(credits_spent) AS credits_spent
          FROM key_verifications
         WHERE tenant_id = :tenant AND key_id <> '' AND hour_at >= :from AND hour_at < :to
         GROUP BY key_id
         ORDER BY 2 DESC, key_id
         LIMIT :limit)",
                                      R"(
        SELECT key_id, sum(verifications)::bigint AS verifications, sum(credits_spent)::bigint AS credits_spent
          FROM key_verifications
         WHERE tenant_id = :tenant AND key_id <> '' AND hour_at >= :from AND hour_at < :to
         GROUP BY key_id
         ORDER BY 2 DESC, key_id
         LIMIT :limit)"),
                                  bind("from", from), bind("to", to), bind("limit", limit));
}

}  // namespace mainstay::keys
