#include "kernel/web/static_files.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mainstay::web {
namespace {

constexpr std::size_t hash_in_name = 8;

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> content_types{{
    {"html", "text/html; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"webmanifest", "application/manifest+json"},
    {"txt", "text/plain; charset=utf-8"},
    {"md", "text/markdown; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"ico", "image/x-icon"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"pdf", "application/pdf"},
    {"wasm", "application/wasm"},
    {"zip", "application/zip"},
}};

std::string hashed_name(StaticFile const& file) {
    auto const slash = file.path.rfind('/');
    auto const dot = file.path.rfind('.');
    auto const at = dot == std::string_view::npos || dot < slash ? file.path.size() : dot;
    return std::string(file.path.substr(0, at)) + "." + std::string(file.hash.substr(0, hash_in_name)) +
           std::string(file.path.substr(at));
}

// RFC 9110 section 12.4.2, in thousandths; malformed counts as 0, for then nothing is known of the wish.
int quality_of(std::string_view parameter) {
    parameter = trim(parameter);
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return 0;
    parameter.remove_prefix(2);
    if (parameter.empty() || parameter.size() > 5 || (parameter[0] != '0' && parameter[0] != '1')) return 0;
    int quality = (parameter[0] - '0') * 1000;
    if (parameter.size() > 1 && parameter[1] != '.') return 0;
    int weight = 100;
    for (std::size_t i = 2; i < parameter.size(); ++i, weight /= 10) {
        if (parameter[i] < '0' || parameter[i] > '9') return 0;
        quality += (parameter[i] - '0') * weight;
    }
    return std::min(quality, 1000);
}

// RFC 9110 section 13.1.2: weak comparison.
bool matches(std::string_view if_none_match, std::string_view etag) {
    for (std::string_view tag : split(if_none_match, ',')) {
        tag = trim(tag);
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == "*" || tag == etag) return true;
    }
    return false;
}

}  // namespace

StaticFiles::StaticFiles(std::span<StaticFile const> files) {
    for (StaticFile const& file : files) {
        entries_.emplace(hashed_name(file), Entry{&file, true});
        entries_.emplace(file.path, Entry{&file, false});
    }
}

std::optional<Response> StaticFiles::answer(RequestHead const& head) const {
    if (head.method != Method::get && head.method != Method::head) return std::nullopt;
    std::string path(head.path());
    if (path.ends_with('/')) path += "index.html";
    auto const found = entries_.find(path);
    if (found == entries_.end()) return std::nullopt;
    StaticFile const& file = *found->second.file;

    Coding const coding = choose_coding(head.header("accept-encoding"), !file.gzip.empty(), !file.brotli.empty());
    std::string etag = "\"" + std::string(file.hash);
    if (coding == Coding::brotli) etag += "-br";
    if (coding == Coding::gzip) etag += "-gz";
    etag += '"';

    Response response;
    response.headers = {
        {"Cache-Control", found->second.is_hashed ? "public, max-age=31536000, immutable" : "no-cache"},
        {"ETag", etag},
        {"Vary", "Accept-Encoding"},
        {"X-Content-Type-Options", "nosniff"},
    };
    if (matches(head.header("if-none-match"), etag)) {
        response.status = 304;
        return response;
    }
    response.headers.push_back({"Content-Type", std::string(content_type_of(file.path))});
    if (coding == Coding::identity) {
        response.static_body = file.plain;
    } else {
        response.headers.push_back({"Content-Encoding", coding == Coding::brotli ? "br" : "gzip"});
        response.static_body = coding == Coding::brotli ? file.brotli : file.gzip;
    }
    return response;
}

std::string StaticFiles::hashed_path(std::string_view path) const {
    auto const found = entries_.find(path);
    return found == entries_.end() ? std::string(path) : hashed_name(*found->second.file);
}

Coding choose_coding(std::string_view accept_encoding, bool has_gzip, bool has_brotli) {
    std::optional<int> gzip;
    std::optional<int> brotli;
    std::optional<int> identity;
    std::optional<int> any;
    for (std::string_view const item : split(accept_encoding, ',')) {
        auto const semicolon = item.find(';');
        std::string_view const name = trim(item.substr(0, semicolon));
        int const quality = semicolon == std::string_view::npos ? 1000 : quality_of(item.substr(semicolon + 1));
        if (equals_ignoring_case(name, "gzip") || equals_ignoring_case(name, "x-gzip")) gzip = quality;
        if (equals_ignoring_case(name, "br")) brotli = quality;
        if (equals_ignoring_case(name, "identity")) identity = quality;
        if (name == "*") any = quality;
    }
    // Identity is acceptable unless refused, but whoever names a coding would rather have that.
    int best = identity.value_or(0);
    Coding coding = Coding::identity;
    auto const consider = [&](Coding candidate, bool exists, std::optional<int> quality) {
        int const wished = quality.value_or(any.value_or(0));
        if (!exists || wished == 0 || wished < best) return;
        best = wished;
        coding = candidate;
    };
    consider(Coding::gzip, has_gzip, gzip);
    consider(Coding::brotli, has_brotli, brotli);
    return coding;
}

std::string_view content_type_of(std::string_view path) {
    auto const dot = path.rfind('.');
    std::string const extension = dot == std::string_view::npos ? "" : lower_ascii(path.substr(dot + 1));
    auto const found = std::find_if(content_types.begin(), content_types.end(),
                                    [&](auto const& row) { return row.first == extension; });
    return found == content_types.end() ? "application/octet-stream" : found->second;
}

}  // namespace mainstay::web
