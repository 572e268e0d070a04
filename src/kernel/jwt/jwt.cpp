// Tokens in their compact form.
#include "kernel/jwt/jwt.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace mainstay::jwt {
namespace {

// Rules or keys that a token would bring along (RFC 7515 section 4.1, RFC 8725 section 3.10).
constexpr std::string_view headers_refused[]{"crit", "jku", "jwk", "x5u"};
constexpr double seconds_max = 253'402'300'799;  // the end of the year 9999

struct Parts {
    std::string_view header, claims, signature, signed_text;
};

std::optional<Parts> parts_of(std::string_view token) {
    if (token.size() > token_bytes_max) return std::nullopt;
    auto const parts = split(token, '.');
    if (parts.size() != 3) return std::nullopt;
    return Parts{parts[0], parts[1], parts[2], token.substr(0, parts[0].size() + 1 + parts[1].size())};
}

std::optional<std::string> decoded(std::string_view base64url) {
    auto const bytes = from_base64url(base64url);
    if (!bytes) return std::nullopt;
    return std::string(bytes->begin(), bytes->end());
}

bool read_object(std::string_view base64url, json::Document& document) {
    auto const text = decoded(base64url);
    return text && !document.parse(*text) && document.root().type == json::Node::Type::object;
}

std::string_view text_of(json::Node const& object, std::string_view name) {
    json::Node const* const found = object.find(name);
    return found != nullptr && found->type == json::Node::Type::string ? found->string : std::string_view();
}

std::optional<std::string> bytes_of(json::Node const& object, std::string_view name) {
    auto const text = text_of(object, name);
    return text.empty() ? std::nullopt : decoded(text);
}

std::optional<Algorithm> algorithm_of(std::string_view name) {
    if (name == "ES256") return Algorithm::es256;
    if (name == "RS256") return Algorithm::rs256;
    return std::nullopt;
}

std::optional<Instant> time_of(json::Node const& claims, std::string_view name) {
    json::Node const* const found = claims.find(name);
    if (found == nullptr || (found->type != json::Node::Type::integer && found->type != json::Node::Type::real))
        return std::nullopt;
    if (!(found->real >= 0 && found->real <= seconds_max)) return std::nullopt;
    return Instant{static_cast<std::int64_t>(std::floor(found->real)) * 1'000'000};
}

bool is_for(json::Node const& claims, std::string_view audience) {
    json::Node const* const found = claims.find("aud");
    if (found == nullptr) return false;
    if (found->type == json::Node::Type::string) return found->string == audience;
    return std::ranges::any_of(found->items, [&](json::Node const& item) {
        return item.type == json::Node::Type::string && item.string == audience;
    });
}

std::optional<Refusal> fault_of(json::Node const& claims, Expected const& expected, Token& token) {
    if (text_of(claims, "iss") != expected.issuer) return Refusal::issuer;
    if (!is_for(claims, expected.audience)) return Refusal::audience;
    auto const expires_at = time_of(claims, "exp"), issued_at = time_of(claims, "iat");
    if (!expires_at || !issued_at) return Refusal::malformed;
    if (*expires_at + expected.leeway <= expected.now || *issued_at + expected.age_max <= expected.now)
        return Refusal::expired;
    if (*issued_at > expected.now + expected.leeway) return Refusal::not_yet;
    if (claims.find("nbf") != nullptr) {
        auto const from = time_of(claims, "nbf");
        if (!from) return Refusal::malformed;
        if (*from > expected.now + expected.leeway) return Refusal::not_yet;
    }
    token.issued_at = *issued_at;
    token.expires_at = *expires_at;
    return std::nullopt;
}

std::optional<PublicKey> read_key(json::Node const& key) {
    bool const is_for_signatures = key.find("use") == nullptr || text_of(key, "use") == "sig";
    if (!is_for_signatures) return std::nullopt;
    auto const kind = text_of(key, "kty"), algorithm = text_of(key, "alg");
    if (kind == "EC" && text_of(key, "crv") == "P-256" && (algorithm.empty() || algorithm == "ES256")) {
        auto const x = bytes_of(key, "x"), y = bytes_of(key, "y");
        return x && y ? PublicKey::of_p256(*x, *y) : std::nullopt;
    }
    if (kind == "RSA" && (algorithm.empty() || algorithm == "RS256")) {
        auto const n = bytes_of(key, "n"), e = bytes_of(key, "e");
        return n && e ? PublicKey::of_rsa(*n, *e) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::malformed: return "malformed";
        case Refusal::algorithm: return "algorithm";
        case Refusal::header: return "header";
        case Refusal::key: return "key";
        case Refusal::signature: return "signature";
        case Refusal::type: return "type";
        case Refusal::issuer: return "issuer";
        case Refusal::audience: return "audience";
        case Refusal::expired: return "expired";
        case Refusal::not_yet: return "not_yet";
    }
    return "malformed";
}

std::string make_token(PrivateKey const& key, std::string_view type, std::string_view key_id, std::string_view claims) {
    std::string header = R"({"alg":"ES256","typ":)";
    json::write_string(type, header);
    header += ",\"kid\":";
    json::write_string(key_id, header);
    header += '}';
    auto const encoded = [](std::string_view text) {
        return to_base64url({reinterpret_cast<unsigned char const*>(text.data()), text.size()});
    };
    std::string const signed_text = encoded(header) + '.' + encoded(claims);
    return signed_text + '.' + encoded(key.sign(signed_text));
}

std::vector<NamedKey> read_key_set(json::Node const& set) {
    std::vector<NamedKey> keys;
    json::Node const* const list = set.find("keys");
    if (list == nullptr) return keys;
    for (json::Node const& item : list->items.first(std::min(list->items.size(), keys_max))) {
        auto const id = text_of(item, "kid");
        auto key = id.size() <= key_id_bytes_max ? read_key(item) : std::nullopt;
        if (key) keys.push_back({std::string(id), std::move(*key)});
    }
    return keys;
}

std::variant<Header, Refusal> read_header(std::string_view token, std::span<Algorithm const> taken) {
    auto const parts = parts_of(token);
    json::Document document;
    if (!parts || !read_object(parts->header, document)) return Refusal::malformed;
    json::Node const& root = document.root();
    auto const algorithm = algorithm_of(text_of(root, "alg"));
    if (!algorithm || std::ranges::find(taken, *algorithm) == taken.end()) return Refusal::algorithm;
    for (auto const name : headers_refused)
        if (root.find(name) != nullptr) return Refusal::header;
    auto const key_id = text_of(root, "kid");
    if (key_id.size() > key_id_bytes_max) return Refusal::malformed;
    return Header{*algorithm, lower_ascii(text_of(root, "typ")), std::string(key_id)};
}

std::string_view Token::text(std::string_view claim) const {
    return text_of(claims.root(), claim);
}

std::variant<Token, Refusal> verify(std::string_view text, PublicKey const& key, Expected const& expected) {
    auto const read = read_header(text, expected.algorithms);
    if (auto const* const refusal = std::get_if<Refusal>(&read)) return *refusal;
    auto const& header = std::get<Header>(read);
    if (header.algorithm != key.algorithm()) return Refusal::key;
    if (std::ranges::find(expected.types, header.type) == expected.types.end()) return Refusal::type;
    auto const parts = parts_of(text);
    auto const signature = decoded(parts->signature);
    if (!signature) return Refusal::malformed;
    if (!key.verifies(parts->signed_text, *signature)) return Refusal::signature;
    Token token;
    if (!read_object(parts->claims, token.claims)) return Refusal::malformed;
    if (auto const fault = fault_of(token.claims.root(), expected, token)) return *fault;
    return token;
}

}  // namespace mainstay::jwt
