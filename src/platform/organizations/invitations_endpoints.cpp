// What the API says about invitations, to those who invite.
#include "platform/channels/channels.hpp"
#include "platform/organizations/organizations_routes.hpp"

namespace mainstay::organizations {
namespace {

using fields::field;
using tenants::Role;

// Mail to people who have not asked for it.
constexpr shared_state::Limit invitations_limit{"invitations of a tenant", 60, hours(1)};

struct ListInvitations {
    TenantId tenant_id;
    std::int64_t limit = web::page_size_default;
    std::optional<InvitationId> cursor;
};
fields::Table const& table_of(ListInvitations const*) {
    static fields::Table const table{
        "ListInvitations",
        {field("tenant_id", &ListInvitations::tenant_id, "One's own."), web::limit_field(&ListInvitations::limit),
         web::cursor_field(&ListInvitations::cursor)}};
    return table;
}

struct Invite {
    TenantId tenant_id;
    Email email;
    Role role = Role::user;
};
fields::Table const& table_of(Invite const*) {
    static fields::Table const table{
        "Invite",
        {field("tenant_id", &Invite::tenant_id, "One's own."), field("email", &Invite::email, "Who is to come."),
         field("role", &Invite::role, "What they will be able to do here.")}};
    return table;
}

struct InvitationById {
    TenantId tenant_id;
    InvitationId invitation_id;
};
fields::Table const& table_of(InvitationById const*) {
    static fields::Table const table{"InvitationById",
                                     {field("tenant_id", &InvitationById::tenant_id, "One's own."),
                                      field("invitation_id", &InvitationById::invitation_id, "Begins with inv_.")}};
    return table;
}

void throttle(identity::Needs const& needs, Call const& call) {
    auto const decision =
        needs.limits.take("invitations:" + call.tenant().to_string(), invitations_limit, needs.clock.monotonic());
    if (decision.allowed) return;
    Fault fault(errors::limited, "Too many invitations (limit: " + std::string(invitations_limit.name) + ").");
    fault.retry_after_s = static_cast<int>(decision.retry_after.us / 1'000'000 + 1);
    throw fault;
}

// In a step before the transaction, which may run more than once.
template <class In>
auto throttled(identity::Needs const& needs) {
    return [needs](Call const& call, Database&, In input) {
        need_own(call, input.tenant_id);
        throttle(needs, call);
        return input;
    };
}

void mail(Transaction& tx, std::string const& public_url, TenantId tenant_id, InvitationWithToken const& made) {
    std::string const tenant = tenants::find_tenant(tx, tenant_id).value().name;
    channels::send_mail(tx, channels::write_letter("invitation", made.invitation.email, "You are invited to " + tenant,
                                                   {{"Hello,", "you are invited to work with " + tenant + " as " +
                                                                   std::string(fields::name_of(made.invitation.role)) +
                                                                   ". The link works once, for a week."},
                                                    "Accept the invitation",
                                                    public_url + "/invitation#token=" + made.token,
                                                    {"If you do not know them, do nothing."}}));
}

Invitation invitation_or_404(Snapshot& snapshot, InvitationId id) {
    auto invitation = find_invitation(snapshot, id);
    if (!invitation) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*invitation);
}

constexpr web::Endpoint list_endpoint{
    .name = "list_invitations",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/invitations",
    .summary = "List the invitations that were not accepted, oldest first",
    .permission = "members.read",
};

web::Page<Invitation> list(Call const& call, Snapshot& snapshot, ListInvitations input) {
    need_own(call, input.tenant_id);
    return web::page_of(list_invitations(snapshot, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint invite_endpoint{
    .name = "create_invitation",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/invitations",
    .summary = "Invite somebody by mail",
    .permission = "members.write",
    .success = 201,
};

Invitation invite(std::string const& public_url, Call const& call, Transaction& tx, Invite const& input) {
    need_rights_of(call, input.role);
    if (is_member(tx, input.email)) throw Fault(errors::conflict, "This person is a member already.");
    need_room(tx, input.tenant_id, true);
    if (count_invitations(tx, invitations_max) >= invitations_max)
        throw Fault(errors::conflict, "There are too many invitations that wait (limit: invitations).");
    auto const id = organizations::invite(tx, input.email, input.role, call.identity.actor_id, public_url);
    return find_invitation(tx, id).value();
}

constexpr web::Endpoint resend_endpoint{
    .name = "resend_invitation",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/invitations/{invitation_id}/resend",
    .summary = "Mail an invitation again, with a new link for another week",
    .permission = "members.write",
    .body = web::Body::none,
};

Invitation resend(std::string const& public_url, Call const& call, Transaction& tx, InvitationById const& input) {
    auto invitation = invitation_or_404(tx, input.invitation_id);
    call.note_before(invitation);
    need_rights_of(call, invitation.role);
    auto const made = renew_invitation(tx, std::move(invitation));
    mail(tx, public_url, input.tenant_id, made);
    return made.invitation;
}

constexpr web::Endpoint revoke_endpoint{
    .name = "revoke_invitation",
    .method = web::Method::delete_,
    .path = "/api/v1/tenants/{tenant_id}/invitations/{invitation_id}",
    .summary = "Revoke an invitation; its link no longer works",
    .permission = "members.write",
    .success = 204,
};

void revoke(Call const& call, Transaction& tx, InvitationById input) {
    need_own(call, input.tenant_id);
    auto const invitation = invitation_or_404(tx, input.invitation_id);
    call.note_before(invitation);
    remove_invitation(tx, invitation.id);
}

}  // namespace

fields::Table const& table_of(Invitation const*) {
    static fields::Table const table{
        "Invitation",
        {field("id", &Invitation::id, "Begins with inv_."), field("email", &Invitation::email, "Who is to come."),
         field("role", &Invitation::role, "What they will be able to do here."),
         field("invited_by", &Invitation::invited_by, "A user's or a key's id."),
         field("created_at", &Invitation::created_at, "When it was made."),
         field("expires_at", &Invitation::expires_at, "Until when its link works.")}};
    return table;
}

InvitationId invite(Transaction& tx, Email email, tenants::Role role, std::string invited_by,
                    std::string const& public_url) {
    auto const made = create_invitation(tx, std::move(email), role, std::move(invited_by));
    mail(tx, public_url, tx.tenant(), made);
    return made.invitation.id;
}

void add_invitation_routes(web::Routes& routes, identity::Needs const& needs) {
    routes.add(list_endpoint, list);
    routes.add(invite_endpoint, throttled<Invite>(needs),
               [url = needs.public_url](Call const& call, Transaction& tx, Invite input) {
                   return invite(url, call, tx, input);
               });
    routes.add(resend_endpoint, throttled<InvitationById>(needs),
               [url = needs.public_url](Call const& call, Transaction& tx, InvitationById input) {
                   return resend(url, call, tx, input);
               });
    routes.add(revoke_endpoint, revoke);
}

}  // namespace mainstay::organizations
