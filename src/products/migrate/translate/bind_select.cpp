// One SELECT: its clauses in the order in which SQL Server evaluates them, since each sees only what came before.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"
#include "products/migrate/translate/from.hpp"

#include <algorithm>

namespace mainstay::translate {

using tsql::as;

namespace {

bool is_all_rows(tsql::Top const& top) {
    auto const* const literal = as<tsql::Literal>(top.count);
    return top.is_percent && literal != nullptr && (literal->text == "100" || literal->text == "100.0");
}

}  // namespace

SelectParts Binder::select(tsql::Select const& node, tsql::Query const* around, Scope* outer, Use use) {
    SelectParts parts;
    Scope scope;
    scope.outer = outer;
    scope.windows = node.windows;
    scope.is_qualified = node.group_by != nullptr || outer != nullptr;
    auto* const before = set_scope(&scope);
    if (node.into.is_set()) say(codes::unknown_construct, node.into.span, "SELECT INTO makes a table");
    parts.from = FromBinder(*this, scope).text(node.from);
    if (node.where != nullptr) {
        scope.is_in_where = true;
        parts.where = condition(node.where).text;
        scope.is_in_where = false;
    }
    if (node.group_by != nullptr) group(*node.group_by, scope, parts);
    items(node, scope, parts, use);
    if (node.having != nullptr) {
        bool const was_qualified = std::exchange(scope.is_qualified, true);
        parts.having = condition(node.having).text;
        scope.is_qualified = was_qualified;
    }
    if (node.is_distinct) make_distinct(parts, node.span);
    limit(around, node, parts);
    set_scope(before);
    return parts;
}

void Binder::items(tsql::Select const& node, Scope& scope, SelectParts& parts, Use use) {
    if (use == Use::exists) {
        add_item(parts, integer_literal(1), "one");
        parts.names.back().clear();
        return;
    }
    for (auto const& item : node.items) {
        if (parts.items.size() >= max_select_columns) {
            parts.items.back() = too_many_columns(item.span);
            return;
        }
        if (item.target != nullptr) {
            fail(codes::unknown_construct, item.span, "SELECT sets a variable");
            continue;
        }
        if (auto const* all = as<tsql::Star>(item.expression)) {
            star(*all, scope, parts);
            continue;
        }
        auto own = value(item.expression);
        auto name = item.alias.is_set() ? std::string(item.alias.text) : own.name;
        own.name.clear();
        add_item(parts, std::move(own), std::move(name));
    }
}

Value Binder::too_many_columns(tsql::Span span) {
    return fail(codes::too_many_columns, span,
                "the list has more than " + std::to_string(max_select_columns) + " columns");
}

void Binder::star(tsql::Star const& node, Scope& scope, SelectParts& parts) {
    bool found = false;
    for (auto const& relation : scope.relations) {
        if (node.qualifier.is_set() && !equals_ignoring_case(relation.alias, node.qualifier.object())) continue;
        found = true;
        if (relation.is_failed) {
            add_item(parts, failed_value(), "unknown");
            continue;
        }
        if (parts.items.size() + relation.columns.size() > max_select_columns) {
            add_item(parts, too_many_columns(node.span), "unknown");
            return;
        }
        for (auto const& column : relation.columns) {
            Value own;
            own.text = scope.relations.size() > 1 || scope.is_qualified
                           ? relation.alias_text + '.' + quote_identifier(column.name)
                           : quote_identifier(column.name);
            own.type = column.type;
            own.is_nullable = column.is_nullable;
            own.is_case_sensitive = column.is_case_sensitive;
            own.origin = column.origin;
            own = shown_for_group(std::move(own), scope, node.span);
            add_item(parts, std::move(own), column.source_name);
        }
    }
    if (!found) add_item(parts, fail(codes::unknown_column, node.span, "* stands for no column"), "unknown");
}

void Binder::add_item(SelectParts& parts, Value item, std::string source_name) {
    if (source_name.empty()) source_name = "column_" + std::to_string(parts.items.size() + 1);
    auto const wanted = shared_.identifier(source_name);
    auto name = wanted;
    while (!parts.taken_names.emplace(name, 2).second)
        name = wanted + '_' + std::to_string(parts.taken_names[wanted]++);
    parts.items.push_back(std::move(item));
    parts.source_names.push_back(std::move(source_name));
    parts.names.push_back(std::move(name));
}

// Rows are distinct by the keys of their texts; one spelling of each is shown.
void Binder::make_distinct(SelectParts& parts, tsql::Span span) {
    bool const has_text = std::any_of(parts.items.begin(), parts.items.end(),
                                      [](Value const& item) { return is_text(item.family()) && !item.literal; });
    if (!has_text) {
        parts.is_distinct = true;
        return;
    }
    say(codes::text_representative, span, "texts that differ in case or trailing spaces are one row");
    for (auto const& item : parts.items) parts.distinct_on.push_back(key_of(item));
    if (parts.group_by.empty() && parts.having.empty()) return;
    // DISTINCT ON cannot repeat grouped expressions; the columns of an inner query stand for them.
    SelectParts outside;
    for (std::size_t i = 0; i < parts.items.size(); ++i) {
        auto item = parts.items[i];
        parts.items[i].text = plain(parts.items[i]);
        item.text = quote_identifier(parts.names[i]);
        item.rank = Rank::atom;
        item.is_plain = true;
        item.literal.reset();
        outside.items.push_back(std::move(item));
    }
    outside.names = parts.names;
    outside.source_names = parts.source_names;
    for (auto const& item : outside.items) outside.distinct_on.push_back(key_of(item));
    parts.distinct_on.clear();
    outside.from = "(\n" + indented(render(parts)) + "\n) as grouped";
    parts = std::move(outside);
}

void Binder::limit(tsql::Query const* around, tsql::Select const& node, SelectParts& parts) {
    auto const order = around == nullptr ? tsql::List<tsql::OrderItem>{} : around->order_by;
    if (node.top == nullptr) {
        if (around == nullptr) return;
        bool const is_paged = around->offset != nullptr || around->fetch != nullptr;
        bool const is_joined = around->for_clause != nullptr;
        if (is_paged || is_joined || (scope_->outer == nullptr && depth_ == 0))
            parts.order_by = order_select(order, parts);
        if (is_paged) limit_rows(*around, parts.limit);
        return;
    }
    auto const& top = *node.top;
    if (is_all_rows(top) && !top.with_ties) {
        if (!order.empty()) say(codes::order_dropped, top.span, "TOP (100) PERCENT promises no order");
        return;
    }
    auto const count = value(top.count);
    if (count.is_failed) return;
    if (order.empty()) say(codes::top_without_order, top.span, "TOP has no ORDER BY");
    parts.order_by = order_select(order, parts);
    if (!top.is_percent && !top.with_ties) {
        parts.limit = count.literal ? count.text : '(' + count.text + ')';
        return;
    }
    if (parts.is_distinct || !parts.distinct_on.empty()) {
        fail(codes::unknown_construct, top.span, "DISTINCT with TOP … PERCENT or WITH TIES");
        return;
    }
    // Windows cannot stand within each other: an order by windows is worked out one level below.
    if (parts.order_by.find(" over (") != std::string::npos) order_below(order, parts);
    auto const over = " over (" + (parts.order_by.empty() ? std::string{} : "order by " + parts.order_by) + ')';
    auto const place = (top.with_ties ? "rank()" : "row_number()") + over;
    parts.qualify = place + " <= " +
                    (top.is_percent ? "ceil(count(*) over () * " + within(count, Rank::sign) + " / 100.0)"
                                    : within(count, Rank::other));
    if (!parts.group_by.empty() && top.is_percent) say(codes::rounding_of_float, top.span, "PERCENT of grouped rows");
}

// Puts the query into FROM, with what it is ordered by as columns of their own.
void Binder::order_below(tsql::List<tsql::OrderItem> order, SelectParts& parts) {
    auto const shown = parts.items.size();
    for (auto const& item : order)
        add_item(parts, order_value(item.expression, parts), "order_" + std::to_string(parts.items.size() - shown + 1));
    parts.order_by.clear();
    SelectParts outside;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < parts.items.size(); ++i) {
        auto item = parts.items[i];
        if (item.is_failed) return;
        parts.items[i].text = plain(parts.items[i]);
        item.text = quote_identifier(parts.names[i]);
        item.rank = Rank::atom;
        item.is_plain = true;
        item.literal.reset();
        if (i >= shown) {
            auto const& by = order[i - shown];
            texts.push_back(order_text(item, by.is_descending, by.expression->span));
        } else {
            outside.items.push_back(std::move(item));
            outside.names.push_back(parts.names[i]);
            outside.source_names.push_back(parts.source_names[i]);
        }
    }
    outside.from = "(\n" + indented(render(parts)) + "\n) as ordered";
    outside.order_by = joined(texts, ", ");
    parts = std::move(outside);
}

