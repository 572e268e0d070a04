// Signed tokens (RFC 7515, 7519) and the keys that check them (RFC 7517): our own access tokens and what OpenID
// providers sign. The caller says which algorithms it takes, by whose key, for whom and of what type; the token has no
// say in any of it (RFC 8725). There are two algorithms, both with public keys, so that no public key can be taken for
// a shared secret.
#pragma once
#include "base/time.hpp"
#include "kernel/fields/fields.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

typedef struct evp_pkey_st EVP_PKEY;

namespace mainstay::jwt {

inline constexpr std::size_t token_bytes_max = 16u << 10;
inline constexpr std::size_t key_id_bytes_max = 256;
inline constexpr std::size_t keys_max = 64;  // of a set; what is behind them is not read
inline constexpr int rsa_bits_min = 2'048, rsa_bits_max = 8'192;
inline constexpr Duration clock_leeway = seconds(60);  // for tokens of others, whose clocks are not ours

enum class Algorithm { es256, rs256 };

// Belongs to one algorithm: no token can have it used by another.
class PublicKey {
public:
    // Nothing for what is no point of P-256, and for RSA of other sizes than rsa_bits_min to rsa_bits_max or with an
    // even or small exponent.
    static std::optional<PublicKey> of_p256(std::string_view x, std::string_view y);
    static std::optional<PublicKey> of_rsa(std::string_view n, std::string_view e);
    static std::optional<PublicKey> of_der(std::string_view subject_public_key_info);  // of P-256 alone

    Algorithm algorithm() const { return algorithm_; }
    bool verifies(std::string_view message, std::string_view signature) const;

private:
    PublicKey(Algorithm algorithm, std::shared_ptr<EVP_PKEY> key) : algorithm_(algorithm), key_(std::move(key)) {}
    Algorithm algorithm_;
    std::shared_ptr<EVP_PKEY> key_;
};

// Signs with ES256.
class PrivateKey {
public:
    static PrivateKey make();
    static std::optional<PrivateKey> of_der(std::string_view);
    std::string der() const;         // a secret
    std::string public_der() const;  // SubjectPublicKeyInfo
    std::string sign(std::string_view message) const;

private:
    explicit PrivateKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}
    std::shared_ptr<EVP_PKEY> key_;
};

// `claims` is a JSON object.
std::string make_token(PrivateKey const&, std::string_view type, std::string_view key_id, std::string_view claims);

struct NamedKey {
    std::string id;  // may be empty
    PublicKey key;
};
// Those of a JWK Set that sign and are understood here; the others are passed over (RFC 7517 section 5).
std::vector<NamedKey> read_key_set(json::Node const&);

// What a token says of itself before anything of it is believed: for choosing among keys that are known already.
struct Header {
    Algorithm algorithm;
    std::string type, key_id;  // may be empty
};

enum class Refusal {
    malformed,
    algorithm,  // none, or one that the caller does not take
    header,     // names a key or rules of its own: jku, jwk, x5u, crit
    key,        // not the one that it was signed with
    signature,
    type,
    issuer,
    audience,
    expired,
    not_yet,  // issued in the future, or not valid yet
};
std::string_view name_of(Refusal);

std::variant<Header, Refusal> read_header(std::string_view token, std::span<Algorithm const> taken);

struct Expected {
    std::span<Algorithm const> algorithms;
    std::span<std::string_view const> types;  // in lower case; an empty one among them: it may be left out
    std::string_view issuer, audience;
    Instant now;
    Duration leeway{};
    Duration age_max;  // since `iat`
};

// Claims of a token that passed every check: signature, `iss`, `aud` (alone or among others), `exp`, `iat`, `nbf`.
struct Token {
    json::Document claims;
    Instant issued_at, expires_at;

    std::string_view text(std::string_view claim) const;  // empty where it is none
};
std::variant<Token, Refusal> verify(std::string_view token, PublicKey const&, Expected const&);

}  // namespace mainstay::jwt
