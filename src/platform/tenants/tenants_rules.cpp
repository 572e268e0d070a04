#include "base/text.hpp"
#include "platform/tenants/tenants.hpp"

#include <algorithm>
#include <array>

namespace mainstay::tenants {
namespace {

constexpr std::size_t origin_bytes_max = 300;

bool is_port(std::string_view text, std::string_view of_scheme) {
    return !text.empty() && text.size() <= 5 && text.front() != '0' && text != of_scheme &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_label(std::string_view text) {
    return !text.empty() && text.front() != '-' && text.back() != '-' && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

bool may_become(Status from, Status to) {
    return std::any_of(std::begin(transitions), std::end(transitions),
                       [&](Transition const& one) { return one.from == from && one.to == to; });
}

bool is_reserved_slug(std::string_view slug) {
    constexpr std::array<std::string_view, 16> reserved{"admin", "api",    "app",    "assets", "cdn", "docs",
                                                        "ftp",   "help",   "imap",   "mail",   "ns1", "ns2",
                                                        "smtp",  "static", "status", "www"};
    return std::find(reserved.begin(), reserved.end(), slug) != reserved.end();
}

bool is_origin(std::string_view text) {
    constexpr std::string_view https = "https://", http = "http://";
    bool const is_secure = text.starts_with(https);
    if (text.size() > origin_bytes_max || (!is_secure && !text.starts_with(http))) return false;
    auto const authority = text.substr(is_secure ? https.size() : http.size());
    auto const bracket = authority.find(']');
    auto const colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
    auto const host = authority.substr(0, colon);
    if (colon != authority.npos && !is_port(authority.substr(colon + 1), is_secure ? "443" : "80")) return false;
    bool const is_loopback = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
    return is_loopback || (is_secure && std::ranges::all_of(split(host, '.'), is_label));
}

std::string slug_of(std::string_view name) {
    constexpr std::size_t longest = 40;
    std::string slug;
    for (char const c : name) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool const capital = c >= 'A' && c <= 'Z';
        if (letter)
            slug += c;
        else if (capital)
            slug += static_cast<char>(c + ('a' - 'A'));
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
        if (slug.size() == longest) break;
    }
    while (!slug.empty() && slug.back() == '-') slug.pop_back();
    return slug.empty() ? "tenant" : slug;
}

}  // namespace mainstay::tenants