void Binder::limit_rows(tsql::Query const& query, std::string& limit) {
    auto const clause = [&](tsql::Expression const* expression) {
        auto const own = value(expression);
        return own.literal ? own.text : '(' + own.text + ')';
    };
    if (query.fetch != nullptr) limit = clause(query.fetch);
    if (query.offset == nullptr) return;
    auto const* const zero = as<tsql::Literal>(query.offset);
    if (zero != nullptr && zero->text == "0") return;
    // render() writes "limit " before it.
    limit = (query.fetch == nullptr ? "all" : limit) + "\noffset " + clause(query.offset);
}

std::string Binder::order_select(tsql::List<tsql::OrderItem> order, SelectParts const& parts) {
    std::vector<std::string> texts;
    bool const was_qualified = std::exchange(scope_->is_qualified, true);
    for (auto const& item : order) {
        auto const own = order_value(item.expression, parts);
        if (!own.is_failed) texts.push_back(order_text(own, item.is_descending, item.expression->span));
    }
    scope_->is_qualified = was_qualified;
    return joined(texts, ", ");
}

// A name is first that of an output column; a number is its place.
Value Binder::order_value(tsql::Expression const* expression, SelectParts const& parts) {
    if (auto const* reference = as<tsql::ColumnReference>(expression);
        reference != nullptr && reference->name.parts.size() == 1) {
        for (std::size_t i = 0; i < parts.items.size(); ++i)
            if (equals_ignoring_case(parts.source_names[i], reference->name.object())) return parts.items[i];
    } else if (auto const* literal = as<tsql::Literal>(expression);
               literal != nullptr && literal->literal_kind == tsql::LiteralKind::integer) {
        auto const place = static_cast<std::size_t>(std::strtoull(std::string(literal->text).c_str(), nullptr, 10));
        if (place >= 1 && place <= parts.items.size()) return parts.items[place - 1];
    }
    return value(expression);
}

// SQL Server takes NULL as the lowest value.
std::string Binder::order_text(Value const& own, bool is_descending, tsql::Span span) {
    auto text = order_key(own, span);
    // A bare number would be read as the place of a column.
    if (own.is_number_literal() || own.is_null()) text = '(' + text + " + 0)";
    if (is_descending) text += " desc";
    if (own.is_nullable) text += is_descending ? " nulls last" : " nulls first";
    return text;
}

}  // namespace mainstay::translate
