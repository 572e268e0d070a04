// Jobs: enqueued, asked for, cancelled and put back in their caller's transaction.
#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {
namespace {

using fields::field;

struct PutBackRow {
    std::string kind, queue;
    std::int64_t priority = 0;
    std::optional<std::string> unique_key;
    std::optional<JobState> outcome;
    std::int64_t fence = 0;
};

fields::Table const& table_of(PutBackRow const*) {
    static fields::Table const table{
        "FlowPutBackRow",
        {field("kind", &PutBackRow::kind, ""), field("queue", &PutBackRow::queue, ""),
         field("priority", &PutBackRow::priority, ""), field("unique_key", &PutBackRow::unique_key, ""),
         field("outcome", &PutBackRow::outcome, ""), field("fence", &PutBackRow::fence, "")}};
    return table;
}

std::optional<JobId> find_unfinished(Transaction& tx, std::string_view kind, std::string_view unique_key) {
    return tx.maybe_one<JobId>(R"(
        SELECT id FROM flow_jobs
         WHERE tenant_id = :tenant AND kind = :kind AND unique_key = :unique_key AND outcome IS NULL)",
                               bind("kind", kind), bind("unique_key", unique_key));
}

constexpr Sql complete_ready(R"(DELETE FROM flow_ready WHERE id = :id AND fence = :fence AND owner IS NOT NULL)");
constexpr Sql complete_job(R"(
    UPDATE flow_jobs SET outcome = :outcome, finished_at = :now, attempts = :attempts, fence = :fence,
                         last_error = NULL
     WHERE tenant_id = :tenant_id AND id = :id)");
constexpr Sql complete_at_once(std::string_view(), R"(
    WITH done AS (
        DELETE FROM flow_ready
         USING json_to_recordset(CAST(:jobs AS json)) AS given (id TEXT, fence BIGINT)
         WHERE flow_ready.id = given.id AND flow_ready.fence = given.fence AND owner IS NOT NULL
     RETURNING flow_ready.id, flow_ready.tenant, flow_ready.fence, flow_ready.attempts
    )
    UPDATE flow_jobs SET outcome = :outcome, finished_at = :now, attempts = done.attempts, fence = done.fence,
                         last_error = NULL
      FROM done
     WHERE flow_jobs.tenant_id = done.tenant AND flow_jobs.id = done.id)");

}  // namespace

fields::Table const& table_of(Job const*) {
    static fields::Table const table{
        "Job",
        {field("id", &Job::id, "Begins with job_."), field("kind", &Job::kind, "What it does."),
         field("state", &Job::state, "Where it stands."), field("attempts", &Job::attempts, "Attempts begun."),
         field("run_at", &Job::run_at, "When it is taken next; of a running job the end of its lease."),
         field("last_error", &Job::last_error, "Of the last attempt that failed."),
         field("created_at", &Job::created_at, "When it was enqueued."),
         field("finished_at", &Job::finished_at, "When it ended.")}};
    return table;
}

fields::Table const& table_of(Completion const*) {
    static fields::Table const table{
        "FlowCompletion",
        {field("id", &Completion::id, ""), field("tenant_id", &Completion::tenant_id, ""),
         field("fence", &Completion::fence, ""), field("attempts", &Completion::attempts, "")}};
    return table;
}

JobId enqueue_text(Transaction& tx, std::string_view kind, std::string const& payload, JobOptions const& options) {
    check_options(options);
    if (is_run_kind(kind)) throw std::logic_error("a run is started by start_run");
    if (payload.size() > payload_bytes_max)
        throw std::logic_error("a payload of " + std::string(kind) + " is larger than flow::payload_bytes_max");
    std::optional<std::string_view> key;
    if (!options.unique_key.empty()) {
        if (auto const known = find_unfinished(tx, kind, options.unique_key)) return *known;
        key = options.unique_key;
    }
    JobId const id = JobId::make(tx.now());
    Ready const ready{id.to_string(),    tx.tenant(),      options.queue,
                      std::string(kind), options.priority, options.run_at.us == 0 ? tx.now() : options.run_at};
    std::optional<std::string> const unique_key(key);
    tx.execute(R"(
        INSERT INTO flow_jobs (tenant_id, id, kind, queue, priority, unique_key, payload, created_at, attempts, fence)
        VALUES (:tenant, :id, :kind, :queue, :priority, :unique_key, :payload, :now, 0, 0))",
               bind("id", ready.id), bind("kind", kind), bind("queue", options.queue),
               bind("priority", options.priority), bind("unique_key", unique_key), bind("payload", payload),
               bind("now", tx.now()));
    insert_ready(tx, ready, 0);
    return id;
}

