// What stands between operators: literals, variables, columns, CASE, casts, subqueries, and what may follow each.
#include "products/migrate/tsql/parser.hpp"

#include "base/text.hpp"

namespace mainstay::tsql {

namespace {

LiteralKind literal_kind_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::national_string: return LiteralKind::national_string;
        case TokenKind::integer: return LiteralKind::integer;
        case TokenKind::decimal: return LiteralKind::decimal;
        case TokenKind::real: return LiteralKind::real;
        case TokenKind::money: return LiteralKind::money;
        case TokenKind::binary: return LiteralKind::binary;
        default: return LiteralKind::string;
    }
}

}  // namespace

Expression const* Parser::parse_primary() {
    return parse_postfix(parse_operand());
}

Expression const* Parser::parse_postfix(Expression const* operand) {
    for (;;) {
        if (accept(Keyword::collate)) {
            auto* const node = make<Collate>(operand->span.begin);
            node->operand = operand;
            node->collation = parse_identifier("a collation");
            operand = finish(node);
        } else if (is(Keyword::at) && ahead(1).keyword == Keyword::time && ahead(2).keyword == Keyword::zone) {
            at_ += 3;
            auto* const node = make<AtTimeZone>(operand->span.begin);
            node->operand = operand;
            node->zone = parse_operand();
            operand = finish(node);
        } else if (is(TokenKind::dot) && is_identifier(ahead(1))) {
            operand = parse_method_call(operand);
        } else {
            return operand;
        }
        add_to_chain();
    }
}

Expression const* Parser::parse_operand() {
    switch (at_->kind) {
        case TokenKind::string:
        case TokenKind::national_string:
        case TokenKind::integer:
        case TokenKind::decimal:
        case TokenKind::real:
        case TokenKind::money:
        case TokenKind::binary: return parse_literal();
        case TokenKind::double_quoted: return quoted_identifiers_ ? parse_named_operand() : parse_literal();
        case TokenKind::variable: return parse_variable();
        case TokenKind::left_parenthesis: return parse_parenthesized();
        case TokenKind::left_brace: return parse_odbc_escape();
        case TokenKind::bracketed:
        case TokenKind::dollar_word:
        case TokenKind::sqlcmd_variable: return parse_named_operand();
        case TokenKind::word: return at_->keyword == Keyword::none ? parse_named_operand() : parse_keyword_operand();
        default: fail("an expression");
    }
}

Expression const* Parser::parse_literal() {
    auto const kind = literal_kind_of(at_->kind);
    bool const is_text = kind == LiteralKind::string || kind == LiteralKind::national_string;
    return make_literal(kind, is_text ? unquote(*at_) : text(*at_));
}

Expression const* Parser::make_literal(LiteralKind kind, std::string_view value) {
    auto* const node = make<Literal>(at_->begin);
    node->literal_kind = kind;
    node->text = value;
    advance();
    return finish(node);
}

Expression const* Parser::parse_variable() {
    auto* const node = make<Variable>(at_->begin);
    node->name = text(*at_);
    advance();
    return finish(node);
}

Expression const* Parser::parse_star() {
    auto* const node = make<Star>(at_->begin);
    advance();
    return finish(node);
}

Expression const* Parser::parse_parenthesized() {
    auto const begin = current().begin;
    if (ahead(1).keyword == Keyword::select) {
        auto* const node = make<Subquery>(begin);
        node->query = parse_parenthesized_query();
        return finish(node);
    }
    advance();
    auto const* const inner = parse_expression();
    // ((SELECT 1) UNION SELECT 2): what looked like a value was the first half of a query.
    auto const* const first_half = as<Subquery>(inner);
    if (first_half != nullptr && (is(Keyword::union_) || is(Keyword::except) || is(Keyword::intersect))) {
        auto* const node = make<Subquery>(begin);
        node->query = finish_query(begin, parse_set_operation(first_half->query->body, false));
        expect(TokenKind::right_parenthesis, "\")\"");
        return finish(node);
    }
    if (accept(TokenKind::comma)) {
        ListBuilder<Expression const*> items(arena_);
        items.push(inner);
        do items.push(parse_expression());
        while (accept(TokenKind::comma));
        auto* const node = make<Tuple>(begin);
        node->items = items.list();
        expect(TokenKind::right_parenthesis, "\")\"");
        return finish(node);
    }
    expect(TokenKind::right_parenthesis, "\")\"");
    return inner;
}

