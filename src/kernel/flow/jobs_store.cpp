// Jobs: enqueued, asked for, cancelled and put back in their caller's transaction.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/overview.hpp"

#include <algorithm>
#include <tuple>

namespace mainstay::flow {
namespace {

using fields::field;

struct PutBackRow {
    std::string kind, queue;
    std::int64_t priority = 0;
    std::optional<std::string> unique_key;
    std::optional<std::int64_t> unique_period;
    std::optional<std::string> concurrency_key;
    std::optional<std::int64_t> concurrency_limit;
    std::optional<JobState> outcome;
    std::optional<Instant> due_at;
    std::int64_t fence = 0;
};

fields::Table const& table_of(PutBackRow const*) {
    static fields::Table const table{
        "FlowPutBackRow",
        {field("kind", &PutBackRow::kind, ""), field("queue", &PutBackRow::queue, ""),
         field("priority", &PutBackRow::priority, ""), field("unique_key", &PutBackRow::unique_key, ""),
         field("unique_period", &PutBackRow::unique_period, ""),
         field("concurrency_key", &PutBackRow::concurrency_key, ""),
         field("concurrency_limit", &PutBackRow::concurrency_limit, ""), field("outcome", &PutBackRow::outcome, ""),
         field("due_at", &PutBackRow::due_at, ""), field("fence", &PutBackRow::fence, "")}};
    return table;
}

// What is written of a new job beside its id and payload.
struct NewJob {
    std::string kind, queue;
    std::int64_t priority = 0;
    std::optional<std::string> unique_key;
    std::optional<std::int64_t> unique_period;
    std::optional<std::string> concurrency_key;
    std::optional<std::int64_t> concurrency_limit;
    std::string originator;
};

fields::Table const& table_of(NewJob const*) {
    static fields::Table const table{
        "FlowNewJob",
        {field("kind", &NewJob::kind, ""), field("queue", &NewJob::queue, ""), field("priority", &NewJob::priority, ""),
         field("unique_key", &NewJob::unique_key, ""), field("unique_period", &NewJob::unique_period, ""),
         field("concurrency_key", &NewJob::concurrency_key, ""),
         field("concurrency_limit", &NewJob::concurrency_limit, ""), field("originator", &NewJob::originator, "")}};
    return table;
}

struct IdAndPayload {
    std::string id, payload;
};

fields::Table const& table_of(IdAndPayload const*) {
    static fields::Table const table{
        "FlowIdAndPayload", {field("id", &IdAndPayload::id, ""), field("payload", &IdAndPayload::payload, "")}};
    return table;
}

std::optional<JobId> find_by_key(Transaction& tx, TenantId tenant, std::string_view kind, std::string_view unique_key,
                                 std::optional<std::int64_t> period) {
    if (period)
        return tx.maybe_one<JobId>(R"(
            SELECT id FROM flow_jobs
             WHERE tenant_id = :tenant_id AND kind = :kind AND unique_key = :unique_key AND unique_period = :period)",
                                   bind("tenant_id", tenant), bind("kind", kind), bind("unique_key", unique_key),
                                   bind("period", *period));
    return tx.maybe_one<JobId>(R"(
        SELECT id FROM flow_jobs
         WHERE tenant_id = :tenant_id AND kind = :kind AND unique_key = :unique_key AND unique_period IS NULL
           AND outcome IS NULL)",
                               bind("tenant_id", tenant), bind("kind", kind), bind("unique_key", unique_key));
}

void check_job(std::string_view kind, std::string_view payload) {
    if (!is_job_kind(kind)) throw std::logic_error("a run is started by start_run, a schedule is created");
    if (payload.size() > payload_bytes_max)
        throw std::logic_error("a payload of " + std::string(kind) + " is larger than flow::payload_bytes_max");
}

NewJob new_job(Transaction& tx, std::string_view kind, JobOptions const& options) {
    check_options(options);
    NewJob job;
    job.kind = kind;
    job.queue = options.queue;
    job.priority = options.priority;
    job.originator = tx.scope().actor();
    if (!options.unique_key.empty()) job.unique_key = options.unique_key;
    job.unique_period = period_of(options, tx.now());
    if (options.concurrency) {
        job.concurrency_key = options.concurrency->key;
        job.concurrency_limit = options.concurrency->limit;
    }
    return job;
}

Ready ready_of(Transaction& tx, std::string id, std::string_view kind, JobOptions const& options) {
    return {std::move(id),     tx.tenant(),      options.queue,
            std::string(kind), options.priority, options.run_at.us == 0 ? tx.now() : options.run_at};
}

constexpr Sql job_by_id(R"(
    SELECT flow_jobs.tenant_id, flow_jobs.id, flow_jobs.kind, flow_jobs.queue, flow_jobs.priority,
           CASE WHEN outcome IS NOT NULL THEN outcome
                WHEN owner IS NULL OR run_at <= :now THEN 'waiting' ELSE 'running' END AS state,
           CASE WHEN outcome IS NOT NULL THEN flow_jobs.attempts ELSE flow_ready.attempts END AS attempts,
           CASE WHEN is_parked THEN NULL ELSE flow_ready.run_at END AS run_at, flow_jobs.concurrency_key, originator,
           last_error, result, created_at, finished_at
      FROM flow_jobs LEFT JOIN flow_ready ON flow_ready.id = flow_jobs.id
     WHERE tenant_id = :tenant_id AND flow_jobs.id = :id)");

