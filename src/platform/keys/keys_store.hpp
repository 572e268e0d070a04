#pragma once
#include "platform/keys/keys.hpp"

namespace mainstay::keys {

std::optional<Key> find_key(Snapshot&, KeyId);
std::vector<Key> list_keys(Snapshot&, std::optional<KeyId> after, std::int64_t limit);
std::int64_t count_live_keys(Snapshot&, std::int64_t at_most);

// False when there is no such key or it was revoked before.
bool revoke_key(Transaction&, KeyId);

}  // namespace mainstay::keys
