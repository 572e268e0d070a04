// A translated expression: its text, how tightly it binds, and what both engines make of it.
#pragma once
#include "products/migrate/translate/translate.hpp"
#include "products/migrate/translate/types.hpp"

namespace mainstay::translate {

// How tightly DuckDB binds the outermost operator of a text.
enum class Rank : std::uint8_t { either, both, negation, comparison, other, sum, product, sign, atom };

struct Value {
    std::string text = "null";
    Rank rank = Rank::atom;
    Type type;  // on SQL Server; unknown for a bare NULL
    bool is_nullable = true;
    bool is_plain = true;  // DuckDB's type is that of duckdb_type(type); else a cast makes it so
    bool is_case_sensitive = false;
    bool is_failed = false;              // a diagnostic has been given; what uses it says nothing more
    std::optional<std::string> literal;  // of a text: its characters; of a number: its digits, with sign
    std::optional<ColumnOrigin> origin;
    std::string name;  // of a column: as SQL Server names it

    Family family() const { return family_of(type); }
    bool is_null() const { return !is_failed && type.name.empty(); }
    bool is_text_literal() const { return literal && is_text(family()); }
    bool is_number_literal() const { return literal && is_number(family()); }
};

Value make_value(std::string text, Rank, Type, bool is_nullable = true);
Value atom(std::string text, std::string_view type, bool is_nullable = true);
// A value whose type in DuckDB is another one: count(*) is a bigint and not an int.
Value wider(std::string text, Rank, std::string_view type, bool is_nullable = true);
Value text_literal(std::string_view characters, std::string_view type = "varchar");
Value integer_literal(std::int64_t);
Value failed_value();

// The text, in parentheses where it binds less tightly than `least`.
std::string within(Value const&, Rank least);
std::string cast_as(Value const&, std::string_view duckdb_type);
std::string call(std::string_view function, std::initializer_list<std::string_view> arguments);
std::optional<std::int64_t> integer_of(Value const&);

std::string indented(std::string_view text, std::size_t by = 4);
std::string joined(std::vector<std::string> const&, std::string_view separator);

}  // namespace mainstay::translate
