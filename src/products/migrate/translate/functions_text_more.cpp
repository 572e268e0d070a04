// Functions of texts that join, show and hash. Source: "String functions (Transact-SQL)".
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"

#include <array>

namespace mainstay::translate {

namespace {

std::vector<Value> text_arguments(Binder& binder, tsql::FunctionCall const& node, bool& is_failed, Type& type) {
    std::vector<Value> values;
    std::int64_t length = 0;
    bool is_unicode_text = false;
    bool is_unlimited = false;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        values.push_back(text_argument(binder, node, i));
        is_failed = is_failed || values.back().is_failed;
        is_unicode_text = is_unicode_text || is_unicode(values.back().family());
        is_unlimited = is_unlimited || values.back().type.length == -1;
        auto const own = std::max<std::int64_t>(0, values.back().type.length);
        // The separator, which comes first, stands between each two of the others.
        bool const is_separator = i == 0 && equals_ignoring_case(node.name.object(), "CONCAT_WS");
        length += is_separator ? own * (static_cast<std::int64_t>(node.arguments.size()) - 2) : own;
    }
    std::int64_t const limit = is_unicode_text ? 4000 : 8000;
    type = text_type(is_unicode_text ? "nvarchar" : "varchar", is_unlimited ? -1 : std::min(limit, length));
    return values;
}

Value joined_call(Binder& binder, tsql::FunctionCall const& node, std::string_view function) {
    bool is_failed = false;
    Type type;
    auto const values = text_arguments(binder, node, is_failed, type);
    if (is_failed) return failed_value();
    std::string out(function);
    out += '(';
    bool is_case_sensitive = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        out += (i == 0 ? "" : ", ") + values[i].text;
        is_case_sensitive = is_case_sensitive || values[i].is_case_sensitive;
    }
    auto value = make_value(out + ')', Rank::atom, type, false);
    value.is_case_sensitive = is_case_sensitive;
    return value;
}

// NULL counts as the empty text, in SQL Server and in DuckDB.
Value concat(Binder& binder, tsql::FunctionCall const& node) {
    return joined_call(binder, node, "concat");
}
Value concat_ws(Binder& binder, tsql::FunctionCall const& node) {
    return joined_call(binder, node, "concat_ws");
}

Value quotename(Binder& binder, tsql::FunctionCall const& node) {
    auto const text = text_argument(binder, node, 0);
    auto const mark = node.arguments.size() > 1 ? argument(binder, node, 1) : text_literal("[");
    if (text.is_failed || mark.is_failed) return failed_value();
    if (!mark.is_text_literal() || mark.literal->size() != 1)
        return binder.fail(codes::unknown_argument, node.span, "the mark of QUOTENAME must be written out");
    std::string open(1, mark.literal->front());
    std::string close = open;
    static constexpr std::string_view opening = "[(<{";
    static constexpr std::string_view closing = "])>}";
    if (auto const at = opening.find(open[0]); at != std::string_view::npos) close = closing[at];
    if (auto const at = closing.find(open[0]); at != std::string_view::npos) {
        close = open;
        open = opening[at];
    }
    auto value = text_result(quote_text(open) + " || " +
                                 call("replace", {text.text, quote_text(close), quote_text(close + close)}) + " || " +
                                 quote_text(close),
                             text, Rank::other);
    value.type = text_type("nvarchar", 258);
    return value;
}

Value translate_characters(Binder& binder, tsql::FunctionCall const& node) {
    auto const text = text_argument(binder, node, 0);
    auto const from = text_argument(binder, node, 1);
    auto const to = text_argument(binder, node, 2);
    if (text.is_failed || from.is_failed || to.is_failed) return failed_value();
    if (!from.is_text_literal() || !to.is_text_literal())
        return binder.fail(codes::unknown_argument, node.span, "the characters of TRANSLATE must be written out");
    auto what = *from.literal;
    auto by = *to.literal;
    if (!text.is_case_sensitive) {
        // Each letter in its other case as well.
        auto const size = std::min(what.size(), by.size());
        for (std::size_t i = 0; i < size; ++i) {
            char const c = what[i];
            char const other = c >= 'a' && c <= 'z'   ? static_cast<char>(c - 32)
                               : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32)
                                                      : c;
            if (other == c || what.find(other) != std::string::npos) continue;
            what += other;
            by += by[i];
        }
    }
    return text_result(call("translate", {text.text, quote_text(what), quote_text(by)}), text);
}

Value code_to_text(Binder& binder, tsql::FunctionCall const& node, std::string_view type, std::int64_t most) {
    auto code = argument(binder, node, 0);
    if (code.is_failed) return code;
    auto const known = integer_of(code);
    auto const number = binder.integer_text(code, node.span, Rank::either);
    if (known && *known >= 0 && *known <= 127)
        return make_value("chr(" + number + ')', Rank::atom, text_type(type, 1), false);
    if (most == 255) binder.say(codes::code_page, node.span, "characters above 127 depend on the code page");
    return make_value("chr(" + number + ')', Rank::atom, text_type(type, 1), true);
}

Value character(Binder& binder, tsql::FunctionCall const& node) {
    return code_to_text(binder, node, "char", 255);
}
Value national_character(Binder& binder, tsql::FunctionCall const& node) {
    return code_to_text(binder, node, "nchar", 65535);
}

