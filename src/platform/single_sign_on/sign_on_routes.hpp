// The parts of the module's routes. Within the module alone.
#pragma once
#include "platform/single_sign_on/providers.hpp"

namespace mainstay::single_sign_on {

void add_provider_routes(web::Routes&, secrets::Secrets const&, bool needs_tls);
void add_sign_on_routes(web::Routes&, identity::Needs const&, Providers&);

// Whom the statement is about, as a member of the provider's tenant: whom it named before, an account that it may be
// linked to, or a new one. In the tenant's scope. Throws Fault(errors::account_not_linked) with the reason.
tenants::UserId person_of_statement(Transaction&, Provider const&, Statement const&);

}  // namespace mainstay::single_sign_on