constexpr Sql insert_job(R"(
    INSERT INTO flow_jobs (tenant_id, id, kind, queue, priority, unique_key, unique_period, concurrency_key,
                           concurrency_limit, originator, payload, created_at, attempts, fence)
    VALUES (:tenant, :id, :kind, :queue, :priority, :unique_key, :unique_period, :concurrency_key, :concurrency_limit,
            :originator, :payload, :now, 0, 0))");
constexpr Sql insert_jobs_at_once(R"(
    INSERT INTO flow_jobs (tenant_id, id, kind, queue, priority, unique_key, unique_period, concurrency_key,
                           concurrency_limit, originator, payload, created_at, attempts, fence)
    SELECT :tenant, json_extract(given.value, '$.id'), :kind, :queue, :priority, :unique_key, :unique_period,
           :concurrency_key, :concurrency_limit, :originator, json_extract(given.value, '$.payload'), :now, 0, 0
      FROM json_each(:jobs) AS given)",
                                  R"(
    INSERT INTO flow_jobs (tenant_id, id, kind, queue, priority, unique_key, unique_period, concurrency_key,
                           concurrency_limit, originator, payload, created_at, attempts, fence)
    SELECT :tenant, given.id, :kind, :queue, :priority, :unique_key, :unique_period, :concurrency_key,
           :concurrency_limit, :originator, given.payload, :now, 0, 0
      FROM json_to_recordset(CAST(:jobs AS json)) AS given (id TEXT, payload TEXT))");

constexpr Sql complete_ready(R"(
    DELETE FROM flow_ready
     WHERE id IN (SELECT value FROM json_each(:ids)) AND fence = :fence AND owner IS NOT NULL
 RETURNING id)",
                             std::string_view());
constexpr Sql complete_alike(R"(
    UPDATE flow_jobs SET outcome = :outcome, finished_at = :now, attempts = :attempts, fence = :fence,
                         last_error = NULL
     WHERE tenant_id = :tenant_id AND id IN (SELECT value FROM json_each(:ids)))",
                             std::string_view());
