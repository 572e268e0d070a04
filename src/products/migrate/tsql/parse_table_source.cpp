// One source of rows: a table, a function, a derived table, VALUES, a rowset function.
#include "products/migrate/tsql/parser.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace mainstay::tsql {

namespace {

// Source: "Table hints (Transact-SQL)". Without WITH they look like the arguments of a function.
constexpr std::array<std::string_view, 25> table_hints = {
    "nolock",          "holdlock",     "updlock",      "rowlock",         "tablock",       "tablockx",
    "paglock",         "xlock",        "readpast",     "readuncommitted", "readcommitted", "readcommittedlock",
    "repeatableread",  "serializable", "snapshot",     "nowait",          "noexpand",      "forceseek",
    "forcescan",       "index",        "fastfirstrow", "keepidentity",    "keepdefaults",  "ignore_constraints",
    "ignore_triggers",
};

bool is_table_hint(std::string_view word) {
    return std::any_of(table_hints.begin(), table_hints.end(),
                       [&](std::string_view hint) { return equals_ignoring_case(hint, word); });
}

}  // namespace

TableSource const* Parser::parse_table_source() {
    switch (at_->kind) {
        case TokenKind::left_parenthesis: return parse_pivots(parse_parenthesized_source());
        case TokenKind::variable: return parse_pivots(parse_variable_source());
        case TokenKind::double_colon: advance(); break;  // ::fn_helpcollations()
        default: break;
    }
    switch (at_->keyword) {
        case Keyword::openrowset:
        case Keyword::opendatasource:
        case Keyword::openquery: return parse_pivots(parse_raw_rowset());
        case Keyword::openxml:
        case Keyword::containstable:
        case Keyword::freetexttable:
        case Keyword::semantickeyphrasetable:
        case Keyword::semanticsimilaritytable:
        case Keyword::semanticsimilaritydetailstable: {
            auto const begin = at_->begin;
            return parse_pivots(parse_function_source(begin, make_plain_call(true)));
        }
        case Keyword::cast:
        case Keyword::try_cast:
        case Keyword::convert:
        case Keyword::try_convert:
            // CAST(x AS xml).nodes(...)
            if (ahead(1).kind == TokenKind::left_parenthesis) {
                auto const begin = at_->begin;
                return parse_pivots(parse_function_source(begin, parse_primary()));
            }
            break;
        default: break;
    }
    bool const is_call = ahead(1).kind == TokenKind::left_parenthesis;
    if (is_call && (is_word("changetable") || is_word("predict"))) return parse_pivots(parse_raw_rowset());
    return parse_pivots(parse_named_source());
}

TableSource const* Parser::parse_parenthesized_source() {
    Nesting const nesting(*this);
    auto const begin = current().begin;
    if (ahead(1).keyword == Keyword::values) return parse_values_table(begin);
    if (!is_query_ahead()) {
        advance();
        auto const* const source = parse_joined_source();
        expect(TokenKind::right_parenthesis, "\")\"");
        return source;
    }
    auto* const table = make<DerivedTable>(begin);
    table->query = parse_parenthesized_query();
    table->alias = parse_table_alias();
    if (table->alias.is_set() && is(TokenKind::left_parenthesis)) table->columns = parse_identifier_list();
    return finish(table);
}

TableSource const* Parser::parse_values_table(std::uint32_t begin) {
    auto* const table = make<ValuesTable>(begin);
    advance();
    advance();
    table->rows = parse_values_rows();
    expect(TokenKind::right_parenthesis, "\")\"");
    table->alias = parse_table_alias();
    if (table->alias.is_set() && is(TokenKind::left_parenthesis)) table->columns = parse_identifier_list();
    return finish(table);
}

List<ValuesRow> Parser::parse_values_rows() {
    ListBuilder<ValuesRow> rows(arena_, 1);
    std::size_t width = 4;
    do {
        auto const begin = current().begin;
        expect(TokenKind::left_parenthesis, "\"(\"");
        ListBuilder<Expression const*> values(arena_, width);
        do values.push(parse_expression());
        while (accept(TokenKind::comma));
        expect(TokenKind::right_parenthesis, "\")\"");
        width = values.size();
        rows.push({span_from(begin), values.list()});
    } while (accept(TokenKind::comma));
    return rows.list();
}

TableSource const* Parser::parse_variable_source() {
    auto const begin = current().begin;
    auto const* const variable = static_cast<Variable const*>(parse_variable());
    if (is(TokenKind::dot)) return parse_function_source(begin, parse_postfix(variable));
    auto* const table = make<VariableTable>(begin);
    table->name = variable->name;
    table->alias = parse_table_alias();
    if (at_table_hints()) parse_table_hints();
    return finish(table);
}

