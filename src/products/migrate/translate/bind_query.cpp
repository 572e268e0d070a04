// A whole query: its common tables, its body, and the columns that those around it see.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"

#include <algorithm>

namespace mainstay::translate {

using tsql::as;

namespace {

// Whether the body reads the name as a table, at its own level or in a table of its FROM.
bool reads(tsql::TableSource const* source, std::string_view name) {
    if (auto const* table = as<tsql::NamedTable>(source))
        return table->name.parts.size() == 1 && equals_ignoring_case(table->name.object(), name);
    if (auto const* join = as<tsql::Join>(source)) return reads(join->left, name) || reads(join->right, name);
    return false;
}

bool reads(tsql::QueryBody const* body, std::string_view name) {
    if (auto const* set = as<tsql::SetOperation>(body))
        return std::any_of(set->operands.begin(), set->operands.end(),
                           [&](auto const* operand) { return reads(operand, name); });
    auto const* const select = as<tsql::Select>(body);
    return select != nullptr && std::any_of(select->from.begin(), select->from.end(),
                                            [&](auto const* source) { return reads(source, name); });
}

}  // namespace

BoundQuery Binder::query(tsql::Query const& query, Scope* outer, std::vector<std::string> const& names, Use use) {
    BoundQuery out;
    if (query.body == nullptr) {
        fail(codes::no_text, query.span, "the query could not be read");
        out.is_failed = true;
        return out;
    }
    if (!query.xml_namespaces.empty()) say(codes::hint_dropped, query.span, "XMLNAMESPACES was left out");
    for (auto const& option : query.options) {
        bool const is_recursion = equals_ignoring_case(option.name, "MAXRECURSION");
        say(is_recursion ? codes::recursion_limit : codes::hint_dropped, option.span,
            std::string(option.name) + " was left out");
    }
    auto const tables_before = common_tables_.size();
    auto const with = common_tables(query, outer);
    auto bound = body(*query.body, &query, outer, use);
    if (query.for_clause != nullptr) {
        if (use == Use::joined_text)
            join_texts(bound, query);
        else
            fail(codes::for_clause, query.for_clause->span, "FOR XML and FOR JSON are not translated here");
    }
    rename(bound, names);
    out.text = finish(bound, with, use, query.span);
    out.columns = bound_columns(bound);
    common_tables_.resize(tables_before);
    auto const& items = bound.first().select.items;
    out.is_failed = std::any_of(items.begin(), items.end(), [](Value const& item) { return item.is_failed; });
    if (out.text.size() > max_sql_bytes) {
        fail(codes::too_large, query.span, "the translation has more than " + std::to_string(max_sql_bytes) + " bytes");
        out.text.clear();
    }
    return out;
}

void Binder::check_as_table(BoundQuery& bound, tsql::Span span, std::size_t max_columns) {
    if (bound.is_failed) return;
    if (bound.columns.size() > max_columns) {
        fail(codes::too_many_columns, span,
             std::to_string(bound.columns.size()) + " columns, of at most " + std::to_string(max_columns));
        bound.is_failed = true;
    }
    std::set<std::string, catalog::NameLess> without_case;
    std::set<std::string> as_written;
    for (auto const& column : bound.columns) {
        auto const& name = column.source_name;
        if (shared_.database_is_case_sensitive ? as_written.insert(name).second : without_case.insert(name).second)
            continue;
        fail(codes::repeated_column, span, "the column " + name + " stands more than once");
        bound.is_failed = true;
        return;
    }
}

std::string Binder::finish(Body& body, std::string const& with, Use use, tsql::Span span) {
    finish_items(body, use, span);
    return with.empty() ? render(body) : with + "\n\n" + render(body);
}

// The list of IN and of ANY: one column, as the key that the operand is compared by.
std::string Binder::in_query(tsql::Query const& query, Value& operand, tsql::Span span) {
    if (query.body == nullptr) return {};
    auto const tables_before = common_tables_.size();
    auto const with = common_tables(query, scope_);
    auto bound = body(*query.body, &query, scope_, Use::rows);
    std::string text;
    auto types = columns_of(bound);
    if (types.size() == 1 && !types[0].is_failed) {
        auto const type = common_type(operand.type, types[0].type);
        bool const of_one_kind = (is_number(operand.family()) && is_number(types[0].family())) ||
                                 (is_text(operand.family()) && is_text(types[0].family())) ||
                                 operand.family() == types[0].family();
        if (!of_one_kind) {
            types[0].type = type;
            coerce(bound, types, span);
            operand = convert(std::move(operand), type, span);
        }
        operand.is_case_sensitive = operand.literal ? types[0].is_case_sensitive : operand.is_case_sensitive;
        if (!operand.is_failed && is_text(family_of(type))) key(types[0], span);
        text = operand.is_failed ? std::string{} : finish(bound, with, Use::keys, span);
    }
    common_tables_.resize(tables_before);
    return text;
}

Body Binder::body(tsql::QueryBody const& node, tsql::Query const* around, Scope* outer, Use use) {
    if (auto const* set = as<tsql::SetOperation>(&node)) {
        auto bound = set_operation(*set, outer, use);
        if (around != nullptr) order_set(*around, bound);
        return bound;
    }
    Body out;
    auto const* const own = as<tsql::Select>(&node);
    if (own == nullptr) {
        fail(codes::unknown_construct, node.span, std::string(tsql::name_of(node.kind)) + " is not translated");
        return out;
    }
    out.select = select(*own, around, outer, use);
    return out;
}

std::string Binder::common_tables(tsql::Query const& query, Scope* outer) {
    if (query.with.empty()) return {};
    bool is_recursive = false;
    std::vector<std::string> texts;
    for (auto const& table : query.with) texts.push_back(common_table(table, outer, is_recursive));
    return (is_recursive ? "with recursive " : "with ") + joined(texts, ",\n\n");
}

std::string Binder::common_table(tsql::CommonTable const& node, Scope*, bool& is_recursive) {
    auto table = std::make_unique<CommonTable>();
    table->name = node.name.text;
    table->name_text = quote_identifier(shared_.identifier(node.name.text));
    std::vector<std::string> names;
    for (auto const& column : node.columns) names.emplace_back(column.text);
    bool const may_recur = node.query != nullptr && as<tsql::SetOperation>(node.query->body) != nullptr &&
                           reads(node.query->body, node.name.text);
    auto* const kept = table.get();
    if (may_recur) {
        for (auto const& name : names) table->columns.push_back({name, {}, {}, true, false, {}});
        table->is_being_bound = true;
        common_tables_.push_back(std::move(table));
        pending_ = kept;
        say(codes::recursion_limit, node.span, "the recursion of " + std::string(node.name.text) + " has no limit");
    }
    if (node.query == nullptr) return {};
    auto bound = query(*node.query, nullptr, names);
    pending_ = nullptr;
    check_as_table(bound, node.span);
    kept->columns = std::move(bound.columns);
    kept->is_failed = bound.is_failed;
    kept->is_being_bound = false;
    is_recursive = is_recursive || kept->is_used_by_itself;
    auto const text = kept->name_text + " as (\n" + indented(bound.text) + "\n)";
    if (!may_recur) common_tables_.push_back(std::move(table));
    return text;
}

void Binder::rename(Body& body, std::vector<std::string> const& names) {
    auto& parts = body.first().select;
    for (std::size_t i = 0; i < names.size() && i < parts.items.size(); ++i) {
        parts.source_names[i] = names[i];
        parts.names[i] = shared_.identifier(names[i]);
    }
}

std::vector<BoundColumn> Binder::bound_columns(Body const& body) const {
    auto const types = columns_of(body);
    auto const& parts = body.first().select;
    std::vector<BoundColumn> columns;
    for (std::size_t i = 0; i < types.size() && i < parts.names.size(); ++i) {
        auto type = types[i].type;
        if (type.name.empty()) type = simple_type("int");  // a bare NULL
        columns.push_back({parts.source_names[i], parts.names[i], std::move(type), types[i].is_nullable,
                           types[i].is_case_sensitive, body.is_set() ? std::nullopt : types[i].origin});
    }
    return columns;
}

// SELECT ', ' + x … FOR XML PATH('') is how texts were joined before STRING_AGG.
void Binder::join_texts(Body& body, tsql::Query const& query) {
    auto& parts = body.select;
    bool is_path = false;
    bool is_typed = false;
    bool is_plain_path = true;
    for (auto const& directive : query.for_clause->directives) {
        if (equals_ignoring_case(directive.name, "PATH")) {
            is_path = true;
            // PATH('') puts no element around a row; PATH alone would.
            is_plain_path = directive.value.empty() && written(directive.span).ends_with(')');
        } else if (equals_ignoring_case(directive.name, "TYPE")) {
            is_typed = true;
        } else {
            is_plain_path = false;
        }
    }
    bool const is_idiom = !body.is_set() && is_path && is_plain_path && parts.items.size() == 1 &&
                          parts.group_by.empty() && !parts.is_distinct && parts.distinct_on.empty() &&
                          parts.limit.empty();
    if (!is_idiom) {
        fail(codes::for_clause, query.for_clause->span, "only FOR XML PATH('') of one text is translated");
        if (!parts.items.empty()) parts.items[0].is_failed = true;
        return;
    }
    if (!is_typed) say(codes::xml_entities, query.for_clause->span, "&, < and > stay as they are");
    auto& item = parts.items[0];
    if (item.is_failed) return;
    if (parts.order_by.empty()) say(codes::unordered_join, query.for_clause->span, "the texts come in no given order");
    item = to_text(std::move(item), text_type("nvarchar", -1), query.span, Conversion::cast, nullptr);
    item.text =
        "string_agg(" + item.text + ", ''" + (parts.order_by.empty() ? "" : " order by " + parts.order_by) + ')';
    item.rank = Rank::atom;
    item.is_nullable = true;
    parts.order_by.clear();
}

}  // namespace mainstay::translate
