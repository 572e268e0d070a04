#include "kernel/flow/overview.hpp"

#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {
namespace {

using fields::field;

// What is on the page is found by the indexes alone before anything is joined, so that no estimate can lead past them.
constexpr Sql jobs_of_all(R"(
    SELECT tenant_id, id, kind, queue, priority, state, attempts, run_at, concurrency_key, originator, last_error,
           created_at, finished_at
      FROM (SELECT tenant AS tenant_id, unfinished.id, unfinished.kind, unfinished.queue, unfinished.priority,
                   unfinished.state, unfinished.attempts, unfinished.run_at, unfinished.concurrency_key, originator,
                   last_error, created_at, finished_at
              FROM (SELECT tenant, id, kind, queue, priority,
                           CASE WHEN owner IS NULL OR run_at <= :now THEN 'waiting' ELSE 'running' END AS state,
                           attempts,
                           CASE WHEN is_parked THEN NULL ELSE run_at END AS run_at, concurrency_key
                      FROM flow_ready
                     WHERE id > 'job_' AND id < :last AND :state IN ('', 'waiting', 'running')
                       AND (:state = '' OR :state = CASE WHEN owner IS NULL OR run_at <= :now
                                                         THEN 'waiting' ELSE 'running' END)
                       AND (:tenant_id = '' OR tenant = :tenant_id) AND (:kind = '' OR kind = :kind)
                       AND (:queue = '' OR queue = :queue)
                     ORDER BY id DESC LIMIT :limit) unfinished
              JOIN flow_jobs ON flow_jobs.tenant_id = unfinished.tenant AND flow_jobs.id = unfinished.id
            UNION ALL
            SELECT given_up.tenant_id, given_up.id, kind, queue, priority, outcome AS state, attempts,
                   CAST(NULL AS BIGINT) AS run_at, concurrency_key, originator, last_error, created_at, finished_at
              FROM (SELECT tenant_id, id
                      FROM flow_jobs
                     WHERE outcome IN ('dead', 'cancelled') AND id < :last AND :state IN ('', 'dead', 'cancelled')
                       AND (:state = '' OR outcome = :state) AND (:tenant_id = '' OR tenant_id = :tenant_id)
                       AND (:kind = '' OR kind = :kind) AND (:queue = '' OR queue = :queue)
                     ORDER BY id DESC LIMIT :limit) given_up
              JOIN flow_jobs ON flow_jobs.tenant_id = given_up.tenant_id AND flow_jobs.id = given_up.id) found
     ORDER BY id DESC LIMIT :limit)");

constexpr Sql runs_of_all(R"(
    SELECT found.tenant_id, found.id, graph, version, state, node, steps, error, originator, root_id, branch,
           forked_from, forked_at_step, created_at, finished_at
      FROM (SELECT tenant_id, id
              FROM flow_runs
             WHERE state <> 'completed' AND parent_wait_id IS NULL AND id < :last AND (:state = '' OR state = :state)
               AND (:tenant_id = '' OR tenant_id = :tenant_id) AND (:graph = '' OR graph = :graph)
             ORDER BY id DESC LIMIT :limit) found
      JOIN flow_runs ON flow_runs.tenant_id = found.tenant_id AND flow_runs.id = found.id
     ORDER BY found.id DESC)");

template <class Shown>
fields::Table with_tenant(std::string_view name, fields::Table summary) {
    summary.name = name;
    summary.fields.insert(summary.fields.begin(), field("tenant_id", &Shown::tenant_id, "Whose it is."));
    return summary;
}

template <class State>
std::string text_of(std::optional<State> state) {
    return state ? std::string(fields::name_of(*state)) : std::string();
}

std::string text_of(std::optional<TenantId> tenant) {
    return tenant ? tenant->to_string() : std::string();
}

}  // namespace

fields::Table const& table_of(JobOfTenant const*) {
    static fields::Table const table =
        with_tenant<JobOfTenant>("JobOfTenant", table_of(static_cast<JobSummary const*>(nullptr)));
    return table;
}

fields::Table const& table_of(RunOfTenant const*) {
    static fields::Table const table =
        with_tenant<RunOfTenant>("RunOfTenant", table_of(static_cast<RunSummary const*>(nullptr)));
    return table;
}

std::vector<JobOfTenant> list_jobs_of_all(Snapshot& snapshot, std::optional<TenantId> tenant, JobFilter const& filter,
                                          std::optional<JobId> before, std::int64_t limit) {
    std::string const last = before ? before->to_string() : std::string("job_~");  // behind every job's id
    std::string const state = text_of(filter.state), tenant_id = text_of(tenant);
    std::string const kind = filter.kind.value_or(""), queue = filter.queue.value_or("");
    return snapshot.all<JobOfTenant>(jobs_of_all, bind("last", last), bind("state", state),
                                     bind("tenant_id", tenant_id), bind("kind", kind), bind("queue", queue),
                                     bind("limit", limit), bind("now", snapshot.now()));
}

std::vector<RunOfTenant> list_runs_of_all(Snapshot& snapshot, std::optional<TenantId> tenant, RunFilter const& filter,
                                          std::optional<RunId> before, std::int64_t limit) {
    std::string const last = before ? before->to_string() : std::string("run_~");
    std::string const state = text_of(filter.state), tenant_id = text_of(tenant);
    std::string const graph = filter.graph.value_or("");
    return snapshot.all<RunOfTenant>(runs_of_all, bind("last", last), bind("state", state),
                                     bind("tenant_id", tenant_id), bind("graph", graph), bind("limit", limit));
}

std::optional<TenantId> tenant_of_job(Snapshot& snapshot, JobId id) {
    return snapshot.maybe_one<TenantId>(R"(
        SELECT tenant FROM flow_ready WHERE id = :id
         UNION ALL
        SELECT tenant_id FROM flow_jobs WHERE id = :id AND outcome IN ('dead', 'cancelled'))",
                                        bind("id", id));
}

fields::Table const& table_of(GivenUp const*) {
    static fields::Table const table{"GivenUp",
                                     {field("dead", &GivenUp::dead, ""), field("cancelled", &GivenUp::cancelled, "")}};
    return table;
}

GivenUp count_given_up(Snapshot& snapshot, std::int64_t at_most) {
    return snapshot.one<GivenUp>(R"(
        SELECT count(CASE WHEN outcome = 'dead' THEN 1 END) AS dead,
               count(CASE WHEN outcome = 'cancelled' THEN 1 END) AS cancelled
          FROM (SELECT outcome FROM flow_jobs WHERE outcome IN ('dead', 'cancelled') LIMIT :at_most) AS looked_at)",
                                 bind("at_most", at_most));
}

std::array<Sql, 2> overview_statements() {
    return {jobs_of_all, runs_of_all};
}

}  // namespace mainstay::flow
