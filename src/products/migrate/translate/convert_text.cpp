// Values as text, with CONVERT's styles and the lengths that cut texts off.
#include "products/migrate/translate/binder.hpp"
#include "products/migrate/translate/date_styles.hpp"

#include <algorithm>

namespace mainstay::translate {

namespace {

struct Rendered {
    std::string text;
    Rank rank = Rank::atom;
    std::int64_t most = -1;  // characters it may have; -1: no limit known
    std::int64_t least = 0;  // characters it has at least
    bool is_failed = false;
};

std::int64_t most_digits(Family family) {
    switch (family) {
        case Family::bit: return 1;
        case Family::tinyint: return 3;
        case Family::smallint: return 6;
        case Family::bigint: return 20;
        default: return 11;
    }
}

// The first `length` characters of a UTF-8 text.
std::string_view first_characters(std::string_view text, std::int64_t length) {
    std::size_t at = 0;
    while (at < text.size() && length > 0) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
        --length;
    }
    return text.substr(0, at);
}

}  // namespace

Value Binder::to_text(Value value, Type const& to, tsql::Span span, Conversion conversion, Value const* style) {
    auto const from = value.family();
    auto const target = family_of(to);
    bool const is_fixed = target == Family::char_ || target == Family::nchar;
    auto const result_of = [&](std::string text, Rank rank) {
        auto result = make_value(std::move(text), rank, to, value.is_nullable);
        result.is_case_sensitive = value.is_case_sensitive;
        return result;
    };
    if (value.is_text_literal() && !is_fixed) {
        auto result = text_literal(to.length > 0 ? first_characters(*value.literal, to.length)
                                                 : std::string_view(*value.literal));
        result.type = to;
        return result;
    }
    constexpr std::int64_t no_style = -1;
    auto const style_number = style == nullptr ? no_style : integer_of(*style).value_or(no_style);
    if (style != nullptr && style_number == no_style && !is_text(from))
        return fail(codes::unknown_argument, span, "the style must be a number that is written out");

    Rendered out;
    if (is_text(from) || from == Family::xml || from == Family::variant || from == Family::other) {
        if (!is_text(from)) say(codes::held_as_text, span, catalog::to_string(value.type) + " is held as text");
        out = {value.text, value.rank, is_text(from) && value.type.length > 0 ? value.type.length : -1, 0};
        if (from == Family::char_ || from == Family::nchar) out.least = value.type.length;
    } else if (from == Family::bit) {
        out = {"cast(" + cast_as(value, "integer") + " as varchar)", Rank::atom, 1, 1};
    } else if (is_integer(from)) {
        out = {cast_as(value, "varchar"), Rank::atom, most_digits(from), 1};
        if (to.length > 0 && to.length < out.most && !value.literal)
            say(codes::short_text, span, "a number of more than " + std::to_string(to.length) + " digits does not fit");
    } else if (is_money(from)) {
        auto const kind = style_number == no_style ? 0 : style_number;
        if (kind == 0)
            out = {"cast(" + cast_as(value, "decimal(19, 2)") + " as varchar)"};
        else if (kind == 1)
            out = {"format('{:,.2f}', " + cast_as(value, "decimal(19, 2)") + ')'};
        else
            out = {"cast(" + plain(value) + " as varchar)"};
    } else if (from == Family::decimal) {
        auto number = value;
        number.text = plain(value);
        out = {cast_as(number, "varchar")};
    } else if (is_float(from)) {
        say(codes::float_text, span, "the number of digits differs");
        out = {"format('{:.6g}', " + value.text + ')'};
    } else if (is_temporal(from)) {
        auto const chosen = style_number == no_style ? default_style(from) : style_number;
        auto const formatted = date_in_style(value, chosen);
        if (!formatted)
            return fail(codes::unknown_style, span,
                        "style " + std::to_string(chosen) + " of " + catalog::to_string(value.type));
        if (formatted->names_months) say(codes::english_names, span, "names of months are English");
        if (from == Family::datetimeoffset) say(codes::offset_lost, span, "the text has the session's clock time");
        out = {formatted->text, formatted->is_single ? Rank::atom : Rank::other, formatted->length, formatted->length};
    } else if (from == Family::uniqueidentifier) {
        out = {call("upper", {cast_as(value, "varchar")}), Rank::atom, 36, 36};
    } else if (is_binary(from) && (style_number == 1 || style_number == 2)) {
        out = {style_number == 1 ? "'0x' || " + call("hex", {value.text}) : call("hex", {value.text}),
               style_number == 1 ? Rank::other : Rank::atom};
    } else {
        return fail(codes::unknown_conversion, span,
                    catalog::to_string(value.type) + " to " + catalog::to_string(to) + " is not translated");
    }
    if (conversion == Conversion::implicit && is_text(from)) return result_of(out.text, out.rank);
    if (is_fixed && to.length > 0 && !(out.least == to.length && out.most == to.length))
        return result_of(call("rpad", {out.text, std::to_string(to.length), "' '"}), Rank::atom);
    if (to.length > 0 && (out.most < 0 || out.most > to.length))
        return result_of(call("left", {out.text, std::to_string(to.length)}), Rank::atom);
    return result_of(out.text, out.rank);
}

}  // namespace mainstay::translate