Value code_of(Binder& binder, tsql::FunctionCall const& node) {
    auto text = text_argument(binder, node, 0);
    if (text.is_failed) return text;
    if (equals_ignoring_case(node.name.object(), "ASCII"))
        binder.say(codes::code_page, node.span, "characters above 127 depend on the code page");
    return wider("case when " + text.text + " <> '' then unicode(" + text.text + ") end", Rank::atom, "int", true);
}

Value str(Binder& binder, tsql::FunctionCall const& node) {
    auto number = argument(binder, node, 0);
    auto const length = node.arguments.size() > 1 ? argument(binder, node, 1) : integer_literal(10);
    auto const decimals = node.arguments.size() > 2 ? argument(binder, node, 2) : integer_literal(0);
    if (number.is_failed) return number;
    auto const size = integer_of(length);
    auto const scale = integer_of(decimals);
    if (!size || !scale)
        return binder.fail(codes::unknown_argument, node.span, "the lengths of STR must be written out");
    binder.say(codes::short_text, node.span, "a number that is longer than the text becomes *");
    auto const shown = "cast(" + cast_as(number, "decimal(38, " + std::to_string(*scale) + ')') + " as varchar)";
    return make_value(call("lpad", {shown, std::to_string(*size), "' '"}), Rank::atom, text_type("varchar", *size),
                      number.is_nullable);
}

Value hashbytes(Binder& binder, tsql::FunctionCall const& node) {
    auto const method = argument(binder, node, 0);
    auto const text = argument(binder, node, 1);
    if (method.is_failed || text.is_failed) return failed_value();
    auto const name = method.literal ? lower_ascii(*method.literal) : std::string{};
    auto const function = name == "md5"                     ? "md5"
                          : name == "sha1" || name == "sha" ? "sha1"
                          : name == "sha2_256"              ? "sha256"
                                                            : "";
    if (*function == '\0')
        return binder.fail(codes::unknown_argument, node.span, "the method of HASHBYTES is not known");
    if (is_unicode(text.family()))
        return binder.fail(codes::unknown_conversion, node.span, "HASHBYTES of nvarchar hashes the bytes of UTF-16");
    if (!is_text(text.family()) && !is_binary(text.family()))
        return binder.fail(codes::unknown_conversion, node.span, "HASHBYTES of " + catalog::to_string(text.type));
    if (is_text(text.family())) binder.say(codes::code_page, node.span, "characters above 127 have other bytes");
    return make_value(call("unhex", {call(function, {text.text})}), Rank::atom, text_type("varbinary", 8000),
                      text.is_nullable);
}

Value is_numeric(Binder& binder, tsql::FunctionCall const& node) {
    auto own = argument(binder, node, 0);
    if (own.is_failed) return own;
    if (is_number(own.family()))
        return wider(own.is_nullable ? "case when " + own.text + " is not null then 1 else 0 end" : "1", Rank::atom,
                     "int", false);
    binder.say(codes::is_numeric, node.span, "ISNUMERIC accepts more than numbers");
    return wider("case when try_cast(" + own.text + " as double) is not null then 1 else 0 end", Rank::atom, "int",
                 false);
}

Value json_value(Binder& binder, tsql::FunctionCall const& node) {
    auto const text = text_argument(binder, node, 0);
    auto const path = node.arguments.size() > 1 ? text_argument(binder, node, 1) : text_literal("$");
    if (text.is_failed || path.is_failed) return failed_value();
    if (!path.is_text_literal() || path.literal->starts_with("strict"))
        return binder.fail(codes::unknown_argument, node.span, "the path must be written out, and lax");
    auto const where = path.literal->starts_with("lax ") ? quote_text(path.literal->substr(4)) : path.text;
    bool const is_query = equals_ignoring_case(node.name.object(), "JSON_QUERY");
    if (is_query) binder.say(codes::json_text, node.span, "the part is written without white space");
    auto const kind = call("json_type", {text.text, where});
    auto const out = is_query ? "cast(" + call("json_extract", {text.text, where}) + " as varchar)"
                              : call("json_extract_string", {text.text, where});
    auto value =
        make_value("case when " + kind + (is_query ? " in" : " not in") + " ('OBJECT', 'ARRAY') then " + out + " end",
                   Rank::atom, text_type("nvarchar", is_query ? -1 : 4000), true);
    value.is_case_sensitive = text.is_case_sensitive;
    return value;
}

Value is_json(Binder& binder, tsql::FunctionCall const& node) {
    auto text = text_argument(binder, node, 0);
    if (text.is_failed) return text;
    return wider(cast_as(atom(call("json_valid", {text.text}), "bit"), "integer"), Rank::atom, "int", text.is_nullable);
}

constexpr std::array rows = {
    FunctionRow{"concat", 2, 254, concat},
    FunctionRow{"concat_ws", 3, 254, concat_ws},
    FunctionRow{"quotename", 1, 2, quotename},
    FunctionRow{"translate", 3, 3, translate_characters},
    FunctionRow{"char", 1, 1, character},
    FunctionRow{"nchar", 1, 1, national_character},
    FunctionRow{"ascii", 1, 1, code_of},
    FunctionRow{"unicode", 1, 1, code_of},
    FunctionRow{"str", 1, 3, str},
    FunctionRow{"hashbytes", 2, 2, hashbytes},
    FunctionRow{"isnumeric", 1, 1, is_numeric},
    FunctionRow{"json_value", 2, 2, json_value},
    FunctionRow{"json_query", 1, 2, json_value},
    FunctionRow{"isjson", 1, 1, is_json},
};

}  // namespace

std::span<FunctionRow const> more_text_functions() {
    return rows;
}

}  // namespace mainstay::translate
