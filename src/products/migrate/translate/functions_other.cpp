// Choices, NULLs and identifiers. Source: "Logical functions", "ISNULL", "NEWID".
#include "products/migrate/translate/functions.hpp"

#include <array>

namespace mainstay::translate {

namespace {

// The type and length are those of the first argument.
Value isnull(Binder& binder, tsql::FunctionCall const& node) {
    auto first = argument(binder, node, 0);
    auto second = argument(binder, node, 1);
    if (first.is_failed || second.is_failed) return failed_value();
    if (first.is_null()) return second;
    auto const type = first.type;
    bool const is_same =
        duckdb_type(type).name == duckdb_type(second.type).name && second.is_plain && !is_text(first.family());
    auto by =
        second.is_null() || (is_same && !is_temporal(first.family()))
            ? second
            : binder.convert(second, type, node.span,
                             is_integer(first.family()) && second.is_number_literal() && is_integer(second.family())
                                 ? Conversion::implicit
                                 : Conversion::cast);
    if (by.is_failed) return by;
    auto value = make_value(call("coalesce", {first.text, by.text}), Rank::atom, type, by.is_nullable);
    value.is_plain = first.is_plain && (by.is_plain || (by.literal && is_integer(first.family())));
    value.is_case_sensitive = first.is_case_sensitive;
    return value;
}

Value coalesce(Binder& binder, tsql::FunctionCall const& node) {
    std::vector<Value> values;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) values.push_back(argument(binder, node, i));
    auto shape = common_values(binder, values, node.span);
    if (shape.is_failed) return shape;
    std::string text = "coalesce(";
    bool is_nullable = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        text += (i == 0 ? "" : ", ") + values[i].text;
        is_nullable = is_nullable && values[i].is_nullable;
    }
    shape.text = text + ')';
    shape.is_nullable = is_nullable;
    return shape;
}

Value nullif(Binder& binder, tsql::FunctionCall const& node) {
    auto const first = argument(binder, node, 0);
    auto const second = argument(binder, node, 1);
    if (first.is_failed || second.is_failed) return failed_value();
    bool const is_simple = is_number(first.family()) && is_number(second.family()) && first.family() != Family::bit;
    std::string text;
    if (is_simple) {
        text = call("nullif", {first.text, second.text});
    } else {
        auto same = binder.compared(tsql::BinaryOperator::equal, first, second, node.span);
        if (same.is_failed) return same;
        text = "case when " + same.text + " then null else " + first.text + " end";
    }
    auto value = make_value(text, Rank::atom, first.type, true);
    value.is_plain = first.is_plain;
    value.is_case_sensitive = first.is_case_sensitive;
    return value;
}

Value iif(Binder& binder, tsql::FunctionCall const& node) {
    auto condition = binder.condition(node.arguments[0]);
    std::vector<Value> values = {argument(binder, node, 1), argument(binder, node, 2)};
    if (condition.is_failed) return condition;
    auto shape = common_values(binder, values, node.span);
    if (shape.is_failed) return shape;
    shape.text = "case when " + condition.text + " then " + values[0].text + " else " + values[1].text + " end";
    return shape;
}

Value choose(Binder& binder, tsql::FunctionCall const& node) {
    auto index = argument(binder, node, 0);
    std::vector<Value> values;
    for (std::size_t i = 1; i < node.arguments.size(); ++i) values.push_back(argument(binder, node, i));
    if (index.is_failed) return index;
    auto shape = common_values(binder, values, node.span);
    if (shape.is_failed) return shape;
    std::string text = "case " + binder.integer_text(index, node.span, Rank::other);
    for (std::size_t i = 0; i < values.size(); ++i)
        text += "\n    when " + std::to_string(i + 1) + " then " + values[i].text;
    shape.text = text + "\nend";
    shape.is_nullable = true;
    return shape;
}

Value extreme(Binder& binder, tsql::FunctionCall const& node) {
    std::vector<Value> values;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) values.push_back(argument(binder, node, i));
    auto shape = common_values(binder, values, node.span);
    if (shape.is_failed) return shape;
    if (is_text(shape.family()))
        return binder.fail(codes::unknown_conversion, node.span, "GREATEST and LEAST of texts");
    bool const is_greatest = (node.name.object()[0] | 0x20) == 'g';
    std::string text = is_greatest ? "greatest(" : "least(";
    for (std::size_t i = 0; i < values.size(); ++i) text += (i == 0 ? "" : ", ") + values[i].text;
    shape.text = text + ')';
    return shape;
}

Value newid(Binder& binder, tsql::FunctionCall const& node) {
    binder.say(codes::current_moment, node.span, "NEWID gives another value in each run");
    return atom("uuid()", "uniqueidentifier", false);
}

constexpr std::array rows = {
    FunctionRow{"isnull", 2, 2, isnull},   FunctionRow{"coalesce", 2, 254, coalesce},
    FunctionRow{"nullif", 2, 2, nullif},   FunctionRow{"iif", 3, 3, iif},
    FunctionRow{"choose", 2, 254, choose}, FunctionRow{"greatest", 1, 254, extreme},
    FunctionRow{"least", 1, 254, extreme}, FunctionRow{"newid", 0, 0, newid},
};

}  // namespace

std::span<FunctionRow const> other_functions() {
    return rows;
}

}  // namespace mainstay::translate
