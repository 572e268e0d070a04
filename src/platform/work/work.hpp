// Durable work as people see it: jobs, runs of workflows, what they ask, schedules and queues.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/live/live.hpp"
#include "kernel/web/web.hpp"

#include <functional>

namespace mainstay::work {

struct Needs {
    flow::Engine const& engine;  // knows the graphs
    live::LiveEvents& live;
    std::function<bool(std::string_view queue)> has_engine;  // in this program, whether it runs here or not
};

// Keeps the needs.
void add_routes(web::Routes&, Needs const&);

}  // namespace mainstay::work
