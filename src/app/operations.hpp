// What operators and tools ask of the program itself: is it alive, is it ready, what does it measure, what is its API.
#pragma once
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/telemetry/telemetry.hpp"
#include "kernel/web/web.hpp"

#include <atomic>

namespace mainstay::app {

struct OperationsNeeds {
    Database& database;
    Clock& clock;
    shared_state::SharedState const& shared;
    telemetry::Metrics& metrics;
    std::atomic<bool> const& is_draining;
};

// Of every process: /health, /ready and /metrics.
void add_probes(web::Routes&, OperationsNeeds);
// What the API is. The routes are complete once the program has started.
void add_reference(web::Routes&);

}  // namespace mainstay::app
