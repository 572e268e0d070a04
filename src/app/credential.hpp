// What a verified credential proved, as it is kept in memory until a revocation names one of its subjects.
#pragma once
#include "base/network.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace mainstay::app {

struct Credential {
    static constexpr std::size_t kept_max = 200'000;

    Identity identity;                             // of a session: of its first tenant
    std::vector<tenants::Membership> memberships;  // of a session
    bool is_operator = false;
    std::optional<Instant> expires_at;
    std::vector<Network> allowed_addresses;  // of a key; none: from anywhere
    std::vector<std::string> subjects;       // ids whose revocation makes this untrue
    std::string csrf_token;                  // of a browser's session

    mutable std::atomic<std::int64_t> next_note_us = 0;  // by the monotonic clock: when its use is noted again
};

}  // namespace mainstay::app
