#include "kernel/fields/values.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay {
namespace {

bool is_atom_character(char c) {
    bool const alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;  // RFC 6531
}

bool is_dotted(std::string_view text, auto&& part_is_valid) {
    auto const parts = split(text, '.');
    return std::all_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return !part.empty() && part_is_valid(part); });
}

bool is_domain_label(std::string_view label) {
    bool const clean = std::all_of(label.begin(), label.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    });
    return clean && label.size() <= 63 && label.front() != '-' && label.back() != '-';
}

}  // namespace

std::optional<Email> Email::parse(std::string_view text) {
    auto const at = text.rfind('@');
    if (at == std::string_view::npos || at > 64 || text.size() > 254 || !is_utf8(text)) return std::nullopt;
    auto const local = text.substr(0, at);
    std::string const domain = lower_ascii(text.substr(at + 1));
    bool const local_is_valid = is_dotted(
        local, [](std::string_view part) { return std::all_of(part.begin(), part.end(), is_atom_character); });
    if (!local_is_valid || !is_dotted(domain, is_domain_label)) return std::nullopt;
    return Email{std::string(local) + '@' + domain};
}

}  // namespace mainstay
