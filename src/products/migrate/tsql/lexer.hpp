// Cuts a script into batches of tokens, and picks out the lines that are meant for sqlcmd.
#pragma once
#include "products/migrate/tsql/diagnostic_sink.hpp"
#include "products/migrate/tsql/token.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <vector>

namespace mainstay::tsql {

struct RawBatch {
    Span span;
    std::int32_t repeat = 1;
    std::vector<Token> tokens;  // the last is TokenKind::end
};

class Lexer {
public:
    Lexer(Source const& source, DiagnosticSink& sink, std::vector<SqlcmdLine>& sqlcmd_lines)
        : text_(source.text()), sink_(sink), sqlcmd_lines_(sqlcmd_lines) {}

    // False when nothing is left. The batch's memory is used again.
    bool next_batch(RawBatch&);

private:
    void lex(RawBatch&);
    void lex_word(RawBatch&);
    void skip_word();
    void lex_number(RawBatch&);
    void lex_dollar(RawBatch&);
    void lex_punctuation(RawBatch&);
    void lex_delimited(RawBatch&, TokenKind, std::uint32_t begin, char close);
    void lex_not_ascii(RawBatch&);
    bool skip_comment(RawBatch&);
    bool take_sqlcmd_line();
    bool take_go(RawBatch&);
    void resume_at_next_go(RawBatch&, std::uint32_t begin, DiagnosticCode const&, TokenKind, char const* message);

    void push(RawBatch&, TokenKind, std::uint32_t begin, Keyword = Keyword::none);
    char peek(std::uint32_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

    std::string_view text_;
    DiagnosticSink& sink_;
    std::vector<SqlcmdLine>& sqlcmd_lines_;
    std::uint32_t at_ = 0;
    bool first_on_line_ = true;
    bool batch_ended_ = false;
    // Of the current batch: the first string or name that has a GO line within it, should a later one stay open.
    std::size_t suspect_token_ = 0;
    bool has_suspect_ = false;
};

// The offset behind a line that is only GO, with a count or a comment at most; `at` is where GO stands. 0 for others.
struct GoLine {
    std::uint32_t end = 0;
    std::string_view count;
};
GoLine read_go_line(std::string_view text, std::uint32_t at);

// Puts the values of sqlcmd variables in place of $(name), outside comments, and obeys :setvar.
void expand_sqlcmd_variables(Source&, std::vector<SqlcmdVariable> const&, DiagnosticSink&);

// The name in $(name) at the beginning of the text; empty when there is none.
std::string_view sqlcmd_variable_at(std::string_view text);

bool continues_word(char);

}  // namespace mainstay::tsql
