#include "platform/tenants/tenants.hpp"

#include <algorithm>
#include <array>

namespace mainstay::tenants {

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
