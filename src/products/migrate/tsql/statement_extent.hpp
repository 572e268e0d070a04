// Where a statement ends that is not parsed. Semicolons are rare in T-SQL, so the next word that can only begin a
// statement ends it, with care for the words that also stand within statements.
#pragma once
#include "products/migrate/tsql/token.hpp"

#include <string_view>

namespace mainstay::tsql {

class StatementExtent {
public:
    // The tokens of one batch; `last` is its end token.
    StatementExtent(std::string_view text, Token const* first, Token const* last)
        : text_(text), first_(first), last_(last) {}

    // The first token behind the statement that begins at `begin`: a semicolon, the next statement, the END or ELSE of
    // what encloses it, or the end of the batch. Always past `begin`.
    Token const* end_of(Token const* begin) const { return end_of(begin, 0); }

    bool begins_statement(Token const*) const;

private:
    struct Scan;

    Token const* end_of(Token const* begin, std::uint32_t nesting) const;
    Token const* end_of_block(Token const* begin) const;
    Token const* end_of_conditional(Token const* begin, std::uint32_t nesting) const;
    Token const* end_of_simple(Token const* begin) const;
    bool is_module(Token const* begin) const;
    bool continues(Scan&, Token const*) const;
    bool is_common_table(Token const* with) const;
    Token const& at(Token const* token, std::uint32_t ahead) const {
        return token + ahead < last_ ? token[ahead] : *last_;
    }

    std::string_view text_;
    Token const* first_;
    Token const* last_;
};

}  // namespace mainstay::tsql
