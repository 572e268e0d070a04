// Which names a tenant may have, and what a check finds.
#include "base/text.hpp"
#include "platform/domains/domains.hpp"

#include <algorithm>
#include <array>

namespace mainstay::domains {
namespace {

constexpr std::size_t label_bytes_max = 63;

// Names that are nobody's in the DNS (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and ICANN's choice of .internal).
constexpr std::array<std::string_view, 11> private_endings{"alt", "arpa",  "example",   "home",  "internal", "invalid",
                                                           "lan", "local", "localhost", "onion", "test"};

bool is_label(std::string_view label) {
    auto const is_good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), is_good);
}

bool is_number(std::string_view label) {
    return std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_within(std::string_view name, std::string_view own) {
    return name == own ||
           (name.size() > own.size() && name.ends_with(own) && name[name.size() - own.size() - 1] == '.');
}

}  // namespace

std::optional<std::string> domain_of(std::string_view text, std::vector<std::string> const& own) {
    std::string name = lower_ascii(text);
    if (name.size() > name_bytes_max) return std::nullopt;
    auto const labels = split(name, '.');
    bool const is_name = labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), is_label) &&
                         !is_number(labels.back());  // an address, as old programs read it, too
    if (!is_name || std::ranges::find(private_endings, labels.back()) != private_endings.end()) return std::nullopt;
    if (std::any_of(own.begin(), own.end(), [&](auto const& one) { return is_within(name, lower_ascii(one)); }))
        return std::nullopt;
    return name;
}

Finding finding_of(net::TxtAnswer const& answer, std::string_view record_value) {
    if (std::ranges::find(answer.texts, record_value) != answer.texts.end()) return {true, {}};
    switch (answer.outcome) {
        case net::TxtAnswer::Outcome::failed: return {false, "The DNS did not answer."};
        case net::TxtAnswer::Outcome::none: return {false, "The DNS has no TXT record of this name."};
        case net::TxtAnswer::Outcome::found: break;
    }
    return {false, "The TXT record says something else."};
}

}  // namespace mainstay::domains
