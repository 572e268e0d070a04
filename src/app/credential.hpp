// What a verified credential proved, as it is kept in memory until a revocation names one of its subjects.
#pragma once
#include "base/network.hpp"
#include "kernel/web/web.hpp"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace mainstay::app {

struct Credential {
    static constexpr std::size_t kept_max = 200'000;

    Identity identity;                 // of a session: in its first tenant
    std::vector<Identity> identities;  // of a session: in each of its tenants
    std::optional<Instant> expires_at;
    std::vector<Network> allowed_addresses;  // of a key; none: from anywhere
    std::vector<std::string> subjects;       // ids whose revocation makes this untrue
    std::string csrf_token;                  // of a browser's session

    mutable std::atomic<std::int64_t> next_note_us = 0;  // by the monotonic clock: when its use is noted again
};

}  // namespace mainstay::app
