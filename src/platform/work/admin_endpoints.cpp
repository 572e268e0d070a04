// Work over all tenants, for operators. What they do to a job stands in the installation's audit log, as all that they
// do, and in that of the job's tenant; both in the same transaction.
#include "platform/audit/audit.hpp"
#include "platform/work/work_routes.hpp"

namespace mainstay::work {
namespace {

using fields::field;
using fields::length;

struct ListAllJobs {
    std::int64_t limit = web::page_size_default;
    std::optional<flow::JobId> cursor;
    std::optional<TenantId> tenant_id;
    std::optional<flow::JobState> state;
    std::optional<std::string> kind, queue;
};
fields::Table const& table_of(ListAllJobs const*) {
    static fields::Table const table{
        "ListAllJobs",
        {web::limit_field(&ListAllJobs::limit), web::cursor_field(&ListAllJobs::cursor),
         field("tenant_id", &ListAllJobs::tenant_id, "Only this tenant's."),
         field("state", &ListAllJobs::state, "Only those; completed ones of one tenant at a time."),
         field("kind", &ListAllJobs::kind, "Only those.", length(1, 200)),
         field("queue", &ListAllJobs::queue, "Only those.", length(1, 200))}};
    return table;
}

struct ListAllRuns {
    std::int64_t limit = web::page_size_default;
    std::optional<flow::RunId> cursor;
    std::optional<TenantId> tenant_id;
    std::optional<flow::RunState> state;
    std::optional<std::string> graph;
};
fields::Table const& table_of(ListAllRuns const*) {
    static fields::Table const table{
        "ListAllRuns",
        {web::limit_field(&ListAllRuns::limit), web::cursor_field(&ListAllRuns::cursor),
         field("tenant_id", &ListAllRuns::tenant_id, "Only this tenant's."),
         field("state", &ListAllRuns::state, "Only those; completed ones of one tenant at a time."),
         field("graph", &ListAllRuns::graph, "Only those.", length(1, 200))}};
    return table;
}

struct AnyJobById {
    flow::JobId job_id;
};
fields::Table const& table_of(AnyJobById const*) {
    static fields::Table const table{"AnyJobById", {field("job_id", &AnyJobById::job_id, "Begins with job_.")}};
    return table;
}

// Completed work has no index of its own over all tenants. Gives whether it is listed from the tenant's own.
template <class State>
bool is_listed_by_tenant(std::optional<TenantId> tenant, std::optional<State> state) {
    if (state == State::completed && !tenant)
        throw Fault(
            errors::invalid_input, "The input is not valid.",
            std::vector<Problem>{{"/tenant_id", "must be given: what has completed is listed a tenant at a time"}});
    return tenant && (!state || state == State::completed);
}

constexpr web::Endpoint jobs_endpoint{
    .name = "list_all_jobs",
    .method = web::Method::get,
    .path = "/api/v1/admin/jobs",
    .summary = "List the jobs of all tenants that have not completed, newest first; of one tenant the completed too",
    .permission = "system.read",
};

web::Page<flow::JobOfTenant> list_jobs(Call const&, Database& database, ListAllJobs input) {
    flow::JobFilter const filter{input.state, std::move(input.kind), std::move(input.queue)};
    std::vector<flow::JobOfTenant> jobs;
    if (is_listed_by_tenant(input.tenant_id, input.state)) {
        database.read(*input.tenant_id, [&](Snapshot& snapshot) {
            for (auto& job : flow::list_jobs(snapshot, filter, input.cursor, input.limit + 1))
                jobs.push_back({std::move(job), *input.tenant_id});
        });
    } else {
        jobs = database.read(system_scope("an operator looks at the jobs of all tenants"), [&](Snapshot& snapshot) {
            return flow::list_jobs_of_all(snapshot, input.tenant_id, filter, input.cursor, input.limit + 1);
        });
    }
    return web::page_of(std::move(jobs), input.limit);
}

constexpr web::Endpoint runs_endpoint{
    .name = "list_all_runs",
    .method = web::Method::get,
    .path = "/api/v1/admin/workflow-runs",
    .summary = "List the runs of all tenants that have not completed, newest first; of one tenant the completed too",
    .permission = "system.read",
};

web::Page<flow::RunOfTenant> list_runs(Call const&, Database& database, ListAllRuns input) {
    flow::RunFilter const filter{input.state, std::move(input.graph), std::nullopt};
    std::vector<flow::RunOfTenant> runs;
    if (is_listed_by_tenant(input.tenant_id, input.state)) {
        database.read(*input.tenant_id, [&](Snapshot& snapshot) {
            for (auto& run : flow::list_runs(snapshot, filter, input.cursor, input.limit + 1))
                runs.push_back({std::move(run), *input.tenant_id});
        });
    } else {
        runs = database.read(system_scope("an operator looks at the runs of all tenants"), [&](Snapshot& snapshot) {
            return flow::list_runs_of_all(snapshot, input.tenant_id, filter, input.cursor, input.limit + 1);
        });
    }
    return web::page_of(std::move(runs), input.limit);
}

flow::JobOfTenant job_or_404(Snapshot& snapshot, flow::JobId id) {
    auto const tenant = flow::tenant_of_job(snapshot, id);
    auto job = tenant ? flow::find_job_of(snapshot, *tenant, id) : std::nullopt;
    if (!job) throw Fault(errors::not_found, "There is no such object.");
    return *job;
}

template <class Act>
flow::JobOfTenant act_on(Call const& call, Transaction& tx, flow::JobId id, web::Endpoint const& endpoint,
                         Act const& act) {
    auto const job = job_or_404(tx, id);
    call.note_before(job);
    act(tx, job.tenant_id, job);
    audit::write(tx, job.tenant_id,
                 {call.identity.actor_id, std::string(endpoint.name), id.to_string(), endpoint.success}, &call);
    return job_or_404(tx, id);
}

constexpr web::Endpoint cancel_endpoint{
    .name = "cancel_any_job",
    .method = web::Method::post,
    .path = "/api/v1/admin/jobs/{job_id}/cancel",
    .summary = "Cancel a job of any tenant",
    .permission = "system.write",
    .reach = web::Reach::installation,
};

flow::JobOfTenant cancel(Call const& call, Transaction& tx, AnyJobById input) {
    return act_on(call, tx, input.job_id, cancel_endpoint, cancel_or_refuse);
}

constexpr web::Endpoint retry_endpoint{
    .name = "retry_any_job",
    .method = web::Method::post,
    .path = "/api/v1/admin/jobs/{job_id}/retry",
    .summary = "Put a dead or cancelled job of any tenant back into its queue",
    .permission = "system.write",
    .reach = web::Reach::installation,
};

flow::JobOfTenant retry(Call const& call, Transaction& tx, AnyJobById input) {
    return act_on(call, tx, input.job_id, retry_endpoint, retry_or_refuse);
}

}  // namespace

void add_admin_routes(web::Routes& routes) {
    routes.add(jobs_endpoint, list_jobs);
    routes.add(runs_endpoint, list_runs);
    routes.add(cancel_endpoint, cancel);
    routes.add(retry_endpoint, retry);
}

}  // namespace mainstay::work
