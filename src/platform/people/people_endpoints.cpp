// What the API says about what is kept of a person.
#include "base/text.hpp"
#include "platform/organizations/organizations.hpp"
#include "platform/people/people_store.hpp"

namespace mainstay::people {
namespace {

using fields::field;

constexpr Duration export_time = seconds(20);

struct UserById {
    tenants::UserId user_id;
};
fields::Table const& table_of(UserById const*) {
    static fields::Table const table{"UserById", {field("user_id", &UserById::user_id, "Begins with usr_.")}};
    return table;
}

struct DeleteMe {
    Email email;
};
fields::Table const& table_of(DeleteMe const*) {
    static fields::Table const table{"DeleteMe",
                                     {field("email", &DeleteMe::email, "One's own address: so it is meant.")}};
    return table;
}

constexpr web::Endpoint export_endpoint{
    .name = "export_me",
    .method = web::Method::get,
    .path = "/api/v1/me/export",
    .summary = "All that is kept about oneself",
    .permission = "me.read",
    .impersonators = web::Impersonators::refused,
};

Kept export_me(Call const& call, Database& database) {
    tenants::UserId const user = identity::person_of(call);
    auto kept = database.read(system_scope("a person asks what is kept about them"),
                              [&](Snapshot& snapshot) { return find_kept(snapshot, user); }, {export_time});
    if (!kept) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*kept);
}

constexpr web::Endpoint delete_me_endpoint{
    .name = "delete_me",
    .method = web::Method::delete_,
    .path = "/api/v1/me",
    .summary =
        "Delete one's account for good; asks for a fresh sign-in. The last owner of a tenant hands it over first",
    .permission = "me.read",
    .success = 204,
};

void note(Transaction& tx, Call const& call, web::Endpoint const& endpoint, tenants::UserId user) {
    audit::Act const act{call.identity.actor_id, std::string(endpoint.name), user.to_string(), endpoint.success};
    for (auto const& membership : tenants::memberships_of(tx, user)) audit::write(tx, membership.tenant, act, &call);
    audit::write(tx, installation_tenant, act, &call);
}

void delete_me(Call const& call, Database& database, DeleteMe const& input) {
    tenants::UserId const user = identity::person_of(call);
    database.write(installation_scope("a person deletes their account", user.to_string()), [&](Transaction& tx) {
        auto const account = identity::find_user(tx, user);
        if (!account || account->email.text != lower_ascii(input.email.text))
            throw Fault(errors::invalid_input, "The input is not valid.",
                        std::vector<Problem>{{"/email", "is not your address"}});
        identity::require_fresh(tx, call);
        note(tx, call, delete_me_endpoint, user);
        erase_person(tx, user);
    });
}

constexpr web::Endpoint delete_user_endpoint{
    .name = "delete_user",
    .method = web::Method::delete_,
    .path = "/api/v1/admin/users/{user_id}",
    .summary = "Delete anybody's account for good; for operators",
    .permission = "system.write",
    .success = 204,
};

void delete_user(Call const& call, Database& database, UserById const& input) {
    database.write(installation_scope("an operator deletes an account", call.identity.actor_id), [&](Transaction& tx) {
        note(tx, call, delete_user_endpoint, input.user_id);
        if (!erase_person(tx, input.user_id)) throw Fault(errors::not_found, "There is no such object.");
    });
}

}  // namespace

bool erase_person(Transaction& tx, tenants::UserId id) {
    auto const user = identity::find_user(tx, id);
    if (!user) return false;
    if (auto const alone = owned_alone(tx, id); !alone.empty())
        throw Fault(errors::last_owner,
                    "A tenant would be without an owner: hand " + alone.front().to_string() + " over or delete it.");
    if (is_last_operator(tx, id))
        throw Fault(errors::conflict, "The installation would be without an operator: make another one first.");
    identity::end_sessions(tx, id);
    shared_state::revoke(tx, id.to_string());
    delete_rows(tx, *user);
    return true;
}

void add_routes(web::Routes& routes) {
    routes.add(export_endpoint, export_me);
    routes.add(delete_me_endpoint,
               [](Call const& call, Database& database, DeleteMe input) { delete_me(call, database, input); });
    routes.add(delete_user_endpoint,
               [](Call const& call, Database& database, UserById input) { delete_user(call, database, input); });
}

}  // namespace mainstay::people
