#include "kernel/net/net_rules.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace mainstay::net {
namespace {

// Of IPv4 all but these is public.
constexpr std::array<std::string_view, 17> refused_v4{
    "0.0.0.0/8",         // this network (RFC 791)
    "10.0.0.0/8",        // private (RFC 1918)
    "100.64.0.0/10",     // carrier-grade NAT (RFC 6598); metadata of Alibaba at 100.100.100.200
    "127.0.0.0/8",       // loopback (RFC 1122)
    "168.63.129.16/32",  // Azure's host, from any of its machines
    "169.254.0.0/16",    // link-local (RFC 3927); metadata of most clouds at 169.254.169.254
    "172.16.0.0/12",     // private
    "192.0.0.0/24",      // protocol assignments (RFC 6890); metadata of Oracle at 192.0.0.192
    "192.0.2.0/24",      // documentation (RFC 5737)
    "192.31.196.0/24",   // AS112 (RFC 7535)
    "192.52.193.0/24",   // AMT (RFC 7450)
    "192.88.99.0/24",    // 6to4 relays (RFC 7526)
    "192.168.0.0/16",    // private
    "198.18.0.0/15",     // benchmarks (RFC 2544)
    "198.51.100.0/24",   // documentation
    "203.0.113.0/24",    // documentation
    "224.0.0.0/3",       // multicast, reserved and broadcast
};
// Of IPv6 only 2000::/3 is public, and that not whole.
constexpr std::array<std::string_view, 4> refused_v6{
    "2001::/23",      // protocol assignments, Teredo and ORCHID among them (RFC 2928)
    "2001:db8::/32",  // documentation (RFC 3849)
    "2002::/16",      // 6to4 (RFC 3056)
    "3fff::/20",      // documentation (RFC 9637)
};
constexpr std::string_view public_v6 = "2000::/3", nat64 = "64:ff9b::/96";  // RFC 6052
constexpr unsigned nat64_bits = 96;

constexpr std::array<std::string_view, 8> idempotent{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"};
constexpr std::array<std::string_view, 2> always_secret{"authorization", "cookie"};
// Those decide how the message is framed, and are the client's own.
constexpr std::array<std::string_view, 12> own_headers{
    "host",    "content-length", "transfer-encoding", "connection",          "expect",         "te",
    "trailer", "upgrade",        "keep-alive",        "proxy-authorization", "http2-settings", "accept-encoding"};
constexpr std::size_t headers_max = 100, method_size_max = 20, header_size_max = 16 << 10;

Network network(std::string_view text) {
    return *Network::parse(text);
}

// The networks of IPv4 as NAT64 writes them.
Network behind_nat64(std::string_view v4) {
    auto const slash = v4.find('/');
    unsigned bits = 0;
    std::from_chars(v4.data() + slash + 1, v4.data() + v4.size(), bits);
    return network("64:ff9b::" + std::string(v4.substr(0, slash)) + "/" + std::to_string(nat64_bits + bits));
}

struct Tables {
    std::vector<Network> refused;
    Network v6 = network(public_v6), translated = network(nat64);
    Tables() {
        for (auto const text : refused_v4) {
            refused.push_back(network(text));
            refused.push_back(behind_nat64(text));
        }
        for (auto const text : refused_v6) refused.push_back(network(text));
    }
};

template <std::size_t N>
bool is_one_of(std::array<std::string_view, N> const& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](auto one) { return equals_ignoring_case(one, name); });
}

}  // namespace

bool may_reach(IpAddress const& address, Reach reach) {
    static Tables const tables;
    if (reach == Reach::anywhere) return true;
    if (reach == Reach::internet_and_loopback && address.is_loopback()) return true;
    if (!address.is_v4() && !tables.v6.contains(address) && !tables.translated.contains(address)) return false;
    return std::none_of(tables.refused.begin(), tables.refused.end(),
                        [&](Network const& refused) { return refused.contains(address); });
}

bool is_header_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
    });
}

bool is_header_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

bool is_secret(Header const& header) {
    return header.is_secret || is_one_of(always_secret, header.name);
}

