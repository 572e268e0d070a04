// The parts of the module's routes. Within support alone.
#pragma once
#include "platform/support/support_store.hpp"

namespace mainstay::support {

void add_access_routes(web::Routes&);
void add_impersonation_routes(web::Routes&, identity::Needs const&);

}  // namespace mainstay::support
