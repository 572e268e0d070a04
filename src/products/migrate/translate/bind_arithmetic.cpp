// Operators between values. Whole numbers divide to whole numbers, decimals keep the scale that SQL Server gives them
// and are cut off there, texts are joined, dates take days.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"

#include <algorithm>
#include <array>

namespace mainstay::translate {

using tsql::BinaryOperator;

namespace {

std::string power_of_ten(std::int64_t exponent) {
    return '1' + std::string(static_cast<std::size_t>(exponent), '0');
}

std::string tenth_power(std::int64_t exponent) {
    return exponent == 0 ? "1" : "0." + std::string(static_cast<std::size_t>(exponent - 1), '0') + '1';
}

Arithmetic arithmetic_of(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::add: return Arithmetic::add;
        case BinaryOperator::subtract: return Arithmetic::subtract;
        case BinaryOperator::multiply: return Arithmetic::multiply;
        case BinaryOperator::divide: return Arithmetic::divide;
        default: return Arithmetic::modulo;
    }
}

bool is_bitwise(BinaryOperator op) {
    return op == BinaryOperator::bit_and || op == BinaryOperator::bit_or || op == BinaryOperator::bit_xor ||
           op == BinaryOperator::shift_left || op == BinaryOperator::shift_right;
}

// A whole number written in the query counts with its own digits, others with those of their type.
Digits digits_of_operand(Value const& value) {
    if (value.literal && value.family() == Family::integer) {
        auto const digits = value.literal->size() - (value.literal->starts_with('-') ? 1U : 0U);
        return {static_cast<std::int64_t>(digits), 0};
    }
    return digits_of(value.type);
}

// The value as a whole number of units of 10^-scale, in DuckDB's widest integer.
std::string as_units(Value const& value, std::int64_t scale, std::int64_t shift) {
    if (is_integer(value.family())) {
        auto const whole = value.family() == Family::bit ? cast_as(value, "integer") : value.text;
        if (shift == 0) return value.rank < Rank::atom && value.family() != Family::bit ? '(' + whole + ')' : whole;
        return "cast(" + whole + " as hugeint) * " + power_of_ten(shift);
    }
    auto const wide = cast_as(value, "decimal(38, " + std::to_string(scale) + ')');
    auto const units = scale + shift == 0 ? wide : wide + " * " + power_of_ten(scale + shift);
    return "cast(" + units + " as hugeint)";
}

}  // namespace

Value Binder::divided(Value const& left, Value const& right, Type const& type, tsql::Span span) {
    if (!right.literal) say(codes::division_by_zero, span, "SQL Server ends with an error where the divisor is zero");
    bool const is_nullable = left.is_nullable || right.is_nullable || !right.literal;
    auto const family = family_of(type);
    if (is_float(family)) {
        auto value = make_value(within(left, Rank::product) + " / " + within(right, Rank::sign), Rank::product, type,
                                is_nullable);
        if (is_integer(left.family()) || left.family() == Family::decimal || is_money(left.family()))
            value.text = cast_as(left, "double") + " / " + within(right, Rank::sign);
        value.is_plain = family == Family::float_;
        return value;
    }
    if (is_integer(family)) {
        auto value = make_value(within(left, Rank::product) + " // " + within(right, Rank::sign), Rank::product, type,
                                is_nullable);
        value.is_plain = left.is_plain && right.is_plain && left.family() == right.family();
        return value;
    }
    auto const scale = digits_of(type).scale;
    auto const left_scale = digits_of(left.type).scale;
    auto const right_scale = digits_of(right.type).scale;
    // left / right at `scale` digits is (left * 10^(scale + right_scale)) // (right * 10^right_scale), in whole
    // numbers.
    auto const numerator = as_units(left, left_scale, scale + right_scale - left_scale);
    auto const denominator = as_units(right, right_scale, 0);
    auto value = make_value('(' + numerator + " // " + denominator + ") * " + tenth_power(scale), Rank::product, type,
                            is_nullable);
    value.is_plain = false;
    return value;
}

Value Binder::date_plus(BinaryOperator op, Value const& left, Value const& right, tsql::Span span) {
    bool const moment_first = is_temporal(left.family());
    auto moment = moment_first ? left : right;
    auto const& days = moment_first ? right : left;
    if (!is_number(days.family()) || (op == BinaryOperator::subtract && !moment_first))
        return fail(codes::unknown_conversion, span, "the difference of two dates as a date");
    bool const is_whole = is_integer(days.family());
    auto type = moment.type;
    auto text = within(moment, Rank::sum) + (op == BinaryOperator::add ? " + " : " - ");
    if (is_whole)
        text += "to_days(" +
                (days.family() == Family::integer && days.is_plain ? days.text : cast_as(days, "integer")) + ')';
    else
        text += "to_microseconds(cast(round(" + within(days, Rank::product) + " * 86400000000) as bigint))";
    return make_value(std::move(text), Rank::sum, type, moment.is_nullable || days.is_nullable);
}

