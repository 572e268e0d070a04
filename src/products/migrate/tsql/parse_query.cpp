// Queries around SELECT: WITH, set operators, ORDER BY, OFFSET, FOR, OPTION.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

namespace {

bool is_set_operator(Keyword keyword) {
    return keyword == Keyword::union_ || keyword == Keyword::except || keyword == Keyword::intersect;
}

}  // namespace

Query const* Parser::parse_query() {
    auto const begin = current().begin;
    List<XmlNamespace> namespaces;
    List<CommonTable> tables;
    if (is(Keyword::with)) parse_with_clause(namespaces, tables);
    return parse_query_with(begin, namespaces, tables);
}

Query const* Parser::parse_query_with(std::uint32_t begin, List<XmlNamespace> namespaces, List<CommonTable> tables) {
    Nesting const nesting(*this);
    auto const* const query = finish_query(begin, parse_query_body());
    if (namespaces.empty() && tables.empty()) return query;
    auto* const whole = arena_.make<Query>(*query);
    whole->xml_namespaces = namespaces;
    whole->with = tables;
    return whole;
}

Query const* Parser::parse_parenthesized_query() {
    expect(TokenKind::left_parenthesis, "\"(\"");
    auto const* const query = parse_query();
    expect(TokenKind::right_parenthesis, "\")\"");
    return query;
}

Query const* Parser::finish_query(std::uint32_t begin, QueryBody const* body) {
    auto* const query = arena_.make<Query>();
    query->body = body;
    if (accept(Keyword::order)) {
        query->order_by = parse_order_items();
        if (accept(Keyword::offset)) {
            query->offset = parse_additive();
            if (!accept(Keyword::rows)) expect(Keyword::row);
            if (accept(Keyword::fetch)) {
                if (!accept(Keyword::next) && !accept_word("first")) fail("NEXT or FIRST");
                query->fetch = parse_additive();
                if (!accept(Keyword::rows)) expect(Keyword::row);
                expect(Keyword::only);
            }
        }
    }
    if (is(Keyword::for_)) {
        auto const next = ahead(1).keyword;
        if (next == Keyword::xml || next == Keyword::json || next == Keyword::browse)
            query->for_clause = parse_for_clause();
    }
    if (is(Keyword::option) && ahead(1).kind == TokenKind::left_parenthesis) query->options = parse_query_options();
    query->span = span_from(begin);
    return query;
}

// At a parenthesis: whether all of what it encloses is a query. Parentheses may stand around queries and around values,
// so what follows each one that closes decides.
bool Parser::is_query_ahead() const {
    auto const* token = at_;
    std::uint32_t open = 0;
    for (; token->kind == TokenKind::left_parenthesis; ++token) ++open;
    if (token->keyword != Keyword::select) return false;
    for (auto inner = open; open > 1; --open) {
        for (; inner >= open; ++token) {
            if (token == last_) return true;  // the error is found later
            if (token->kind == TokenKind::left_parenthesis) ++inner;
            if (token->kind == TokenKind::right_parenthesis) --inner;
        }
        if (is_set_operator(token->keyword) || token->keyword == Keyword::order) return true;
        if (token->kind != TokenKind::right_parenthesis) return false;
    }
    return true;
}

QueryBody const* Parser::parse_query_body() {
    return parse_set_operation(parse_query_primary(), false);
}

// INTERSECT binds before UNION and EXCEPT, which are equal and go from left to right.
QueryBody const* Parser::parse_set_operation(QueryBody const* first, bool intersect_only) {
    while (is_set_operator(at_->keyword)) {
        auto const keyword = at_->keyword;
        if (intersect_only && keyword != Keyword::intersect) break;
        auto const is_all = [&] { return ahead(1).keyword == Keyword::all; };
        bool const all = is_all();
        ListBuilder<QueryBody const*> operands(arena_);
        operands.push(first);
        while (is(keyword) && is_all() == all) {
            advance();
            if (all) advance();
            auto const* const operand = parse_query_primary();
            operands.push(keyword == Keyword::intersect ? operand : parse_set_operation(operand, true));
        }
        auto* const node = make<SetOperation>(first->span.begin);
        node->op = keyword == Keyword::intersect ? SetOperator::intersect
                   : keyword == Keyword::except  ? SetOperator::except
                   : all                         ? SetOperator::union_all
                                                 : SetOperator::union_distinct;
        node->operands = operands.list();
        first = finish(node);
        add_to_chain();
    }
    return first;
}

QueryBody const* Parser::parse_query_primary() {
    if (!is(TokenKind::left_parenthesis)) return parse_select();
    Nesting const nesting(*this);
    advance();
    auto const* const body = parse_query_body();
    expect(TokenKind::right_parenthesis, "\")\"");
    return body;
}

void Parser::parse_with_clause(List<XmlNamespace>& namespaces, List<CommonTable>& tables) {
    expect(Keyword::with);
    if (accept(Keyword::xmlnamespaces)) {
        expect(TokenKind::left_parenthesis, "\"(\"");
        ListBuilder<XmlNamespace> items(arena_, 2);
        do {
            XmlNamespace item{};
            bool const is_default = accept(Keyword::default_);
            item.uri = parse_string("the URI of a namespace");
            if (!is_default) {
                expect(Keyword::as);
                item.prefix = parse_any_word();
            }
            items.push(item);
        } while (accept(TokenKind::comma));
        expect(TokenKind::right_parenthesis, "\")\"");
        namespaces = items.list();
        if (!accept(TokenKind::comma)) return;
    }
    ListBuilder<CommonTable> items(arena_, 2);
    do items.push(parse_common_table());
    while (accept(TokenKind::comma));
    tables = items.list();
}

CommonTable Parser::parse_common_table() {
    CommonTable table{};
    auto const begin = current().begin;
    table.name = parse_identifier("the name of a common table expression");
    if (is(TokenKind::left_parenthesis)) table.columns = parse_identifier_list();
    expect(Keyword::as);
    table.query = parse_parenthesized_query();
    table.span = span_from(begin);
    return table;
}

ForClause const* Parser::parse_for_clause() {
    auto* const clause = arena_.make<ForClause>();
    auto const begin = current().begin;
    advance();
    clause->for_kind = is(Keyword::xml) ? ForKind::xml : is(Keyword::json) ? ForKind::json : ForKind::browse;
    advance();
    if (clause->for_kind != ForKind::browse) {
        ListBuilder<Option> directives(arena_);
        do {
            Option directive{};
            auto const name_begin = current().begin;
            if (!is(TokenKind::word)) fail("AUTO, PATH, RAW or another directive");
            advance();
            if (is_word("xsinil") || is_word("base64") || is(Keyword::absent)) advance();
            directive.name = text(span_from(name_begin));
            if (accept(TokenKind::left_parenthesis)) {
                directive.value = parse_string("a name in quotes");
                expect(TokenKind::right_parenthesis, "\")\"");
            }
            directive.span = span_from(name_begin);
            directives.push(directive);
        } while (accept(TokenKind::comma));
        clause->directives = directives.list();
    }
    clause->span = span_from(begin);
    return clause;
}

List<Option> Parser::parse_query_options() {
    expect(Keyword::option);
    return parse_option_list();
}

}  // namespace mainstay::tsql
