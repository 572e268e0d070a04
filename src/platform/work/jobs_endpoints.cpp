// What the API says about jobs.
#include "platform/work/work_routes.hpp"

namespace mainstay::work {
namespace {

using fields::field;
using fields::length;

struct ListJobs {
    std::int64_t limit = web::page_size_default;
    std::optional<flow::JobId> cursor;
    std::optional<flow::JobState> state;
    std::optional<std::string> kind, queue;
};
fields::Table const& table_of(ListJobs const*) {
    static fields::Table const table{
        "ListJobs",
        {web::limit_field(&ListJobs::limit), web::cursor_field(&ListJobs::cursor),
         field("state", &ListJobs::state, "Only those."), field("kind", &ListJobs::kind, "Only those.", length(1, 200)),
         field("queue", &ListJobs::queue, "Only those.", length(1, 200))}};
    return table;
}

struct JobById {
    flow::JobId job_id;
};
fields::Table const& table_of(JobById const*) {
    static fields::Table const table{"JobById", {field("job_id", &JobById::job_id, "Begins with job_.")}};
    return table;
}

flow::Job job_or_404(Snapshot& snapshot, flow::JobId id) {
    auto job = flow::find_job(snapshot, id);
    if (!job) throw Fault(errors::not_found, "There is no such object.");
    return *job;
}

[[noreturn]] void refuse(flow::Job const& job, std::string_view what) {
    throw Fault(errors::conflict,
                "A job that is " + std::string(fields::name_of(job.state)) + " cannot be " + std::string(what) + ".");
}

constexpr web::Endpoint list_endpoint{
    .name = "list_jobs",
    .method = web::Method::get,
    .path = "/api/v1/jobs",
    .summary = "List jobs, newest first; without what they came to",
    .permission = "jobs.read",
};

web::Page<flow::JobSummary> list(Call const&, Snapshot& snapshot, ListJobs input) {
    flow::JobFilter const filter{input.state, std::move(input.kind), std::move(input.queue)};
    return web::page_of(flow::list_jobs(snapshot, filter, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_job",
    .method = web::Method::get,
    .path = "/api/v1/jobs/{job_id}",
    .summary = "Read a job: where it stands, how often it was tried, what it came to",
    .permission = "jobs.read",
};

flow::Job read(Call const&, Snapshot& snapshot, JobById input) {
    return job_or_404(snapshot, input.job_id);
}

constexpr web::Endpoint cancel_endpoint{
    .name = "cancel_job",
    .method = web::Method::post,
    .path = "/api/v1/jobs/{job_id}/cancel",
    .summary = "Cancel a job: at once when it waits, as soon as it looks when it runs",
    .permission = "jobs.write",
    .impersonators = web::Impersonators::admitted,
};

flow::Job cancel(Call const& call, Transaction& tx, JobById input) {
    auto const job = job_or_404(tx, input.job_id);
    call.note_before(job);
    cancel_or_refuse(tx, tx.tenant(), job);
    return job_or_404(tx, input.job_id);
}

constexpr web::Endpoint retry_endpoint{
    .name = "retry_job",
    .method = web::Method::post,
    .path = "/api/v1/jobs/{job_id}/retry",
    .summary = "Put a dead or cancelled job back into its queue",
    .permission = "jobs.write",
    .impersonators = web::Impersonators::admitted,
};

flow::Job retry(Call const& call, Transaction& tx, JobById input) {
    auto const job = job_or_404(tx, input.job_id);
    call.note_before(job);
    retry_or_refuse(tx, tx.tenant(), job);
    return job_or_404(tx, input.job_id);
}

}  // namespace

void cancel_or_refuse(Transaction& tx, TenantId tenant, flow::Job const& job) {
    if (!flow::cancel_job_of(tx, tenant, job.id)) refuse(job, "cancelled");
}

void retry_or_refuse(Transaction& tx, TenantId tenant, flow::Job const& job) {
    if (!flow::retry_job_of(tx, tenant, job.id)) refuse(job, "tried again, or another with its unique key waits");
}

void add_job_routes(web::Routes& routes) {
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(cancel_endpoint, cancel);
    routes.add(retry_endpoint, retry);
}

}  // namespace mainstay::work
