#include "kernel/flow/listing.hpp"

namespace mainstay::flow {

using fields::field;

namespace {

fields::Table table_without(std::string_view left_out, std::string_view name, fields::Table table) {
    std::erase_if(table.fields, [&](fields::Field const& one) { return one.name == left_out; });
    table.name = name;
    return table;
}

}  // namespace

fields::Table const& table_of(JobSummary const*) {
    static fields::Table const table =
        table_without("result", "JobSummary", table_of(static_cast<Job const*>(nullptr)));
    return table;
}

fields::Table const& table_of(RunSummary const*) {
    static fields::Table const table = table_without("data", "RunSummary", table_of(static_cast<Run const*>(nullptr)));
    return table;
}

fields::Table const& table_of(Queue const*) {
    static fields::Table const table{
        "Queue",
        {field("queue", &Queue::queue, "Its name."),
         field("due", &Queue::due, "Jobs and runs that could run now, those among them whose worker is gone."),
         field("later", &Queue::later, "Those that wait for a time, an event, an answer or other runs."),
         field("parked", &Queue::parked, "Those that wait for a place under their concurrency key."),
         field("running", &Queue::running, "Those that run."),
         field("oldest_due_at", &Queue::oldest_due_at, "Since when the first of the due ones waits."),
         field("paused_at", &Queue::paused_at, "Since when nothing of it is taken."),
         field("paused_by", &Queue::paused_by, "Who paused it.")}};
    return table;
}

std::vector<JobSummary> list_jobs(Snapshot& snapshot, JobFilter const& filter, std::optional<JobId> before,
                                  std::int64_t limit) {
    std::string const last = before ? before->to_string() : std::string("~");  // behind every id
    std::string const state = filter.state ? std::string(fields::name_of(*filter.state)) : std::string();
    std::string const kind = filter.kind.value_or(""), queue = filter.queue.value_or("");
    return snapshot.all<JobSummary>(R"(
        SELECT id, kind, queue, priority, state, attempts, run_at, concurrency_key, originator, last_error,
               created_at, finished_at
          FROM (SELECT flow_jobs.id, flow_jobs.kind, flow_jobs.queue, flow_jobs.priority,
                       CASE WHEN outcome IS NOT NULL THEN outcome
                            WHEN owner IS NULL OR run_at <= :now THEN 'waiting' ELSE 'running' END AS state,
                       CASE WHEN outcome IS NOT NULL THEN flow_jobs.attempts ELSE flow_ready.attempts END AS attempts,
                       CASE WHEN is_parked THEN NULL ELSE flow_ready.run_at END AS run_at, flow_jobs.concurrency_key,
                       originator, last_error, created_at, finished_at
                  FROM flow_jobs LEFT JOIN flow_ready ON flow_ready.id = flow_jobs.id
                 WHERE tenant_id = :tenant AND flow_jobs.id < :last AND (:kind = '' OR flow_jobs.kind = :kind)
                   AND (:queue = '' OR flow_jobs.queue = :queue)) jobs
         WHERE :state = '' OR state = :state
         ORDER BY id DESC LIMIT :limit)",
                                    bind("last", last), bind("kind", kind), bind("queue", queue), bind("state", state),
                                    bind("limit", limit), bind("now", snapshot.now()));
}

std::vector<RunSummary> list_runs(Snapshot& snapshot, RunFilter const& filter, std::optional<RunId> before,
                                  std::int64_t limit) {
    std::string const last = before ? before->to_string() : std::string("~");
    std::string const state = filter.state ? std::string(fields::name_of(*filter.state)) : std::string();
    std::string const graph = filter.graph.value_or("");
    std::string const asks = filter.waits_for_answer ? (*filter.waits_for_answer ? "true" : "false") : "";
    return snapshot.all<RunSummary>(R"(
        SELECT id, graph, version, state, node, steps, error, originator, root_id, branch, forked_from,
               forked_at_step, created_at, finished_at
          FROM flow_runs
         WHERE tenant_id = :tenant AND id < :last AND parent_wait_id IS NULL AND (:graph = '' OR graph = :graph)
           AND (:state = '' OR state = :state)
           AND (:asks = '' OR :asks = CASE WHEN id IN (
                SELECT asking.root_id
                  FROM flow_waits JOIN flow_runs asking ON asking.tenant_id = flow_waits.tenant_id
                                                       AND asking.id = flow_waits.run_id
                 WHERE flow_waits.tenant_id = :tenant AND kind = 'answer' AND closed_at IS NULL)
                                           THEN 'true' ELSE 'false' END)
         ORDER BY id DESC LIMIT :limit)",
                                    bind("last", last), bind("graph", graph), bind("state", state), bind("asks", asks),
                                    bind("limit", limit));
}

std::vector<Queue> list_queues(Snapshot& snapshot, std::int64_t rows_at_most) {
    return snapshot.all<Queue>(R"(
        WITH counts AS (
            SELECT queue,
                   COUNT(CASE WHEN run_at <= :now THEN 1 END) AS due,
                   COUNT(CASE WHEN owner IS NULL AND run_at > :now AND NOT is_parked THEN 1 END) AS later,
                   COUNT(CASE WHEN is_parked THEN 1 END) AS parked,
                   COUNT(CASE WHEN run_at > :now THEN owner END) AS running,
                   MIN(CASE WHEN run_at <= :now THEN run_at END) AS oldest_due_at
              FROM (SELECT queue, owner, run_at, is_parked FROM flow_ready LIMIT :at_most) looked_at
             GROUP BY queue
        )
        SELECT names.queue, COALESCE(due, 0) AS due, COALESCE(later, 0) AS later, COALESCE(parked, 0) AS parked,
               COALESCE(running, 0) AS running, oldest_due_at, paused_at, paused_by
          FROM (SELECT queue FROM counts UNION SELECT queue FROM flow_paused_queues) names
          LEFT JOIN counts ON counts.queue = names.queue
          LEFT JOIN flow_paused_queues ON flow_paused_queues.queue = names.queue
         ORDER BY names.queue)",
                               bind("now", snapshot.now()), bind("at_most", rows_at_most));
}

}  // namespace mainstay::flow
