// Functions of texts. Searches disregard case where the collation does. Source: "String functions (Transact-SQL)".
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"
#include "products/migrate/translate/pattern.hpp"

#include <algorithm>
#include <array>

namespace mainstay::translate {

namespace {

bool has_letters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    });
}

// A text that is searched for or in, without case where that is how it compares.
std::string folded(Value const& value, bool is_case_sensitive) {
    if (is_case_sensitive) return value.text;
    if (value.literal && !has_letters(*value.literal)) return value.text;
    if (value.literal && lower_ascii(*value.literal) == *value.literal &&
        std::all_of(value.literal->begin(), value.literal->end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return value.text;
    return call("lower", {value.text});
}

Value whole_number(std::string text, bool is_nullable, Rank rank = Rank::atom) {
    return wider(std::move(text), rank, "int", is_nullable);
}

std::string plus(Binder& binder, Value const& value, std::int64_t number, tsql::Span span) {
    if (auto const known = integer_of(value)) return std::to_string(*known + number);
    return binder.integer_text(value, span, Rank::sum) + (number < 0 ? " - " : " + ") +
           std::to_string(number < 0 ? -number : number);
}

Value len(Binder& binder, tsql::FunctionCall const& node) {
    auto text = text_argument(binder, node, 0);
    if (text.is_failed) return text;
    auto value = whole_number(call("length", {call("rtrim", {text.text, "' '"})}), text.is_nullable);
    if (text.type.length == -1)
        value = wider(value.text, Rank::atom, "bigint", text.is_nullable), value.is_plain = true;
    return value;
}

Value datalength(Binder& binder, tsql::FunctionCall const& node) {
    auto own = argument(binder, node, 0);
    if (own.is_failed) return own;
    auto const family = own.family();
    if (is_unicode(family)) return whole_number(call("length", {own.text}) + " * 2", own.is_nullable, Rank::product);
    if (is_text(family)) return whole_number(call("length", {own.text}), own.is_nullable);
    if (is_binary(family)) return whole_number(call("octet_length", {own.text}), own.is_nullable);
    std::int64_t bytes = 0;
    switch (family) {
        case Family::bit:
        case Family::tinyint: bytes = 1; break;
        case Family::smallint: bytes = 2; break;
        case Family::integer:
        case Family::smallmoney:
        case Family::real:
        case Family::smalldatetime: bytes = 4; break;
        case Family::date: bytes = 3; break;
        case Family::bigint:
        case Family::money:
        case Family::float_:
        case Family::datetime: bytes = 8; break;
        case Family::uniqueidentifier: bytes = 16; break;
        default:
            return binder.fail(codes::unknown_conversion, node.span, "DATALENGTH of " + catalog::to_string(own.type));
    }
    auto const size = std::to_string(bytes);
    return whole_number(own.is_nullable ? "case when " + own.text + " is not null then " + size + " end" : size,
                        own.is_nullable);
}

// SQL Server ends with an error for a length below 0; here such a length takes nothing, unless it is written out.
bool is_length(Binder& binder, Value const& length, tsql::Span span) {
    if (!length.literal) binder.say(codes::negative_length, span, "a length below 0 ends with an error on SQL Server");
    bool const is_negative = integer_of(length).value_or(0) < 0;
    if (is_negative) binder.fail(codes::wrong_arguments, span, "a length is below 0");
    return !is_negative;
}

Value no_text(Value const& like) {
    auto value = text_result("cast(null as varchar)", like);
    value.is_nullable = true;
    value.type.length = like.type.length == -1 ? -1 : is_unicode(like.family()) ? 4000 : 8000;
    return value;
}

Value substring(Binder& binder, tsql::FunctionCall const& node) {
    auto const text = text_argument(binder, node, 0);
    auto const start = argument(binder, node, 1);
    auto const length = argument(binder, node, 2);
    if (text.is_failed || start.is_failed || length.is_failed) return failed_value();
    auto const first = integer_of(start);
    auto const count = integer_of(length);
    if (!is_length(binder, length, node.span)) return failed_value();
    std::string from;
    std::string size;
    if (first && *first >= 1) {
        from = std::to_string(*first);
        size = binder.integer_text(length, node.span, Rank::either);
        if (!count) size = call("greatest", {size, "0"});
    } else if (first && count) {
        // What would stand before the first character counts towards the length.
        from = "1";
        size = std::to_string(std::max<std::int64_t>(0, *count + *first - 1));
    } else {
        auto const begin = binder.integer_text(start, node.span, Rank::either);
        from = call("greatest", {begin, "1"});
        size = "greatest(" + binder.integer_text(length, node.span, Rank::sum) + " + least(" + begin + ", 1) - 1, 0)";
    }
    auto value = text_result(call("substring", {text.text, from, size}), text);
    value.is_nullable = text.is_nullable || start.is_nullable || length.is_nullable;
    if (count && *count > 0) value.type.length = *count;
    return value;
}

Value side(Binder& binder, tsql::FunctionCall const& node, std::string_view function) {
    auto const text = text_argument(binder, node, 0);
    auto const length = argument(binder, node, 1);
    if (text.is_failed || length.is_failed || !is_length(binder, length, node.span)) return failed_value();
    auto const size = binder.integer_text(length, node.span, Rank::either);
    auto value = text_result(call(function, {text.text, length.literal ? size : call("greatest", {size, "0"})}), text);
    value.is_nullable = text.is_nullable || length.is_nullable;
    if (auto const count = integer_of(length); count && *count > 0) value.type.length = *count;
    return value;
}

Value left(Binder& binder, tsql::FunctionCall const& node) {
    return side(binder, node, "left");
}
Value right(Binder& binder, tsql::FunctionCall const& node) {
    return side(binder, node, "right");
}

Value simple(Binder& binder, tsql::FunctionCall const& node, std::string_view function, std::string_view second = {}) {
    auto text = text_argument(binder, node, 0);
    if (text.is_failed) return text;
    return text_result(second.empty() ? call(function, {text.text}) : call(function, {text.text, second}), text);
}

Value upper(Binder& binder, tsql::FunctionCall const& node) {
    return simple(binder, node, "upper");
}
Value lower(Binder& binder, tsql::FunctionCall const& node) {
    return simple(binder, node, "lower");
}
Value reverse(Binder& binder, tsql::FunctionCall const& node) {
    return simple(binder, node, "reverse");
}

Value trimmed(Binder& binder, tsql::FunctionCall const& node, std::string_view function) {
    if (node.arguments.size() == 1) return simple(binder, node, function, "' '");
    auto characters = text_argument(binder, node, 1);
    if (characters.is_failed) return characters;
    return simple(binder, node, function, characters.text);
}

Value ltrim(Binder& binder, tsql::FunctionCall const& node) {
    return trimmed(binder, node, "ltrim");
}
Value rtrim(Binder& binder, tsql::FunctionCall const& node) {
    return trimmed(binder, node, "rtrim");
}
Value trim_both(Binder& binder, tsql::FunctionCall const& node) {
    auto const side_word = lower_ascii(node.trim_side);
    return trimmed(binder, node, side_word == "leading" ? "ltrim" : side_word == "trailing" ? "rtrim" : "trim");
}

Value replace(Binder& binder, tsql::FunctionCall const& node) {
    auto const text = text_argument(binder, node, 0);
    auto const search = text_argument(binder, node, 1);
    auto const by = text_argument(binder, node, 2);
    if (text.is_failed || search.is_failed || by.is_failed) return failed_value();
    auto const result = [&](std::string out) {
        auto value = text_result(std::move(out), text);
        value.is_nullable = text.is_nullable || search.is_nullable || by.is_nullable;
        if (is_unicode(by.family())) value.type.name = "nvarchar";
        value.type.length = text.type.length == -1 ? -1 : is_unicode(family_of(value.type)) ? 4000 : 8000;
        return value;
    };
    if (search.is_text_literal() && search.literal->empty()) return result(text.text);
    if (text.is_case_sensitive || (search.is_text_literal() && !has_letters(*search.literal)))
        return result(call("replace", {text.text, search.text, by.text}));
    binder.say(codes::text_compared, node.span, "REPLACE does not regard case");
    auto const expression = search.is_text_literal() ? quote_text("(?i)" + escaped_for_search(*search.literal))
                                                     : "'(?i)' || regexp_escape(" + search.text + ')';
    std::string replacement;
    if (by.is_text_literal()) {
        std::string doubled;
        for (char const c : *by.literal) doubled += c == '\\' ? "\\\\" : std::string(1, c);
        replacement = quote_text(doubled);
    } else {
        replacement = call("replace", {by.text, "'\\'", "'\\\\'"});
    }
    return result(call("regexp_replace", {text.text, expression, replacement, "'g'"}));
}

Value charindex(Binder& binder, tsql::FunctionCall const& node) {
    auto const search = text_argument(binder, node, 0);
    auto const text = text_argument(binder, node, 1);
    auto const start = argument(binder, node, 2);
    if (search.is_failed || text.is_failed || start.is_failed) return failed_value();
    bool const is_nullable = search.is_nullable || text.is_nullable;
    if (search.is_text_literal() && search.literal->empty()) return whole_number("0", false);
    bool const is_case_sensitive =
        text.is_case_sensitive || (search.is_text_literal() && !has_letters(*search.literal));
    if (!is_case_sensitive) binder.say(codes::text_compared, node.span, "CHARINDEX does not regard case");
    auto const what = folded(search, is_case_sensitive);
    auto const first = integer_of(start);
    if (node.arguments.size() < 3 || (first && *first <= 1))
        return whole_number(call("strpos", {folded(text, is_case_sensitive), what}), is_nullable);
    auto const from =
        first ? std::to_string(*first) : call("greatest", {binder.integer_text(start, node.span, Rank::either), "1"});
    auto rest = text;
    rest.text = call("substring", {text.text, from});
    rest.literal.reset();
    auto const place = call("strpos", {folded(rest, is_case_sensitive), what});
    return whole_number("case when " + place + " = 0 then 0 else " + place + " + " + from + " - 1 end", is_nullable);
}

Value patindex(Binder& binder, tsql::FunctionCall const& node) {
    auto const pattern = text_argument(binder, node, 0);
    auto const text = text_argument(binder, node, 1);
    if (pattern.is_failed || text.is_failed) return failed_value();
    if (!pattern.is_text_literal())
        return binder.fail(codes::unknown_argument, node.span, "the pattern of PATINDEX must be written out");
    std::string_view body = *pattern.literal;
    bool const open_begin = body.starts_with('%');
    bool const open_end = body.ends_with('%') && body.size() > 1;
    if (open_begin) body.remove_prefix(1);
    if (open_end) body.remove_suffix(1);
    auto const expression = regular_expression(body, std::nullopt);
    if (!expression)
        return binder.fail(codes::unknown_argument, node.span, "the pattern has a class that is not closed");
    if (!text.is_case_sensitive) binder.say(codes::text_compared, node.span, "PATINDEX does not regard case");
    auto const flags = std::string(text.is_case_sensitive ? "(?s)" : "(?is)");
    auto const whole = flags + (open_begin ? "^(.*?)" : "^()") + *expression + (open_end ? "" : "$");
    return whole_number("case when not " + call("regexp_matches", {text.text, quote_text(whole)}) +
                            " then 0 else length(" + call("regexp_extract", {text.text, quote_text(whole), "1"}) +
                            ") + 1 end",
                        text.is_nullable);
}

Value stuff(Binder& binder, tsql::FunctionCall const& node) {
    auto const text = text_argument(binder, node, 0);
    auto const start = argument(binder, node, 1);
    auto const length = argument(binder, node, 2);
    auto by = text_argument(binder, node, 3);
    if (text.is_failed || start.is_failed || length.is_failed || by.is_failed) return failed_value();
    if (by.is_nullable) by = make_value(call("coalesce", {by.text, "''"}), Rank::atom, by.type, false);
    auto const result = [&](std::string out, Rank rank) {
        auto value = text_result(std::move(out), text, rank);
        value.is_nullable = true;
        value.type.length = text.type.length == -1 ? -1 : is_unicode(text.family()) ? 4000 : 8000;
        return value;
    };
    auto const first = integer_of(start);
    auto const count = integer_of(length);
    auto const is_empty = by.literal && by.literal->empty();
    // Of the empty text, from a place outside the text and for a length below 0, STUFF gives NULL.
    if (count.value_or(0) < 0) return no_text(text);
    if (first == 1 && count) {
        auto rest = call("substring", {call("nullif", {text.text, "''"}), plus(binder, length, 1, node.span)});
        if (is_empty) return result(rest, Rank::atom);
        return result(within(by, Rank::other) + " || " + rest, Rank::other);
    }
    auto const from = binder.integer_text(start, node.span, Rank::sum);
    auto const rest_at = first && count ? std::to_string(*first + std::max<std::int64_t>(0, *count))
                                        : from + " + " + binder.integer_text(length, node.span, Rank::product);
    auto const is_forward =
        count ? std::string{} : " and " + binder.integer_text(length, node.span, Rank::other) + " >= 0";
    return result("case when " + from + " between 1 and length(" + text.text + ")" + is_forward + " then left(" +
                      text.text + ", " + plus(binder, start, -1, node.span) + ") || " + within(by, Rank::sum) +
                      " || substring(" + text.text + ", " + rest_at + ") end",
                  Rank::atom);
}

Value replicate(Binder& binder, tsql::FunctionCall const& node) {
    auto const text = text_argument(binder, node, 0);
    auto const count = argument(binder, node, 1);
    if (text.is_failed || count.is_failed) return failed_value();
    if (integer_of(count).value_or(0) < 0) return no_text(text);
    auto const times = binder.integer_text(count, node.span, Rank::other);
    auto const repeated = call("repeat", {text.text, times});
    auto value = text_result(count.literal ? repeated : "case when " + times + " >= 0 then " + repeated + " end", text);
    value.is_nullable = text.is_nullable || !count.literal;
    value.type.length = text.type.length == -1 ? -1 : is_unicode(text.family()) ? 4000 : 8000;
    return value;
}

Value space(Binder& binder, tsql::FunctionCall const& node) {
    auto count = argument(binder, node, 0);
    if (count.is_failed) return count;
    if (integer_of(count).value_or(0) < 0) return no_text(text_literal(""));
    auto const times = binder.integer_text(count, node.span, Rank::other);
    auto value = text_result("case when " + times + " >= 0 then repeat(' ', " + times + ") end", text_literal(""));
    if (count.literal) value.text = call("repeat", {"' '", times});
    value.type.length = 8000;
    value.is_nullable = !count.literal;
    return value;
}

constexpr std::array rows = {
    FunctionRow{"len", 1, 1, len},
    FunctionRow{"datalength", 1, 1, datalength},
    FunctionRow{"substring", 3, 3, substring},
    FunctionRow{"left", 2, 2, left},
    FunctionRow{"right", 2, 2, right},
    FunctionRow{"upper", 1, 1, upper},
    FunctionRow{"ucase", 1, 1, upper},
    FunctionRow{"lower", 1, 1, lower},
    FunctionRow{"lcase", 1, 1, lower},
    FunctionRow{"reverse", 1, 1, reverse},
    FunctionRow{"ltrim", 1, 2, ltrim},
    FunctionRow{"rtrim", 1, 2, rtrim},
    FunctionRow{"trim", 1, 2, trim_both},
    FunctionRow{"replace", 3, 3, replace},
    FunctionRow{"charindex", 2, 3, charindex},
    FunctionRow{"patindex", 2, 2, patindex},
    FunctionRow{"stuff", 4, 4, stuff},
    FunctionRow{"replicate", 2, 2, replicate},
    FunctionRow{"space", 1, 1, space},
};

}  // namespace

std::span<FunctionRow const> text_functions() {
    return rows;
}

}  // namespace mainstay::translate
