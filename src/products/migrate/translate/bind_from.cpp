// Tables, joins and APPLY.
#include "base/text.hpp"
#include "products/migrate/translate/collation.hpp"
#include "products/migrate/translate/from.hpp"

namespace mainstay::translate {

using tsql::as;

namespace {

std::string_view join_words(tsql::JoinKind kind) {
    switch (kind) {
        case tsql::JoinKind::left: return "left join ";
        case tsql::JoinKind::right: return "right join ";
        case tsql::JoinKind::full: return "full join ";
        case tsql::JoinKind::cross: return "cross join ";
        default: return "inner join ";
    }
}

std::string with_conjunctions_in_lines(std::string const& condition) {
    return indented(condition);
}

}  // namespace

std::string FromBinder::text(tsql::List<tsql::TableSource const*> sources) {
    std::string out;
    for (auto const* part : sources) {
        if (!out.empty()) out += "\ncross join ";
        auto const own = source(*part);
        out += !out.empty() && as<tsql::Join>(part) != nullptr ? "(\n" + indented(own) + "\n)" : own;
    }
    return out;
}

std::string FromBinder::source(tsql::TableSource const& source) {
    if (auto const* named_table = as<tsql::NamedTable>(&source)) return named(*named_table);
    if (auto const* derived_table = as<tsql::DerivedTable>(&source)) return derived(*derived_table, false);
    if (auto const* values_table = as<tsql::ValuesTable>(&source)) return values(*values_table, false);
    if (auto const* joined_tables = as<tsql::Join>(&source)) return join(*joined_tables);
    if (auto const* function_table = as<tsql::FunctionTable>(&source)) return function(*function_table, false);
    if (auto const* pivoted = as<tsql::Pivot>(&source)) return pivot(*pivoted);
    if (auto const* unpivoted = as<tsql::Unpivot>(&source)) return unpivot(*unpivoted);
    if (auto const* variable = as<tsql::VariableTable>(&source))
        return local({}, variable->name, variable->alias, source.span);
    binder_.say(codes::unknown_construct, source.span, std::string(tsql::name_of(source.kind)) + " is not translated");
    return add_failed({});
}

std::string FromBinder::add(Relation relation, std::string const& text, bool is_applied) {
    relation.alias_text = binder_.unique_alias(relation.alias, scope_);
    auto out = (is_applied ? "lateral " : "") + text;
    // A table whose own name is its alias needs no other.
    bool const is_its_name = text == relation.alias_text;
    if (!is_its_name) out += " as " + relation.alias_text;
    scope_.relations.push_back(std::move(relation));
    return out;
}

std::string FromBinder::add_failed(std::string_view alias) {
    Relation relation;
    relation.alias = alias;
    relation.alias_text = binder_.unique_alias(alias.empty() ? "unknown" : alias, scope_);
    relation.is_failed = true;
    scope_.relations.push_back(std::move(relation));
    return "unknown";
}

std::vector<BoundColumn> FromBinder::catalog_columns(catalog::ObjectName const& name) {
    std::vector<BoundColumn> columns;
    auto const table = binder_.database().tables.find(name);
    for (auto const& column : binder_.shared_.columns_of(name)) {
        BoundColumn bound{column.source_name,
                          column.name,
                          column.type,
                          column.is_nullable,
                          binder_.shared_.database_is_case_sensitive,
                          ColumnOrigin{name, column.source_name}};
        auto const* const stored =
            table == binder_.database().tables.end() ? nullptr : table->second.find_column(column.source_name);
        if (stored != nullptr && !stored->collation.empty())
            bound.is_case_sensitive = is_case_sensitive_collation(stored->collation);
        columns.push_back(std::move(bound));
    }
    return columns;
}

std::string FromBinder::named(tsql::NamedTable const& table) {
    auto const& name = table.name;
    auto const alias = table.alias.is_set() ? table.alias.text : name.object();
    for (auto const& hint : table.hints)
        binder_.say(codes::hint_dropped, hint.span, std::string(hint.name) + " was left out");
    if (table.sample != nullptr)
        binder_.say(codes::unknown_construct, table.span,
                    "TABLESAMPLE is not translated: its rows differ from run to run");
    if (auto* common = binder_.find_common_table(name); common != nullptr) {
        if (common->is_being_bound) common->is_used_by_itself = true;
        Relation relation;
        relation.alias = alias;
        relation.columns = common->columns;
        relation.is_failed = common->is_failed;
        return add(std::move(relation), common->name_text);
    }
    if (name.parts.size() == 1 && name.object().starts_with('#'))
        return local(name, name.object(), table.alias, table.span);
    if (!name.server().empty() || name.parts.size() > 3) {
        binder_.say(codes::linked_server, name.span, std::string(binder_.written(name.span)) + " is of another server");
        return add_failed(alias);
    }
    auto const& database = binder_.database();
    if (!name.database().empty() && !equals_ignoring_case(name.database(), database.name))
        binder_.say(codes::database_name_dropped, name.span,
                    std::string(name.database()) + " was left out of " + std::string(binder_.written(name.span)));
    auto const object = catalog::resolve(database, catalog::object_name(name));
    auto const stored = database.tables.find(object);
    bool const is_view = database.views.contains(object);
    if (stored == database.tables.end() && !is_view) {
        binder_.say(codes::unknown_table, name.span, catalog::to_string(object) + " is not known");
        return add_failed(alias);
    }
    Relation relation;
    relation.alias = alias;
    relation.object = object;
    relation.columns = catalog_columns(object);
    if (relation.columns.empty()) {
        binder_.say(codes::broken_source, name.span, "the columns of " + catalog::to_string(object) + " are not known");
        relation.is_failed = true;
    }
    auto& sources = binder_.sources_;
    if (std::find(sources.begin(), sources.end(), object) == sources.end()) sources.push_back(object);
    auto const& naming = binder_.shared_.naming;
    if (table.temporal.temporal_kind != tsql::TemporalKind::none) {
        if (is_view || !stored->second.history) {
            binder_.say(codes::temporal_query, table.span, catalog::to_string(object) + " has no history");
            return add_failed(alias);
        }
        return add(std::move(relation), temporal(table, stored->second));
    }
    auto const text = naming.relation ? naming.relation(object)
                                      : quote_identifier(object.schema) + '.' + quote_identifier(object.name);
    return add(std::move(relation), text);
}

// FOR SYSTEM_TIME reads the rows of today and of the past as one. Source: "FROM clause", system_time.
std::string FromBinder::temporal(tsql::NamedTable const& node, catalog::Table const& table) {
    auto& binder = binder_;
    auto const history = catalog::resolve(binder.database(), *table.history);
    if (std::find(binder.sources_.begin(), binder.sources_.end(), history) == binder.sources_.end())
        binder.sources_.push_back(history);
    std::vector<std::string> names;
    std::vector<std::string> period;
    auto const& columns = binder.shared_.columns_of(table.name);
    for (std::size_t i = 0; i < columns.size() && i < table.columns.size(); ++i) {
        names.push_back(quote_identifier(columns[i].name));
        if (table.columns[i].is_generated) period.push_back(names.back());
    }
    if (period.size() != 2) {
        binder.say(codes::temporal_query, node.span,
                   "the period of " + catalog::to_string(table.name) + " is not known");
        return {};
    }
    auto const moment = [&](tsql::Expression const* expression) {
        auto type = simple_type("datetime2");
        type.precision = 7;
        return within(binder.convert(bind(expression), type, node.span), Rank::other);
    };
    std::string where;
    auto const& [kind, from, to] = node.temporal;
    switch (kind) {
        case tsql::TemporalKind::as_of:
            where = period[0] + " <= " + moment(from) + "\n    and " + period[1] + " > " + moment(from);
            break;
        case tsql::TemporalKind::from_to:
            where = period[0] + " < " + moment(to) + "\n    and " + period[1] + " > " + moment(from);
            break;
        case tsql::TemporalKind::between:
            where = period[0] + " <= " + moment(to) + "\n    and " + period[1] + " > " + moment(from);
            break;
        case tsql::TemporalKind::contained_in:
            where = period[0] + " >= " + moment(from) + "\n    and " + period[1] + " <= " + moment(to);
            break;
        default: break;
    }
    auto const& naming = binder.shared_.naming;
    auto const relation = [&](catalog::ObjectName const& name) {
        return naming.relation ? naming.relation(name)
                               : quote_identifier(name.schema) + '.' + quote_identifier(name.name);
    };
    auto const part = [&](catalog::ObjectName const& name) {
        std::string text = "select " + joined(names, ", ") + "\nfrom " + relation(name);
        if (!where.empty()) text += "\nwhere " + where;
        return text;
    };
    return "(\n" + indented(part(table.name) + "\nunion all\n" + part(history)) + "\n)";
}

std::string FromBinder::local(tsql::Name const&, std::string_view name, tsql::Identifier alias, tsql::Span span) {
    auto const found = binder_.surroundings_->tables.find(name);
    auto const shown = alias.is_set() ? alias.text : name;
    if (found == binder_.surroundings_->tables.end()) {
        binder_.say(codes::unknown_table, span, std::string(name) + " is not known here");
        return add_failed(shown);
    }
    Relation relation;
    relation.alias = shown;
    for (auto const& column : found->second.columns)
        relation.columns.push_back({column.source_name, column.name, column.type, column.is_nullable,
                                    binder_.shared_.database_is_case_sensitive, column.origin});
    return add(std::move(relation), found->second.relation);
}

std::string FromBinder::derived(tsql::DerivedTable const& table, bool is_applied) {
    std::vector<std::string> names;
    for (auto const& column : table.columns) names.emplace_back(column.text);
    auto bound = binder_.query(*table.query, is_applied ? &scope_ : scope_.outer, names);
    binder_.check_as_table(bound, table.span);
    Relation relation;
    relation.alias = table.alias.text;
    relation.columns = std::move(bound.columns);
    relation.is_failed = bound.is_failed;
    return add(std::move(relation), "(\n" + indented(bound.text) + "\n)", is_applied);
}

Value FromBinder::bind(tsql::Expression const* expression) {
    Scope empty;
    auto* const before = binder_.set_scope(is_applied_ ? &scope_ : scope_.outer != nullptr ? scope_.outer : &empty);
    bool const was_qualified = scope_.is_qualified;
    scope_.is_qualified = true;
    auto value = binder_.value(expression);
    scope_.is_qualified = was_qualified;
    binder_.set_scope(before);
    return value;
}

std::string FromBinder::values(tsql::ValuesTable const& table, bool is_applied) {
    is_applied_ = is_applied;
    std::vector<std::vector<Value>> rows;
    std::vector<Value> columns;
    bool is_failed = false;
    for (auto const& row : table.rows) {
        rows.emplace_back();
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            auto cell = bind(row.values[i]);
            is_failed = is_failed || cell.is_failed;
            if (i >= columns.size()) {
                columns.push_back(cell);
            } else {
                columns[i].type = common_type(columns[i].type, cell.type);
                columns[i].is_nullable = columns[i].is_nullable || cell.is_nullable;
                columns[i].is_case_sensitive = columns[i].is_case_sensitive || cell.is_case_sensitive;
            }
            rows.back().push_back(std::move(cell));
        }
    }
    is_applied_ = false;
    std::vector<std::string> lines;
    for (auto& row : rows) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < row.size(); ++i) {
            auto cell = binder_.convert(row[i], columns[i].type, table.span);
            is_failed = is_failed || cell.is_failed;
            // The first row decides the types.
            cells.push_back(lines.empty() ? binder_.plain(cell) : cell.text);
        }
        lines.push_back("    (" + joined(cells, ", ") + ')');
    }
    Relation relation;
    relation.alias = table.alias.text;
    relation.is_failed = is_failed;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < columns.size() && i < table.columns.size(); ++i) {
        auto const name = binder_.shared_.identifier(table.columns[i].text);
        names.push_back(quote_identifier(name));
        relation.columns.push_back({std::string(table.columns[i].text), name, columns[i].type, columns[i].is_nullable,
                                    columns[i].is_case_sensitive, std::nullopt});
    }
    auto const text = "(values\n" + joined(lines, ",\n") + "\n)";
    return add(std::move(relation), text, is_applied) + " (" + joined(names, ", ") + ')';
}

