// Conversions between numbers, texts, dates and the rest. Source: "CAST and CONVERT (Transact-SQL)": decimals and
// floating-point numbers are cut off to whole numbers, money is rounded, and what cannot be converted fails.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"

namespace mainstay::translate {

namespace {

std::string cast_word(Conversion conversion) {
    return conversion == Conversion::try_cast ? "try_cast(" : "cast(";
}

bool is_integral_text(std::string_view text) {
    text = trim(text);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string Binder::plain(Value const& value) {
    if (value.is_plain && !value.is_null()) return value.text;
    return cast_as(value, duckdb_type(value.type).name);
}

std::string Binder::integer_text(Value value, tsql::Span span, Rank least) {
    if (!is_integer(value.family()) || value.family() == Family::bit)
        value = convert(std::move(value), simple_type("int"), span);
    return within(value, least);
}

Value Binder::convert(Value value, Type const& to, tsql::Span span, Conversion conversion, Value const* style) {
    if (value.is_failed) return value;
    auto const target = family_of(to);
    auto const from = value.family();
    if (target == Family::unknown) return value;
    auto const type_name = duckdb_type(to).name;
    bool const is_implicit = conversion == Conversion::implicit;
    auto const done = [&](std::string text, Rank rank = Rank::atom, bool is_plain = true) {
        auto result = make_value(std::move(text), rank, to, value.is_nullable || conversion == Conversion::try_cast);
        result.is_plain = is_plain;
        return result;
    };
    if (value.is_null()) return is_implicit ? done("null", Rank::atom, false) : done("cast(null as " + type_name + ')');
    // Between types that one family of DuckDB's holds, an implicit conversion leaves the text alone.
    auto const keep = [&] {
        auto result = value;
        result.is_plain = value.is_plain && duckdb_type(value.type).name == type_name;
        result.type = to;
        return result;
    };
    if (is_text(target)) return to_text(std::move(value), to, span, conversion, style);
    if (is_temporal(target)) return to_temporal(std::move(value), to, span, conversion, style);
    auto const cast_text = [&](std::string const& text) {
        return cast_word(conversion) + text + " as " + type_name + ')';
    };

    if (is_integer(target)) {
        if (target == Family::bit) {
            if (from == Family::bit) return keep();
            if (auto const number = integer_of(value)) return done(*number != 0 ? "true" : "false");
            if (is_text(from) && !value.literal) say(codes::text_to_number, span, "the text is read as true or false");
            if (is_number(from) || is_text(from)) return done(cast_text(value.text));
        }
        if (from == Family::bit) return done(cast_text(value.text));
        if (is_integer(from)) {
            if (from == target && value.is_plain) return keep();
            if (is_implicit || value.literal) {
                auto result = keep();
                if (!is_implicit) result = done(cast_text(value.text));
                result.literal = value.literal;
                return result;
            }
            return done(cast_text(value.text));
        }
        if (is_money(from)) return done(cast_text(value.text));
        if (from == Family::decimal || is_float(from)) return done(cast_text(call("trunc", {value.text})));
        if (is_text(from)) {
            if (value.is_text_literal()) {
                auto const digits = trim(*value.literal);
                if (digits.empty()) return done("0");
                if (is_integral_text(digits) && target >= Family::integer) {
                    auto result = integer_literal(std::stoll(std::string(digits)));
                    result.type = to;
                    result.is_plain = target == Family::integer;
                    return result;
                }
                if (!is_integral_text(digits) && conversion == Conversion::try_cast)
                    return done("cast(null as " + type_name + ')');
            }
            say(codes::text_to_number, span, "the text is read as a whole number");
            return done(cast_text(value.text));
        }
        if ((from == Family::datetime || from == Family::smalldatetime) && target >= Family::integer)
            return done("cast(date_diff('day', date '1900-01-01', " + within(value, Rank::sum) +
                        " + interval 12 hours) as " + type_name + ')');
    }
    if (target == Family::decimal || is_money(target) || is_float(target)) {
        if (is_number(from)) {
            if (from == Family::bit) return done(cast_text(cast_as(value, "integer")));
            bool const is_same = duckdb_type(value.type).name == type_name;
            if (is_implicit || (is_same && value.is_plain)) {
                auto result = keep();
                if (value.literal) result.is_plain = result.is_plain && is_same;
                return result;
            }
            auto result = done(cast_text(value.text));
            return result;
        }
        if (is_text(from)) {
            say(codes::text_to_number, span, "the text is read as a number");
            return done(cast_text(value.text));
        }
        if ((from == Family::datetime || from == Family::smalldatetime) && is_float(target))
            return done("(epoch_us(" + value.text + ") - epoch_us(timestamp '1900-01-01')) / 86400000000.0",
                        Rank::product);
    }
    if (target == Family::uniqueidentifier && (from == target || is_text(from)))
        return from == target ? keep() : done(cast_text(value.text));
    if (is_binary(target)) {
        if (is_binary(from)) return keep();
        if ((from == Family::varchar || from == Family::char_) && style == nullptr)
            return done(call("encode", {value.text}));
        if (is_text(from) && style != nullptr && integer_of(*style) == 2) return done(call("unhex", {value.text}));
        if (is_text(from) && style != nullptr && integer_of(*style) == 1)
            return done(call("unhex", {call("substring", {value.text, "3"})}));
    }
    if (target == from) return keep();
    if (target == Family::xml && is_text(from)) {
        say(codes::held_as_text, span, "xml is held as text");
        return done(value.text, value.rank);
    }
    if (target == Family::variant) {
        say(codes::held_as_text, span, "sql_variant is held as text");
        return done(cast_as(value, "varchar"));
    }
    return fail(codes::unknown_conversion, span,
                catalog::to_string(value.type) + " to " + catalog::to_string(to) + " is not translated");
}

}  // namespace mainstay::translate
