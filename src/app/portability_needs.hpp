// What takes tenants out and in, over the tables that the settings' database has.
#pragma once
#include "kernel/config/config.hpp"
#include "platform/portability/portability.hpp"

namespace mainstay::app {

portability::Needs portability_needs(config::Config const&, files::Files&, Clock& = system_clock());

}  // namespace mainstay::app
