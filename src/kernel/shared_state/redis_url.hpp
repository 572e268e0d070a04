#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay::shared_state {

inline constexpr int redis_database_max = 9'999;  // of SELECT; servers have 16 unless told otherwise

struct RedisUrl {
    bool is_tls = false;
    std::string user;      // empty: the default one
    std::string password;  // empty: none
    std::string host;      // IPv6 without its brackets
    std::uint16_t port = 6379;
    int database = 0;

    // redis[s]://[user][:password@]host[:port][/database], user and password percent-encoded. Nothing for anything
    // else: a user without a password, a query, a fragment.
    static std::optional<RedisUrl> parse(std::string_view);
};

}  // namespace mainstay::shared_state
