// Queries and sources of rows as S-expressions.
#include "products/migrate/tsql/dumper.hpp"

namespace mainstay::tsql {

namespace {

constexpr std::string_view set_heads[] = {"union", "union_all", "except", "intersect"};
constexpr std::string_view join_heads[] = {"join",       "left_join",   "right_join", "full_join",
                                           "cross_join", "cross_apply", "outer_apply"};
constexpr std::string_view hint_words[] = {"", "loop", "hash", "merge", "remote"};
constexpr std::string_view for_heads[] = {"for_xml", "for_json", "for_browse"};
constexpr std::string_view temporal_heads[] = {"", "as_of", "from_to", "between", "contained_in", "all"};

template <class E>
std::string_view pick(std::string_view const* words, E value) {
    return words[static_cast<std::size_t>(value)];
}

}  // namespace

void Dumper::query(Query const* value) {
    open("query");
    with(value->xml_namespaces, value->with);
    body(value->body);
    order("order_by", value->order_by);
    labelled("offset", value->offset);
    labelled("fetch", value->fetch);
    if (value->for_clause != nullptr) {
        open(pick(for_heads, value->for_clause->for_kind));
        for (auto const& directive : value->for_clause->directives) option(directive);
        close();
    }
    options("option", value->options);
    close();
}

void Dumper::with(List<XmlNamespace> namespaces, List<CommonTable> tables) {
    for (auto const& space : namespaces) {
        open("namespace");
        quote(space.uri);
        if (space.prefix.is_set()) identifier(space.prefix);
        close();
    }
    for (auto const& table : tables) {
        open("with");
        identifier(table.name);
        names("columns", table.columns);
        query(table.query);
        close();
    }
}

void Dumper::body(QueryBody const* value) {
    if (auto const* simple = as<Select>(value)) return select(*simple);
    auto const* const operation = as<SetOperation>(value);
    if (operation == nullptr) return word("?");
    open(pick(set_heads, operation->op));
    for (auto const* operand : operation->operands) body(operand);
    close();
}

void Dumper::select(Select const& value) {
    open("select");
    flag(value.is_distinct, "distinct");
    if (value.top != nullptr) {
        open("top");
        expression(value.top->count);
        flag(value.top->is_percent, "percent");
        flag(value.top->with_ties, "with_ties");
        close();
    }
    items("items", value.items);
    named("into", value.into);
    named("on", value.into_filegroup);
    if (!value.from.empty()) {
        open("from");
        for (auto const* part : value.from) source(part);
        close();
    }
    labelled("where", value.where);
    if (value.group_by != nullptr) {
        open("group_by");
        flag(value.group_by->is_all, "all");
        for (auto const& part : value.group_by->items) grouping(part);
        flag(value.group_by->with_rollup, "with_rollup");
        flag(value.group_by->with_cube, "with_cube");
        close();
    }
    labelled("having", value.having);
    for (auto const& window_value : value.windows) {
        open("window");
        identifier(window_value.name);
        window(*window_value.window);
        close();
    }
    close();
}

void Dumper::items(std::string_view head, List<SelectItem> values) {
    open(head);
    for (auto const& value : values) item(value);
    close();
}

void Dumper::item(SelectItem const& value) {
    if (value.target != nullptr) {
        open(spelling_of(value.assignment));
        word(value.target->name);
        expression(value.expression);
        return close();
    }
    if (!value.alias.is_set()) return expression(value.expression);
    open("as");
    identifier(value.alias);
    expression(value.expression);
    close();
}

void Dumper::grouping(Grouping const& value) {
    switch (value.grouping_kind) {
        case GroupingKind::expression: return expressions(value.items);
        case GroupingKind::rollup: return expressions("rollup", value.items);
        case GroupingKind::cube: return expressions("cube", value.items);
        case GroupingKind::empty: open("empty"); return close();
        case GroupingKind::sets:
            open("sets");
            for (auto const& child : value.children) grouping(child);
            return close();
    }
}

void Dumper::alias(Identifier const& value, List<Identifier> columns) {
    named("as", value);
    names("columns", columns);
}

void Dumper::source(TableSource const* value) {
    if (auto const* join_value = as<Join>(value)) return join(*join_value);
    if (auto const* function = as<FunctionTable>(value)) return function_table(*function);
    if (auto const* table = as<NamedTable>(value)) {
        open("table");
        name(table->name);
        alias(table->alias);
        flag(table->for_path, "for_path");
        if (table->temporal.temporal_kind != TemporalKind::none) {
            open("system_time");
            word(pick(temporal_heads, table->temporal.temporal_kind));
            if (table->temporal.from != nullptr) expression(table->temporal.from);
            if (table->temporal.to != nullptr) expression(table->temporal.to);
            close();
        }
        if (table->sample != nullptr) {
            open(table->sample->is_rows ? "sample_rows" : "sample_percent");
            expression(table->sample->amount);
            labelled("repeatable", table->sample->repeatable);
            close();
        }
        options("hints", table->hints);
    } else if (auto const* variable = as<VariableTable>(value)) {
        open("table");
        word(variable->name);
        alias(variable->alias);
    } else if (auto const* derived = as<DerivedTable>(value)) {
        open("derived");
        query(derived->query);
        alias(derived->alias, derived->columns);
    } else if (auto const* values = as<ValuesTable>(value)) {
        open("values");
        rows(values->rows);
        alias(values->alias, values->columns);
    } else if (auto const* pivot = as<Pivot>(value)) {
        open("pivot");
        source(pivot->source);
        items("aggregates", pivot->aggregates);
        named("for", pivot->column);
        names("in", pivot->values);
        alias(pivot->alias);
    } else if (auto const* unpivot = as<Unpivot>(value)) {
        open("unpivot");
        source(unpivot->source);
        named("value", unpivot->value_column);
        named("for", unpivot->name_column);
        names("in", unpivot->columns);
        alias(unpivot->alias);
    } else {
        open("unknown");
    }
    close();
}

void Dumper::function_table(FunctionTable const& value) {
    open("rows_of");
    if (value.call != nullptr) expression(value.call);
    named("rowset", value.name);
    text("arguments", value.arguments);
    named("remote", value.remote_table);
    for (auto const& column_value : value.with_columns) {
        open("column");
        identifier(column_value.name);
        data_type(*column_value.type);
        if (column_value.has_path) quote(column_value.path);
        flag(column_value.as_json, "as_json");
        named("collate", column_value.collation);
        text("ordinal", column_value.ordinal);
        close();
    }
    named("with", value.with_table);
    alias(value.alias, value.columns);
    options("hints", value.hints);
    close();
}

void Dumper::join(Join const& value) {
    open(pick(join_heads, value.join_kind));
    if (value.hint != JoinHint::none) word(pick(hint_words, value.hint));
    source(value.left);
    source(value.right);
    labelled("on", value.on);
    close();
}

void Dumper::rows(List<ValuesRow> values) {
    for (auto const& row : values) expressions("row", row.values);
}

}  // namespace mainstay::tsql
