// What the API says about keys.
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"
#include "platform/keys/keys_store.hpp"

#include <algorithm>

namespace mainstay::keys {
namespace {

using fields::field;
using fields::items;
using fields::length;
using fields::range;

constexpr std::int64_t requests_per_minute_max = 10'000'000;

struct CreateKey {
    std::string name;
    std::vector<std::string> scopes;
    std::optional<std::int64_t> requests_per_minute;
    std::optional<Instant> expires_at;
};
fields::Table const& table_of(CreateKey const*) {
    static fields::Table const table{
        "CreateKey",
        {field("name", &CreateKey::name, "What it is for.", length(1, 100)),
         field("scopes", &CreateKey::scopes, "`read`, `write`, `admin` or single permissions.", items(1, 50)),
         field("requests_per_minute", &CreateKey::requests_per_minute, "A limit of its own, below the plan's.",
               range(std::int64_t{1}, requests_per_minute_max)),
         field("expires_at", &CreateKey::expires_at, "From then on it is refused.")}};
    return table;
}

struct ListKeys {
    std::int64_t limit = web::page_size_default;
    std::optional<KeyId> cursor;
};
fields::Table const& table_of(ListKeys const*) {
    static fields::Table const table{"ListKeys",
                                     {web::limit_field(&ListKeys::limit), web::cursor_field(&ListKeys::cursor)}};
    return table;
}

struct KeyById {
    KeyId key_id;
};
fields::Table const& table_of(KeyById const*) {
    static fields::Table const table{"KeyById", {field("key_id", &KeyById::key_id, "Begins with key_.")}};
    return table;
}

// A key never allows more than whoever makes it may do (SECURITY: scopes narrow only).
void check_scopes(Call const& call, std::vector<std::string> const& scopes) {
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < scopes.size(); ++i)
        if (!identity::is_scope(scopes[i])) problems.push_back({"/scopes/" + std::to_string(i), "is not a scope"});
    if (!problems.empty()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(problems));
    auto const wanted = identity::permissions_of_scopes(scopes);
    for (std::string const& permission : wanted->names())
        if (!call.identity.may(permission))
            throw Fault(errors::forbidden, "A key cannot have the permission " + permission + ", which you lack.");
}

constexpr web::Endpoint create_endpoint{
    .name = "create_key",
    .method = web::Method::post,
    .path = "/api/v1/keys",
    .summary = "Create an API key; the reply shows it once",
    .permission = "keys.write",
    .success = 201,
};

CreatedKey create(Call const& call, Transaction& tx, CreateKey input) {
    check_scopes(call, input.scopes);
    if (input.expires_at && *input.expires_at <= tx.now())
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/expires_at", "must be in the future"}});
    return create_key(tx, {input.name, input.scopes, input.requests_per_minute, input.expires_at},
                      call.identity.actor_id);
}

constexpr web::Endpoint list_endpoint{
    .name = "list_keys",
    .method = web::Method::get,
    .path = "/api/v1/keys",
    .summary = "List API keys, revoked ones too",
    .permission = "keys.read",
};

web::Page<Key> list(Call const&, Snapshot& snapshot, ListKeys input) {
    return web::page_of(list_keys(snapshot, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_key",
    .method = web::Method::get,
    .path = "/api/v1/keys/{key_id}",
    .summary = "Read an API key's facts",
    .permission = "keys.read",
};

Key read(Call const&, Snapshot& snapshot, KeyById input) {
    auto key = find_key(snapshot, input.key_id);
    if (!key) throw Fault(errors::not_found, "There is no such object.");
    return *key;
}

constexpr web::Endpoint revoke_endpoint{
    .name = "revoke_key",
    .method = web::Method::delete_,
    .path = "/api/v1/keys/{key_id}",
    .summary = "Revoke an API key; it is refused within a second everywhere",
    .permission = "keys.write",
    .success = 204,
};

void revoke(Call const& call, Transaction& tx, KeyById input) {
    if (auto const key = find_key(tx, input.key_id)) call.note_before(*key);
    if (!revoke_key(tx, input.key_id)) throw Fault(errors::not_found, "There is no such object.");
}

}  // namespace

fields::Table const& table_of(Key const*) {
    static fields::Table const table{
        "Key",
        {field("id", &Key::id, "Begins with key_."), field("name", &Key::name, "What it is for."),
         field("prefix", &Key::prefix, "The key's first characters."), field("scopes", &Key::scopes, "What it may do."),
         field("requests_per_minute", &Key::requests_per_minute, "Its own limit."),
         field("expires_at", &Key::expires_at, "From then on it is refused."),
         field("last_used_at", &Key::last_used_at, "To within ten seconds."),
         field("revoked_at", &Key::revoked_at, "Since when it is refused."),
         field("created_by", &Key::created_by, "A user's or a key's id."),
         field("created_at", &Key::created_at, "When it was made.")}};
    return table;
}

fields::Table const& table_of(CreatedKey const*) {
    static fields::Table const table{
        "CreatedKey",
        {field("id", &CreatedKey::id, "Begins with key_."), field("name", &CreatedKey::name, "What it is for."),
         field("scopes", &CreatedKey::scopes, "What it may do."),
         field("key", &CreatedKey::key, "The key itself, shown this once."),
         field("created_at", &CreatedKey::created_at, "When it was made.")}};
    return table;
}

void add_routes(web::Routes& routes) {
    routes.add(create_endpoint, create);
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(revoke_endpoint, revoke);
    routes.declare({&errors::quota_exceeded});
}

}  // namespace mainstay::keys
