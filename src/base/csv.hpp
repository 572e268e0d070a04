// Comma-separated values (RFC 4180), safe to open in a spreadsheet.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace mainstay {

inline constexpr std::string_view csv_content_type = "text/csv; charset=utf-8";

// One cell of a text. What a spreadsheet would take for a formula (a first = + - @, tab, carriage return or NUL; ASVS
// 1.2.10) gets an apostrophe before it.
void append_csv_cell(std::string_view text, std::string& out);

// Cells with their commas and the line's end (CR LF).
void append_csv_line(std::initializer_list<std::string_view> cells, std::string& out);

}  // namespace mainstay
