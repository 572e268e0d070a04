#include "base/csv.hpp"

namespace mainstay {
namespace {

constexpr std::string_view formula_starts("=+-@\t\r\0", 7);
constexpr std::string_view quoted_for(",\"\r\n", 4);

}  // namespace

void append_csv_cell(std::string_view text, std::string& out) {
    bool const is_formula = !text.empty() && formula_starts.find(text.front()) != std::string_view::npos;
    bool const is_quoted = text.find_first_of(quoted_for) != std::string_view::npos;
    if (is_quoted) out += '"';
    if (is_formula) out += '\'';
    for (char const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    if (is_quoted) out += '"';
}

void append_csv_line(std::initializer_list<std::string_view> cells, std::string& out) {
    bool is_first = true;
    for (auto const cell : cells) {
        if (!is_first) out += ',';
        is_first = false;
        append_csv_cell(cell, out);
    }
    out += "\r\n";
}

}  // namespace mainstay