std::string FromBinder::join(tsql::Join const& join) {
    if (join.join_kind == tsql::JoinKind::cross_apply || join.join_kind == tsql::JoinKind::outer_apply)
        return apply(join);
    if (join.hint != tsql::JoinHint::none) binder_.say(codes::hint_dropped, join.span, "the join hint was left out");
    auto const first = scope_.relations.size();
    auto out = source(*join.left);
    auto const middle = scope_.relations.size();
    auto right = source(*join.right);
    if (as<tsql::Join>(join.right) != nullptr) right = "(\n" + indented(right) + "\n)";
    out += '\n' + std::string(join_words(join.join_kind)) + right;
    if (join.on != nullptr) {
        bool const was_qualified = std::exchange(scope_.is_qualified, true);
        // Only the tables of this join may be named.
        auto const condition = binder_.in_scope(scope_, join.on, true);
        scope_.is_qualified = was_qualified;
        out += "\n    on " + with_conjunctions_in_lines(condition.text).substr(4);
    }
    bool const left_may_miss = join.join_kind == tsql::JoinKind::right || join.join_kind == tsql::JoinKind::full;
    bool const right_may_miss = join.join_kind == tsql::JoinKind::left || join.join_kind == tsql::JoinKind::full;
    for (auto i = first; i < scope_.relations.size(); ++i)
        for (auto& column : scope_.relations[i].columns)
            if (i < middle ? left_may_miss : right_may_miss) column.is_nullable = true;
    return out;
}

std::string FromBinder::apply(tsql::Join const& join) {
    auto out = source(*join.left);
    auto const middle = scope_.relations.size();
    bool const is_outer = join.join_kind == tsql::JoinKind::outer_apply;
    std::string right;
    if (auto const* derived_table = as<tsql::DerivedTable>(join.right))
        right = derived(*derived_table, true);
    else if (auto const* values_table = as<tsql::ValuesTable>(join.right))
        right = values(*values_table, true);
    else if (auto const* function_table = as<tsql::FunctionTable>(join.right))
        right = function(*function_table, true);
    else
        right = source(*join.right);
    out += (is_outer ? "\nleft join " : "\ncross join ") + right + (is_outer ? "\n    on true" : "");
    if (is_outer)
        for (auto i = middle; i < scope_.relations.size(); ++i)
            for (auto& column : scope_.relations[i].columns) column.is_nullable = true;
    return out;
}

}  // namespace mainstay::translate
