// Answers requests for files that are compiled into the program (mainstay_embed_static in cmake/MainstayStatic.cmake):
// compressed as the client likes best, never sent twice when it has them, never sniffed.
#pragma once
#include "kernel/web/edge.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mainstay::web {

struct StaticFile {
    std::string_view path;  // "/docs/assets/app.js"
    std::string_view plain;
    std::string_view gzip;  // empty where it would not be smaller; so is brotli
    std::string_view brotli;
    std::string_view hash;  // 16 hexadecimal digits of the content's SHA-256
};

class StaticFiles {
public:
    // The files live as long as the program.
    explicit StaticFiles(std::span<StaticFile const>);

    // The file at the request's path (index.html where that ends with a slash), or nothing; also nothing for methods
    // other than GET and HEAD.
    std::optional<Response> answer(RequestHead const&) const;

    // "/docs/assets/app.0f3c9a2b.js" for "/docs/assets/app.js": names this very content, so that it may be kept for
    // ever. The path itself where there is no such file.
    std::string hashed_path(std::string_view path) const;

private:
    struct Entry {
        StaticFile const* file = nullptr;
        bool is_hashed = false;
    };
    std::map<std::string, Entry, std::less<>> entries_;
};

enum class Coding { identity, gzip, brotli };

// What Accept-Encoding asks for among what there is (RFC 9110 section 12.5.3). Of equal ones the densest; identity
// where nothing suits, since a file nobody can read helps less than one a client did not ask for.
Coding choose_coding(std::string_view accept_encoding, bool has_gzip, bool has_brotli);

std::string_view content_type_of(std::string_view path);

}  // namespace mainstay::web
