#include "app/error_page.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace mainstay::app {
namespace {

constexpr std::string_view beginning = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Error codes of Mainstay</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main class="reference">
<div class="brand"><a href="/">Mainstay</a></div>
<h1>Error codes</h1>
<p>Every error of the API is <code>application/problem+json</code> (RFC 9457); its <code>code</code> is one of these.
Also as <a href="/docs/errors.md">Markdown</a>; the rest of the API is in the <a href="/docs">reference</a>.</p>
)";
constexpr std::string_view end = "</main>\n</body>\n</html>\n";

void put_escaped(std::string& out, std::string_view text) {
    for (char const c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
}

// What stands between backticks, which the table has for the Markdown, is code.
void put_text(std::string& out, std::string_view text) {
    while (true) {
        auto const tick = text.find('`');
        auto const closing = tick == std::string_view::npos ? tick : text.find('`', tick + 1);
        if (closing == std::string_view::npos) return put_escaped(out, text);
        put_escaped(out, text.substr(0, tick));
        out += "<code>";
        put_escaped(out, text.substr(tick + 1, closing - tick - 1));
        out += "</code>";
        text.remove_prefix(closing + 1);
    }
}

}  // namespace

std::string error_page(std::span<ErrorCode const* const> codes) {
    std::vector<ErrorCode const*> sorted(codes.begin(), codes.end());
    std::sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
    std::string out(beginning);
    for (ErrorCode const* code : sorted) {
        out += "<section id=\"";
        put_escaped(out, code->name);
        out += "\">\n<h2><a href=\"#";
        put_escaped(out, code->name);
        out += "\">";
        put_escaped(out, code->name);
        out += "</a> <span class=\"status\">" + std::to_string(code->status) + "</span></h2>\n<p><strong>";
        put_text(out, code->title);
        out += ".</strong> ";
        put_text(out, code->meaning);
        out += "</p>\n</section>\n";
    }
    out += end;
    return out;
}

}  // namespace mainstay::app