Expression const* Parser::parse_keyword_operand() {
    bool const is_call = ahead(1).kind == TokenKind::left_parenthesis;
    switch (at_->keyword) {
        case Keyword::null: return make_literal(LiteralKind::null, text(*at_));
        case Keyword::case_: return parse_case();
        case Keyword::exists: return parse_exists();
        case Keyword::convert: return parse_convert(CastKind::convert);
        case Keyword::try_convert: return parse_convert(CastKind::try_convert);
        case Keyword::default_: {
            auto* const node = make<DefaultValue>(at_->begin);
            advance();
            return finish(node);
        }
        case Keyword::cast:
            if (is_call) return parse_cast(CastKind::cast);
            break;
        case Keyword::try_cast:
            if (is_call) return parse_cast(CastKind::try_cast);
            break;
        case Keyword::parse:
            if (is_call) return parse_cast(CastKind::parse);
            break;
        case Keyword::try_parse:
            if (is_call) return parse_cast(CastKind::try_parse);
            break;
        case Keyword::match:
            if (is_call) return parse_graph_match();
            break;
        case Keyword::next:
            if (ahead(1).keyword == Keyword::value && ahead(2).keyword == Keyword::for_) return parse_next_value_for();
            break;
        case Keyword::coalesce:
        case Keyword::nullif:
        case Keyword::left:
        case Keyword::right:
        case Keyword::contains:
        case Keyword::freetext:
        case Keyword::identity:
        case Keyword::update:
            if (is_call) return make_plain_call(true);
            fail("an expression");
        case Keyword::user:
        case Keyword::session_user:
        case Keyword::system_user:
        case Keyword::current_user:
        case Keyword::current_date:
        case Keyword::current_time:
        case Keyword::current_timestamp: return make_plain_call(is_call);
        case Keyword::identitycol:
        case Keyword::rowguidcol: return parse_named_operand();
        default: break;
    }
    if (is_reserved(at_->keyword)) fail("an expression");
    return parse_named_operand();
}

// A call whose name is a reserved word.
Expression const* Parser::make_plain_call(bool with_parentheses) {
    auto const begin = at_->begin;
    ListBuilder<Identifier> parts(arena_, 1);
    parts.push(take_identifier());
    Name const name{parts.list(), span_from(begin)};
    if (with_parentheses) return parse_function_call(begin, name);
    auto* const call = make<FunctionCall>(begin);
    call->name = name;
    call->has_parentheses = false;
    return finish(call);
}

Expression const* Parser::parse_case() {
    auto* const node = make<Case>(at_->begin);
    advance();
    if (!is(Keyword::when)) node->operand = parse_expression();
    ListBuilder<When> whens(arena_);
    while (accept(Keyword::when)) {
        auto const* const condition = parse_expression();
        expect(Keyword::then);
        whens.push({condition, parse_expression()});
    }
    if (whens.empty()) fail("WHEN");
    node->whens = whens.list();
    if (accept(Keyword::else_)) node->otherwise = parse_expression();
    expect(Keyword::end);
    return finish(node);
}

Expression const* Parser::parse_cast(CastKind kind) {
    auto* const node = make<Cast>(at_->begin);
    advance();
    expect(TokenKind::left_parenthesis, "\"(\"");
    node->cast_kind = kind;
    node->operand = parse_expression();
    expect(Keyword::as);
    node->type = parse_data_type();
    if ((kind == CastKind::parse || kind == CastKind::try_parse) && accept(Keyword::using_))
        node->style = parse_expression();
    expect(TokenKind::right_parenthesis, "\")\"");
    return finish(node);
}

Expression const* Parser::parse_convert(CastKind kind) {
    auto* const node = make<Cast>(at_->begin);
    advance();
    expect(TokenKind::left_parenthesis, "\"(\"");
    node->cast_kind = kind;
    node->type = parse_data_type();
    expect(TokenKind::comma, "\",\"");
    node->operand = parse_expression();
    if (accept(TokenKind::comma)) node->style = parse_expression();
    expect(TokenKind::right_parenthesis, "\")\"");
    return finish(node);
}

Expression const* Parser::parse_exists() {
    auto* const node = make<Exists>(at_->begin);
    advance();
    node->query = parse_parenthesized_query();
    return finish(node);
}

Expression const* Parser::parse_graph_match() {
    auto* const node = make<GraphMatch>(at_->begin);
    advance();
    node->pattern = text(skip_parentheses());
    return finish(node);
}

Expression const* Parser::parse_next_value_for() {
    auto* const node = make<NextValueFor>(at_->begin);
    at_ += 3;
    node->sequence = parse_name("a sequence");
    if (is(Keyword::over)) node->over = parse_over();
    return finish(node);
}

// {fn name(...)}, {d '2020-01-31'}, {t '...'}, {ts '...'}, {guid '...'}
Expression const* Parser::parse_odbc_escape() {
    Nesting const nesting(*this);
    auto const begin = at_->begin;
    advance();
    auto* node = make<FunctionCall>(begin);
    if (accept_word("fn")) {
        // The arguments of ODBC's CONVERT stand the other way round: CONVERT(value, SQL_INTEGER).
        auto const* const inner = is(Keyword::convert) ? make_plain_call(true) : parse_operand();
        if (auto const* const call = as<FunctionCall>(inner)) {
            *node = *call;
            node->is_odbc = true;
            node->span.begin = begin;
        } else {
            expect(TokenKind::right_brace, "\"}\"");
            return inner;
        }
    } else {
        ListBuilder<Identifier> parts(arena_, 1);
        parts.push(parse_identifier("fn, d, t, ts or guid"));
        node->name = {parts.list(), parts.list()[0].span};
        node->is_odbc = true;
        if (!is_string()) fail("a string");
        ListBuilder<Expression const*> arguments(arena_, 1);
        arguments.push(parse_literal());
        node->arguments = arguments.list();
    }
    expect(TokenKind::right_brace, "\"}\"");
    return finish(node);
}

}  // namespace mainstay::tsql
