// Diagnostics with their place and their line. However long the line and however many there are, memory stays bounded.
#include "products/migrate/tsql/diagnostic_sink.hpp"

#include "base/text.hpp"
#include "products/migrate/tsql/diagnostic_codes.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace mainstay::tsql {

namespace {

// A line of a data script may have megabytes; a diagnostic keeps this much of it, half before the place.
constexpr std::size_t max_kept_characters = 160;

bool starts_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::size_t skip_characters(std::string_view text, std::size_t from, std::size_t count) {
    while (from < text.size() && count > 0) {
        ++from;
        while (from < text.size() && !starts_character(text[from])) ++from;
        --count;
    }
    return from;
}

}  // namespace

Diagnostic make_diagnostic(Source const& source, DiagnosticCode const& code, Span span, std::string message) {
    auto const position = source.position(span.begin);
    auto const line = source.line_text(position.line);
    std::uint32_t first = 1;
    if (position.column > max_kept_characters / 2)
        first = position.column - static_cast<std::uint32_t>(max_kept_characters / 2);
    auto const begin = skip_characters(line, 0, first - 1);
    auto const end = skip_characters(line, begin, max_kept_characters);
    auto const place = source.text().substr(std::min<std::size_t>(span.begin, source.text().size()),
                                            std::min<std::size_t>(span.end - span.begin, max_kept_characters));
    auto const in_line = place.substr(0, place.find_first_of("\r\n"));
    auto const length = std::count_if(in_line.begin(), in_line.end(), starts_character);
    return {&code,
            source.file(),
            position,
            std::max(1U, static_cast<std::uint32_t>(length)),
            std::move(message),
            std::string(line.substr(begin, end - begin)),
            first};
}

void DiagnosticSink::add(DiagnosticCode const& code, Span span, std::string message) {
    ++counts_[static_cast<std::size_t>(code.severity)];
    if (diagnostics_.size() >= max_diagnostics) {
        ++dropped_;
        return;
    }
    diagnostics_.push_back(make_diagnostic(source_, code, span, std::move(message)));
}

std::vector<Diagnostic> DiagnosticSink::take() {
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](Diagnostic const& a, Diagnostic const& b) {
        return std::tie(a.position.line, a.position.column) < std::tie(b.position.line, b.position.column);
    });
    if (dropped_ > 0) {
        auto const end = static_cast<std::uint32_t>(source_.text().size());
        diagnostics_.push_back(make_diagnostic(source_, codes::too_many_diagnostics, {end, end},
                                               std::to_string(dropped_) + " further diagnostics are not shown"));
        ++counts_[static_cast<std::size_t>(Severity::note)];
    }
    return std::move(diagnostics_);
}

}  // namespace mainstay::tsql
