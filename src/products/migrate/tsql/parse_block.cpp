// BEGIN ... END, TRY ... CATCH and IF, whose inner statements are parsed like any other.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

Statement const* Parser::parse_begin() {
    auto const* const begin = at_;
    switch (ahead(1).keyword) {
        case Keyword::tran:
        case Keyword::transaction:
        case Keyword::distributed:
        case Keyword::dialog:
        case Keyword::conversation: return skip_statement(begin);
        case Keyword::try_: return parse_try(begin->begin);
        default: return parse_block(begin->begin);
    }
}

Statement const* Parser::parse_block(std::uint32_t begin) {
    auto* const block = make<Block>(begin);
    expect(Keyword::begin);
    if (accept(Keyword::atomic)) {  // BEGIN ATOMIC WITH (...)
        expect(Keyword::with);
        skip_parentheses();
    }
    block->statements = parse_statements(true);
    // What the block holds is kept even when the batch ends in the middle of it.
    if (!accept(Keyword::end))
        sink_.add(codes::unexpected_end, {begin, begin + 5}, "this BEGIN has no END before the batch ends");
    return finish(block);
}

Statement const* Parser::parse_try(std::uint32_t begin) {
    auto* const block = make<Block>(begin);
    block->is_try = true;
    advance();
    advance();
    block->statements = parse_statements(true);
    expect(Keyword::end);
    expect(Keyword::try_);
    accept(TokenKind::semicolon);
    expect(Keyword::begin);
    expect(Keyword::catch_);
    block->handler = parse_statements(true);
    expect(Keyword::end);
    expect(Keyword::catch_);
    return finish(block);
}

Statement const* Parser::parse_if() {
    auto* const statement = make<If>(at_->begin);
    advance();
    statement->condition = parse_expression();
    statement->then_statement = parse_statement();
    if (is(TokenKind::semicolon) && ahead(1).keyword == Keyword::else_) advance();
    if (accept(Keyword::else_)) statement->else_statement = parse_statement();
    return finish(statement);
}

}  // namespace mainstay::tsql
