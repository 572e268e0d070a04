// What the parser has to say about a script, in the manner of a good compiler: a code with a page of its own, a place,
// the line as written, and what to do about it.
#pragma once
#include "products/migrate/tsql/source.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mainstay::tsql {

enum class Severity : std::uint8_t { note, warning, error };

std::string_view name_of(Severity);

// One row of the table of codes. The documentation has a page for each.
struct DiagnosticCode {
    std::string_view code;  // "TSQL1203"; never changed once released
    Severity severity;
    std::string_view title;
    std::string_view explanation;
    std::string_view help;  // the suggested rewrite or the next step
};

struct Diagnostic {
    DiagnosticCode const* code;
    std::string file;
    Position position;
    std::uint32_t length;  // in characters, within the first line
    std::string message;
    std::string source_line;          // around the place, where the line is a long one
    std::uint32_t source_column = 1;  // the column in which source_line begins

    Severity severity() const { return code->severity; }
};

// The message, its place, the line with a caret under the place, and the help. Several lines, each ended by \n.
std::string render(Diagnostic const&);

// Every code there is, by rising number.
std::span<DiagnosticCode const* const> diagnostic_codes();

}  // namespace mainstay::tsql
