#include "platform/identity/access_tokens.hpp"

#include <algorithm>
#include <array>

namespace mainstay::identity {
namespace {

using fields::field;

constexpr std::string_view token_type = "at+jwt";  // RFC 9068 section 2.1
constexpr std::array<std::string_view, 1> token_types{token_type};
constexpr std::array<jwt::Algorithm, 1> algorithms{jwt::Algorithm::es256};
constexpr Duration node_leeway = seconds(5);  // that another node's clock may be ahead

// The claims of RFC 9068 section 2.2, and the session.
struct Claims {
    std::string iss, aud, sub, sid, client_id, jti;
    std::int64_t iat = 0, exp = 0;
};
fields::Table const& table_of(Claims const*) {
    static fields::Table const table{
        "AccessTokenClaims",
        {field("iss", &Claims::iss, ""), field("aud", &Claims::aud, ""), field("sub", &Claims::sub, ""),
         field("sid", &Claims::sid, ""), field("client_id", &Claims::client_id, ""), field("jti", &Claims::jti, ""),
         field("iat", &Claims::iat, ""), field("exp", &Claims::exp, "")}};
    return table;
}

std::string audience_of(std::string_view issuer) {
    return std::string(issuer) + "/api/v1";
}

SigningKey signing_key(Needs const& needs, Database& database) {
    auto const scope = installation_scope("the key that signs access tokens", {});
    auto found = database.read(scope, [&](Snapshot& snapshot) { return find_signing_key(snapshot, needs.secrets); });
    if (found) return std::move(*found);
    return database.write(scope, [&](Transaction& tx) {
        auto meanwhile = find_signing_key(tx, needs.secrets);
        return meanwhile ? std::move(*meanwhile) : make_signing_key(tx, needs.secrets);
    });
}

}  // namespace

std::string make_access_token(Needs const& needs, Database& database, UserId user, SessionId session) {
    SigningKey const signer = signing_key(needs, database);
    Instant const now = needs.clock.now();
    std::int64_t const now_s = now.us / 1'000'000;
    Claims const claims{needs.public_url,
                        audience_of(needs.public_url),
                        user.to_string(),
                        session.to_string(),
                        "mainstay",
                        Id<"jti">::make(now).to_string(),
                        now_s,
                        now_s + access_token_kept.us / 1'000'000};
    return jwt::make_token(signer.key, token_type, signer.id.to_string(), fields::to_json(claims));
}

bool is_access_token(std::string_view text) {
    return text.starts_with("eyJ") && text.size() <= access_token_bytes_max &&
           std::count(text.begin(), text.end(), '.') == 2;
}

std::optional<SessionFacts> find_session_by_access_token(Snapshot& snapshot, std::string_view issuer,
                                                         std::string_view text) {
    auto const header = jwt::read_header(text, algorithms);
    auto const* const readable = std::get_if<jwt::Header>(&header);
    auto const key_id = readable != nullptr ? SigningKeyId::parse(readable->key_id) : std::nullopt;
    auto const key = key_id ? find_public_key(snapshot, *key_id) : std::nullopt;
    if (!key) return std::nullopt;
    std::string const audience = audience_of(issuer);
    auto const read = jwt::verify(text, *key,
                                  {.algorithms = algorithms,
                                   .types = token_types,
                                   .issuer = issuer,
                                   .audience = audience,
                                   .now = snapshot.now(),
                                   .leeway = node_leeway,
                                   .age_max = access_token_kept + node_leeway});
    auto const* const token = std::get_if<jwt::Token>(&read);
    if (token == nullptr || token->expires_at <= snapshot.now()) return std::nullopt;
    auto const session = SessionId::parse(token->text("sid"));
    auto const user = UserId::parse(token->text("sub"));
    auto facts = session && user ? find_session_of_tokens(snapshot, *session, *user) : std::nullopt;
    if (facts) facts->expires_at = std::min(facts->expires_at, token->expires_at);
    return facts;
}

}  // namespace mainstay::identity