constexpr Sql complete_at_once(std::string_view(), R"(
    WITH given AS (SELECT id, fence FROM json_to_recordset(CAST(:jobs AS json)) AS held (id TEXT, fence BIGINT)),
    done AS (
        DELETE FROM flow_ready
         WHERE id = ANY (ARRAY(SELECT id FROM given)) AND owner IS NOT NULL
           AND fence = (SELECT given.fence FROM given WHERE given.id = flow_ready.id)
     RETURNING id, tenant, fence, attempts
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
         field("queue", &Job::queue, "The queue it stands in."), field("priority", &Job::priority, "Higher first."),
         field("state", &Job::state, "Where it stands."), field("attempts", &Job::attempts, "Attempts begun."),
         field("run_at", &Job::run_at,
               "When it is taken next; of a running job the end of its lease, at which it waits for another worker. "
               "Absent while it waits for a place under its concurrency key."),
         field("concurrency_key", &Job::concurrency_key, "What it shares with others, so that few run at a time."),
         field("originator", &Job::originator, "The user or key that caused it; empty: the program itself."),
         field("last_error", &Job::last_error, "Of the last attempt that failed."),
         field("result", &Job::result, "What it came to."),
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

std::string key_of_text(std::string_view payload) {
    return to_hex(sha256(payload));
}

JobId enqueue_text(Transaction& tx, std::string_view kind, std::string const& payload, JobOptions const& options) {
    check_job(kind, payload);
    NewJob const job = new_job(tx, kind, options);
    if (job.unique_key)
        if (auto const known = find_by_key(tx, tx.tenant(), kind, *job.unique_key, job.unique_period)) return *known;
    JobId const id = JobId::make(tx.now());
    tx.execute(insert_job, job, bind("id", id), bind("payload", payload), bind("now", tx.now()));
    insert_ready(tx, ready_of(tx, id.to_string(), kind, options), 0, options.concurrency);
    return id;
}

void enqueue_texts(Transaction& tx, std::string_view kind, std::span<std::string const> payloads,
                   JobOptions const& options) {
    if (!options.unique_key.empty()) throw std::logic_error("many jobs at once cannot share a unique key");
    if (payloads.empty()) return;
    std::vector<IdAndPayload> jobs;
    std::vector<std::string> ids;
    for (auto const& payload : payloads) {
        check_job(kind, payload);
        ids.push_back(JobId::make(tx.now()).to_string());
        jobs.push_back({ids.back(), payload});
    }
    std::string const json = fields::to_json(jobs);
    tx.execute(insert_jobs_at_once, new_job(tx, kind, options), bind("jobs", json), bind("now", tx.now()));
    insert_many_ready(tx, ids, ready_of(tx, ids.front(), kind, options), options.concurrency);
}

std::optional<Job> find_job(Snapshot& snapshot, JobId id) {
    return snapshot.maybe_one<Job>(job_by_id, bind("tenant_id", snapshot.tenant()), bind("id", id),
                                   bind("now", snapshot.now()));
}

std::optional<JobOfTenant> find_job_of(Snapshot& snapshot, TenantId tenant, JobId id) {
    return snapshot.maybe_one<JobOfTenant>(job_by_id, bind("tenant_id", tenant), bind("id", id),
                                           bind("now", snapshot.now()));
}

bool cancel_job(Transaction& tx, JobId id) {
    return cancel_job_of(tx, tx.tenant(), id);
}

bool cancel_job_of(Transaction& tx, TenantId tenant, JobId id) {
    auto const job = find_job_of(tx, tenant, id);
    if (!job || !next_state(job->state, JobEvent::cancel)) return false;
    auto const waiting = tx.maybe_one<std::int64_t>(
        "DELETE FROM flow_ready WHERE id = :id AND owner IS NULL RETURNING fence", bind("id", id));
    if (waiting) {
        finish_job(tx, tenant, {id.to_string(), *waiting}, job->attempts, after(job->state, JobEvent::cancel),
                   job->last_error, std::nullopt);
        if (job->attempts == 0 && job->run_at && *job->run_at > tx.now())
            tx.execute("UPDATE flow_jobs SET due_at = :due_at WHERE tenant_id = :tenant_id AND id = :id",
                       bind("due_at", *job->run_at), bind("tenant_id", tenant), bind("id", id));
        // It may have been called to a place that is free.
        if (job->concurrency_key) call_next(tx, tenant, *job->concurrency_key);
    } else {
        ask_to_cancel(tx, id.to_string());
    }
    return true;
}

bool retry_job(Transaction& tx, JobId id) {
    return retry_job_of(tx, tx.tenant(), id);
}

bool retry_job_of(Transaction& tx, TenantId tenant, JobId id) {
    auto const row = tx.maybe_one<PutBackRow>(R"(
        SELECT kind, queue, priority, unique_key, unique_period, concurrency_key, concurrency_limit, outcome, due_at,
               fence
          FROM flow_jobs WHERE tenant_id = :tenant_id AND id = :id)",
                                              bind("tenant_id", tenant), bind("id", id));
    if (!row || !row->outcome || !next_state(*row->outcome, JobEvent::retry)) return false;
    if (row->unique_key && !row->unique_period && find_by_key(tx, tenant, row->kind, *row->unique_key, {}))
        return false;
    tx.execute(R"(
        UPDATE flow_jobs SET outcome = NULL, finished_at = NULL, due_at = NULL
         WHERE tenant_id = :tenant_id AND id = :id)",
               bind("tenant_id", tenant), bind("id", id));
    Instant const run_at = std::max(tx.now(), row->due_at.value_or(tx.now()));
    std::optional<Concurrency> concurrency;
    if (row->concurrency_key) concurrency = {*row->concurrency_key, row->concurrency_limit.value_or(1)};
    insert_ready(tx, {id.to_string(), tenant, row->queue, row->kind, row->priority, run_at}, row->fence, concurrency);
    return true;
}

void finish_job(Transaction& tx, TenantId tenant, Hold const& hold, std::int64_t attempts, JobState outcome,
                std::optional<std::string> const& error, std::optional<std::string> const& result) {
    tx.execute(R"(
        UPDATE flow_jobs SET outcome = :outcome, finished_at = :now, attempts = :attempts, fence = :fence,
                             last_error = :error, result = :result
         WHERE tenant_id = :tenant_id AND id = :id)",
               bind("tenant_id", tenant), bind("outcome", outcome), bind("now", tx.now()), bind("attempts", attempts),
               bind("fence", hold.fence), bind("error", error), bind("result", result), bind("id", hold.id));
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
    // Most were taken once.
    std::map<std::tuple<TenantId, std::int64_t, std::int64_t>, std::vector<std::string>> alike;
    for (auto const& job : jobs) alike[{job.tenant_id, job.fence, job.attempts}].push_back(job.id);
    for (auto const& [in_common, ids] : alike) {
        auto const& [tenant, fence, attempts] = in_common;
        auto const held = tx.all<std::string>(complete_ready, bind("ids", fields::to_json(ids)), bind("fence", fence));
        if (held.empty()) continue;
        tx.execute(complete_alike, bind("ids", fields::to_json(held)), bind("outcome", outcome), bind("now", tx.now()),
                   bind("attempts", attempts), bind("fence", fence), bind("tenant_id", tenant));
        completed += held.size();
    }
    return completed;
}

Sql complete_statement() {
    return complete_at_once;
}

std::set<std::string> not_completed(Transaction& tx, std::vector<Completion> const& jobs) {
    std::set<std::string> ids;
    for (auto const& job : jobs)
        if (!tx.maybe_one<std::string>(R"(
            SELECT id FROM flow_jobs
             WHERE tenant_id = :tenant_id AND id = :id AND outcome = 'completed' AND fence = :fence)",
                                       job))
            ids.insert(job.id);
    return ids;
}

}  // namespace mainstay::flow
