// What a newcomer finds after `mainstay serve --sample-data`: a tenant whose retail database was migrated.
#pragma once
#include "app/program.hpp"

namespace mainstay::app {

// Adds it where there is no tenant yet; otherwise changes nothing.
void add_sample_data(Program&);

}  // namespace mainstay::app
