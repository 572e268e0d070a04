#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "platform/keys/keys.hpp"

#include <array>

namespace mainstay::keys {
namespace {

constexpr std::string_view head = "mk_";
constexpr std::size_t body_size = 40, checksum_size = 6;

std::string checksum_of(std::string_view text) {
    Sha256 const digest = sha256(text);
    Uuid first;
    std::copy_n(digest.begin(), first.size(), first.begin());
    std::string base32;
    append_base32(first, base32);
    return base32.substr(1, checksum_size);  // the first character carries three bits alone
}

}  // namespace

std::string new_secret() {
    // Two ids' worth of randomness, 125 bits each without their first characters, cut to 40 characters of 5 bits.
    std::string body;
    for (int i = 0; i < 2; ++i) {
        Uuid bytes;
        random_bytes(bytes);
        std::string base32;
        append_base32(bytes, base32);
        body += base32.substr(1);
    }
    std::string secret = std::string(head) + body.substr(0, body_size);
    return secret + checksum_of(secret);
}

bool has_valid_checksum(std::string_view secret) {
    if (secret.size() != head.size() + body_size + checksum_size || !secret.starts_with(head)) return false;
    return checksum_of(secret.substr(0, head.size() + body_size)) == secret.substr(head.size() + body_size);
}

}  // namespace mainstay::keys
