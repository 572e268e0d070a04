// Functions of numbers. Each gives the type of its argument where SQL Server's does. Source: "Mathematical functions".
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"

#include <array>

namespace mainstay::translate {

namespace {

Value number_argument(Binder& binder, tsql::FunctionCall const& node, std::size_t i) {
    auto value = argument(binder, node, i);
    if (value.is_failed || is_number(value.family())) return value;
    auto type = simple_type("float");
    type.precision = 53;
    return binder.convert(std::move(value), type, node.span);
}

Value floating(std::string text, bool is_nullable) {
    auto value = atom(std::move(text), "float", is_nullable);
    value.type.precision = 53;
    return value;
}

Value real_call(Binder& binder, tsql::FunctionCall const& node, std::string_view function) {
    auto number = number_argument(binder, node, 0);
    if (number.is_failed) return number;
    return floating(call(function, {is_float(number.family()) ? number.text : cast_as(number, "double")}),
                    number.is_nullable);
}

// Small whole numbers become int; decimals and money keep their type.
Type result_type(Value const& number) {
    auto const family = number.family();
    if (family == Family::bit || family == Family::tinyint || family == Family::smallint) return simple_type("int");
    if (family == Family::smallmoney) return simple_type("money");
    if (family == Family::real) {
        auto type = simple_type("float");
        type.precision = 53;
        return type;
    }
    return number.type;
}

Value like_argument(Binder& binder, tsql::FunctionCall const& node, std::string_view function) {
    auto number = number_argument(binder, node, 0);
    if (number.is_failed) return number;
    auto value = make_value(call(function, {number.text}), Rank::atom, result_type(number), number.is_nullable);
    value.is_plain = number.is_plain && function == "abs" && value.type.name == number.type.name;
    return value;
}

Value abs_value(Binder& binder, tsql::FunctionCall const& node) {
    return like_argument(binder, node, "abs");
}
Value sign(Binder& binder, tsql::FunctionCall const& node) {
    return like_argument(binder, node, "sign");
}

Value whole(Binder& binder, tsql::FunctionCall const& node, std::string_view function) {
    auto number = number_argument(binder, node, 0);
    if (number.is_failed) return number;
    if (is_integer(number.family()) && number.family() != Family::bit) {
        auto value = number;
        value.type = result_type(number);
        value.is_plain = number.is_plain && value.type.name == number.type.name;
        value.origin.reset();
        return value;
    }
    auto type = result_type(number);
    if (number.family() == Family::decimal) type = decimal_type(number.type.precision, 0);
    auto value = make_value(call(function, {number.text}), Rank::atom, type, number.is_nullable);
    value.is_plain = is_float(number.family());
    return value;
}

Value floor_value(Binder& binder, tsql::FunctionCall const& node) {
    return whole(binder, node, "floor");
}
Value ceiling(Binder& binder, tsql::FunctionCall const& node) {
    return whole(binder, node, "ceil");
}

Value round_value(Binder& binder, tsql::FunctionCall const& node) {
    auto const number = number_argument(binder, node, 0);
    auto const places = argument(binder, node, 1);
    auto const mode = node.arguments.size() > 2 ? argument(binder, node, 2) : integer_literal(0);
    if (number.is_failed || places.is_failed || mode.is_failed) return failed_value();
    auto const digits = integer_of(places);
    auto const cuts = integer_of(mode);
    if (!digits || !cuts)
        return binder.fail(codes::unknown_argument, node.span, "the places of ROUND must be written out");
    auto const scale = digits_of(number.type).scale;
    auto const type = result_type(number);
    auto const done = [&](std::string text, Rank rank = Rank::atom) {
        auto value = make_value(std::move(text), rank, type, number.is_nullable);
        value.is_plain = is_float(number.family());
        return value;
    };
    bool const is_exact_number = !is_float(number.family());
    if (is_exact_number && *digits >= scale) {
        auto value = number;
        value.type = type;
        value.origin.reset();
        return value;
    }
    if (*cuts == 0) {
        if (is_exact_number && *digits < 0 && scale > 0) {  // DuckDB rounds decimals to places behind the point alone
            auto const zeros = static_cast<std::size_t>(-*digits);
            return done("round(" + within(number, Rank::product) + " * 0." + std::string(zeros - 1, '0') + "1, 0) * 1" +
                            std::string(zeros, '0'),
                        Rank::product);
        }
        return done(call("round", {number.text, std::to_string(*digits)}));
    }
    auto const shift = '1' + std::string(static_cast<std::size_t>(*digits < 0 ? -*digits : *digits), '0');
    auto const tenth = *digits == 0
                           ? std::string("1")
                           : "0." + std::string(static_cast<std::size_t>(*digits > 0 ? *digits - 1 : 0), '0') + '1';
    if (*digits < 0)
        return done("trunc(" + within(number, Rank::product) + " / " + shift + ") * " + shift, Rank::product);
    if (*digits == 0) return done(call("trunc", {number.text}));
    return done("trunc(" + within(number, Rank::product) + " * " + shift + ") * " + tenth, Rank::product);
}

Value power(Binder& binder, tsql::FunctionCall const& node) {
    auto const base = number_argument(binder, node, 0);
    auto const exponent = number_argument(binder, node, 1);
    if (base.is_failed || exponent.is_failed) return failed_value();
    auto type = result_type(base);
    auto const text = call("power", {base.text, exponent.text});
    bool const is_nullable = base.is_nullable || exponent.is_nullable;
    if (is_float(family_of(type))) return floating(text, is_nullable);
    if (family_of(type) == Family::decimal) {
        type = decimal_type(38, type.scale);
        return make_value("cast(" + text + " as " + duckdb_type(type).name + ')', Rank::atom, type, is_nullable);
    }
    if (is_money(family_of(type)))
        return make_value("cast(" + text + " as decimal(19, 4))", Rank::atom, type, is_nullable);
    return make_value("cast(trunc(" + text + ") as " + duckdb_type(type).name + ')', Rank::atom, type, is_nullable);
}

template <char const* Function>
Value real_function(Binder& binder, tsql::FunctionCall const& node) {
    return real_call(binder, node, Function);
}

Value logarithm(Binder& binder, tsql::FunctionCall const& node) {
    if (node.arguments.size() == 1) return real_call(binder, node, "ln");
    auto const number = number_argument(binder, node, 0);
    auto const base = number_argument(binder, node, 1);
    if (number.is_failed || base.is_failed) return failed_value();
    return floating("ln(" + number.text + ") / ln(" + base.text + ')', number.is_nullable || base.is_nullable);
}

Value square(Binder& binder, tsql::FunctionCall const& node) {
    auto number = number_argument(binder, node, 0);
    if (number.is_failed) return number;
    return floating(call("power", {cast_as(number, "double"), "2"}), number.is_nullable);
}

Value arctangent2(Binder& binder, tsql::FunctionCall const& node) {
    auto const y = number_argument(binder, node, 0);
    auto const x = number_argument(binder, node, 1);
    if (x.is_failed || y.is_failed) return failed_value();
    return floating(call("atan2", {y.text, x.text}), x.is_nullable || y.is_nullable);
}

// DEGREES and RADIANS keep the type: of a whole number they give a whole number.
Value angle(Binder& binder, tsql::FunctionCall const& node) {
    auto number = number_argument(binder, node, 0);
    if (number.is_failed) return number;
    auto const function = lower_ascii(node.name.object());
    if (is_float(number.family())) return real_call(binder, node, function);
    if (!is_integer(number.family()))
        return binder.fail(codes::unknown_conversion, node.span, "an angle of " + catalog::to_string(number.type));
    auto const type = result_type(number);
    return make_value(
        "cast(trunc(" + call(function, {cast_as(number, "double")}) + ") as " + duckdb_type(type).name + ')',
        Rank::atom, type, number.is_nullable);
}

Value pi(Binder&, tsql::FunctionCall const&) {
    return floating("pi()", false);
}

Value random_number(Binder& binder, tsql::FunctionCall const& node) {
    if (!node.arguments.empty())
        return binder.fail(codes::unknown_argument, node.span,
                           "RAND of a seed gives numbers that only SQL Server knows");
    binder.say(codes::current_moment, node.span, "RAND gives another value in each run");
    return floating("random()", false);
}

constexpr char sqrt_name[] = "sqrt", exp_name[] = "exp", log10_name[] = "log10", sin_name[] = "sin", cos_name[] = "cos",
               tan_name[] = "tan", asin_name[] = "asin", acos_name[] = "acos", atan_name[] = "atan", cot_name[] = "cot";

constexpr std::array rows = {
    FunctionRow{"abs", 1, 1, abs_value},
    FunctionRow{"sign", 1, 1, sign},
    FunctionRow{"floor", 1, 1, floor_value},
    FunctionRow{"ceiling", 1, 1, ceiling},
    FunctionRow{"round", 2, 3, round_value},
    FunctionRow{"power", 2, 2, power},
    FunctionRow{"square", 1, 1, square},
    FunctionRow{"sqrt", 1, 1, real_function<sqrt_name>},
    FunctionRow{"exp", 1, 1, real_function<exp_name>},
    FunctionRow{"log", 1, 2, logarithm},
    FunctionRow{"log10", 1, 1, real_function<log10_name>},
    FunctionRow{"sin", 1, 1, real_function<sin_name>},
    FunctionRow{"cos", 1, 1, real_function<cos_name>},
    FunctionRow{"tan", 1, 1, real_function<tan_name>},
    FunctionRow{"cot", 1, 1, real_function<cot_name>},
    FunctionRow{"asin", 1, 1, real_function<asin_name>},
    FunctionRow{"acos", 1, 1, real_function<acos_name>},
    FunctionRow{"atan", 1, 1, real_function<atan_name>},
    FunctionRow{"atn2", 2, 2, arctangent2},
    FunctionRow{"degrees", 1, 1, angle},
    FunctionRow{"radians", 1, 1, angle},
    FunctionRow{"pi", 0, 0, pi},
    FunctionRow{"rand", 0, 1, random_number},
};

}  // namespace

std::span<FunctionRow const> number_functions() {
    return rows;
}

}  // namespace mainstay::translate
