#include "app/pages.hpp"

#include "app/error_page.hpp"

#include <algorithm>
#include <array>

namespace mainstay::web {
std::span<StaticFile const> dashboard_static_files();
std::span<StaticFile const> pages_static_files();
std::span<StaticFile const> swagger_static_files();
}  // namespace mainstay::web

namespace mainstay::app {
namespace {

// All that the dashboard is made of comes from here: neither a script nor a style stands in its HTML.
constexpr std::string_view page_policy =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

// Swagger UI sets styles on elements and draws its icons from data: addresses.
constexpr std::string_view reference_policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

constexpr std::string_view page_headers[][2] = {{"Cross-Origin-Opener-Policy", "same-origin"},
                                                {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}};

// First parts of the addresses that web/src/app/router.tsx has pages for.
constexpr std::array<std::string_view, 20> dashboard_places{
    "login", "single-sign-on", "signup",     "verify", "forgot",   "reset", "invitation",
    "setup", "home",           "migrations", "usage",  "jobs",     "runs",  "keys",
    "team",  "schedules",      "audit",      "admin",  "settings", "ui"};

// Where the bundler puts what it names by its content, so that it may be kept for ever.
constexpr std::string_view bundle_folder = "/assets/";
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";

bool is_of_dashboard(std::string_view path) {
    if (!path.starts_with('/')) return false;
    std::string_view const place = path.substr(1, path.find('/', 1) - 1);
    return std::find(dashboard_places.begin(), dashboard_places.end(), place) != dashboard_places.end();
}

void keep_for_ever(web::Response& response) {
    for (web::Header& header : response.headers)
        if (header.name == "Cache-Control") header.value = for_ever;
}

// What people type is no file's name: /docs is a folder, and each place of the dashboard its one page.
std::string file_of(std::string_view path) {
    if (path == "/docs") return "/docs/";
    if (is_of_dashboard(path)) return "/index.html";
    return std::string(path);
}

}  // namespace

Pages::Pages()
    : dashboard_(web::dashboard_static_files()),
      files_(web::pages_static_files()),
      reference_(web::swagger_static_files()) {}

std::optional<web::Response> Pages::answer(web::RequestHead const& head) const {
    auto response = head.path() == "/docs/errors" ? errors(head) : file(head);
    if (!response) return std::nullopt;
    if (head.path().starts_with(bundle_folder)) keep_for_ever(*response);
    bool const is_reference = head.path() == "/docs" || head.path().starts_with("/docs/");
    response->headers.push_back(
        {"Content-Security-Policy", std::string(is_reference ? reference_policy : page_policy)});
    for (auto const& [name, value] : page_headers) response->headers.push_back({std::string(name), std::string(value)});
    return response;
}

std::optional<web::Response> Pages::file(web::RequestHead const& head) const {
    web::RequestHead asked = head;
    asked.target = file_of(head.path());
    for (auto const* files : {&dashboard_, &files_, &reference_})
        if (auto response = files->answer(asked)) return response;
    return std::nullopt;
}

std::optional<web::Response> Pages::errors(web::RequestHead const& head) const {
    if (head.method != web::Method::get && head.method != web::Method::head) return std::nullopt;
    web::Response response;
    response.headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-cache"}};
    response.body = errors_;
    return response;
}

void Pages::set_errors(std::span<ErrorCode const* const> codes) {
    errors_ = error_page(codes);
}

}  // namespace mainstay::app
