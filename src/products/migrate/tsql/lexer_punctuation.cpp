// Operators and punctuation, the longest first.
#include "products/migrate/tsql/diagnostic_codes.hpp"
#include "products/migrate/tsql/lexer.hpp"

namespace mainstay::tsql {

void Lexer::lex_punctuation(RawBatch& batch) {
    auto const begin = at_;
    char const next = peek(1);
    auto const one = [&](TokenKind kind) {
        ++at_;
        push(batch, kind, begin);
    };
    auto const two = [&](TokenKind kind) {
        at_ += 2;
        push(batch, kind, begin);
    };
    auto const may_assign = [&](TokenKind plain, TokenKind assigning) {
        if (next == '=')
            two(assigning);
        else
            one(plain);
    };
    switch (text_[at_]) {
        case ',': return one(TokenKind::comma);
        case ';': return one(TokenKind::semicolon);
        case '(': return one(TokenKind::left_parenthesis);
        case ')': return one(TokenKind::right_parenthesis);
        case '{': return one(TokenKind::left_brace);
        case '}': return one(TokenKind::right_brace);
        case '~': return one(TokenKind::tilde);
        case ':': return next == ':' ? two(TokenKind::double_colon) : one(TokenKind::colon);
        case '=': return one(TokenKind::equal);
        case '+': return may_assign(TokenKind::plus, TokenKind::plus_assign);
        case '*': return may_assign(TokenKind::star, TokenKind::star_assign);
        case '/': return may_assign(TokenKind::slash, TokenKind::slash_assign);
        case '%': return may_assign(TokenKind::percent, TokenKind::percent_assign);
        case '&': return may_assign(TokenKind::ampersand, TokenKind::ampersand_assign);
        case '|': return may_assign(TokenKind::pipe, TokenKind::pipe_assign);
        case '^': return may_assign(TokenKind::caret, TokenKind::caret_assign);
        case '-':
            if (next == '>') return two(TokenKind::arrow_right);
            return may_assign(TokenKind::minus, TokenKind::minus_assign);
        case '<':
            if (next == '=') return two(TokenKind::less_or_equal);
            if (next == '>') return two(TokenKind::not_equal);
            if (next == '<') return two(TokenKind::shift_left);
            return one(TokenKind::less);
        case '>':
            if (next == '=') return two(TokenKind::greater_or_equal);
            if (next == '>') return two(TokenKind::shift_right);
            return one(TokenKind::greater);
        case '!':
            if (next == '=') return two(TokenKind::not_equal);
            if (next == '<') return two(TokenKind::greater_or_equal);
            if (next == '>') return two(TokenKind::less_or_equal);
            break;
        default: break;
    }
    ++at_;
    sink_.add(codes::unknown_character, {begin, at_},
              std::string("T-SQL has no \"") + text_[begin] + "\" at this place");
    push(batch, TokenKind::unknown, begin);
}

}  // namespace mainstay::tsql
