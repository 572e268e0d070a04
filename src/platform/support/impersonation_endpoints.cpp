// What the API says about acting as a user: begun by an operator, stopped by the session in which they act.
#include "platform/channels/channels.hpp"
#include "platform/support/support_routes.hpp"

#include <algorithm>

namespace mainstay::support {
namespace {

using fields::field;
using fields::length;
using identity::UserId;

struct Impersonate {
    UserId user_id;
    TenantId tenant_id;
    std::string reason;
};
fields::Table const& table_of(Impersonate const*) {
    static fields::Table const table{
        "Impersonate",
        {field("user_id", &Impersonate::user_id, "No operator."),
         field("tenant_id", &Impersonate::tenant_id, "Where they work, and where alone one acts as them."),
         field("reason", &Impersonate::reason, "Told to the tenant, by mail and in its audit.", length(3, 500))}};
    return table;
}

// What the audit says of it.
struct Began {
    TenantId tenant_id;
    UserId user_id;
    identity::SessionId session_id;
    GrantId grant_id;
    std::string reason;
    Instant ends_at;
};
fields::Table const& table_of(Began const*) {
    static fields::Table const table{
        "ImpersonationBegan",
        {field("tenant_id", &Began::tenant_id, "Where."), field("user_id", &Began::user_id, "As whom."),
         field("session_id", &Began::session_id, "In which session."),
         field("grant_id", &Began::grant_id, "By which consent."), field("reason", &Began::reason, "Why."),
         field("ends_at", &Began::ends_at, "At the latest.")}};
    return table;
}

struct Begun {
    identity::User user;
    identity::NewSession session;
};

identity::User target_of(Snapshot& snapshot, Impersonate const& input) {
    auto const account = identity::find_account(snapshot, input.user_id);
    if (!account) throw Fault(errors::not_found, "There is no such object.");
    if (account->is_operator) throw Fault(errors::conflict, "Nobody acts as an operator.");
    if (account->status == identity::UserStatus::suspended)
        throw Fault(errors::conflict, "The user is suspended: nobody acts as them.");
    auto const memberships = tenants::memberships_of(snapshot, input.user_id);
    bool const works_there = std::ranges::any_of(
        memberships, [&](auto const& one) { return one.tenant == input.tenant_id && tenants::is_open(one.status); });
    if (!works_there)
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/tenant_id", "must be an open tenant in which the user works"}});
    return identity::find_user(snapshot, input.user_id).value();
}

void tell_owners(Transaction& tx, std::string const& public_url, identity::User const& user, Began const& began) {
    auto const tenant = tenants::find_tenant(tx, began.tenant_id).value();
    for (Email const& owner : addresses_of_owners(tx, tenant.id, owners_told_max))
        channels::send_mail(
            tx, channels::write_letter(
                    "support_began", owner, "Support acts in " + tenant.name,
                    {{"Hello,",
                      "by the access that " + tenant.name + " granted, somebody who runs this service now acts as " +
                          user.name + ", for half an hour at most. Their reason: " + began.reason,
                      "What they do stands in the audit log. Revoke the access to end it at once."},
                     "See the audit log",
                     public_url + "/audit",
                     {}}));
}

constexpr web::Endpoint impersonate_endpoint{
    .name = "impersonate",
    .method = web::Method::post,
    .path = "/api/admin/users/{user_id}/impersonate",
    .summary = "Act as a user in a tenant that consented, for half an hour; asks for a fresh sign-in",
    .permission = "users.impersonate",
};

Begun begin(identity::Needs const& needs, Call const& call, Transaction& tx, Impersonate const& input) {
    auto user = target_of(tx, input);
    identity::require_fresh(tx, call);
    auto const grant = find_live_grant(tx, input.tenant_id);
    if (!grant) throw Fault(errors::support_access_needed, "The tenant has to grant access first.");
    auto const own = identity::SessionId::parse(call.identity.credential_id).value();
    Instant const ends_at = std::min({tx.now() + identity::acting_absolute, grant->expires_at,
                                      call.identity.valid_until.value_or(grant->expires_at)});
    identity::SignIn how;  // no password was said in it, so that it is never fresh
    how.acting = {identity::person_of(call), own, input.tenant_id, grant->id.to_string()};
    how.ends_by = ends_at;
    auto session = identity::create_session(tx, user.id, call, how);
    Began const began{input.tenant_id, user.id, session.id, grant->id, input.reason, ends_at};
    for (TenantId const log : {input.tenant_id, installation_tenant})
        audit::write(tx, log,
                     {call.identity.actor_id,
                      std::string(impersonate_endpoint.name),
                      user.id.to_string(),
                      impersonate_endpoint.success,
                      {},
                      fields::to_json(began)},
                     &call);
    tell_owners(tx, needs.public_url, user, began);
    return {std::move(user), std::move(session)};
}

web::Content impersonate(identity::Needs const& needs, Call const& call, Database& database, Impersonate const& input) {
    auto begun = database.write(installation_scope("an operator acts as a user", call.identity.actor_id),
                                [&](Transaction& tx) { return begin(needs, call, tx, input); });
    return identity::signed_in(needs, database, std::move(begun.user), begun.session);
}

constexpr web::Endpoint stop_endpoint{
    .name = "stop_impersonating",
    .method = web::Method::post,
    .path = "/api/v1/auth/impersonation/stop",
    .summary = "Stop acting as a user; the operator's own session goes on, with a new cookie",
    .permission = "me.read",
    .body = web::Body::none,
    .impersonators = web::Impersonators::admitted,
};

web::Content stop(identity::Needs const& needs, Call const& call, Database& database) {
    identity::person_of(call);
    auto resumed = database.write(installation_scope("an operator acts as a user no longer", call.identity.actor_id),
                                  [&](Transaction& tx) {
                                      auto own = identity::resume_own_session(tx, call);
                                      for (TenantId const log : {call.tenant(), installation_tenant})
                                          audit::write(tx, log,
                                                       {call.identity.actor_id, std::string(stop_endpoint.name),
                                                        call.identity.credential_id, stop_endpoint.success},
                                                       &call);
                                      return own;
                                  });
    if (!resumed) throw Fault(errors::unauthorized, "Your own session has ended: sign in again.");
    return identity::signed_in(needs, database, std::move(resumed->user), resumed->session);
}

}  // namespace

void add_impersonation_routes(web::Routes& routes, identity::Needs const& needs) {
    routes.add(impersonate_endpoint, [needs](Call const& call, Database& database, Impersonate input) {
        return impersonate(needs, call, database, input);
    });
    routes.add(stop_endpoint, [needs](Call const& call, Database& database) { return stop(needs, call, database); });
}

void add_routes(web::Routes& routes, identity::Needs const& needs) {
    add_access_routes(routes);
    add_impersonation_routes(routes, needs);
    routes.declare({&errors::support_access_needed});
}

}  // namespace mainstay::support
