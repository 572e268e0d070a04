// What operators and tools ask of the program itself: is it alive, is it ready, what does it measure, what is its API.
#pragma once
#include "kernel/telemetry/telemetry.hpp"
#include "kernel/web/web.hpp"

#include <atomic>

namespace mainstay::app {

struct OperationsNeeds {
    Database& database;
    Clock& clock;
    telemetry::Metrics& metrics;
    std::atomic<bool> const& is_draining;
    web::Routes const& routes;  // complete once the program has started
};

void add_operations(web::Routes&, OperationsNeeds);

}  // namespace mainstay::app
