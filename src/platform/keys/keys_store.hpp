#pragma once
#include "platform/keys/keys_rules.hpp"

namespace mainstay::keys {

struct KeyFilter {
    std::string owner;                 // empty: anyone's
    std::optional<Audience> audience;  // none: both
    std::optional<bool> is_revoked;    // none: either
};

std::optional<Key> find_key(Snapshot&, KeyId);
std::vector<Key> list_keys(Snapshot&, KeyFilter const&, std::optional<KeyId> after, std::int64_t limit);
std::int64_t count_live_keys(Snapshot&, Audience, std::int64_t at_most);

void update_key(Transaction&, KeyId, Settings const&);
// A new secret; the one before works until the overlap ends, those before it as long as was said then.
// Throws Fault(errors::conflict) when secrets_max of them still work.
std::string rotate_key(Transaction&, Key const&, Duration overlap);
// False when there is no such key or it was revoked before.
bool revoke_key(Transaction&, KeyId);

// --- customers' keys -----------------------------------------------------------------------------------------------

// Of the scope's tenant; nothing for a secret that works no longer.
std::optional<CustomerKey> find_customer_key(Snapshot&, std::string_view secret);

struct Credits {
    std::int64_t credits_remaining = 0;
    std::optional<Refill> refill;
    std::optional<Instant> refills_at;
};
fields::Table const& table_of(Credits const*);

std::optional<Credits> find_credits(Snapshot&, KeyId);
void set_credits(Transaction&, KeyId, Credits const&);
void remove_credits(Transaction&, KeyId);
// Gives what is left; nothing when there are fewer, and then nothing is spent.
std::optional<std::int64_t> spend_credits(Transaction&, KeyId, std::int64_t cost);
void add_credits(Transaction&, KeyId, std::int64_t amount);

}  // namespace mainstay::keys
