// The cursor: what is expected, and what is said when it is not there.
#include "products/migrate/tsql/parser.hpp"

#include "base/text.hpp"

namespace mainstay::tsql {

namespace {

// As much of a token as a message needs.
constexpr std::size_t max_quoted_bytes = 40;

std::string shown(std::string_view text) {
    if (text.size() <= max_quoted_bytes) return '"' + std::string(text) + '"';
    auto end = max_quoted_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return '"' + std::string(text.substr(0, end)) + "...\"";
}

}  // namespace

List<Statement const*> Parser::parse_batch(RawBatch const& batch) {
    first_ = at_ = batch.tokens.data();
    last_ = first_ + batch.tokens.size() - 1;
    nesting_ = 0;
    tree_height_ = 0;
    return parse_statements(false);
}

void Parser::expect(TokenKind kind, char const* what) {
    if (!accept(kind)) fail(what);
}

void Parser::expect(Keyword keyword) {
    if (!accept(keyword)) fail(spelling_of(keyword));
}

bool Parser::is_word(std::string_view word, Token const& token) const {
    return token.kind == TokenKind::word && equals_ignoring_case(text(token), word);
}

bool Parser::accept_word(std::string_view word) {
    if (!is_word(word)) return false;
    advance();
    return true;
}

void Parser::fail(std::string_view expected) {
    std::string const wanted(expected);
    if (is(TokenKind::unknown)) throw SyntaxError{};  // the lexer has reported it
    if (at_end())
        fail_with(codes::unexpected_end, at_ > first_ ? Span{previous().begin, previous().end} : Span{},
                  "the batch ends where " + wanted + " should follow");
    fail_with(codes::syntax_error, {at_->begin, at_->end}, "expected " + wanted + ", found " + shown(text(current())));
}

void Parser::fail_with(DiagnosticCode const& code, Span span, std::string message) {
    sink_.add(code, span, std::move(message));
    throw SyntaxError{};
}

void Parser::add_to_chain() {
    if (++tree_height_ > max_tree_height)
        fail_with(codes::too_long_chain, {at_->begin, at_->end}, "too many operators in one expression");
}

}  // namespace mainstay::tsql
