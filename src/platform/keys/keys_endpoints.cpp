// What the API says about keys: making, listing, reading and revoking them.
#include "platform/keys/keys_endpoints.hpp"

#include "platform/identity/identity.hpp"

namespace mainstay::keys {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;
using fields::range;
using fields::with_those_of;

constexpr std::int64_t credits_max = 1'000'000'000'000;

struct CreateKey {
    Audience audience = Audience::api;
    std::string prefix;
    Settings settings;
    std::optional<std::int64_t> credits_remaining;
    std::optional<Refill> refill;
};
fields::Table const& table_of(CreateKey const*) {
    static fields::Table const table{
        "CreateKey",
        with_those_of(
            &CreateKey::settings,
            {field("audience", &CreateKey::audience, "`api`, or `customer` for one of your customers.", defaulted()),
             field("prefix", &CreateKey::prefix, "What a customer's key begins with.", length(0, 16), defaulted()),
             field("credits_remaining", &CreateKey::credits_remaining,
                   "So many credits a customer's key begins with; without it, it needs none.",
                   range(std::int64_t{0}, credits_max)),
             field("refill", &CreateKey::refill, "How credits come again.")})};
    return table;
}

struct ListKeys {
    std::string owner;
    std::optional<Audience> audience;
    std::optional<bool> is_revoked;
    std::int64_t limit = web::page_size_default;
    std::optional<KeyId> cursor;
};
fields::Table const& table_of(ListKeys const*) {
    static fields::Table const table{
        "ListKeys",
        {field("owner", &ListKeys::owner, "Whose.", defaulted()),
         field("audience", &ListKeys::audience, "`api` or `customer`."),
         field("is_revoked", &ListKeys::is_revoked, "true: those that were revoked; false: the others."),
         web::limit_field(&ListKeys::limit), web::cursor_field(&ListKeys::cursor)}};
    return table;
}

constexpr web::Endpoint create_endpoint{
    .name = "create_key",
    .method = web::Method::post,
    .path = "/api/v1/keys",
    .summary = "Create a key for the API or for a customer; the reply shows it once",
    .permission = "keys.write",
    .success = 201,
};

CreatedKey create(Call const& call, Transaction& tx, CreateKey input) {
    NewKey const key{input.audience, std::move(input.prefix), std::move(input.settings), input.credits_remaining,
                     input.refill};
    refuse_problems(problems_of(key, tx.now()));
    check_rights(call, tx, key.audience, key.settings);
    return create_key(tx, key, call.identity.actor_id);
}

constexpr web::Endpoint list_endpoint{
    .name = "list_keys",
    .method = web::Method::get,
    .path = "/api/v1/keys",
    .summary = "List keys, revoked ones too",
    .permission = "keys.read",
};

web::Page<Key> list(Call const&, Snapshot& snapshot, ListKeys input) {
    KeyFilter const filter{std::move(input.owner), input.audience, input.is_revoked};
    return web::page_of(list_keys(snapshot, filter, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_key",
    .method = web::Method::get,
    .path = "/api/v1/keys/{key_id}",
    .summary = "Read a key's facts",
    .permission = "keys.read",
};

Key read(Call const&, Snapshot& snapshot, KeyById input) {
    return known_key(snapshot, input.key_id);
}

constexpr web::Endpoint revoke_endpoint{
    .name = "revoke_key",
    .method = web::Method::delete_,
    .path = "/api/v1/keys/{key_id}",
    .summary = "Revoke a key; it is refused within a second everywhere",
    .permission = "keys.write",
    .success = 204,
};

void revoke(Call const& call, Transaction& tx, KeyById input) {
    if (auto const key = find_key(tx, input.key_id)) call.note_before(*key);
    if (!revoke_key(tx, input.key_id)) throw Fault(errors::not_found, "There is no such object.");
}

}  // namespace

fields::Table const& table_of(KeyById const*) {
    static fields::Table const table{"KeyById", {field("key_id", &KeyById::key_id, "Begins with key_.")}};
    return table;
}

Key known_key(Snapshot& snapshot, KeyId id) {
    auto key = find_key(snapshot, id);
    if (!key) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*key);
}

Key live_key(Snapshot& snapshot, KeyId id) {
    Key key = known_key(snapshot, id);
    if (key.revoked_at) throw Fault(errors::conflict, "This key was revoked.");
    return key;
}

void refuse_problems(std::vector<Problem> problems) {
    if (!problems.empty()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(problems));
}

void check_rights(Call const& call, Snapshot& snapshot, Audience audience, Settings const& settings) {
    if (audience == Audience::customer) return;  // what it may do is for the tenant to say
    auto const wanted = identity::permissions_of_scopes(settings.scopes);
    for (std::string const& permission : wanted->names())
        if (!call.identity.may(permission))
            throw Fault(errors::forbidden, "A key cannot have the permission " + permission + ", which you lack.");
    if (call.identity.kind != Identity::Kind::key) return;
    auto const maker = find_key(snapshot, KeyId::parse(call.identity.credential_id).value());
    if (!maker) throw Fault(errors::forbidden, "The key that asks is not there any more.");
    if (auto const excess = what_exceeds(settings, maker->settings)) throw Fault(errors::forbidden, *excess);
}

void add_routes(web::Routes& routes, Needs needs) {
    routes.add(create_endpoint, create);
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(revoke_endpoint, revoke);
    add_change_routes(routes);
    add_verify_routes(routes, needs);
    add_usage_routes(routes);
    routes.declare({&errors::quota_exceeded});
}

}  // namespace mainstay::keys
