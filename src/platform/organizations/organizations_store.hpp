#pragma once
#include "platform/organizations/organizations.hpp"

namespace mainstay::organizations {

// A member as the others see them.
struct Colleague {
    tenants::MemberId id;
    tenants::UserId user_id;
    Email email;
    std::string name;
    tenants::Role role = tenants::Role::user;
    bool is_active = true;
    std::optional<std::string> invited_by;
    Instant joined_at;
};
fields::Table const& table_of(Colleague const*);
std::optional<Colleague> find_colleague(Snapshot&, tenants::MemberId);
std::vector<Colleague> list_colleagues(Snapshot&, std::optional<tenants::MemberId> after, std::int64_t limit);
bool is_member(Snapshot&, Email const&);  // of the scope's tenant, active or not

struct Invitation {
    InvitationId id;
    Email email;
    tenants::Role role = tenants::Role::user;
    std::string invited_by;
    Instant created_at;
    Instant expires_at;
};
fields::Table const& table_of(Invitation const*);

struct InvitationWithToken {
    Invitation invitation;
    std::string token;  // not stored
};
// Throws Fault(errors::conflict) when the address is invited already.
InvitationWithToken create_invitation(Transaction&, Email, tenants::Role, std::string invited_by);
// With a new token and a new end; the token before it no longer works.
InvitationWithToken renew_invitation(Transaction&, Invitation);
std::optional<Invitation> find_invitation(Snapshot&, InvitationId);
std::vector<Invitation> list_invitations(Snapshot&, std::optional<InvitationId> after, std::int64_t limit);
std::int64_t count_invitations(Snapshot&, std::int64_t at_most);
void remove_invitation(Transaction&, InvitationId);

// The payload of the job that erases.
struct EraseTenant {
    TenantId tenant_id;
};
fields::Table const& table_of(EraseTenant const*);

struct Offer {
    tenants::Tenant tenant;
    Invitation invitation;
};
// Nothing for a token that was used, replaced or is too old, and for a tenant that takes nobody now.
std::optional<Offer> find_offer(Snapshot& system, std::string_view token);

}  // namespace mainstay::organizations
