// The parts of the module's routes, and what they share. Within organizations alone.
#pragma once
#include "platform/organizations/organizations_store.hpp"

namespace mainstay::organizations {

void add_member_routes(web::Routes&, identity::Needs const&);
void add_invitation_routes(web::Routes&, identity::Needs const&);
void add_acceptance_routes(web::Routes&, identity::Needs const&);
void add_tenant_routes(web::Routes&);

// Throws Fault(errors::not_found) for another tenant than the caller's own.
void need_own(Call const&, TenantId);

// Throws Fault(errors::forbidden) unless the caller has each permission of the role: nobody gives or takes what they
// have not.
void need_rights_of(Call const&, tenants::Role);
// Whether somebody who changes from one role to the other gains a permission.
bool is_rise(tenants::Role from, tenants::Role to);

}  // namespace mainstay::organizations
