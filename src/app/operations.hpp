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
    web::Routes const& routes;  // complete once the program has started
};

void add_operations(web::Routes&, OperationsNeeds);

}  // namespace mainstay::app
