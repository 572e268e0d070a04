// The parts of the module's routes. Within work alone.
#pragma once
#include "platform/work/work.hpp"

namespace mainstay::work {

void add_job_routes(web::Routes&);
void add_run_routes(web::Routes&, Needs const&);
void add_answer_routes(web::Routes&, Needs const&);
void add_schedule_routes(web::Routes&);
void add_queue_routes(web::Routes&);
void add_admin_routes(web::Routes&);

flow::Job job_or_404(Snapshot&, flow::JobId);
// Each throws Fault(errors::not_found), or Fault(errors::conflict) where its state does not allow it.
void cancel_or_refuse(Transaction&, flow::JobId);
void retry_or_refuse(Transaction&, flow::JobId);
flow::Run run_or_404(Snapshot&, flow::RunId);
// Throws Fault(errors::conflict) when no node of this version of the program carries it out.
flow::Graph const& graph_of(Needs const&, flow::Run const&);

}  // namespace mainstay::work
