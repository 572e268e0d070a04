// Idempotency keys: the first request under a key is carried out and its reply kept for 24 hours; the same request
// again gets the same reply. A key belongs to a tenant, a credential and a route.
#pragma once
#include "kernel/storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mainstay::web {

inline constexpr std::size_t idempotency_key_max = 255;
inline constexpr Duration idempotency_kept = hours(24);
inline constexpr std::int64_t expired_removed_at_once = 2;

struct IdempotencyClaim {
    std::string credential_id;
    std::string route;
    std::string key;
    std::string request_hash;  // of method, path, query and body
};

struct KeptReply {
    std::int64_t status = 0;
    std::string body;
    std::optional<std::string> secret_object_id;  // the reply bore a secret: only that it was done is known
};

bool is_valid_idempotency_key(std::string_view);

// The reply to give again, or nothing when the key is new or has expired.
// Throws Fault(errors::idempotency_key_reused) when the key was used with another request.
std::optional<KeptReply> find_kept_reply(Transaction&, IdempotencyClaim const&);
// Also removes a few of the tenant's that have expired, so that no more are there than were kept within a day.
void keep_reply(Transaction&, IdempotencyClaim const&, KeptReply const&);

}  // namespace mainstay::web
