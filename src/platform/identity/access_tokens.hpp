// Access tokens of sessions that are no browser's: JWTs (RFC 9068), signed with ES256 by a key of the installation.
// They name the session, which is looked up as a cookie's is; so they end with it. Within identity alone.
#pragma once
#include "kernel/jwt/jwt.hpp"
#include "platform/identity/identity_store.hpp"

namespace mainstay::identity {

using SigningKeyId = Id<"sgk">;

inline constexpr std::size_t access_token_bytes_max = 2'048;
inline constexpr Duration signing_key_kept = hours(1);  // behind its age: longer than its last token lasts

// Lasts for access_token_kept. A new key is made when there is none that is young enough.
std::string make_access_token(Needs const&, Database&, UserId, SessionId);

struct SigningKey {
    SigningKeyId id;
    jwt::PrivateKey key;
};

// --- in access_tokens_store.cpp ------------------------------------------------------------------------------------

// In the installation's scope. The newest, unless it is too old to sign.
std::optional<SigningKey> find_signing_key(Snapshot&, secrets::Secrets const&);
// Also removes those whose last token has ended.
SigningKey make_signing_key(Transaction&, secrets::Secrets const&);
std::optional<jwt::PublicKey> find_public_key(Snapshot& system, SigningKeyId);

}  // namespace mainstay::identity
