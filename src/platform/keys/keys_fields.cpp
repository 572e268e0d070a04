// Keys as they stand on the wire and in rows.
#include "platform/keys/keys.hpp"

namespace mainstay::keys {

using fields::defaulted;
using fields::field;
using fields::items;
using fields::length;
using fields::pattern;
using fields::range;
using fields::with_those_of;

constexpr std::int64_t limit_count_max = 10'000'000, limit_period_s_max = 30 * 24 * 3'600;
constexpr std::int64_t refill_max = 1'000'000'000'000;

fields::Table const& table_of(NamedLimit const*) {
    static fields::Table const table{
        "NamedLimit",
        {field("name", &NamedLimit::name, "Said when it refuses.",
               pattern("[a-z0-9_.-]{1,32}", "must be 1 to 32 of a-z, 0-9, _, . and -")),
         field("count", &NamedLimit::count, "So many", range(std::int64_t{1}, limit_count_max)),
         field("period_s", &NamedLimit::period_s, "in so many seconds.", range(std::int64_t{1}, limit_period_s_max))}};
    return table;
}

fields::Table const& table_of(Refill const*) {
    static fields::Table const table{
        "Refill",
        {field("amount", &Refill::amount, "At least so many credits are there again",
               range(std::int64_t{1}, refill_max)),
         field("interval", &Refill::interval, "at the beginning of each day or month, UTC.")}};
    return table;
}

fields::Table const& table_of(Settings const*) {
    static fields::Table const table{
        "KeySettings",
        {field("name", &Settings::name, "What it is for.", length(1, 100)),
         field("scopes", &Settings::scopes, "Of a key of the API: `read`, `write`, `admin` or single permissions.",
               defaulted()),
         field("permissions", &Settings::permissions, "Of a customer's key: words of your own.",
               items(0, permissions_max), defaulted()),
         field("limits", &Settings::limits, "Each is counted apart from the others.", items(0, limits_max),
               defaulted()),
         field("allowed_addresses", &Settings::allowed_addresses,
               "Addresses and networks that it may be used from; none: from anywhere.", items(0, addresses_max),
               defaulted()),
         field("owner", &Settings::owner, "Whose it is, in words of your own.", length(1, 100)),
         field("metadata", &Settings::metadata, "An object of your own, of 4 KB at most.", defaulted()),
         field("is_disabled", &Settings::is_disabled, "Refused until it is enabled again.", defaulted()),
         field("expires_at", &Settings::expires_at, "From then on it is refused.")}};
    return table;
}

fields::Table const& table_of(Key const*) {
    static fields::Table const table{
        "Key", with_those_of(&Key::settings,
                             {field("id", &Key::id, "Begins with key_."),
                              field("audience", &Key::audience, "`api`, or `customer` for one of your customers."),
                              field("prefix", &Key::prefix, "The key's first characters."),
                              field("credits_remaining", &Key::credits_remaining,
                                    "How many credits a customer's key has left; null: it needs none."),
                              field("refill", &Key::refill, "How credits come again."),
                              field("refills_at", &Key::refills_at, "When they do next, or at the first use after it."),
                              field("last_used_at", &Key::last_used_at, "To within a minute."),
                              field("revoked_at", &Key::revoked_at, "Since when it is refused for good."),
                              field("created_by", &Key::created_by, "A user's or a key's id."),
                              field("created_at", &Key::created_at, "When it was made.")})};
    return table;
}

fields::Table const& table_of(CreatedKey const*) {
    static fields::Table const table{
        "CreatedKey",
        {field("id", &CreatedKey::id, "Begins with key_."),
         field("audience", &CreatedKey::audience, "`api`, or `customer` for one of your customers."),
         field("name", &CreatedKey::name, "What it is for."),
         field("prefix", &CreatedKey::prefix, "The key's first characters, which are shown later."),
         field("scopes", &CreatedKey::scopes, "What it may do in the API."),
         field("key", &CreatedKey::key, "The key itself, shown this once."),
         field("created_at", &CreatedKey::created_at, "When it was made.")}};
    return table;
}

}  // namespace mainstay::keys
