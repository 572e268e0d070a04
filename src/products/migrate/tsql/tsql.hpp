// T-SQL read into syntax trees. Scripts of any size and quality go in; every statement comes out as a tree, as skipped
// with its name, or as broken with a diagnostic, and none is lost.
#pragma once
#include "products/migrate/tsql/ast.hpp"
#include "products/migrate/tsql/diagnostic.hpp"
#include "products/migrate/tsql/source.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::tsql {

// Each is a limit on what a script may cost; crossing one gives a diagnostic, never a crash.
inline constexpr std::uint32_t max_nesting = 200;             // parentheses, subqueries, blocks within each other
inline constexpr std::uint32_t max_tree_height = 2'500;       // operators chained without parentheses count as well
inline constexpr std::size_t max_diagnostics = 1'000;         // of one script; more are counted, not kept
inline constexpr std::size_t max_broken_statements = 20'000;  // then the rest of the script is not read
inline constexpr std::uint32_t max_batch_repeat = 1'000'000;  // GO n

// Bytes of a file (UTF-8, UTF-16, with or without byte order mark) as a source.
struct Decoded {
    std::unique_ptr<Source> source;  // never nullptr; empty when the bytes are no text
    std::vector<Diagnostic> diagnostics;
};
Decoded decode(std::string file, std::string_view bytes);

struct SqlcmdVariable {
    std::string name;
    std::string value;
};

struct ParseOptions {
    std::vector<SqlcmdVariable> variables;  // as sqlcmd -v; a :setvar in the script goes before them
};

// A line for sqlcmd: `:setvar name value`, `:r file`, `:on error exit`, `!!command`.
struct SqlcmdLine {
    Span span;
    std::string_view command;   // "setvar", "r", "on", "!!"; lower case
    std::string_view argument;  // the rest of the line, trimmed
};

struct Counts {
    std::size_t batches = 0;
    std::size_t statements = 0;  // at every level: those in blocks and behind IF as well
    std::size_t parsed = 0;
    std::size_t skipped = 0;
    std::size_t broken = 0;
    std::size_t errors = 0;  // diagnostics of severity error
    std::size_t warnings = 0;
    std::size_t notes = 0;
};

// Trees, the arena they stand in and the source they point at. Moving it leaves them where they are.
struct ParseResult {
    std::unique_ptr<Source const> source;
    std::unique_ptr<Arena> arena;
    List<Batch> batches;
    std::vector<SqlcmdLine> sqlcmd_lines;
    std::vector<Diagnostic> diagnostics;
    Counts counts;

    std::string_view text(Span span) const { return source->text().substr(span.begin, span.end - span.begin); }
    std::string_view text(Node const& node) const { return text(node.span); }
};

ParseResult parse(std::unique_ptr<Source>, ParseOptions const& = {});

// decode() and parse() in one; diagnostics of both.
ParseResult parse_bytes(std::string file, std::string_view bytes, ParseOptions const& = {});

// Calls visit(Statement const&) for every statement, those in blocks and behind IF after the one that holds them.
template <class Visit>
void for_each_statement(List<Statement const*> statements, Visit&& visit) {
    for (auto const* statement : statements) {
        visit(*statement);
        if (auto const* block = as<Block>(statement)) {
            for_each_statement(block->statements, visit);
            for_each_statement(block->handler, visit);
        } else if (auto const* conditional = as<If>(statement)) {
            for_each_statement({&conditional->then_statement, 1}, visit);
            if (conditional->else_statement != nullptr) for_each_statement({&conditional->else_statement, 1}, visit);
        }
    }
}

template <class Visit>
void for_each_statement(ParseResult const& result, Visit&& visit) {
    for (auto const& batch : result.batches) for_each_statement(batch.statements, visit);
}

// A diagnostic of a later stage, with the line it is about. The span is of source.text().
Diagnostic make_diagnostic(Source const&, DiagnosticCode const&, Span, std::string message);

// The trees as compact text, one line a short node: (create_table dbo.t (column id (type int) not_null) ...).
std::string dump(ParseResult const&);
std::string dump(Expression const&);
std::string dump(Query const&);
std::string dump(Statement const&);

// sys.sp_addextendedproperty and sp_updateextendedproperty, with named or positional arguments.
struct ExtendedProperty {
    std::string_view name;           // MS_Description and others
    Expression const* value;         // may be nullptr
    std::string_view level0_type{};  // SCHEMA; types and names are empty where the level is left out
    std::string_view level0_name{};
    std::string_view level1_type{};  // TABLE, VIEW, PROCEDURE ...
    std::string_view level1_name{};
    std::string_view level2_type{};  // COLUMN, CONSTRAINT, INDEX ...
    std::string_view level2_name{};
};
std::optional<ExtendedProperty> extended_property(Statement const&);

}  // namespace mainstay::tsql
