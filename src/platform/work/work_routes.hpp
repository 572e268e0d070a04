// The parts of the module's routes. Within work alone.
#pragma once
#include "platform/work/work.hpp"

namespace mainstay::work {

void add_job_routes(web::Routes&);
void add_run_routes(web::Routes&, Needs const&);
void add_answer_routes(web::Routes&, Needs const&);
void add_schedule_routes(web::Routes&);
void add_queue_routes(web::Routes&, Needs const&);
void add_admin_routes(web::Routes&);

// Each throws Fault(errors::conflict) where the job's state does not allow it; in the tenant's scope or the system's.
void cancel_or_refuse(Transaction&, TenantId, flow::Job const&);
void retry_or_refuse(Transaction&, TenantId, flow::Job const&);
flow::Run run_or_404(Snapshot&, flow::RunId);
// Throws Fault(errors::conflict) when no node of this version of the program carries it out.
flow::Graph const& graph_of(Needs const&, flow::Run const&);

}  // namespace mainstay::work
