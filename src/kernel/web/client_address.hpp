// Who a request comes from when proxies stand between (SECURITY 25): X-Forwarded-For is believed of listed proxies
// alone.
#pragma once
#include "base/network.hpp"
#include "kernel/web/edge.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::web {

// So many entries of X-Forwarded-For are looked at, from the last on.
inline constexpr std::size_t forwarded_entries_max = 32;

bool is_trusted(std::string_view address, std::span<Network const> proxies);

// The last entry of X-Forwarded-For that is not itself a proxy's address, or the first where all are. The headers of
// that name count as one list, in order. The peer's own address where the header is missing, where what a proxy had to
// say is no address, and where none is found among the last forwarded_entries_max. Call it for a trusted peer alone.
std::string forwarded_address(std::string_view peer, std::span<Header const>, std::span<Network const> proxies);

// Whether any header says that a proxy passed the request on. Not every proxy does.
bool says_forwarded(std::span<Header const>);

}  // namespace mainstay::web
