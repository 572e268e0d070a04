// AES-256-GCM under one key. Within secrets alone.
#pragma once
#include "kernel/secrets/master_keys.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mainstay::secrets {

// A random nonce of 96 bits, the ciphertext and a tag of 128 bits, as base64url. It opens with the same `about` alone.
std::string encrypt(Key const&, std::string_view about, std::string_view plain);
std::optional<std::string> decrypt(Key const&, std::string_view about, std::string_view encrypted);

}  // namespace mainstay::secrets
