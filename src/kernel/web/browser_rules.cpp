#include "kernel/web/browser_rules.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace mainstay::web {
namespace {

// What every reply says unless its endpoint says it otherwise; the last one over TLS alone.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> common_headers{
    {{"Cache-Control", "no-store"},
     {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
     {"X-Content-Type-Options", "nosniff"},
     {"Referrer-Policy", "no-referrer"},
     {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"}}};

// What scripts of other origins may read besides the headers that the Fetch standard lists.
constexpr std::string_view exposed_headers =
    "X-Request-Id, Retry-After, Location, Idempotent-Replayed, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";

std::string lines_of(std::size_t count) {
    std::string lines;
    for (std::size_t i = 0; i < count; ++i)
        lines.append(common_headers[i].first).append(": ").append(common_headers[i].second).append("\r\n");
    return lines;
}

bool has_header(Response const& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](Header const& header) { return equals_ignoring_case(header.name, name); });
}

// A host without its port; an IPv6 literal keeps its brackets.
std::string_view without_port(std::string_view host) {
    auto const bracket = host.rfind(']');
    auto const colon = host.rfind(':');
    if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return host;
    return host.substr(0, colon);
}

// Quotes and everything that could end the header's value are left out.
std::string quoted_file_name(std::string_view name) {
    std::string out;
    for (char const c : name)
        out += c == '"' || c == '\\' || c == '/' || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
    return '"' + out + '"';
}

}  // namespace

bool is_allowed_host(std::string_view host, std::vector<std::string> const& allowed) {
    std::string const name = lower_ascii(without_port(host));
    if (allowed.empty()) return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
    return std::find(allowed.begin(), allowed.end(), name) != allowed.end();
}

bool is_multipart(RequestHead const& head) {
    return lower_ascii(head.header("content-type").substr(0, 20)).starts_with("multipart/form-data");
}

void add_common_headers(Response& response, bool is_tls) {
    static std::string const lines = lines_of(common_headers.size() - 1),
                             lines_over_tls = lines_of(common_headers.size());
    auto const wanted = std::span(common_headers).first(common_headers.size() - (is_tls ? 0 : 1));
    if (std::none_of(wanted.begin(), wanted.end(), [&](auto const& one) { return has_header(response, one.first); })) {
        response.header_lines = is_tls ? lines_over_tls : lines;
        return;
    }
    for (auto const& [name, value] : wanted)
        if (!has_header(response, name)) response.headers.push_back({std::string(name), std::string(value)});
}

void add_cors_headers(Response& response, RequestHead const& head, bool is_allowed) {
    auto const origin = head.header("origin");
    if (origin.empty()) return;
    response.headers.push_back({"Vary", "Origin"});
    if (!is_allowed) return;
    response.headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
    response.headers.push_back({"Access-Control-Expose-Headers", std::string(exposed_headers)});
}

Response preflight(RequestHead const& head, std::vector<Method> const& methods, bool is_allowed) {
    Response response;
    response.status = 204;
    std::string allow = "OPTIONS";
    for (Method const method : methods) allow += ", " + std::string(to_string(method));
    response.headers.push_back({"Allow", allow});
    add_cors_headers(response, head, is_allowed);
    if (has_header(response, "Access-Control-Allow-Origin")) {
        response.headers.push_back({"Access-Control-Allow-Methods", allow});
        response.headers.push_back({"Access-Control-Allow-Headers",
                                    "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Tenant-ID"});
        response.headers.push_back({"Access-Control-Max-Age", "600"});
    }
    return response;
}

bool is_same_origin(RequestHead const& head) {
    auto const site = head.header("sec-fetch-site");
    if (!site.empty()) return site == "same-origin";
    auto const origin = head.header("origin");
    auto const scheme = origin.find("://");
    return scheme != std::string_view::npos && equals_ignoring_case(origin.substr(scheme + 3), head.header("host"));
}

std::string_view cookie(RequestHead const& head, std::string_view name) {
    for (Header const& header : head.headers) {
        if (!equals_ignoring_case(header.name, "cookie")) continue;
        for (auto const pair : split(header.value, ';')) {
            auto const trimmed = trim(pair);
            if (trimmed.size() > name.size() && trimmed.starts_with(name) && trimmed[name.size()] == '=')
                return trimmed.substr(name.size() + 1);
        }
    }
    return {};
}

Response to_response(Content content, int success) {
    Response response;
    response.status = content.status != 0 ? content.status : success;
    response.body = std::move(content.body);
    response.file = std::move(content.file);
    response.remove_file = content.remove_file;
    response.open = std::move(content.open);
    response.headers = std::move(content.headers);
    if (!content.content_type.empty()) response.headers.push_back({"Content-Type", content.content_type});
    response.headers.push_back({"Cache-Control", content.cache_control});
    if (!content.file_name.empty())
        response.headers.push_back(
            {"Content-Disposition", "attachment; filename=" + quoted_file_name(content.file_name)});
    return response;
}

}  // namespace mainstay::web
