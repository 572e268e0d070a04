// One verification: found in memory or in the tenant's rows, judged, limited, paid for and counted.
#pragma once
#include "platform/keys/key_counts.hpp"
#include "platform/keys/keys_store.hpp"

#include <atomic>

namespace mainstay::keys {

struct LimitCost {
    std::string name;
    std::int64_t cost = 1;
};
fields::Table const& table_of(LimitCost const*);

struct Question {
    std::string key = {};
    std::vector<std::string> permissions = {};                    // all of which it must have
    std::optional<std::vector<LimitCost>> limits = std::nullopt;  // none: each of the key's, with a cost of 1
    std::optional<std::int64_t> credits = std::nullopt;           // 1 of a key that has credits
    std::optional<std::string> address = std::nullopt;            // of whoever presents it
};
fields::Table const& table_of(Question const*);

struct LimitState {
    std::string name;
    std::int64_t count = 0;
    std::int64_t remaining = 0;
    std::int64_t reset_s = 0;  // until the whole count is there again
};
fields::Table const& table_of(LimitState const*);

struct Verdict {
    bool is_valid = false;
    Outcome code = Outcome::not_found;
    std::optional<KeyId> key_id;
    std::optional<std::string> owner;
    std::vector<std::string> permissions;
    JsonText metadata{"{}"};
    std::optional<Instant> expires_at;
    std::vector<LimitState> limits;
    std::optional<std::int64_t> credits_remaining;
};
fields::Table const& table_of(Verdict const*);

struct LimitsTaken {
    bool are_allowed = true;
    std::vector<LimitState> states;
};

// What one request has taken of limits: once, however often its transaction is run.
using TakenOnce = std::shared_ptr<std::optional<LimitsTaken>>;

struct Verifications::State {
    State(Clock& c, shared_state::RateLimits& l, std::size_t keys_kept) : clock(c), limits(l), cache(c, keys_kept) {}

    // Where memory does to answer; nothing is taken when it does not.
    std::optional<Verdict> recall(TenantId, Question const&, bool is_fresh, Instant now);
    Verdict decide(Transaction&, Question const&, TakenOnce const&, bool is_fresh);

    struct Kept {
        CustomerKey key;
        mutable std::atomic<std::int64_t> next_note_us = 0;  // monotonic: when its use is noted again
    };
    using Held = std::shared_ptr<Kept const>;

    Held known(TenantId, Question const&, Instant now);
    Held load(Transaction&, Question const&);
    void pay(Transaction&, CustomerKey const&, Question const&, TakenOnce const&, Credits, Verdict&);
    static void limit(Verdict&, LimitsTaken const&);
    LimitsTaken const& taken_once(CustomerKey const&, Question const&, TakenOnce const&);
    LimitsTaken take_limits(CustomerKey const&, Question const&);
    void note_use(TenantId, Kept const&, Instant now);

    Clock& clock;
    shared_state::RateLimits& limits;
    shared_state::RevocableCache<Kept> cache;
    KeyCounts counts;
};

}  // namespace mainstay::keys