Value Binder::arithmetic(BinaryOperator op, Value left, Value right, tsql::Span span) {
    if (left.is_failed || right.is_failed) return failed_value();
    bool const is_nullable = left.is_nullable || right.is_nullable;
    auto l = left.family();
    auto r = right.family();
    if (left.is_null() || right.is_null()) {
        auto value = make_value("null", Rank::atom, common_type(left.type, right.type), true);
        value.is_plain = false;
        return value;
    }
    if (op == BinaryOperator::add && ((is_text(l) && is_text(r)) || (is_binary(l) && is_binary(r)))) {
        bool const is_unlimited = left.type.length == -1 || right.type.length == -1;
        bool const unicode = is_unicode(l) || is_unicode(r);
        std::int64_t const limit = unicode ? 4000 : 8000;
        auto type = text_type(is_binary(l) ? "varbinary"
                              : unicode    ? "nvarchar"
                                           : "varchar",
                              is_unlimited ? -1 : std::min(limit, left.type.length + right.type.length));
        auto value =
            make_value(within(left, Rank::other) + " || " + within(right, Rank::sum), Rank::other, type, is_nullable);
        value.is_case_sensitive = left.is_case_sensitive || right.is_case_sensitive;
        if (left.is_text_literal() && right.is_text_literal()) value.literal = *left.literal + *right.literal;
        return value;
    }
    if (is_temporal(l) != is_temporal(r) && (is_number(l) || is_number(r)) &&
        (op == BinaryOperator::add || op == BinaryOperator::subtract))
        return date_plus(op, left, right, span);
    if (is_text(l) && is_number(r)) left = convert(std::move(left), right.type, span);
    if (is_text(r) && is_number(l)) right = convert(std::move(right), left.type, span);
    if (left.is_failed || right.is_failed) return failed_value();
    l = left.family();
    r = right.family();
    if (!is_number(l) || !is_number(r))
        return fail(codes::unknown_conversion, span,
                    catalog::to_string(left.type) + ' ' + std::string(tsql::spelling_of(op)) + ' ' +
                        catalog::to_string(right.type) + " is not translated");

    auto type = common_type(left.type, right.type);
    if (family_of(type) == Family::bit) type = simple_type("int");
    auto const family = family_of(type);
    if (family == Family::decimal && !is_bitwise(op))
        type = decimal_result(arithmetic_of(op), digits_of_operand(left), digits_of_operand(right));
    if (op == BinaryOperator::divide) {
        // A narrow whole number would divide in its own width; the result is the same, but for the type.
        return divided(left, right, type, span);
    }
    // DuckDB gives smallint + 1 the type smallint; SQL Server gives int.
    auto const widen = [&](Value& operand, Value const& other) {
        if (operand.family() == Family::bit || (is_integer(operand.family()) && is_integer(family) &&
                                                operand.family() < family && !operand.literal && other.literal))
            operand =
                convert(std::move(operand), is_integer(family) ? type : simple_type("int"), span, Conversion::cast);
    };
    widen(left, right);
    widen(right, left);

    auto const operands = [&](std::string_view sign, Rank rank) {
        auto const next = static_cast<Rank>(static_cast<int>(rank) + 1);
        return within(left, rank) + ' ' + std::string(sign) + ' ' + within(right, next);
    };
    Value value;
    switch (op) {
        case BinaryOperator::add: value = make_value(operands("+", Rank::sum), Rank::sum, type); break;
        case BinaryOperator::subtract: value = make_value(operands("-", Rank::sum), Rank::sum, type); break;
        case BinaryOperator::multiply: value = make_value(operands("*", Rank::product), Rank::product, type); break;
        case BinaryOperator::modulo:
            if (is_float(family)) return fail(codes::unknown_conversion, span, "% of floating-point numbers");
            if (!right.literal)
                say(codes::division_by_zero, span, "SQL Server ends with an error where the divisor is zero");
            value = make_value(operands("%", Rank::product), Rank::product, type);
            break;
        case BinaryOperator::bit_and: value = make_value(operands("&", Rank::other), Rank::other, type); break;
        case BinaryOperator::bit_or: value = make_value(operands("|", Rank::other), Rank::other, type); break;
        case BinaryOperator::bit_xor: value = make_value(call("xor", {left.text, right.text}), Rank::atom, type); break;
        default: return fail(codes::unknown_construct, span, std::string(tsql::spelling_of(op)) + " is not translated");
    }
    if (is_bitwise(op) && !is_integer(family))
        return fail(codes::unknown_conversion, span, "bits of numbers that are not whole");
    value.is_nullable = is_nullable || (op == BinaryOperator::modulo && !right.literal);
    value.is_plain = left.is_plain && right.is_plain && (is_integer(family) || family == Family::float_);
    if (is_integer(family) && value.is_plain)
        value.is_plain = l == r || left.family() == family || right.family() == family;
    // SQL Server shortens the scale of results that would have more than 38 digits, and rounds to it.
    auto const natural = op == BinaryOperator::multiply
                             ? digits_of(left.type).scale + digits_of(right.type).scale
                             : std::max(digits_of(left.type).scale, digits_of(right.type).scale);
    bool const is_shortened = family == Family::decimal && type.scale < natural;
    if (is_shortened || (is_money(family) && op == BinaryOperator::multiply)) {
        value.text = cast_as(value, duckdb_type(type).name);
        value.rank = Rank::atom;
        value.is_plain = true;
    }
    return value;
}

}  // namespace mainstay::translate