std::optional<Job> find_job(Snapshot& snapshot, JobId id) {
    return snapshot.maybe_one<Job>(R"(
        SELECT flow_jobs.id, flow_jobs.kind,
               CASE WHEN outcome IS NOT NULL THEN outcome WHEN owner IS NULL THEN 'waiting' ELSE 'running' END AS state,
               CASE WHEN outcome IS NOT NULL THEN flow_jobs.attempts ELSE flow_ready.attempts END AS attempts,
               flow_ready.run_at AS run_at, last_error, created_at, finished_at
          FROM flow_jobs LEFT JOIN flow_ready ON flow_ready.id = flow_jobs.id
         WHERE tenant_id = :tenant AND flow_jobs.id = :id)",
                                   bind("id", id));
}

bool cancel_job(Transaction& tx, JobId id) {
    auto const job = find_job(tx, id);
    if (!job || !next_state(job->state, JobEvent::cancel)) return false;
    auto const waiting = tx.maybe_one<std::int64_t>(
        "DELETE FROM flow_ready WHERE id = :id AND owner IS NULL RETURNING fence", bind("id", id));
    if (waiting) {
        finish_job(tx, {id.to_string(), *waiting}, job->attempts, after(job->state, JobEvent::cancel), job->last_error);
        return true;
    }
    tx.execute("UPDATE flow_ready SET is_cancelled = TRUE WHERE id = :id", bind("id", id));
    tx.tell(CancelAsked{id.to_string()});
    return true;
}

bool retry_job(Transaction& tx, JobId id) {
    auto const row = tx.maybe_one<PutBackRow>(R"(
        SELECT kind, queue, priority, unique_key, outcome, fence FROM flow_jobs
         WHERE tenant_id = :tenant AND id = :id)",
                                              bind("id", id));
    if (!row || !row->outcome || !next_state(*row->outcome, JobEvent::retry)) return false;
    if (row->unique_key && find_unfinished(tx, row->kind, *row->unique_key)) return false;
    tx.execute("UPDATE flow_jobs SET outcome = NULL, finished_at = NULL WHERE tenant_id = :tenant AND id = :id",
               bind("id", id));
    insert_ready(tx, {id.to_string(), tx.tenant(), row->queue, row->kind, row->priority, tx.now()}, row->fence);
    return true;
}

void finish_job(Transaction& tx, Hold const& hold, std::int64_t attempts, JobState outcome,
                std::optional<std::string> const& error) {
    tx.execute(R"(
        UPDATE flow_jobs SET outcome = :outcome, finished_at = :now, attempts = :attempts, fence = :fence,
                             last_error = :error
         WHERE tenant_id = :tenant AND id = :id)",
               bind("outcome", outcome), bind("now", tx.now()), bind("attempts", attempts), bind("fence", hold.fence),
               bind("error", error), bind("id", hold.id));
}

void note_failure(Transaction& tx, Hold const& hold, std::string const& error) {
    tx.execute("UPDATE flow_jobs SET last_error = :error WHERE tenant_id = :tenant AND id = :id", bind("error", error),
               bind("id", hold.id));
}

std::size_t complete_jobs(Transaction& tx, std::vector<Completion> const& jobs, Database::Engine engine) {
    if (jobs.empty()) return 0;
    JobState const outcome = after(JobState::running, JobEvent::complete);
    std::size_t completed = 0;
    if (engine == Database::Engine::postgres) {
        std::string const json = fields::to_json(jobs);
        return static_cast<std::size_t>(
            tx.execute(complete_at_once, bind("jobs", json), bind("outcome", outcome), bind("now", tx.now())));
    }
    for (auto const& job : jobs) {
        if (tx.execute(complete_ready, bind("id", job.id), bind("fence", job.fence)) == 0) continue;
        tx.execute(complete_job, job, bind("outcome", outcome), bind("now", tx.now()));
        ++completed;
    }
    return completed;
}

}  // namespace mainstay::flow
