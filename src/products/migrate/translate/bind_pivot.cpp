// PIVOT becomes an aggregation with a filter for each value, UNPIVOT a list of values for each row.
#include "base/text.hpp"
#include "products/migrate/translate/from.hpp"

#include <algorithm>

namespace mainstay::translate {

using tsql::as;

namespace {

std::string column_text(std::string_view alias, BoundColumn const& column) {
    return std::string(alias) + '.' + quote_identifier(column.name);
}

}  // namespace

std::string FromBinder::pivot(tsql::Pivot const& node) {
    Scope inner;
    inner.outer = scope_.outer;
    inner.is_qualified = true;
    auto const from = FromBinder(binder_, inner).source(*node.source);
    auto const* const call_node =
        node.aggregates.size() == 1 ? as<tsql::FunctionCall>(node.aggregates[0].expression) : nullptr;
    bool const is_failed = std::any_of(inner.relations.begin(), inner.relations.end(),
                                       [](Relation const& relation) { return relation.is_failed; });
    if (call_node == nullptr || is_failed || call_node->arguments.size() > 1) {
        if (!is_failed) binder_.say(codes::unknown_construct, node.span, "PIVOT takes one aggregate of one column");
        return add_failed(node.alias.text);
    }
    auto* const before = binder_.set_scope(&inner);
    auto const spread = binder_.column(node.column, node.column.span);
    auto const aggregate = binder_.value(call_node);
    binder_.set_scope(before);
    if (spread.is_failed || aggregate.is_failed) return add_failed(node.alias.text);

    // Whatever the aggregate and the spread column do not use decides the groups.
    std::vector<std::string> used{std::string(node.column.object())};
    if (!call_node->arguments.empty())
        if (auto const* column = as<tsql::ColumnReference>(call_node->arguments[0]))
            used.emplace_back(column->name.object());
    auto const is_used = [&](std::string const& name) {
        return std::any_of(used.begin(), used.end(),
                           [&](std::string const& other) { return equals_ignoring_case(other, name); });
    };
    Relation result;
    result.alias = node.alias.text;
    std::vector<std::string> items;
    std::vector<std::string> groups;
    for (auto const& relation : inner.relations)
        for (auto const& column : relation.columns) {
            if (is_used(column.source_name)) continue;
            Value own;
            own.text = column_text(relation.alias_text, column);
            own.type = column.type;
            own.is_case_sensitive = column.is_case_sensitive;
            auto const key = binder_.key(own, node.span);
            bool const has_key = key != own.text;
            items.push_back(has_key ? "min(" + own.text + ") as " + quote_identifier(column.name) : own.text);
            groups.push_back(key);
            result.columns.push_back(column);
        }
    for (auto const& value : node.values) {
        auto const label = text_literal(value.text);
        auto const wanted = is_text(spread.family()) ? label : binder_.convert(label, spread.type, value.span);
        auto const same = binder_.compared(tsql::BinaryOperator::equal, spread, wanted, value.span);
        auto const name = binder_.shared_.identifier(value.text);
        auto item = aggregate;
        // AVG is put together from two aggregates: each needs the filter.
        auto const filter = " filter (where " + same.text + ')';
        if (aggregate.text.find("count(") != std::string::npos && aggregate.text.find("sum(") != std::string::npos) {
            auto const argument = binder_.in_scope(inner, call_node->arguments[0], false);
            for (std::string const function : {"sum(", "count("}) {
                auto const call_text = function + argument.text + ')';
                for (auto at = item.text.find(call_text); at != std::string::npos;
                     at = item.text.find(call_text, at + call_text.size() + filter.size()))
                    item.text.insert(at + call_text.size(), filter);
            }
        } else {
            item.text += filter;
            item.rank = Rank::other;
        }
        items.push_back(binder_.plain(item) + " as " + quote_identifier(name));
        bool const counts = equals_ignoring_case(call_node->name.object(), "COUNT");
        result.columns.push_back(
            {std::string(value.text), name, aggregate.type, !counts, aggregate.is_case_sensitive, {}});
    }
    std::string text = "select\n" + indented(joined(items, ",\n")) + "\nfrom " + from;
    if (!groups.empty()) text += "\ngroup by " + joined(groups, ", ");
    return add(std::move(result), "(\n" + indented(text) + "\n)");
}

std::string FromBinder::unpivot(tsql::Unpivot const& node) {
    Scope inner;
    inner.outer = scope_.outer;
    inner.is_qualified = true;
    auto const from = FromBinder(binder_, inner).source(*node.source);
    Relation result;
    result.alias = node.alias.text;
    std::vector<std::string> items;
    std::vector<std::string> rows;
    BoundColumn value_column{
        std::string(node.value_column.text), binder_.shared_.identifier(node.value_column.text), {}, false, false, {}};
    BoundColumn name_column{std::string(node.name_column.text),
                            binder_.shared_.identifier(node.name_column.text),
                            text_type("nvarchar", 128),
                            false,
                            false,
                            {}};
    std::vector<Value> values;
    auto* const before = binder_.set_scope(&inner);
    for (auto const& name : node.columns) {
        tsql::Name column_name;
        column_name.parts = {&name, 1};
        column_name.span = name.span;
        values.push_back(binder_.column(column_name, name.span));
        value_column.type = common_type(value_column.type, values.back().type);
        value_column.is_case_sensitive = value_column.is_case_sensitive || values.back().is_case_sensitive;
    }
    binder_.set_scope(before);
    bool is_failed = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        is_failed = is_failed || values[i].is_failed;
        rows.push_back('(' + quote_text(node.columns[i].text) + ", " + values[i].text + ')');
    }
    for (auto const& relation : inner.relations) {
        is_failed = is_failed || relation.is_failed;
        for (auto const& column : relation.columns) {
            bool const is_spread = std::any_of(
                node.columns.begin(), node.columns.end(),
                [&](tsql::Identifier const& other) { return equals_ignoring_case(other.text, column.source_name); });
            if (is_spread) continue;
            items.push_back(column_text(relation.alias_text, column));
            result.columns.push_back(column);
        }
    }
    if (is_failed) return add_failed(node.alias.text);
    auto const value_text = "unpivoted." + quote_identifier(value_column.name);
    items.push_back(value_text);
    items.push_back("unpivoted." + quote_identifier(name_column.name));
    result.columns.push_back(value_column);
    result.columns.push_back(name_column);
    // NULLs make no row.
    auto const text = "select\n" + indented(joined(items, ",\n")) + "\nfrom " + from +
                      "\ncross join lateral (values\n    " + joined(rows, ",\n    ") + "\n) as unpivoted (" +
                      quote_identifier(name_column.name) + ", " + quote_identifier(value_column.name) + ")\nwhere " +
                      value_text + " is not null";
    return add(std::move(result), "(\n" + indented(text) + "\n)");
}

}  // namespace mainstay::translate
