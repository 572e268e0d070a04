// Operators, from the loosest binding to the tightest: OR, AND, NOT, the predicates, + - & ^ |, * / %, the unary ones.
// Source: "Operator Precedence (Transact-SQL)".
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

namespace {

struct Operator {
    BinaryOperator op;
    bool found;
};

Operator comparison_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::equal: return {BinaryOperator::equal, true};
        case TokenKind::not_equal: return {BinaryOperator::not_equal, true};
        case TokenKind::less: return {BinaryOperator::less, true};
        case TokenKind::less_or_equal: return {BinaryOperator::less_or_equal, true};
        case TokenKind::greater: return {BinaryOperator::greater, true};
        case TokenKind::greater_or_equal: return {BinaryOperator::greater_or_equal, true};
        default: return {BinaryOperator::equal, false};
    }
}

Operator additive_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::plus: return {BinaryOperator::add, true};
        case TokenKind::minus: return {BinaryOperator::subtract, true};
        case TokenKind::ampersand: return {BinaryOperator::bit_and, true};
        case TokenKind::pipe: return {BinaryOperator::bit_or, true};
        case TokenKind::caret: return {BinaryOperator::bit_xor, true};
        case TokenKind::shift_left: return {BinaryOperator::shift_left, true};
        case TokenKind::shift_right: return {BinaryOperator::shift_right, true};
        default: return {BinaryOperator::add, false};
    }
}

Operator multiplicative_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::star: return {BinaryOperator::multiply, true};
        case TokenKind::slash: return {BinaryOperator::divide, true};
        case TokenKind::percent: return {BinaryOperator::modulo, true};
        default: return {BinaryOperator::multiply, false};
    }
}

bool is_literal(TokenKind kind) {
    return kind >= TokenKind::string && kind <= TokenKind::binary;
}

}  // namespace

Expression const* Parser::parse_expression() {
    // Rows of values are most of a data script.
    if (is_literal(at_->kind)) {
        auto const next = ahead(1).kind;
        if (next == TokenKind::comma || next == TokenKind::right_parenthesis) return parse_literal();
    }
    Nesting const nesting(*this);
    return parse_logical(false);
}

Expression const* Parser::parse_logical(bool is_and) {
    auto const keyword = is_and ? Keyword::and_ : Keyword::or_;
    auto const* const first = parse_logical_operand(is_and);
    if (!is(keyword)) return first;
    ListBuilder<Expression const*> operands(arena_);
    operands.push(first);
    while (accept(keyword)) operands.push(parse_logical_operand(is_and));
    auto* const node = make<Logical>(first->span.begin);
    node->is_and = is_and;
    node->operands = operands.list();
    add_to_chain();
    return finish(node);
}

Expression const* Parser::parse_logical_operand(bool of_and) {
    Sibling const sibling(*this);
    return of_and ? parse_not() : parse_logical(true);
}

Expression const* Parser::parse_not() {
    if (!is(Keyword::not_)) return parse_predicate();
    Nesting const nesting(*this);
    auto* const node = make<Unary>(current().begin);
    advance();
    node->op = UnaryOperator::logical_not;
    node->operand = parse_not();
    return finish(node);
}

Expression const* Parser::parse_predicate() {
    auto const* left = parse_additive();
    for (;;) {
        if (auto const comparison = comparison_of(at_->kind); comparison.found) {
            advance();
            left = parse_comparison(left, comparison.op);
        } else if (is(Keyword::is)) {
            left = parse_is(left);
        } else {
            bool const negated = is(Keyword::not_);
            auto const keyword = negated ? ahead(1).keyword : at_->keyword;
            if (keyword != Keyword::between && keyword != Keyword::in && keyword != Keyword::like) return left;
            if (negated) advance();
            left = parse_predicate_rest(left, negated);
        }
        add_to_chain();
    }
}

Expression const* Parser::parse_predicate_rest(Expression const* left, bool negated) {
    if (is(Keyword::between)) return parse_between(left, negated);
    if (is(Keyword::in)) return parse_in(left, negated);
    return parse_like(left, negated);
}

