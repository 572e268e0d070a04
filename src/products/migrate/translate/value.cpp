// Texts are put together so that they bind as they were meant to, whatever they are put into.
#include "products/migrate/translate/value.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace mainstay::translate {

namespace {

// Words that DuckDB does not take as the name of a column or table without quotes, and some that it reads as functions
// or types where a name may stand. In order.
constexpr std::string_view reserved[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "anti",
    "any",
    "array",
    "as",
    "asc",
    "asof",
    "asymmetric",
    "at",
    "authorization",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "columns",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_date",
    "current_time",
    "current_timestamp",
    "default",
    "deferrable",
    "desc",
    "describe",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "false",
    "fetch",
    "filter",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "glob",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "lambda",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "map",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "over",
    "overlaps",
    "pivot",
    "placing",
    "positional",
    "primary",
    "qualify",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "semi",
    "set",
    "similar",
    "some",
    "struct",
    "summarize",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "try_cast",
    "union",
    "unique",
    "unpivot",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "within",
};

bool is_reserved(std::string_view word) {
    return std::binary_search(std::begin(reserved), std::end(reserved), word);
}

}  // namespace

std::string quote_identifier(std::string_view name) {
    bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
    for (char const c : name)
        plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    if (plain && !is_reserved(lower_ascii(name))) return std::string(name);
    std::string out = "\"";
    for (char const c : name) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string quote_text(std::string_view characters) {
    std::string out = "'";
    for (char const c : characters) {
        if (c == '\'') out += '\'';
        out += c;
    }
    return out + '\'';
}

Value make_value(std::string text, Rank rank, Type type, bool is_nullable) {
    Value value;
    value.text = std::move(text);
    value.rank = rank;
    value.type = std::move(type);
    value.is_nullable = is_nullable;
    return value;
}

Value atom(std::string text, std::string_view type, bool is_nullable) {
    return make_value(std::move(text), Rank::atom, simple_type(type), is_nullable);
}

Value wider(std::string text, Rank rank, std::string_view type, bool is_nullable) {
    auto value = make_value(std::move(text), rank, simple_type(type), is_nullable);
    value.is_plain = false;
    return value;
}

Value text_literal(std::string_view characters, std::string_view type) {
    auto const length = std::max<std::size_t>(1, utf8_length(characters));
    auto value =
        make_value(quote_text(characters), Rank::atom, text_type(type, static_cast<std::int64_t>(length)), false);
    value.literal = characters;
    return value;
}

Value integer_literal(std::int64_t number) {
    auto value = atom(std::to_string(number), "int", false);
    if (number < 0) value.rank = Rank::sign;
    value.literal = value.text;
    return value;
}

Value failed_value() {
    Value value;
    value.is_failed = true;
    return value;
}

std::string within(Value const& value, Rank least) {
    return value.rank < least ? '(' + value.text + ')' : value.text;
}

std::string cast_as(Value const& value, std::string_view duckdb_type) {
    return "cast(" + value.text + " as " + std::string(duckdb_type) + ')';
}

std::string call(std::string_view function, std::initializer_list<std::string_view> arguments) {
    std::string out(function);
    out += '(';
    bool first = true;
    for (auto const argument : arguments) {
        if (!first) out += ", ";
        out += argument;
        first = false;
    }
    return out + ')';
}

std::optional<std::int64_t> integer_of(Value const& value) {
    if (!value.is_number_literal()) return std::nullopt;
    std::int64_t number = 0;
    auto const& digits = *value.literal;
    auto const result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::string indented(std::string_view text, std::size_t by) {
    std::string const margin(by, ' ');
    std::string out = margin;
    bool in_string = false;  // a line break within a literal is part of it
    for (char const c : text) {
        out += c;
        if (c == '\'') in_string = !in_string;
        if (c == '\n' && !in_string) out += margin;
    }
    return out;
}

std::string joined(std::vector<std::string> const& parts, std::string_view separator) {
    std::string out;
    for (auto const& part : parts) {
        if (!out.empty()) out += separator;
        out += part;
    }
    return out;
}

}  // namespace mainstay::translate
