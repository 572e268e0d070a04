// All SQL of usage.
#include "platform/usage/usage_store.hpp"

namespace mainstay::usage {

void bill(Transaction& tx, std::string_view meter, std::string_view event_key, std::int64_t quantity) {
    tx.execute(R"(
        INSERT INTO billable_usage (tenant_id, meter, event_key, quantity, created_at)
        VALUES (:tenant, :meter, :event_key, :quantity, :now)
        ON CONFLICT (tenant_id, meter, event_key) DO NOTHING)",
               bind("meter", meter), bind("event_key", event_key), bind("quantity", quantity), bind("now", tx.now()));
}

std::int64_t billed_since(Snapshot& snapshot, std::string_view meter, Instant since) {
    return snapshot.one<std::int64_t>(Sql(R"(
        SELECT coalesce(sum(quantity), 0) AS total FROM billable_usage
         WHERE tenant_id = :tenant AND meter = :meter AND created_at >= :since)",
                                          R"(
        SELECT coalesce(sum(quantity), 0)::bigint AS total FROM billable_usage
         WHERE tenant_id = :tenant AND meter = :meter AND created_at >= :since)"),
                                      bind("meter", meter), bind("since", since));
}

void add_to_day(Transaction& tx, TenantId tenant, RequestCount const& count) {
    tx.execute(R"(
        INSERT INTO request_counts (tenant_id, day, credential_id, endpoint, status, requests, total_us)
        VALUES (:of_tenant, :day, :credential_id, :endpoint, :status, :requests, :total_us)
        ON CONFLICT (tenant_id, day, credential_id, endpoint, status) DO UPDATE
           SET requests = request_counts.requests + excluded.requests,
               total_us = request_counts.total_us + excluded.total_us)",
               count, bind("of_tenant", tenant));
}

std::vector<RequestCount> counts_between(Snapshot& snapshot, std::string const& from_day, std::string const& to_day,
                                         std::int64_t limit) {
    return snapshot.all<RequestCount>(R"(
        SELECT day, credential_id, endpoint, status, requests, total_us
          FROM request_counts
         WHERE tenant_id = :tenant AND day >= :from_day AND day <= :to_day
         ORDER BY day, credential_id, endpoint, status
         LIMIT :limit)",
                                      bind("from_day", from_day), bind("to_day", to_day), bind("limit", limit));
}

std::vector<DayOfRequests> requests_by_day(Snapshot& snapshot, std::string const& from_day) {
    return snapshot.all<DayOfRequests>(Sql(R"(
        SELECT day, sum(requests) AS requests, sum(CASE WHEN status >= 500 THEN requests ELSE 0 END) AS failures
          FROM request_counts
         WHERE tenant_id = :of_tenant AND day >= :from_day
         GROUP BY day
         ORDER BY day)",
                                           R"(
        SELECT day, sum(requests)::bigint AS requests,
               sum(CASE WHEN status >= 500 THEN requests ELSE 0 END)::bigint AS failures
          FROM request_counts
         WHERE tenant_id = :of_tenant AND day >= :from_day
         GROUP BY day
         ORDER BY day)"),
                                       bind("of_tenant", installation_tenant), bind("from_day", from_day));
}

std::int64_t remove_counts_before(Transaction& tx, std::string const& day, std::int64_t at_most) {
    return tx.execute(R"(
        DELETE FROM request_counts
         WHERE tenant_id = :tenant AND (day, credential_id, endpoint, status) IN (
               SELECT day, credential_id, endpoint, status FROM request_counts
                WHERE tenant_id = :tenant AND day < :day ORDER BY day LIMIT :at_most))",
                      bind("day", day), bind("at_most", at_most));
}

}  // namespace mainstay::usage
