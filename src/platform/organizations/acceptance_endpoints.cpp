// What the API says about invitations, to those who are invited. The token came by mail to the invited address, so that
// whoever has it may know whether that address has an account.
#include "platform/organizations/organizations_routes.hpp"

namespace mainstay::organizations {
namespace {

using fields::field;
using fields::length;

constexpr identity::Throttle acceptances{"invitation",
                                         {"attempts at an invitation", 20, minutes(1)},
                                         {"invitations from an address", 60, minutes(1)},
                                         {"invitations", 600, minutes(1)}};

struct LookAt {
    std::string token;
};
fields::Table const& table_of(LookAt const*) {
    static fields::Table const table{"LookAtInvitation",
                                     {field("token", &LookAt::token, "From the link in the mail.", length(1, 200))}};
    return table;
}

struct OfferSeen {
    std::string tenant_name;
    Email email;
    tenants::Role role = tenants::Role::user;
    bool has_account = false;
};
fields::Table const& table_of(OfferSeen const*) {
    static fields::Table const table{
        "OfferedInvitation",
        {field("tenant_name", &OfferSeen::tenant_name, "Who invites."), field("email", &OfferSeen::email, "Whom."),
         field("role", &OfferSeen::role, "What they will be able to do there."),
         field("has_account", &OfferSeen::has_account, "Then they sign in before they accept.")}};
    return table;
}

struct Accept {
    std::string token;
    std::optional<std::string> name, password;
};
fields::Table const& table_of(Accept const*) {
    static fields::Table const table{
        "AcceptInvitation",
        {field("token", &Accept::token, "From the link in the mail.", length(1, 200)),
         field("name", &Accept::name, "Of who has no account.", length(1, 100)),
         field("password", &Accept::password, "Of who has no account: 8 to 128 characters.",
               length(identity::password_min, identity::password_max))}};
    return table;
}

[[noreturn]] void refuse_link() {
    throw Fault(errors::link_invalid, "The link is not valid.");
}

constexpr web::Endpoint look_endpoint{
    .name = "look_at_invitation",
    .method = web::Method::post,
    .path = "/api/v1/invitations/look",
    .summary = "See who invites, before accepting",
    .permission = web::public_access,
};

OfferSeen look(identity::Needs const& needs, Call const& call, Database& database, LookAt const& input) {
    identity::throttle(needs, call, acceptances, input.token);
    return database.read(system_scope("whose invitation this is"), [&](Snapshot& snapshot) {
        auto const offer = find_offer(snapshot, input.token);
        if (!offer) refuse_link();
        return OfferSeen{offer->tenant.name, offer->invitation.email, offer->invitation.role,
                         identity::find_user_by_email(snapshot, offer->invitation.email).has_value()};
    });
}

constexpr web::Endpoint accept_endpoint{
    .name = "accept_invitation",
    .method = web::Method::post,
    .path = "/api/v1/invitations/accept",
    .summary = "Become a member: who is signed in joins, others make their account by it",
    .permission = web::public_access,
};

// Who joins: the account that is signed in, or a new one with this hash.
struct Joining {
    std::string token;
    std::string name;
    std::string hash;
};

Joining new_account(identity::Needs const& needs, Offer const& offer, bool has_account, Accept const& input) {
    if (has_account) throw Fault(errors::account_exists, "This address has an account: sign in first.");
    std::vector<Problem> problems;
    if (!input.name) problems.push_back({"/name", "is required"});
    if (!input.password) problems.push_back({"/password", "is required"});
    if (input.password && input.name)
        if (auto const why =
                identity::why_refused(*input.password, {*input.name, offer.invitation.email.text, offer.tenant.name}))
            problems.push_back({"/password", *why});
    if (!problems.empty()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(problems));
    return {input.token, *input.name, needs.passwords.hash(*input.password)};
}

struct Joined {
    identity::User user;
    identity::NewSession session;
};

// Checked again, in the tenant's own transaction.
Joined join(Call const& call, Transaction& tx, Joining const& joining) {
    bool const is_signed_in = call.identity.kind == Identity::Kind::session;
    auto const offer = find_offer(tx, joining.token);
    if (!offer) refuse_link();
    remove_invitation(tx, offer->invitation.id);
    need_room(tx, offer->tenant.id, false);
    auto user = is_signed_in
                    ? identity::find_user(tx, identity::person_of(call)).value()
                    : identity::create_user(tx, {offer->invitation.email, joining.name, joining.hash, false, true});
    auto const member =
        tenants::add_member(tx, tx.tenant(), user.id, offer->invitation.role, offer->invitation.invited_by);
    auto session =
        is_signed_in ? identity::renew_session(tx, call) : identity::create_session(tx, user.id, call, {tx.now()});
    audit::write(
        tx, tx.tenant(),
        {user.id.to_string(), std::string(accept_endpoint.name), member.id.to_string(), accept_endpoint.success},
        &call);
    return {std::move(user), std::move(session)};
}

web::Content accept(identity::Needs const& needs, Call const& call, Database& database, Accept const& input) {
    identity::throttle(needs, call, acceptances, input.token);
    bool has_account = false;
    auto const offer = database.read(system_scope("whose invitation this is"), [&](Snapshot& snapshot) {
        auto found = find_offer(snapshot, input.token);
        has_account = found && identity::find_user_by_email(snapshot, found->invitation.email);
        return found;
    });
    if (!offer) refuse_link();
    bool const is_signed_in = call.identity.kind == Identity::Kind::session;
    Joining const joining =
        is_signed_in ? Joining{input.token, {}, {}} : new_account(needs, *offer, has_account, input);
    auto joined = database.write(Scope(offer->tenant.id, call.identity.actor_id),
                                 [&](Transaction& tx) { return join(call, tx, joining); });
    return identity::signed_in(needs, database, std::move(joined.user), joined.session);
}

}  // namespace

void add_acceptance_routes(web::Routes& routes, identity::Needs const& needs) {
    routes.add(look_endpoint, [needs](Call const& call, Database& database, LookAt input) {
        return look(needs, call, database, input);
    });
    routes.add(accept_endpoint, [needs](Call const& call, Database& database, Accept input) {
        return accept(needs, call, database, input);
    });
}

}  // namespace mainstay::organizations
