// What there is to say of the parts of the system, as this process finds it.
#pragma once
#include "kernel/config/config.hpp"
#include "kernel/shared_state/shared_state.hpp"
#include "platform/admin/admin.hpp"

#include <functional>
#include <vector>

namespace mainstay::app {

struct HealthNeeds {
    config::Config const& config;
    Database& database;
    shared_state::SharedState const& shared;
    std::function<std::vector<std::string>()> queues;  // that this process carries out
};

// Whatever fails is found and not thrown.
admin::Facts find_facts(HealthNeeds const&);

}  // namespace mainstay::app
