#include "platform/single_sign_on/sign_on_rules.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

#include <algorithm>

namespace mainstay::single_sign_on {
namespace {

using Type = json::Node::Type;

constexpr std::size_t url_bytes_max = 2'048, name_bytes_max = 100;

std::string encoded(Sha256 const& hash) {
    return to_base64url(hash);
}

// With padding and the digits of RFC 4648 section 4, as HTTP Basic has it.
std::string base64(std::string_view text) {
    std::string out = to_base64url({reinterpret_cast<unsigned char const*>(text.data()), text.size()});
    std::ranges::replace(out, '-', '+');
    std::ranges::replace(out, '_', '/');
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

bool is_url(std::string_view url, bool needs_tls) {
    std::string_view const scheme = url.starts_with("https://") ? "https://" : "http://";
    if (!url.starts_with(scheme) || (needs_tls && scheme != "https://") || url.size() > url_bytes_max) return false;
    auto const rest = url.substr(scheme.size());
    auto const host = rest.substr(0, rest.find_first_of("/?"));
    return !host.empty() && host.find('@') == host.npos && std::ranges::all_of(rest, [](char c) {
        return c > 0x20 && c < 0x7F && std::string_view("\"#<>\\^`{|}").find(c) == std::string_view::npos;
    });
}

std::string_view text_of(json::Node const& object, std::string_view name) {
    json::Node const* const found = object.find(name);
    return found != nullptr && found->type == Type::string ? found->string : std::string_view();
}

bool is_true(json::Node const& object, std::string_view name) {
    json::Node const* const found = object.find(name);
    return found != nullptr && (found->type == Type::boolean ? found->boolean : found->string == "true");
}

bool has_text(json::Node const& object, std::string_view list, std::string_view text) {
    json::Node const* const found = object.find(list);
    return found != nullptr &&
           std::ranges::any_of(found->items, [&](json::Node const& item) { return item.string == text; });
}

bool is_printable_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// Core section 3.1.3.7: among several audiences the token says for whom it was made.
bool is_for_this_client(json::Node const& claims, Provider const& provider) {
    json::Node const* const audiences = claims.find("aud");
    json::Node const* const party = claims.find("azp");
    bool const has_several = audiences != nullptr && audiences->items.size() > 1;
    return party == nullptr ? !has_several : party->type == Type::string && party->string == provider.client_id;
}

std::vector<std::string> texts_of(json::Node const& claims, std::optional<std::string> const& name) {
    std::vector<std::string> texts;
    json::Node const* const found = name ? claims.find(*name) : nullptr;
    if (found == nullptr) return texts;
    if (found->type == Type::string) texts.emplace_back(found->string);
    for (auto const& item : found->items.first(std::min(found->items.size(), role_values_max)))
        if (item.type == Type::string) texts.emplace_back(item.string);
    return texts;
}

}  // namespace

Begun begun_by(std::string_view token) {
    Begun begun{encoded(hmac_sha256(token, "state")),
                encoded(hmac_sha256(token, "nonce")),
                encoded(hmac_sha256(token, "verifier")),
                {}};
    begun.challenge = encoded(sha256(begun.verifier));
    return begun;
}

bool is_issuer(std::string_view url, bool needs_tls) {
    return is_url(url, needs_tls) && url.find('?') == url.npos;
}

std::string metadata_url(std::string_view issuer) {
    if (issuer.ends_with('/')) issuer.remove_suffix(1);
    return std::string(issuer) + "/.well-known/openid-configuration";
}

std::optional<Metadata> read_metadata(std::string_view text, std::string_view issuer, bool needs_tls) {
    json::Document document;
    if (document.parse(text)) return std::nullopt;
    json::Node const& root = document.root();
    Metadata metadata{std::string(text_of(root, "issuer")), std::string(text_of(root, "authorization_endpoint")),
                      std::string(text_of(root, "token_endpoint")), std::string(text_of(root, "jwks_uri")),
                      is_true(root, "authorization_response_iss_parameter_supported")};
    if (metadata.issuer != issuer) return std::nullopt;
    for (auto const& url : {metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri})
        if (!is_url(url, needs_tls)) return std::nullopt;
    constexpr std::string_view methods = "token_endpoint_auth_methods_supported";
    metadata.takes_secret_in_body =
        has_text(root, methods, "client_secret_post") && !has_text(root, methods, "client_secret_basic");
    return metadata;
}

std::string authorization_url(Metadata const& metadata, std::string_view client_id, std::string_view redirect_uri,
                              Begun const& begun) {
    std::string url = metadata.authorization_endpoint;
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += "response_type=code&scope=openid%20email%20profile&code_challenge_method=S256";
    for (auto const& [name, value] : {std::pair<std::string_view, std::string_view>{"client_id", client_id},
                                      {"redirect_uri", redirect_uri},
                                      {"state", begun.state},
                                      {"nonce", begun.nonce},
                                      {"code_challenge", begun.challenge}})
        url += '&' + std::string(name) + '=' + percent_encode(value);
    return url;
}

TokenRequest token_request(Metadata const& metadata, std::string_view client_id, std::string_view client_secret,
                           std::string_view redirect_uri, std::string_view code, Begun const& begun) {
    TokenRequest request;
    request.body = "grant_type=authorization_code&code=" + percent_encode(code) +
                   "&redirect_uri=" + percent_encode(redirect_uri) + "&code_verifier=" + begun.verifier;
    if (metadata.takes_secret_in_body)
        request.body += "&client_id=" + percent_encode(client_id) + "&client_secret=" + percent_encode(client_secret);
    else
        request.authorization = "Basic " + base64(percent_encode(client_id) + ':' + percent_encode(client_secret));
    return request;
}

std::optional<std::string> read_id_token(std::string_view text) {
    json::Document document;
    if (document.parse(text)) return std::nullopt;
    auto const token = text_of(document.root(), "id_token");
    return token.empty() ? std::nullopt : std::optional<std::string>(token);
}

std::optional<Statement> read_statement(jwt::Token const& token, Provider const& provider, std::string_view nonce) {
    json::Node const& claims = token.claims.root();
    Statement statement;
    statement.subject = token.text("sub");
    bool const is_sound = !statement.subject.empty() && statement.subject.size() <= subject_max &&
                          is_printable_ascii(statement.subject) &&
                          equals_in_constant_time(token.text("nonce"), nonce) && is_for_this_client(claims, provider);
    if (!is_sound) return std::nullopt;
    if (auto const email = Email::parse(token.text("email"))) statement.email = Email{lower_ascii(email->text)};
    statement.is_email_verified = is_true(claims, "email_verified");
    statement.name = utf8_prefix(token.text("name"), name_bytes_max);
    bool const is_name_usable = !trim(statement.name).empty() && !has_control(statement.name);
    if (!is_name_usable && statement.email)
        statement.name = statement.email->text.substr(0, statement.email->text.rfind('@'));
    statement.role_values = texts_of(claims, provider.role_claim);
    return statement;
}

tenants::Role role_of(Provider const& provider, Statement const& statement) {
    GivenRole given = provider.default_role;
    for (RoleRow const& row : provider.roles)
        if (std::ranges::count(statement.role_values, row.value) > 0) {
            given = row.role;
            break;
        }
    switch (given) {
        case GivenRole::org_admin: return tenants::Role::org_admin;
        case GivenRole::billing_admin: return tenants::Role::billing_admin;
        case GivenRole::support_agent: return tenants::Role::support_agent;
        case GivenRole::user: return tenants::Role::user;
    }
    return tenants::Role::user;
}

std::string domain_of(Email const& email) {
    return lower_ascii(email.text.substr(email.text.rfind('@') + 1));
}

bool is_of_domains(Provider const& provider, Email const& email) {
    return std::ranges::count(provider.domains, domain_of(email)) > 0;
}

}  // namespace mainstay::single_sign_on
