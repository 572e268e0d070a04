// Work over all tenants, for operators; all of it in system scope. Included by flow.hpp.
//
// Jobs that have not ended are walked by flow_ready's primary key from the newest on. Of dead and cancelled ones the
// index flow_jobs_given_up is read, and of runs flow_runs_not_completed: a page costs by how many there are of these,
// and the same however much has completed. What has completed is in none of them and is listed a tenant at a time, by
// list_jobs and list_runs.
#pragma once
#include "kernel/flow/listing.hpp"

namespace mainstay::flow {

struct JobOfTenant : JobSummary {
    TenantId tenant_id;
};
fields::Table const& table_of(JobOfTenant const*);

struct RunOfTenant : RunSummary {
    TenantId tenant_id;
};
fields::Table const& table_of(RunOfTenant const*);

// Newest first, from behind `before`; of every state but completed. What is shown of one is all that it has.
std::vector<JobOfTenant> list_jobs_of_all(Snapshot& system, std::optional<TenantId>, JobFilter const&,
                                          std::optional<JobId> before, std::int64_t limit);
// The same of the runs that callers started.
std::vector<RunOfTenant> list_runs_of_all(Snapshot& system, std::optional<TenantId>, RunFilter const&,
                                          std::optional<RunId> before, std::int64_t limit);

// Whose job it is; nothing when there is none or when it has completed.
std::optional<TenantId> tenant_of_job(Snapshot& system, JobId);

// Work that was given up or cancelled and is still kept, counted by flow_jobs_given_up up to so many of it.
struct GivenUp {
    std::int64_t dead = 0, cancelled = 0;
};
fields::Table const& table_of(GivenUp const*);
GivenUp count_given_up(Snapshot& system, std::int64_t at_most);

// What find_job, cancel_job and retry_job do in the tenant's own scope, for operators.
std::optional<JobOfTenant> find_job_of(Snapshot& system, TenantId, JobId);
bool cancel_job_of(Transaction& system, TenantId, JobId);
bool retry_job_of(Transaction& system, TenantId, JobId);

}  // namespace mainstay::flow
