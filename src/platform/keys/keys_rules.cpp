#include "platform/keys/keys_rules.hpp"

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "platform/identity/identity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace mainstay::keys {
namespace {

constexpr std::size_t body_size = 40, checksum_size = 6, shown_size = 6;
constexpr std::size_t prefix_size_max = 16;
constexpr std::size_t scopes_max = 50;

std::string checksum_of(std::string_view text) {
    Sha256 const digest = sha256(text);
    Uuid first;
    std::copy_n(digest.begin(), first.size(), first.begin());
    std::string base32;
    append_base32(first, base32);
    return base32.substr(1, checksum_size);  // the first character carries three bits alone
}

bool has_valid_checksum(std::string_view secret) {
    auto const tail = secret.size() - checksum_size;
    return checksum_of(secret.substr(0, tail)) == secret.substr(tail);
}

bool is_of_form(std::string_view secret) {
    std::string_view const prefix = secret.substr(0, secret.rfind('_'));
    return prefix.size() <= prefix_size_max && secret.size() == prefix.size() + 1 + body_size + checksum_size;
}

bool is_customers_prefix(std::string_view prefix) {
    bool const is_written_right = std::all_of(prefix.begin(), prefix.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return is_written_right && !prefix.empty() && prefix.size() <= prefix_size_max && prefix != api_prefix &&
           !prefix.starts_with(std::string(api_prefix) + '_');
}

std::string at(std::string_view list, std::size_t index) {
    return '/' + std::string(list) + '/' + std::to_string(index);
}

void check_scopes(std::vector<std::string> const& scopes, std::vector<Problem>& problems) {
    if (scopes.empty() || scopes.size() > scopes_max)
        problems.push_back({"/scopes", "must have 1 to " + std::to_string(scopes_max) + " items"});
    for (std::size_t i = 0; i < scopes.size(); ++i)
        if (!identity::is_scope(scopes[i])) problems.push_back({at("scopes", i), "is not a scope"});
}

void check_settings(Audience audience, Settings const& settings, std::vector<Problem>& problems) {
    if (audience == Audience::api) {
        check_scopes(settings.scopes, problems);
        if (!settings.permissions.empty()) problems.push_back({"/permissions", "are for keys of customers"});
    } else if (!settings.scopes.empty()) {
        problems.push_back({"/scopes", "are for keys of the API"});
    }
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < settings.limits.size(); ++i)
        if (!names.insert(settings.limits[i].name).second)
            problems.push_back({at("limits", i) + "/name", "is there twice"});
    for (std::size_t i = 0; i < settings.allowed_addresses.size(); ++i)
        if (!Network::parse(settings.allowed_addresses[i]))
            problems.push_back({at("allowed_addresses", i), "is no address or network"});
    std::string const& metadata = settings.metadata.text;
    if (!metadata.starts_with('{')) problems.push_back({"/metadata", "must be an object"});
    if (metadata.size() > metadata_bytes_max)
        problems.push_back({"/metadata", "must not be longer than " + std::to_string(metadata_bytes_max) + " bytes"});
}

bool is_within(std::string const& wanted, std::vector<std::string> const& allowed) {
    auto const network = Network::parse(wanted);
    return network && std::any_of(allowed.begin(), allowed.end(), [&](std::string const& text) {
               auto const outer = Network::parse(text);
               return outer && outer->contains(*network);
           });
}

}  // namespace

std::string new_secret(std::string_view prefix) {
    // Two ids' worth of randomness, 125 bits each without their first characters, cut to 40 characters of 5 bits.
    std::string body;
    for (int i = 0; i < 2; ++i) {
        Uuid bytes;
        random_bytes(bytes);
        std::string base32;
        append_base32(bytes, base32);
        body += base32.substr(1);
    }
    std::string secret = std::string(prefix) + '_' + body.substr(0, body_size);
    return secret + checksum_of(secret);
}

bool is_api_secret(std::string_view secret) {
    return prefix_of(secret) == api_prefix && is_of_form(secret) && has_valid_checksum(secret);
}

bool is_customer_secret(std::string_view secret) {
    return is_customers_prefix(prefix_of(secret)) && is_of_form(secret) && has_valid_checksum(secret);
}

std::string prefix_of(std::string_view secret) {
    auto const end = secret.rfind('_');
    return std::string(end == std::string_view::npos ? std::string_view() : secret.substr(0, end));
}

