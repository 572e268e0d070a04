#include "kernel/shared_state/redis_url.hpp"

#include "base/network.hpp"
#include "base/text.hpp"

#include <charconv>

namespace mainstay::shared_state {
namespace {

template <class Number>
std::optional<Number> number_of(std::string_view text, Number most) {
    Number number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > most) return std::nullopt;
    return number;
}

bool read_credentials(std::string_view text, RedisUrl& url) {
    auto const colon = text.find(':');
    if (colon == std::string_view::npos) return false;
    auto user = percent_decode(text.substr(0, colon));
    auto password = percent_decode(text.substr(colon + 1));
    if (!user || !password || password->empty()) return false;
    url.user = std::move(*user);
    url.password = std::move(*password);
    return true;
}

bool read_place(std::string_view text, RedisUrl& url) {
    std::string_view port;
    if (text.starts_with('[')) {
        auto const bracket = text.find(']');
        if (bracket == std::string_view::npos || !IpAddress::parse(text.substr(1, bracket - 1))) return false;
        url.host = text.substr(1, bracket - 1);
        port = text.substr(bracket + 1);
    } else {
        auto const colon = text.find(':');
        url.host = text.substr(0, colon);
        if (colon != std::string_view::npos) port = text.substr(colon);
        if (url.host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") !=
            std::string::npos)
            return false;
    }
    if (url.host.empty()) return false;
    if (port.empty()) return true;
    auto const number = port.starts_with(':') ? number_of(port.substr(1), 65'535) : std::nullopt;
    if (!number || *number == 0) return false;
    url.port = static_cast<std::uint16_t>(*number);
    return true;
}

}  // namespace

std::optional<RedisUrl> RedisUrl::parse(std::string_view text) {
    RedisUrl url;
    url.is_tls = text.starts_with("rediss://");
    if (!url.is_tls && !text.starts_with("redis://")) return std::nullopt;
    text.remove_prefix(url.is_tls ? 9 : 8);
    if (auto const at = text.rfind('@'); at != std::string_view::npos) {
        if (!read_credentials(text.substr(0, at), url)) return std::nullopt;
        text.remove_prefix(at + 1);
    }
    auto const slash = text.find('/');
    if (!read_place(text.substr(0, slash), url)) return std::nullopt;
    if (slash == std::string_view::npos || slash + 1 == text.size()) return url;
    auto const database = number_of(text.substr(slash + 1), redis_database_max);
    if (!database) return std::nullopt;
    url.database = *database;
    return url;
}

}  // namespace mainstay::shared_state
