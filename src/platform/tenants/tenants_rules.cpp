#include "platform/tenants/tenants.hpp"

namespace mainstay::tenants {

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
