#include "app/pages.hpp"

#include "app/error_page.hpp"

#include <algorithm>
#include <array>

namespace mainstay::web {
std::span<StaticFile const> pages_static_files();
std::span<StaticFile const> swagger_static_files();
}  // namespace mainstay::web

namespace mainstay::app {
namespace {

// Swagger UI sets styles on elements and draws its icons from data: addresses.
constexpr std::string_view page_policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

constexpr std::string_view page_headers[][2] = {{"Content-Security-Policy", page_policy},
                                                {"Cross-Origin-Opener-Policy", "same-origin"},
                                                {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}};

constexpr std::array<std::string_view, 9> pages{"/setup",  "/login", "/signup",     "/verify", "/single-sign-on",
                                                "/forgot", "/reset", "/invitation", "/mail"};

// What people type for a page: pages and /docs are files of other names.
std::string file_of(std::string_view path) {
    if (path == "/docs") return "/docs/";
    bool const is_page = std::find(pages.begin(), pages.end(), path) != pages.end();
    return std::string(path) + (is_page ? ".html" : "");
}

}  // namespace

Pages::Pages() : files_(web::pages_static_files()), reference_(web::swagger_static_files()) {}

std::optional<web::Response> Pages::answer(web::RequestHead const& head) const {
    auto response = head.path() == "/docs/errors" ? errors(head) : file(head);
    if (!response) return std::nullopt;
    for (auto const& [name, value] : page_headers) response->headers.push_back({std::string(name), std::string(value)});
    return response;
}

std::optional<web::Response> Pages::file(web::RequestHead const& head) const {
    web::RequestHead asked = head;
    asked.target = file_of(head.path());
    auto response = files_.answer(asked);
    return response ? response : reference_.answer(asked);
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
