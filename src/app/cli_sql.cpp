// mainstay sql parse: what the T-SQL parser makes of files, for people and as a report.
#include "app/cli.hpp"
#include "products/migrate/migrate.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

namespace mainstay::app {
namespace {

using fields::field;

struct ParseError {
    std::string file;
    std::int64_t line = 0;
    std::int64_t column = 0;
    std::string code;
    std::string severity;
    std::string message;
};
fields::Table const& table_of(ParseError const*) {
    static fields::Table const table{
        "ParseError",
        {field("file", &ParseError::file, ""), field("line", &ParseError::line, ""),
         field("column", &ParseError::column, ""), field("code", &ParseError::code, ""),
         field("severity", &ParseError::severity, ""), field("message", &ParseError::message, "")}};
    return table;
}

struct ParseReport {
    std::int64_t files = 0;
    std::int64_t batches = 0;
    std::int64_t statements = 0;
    std::int64_t parsed = 0;
    std::int64_t skipped = 0;
    std::int64_t broken = 0;
    std::vector<ParseError> errors;
};
fields::Table const& table_of(ParseReport const*) {
    static fields::Table const table{
        "ParseReport",
        {field("files", &ParseReport::files, ""), field("batches", &ParseReport::batches, ""),
         field("statements", &ParseReport::statements, ""), field("parsed", &ParseReport::parsed, ""),
         field("skipped", &ParseReport::skipped, ""), field("broken", &ParseReport::broken, ""),
         field("errors", &ParseReport::errors, "")}};
    return table;
}

void add_file(ParseReport& report, std::string const& name, std::string const& bytes, bool is_shown) {
    auto const result = tsql::parse_bytes(name, bytes);
    auto const number = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    report.files += 1;
    report.batches += number(result.counts.batches);
    report.statements += number(result.counts.statements);
    report.parsed += number(result.counts.parsed);
    report.skipped += number(result.counts.skipped);
    report.broken += number(result.counts.broken);
    for (auto const& diagnostic : result.diagnostics) {
        if (diagnostic.severity() != tsql::Severity::error) continue;
        report.errors.push_back({diagnostic.file, diagnostic.position.line, diagnostic.position.column,
                                 std::string(diagnostic.code->code), std::string(tsql::name_of(diagnostic.severity())),
                                 diagnostic.message});
        if (is_shown) std::cout << tsql::render(diagnostic) << '\n';
    }
}

}  // namespace

std::string read_file(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in || std::filesystem::is_directory(path))
        throw Fault(errors::not_found, "The file " + path.string() + " cannot be read.");
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(std::filesystem::path const& path, std::string const& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw Fault(errors::internal_error, "The file " + path.string() + " cannot be written.");
}

int parse_sql(std::vector<std::string> const& files, std::string const& report_file, bool as_json) {
    ParseReport report;
    for (std::string const& file : files) add_file(report, file, read_file(file), !as_json);
    if (!report_file.empty()) write_file(report_file, fields::to_json(report) + '\n');
    if (as_json) {
        std::cout << fields::to_json(report) << '\n';
    } else {
        std::cout << report.files << " files, " << report.batches << " batches, " << report.statements
                  << " statements: " << report.parsed << " parsed, " << report.skipped << " skipped, " << report.broken
                  << " broken; " << report.errors.size() << " errors\n";
    }
    return report.errors.empty() ? exit_done : exit_failed;
}

}  // namespace mainstay::app
