// What the API says about how often customers' keys were checked.
#include "platform/keys/key_counts.hpp"
#include "platform/keys/keys_endpoints.hpp"

namespace mainstay::keys {

using fields::defaulted;
using fields::field;

fields::Table const& table_of(KeyCount const*) {
    static fields::Table const table{
        "KeyCount",
        {field("key_id", &KeyCount::key_id, ""), field("hour_at", &KeyCount::hour_at, ""),
         field("outcome", &KeyCount::outcome, ""), field("verifications", &KeyCount::verifications, ""),
         field("credits_spent", &KeyCount::credits_spent, "")}};
    return table;
}

fields::Table const& table_of(OutcomeCount const*) {
    static fields::Table const table{"OutcomeCount",
                                     {field("at", &OutcomeCount::at, "The hour's or day's beginning, UTC."),
                                      field("outcome", &OutcomeCount::outcome, "The code that the verifications gave."),
                                      field("verifications", &OutcomeCount::verifications, "How many."),
                                      field("credits_spent", &OutcomeCount::credits_spent, "Together.")}};
    return table;
}

fields::Table const& table_of(KeyTotal const*) {
    static fields::Table const table{"KeyTotal",
                                     {field("key_id", &KeyTotal::key_id, "Revoked keys are there too."),
                                      field("verifications", &KeyTotal::verifications, "With whatever outcome."),
                                      field("credits_spent", &KeyTotal::credits_spent, "Together.")}};
    return table;
}

namespace {

constexpr std::int64_t rows_max = 10'000, busiest_max = 100;
constexpr Duration span_default = days(1), span_max = counts_kept;

enum class By { hour, day };
BOOST_DESCRIBE_ENUM(By, hour, day)

struct Span {
    std::optional<Instant> from;
    std::optional<Instant> to;
    By by = By::hour;
};
fields::Table const& table_of(Span const*) {
    static fields::Table const table{"KeyUsageSpan",
                                     {field("from", &Span::from, "From this hour on; a day before `to` when absent."),
                                      field("to", &Span::to, "Up to this time; now when absent."),
                                      field("by", &Span::by, "`hour` or `day`.", defaulted())}};
    return table;
}

struct ReadKeyUsage {
    KeyId key_id;
    Span span;
};
fields::Table const& table_of(ReadKeyUsage const*) {
    static fields::Table const table{
        "ReadKeyUsage",
        fields::with_those_of(&ReadKeyUsage::span, {field("key_id", &ReadKeyUsage::key_id, "Begins with key_.")})};
    return table;
}

struct KeyUsage {
    Instant from;
    Instant to;
    std::vector<OutcomeCount> items;
    bool is_complete = true;
};
fields::Table const& table_of(KeyUsage const*) {
    static fields::Table const table{
        "KeyUsage",
        {field("from", &KeyUsage::from, "From then on,"), field("to", &KeyUsage::to, "up to then."),
         field("items", &KeyUsage::items, "By hour or day, and outcome."),
         field("is_complete", &KeyUsage::is_complete,
               "False when there is more than one reply holds; ask for less time.")}};
    return table;
}

struct AllKeysUsage {
    KeyUsage usage;
    std::vector<KeyTotal> busiest;
};
fields::Table const& table_of(AllKeysUsage const*) {
    static fields::Table const table{
        "AllKeysUsage",
        fields::with_those_of(&AllKeysUsage::usage, {field("busiest", &AllKeysUsage::busiest,
                                                           "The hundred keys that were checked most often.")})};
    return table;
}

KeyUsage usage_of(Snapshot& snapshot, std::optional<KeyId> key, Span const& span) {
    Instant const to = span.to.value_or(snapshot.now());
    Instant const from = hour_of(span.from.value_or(to - span_default));
    if (from >= to || to - from > span_max)
        refuse_problems(
            {{"/from", "must be before `to`, by " + std::to_string(span_max.us / days(1).us) + " days at most"}});
    KeyUsage usage{from, to, {}, true};
    usage.items = counts_between(snapshot, key, from, to, span.by == By::hour ? hours(1) : days(1), rows_max + 1);
    if (usage.items.size() > rows_max) {
        usage.items.resize(rows_max);
        usage.is_complete = false;
    }
    return usage;
}

constexpr web::Endpoint one_endpoint{
    .name = "read_key_usage",
    .method = web::Method::get,
    .path = "/api/v1/keys/{key_id}/usage",
    .summary = "How often a customer's key was checked, by hour or day and outcome",
    .permission = "keys.read",
};

KeyUsage read_one(Call const&, Snapshot& snapshot, ReadKeyUsage input) {
    return usage_of(snapshot, known_key(snapshot, input.key_id).id, input.span);
}

constexpr web::Endpoint all_endpoint{
    .name = "read_keys_usage",
    .method = web::Method::get,
    .path = "/api/v1/keys/usage",
    .summary = "How often all customers' keys were checked, and which most often",
    .permission = "keys.read",
};

AllKeysUsage read_all(Call const&, Snapshot& snapshot, Span input) {
    KeyUsage usage = usage_of(snapshot, std::nullopt, input);
    auto busiest = busiest_keys(snapshot, usage.from, usage.to, busiest_max);
    return {std::move(usage), std::move(busiest)};
}

}  // namespace

void add_usage_routes(web::Routes& routes) {
    routes.add(one_endpoint, read_one);
    routes.add(all_endpoint, read_all);
}

}  // namespace mainstay::keys
