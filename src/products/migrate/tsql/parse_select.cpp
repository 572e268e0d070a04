// SELECT itself: its items, TOP, GROUP BY and named windows.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

namespace {

struct Assignment {
    AssignmentOperator op;
    bool found;
};

Assignment assignment_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::equal: return {AssignmentOperator::set, true};
        case TokenKind::plus_assign: return {AssignmentOperator::add, true};
        case TokenKind::minus_assign: return {AssignmentOperator::subtract, true};
        case TokenKind::star_assign: return {AssignmentOperator::multiply, true};
        case TokenKind::slash_assign: return {AssignmentOperator::divide, true};
        case TokenKind::percent_assign: return {AssignmentOperator::modulo, true};
        case TokenKind::ampersand_assign: return {AssignmentOperator::bit_and, true};
        case TokenKind::pipe_assign: return {AssignmentOperator::bit_or, true};
        case TokenKind::caret_assign: return {AssignmentOperator::bit_xor, true};
        default: return {AssignmentOperator::set, false};
    }
}

}  // namespace

Select const* Parser::parse_select() {
    auto* const select = make<Select>(current().begin);
    if (!accept(Keyword::select)) fail("SELECT");
    if (accept(Keyword::distinct))
        select->is_distinct = true;
    else
        accept(Keyword::all);
    if (is(Keyword::top)) select->top = parse_top();
    select->items = parse_select_items();
    if (accept(Keyword::into)) {
        select->into = parse_name("a table");
        if (accept(Keyword::on)) select->into_filegroup = parse_any_word();
    }
    if (accept(Keyword::from)) select->from = parse_from();
    if (accept(Keyword::where)) select->where = parse_expression();
    if (is(Keyword::group)) select->group_by = parse_group_by();
    if (accept(Keyword::having)) select->having = parse_expression();
    if (is(Keyword::window) && ahead(2).keyword == Keyword::as) select->windows = parse_named_windows();
    return finish(select);
}

Top const* Parser::parse_top() {
    auto* const top = arena_.make<Top>();
    auto const begin = current().begin;
    expect(Keyword::top);
    if (is(TokenKind::left_parenthesis))
        top->count = parse_parenthesized();
    else if (is(TokenKind::variable))
        top->count = parse_variable();
    else if (is(TokenKind::integer) || is(TokenKind::decimal) || is(TokenKind::real))
        top->count = parse_literal();
    else if (is(TokenKind::sqlcmd_variable))
        top->count = parse_named_operand();
    else
        fail("a number");
    top->is_percent = accept(Keyword::percent);
    top->with_ties = accept(Keyword::with, Keyword::ties);
    top->span = span_from(begin);
    return top;
}

List<SelectItem> Parser::parse_select_items() {
    ListBuilder<SelectItem> items(arena_, 4);
    do items.push(parse_select_item());
    while (accept(TokenKind::comma));
    return items.list();
}

SelectItem Parser::parse_select_item() {
    SelectItem item{};
    auto const begin = current().begin;
    if (is(TokenKind::star)) {
        item.expression = parse_star();
    } else if (auto const assignment = assignment_of(ahead(1).kind); assignment.found && is(TokenKind::variable)) {
        item.target = static_cast<Variable const*>(parse_variable());
        item.assignment = assignment.op;
        advance();
        item.expression = parse_expression();
    } else if (ahead(1).kind == TokenKind::equal && (is_identifier() || is_string())) {
        item.alias_form = AliasForm::equals;
        item.alias = is_identifier() ? take_identifier()
                                     : Identifier{unquote(current()), {current().begin, current().end}, true};
        if (!is(TokenKind::equal)) advance();
        advance();
        item.expression = parse_expression();
    } else {
        item.expression = parse_expression();
        item.alias = parse_alias(item.alias_form);
    }
    item.span = span_from(begin);
    return item;
}

// A word may be an alias unless it begins the next statement or, with its colon, is a label.
Identifier Parser::parse_alias(AliasForm& form) {
    bool const has_as = accept(Keyword::as);
    if (is_string()) {
        Identifier const alias{unquote(current()), {current().begin, current().end}, true};
        advance();
        form = has_as ? AliasForm::as : AliasForm::bare;
        return alias;
    }
    if (has_as) {
        form = AliasForm::as;
        return parse_identifier("an alias");
    }
    auto const next = ahead(1);
    bool const begins_statement = (is(Keyword::throw_) && current().first_on_line) || next.kind == TokenKind::colon ||
                                  ((is(Keyword::enable) || is(Keyword::disable)) && next.keyword == Keyword::trigger);
    if (!is_identifier() || begins_statement) return {};
    form = AliasForm::bare;
    return take_identifier();
}

GroupBy const* Parser::parse_group_by() {
    auto* const group_by = arena_.make<GroupBy>();
    auto const begin = current().begin;
    expect(Keyword::group);
    expect(Keyword::by);
    group_by->is_all = accept(Keyword::all);
    ListBuilder<Grouping> items(arena_);
    do items.push(parse_grouping());
    while (accept(TokenKind::comma));
    group_by->items = items.list();
    group_by->with_rollup = accept(Keyword::with, Keyword::rollup);
    group_by->with_cube = accept(Keyword::with, Keyword::cube);
    group_by->span = span_from(begin);
    return group_by;
}

Grouping Parser::parse_grouping() {
    Nesting const nesting(*this);
    bool const has_list = ahead(1).kind == TokenKind::left_parenthesis;
    if (is(Keyword::grouping, Keyword::sets)) {
        advance();
        advance();
        expect(TokenKind::left_parenthesis, "\"(\"");
        ListBuilder<Grouping> children(arena_);
        do children.push(parse_grouping());
        while (accept(TokenKind::comma));
        expect(TokenKind::right_parenthesis, "\")\"");
        return {GroupingKind::sets, {}, children.list()};
    }
    if ((is(Keyword::rollup) || is(Keyword::cube)) && has_list) {
        auto const kind = is(Keyword::rollup) ? GroupingKind::rollup : GroupingKind::cube;
        advance();
        advance();
        return {kind, parse_expression_list(), {}};
    }
    if (is(TokenKind::left_parenthesis) && ahead(1).kind == TokenKind::right_parenthesis) {
        advance();
        advance();
        return {GroupingKind::empty, {}, {}};
    }
    ListBuilder<Expression const*> item(arena_, 1);
    item.push(parse_expression());
    return {GroupingKind::expression, item.list(), {}};
}

List<NamedWindow> Parser::parse_named_windows() {
    expect(Keyword::window);
    ListBuilder<NamedWindow> windows(arena_, 2);
    do {
        NamedWindow window{};
        window.name = parse_identifier("the name of a window");
        expect(Keyword::as);
        window.window = parse_window_body();
        windows.push(window);
    } while (accept(TokenKind::comma));
    return windows.list();
}

}  // namespace mainstay::tsql
