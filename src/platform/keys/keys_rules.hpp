// Decisions about keys, without input or output.
#pragma once
#include "platform/keys/keys.hpp"

namespace mainstay::keys {

// What is wrong with a key as it is asked for; pointers are those of the request's body.
std::vector<Problem> problems_of(NewKey const&, Instant now);
// The same of a change to a key.
std::vector<Problem> problems_of(Settings const&, Key const& before, Instant now);

// What a key would have that the key which makes or changes it has not, in words; scopes aside.
std::optional<std::string> what_exceeds(Settings const& wanted, Settings const& of_maker);

// What stands before the last underscore.
std::string prefix_of(std::string_view secret_or_shown);
std::string shown_of(std::string_view secret);  // its first characters

// The first moment of the next day or month, in UTC.
Instant next_refill(RefillInterval, Instant now);

std::vector<Network> networks_of(std::vector<std::string> const&);

// --- verification --------------------------------------------------------------------------------------------------

enum class Outcome {
    valid,
    not_found,
    revoked,
    expired,
    disabled,
    forbidden_address,
    insufficient_permissions,
    rate_limited,
    credits_exhausted
};
BOOST_DESCRIBE_ENUM(Outcome, valid, not_found, revoked, expired, disabled, forbidden_address, insufficient_permissions,
                    rate_limited, credits_exhausted)

// A customer's key as it is kept in memory, without its credits.
struct CustomerKey {
    KeyId id;
    std::optional<std::string> owner;
    std::vector<std::string> permissions;
    std::string metadata;
    std::vector<NamedLimit> limits;
    std::vector<Network> allowed_addresses;
    std::optional<Instant> expires_at;
    std::optional<Instant> works_until;  // of the secret that was presented
    bool is_disabled = false;
    bool is_revoked = false;
    bool has_credits = false;
};

// Why the key is refused whatever its limits and credits say.
std::optional<Outcome> refusal_of(CustomerKey const&, std::vector<std::string> const& permissions,
                                  std::optional<std::string> const& address, Instant now);

}  // namespace mainstay::keys
