// Digests, by OpenSSL.
#pragma once
#include <array>
#include <span>
#include <string_view>

namespace mainstay {

using Sha256 = std::array<unsigned char, 32>;

Sha256 sha256(std::string_view);
Sha256 hmac_sha256(std::string_view key, std::string_view message);

// In time that depends on the lengths alone.
bool equals_in_constant_time(std::string_view a, std::string_view b);

}  // namespace mainstay
