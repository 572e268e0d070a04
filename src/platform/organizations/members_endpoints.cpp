// What the API says about the members of a tenant.
#include "platform/channels/channels.hpp"
#include "platform/organizations/organizations_routes.hpp"

namespace mainstay::organizations {
namespace {

using fields::field;
using fields::length;
using tenants::MemberId;
using tenants::Role;

struct ListMembers {
    TenantId tenant_id;
    std::int64_t limit = web::page_size_default;
    std::optional<MemberId> cursor;
};
fields::Table const& table_of(ListMembers const*) {
    static fields::Table const table{"ListMembers",
                                     {field("tenant_id", &ListMembers::tenant_id, "One's own."),
                                      web::limit_field(&ListMembers::limit), web::cursor_field(&ListMembers::cursor)}};
    return table;
}

struct MemberById {
    TenantId tenant_id;
    MemberId member_id;
};
fields::Table const& table_of(MemberById const*) {
    static fields::Table const table{"MemberById",
                                     {field("tenant_id", &MemberById::tenant_id, "One's own."),
                                      field("member_id", &MemberById::member_id, "Begins with mem_.")}};
    return table;
}

struct AddMember {
    TenantId tenant_id;
    Email email;
    std::string name;
    Role role = Role::user;
};
fields::Table const& table_of(AddMember const*) {
    static fields::Table const table{"AddMember",
                                     {field("tenant_id", &AddMember::tenant_id, "Any."),
                                      field("email", &AddMember::email, "Of an account; without one it is made."),
                                      field("name", &AddMember::name, "Of a new account.", length(1, 100)),
                                      field("role", &AddMember::role, "What they may do there.")}};
    return table;
}

struct ChangeMember {
    TenantId tenant_id;
    MemberId member_id;
    std::optional<Role> role;
    std::optional<bool> is_active;
};
fields::Table const& table_of(ChangeMember const*) {
    static fields::Table const table{
        "ChangeMember",
        {field("tenant_id", &ChangeMember::tenant_id, "One's own."),
         field("member_id", &ChangeMember::member_id, "Begins with mem_."),
         field("role", &ChangeMember::role, "What they may do; who gains rights signs in again."),
         field("is_active", &ChangeMember::is_active, "false: kept for the record, and shut out.")}};
    return table;
}

struct Transfer {
    TenantId tenant_id;
    MemberId member_id;
};
fields::Table const& table_of(Transfer const*) {
    static fields::Table const table{"Transfer",
                                     {field("tenant_id", &Transfer::tenant_id, "One's own."),
                                      field("member_id", &Transfer::member_id, "Who is to be the owner.")}};
    return table;
}

tenants::Member member_or_404(Snapshot& snapshot, MemberId id) {
    auto member = tenants::find_member(snapshot, id);
    if (!member) throw Fault(errors::not_found, "There is no such object.");
    return *member;
}

// Of a member who ceases to be an active owner.
void need_other_owner(Snapshot& snapshot, tenants::Member const& member) {
    bool const is_owner = member.role == Role::owner && member.is_active;
    if (is_owner && !tenants::has_other_owner(snapshot, member.id))
        throw Fault(errors::last_owner, "This is the tenant's last owner.");
}

constexpr web::Endpoint list_endpoint{
    .name = "list_members",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/members",
    .summary = "List who works in the tenant, oldest first, inactive ones too",
    .permission = "members.read",
};

web::Page<Colleague> list(Call const& call, Snapshot& snapshot, ListMembers input) {
    need_own(call, input.tenant_id);
    return web::page_of(list_colleagues(snapshot, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint add_endpoint{
    .name = "add_member",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/members",
    .summary = "Make somebody a member without asking them; for operators. Others invite",
    .permission = "system.write",
    .success = 201,
    .reach = web::Reach::installation,
};

tenants::Member add(identity::Needs const& needs, Call const& call, Transaction& tx, AddMember const& input) {
    auto const tenant = tenants::find_tenant(tx, input.tenant_id);
    if (!tenant) throw Fault(errors::not_found, "There is no such object.");
    auto const known = identity::find_user_by_email(tx, input.email);
    auto const user = known ? *known : identity::create_user(tx, {input.email, input.name, {}});
    auto member = tenants::add_member(tx, tenant->id, user.id, input.role, call.identity.actor_id);
    channels::send_mail(
        tx, channels::write_letter(
                "member_added", user.email, "You are a member of " + tenant->name,
                {{"Hello " + user.name + ",", "who runs this service has made you a member of " + tenant->name + "."},
                 known ? "Sign in" : "Choose a password",
                 needs.public_url + (known ? "/login" : "/forgot"),
                 {}}));
    audit::write(tx, tenant->id,
                 {call.identity.actor_id, std::string(add_endpoint.name), member.id.to_string(), add_endpoint.success},
                 &call);
    return member;
}

constexpr web::Endpoint change_endpoint{
    .name = "change_member",
    .method = web::Method::patch,
    .path = "/api/v1/tenants/{tenant_id}/members/{member_id}",
    .summary = "Change a member's role, deactivate or reactivate them",
    .permission = "members.write",
};

Colleague change(Call const& call, Transaction& tx, ChangeMember input) {
    need_own(call, input.tenant_id);
    auto const member = member_or_404(tx, input.member_id);
    call.note_before(find_colleague(tx, member.id).value());
    need_rights_of(call, member.role);
    Role const role = input.role.value_or(member.role);
    bool const is_active = input.is_active.value_or(member.is_active);
    need_rights_of(call, role);
    if (role != Role::owner || !is_active) need_other_owner(tx, member);
    if (is_active && !member.is_active) need_room(tx, input.tenant_id, true);
    if (role != member.role) tenants::set_role(tx, member, role);
    if (is_active != member.is_active) tenants::set_active(tx, member, is_active);
    bool const gains = is_active && (!member.is_active || is_rise(member.role, role));
    if (gains) identity::end_sessions(tx, member.user_id);
    return find_colleague(tx, member.id).value();
}

constexpr web::Endpoint remove_endpoint{
    .name = "remove_member",
    .method = web::Method::delete_,
    .path = "/api/v1/tenants/{tenant_id}/members/{member_id}",
    .summary = "Remove a member; they are shut out within a second",
    .permission = "members.write",
    .success = 204,
};

void remove(Call const& call, Transaction& tx, MemberById input) {
    need_own(call, input.tenant_id);
    auto const member = member_or_404(tx, input.member_id);
    call.note_before(find_colleague(tx, member.id).value());
    need_rights_of(call, member.role);
    need_other_owner(tx, member);
    tenants::remove_member(tx, member);
}

constexpr web::Endpoint transfer_endpoint{
    .name = "transfer_tenant",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/transfer",
    .summary = "Make another member the owner, and oneself an administrator; asks for a fresh sign-in",
    .permission = "tenants.own",
};

Colleague transfer(Call const& call, Transaction& tx, Transfer input) {
    need_own(call, input.tenant_id);
    identity::require_fresh(tx, call);
    auto const heir = member_or_404(tx, input.member_id);
    call.note_before(find_colleague(tx, heir.id).value());
    auto const own = tenants::find_member(tx, identity::person_of(call));
    if (!own || own->id == heir.id || !heir.is_active)
        throw Fault(errors::conflict, "Ownership goes to another active member.");
    tenants::set_role(tx, heir, Role::owner);
    tenants::set_role(tx, *own, Role::org_admin);
    if (is_rise(heir.role, Role::owner)) identity::end_sessions(tx, heir.user_id);
    return find_colleague(tx, heir.id).value();
}

}  // namespace

fields::Table const& table_of(Colleague const*) {
    static fields::Table const table{
        "Colleague",
        {field("id", &Colleague::id, "Begins with mem_."), field("user_id", &Colleague::user_id, "Who."),
         field("email", &Colleague::email, "Their address."), field("name", &Colleague::name, "What they are called."),
         field("role", &Colleague::role, "What they may do here."),
         field("is_active", &Colleague::is_active, "An inactive member is kept for the record."),
         field("invited_by", &Colleague::invited_by, "A user's or a key's id."),
         field("joined_at", &Colleague::joined_at, "Since when.")}};
    return table;
}

void add_member_routes(web::Routes& routes, identity::Needs const& needs) {
    routes.add(list_endpoint, list);
    routes.add(add_endpoint,
               [needs](Call const& call, Transaction& tx, AddMember input) { return add(needs, call, tx, input); });
    routes.add(change_endpoint, change);
    routes.add(remove_endpoint, remove);
    routes.add(transfer_endpoint, transfer);
}

}  // namespace mainstay::organizations
