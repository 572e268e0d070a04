// All SQL of quotas.
#include "platform/usage/quotas.hpp"

namespace mainstay::usage {

fields::Table const& table_of(QuotaUse const*) {
    using fields::field;
    static fields::Table const table{"QuotaUse",
                                     {field("used", &QuotaUse::used, ""), field("is_warned", &QuotaUse::is_warned, ""),
                                      field("is_reached", &QuotaUse::is_reached, "")}};
    return table;
}

std::optional<QuotaUse> add_use(Transaction& tx, std::string_view quota, Instant period_at, std::int64_t n,
                                std::optional<std::int64_t> limit) {
    // What is past the limit all alone would otherwise be let in by the first row.
    if (limit && n > *limit) return std::nullopt;
    return tx.maybe_one<QuotaUse>(R"(
        INSERT INTO usage_quotas (tenant_id, quota, period_at, used, is_warned, is_reached)
        VALUES (:tenant, :quota, :period_at, :n, FALSE, FALSE)
        ON CONFLICT (tenant_id, quota, period_at) DO UPDATE
           SET used = usage_quotas.used + excluded.used
         WHERE usage_quotas.used + excluded.used <= :limit
     RETURNING used, is_warned, is_reached)",
                                  bind("quota", quota), bind("period_at", period_at), bind("n", n),
                                  bind("limit", limit.value_or(std::numeric_limits<std::int64_t>::max())));
}

void mark_told(Transaction& tx, std::string_view quota, Instant period_at, bool is_reached) {
    tx.execute(R"(
        UPDATE usage_quotas SET is_warned = TRUE, is_reached = is_reached OR :is_reached
         WHERE tenant_id = :tenant AND quota = :quota AND period_at = :period_at)",
               bind("is_reached", is_reached), bind("quota", quota), bind("period_at", period_at));
}

std::int64_t used_of(Snapshot& snapshot, std::string_view quota, Instant period_at) {
    return snapshot
        .maybe_one<std::int64_t>(R"(
            SELECT used FROM usage_quotas
             WHERE tenant_id = :tenant AND quota = :quota AND period_at = :period_at)",
                                 bind("quota", quota), bind("period_at", period_at))
        .value_or(0);
}

std::int64_t remove_quotas_before(Transaction& tx, Instant before) {
    return tx.execute("DELETE FROM usage_quotas WHERE tenant_id = :tenant AND period_at < :before",
                      bind("before", before));
}

}  // namespace mainstay::usage
