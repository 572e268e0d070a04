// Tokens of T-SQL: a kind and a place in the source, nothing else.
#pragma once
#include "products/migrate/tsql/keywords.hpp"

#include <cstdint>

namespace mainstay::tsql {

enum class TokenKind : std::uint8_t {
    end,  // of the batch
    word,
    bracketed,        // [name]
    double_quoted,    // "name", or a string under SET QUOTED_IDENTIFIER OFF
    variable,         // @x, @@x
    dollar_word,      // $action, $identity, $partition
    sqlcmd_variable,  // $(name) that has no value
    string,
    national_string,
    integer,
    decimal,
    real,
    money,
    binary,
    // punctuation
    comma,
    dot,
    semicolon,
    colon,
    double_colon,
    left_parenthesis,
    right_parenthesis,
    left_brace,
    right_brace,
    // operators
    plus,
    minus,
    star,
    slash,
    percent,
    ampersand,
    pipe,
    caret,
    tilde,
    shift_left,
    shift_right,
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    plus_assign,
    minus_assign,
    star_assign,
    slash_assign,
    percent_assign,
    ampersand_assign,
    pipe_assign,
    caret_assign,
    arrow_right,  // -> and <-( of graph patterns
    unknown,
};

struct Token {
    std::uint32_t begin;
    std::uint32_t end;
    Keyword keyword;  // of a word; none otherwise
    TokenKind kind;
    bool first_on_line;
};
static_assert(sizeof(Token) == 12);

}  // namespace mainstay::tsql