std::string shown_of(std::string_view secret) {
    return std::string(secret.substr(0, secret.rfind('_') + 1 + shown_size));
}

std::vector<Problem> problems_of(NewKey const& key, Instant now) {
    std::vector<Problem> problems;
    bool const is_customers = key.audience == Audience::customer;
    if (is_customers && !is_customers_prefix(key.prefix))
        problems.push_back({"/prefix", "must be 1 to 16 of a-z, 0-9 and _, and must not be or begin like mk_"});
    if (!is_customers && !key.prefix.empty()) problems.push_back({"/prefix", "is for keys of customers"});
    if (!is_customers && key.credits_remaining) problems.push_back({"/credits_remaining", "are for keys of customers"});
    if (key.refill && !key.credits_remaining) problems.push_back({"/refill", "needs credits_remaining"});
    check_settings(key.audience, key.settings, problems);
    if (key.settings.expires_at && *key.settings.expires_at <= now)
        problems.push_back({"/expires_at", "must be in the future"});
    return problems;
}

std::vector<Problem> problems_of(Settings const& wanted, Key const& before, Instant now) {
    std::vector<Problem> problems;
    check_settings(before.audience, wanted, problems);
    if (wanted.expires_at && *wanted.expires_at <= now && wanted.expires_at != before.settings.expires_at)
        problems.push_back({"/expires_at", "must be in the future"});
    return problems;
}

std::optional<std::string> what_exceeds(Settings const& wanted, Settings const& of_maker) {
    if (of_maker.expires_at && (!wanted.expires_at || *wanted.expires_at > *of_maker.expires_at))
        return "A key cannot outlive the key that makes or changes it.";
    auto const& allowed = of_maker.allowed_addresses;
    bool const is_narrower = !wanted.allowed_addresses.empty() &&
                             std::all_of(wanted.allowed_addresses.begin(), wanted.allowed_addresses.end(),
                                         [&](std::string const& one) { return is_within(one, allowed); });
    if (!allowed.empty() && !is_narrower)
        return "A key cannot be used from more addresses than the key that makes or changes it.";
    for (NamedLimit const& limit : of_maker.limits) {
        bool const is_kept = std::any_of(wanted.limits.begin(), wanted.limits.end(), [&](NamedLimit const& one) {
            return one.count <= limit.count && one.count * limit.period_s <= limit.count * one.period_s;
        });
        if (!is_kept)
            return "A key needs a limit no wider than " + limit.name + " of the key that makes or changes it.";
    }
    return std::nullopt;
}

Instant next_refill(RefillInterval interval, Instant now) {
    if (interval == RefillInterval::day) return {(now.us / days(1).us + 1) * days(1).us};
    std::string const today = to_rfc3339(now);
    int year = 0, month = 0;
    std::from_chars(today.data(), today.data() + 4, year);
    std::from_chars(today.data() + 5, today.data() + 7, month);
    month = month % 12 + 1;
    std::string const next = std::to_string(month == 1 ? year + 1 : year) + (month < 10 ? "-0" : "-") +
                             std::to_string(month) + "-01T00:00:00Z";
    return parse_rfc3339(next).value();
}

std::vector<Network> networks_of(std::vector<std::string> const& texts) {
    std::vector<Network> networks;
    for (auto const& text : texts)
        if (auto const network = Network::parse(text)) networks.push_back(*network);
    return networks;
}

bool is_allowed_from(std::vector<Network> const& allowed, std::string_view text) {
    if (allowed.empty()) return true;
    auto const address = IpAddress::parse(text);
    return address && std::any_of(allowed.begin(), allowed.end(),
                                  [&](Network const& network) { return network.contains(*address); });
}

std::optional<Outcome> refusal_of(CustomerKey const& key, std::vector<std::string> const& permissions,
                                  std::optional<std::string> const& address, Instant now) {
    if (key.is_revoked) return Outcome::revoked;
    if (key.expires_at && *key.expires_at <= now) return Outcome::expired;
    if (key.is_disabled) return Outcome::disabled;
    if (!is_allowed_from(key.allowed_addresses, address.value_or(""))) return Outcome::forbidden_address;
    bool const may_all = std::all_of(permissions.begin(), permissions.end(), [&](std::string const& wanted) {
        return std::find(key.permissions.begin(), key.permissions.end(), wanted) != key.permissions.end();
    });
    return may_all ? std::nullopt : std::optional(Outcome::insufficient_permissions);
}

}  // namespace mainstay::keys
