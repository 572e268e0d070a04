#include "kernel/web/client_address.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay::web {
namespace {

constexpr std::string_view forwarded_for = "x-forwarded-for", forwarded_prefix = "x-forwarded-";

bool is_within_any(IpAddress const& address, std::span<Network const> networks) {
    return std::ranges::any_of(networks, [&](Network const& network) { return network.contains(address); });
}

}  // namespace

bool is_trusted(std::string_view address, std::span<Network const> proxies) {
    auto const parsed = IpAddress::parse(address);
    return parsed && is_within_any(*parsed, proxies);
}

std::string forwarded_address(std::string_view peer, std::span<Header const> headers,
                              std::span<Network const> proxies) {
    std::string client(peer);
    std::size_t looked_at = 0;
    for (auto header = headers.rbegin(); header != headers.rend(); ++header) {
        if (!equals_ignoring_case(header->name, forwarded_for)) continue;
        auto const entries = split(header->value, ',');
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            auto const address = IpAddress::parse(trim(*entry));
            if (!address || ++looked_at > forwarded_entries_max) return std::string(peer);
            client = address->to_string();
            if (!is_within_any(*address, proxies)) return client;
        }
    }
    return client;
}

bool says_forwarded(std::span<Header const> headers) {
    return std::ranges::any_of(headers, [](Header const& header) {
        std::string_view const name = header.name;
        return equals_ignoring_case(name.substr(0, forwarded_prefix.size()), forwarded_prefix) ||
               equals_ignoring_case(name, "forwarded") || equals_ignoring_case(name, "x-real-ip") ||
               equals_ignoring_case(name, "via");
    });
}

}  // namespace mainstay::web
