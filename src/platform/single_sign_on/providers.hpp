// What is asked of providers over the network. Everything that they answer is hostile until it was checked; what does
// not come, or not as it should, is Fault(errors::provider_failed). Within the module alone.
#pragma once
#include "platform/single_sign_on/sign_on_rules.hpp"

namespace mainstay::single_sign_on {

Metadata metadata_of(Providers&, std::string const& issuer);
bool needs_tls(Providers&);

// Of those that sign for the issuer. A key that is not among those kept is asked for again, once in keys_pause. Nothing
// when there is none.
std::optional<jwt::PublicKey> key_of(Providers&, Metadata const&, jwt::Header const&);

// What the token endpoint gave for the code. Nothing when the provider refused it (a 400).
std::optional<std::string> exchange(Providers&, Metadata const&, TokenRequest const&);

}  // namespace mainstay::single_sign_on
