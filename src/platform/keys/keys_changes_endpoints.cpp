// What the API says about changing keys: their settings, secrets and credits.
#include "platform/keys/keys_endpoints.hpp"

namespace mainstay::keys {
namespace {

using fields::defaulted;
using fields::field;
using fields::range;
using fields::with_those_of;

constexpr std::int64_t credits_max = 1'000'000'000'000;

struct UpdateKey {
    KeyId key_id;
    Settings settings;
};
fields::Table const& table_of(UpdateKey const*) {
    static fields::Table const table{
        "UpdateKey", with_those_of(&UpdateKey::settings, {field("key_id", &UpdateKey::key_id, "Begins with key_.")})};
    return table;
}

struct RotateKey {
    KeyId key_id;
    std::int64_t overlap_s = 0;
};
fields::Table const& table_of(RotateKey const*) {
    static fields::Table const table{
        "RotateKey",
        {field("key_id", &RotateKey::key_id, "Begins with key_."),
         field("overlap_s", &RotateKey::overlap_s, "For so many seconds the secret of before works beside the new one.",
               range(std::int64_t{0}, overlap_max.us / seconds(1).us), defaulted())}};
    return table;
}

struct RotatedKey {
    KeyId id;
    std::string prefix;
    Secret key;
    Instant old_works_until;
};
fields::Table const& table_of(RotatedKey const*) {
    static fields::Table const table{
        "RotatedKey",
        {field("id", &RotatedKey::id, "The same as before."),
         field("prefix", &RotatedKey::prefix, "The new secret's first characters."),
         field("key", &RotatedKey::key, "The new secret, shown this once."),
         field("old_works_until", &RotatedKey::old_works_until, "From then on the secret of before is refused.")}};
    return table;
}

struct SetCredits {
    KeyId key_id;
    std::optional<std::int64_t> credits_remaining;
    std::optional<Refill> refill;
};
fields::Table const& table_of(SetCredits const*) {
    static fields::Table const table{
        "SetCredits",
        {field("key_id", &SetCredits::key_id, "Begins with key_."),
         field("credits_remaining", &SetCredits::credits_remaining, "In place of those it has; null: it needs none.",
               range(std::int64_t{0}, credits_max)),
         field("refill", &SetCredits::refill, "How credits come again; null: they do not.")}};
    return table;
}

struct AddCredits {
    KeyId key_id;
    std::int64_t amount = 0;
};
fields::Table const& table_of(AddCredits const*) {
    static fields::Table const table{
        "AddCredits",
        {field("key_id", &AddCredits::key_id, "Begins with key_."),
         field("amount", &AddCredits::amount, "So many more than it has.", range(std::int64_t{1}, credits_max))}};
    return table;
}

constexpr web::Endpoint update_endpoint{
    .name = "update_key",
    .method = web::Method::put,
    .path = "/api/v1/keys/{key_id}",
    .summary = "Set all that can be changed of a key; it holds within a second everywhere",
    .permission = "keys.write",
};

Key update(Call const& call, Transaction& tx, UpdateKey input) {
    Key const before = live_key(tx, input.key_id);
    call.note_before(before);
    refuse_problems(problems_of(input.settings, before, tx.now()));
    check_rights(call, tx, before.audience, input.settings);
    update_key(tx, before.id, input.settings);
    return known_key(tx, before.id);
}

constexpr web::Endpoint rotate_endpoint{
    .name = "rotate_key",
    .method = web::Method::post,
    .path = "/api/v1/keys/{key_id}/rotate",
    .summary = "Give a key a new secret, shown once; limits, credits and history stay",
    .permission = "keys.write",
};

// Whoever learns a secret may do what the key may.
RotatedKey rotate(Call const& call, Transaction& tx, RotateKey input) {
    Key const before = live_key(tx, input.key_id);
    call.note_before(before);
    check_rights(call, tx, before.audience, before.settings);
    Duration const overlap = seconds(input.overlap_s);
    std::string secret = rotate_key(tx, before, overlap);
    return {before.id, shown_of(secret), {std::move(secret)}, tx.now() + overlap};
}

Key live_customer_key(Transaction& tx, KeyId id) {
    Key key = live_key(tx, id);
    if (key.audience != Audience::customer) throw Fault(errors::conflict, "Keys of the API have no credits.");
    return key;
}

constexpr web::Endpoint set_credits_endpoint{
    .name = "set_key_credits",
    .method = web::Method::put,
    .path = "/api/v1/keys/{key_id}/credits",
    .summary = "Set the credits of a customer's key and how they come again",
    .permission = "keys.write",
};

Key replace_credits(Call const& call, Transaction& tx, SetCredits input) {
    Key const before = live_customer_key(tx, input.key_id);
    call.note_before(before);
    if (input.refill && !input.credits_remaining) refuse_problems({{"/refill", "needs credits_remaining"}});
    if (input.credits_remaining) {
        auto const refills_at =
            input.refill ? std::optional(next_refill(input.refill->interval, tx.now())) : std::nullopt;
        set_credits(tx, before.id, {*input.credits_remaining, input.refill, refills_at});
    } else {
        remove_credits(tx, before.id);
    }
    shared_state::revoke(tx, before.id.to_string());
    return known_key(tx, before.id);
}

constexpr web::Endpoint add_credits_endpoint{
    .name = "add_key_credits",
    .method = web::Method::post,
    .path = "/api/v1/keys/{key_id}/credits/add",
    .summary = "Add credits to those that a customer's key has",
    .permission = "keys.write",
};

Key give_credits(Call const& call, Transaction& tx, AddCredits input) {
    Key const before = live_customer_key(tx, input.key_id);
    call.note_before(before);
    if (!before.credits_remaining) throw Fault(errors::conflict, "This key needs no credits.");
    if (*before.credits_remaining > credits_max - input.amount)
        refuse_problems({{"/amount", "would be more than " + std::to_string(credits_max) + " together"}});
    add_credits(tx, before.id, input.amount);
    return known_key(tx, before.id);
}

}  // namespace

void add_change_routes(web::Routes& routes) {
    routes.add(update_endpoint, update);
    routes.add(rotate_endpoint, rotate);
    routes.add(set_credits_endpoint, replace_credits);
    routes.add(add_credits_endpoint, give_credits);
}

}  // namespace mainstay::keys