Expression const* Parser::parse_comparison(Expression const* left, BinaryOperator op) {
    if (!is(Keyword::all) && !is(Keyword::any) && !is(Keyword::some)) return make_binary(op, left, parse_additive());
    auto* const node = make<Quantified>(left->span.begin);
    node->op = op;
    node->is_all = is(Keyword::all);
    node->operand = left;
    advance();
    node->query = parse_parenthesized_query();
    return finish(node);
}

Expression const* Parser::parse_between(Expression const* left, bool negated) {
    advance();
    auto* const node = make<Between>(left->span.begin);
    node->negated = negated;
    node->operand = left;
    node->low = parse_additive();
    expect(Keyword::and_);
    node->high = parse_additive();
    return finish(node);
}

Expression const* Parser::parse_in(Expression const* left, bool negated) {
    advance();
    auto* const node = make<In>(left->span.begin);
    node->negated = negated;
    node->operand = left;
    if (is(TokenKind::left_parenthesis) && is_query_ahead()) {
        node->query = parse_parenthesized_query();
    } else {
        expect(TokenKind::left_parenthesis, "\"(\"");
        node->list = parse_expression_list();
    }
    return finish(node);
}

Expression const* Parser::parse_like(Expression const* left, bool negated) {
    advance();
    auto* const node = make<Like>(left->span.begin);
    node->negated = negated;
    node->operand = left;
    node->pattern = parse_additive();
    if (accept(Keyword::escape)) {
        node->escape = parse_additive();
    } else if (is(TokenKind::left_brace) && ahead(1).keyword == Keyword::escape) {  // ODBC: {escape '\'}
        advance();
        advance();
        node->escape = parse_additive();
        expect(TokenKind::right_brace, "\"}\"");
    }
    return finish(node);
}

Expression const* Parser::parse_is(Expression const* left) {
    advance();
    bool const negated = accept(Keyword::not_);
    if (accept(Keyword::distinct)) {
        expect(Keyword::from);
        auto* const node = make<IsDistinctFrom>(left->span.begin);
        node->negated = negated;
        node->left = left;
        node->right = parse_additive();
        return finish(node);
    }
    expect(Keyword::null);
    auto* const node = make<IsNull>(left->span.begin);
    node->negated = negated;
    node->operand = left;
    return finish(node);
}

Expression const* Parser::parse_additive() {
    auto const* left = parse_multiplicative();
    for (auto next = additive_of(at_->kind); next.found; next = additive_of(at_->kind)) {
        advance();
        auto const* const right = [&] {
            Sibling const sibling(*this);
            return parse_multiplicative();
        }();
        left = make_binary(next.op, left, right);
        add_to_chain();
    }
    return left;
}

Expression const* Parser::parse_multiplicative() {
    auto const* left = parse_unary();
    for (auto next = multiplicative_of(at_->kind); next.found; next = multiplicative_of(at_->kind)) {
        advance();
        add_to_chain();
        left = make_binary(next.op, left, parse_unary());
    }
    return left;
}

Expression const* Parser::parse_unary() {
    if (!is(TokenKind::minus) && !is(TokenKind::plus) && !is(TokenKind::tilde)) return parse_primary();
    Nesting const nesting(*this);
    auto* const node = make<Unary>(current().begin);
    node->op = is(TokenKind::minus)  ? UnaryOperator::minus
               : is(TokenKind::plus) ? UnaryOperator::plus
                                     : UnaryOperator::bit_not;
    advance();
    node->operand = parse_unary();
    return finish(node);
}

Expression const* Parser::make_binary(BinaryOperator op, Expression const* left, Expression const* right) {
    auto* const node = make<Binary>(left->span.begin);
    node->op = op;
    node->left = left;
    node->right = right;
    return finish(node);
}

List<Expression const*> Parser::parse_expression_list() {
    ListBuilder<Expression const*> items(arena_);
    do items.push(parse_expression());
    while (accept(TokenKind::comma));
    expect(TokenKind::right_parenthesis, "\")\"");
    return items.list();
}

}  // namespace mainstay::tsql
