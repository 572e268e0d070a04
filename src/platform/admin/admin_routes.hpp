// The parts of the module's routes. Within admin alone.
#pragma once
#include "platform/admin/admin.hpp"

namespace mainstay::admin {

void add_dashboard_routes(web::Routes&);
void add_user_routes(web::Routes&, Needs const&);
void add_health_routes(web::Routes&, Needs const&);

}  // namespace mainstay::admin
