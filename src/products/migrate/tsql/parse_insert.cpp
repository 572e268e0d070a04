// INSERT in all its forms, and OUTPUT.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

Statement const* Parser::parse_insert(std::uint32_t begin, List<XmlNamespace> namespaces, List<CommonTable> with) {
    auto* const insert = make<Insert>(begin);
    expect(Keyword::insert);
    insert->xml_namespaces = namespaces;
    insert->with = with;
    if (is(Keyword::top)) insert->top = parse_top();
    accept(Keyword::into);
    parse_insert_target(*insert);
    if (is(TokenKind::left_parenthesis) && !is_query_ahead()) insert->columns = parse_identifier_list();
    insert->outputs = parse_outputs();
    parse_insert_source(*insert);
    return finish(insert);
}

void Parser::parse_insert_target(Insert& insert) {
    auto const begin = current().begin;
    if (is(TokenKind::variable)) {
        auto* const target = make<VariableTable>(begin);
        target->name = text(current());
        advance();
        insert.target = finish(target);
    } else if (is(Keyword::openrowset) || is(Keyword::openquery) || is(Keyword::opendatasource)) {
        insert.target = parse_raw_rowset();
    } else {
        auto* const target = make<NamedTable>(begin);
        target->name = parse_name("a table");
        if (at_table_hints()) target->hints = parse_table_hints();
        insert.target = finish(target);
    }
}

void Parser::parse_insert_source(Insert& insert) {
    if (accept(Keyword::values)) {
        insert.source = InsertSource::values;
        insert.rows = parse_values_rows();
    } else if (accept(Keyword::default_, Keyword::values)) {
        insert.source = InsertSource::default_values;
    } else if (is(Keyword::exec) || is(Keyword::execute)) {
        insert.source = InsertSource::execute;
        insert.execute = parse_execute();
    } else if (is(Keyword::select) || is(Keyword::with) || is(TokenKind::left_parenthesis)) {
        insert.source = InsertSource::query;
        insert.query = parse_query();
        return;
    } else {
        fail("VALUES, SELECT, EXECUTE or DEFAULT VALUES");
    }
    if (is(Keyword::option) && ahead(1).kind == TokenKind::left_parenthesis) insert.options = parse_query_options();
}

List<OutputClause> Parser::parse_outputs() {
    ListBuilder<OutputClause> clauses(arena_, 1);
    while (is(Keyword::output)) {
        OutputClause clause{};
        auto const begin = current().begin;
        advance();
        clause.items = parse_select_items();
        if (accept(Keyword::into)) {
            if (is(TokenKind::variable)) {
                clause.into_variable = text(current());
                advance();
            } else {
                clause.into = parse_name("a table");
            }
            if (is(TokenKind::left_parenthesis) && !is_query_ahead()) clause.columns = parse_identifier_list();
        }
        clause.span = span_from(begin);
        clauses.push(clause);
    }
    return clauses.list();
}

}  // namespace mainstay::tsql
