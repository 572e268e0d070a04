// Durable work acts as whoever caused it (ASVS 8.3.3): what they may do is asked again when it runs.
#pragma once
#include "kernel/storage/storage.hpp"

#include <string_view>

namespace mainstay::app {

// Whether a user or a key of the scope's tenant has the permission now; the program itself (no originator) has all.
bool may_still(Snapshot&, std::string_view originator, std::string_view permission);

}  // namespace mainstay::app
