// Source to trees: variables, batches of tokens, statements.
#include "products/migrate/tsql/tsql.hpp"

#include "products/migrate/tsql/parser.hpp"

#include <iterator>
#include <utility>

namespace mainstay::tsql {

ParseResult parse(std::unique_ptr<Source> source, ParseOptions const& options) {
    ParseResult result;
    auto arena = std::make_unique<Arena>();
    DiagnosticSink sink(*source);
    expand_sqlcmd_variables(*source, options.variables, sink);
    Lexer lexer(*source, sink, result.sqlcmd_lines);
    Parser parser(*source, *arena, sink, result.counts);
    ListBuilder<Batch> batches(*arena);
    RawBatch raw;
    while (lexer.next_batch(raw)) {
        bool const is_empty = raw.tokens.size() == 1;
        if (is_empty) continue;
        batches.push({raw.span, raw.repeat, parser.parse_batch(raw)});
    }
    result.batches = batches.list();
    result.counts.batches = batches.size();
    result.diagnostics = sink.take();
    result.counts.errors = sink.count(Severity::error);
    result.counts.warnings = sink.count(Severity::warning);
    result.counts.notes = sink.count(Severity::note);
    result.source = std::move(source);
    result.arena = std::move(arena);
    return result;
}

ParseResult parse_bytes(std::string file, std::string_view bytes, ParseOptions const& options) {
    auto decoded = decode(std::move(file), bytes);
    auto result = parse(std::move(decoded.source), options);
    for (auto const& diagnostic : decoded.diagnostics) {
        if (diagnostic.severity() == Severity::error) ++result.counts.errors;
        if (diagnostic.severity() == Severity::warning) ++result.counts.warnings;
    }
    result.diagnostics.insert(result.diagnostics.begin(), std::make_move_iterator(decoded.diagnostics.begin()),
                              std::make_move_iterator(decoded.diagnostics.end()));
    return result;
}

}  // namespace mainstay::tsql
