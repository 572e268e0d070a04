// What the API says about checking customers' keys.
#include "platform/keys/keys_endpoints.hpp"
#include "platform/keys/verifying.hpp"

namespace mainstay::keys {

using fields::defaulted;
using fields::field;
using fields::items;
using fields::length;
using fields::range;

constexpr std::int64_t limit_cost_max = 1'000'000, credits_cost_max = 1'000'000'000;

fields::Table const& table_of(LimitCost const*) {
    static fields::Table const table{
        "LimitCost",
        {field("name", &LimitCost::name, "Of a limit of the key.", length(1, 32)),
         field("cost", &LimitCost::cost, "As much as so many verifications; 0 takes nothing.",
               range(std::int64_t{0}, limit_cost_max), defaulted())}};
    return table;
}

fields::Table const& table_of(Question const*) {
    static fields::Table const table{
        "VerifyKey",
        {field("key", &Question::key, "What the customer presents.", length(1, 200)),
         field("permissions", &Question::permissions, "All of which the key must have.", items(0, permissions_max),
               defaulted()),
         field("limits", &Question::limits, "Which of its limits to take of; without it all, with a cost of 1.",
               items(0, limits_max)),
         field("credits", &Question::credits, "How many credits to spend, 1 without it; of a key without credits none.",
               range(std::int64_t{0}, credits_cost_max)),
         field("address", &Question::address,
               "Where the customer's request comes from; needed by keys with allowed addresses.", length(2, 45))}};
    return table;
}

fields::Table const& table_of(LimitState const*) {
    static fields::Table const table{
        "LimitState",
        {field("name", &LimitState::name, "The limit's."), field("count", &LimitState::count, "So many in its period."),
         field("remaining", &LimitState::remaining, "So many at once from here on."),
         field("reset_s", &LimitState::reset_s, "In so many seconds the whole count is there again.")}};
    return table;
}

fields::Table const& table_of(Verdict const*) {
    static fields::Table const table{
        "KeyVerdict",
        {field("is_valid", &Verdict::is_valid, "Whether to let the customer in."),
         field("code", &Verdict::code, "`valid`, or why not; then nothing was taken or spent."),
         field("key_id", &Verdict::key_id, "Begins with key_; null for a key that is not found."),
         field("owner", &Verdict::owner, "Whose it is."), field("permissions", &Verdict::permissions, "All it has."),
         field("metadata", &Verdict::metadata, "As you set it."),
         field("expires_at", &Verdict::expires_at, "From then on it is refused."),
         field("limits", &Verdict::limits, "Those that were asked for."),
         field("credits_remaining", &Verdict::credits_remaining,
               "How many are left; null for a key without credits, or where they were not looked at.")}};
    return table;
}

namespace {

constexpr web::Endpoint verify_endpoint{
    .name = "verify_key",
    .method = web::Method::post,
    .path = "/api/v1/keys/verify",
    .summary = "Check a key of one of your customers: limits, counts and spends in one call",
    .permission = "keys.verify",
    .is_audited = false,
};

struct VerifyKey {
    Question question;
    TakenOnce taken = std::make_shared<std::optional<LimitsTaken>>();
};
fields::Table const& table_of(VerifyKey const*) {
    static fields::Table const table{"VerifyKey", fields::with_those_of(&VerifyKey::question, {})};
    return table;
}

}  // namespace

void add_verify_routes(web::Routes& routes, Needs needs) {
    Verifications& verifications = needs.verifications;
    routes.add_recalled(
        verify_endpoint,
        [&verifications](Call const& call, VerifyKey const& input) {
            return verifications.state().recall(call.tenant(), input.question, verifications.is_fresh(), call.now);
        },
        [&verifications](Call const&, Transaction& tx, VerifyKey input) {
            return verifications.state().decide(tx, input.question, input.taken, verifications.is_fresh());
        });
}

}  // namespace mainstay::keys
