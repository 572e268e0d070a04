// What outgoing traffic may do, as pure decisions: addresses, redirects, retries, breakers.
#pragma once
#include "base/network.hpp"
#include "kernel/net/net.hpp"

#include <optional>
#include <vector>

namespace mainstay::net {

// Whether the address may be connected to. Under Reach::internet only addresses that the whole internet routes; none
// of the IANA special-purpose registries (RFC 6890 and later), multicast, and services that clouds offer to their own
// machines. An IPv4 address inside an IPv6 one (mapped, NAT64) counts as the IPv4 address; 6to4 and Teredo are refused.
bool may_reach(IpAddress const&, Reach);

// Empty, or why the request cannot be sent: method, headers, limits.
std::string fault_of(Request const&);
bool is_header_name(std::string_view);   // a token of RFC 9110 section 5.6.2
bool is_header_value(std::string_view);  // without CR, LF, NUL and other control characters but tab
bool is_secret(Header const&);

// What of a request goes to the place that a reply named.
struct Hop {
    bool is_allowed = true;  // not from https to http with a credential or a body
    std::string method;
    bool keeps_body = true;
    std::vector<Header> headers;
};
bool is_redirect(int status);
// `from` and `to` are origins, such as https://example.com:443. RFC 9110 section 15.4, WHATWG Fetch section 4.4.
Hop follow(std::string_view from, std::string_view to, int status, std::string_view method, bool has_body,
           std::vector<Header> const& headers);

bool is_idempotent(std::string_view method);
bool may_repeat(Request const&);
bool is_worth_repeating(int status);
bool is_worth_repeating(FailureReason);
// Before attempt 2, 3, …: doubled each time up to longest_wait, then anything from half of it to the whole.
Duration wait_before(int attempt, Request const&, std::uint64_t random);
// Seconds or an HTTP date (RFC 9110 section 10.2.3); nothing for anything else.
std::optional<Duration> read_retry_after(std::string_view, Instant now);

// Opens after so many failures within the window; once the open time is over a single request tries.
class Breaker {
public:
    bool lets_pass(BreakerRule const&, Duration now);
    void succeeded();
    void failed(BreakerRule const&, Duration now);
    void gave_up();                                        // ended without saying anything of the host
    bool is_idle(BreakerRule const&, Duration now) const;  // as good as new

private:
    std::vector<Duration> failures_;  // the latest, at most BreakerRule::failures
    std::optional<Duration> opened_;
    bool is_trying_ = false;
};
bool speaks_against_host(FailureReason);
bool speaks_against_host(int status);

}  // namespace mainstay::net
