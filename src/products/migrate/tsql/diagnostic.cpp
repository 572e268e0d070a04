// How a diagnostic looks, and the list of all codes.
#include "products/migrate/tsql/diagnostic.hpp"

#include "products/migrate/tsql/diagnostic_codes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace mainstay::tsql {

namespace {

constexpr std::array<DiagnosticCode const*, 24> all_codes = {
    &codes::not_text,
    &codes::broken_encoding,
    &codes::assumed_windows_1252,
    &codes::too_large,
    &codes::empty_file,
    &codes::unset_sqlcmd_variable,
    &codes::sqlcmd_command,
    &codes::bad_sqlcmd_command,
    &codes::bad_repeat,
    &codes::too_many_diagnostics,
    &codes::unclosed_string,
    &codes::unclosed_comment,
    &codes::unclosed_identifier,
    &codes::unknown_character,
    &codes::syntax_error,
    &codes::unexpected_end,
    &codes::too_deep,
    &codes::too_long_chain,
    &codes::stray_end,
    &codes::not_a_statement,
    &codes::number_out_of_range,
    &codes::too_many_errors,
    &codes::skipped_change,
    &codes::skipped_other,
};

bool starts_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

}  // namespace

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::note: return "note";
        case Severity::warning: return "warning";
        case Severity::error: return "error";
    }
    return "";
}

std::span<DiagnosticCode const* const> diagnostic_codes() {
    return all_codes;
}

std::string render(Diagnostic const& diagnostic) {
    auto const line = std::to_string(diagnostic.position.line);
    std::string const margin(line.size(), ' ');
    std::string out;
    out += name_of(diagnostic.severity());
    out += '[';
    out += diagnostic.code->code;
    out += "]: " + diagnostic.message + '\n';
    out += margin + "--> " + diagnostic.file + ':' + line + ':' + std::to_string(diagnostic.position.column) + '\n';

    auto const& shown = diagnostic.source_line;
    out += margin + " |\n" + line + " | " + shown + '\n' + margin + " | ";
    // Tabs are kept under tabs, so that the caret stands where the eye expects it.
    auto const before = diagnostic.position.column - diagnostic.source_column;
    std::size_t characters = 0;
    for (char const c : shown) {
        if (!starts_character(c)) continue;
        if (characters < before) out += c == '\t' ? '\t' : ' ';
        ++characters;
    }
    auto const room = characters > before ? characters - before : 1;
    out.append(std::clamp<std::size_t>(diagnostic.length, 1, room), '^');
    out += '\n' + margin + " = help: ";
    out += diagnostic.code->help;
    out += '\n';
    return out;
}

}  // namespace mainstay::tsql
