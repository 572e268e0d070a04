// What the memory of ready work is filled from: the ready index, in the order in which work is taken.
#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {
namespace {

constexpr Sql ready_in_turn(R"(
    SELECT id, tenant, queue, kind, priority, run_at, owner IS NOT NULL AS is_abandoned
      FROM (SELECT id, tenant, queue, kind, priority, run_at, owner,
                   row_number() OVER (PARTITION BY tenant, run_at <= :now, priority ORDER BY run_at, id) AS number
              FROM flow_ready WHERE queue = :queue AND run_at < :never
               AND kind IN (SELECT value FROM json_each(:kinds))) turns
     ORDER BY CASE WHEN run_at <= :now THEN 0 ELSE 1 END, CASE WHEN run_at <= :now THEN -priority ELSE 0 END,
              CASE WHEN run_at <= :now THEN number ELSE 0 END, run_at
     LIMIT :at_most)",
                            R"(
    SELECT id, tenant, queue, kind, priority, run_at, owner IS NOT NULL AS is_abandoned
      FROM (SELECT id, tenant, queue, kind, priority, run_at, owner,
                   row_number() OVER (PARTITION BY tenant, run_at <= :now, priority ORDER BY run_at, id) AS number
              FROM flow_ready WHERE queue = :queue AND run_at < :never
               AND kind IN (SELECT json_array_elements_text(CAST(:kinds AS json)))) turns
     ORDER BY CASE WHEN run_at <= :now THEN 0 ELSE 1 END, CASE WHEN run_at <= :now THEN -priority ELSE 0 END,
              CASE WHEN run_at <= :now THEN number ELSE 0 END, run_at
     LIMIT :at_most)");

}  // namespace

std::vector<Ready> list_ready(Snapshot& snapshot, std::string_view queue, std::string const& kinds,
                              std::int64_t at_most) {
    return snapshot.all<Ready>(ready_in_turn, bind("queue", queue), bind("kinds", kinds), bind("now", snapshot.now()),
                               bind("never", never), bind("at_most", at_most));
}

std::optional<Ready> find_ready(Snapshot& snapshot, std::string_view id) {
    return snapshot.maybe_one<Ready>(R"(
        SELECT id, tenant, queue, kind, priority, run_at, owner IS NOT NULL AS is_abandoned FROM flow_ready
         WHERE id = :id)",
                                     bind("id", id));
}

}  // namespace mainstay::flow
