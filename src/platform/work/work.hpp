// Durable work as people see it: jobs, runs of workflows, what they ask, schedules and queues.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/live/live.hpp"
#include "kernel/web/web.hpp"

namespace mainstay::work {

struct Needs {
    flow::Engine const& engine;  // knows the graphs
    live::LiveEvents& live;
};

// Keeps the needs.
void add_routes(web::Routes&, Needs const&);

}  // namespace mainstay::work
