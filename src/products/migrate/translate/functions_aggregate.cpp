// Aggregates, alone and over windows. Sums and averages keep the type of what they sum, as SQL Server's do.
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"

#include <array>

namespace mainstay::translate {

namespace {

struct Argument {
    Value value;
    std::string text;  // with DISTINCT, where it is written
    std::string over;
};

Argument aggregate(Binder& binder, tsql::FunctionCall const& node) {
    Argument out;
    bool const is_window = node.over != nullptr;
    auto& depth = binder.scope()->aggregate_depth;
    if (!is_window) ++depth;
    out.value = argument(binder, node, 0);
    if (!is_window) --depth;
    if (is_window) out.over = binder.over(node, true);
    out.text = (node.is_distinct ? "distinct " : "") + out.value.text;
    return out;
}

Value counted(Binder& binder, tsql::FunctionCall const& node, bool is_big) {
    std::string text;
    std::string over;
    if (node.arguments.size() == 1 && node.arguments[0]->kind == tsql::NodeKind::star) {
        text = "count(*)";
        if (node.over != nullptr) over = binder.over(node, true);
    } else {
        auto const own = aggregate(binder, node);
        if (own.value.is_failed) return own.value;
        text = node.is_distinct ? "count(distinct " + binder.key(own.value, node.span) + ')'
                                : call("count", {own.value.text});
        over = own.over;
    }
    auto value = wider(text + over, Rank::atom, is_big ? "bigint" : "int", false);
    value.is_plain = is_big;
    return value;
}

Value count(Binder& binder, tsql::FunctionCall const& node) {
    return counted(binder, node, false);
}
Value count_big(Binder& binder, tsql::FunctionCall const& node) {
    return counted(binder, node, true);
}

Type sum_type(Type const& type) {
    switch (family_of(type)) {
        case Family::bit:
        case Family::tinyint:
        case Family::smallint:
        case Family::integer: return simple_type("int");
        case Family::bigint: return simple_type("bigint");
        case Family::smallmoney:
        case Family::money: return simple_type("money");
        case Family::decimal: return decimal_type(38, type.scale);
        default: {
            auto result = simple_type("float");
            result.precision = 53;
            return result;
        }
    }
}

bool fits(Binder& binder, tsql::FunctionCall const& node, Value const& value) {
    if (value.is_failed) return false;
    if (is_number(value.family()) && value.family() != Family::bit) return true;
    if (value.is_null()) return true;
    binder.fail(
        codes::wrong_arguments, node.span,
        std::string(node.name.object()) + " of " + catalog::to_string(value.type) + " is refused by SQL Server");
    return false;
}

Value sum(Binder& binder, tsql::FunctionCall const& node) {
    auto const own = aggregate(binder, node);
    if (!fits(binder, node, own.value)) return failed_value();
    auto value = make_value("sum(" + own.text + ')' + own.over, Rank::atom, sum_type(own.value.type), true);
    value.is_plain = own.value.is_plain && (is_float(value.family()) || value.family() == Family::decimal);
    if (is_float(value.family())) binder.say(codes::rounding_of_float, node.span, "sums of floating-point numbers");
    return value;
}

Value avg(Binder& binder, tsql::FunctionCall const& node) {
    auto const own = aggregate(binder, node);
    if (!fits(binder, node, own.value)) return failed_value();
    auto type = sum_type(own.value.type);
    if (is_float(family_of(type))) {
        binder.say(codes::rounding_of_float, node.span, "averages of floating-point numbers");
        return make_value("avg(" + own.text + ')' + own.over, Rank::atom, type, true);
    }
    auto total = make_value("sum(" + own.text + ')' + own.over, Rank::atom, type, true);
    auto number = make_value("count(" + own.text + ')' + own.over, Rank::atom, simple_type("int"), false);
    number.literal = "1";  // never 0 where the sum is not NULL: nothing is to be said about division by zero
    if (family_of(type) == Family::decimal) type = decimal_type(38, std::max<std::int64_t>(type.scale, 6));
    auto value = binder.divided(total, number, type, node.span);
    value.is_nullable = true;
    value.is_plain = false;
    return value;
}

Value least_or_greatest(Binder& binder, tsql::FunctionCall const& node, bool is_least) {
    auto const own = aggregate(binder, node);
    if (own.value.is_failed) return own.value;
    auto const& argument_value = own.value;
    std::string text;
    if (is_text(argument_value.family()))
        text =
            call(is_least ? "arg_min" : "arg_max", {argument_value.text, binder.order_key(argument_value, node.span)});
    else
        text = call(is_least ? "min" : "max", {argument_value.text});
    if (argument_value.family() == Family::uniqueidentifier)
        binder.say(codes::uuid_order, node.span, "the order of uniqueidentifier is another one");
    auto value = make_value(text + own.over, Rank::atom, argument_value.type, true);
    value.is_plain = argument_value.is_plain;
    value.is_case_sensitive = argument_value.is_case_sensitive;
    return value;
}

Value min(Binder& binder, tsql::FunctionCall const& node) {
    return least_or_greatest(binder, node, true);
}
Value max(Binder& binder, tsql::FunctionCall const& node) {
    return least_or_greatest(binder, node, false);
}

Value deviation(Binder& binder, tsql::FunctionCall const& node) {
    auto const own = aggregate(binder, node);
    if (!fits(binder, node, own.value)) return failed_value();
    auto const name = lower_ascii(node.name.object());
    auto const function = name == "stdev"    ? "stddev_samp"
                          : name == "stdevp" ? "stddev_pop"
                          : name == "var"    ? "var_samp"
                                             : "var_pop";
    binder.say(codes::rounding_of_float, node.span, "the last digits may differ");
    auto value = atom(std::string(function) + "(" + own.text + ')' + own.over, "float", true);
    value.type.precision = 53;
    return value;
}

Value string_agg(Binder& binder, tsql::FunctionCall const& node) {
    auto& depth = binder.scope()->aggregate_depth;
    ++depth;
    auto const text = text_argument(binder, node, 0);
    auto const separator = text_argument(binder, node, 1);
    auto const order = binder.order_text(node.within_group);
    --depth;
    if (text.is_failed || separator.is_failed) return failed_value();
    if (order.empty()) binder.say(codes::unordered_join, node.span, "the texts come in no given order");
    auto value = text_result(
        "string_agg(" + text.text + ", " + separator.text + (order.empty() ? "" : " order by " + order) + ')', text);
    if (text.type.length != -1) value.type.length = is_unicode(text.family()) ? 4000 : 8000;
    value.is_nullable = true;
    return value;
}

// GROUPING and GROUPING_ID name grouped expressions, which stand in the query by their keys.
Value grouping(Binder& binder, tsql::FunctionCall const& node) {
    auto& scope = *binder.scope();
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        ++scope.aggregate_depth;
        auto const own = argument(binder, node, i);
        --scope.aggregate_depth;
        if (own.is_failed) return own;
        auto key = own.text;
        for (auto const& [text, group_key] : scope.group_keys)
            if (text == own.text) key = group_key;
        keys.push_back(std::move(key));
    }
    bool const is_one = equals_ignoring_case(node.name.object(), "GROUPING");
    return wider("grouping(" + joined(keys, ", ") + ')', Rank::atom, is_one ? "tinyint" : "int", false);
}

Value approximate_count(Binder& binder, tsql::FunctionCall const& node) {
    auto const own = aggregate(binder, node);
    if (own.value.is_failed) return own.value;
    return atom("count(distinct " + binder.key(own.value, node.span) + ')', "bigint", false);
}

Value percentile(Binder& binder, tsql::FunctionCall const& node) {
    auto const share = argument(binder, node, 0);
    if (share.is_failed) return share;
    if (node.within_group.size() != 1 || node.within_group[0].is_descending || !share.is_number_literal())
        return binder.fail(codes::unknown_argument, node.span, "a percentile needs a literal and an ascending order");
    auto const own = binder.value(node.within_group[0].expression);
    if (!fits(binder, node, own)) return failed_value();
    bool const is_continuous = equals_ignoring_case(node.name.object(), "PERCENTILE_CONT");
    auto const over = node.over == nullptr ? std::string{} : binder.over(node, false);
    auto value = make_value(call(is_continuous ? "quantile_cont" : "quantile_disc",
                                 {is_continuous ? cast_as(own, "double") : own.text, share.text}) +
                                over,
                            Rank::atom, own.type, true);
    value.is_plain = own.is_plain;
    if (is_continuous) {
        value.type = simple_type("float");
        value.type.precision = 53;
        value.is_plain = true;
        binder.say(codes::rounding_of_float, node.span, "the last digits may differ");
    }
    return value;
}

constexpr std::array rows = {
    FunctionRow{"count", 1, 1, count},
    FunctionRow{"count_big", 1, 1, count_big},
    FunctionRow{"sum", 1, 1, sum},
    FunctionRow{"avg", 1, 1, avg},
    FunctionRow{"min", 1, 1, min},
    FunctionRow{"max", 1, 1, max},
    FunctionRow{"stdev", 1, 1, deviation},
    FunctionRow{"stdevp", 1, 1, deviation},
    FunctionRow{"var", 1, 1, deviation},
    FunctionRow{"varp", 1, 1, deviation},
    FunctionRow{"string_agg", 2, 2, string_agg},
    FunctionRow{"grouping", 1, 1, grouping},
    FunctionRow{"grouping_id", 1, 32, grouping},
    FunctionRow{"approx_count_distinct", 1, 1, approximate_count},
    FunctionRow{"percentile_cont", 1, 1, percentile},
    FunctionRow{"percentile_disc", 1, 1, percentile},
};

}  // namespace

std::span<FunctionRow const> aggregate_functions() {
    return rows;
}

}  // namespace mainstay::translate
