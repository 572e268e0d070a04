// GROUP BY. Texts are grouped by their keys; where such a text is shown, it is the least of its spellings.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"

namespace mainstay::translate {

using tsql::as;
using tsql::GroupingKind;

void Binder::group(tsql::GroupBy const& node, Scope& scope, SelectParts& parts) {
    if (node.is_all) {
        fail(codes::unknown_construct, node.span, "GROUP BY ALL is not translated");
        return;
    }
    bool in_sets = node.with_rollup || node.with_cube;
    for (auto const& item : node.items) in_sets = in_sets || item.grouping_kind != GroupingKind::expression;
    std::vector<std::string> items;
    for (auto const& item : node.items) {
        auto text = grouping_item(item, scope, in_sets);
        if (!text.empty()) items.push_back(std::move(text));
    }
    scope.is_grouped = true;
    parts.group_by = joined(items, ", ");
    if (node.with_rollup) parts.group_by = "rollup (" + parts.group_by + ')';
    if (node.with_cube) parts.group_by = "cube (" + parts.group_by + ')';
    if (in_sets)
        for (auto& relation : scope.relations)
            for (auto& column : relation.columns) column.is_nullable = true;
}

std::string Binder::grouping_item(tsql::Grouping const& node, Scope& scope, bool in_sets) {
    std::vector<std::string> items;
    for (auto const* item : node.items) {
        if (auto const* tuple = as<tsql::Tuple>(item)) {
            std::vector<std::string> composite;
            for (auto const* part : tuple->items) composite.push_back(group_key(part, scope, in_sets));
            items.push_back('(' + joined(composite, ", ") + ')');
        } else {
            items.push_back(group_key(item, scope, in_sets));
        }
    }
    for (auto const& child : node.children) {
        auto text = grouping_item(child, scope, in_sets);
        if (child.grouping_kind == GroupingKind::expression && child.items.size() != 1) text = '(' + text + ')';
        items.push_back(std::move(text));
    }
    auto const list = joined(items, ", ");
    switch (node.grouping_kind) {
        case GroupingKind::expression: return list;
        case GroupingKind::rollup: return "rollup (" + list + ')';
        case GroupingKind::cube: return "cube (" + list + ')';
        case GroupingKind::sets: return "grouping sets (" + list + ')';
        case GroupingKind::empty: return "()";
    }
    return list;
}

std::string Binder::group_key(tsql::Expression const* expression, Scope& scope, bool in_sets) {
    bool const was_grouped = std::exchange(scope.is_grouped, false);
    auto const grouped_before = std::exchange(scope.grouped, {});
    auto const own = value(expression);
    scope.is_grouped = was_grouped;
    scope.grouped = grouped_before;
    if (own.is_failed) return "null";
    auto const key = key_of(own);
    scope.group_keys.emplace_back(own.text, key);
    if (key == own.text || own.literal) return key;
    if (!own.is_case_sensitive) {
        this->key(own, expression->span);
    }
    say(codes::text_representative, expression->span,
        std::string(written(*expression)) + " is shown by one of its spellings in each group");
    auto const shown =
        in_sets ? "case when grouping(" + key + ") = 0 then min(" + own.text + ") end" : "min(" + own.text + ')';
    scope.grouped.push_back({own.text, shown});
    return key;
}

}  // namespace mainstay::translate