TableSource const* Parser::parse_named_source() {
    auto const begin = current().begin;
    // Columns with methods, t.c.nodes(...), are read as an expression; so are functions.
    auto const* after_name = at_end() ? at_ : at_ + 1;
    while (after_name < last_ && (after_name->kind == TokenKind::dot || after_name[-1].kind == TokenKind::dot))
        ++after_name;
    if (after_name->kind == TokenKind::left_parenthesis && is_identifier()) {
        bool const is_hint = after_name[1].kind == TokenKind::word && is_table_hint(text(after_name[1]));
        if (!is_hint) return parse_function_source(begin, parse_primary());
    }
    auto* const table = make<NamedTable>(begin);
    table->name = parse_name("a table");
    if (is(Keyword::for_, Keyword::system_time)) table->temporal = parse_temporal();
    if (is(Keyword::for_, Keyword::path)) {
        advance();
        advance();
        table->for_path = true;
    }
    if (at_table_hints()) table->hints = parse_table_hints();
    table->alias = parse_table_alias();
    if (is(Keyword::for_, Keyword::system_time)) table->temporal = parse_temporal();
    if (is(Keyword::tablesample)) table->sample = parse_table_sample();
    if (table->hints.empty() && at_table_hints()) table->hints = parse_table_hints();
    return finish(table);
}

TableSource const* Parser::parse_function_source(std::uint32_t begin, Expression const* call) {
    auto* const table = make<FunctionTable>(begin);
    table->call = call;
    auto const* const function = as<FunctionCall>(call);
    auto const* const method = as<MethodCall>(call);
    if (function == nullptr && method == nullptr && as<StaticMethodCall>(call) == nullptr)
        fail_with(codes::syntax_error, call->span, "a table or a call of a function is expected here");
    if (is(Keyword::with) && ahead(1).kind == TokenKind::left_parenthesis && !is_table_hint(text(ahead(2)))) {
        table->with_columns = parse_rowset_columns();
    } else if (is(Keyword::with) && is_identifier(ahead(1)) && function != nullptr &&
               equals_ignoring_case(function->name.object(), "openxml")) {
        advance();
        table->with_table = parse_name();
    }
    table->alias = parse_table_alias();
    if (table->alias.is_set() && is(TokenKind::left_parenthesis) && !at_table_hints())
        table->columns = parse_identifier_list();
    if (at_table_hints()) table->hints = parse_table_hints();
    return finish(table);
}

// OPENROWSET(BULK '...', FORMAT = 'CSV'), OPENQUERY(server, '...'), CHANGETABLE(CHANGES t, @v): kept as written.
TableSource const* Parser::parse_raw_rowset() {
    auto* const table = make<FunctionTable>(current().begin);
    ListBuilder<Identifier> parts(arena_, 1);
    parts.push(take_identifier());
    table->name = {parts.list(), parts.list()[0].span};
    table->arguments = text(skip_parentheses());
    if (accept(TokenKind::dot)) table->remote_table = parse_name("a table");
    if (is(Keyword::with) && ahead(1).kind == TokenKind::left_parenthesis) table->with_columns = parse_rowset_columns();
    table->alias = parse_table_alias();
    if (table->alias.is_set() && is(TokenKind::left_parenthesis)) table->columns = parse_identifier_list();
    return finish(table);
}

List<RowsetColumn> Parser::parse_rowset_columns() {
    advance();
    expect(TokenKind::left_parenthesis, "\"(\"");
    ListBuilder<RowsetColumn> columns(arena_);
    do {
        RowsetColumn column{};
        auto const begin = current().begin;
        column.name = parse_identifier("a column");
        column.type = parse_data_type();
        if (accept(Keyword::collate)) column.collation = parse_identifier("a collation");
        if (is_string()) {
            column.path = parse_string("a path");
            column.has_path = true;
        } else if (accept(TokenKind::integer)) {
            column.ordinal = text(previous());
        }
        column.as_json = accept(Keyword::as, Keyword::json);
        column.span = span_from(begin);
        columns.push(column);
    } while (accept(TokenKind::comma));
    expect(TokenKind::right_parenthesis, "\")\"");
    return columns.list();
}

bool Parser::at_table_hints() const {
    auto const* const open = is(Keyword::with) ? at_ + 1 : at_;
    if (open->kind != TokenKind::left_parenthesis) return false;
    return is(Keyword::with) || (open[1].kind == TokenKind::word && is_table_hint(text(open[1])));
}

// Commas between hints may be left out.
List<Option> Parser::parse_table_hints() {
    accept(Keyword::with);
    expect(TokenKind::left_parenthesis, "\"(\"");
    ListBuilder<Option> hints(arena_, 1);
    do {
        Option hint{};
        auto const begin = current().begin;
        if (!is(TokenKind::word)) fail("a table hint");
        hint.name = text(current());
        advance();
        bool const assigned = accept(TokenKind::equal);
        auto const value_begin = current().begin;
        if (is(TokenKind::left_parenthesis)) {
            skip_parentheses();
            hint.value = text(span_from(value_begin));
        } else if (assigned) {
            advance();
            hint.value = text(span_from(value_begin));
        }
        hint.span = span_from(begin);
        hints.push(hint);
        accept(TokenKind::comma);
    } while (!accept(TokenKind::right_parenthesis));
    return hints.list();
}

}  // namespace mainstay::tsql
