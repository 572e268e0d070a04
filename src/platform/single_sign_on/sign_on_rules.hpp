// What is decided of single sign-on without input or output. Within the module alone.
#pragma once
#include "kernel/jwt/jwt.hpp"
#include "platform/single_sign_on/single_sign_on_store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mainstay::single_sign_on {

// What follows from the token of a sign-in that was begun; none of it is stored.
struct Begun {
    std::string state, nonce, verifier, challenge;
};
Begun begun_by(std::string_view token);

// What a provider says of itself (OpenID Connect Discovery section 4.2), checked.
struct Metadata {
    std::string issuer, authorization_endpoint, token_endpoint, jwks_uri;
    bool says_issuer = false;           // in its answers to the browser (RFC 9207)
    bool takes_secret_in_body = false;  // client_secret_post, where it does not take client_secret_basic
};
// Nothing for what is of another issuer, lacks something, or names addresses that are not taken.
std::optional<Metadata> read_metadata(std::string_view json, std::string_view issuer, bool needs_tls);
// Nothing behind a host and a path: no query, fragment, user or white space.
bool is_issuer(std::string_view url, bool needs_tls);
std::string metadata_url(std::string_view issuer);

std::string authorization_url(Metadata const&, std::string_view client_id, std::string_view redirect_uri, Begun const&);

struct TokenRequest {
    std::string body;
    std::string authorization;  // empty: the secret is in the body
};
TokenRequest token_request(Metadata const&, std::string_view client_id, std::string_view client_secret,
                           std::string_view redirect_uri, std::string_view code, Begun const&);
// The id_token of an answer; nothing for what is none.
std::optional<std::string> read_id_token(std::string_view json);

// What a verified id_token says of a person.
struct Statement {
    std::string subject;
    std::optional<Email> email;  // in lower case
    bool is_email_verified = false;
    std::string name;
    std::vector<std::string> role_values;  // of the provider's role claim
};
inline constexpr std::size_t subject_max = 255;  // Core section 2
inline constexpr std::size_t role_values_max = 200;
// Nothing when the nonce is another, the token is for another client (azp), or there is no subject.
std::optional<Statement> read_statement(jwt::Token const&, Provider const&, std::string_view nonce);

// The first of the provider's rows that fits, else its default; never the owner.
tenants::Role role_of(Provider const&, Statement const&);

std::string domain_of(Email const&);  // in lower case
bool is_of_domains(Provider const&, Email const&);

}  // namespace mainstay::single_sign_on
