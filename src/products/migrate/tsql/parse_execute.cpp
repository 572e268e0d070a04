// EXECUTE, with and without the word.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

namespace {

bool begins_argument(Token const& token, Token const& next, bool is_identifier) {
    switch (token.kind) {
        case TokenKind::variable:
        case TokenKind::string:
        case TokenKind::national_string:
        case TokenKind::integer:
        case TokenKind::decimal:
        case TokenKind::real:
        case TokenKind::money:
        case TokenKind::binary:
        case TokenKind::minus:
        case TokenKind::plus: return true;
        case TokenKind::word:
            if (token.keyword == Keyword::null || token.keyword == Keyword::default_) return true;
            if (token.keyword == Keyword::throw_ || next.kind == TokenKind::colon) return false;
            return is_identifier && !(next.keyword == Keyword::trigger);
        default: return is_identifier;
    }
}

}  // namespace

Execute const* Parser::parse_execute() {
    auto* const execute = make<Execute>(at_->begin);
    advance();
    if (is(TokenKind::variable) && ahead(1).kind == TokenKind::equal) {
        execute->return_variable = text(current());
        advance();
        advance();
    }
    if (accept(TokenKind::left_parenthesis)) {
        execute->execute_kind = ExecuteKind::string;
        execute->strings = parse_expression_list();
        if (is(Keyword::as) && (ahead(1).keyword == Keyword::user || is_word("login", ahead(1)))) {
            at_ += 2;
            expect(TokenKind::equal, "\"=\"");
            parse_string("a name in quotes");
        }
        if (accept(Keyword::at)) {
            accept_word("data_source");
            execute->at_server = parse_identifier("a linked server");
        }
        return finish(execute);
    }
    if (is(TokenKind::variable)) {
        execute->execute_kind = ExecuteKind::variable;
        execute->procedure_variable = text(current());
        advance();
    } else {
        execute->procedure = parse_name("a procedure");
    }
    parse_execute_rest(*execute);
    return finish(execute);
}

// The first statement of a batch may name a procedure and no more.
Execute const* Parser::parse_bare_execute() {
    auto* const execute = make<Execute>(at_->begin);
    execute->procedure = parse_name("a procedure");
    parse_execute_rest(*execute);
    if (!at_end() && !is(TokenKind::semicolon) && !current().first_on_line) fail("the end of the statement");
    return finish(execute);
}

void Parser::parse_execute_rest(Execute& execute) {
    if (is(TokenKind::semicolon) && ahead(1).kind == TokenKind::integer) {  // procedure;2
        advance();
        advance();
    }
    ListBuilder<ExecuteArgument> arguments(arena_);
    if (begins_argument(current(), ahead(1), is_identifier())) {
        do arguments.push(parse_execute_argument());
        while (accept(TokenKind::comma));
    }
    execute.arguments = arguments.list();
    if (!is(Keyword::with)) return;
    ListBuilder<Option> options(arena_, 1);
    auto const begin = ahead(1).begin;
    if (is_word("recompile", ahead(1))) {
        advance();
        advance();
    } else if (is_word("result", ahead(1))) {
        advance();
        advance();
        if (!accept(Keyword::sets)) fail("SETS");
        if (is(TokenKind::left_parenthesis))
            skip_parentheses();
        else
            parse_any_word();
    } else {
        return;
    }
    options.push({span_from(begin), text(span_from(begin)), {}, {}});
    execute.options = options.list();
}

ExecuteArgument Parser::parse_execute_argument() {
    ExecuteArgument argument{};
    auto const begin = current().begin;
    if (is(TokenKind::variable) && ahead(1).kind == TokenKind::equal) {
        argument.name = text(current());
        advance();
        advance();
    }
    switch (at_->kind) {
        case TokenKind::double_quoted: argument.value = parse_literal(); break;
        case TokenKind::bracketed:
        case TokenKind::sqlcmd_variable: {
            auto const name = is(TokenKind::bracketed) ? unquote(*at_) : text(*at_);
            argument.value = make_literal(LiteralKind::string, name);
            break;
        }
        case TokenKind::word:
            if (is(Keyword::null) || is(Keyword::default_))
                argument.value = parse_keyword_operand();
            else if (is_identifier())
                argument.value = make_literal(LiteralKind::string, text(*at_));
            else
                fail("a value");
            break;
        case TokenKind::variable: argument.value = parse_variable(); break;
        case TokenKind::minus:
        case TokenKind::plus: argument.value = parse_unary(); break;
        default:
            if (at_->kind < TokenKind::string || at_->kind > TokenKind::binary) fail("a value");
            argument.value = parse_literal();
    }
    argument.is_output = accept(Keyword::output) || accept(Keyword::out);
    argument.span = span_from(begin);
    return argument;
}

}  // namespace mainstay::tsql