std::string fault_of(Request const& request) {
    if (!is_header_name(request.method) || request.method.size() > method_size_max || request.method == "CONNECT")
        return "the method is none";
    if (request.headers.size() > headers_max) return "there are too many headers";
    for (auto const& header : request.headers) {
        if (!is_header_name(header.name)) return "the name of a header is none";
        if (!is_header_value(header.value)) return "the header " + header.name + " has a control character";
        if (header.name.size() + header.value.size() > header_size_max)
            return "the header " + header.name + " is too long";
        if (is_one_of(own_headers, header.name)) return "the header " + header.name + " is the client's own";
    }
    if (request.source.read && !request.body.empty()) return "there are two bodies";
    if (request.limits.total_time.us <= 0 || request.limits.connect_time.us <= 0) return "the time limit is none";
    return {};
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Hop follow(std::string_view from, std::string_view to, int status, std::string_view method, bool has_body,
           std::vector<Header> const& headers) {
    bool const is_post = method == "POST", is_read = method == "GET" || method == "HEAD";
    bool const becomes_get = ((status == 301 || status == 302) && is_post) || (status == 303 && !is_read);
    Hop hop;
    hop.method = becomes_get ? "GET" : std::string(method);
    hop.keeps_body = !becomes_get;
    bool const has_secret = std::any_of(headers.begin(), headers.end(), is_secret);
    bool const loses_tls = from.starts_with("https:") && !to.starts_with("https:");
    hop.is_allowed = !loses_tls || (!has_secret && !(has_body && hop.keeps_body));
    for (auto const& header : headers) {
        if (from != to && is_secret(header)) continue;
        if (becomes_get && lower_ascii(header.name).starts_with("content-")) continue;
        hop.headers.push_back(header);
    }
    return hop;
}

bool is_idempotent(std::string_view method) {
    return std::find(idempotent.begin(), idempotent.end(), method) != idempotent.end();
}

bool may_repeat(Request const& request) {
    return request.attempts_max > 1 && (request.has_idempotency_key || is_idempotent(request.method));
}

bool is_worth_repeating(int status) {
    return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

bool is_worth_repeating(FailureReason reason) {
    return reason == FailureReason::dns || reason == FailureReason::connect || reason == FailureReason::timeout ||
           reason == FailureReason::protocol;
}

Duration wait_before(int attempt, Request const& request, std::uint64_t random) {
    Duration wait = request.first_wait;
    for (int doubled = 2; doubled < attempt && wait < request.longest_wait; ++doubled) wait = wait + wait;
    wait = std::min(wait, request.longest_wait);
    auto const half = static_cast<std::uint64_t>(std::max<std::int64_t>(0, wait.us)) / 2;
    return {wait.us - static_cast<std::int64_t>(random % (half + 1))};
}

std::optional<Duration> read_retry_after(std::string_view text, Instant now) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    constexpr std::int64_t seconds_max = 1'000'000'000;
    text = trim(text);
    std::int64_t count = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc() && end == text.data() + text.size() && count >= 0)
        return seconds(std::min(count, seconds_max));
    // "Sun, 06 Nov 1994 08:49:37 GMT"; the two older forms are no longer sent.
    if (text.size() != 29 || !text.ends_with(" GMT") || text[3] != ',') return std::nullopt;
    auto const month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    std::string const number = std::to_string(month / 3 + 1);
    auto const at = parse_rfc3339(std::string(text.substr(12, 4)) + (number.size() < 2 ? "-0" : "-") + number + "-" +
                                  std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) + "Z");
    if (!at) return std::nullopt;
    return std::max(Duration{}, *at - now);
}

bool Breaker::lets_pass(BreakerRule const& rule, Duration now) {
    if (!opened_) return true;
    if (is_trying_ || now - *opened_ < rule.open_time) return false;
    is_trying_ = true;
    return true;
}

void Breaker::succeeded() {
    // While it is closed earlier failures still count: a host that fails half of the time fails often.
    if (!opened_) return;
    *this = {};
}

void Breaker::failed(BreakerRule const& rule, Duration now) {
    if (opened_) {
        if (is_trying_) opened_ = now;
        is_trying_ = false;
        return;
    }
    failures_.push_back(now);
    if (failures_.size() > rule.failures) failures_.erase(failures_.begin());
    if (failures_.size() == rule.failures && now - failures_.front() <= rule.window) opened_ = now;
}

void Breaker::gave_up() {
    is_trying_ = false;
}

bool Breaker::is_idle(BreakerRule const& rule, Duration now) const {
    return !opened_ && (failures_.empty() || now - failures_.back() > rule.window);
}

bool speaks_against_host(FailureReason reason) {
    return is_worth_repeating(reason) || reason == FailureReason::tls;
}

bool speaks_against_host(int status) {
    return status == 500 || status == 502 || status == 503 || status == 504;
}

}  // namespace mainstay::net
