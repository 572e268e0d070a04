// The module's face: one Translator remembers the columns of every table and view that its queries have read.
#include "products/migrate/translate/binder.hpp"
#include "products/migrate/translate/collation.hpp"

#include <algorithm>

namespace mainstay::translate {

namespace {

catalog::Table const* find_table(catalog::Database const& database, catalog::ObjectName const& name) {
    auto const found = database.tables.find(name);
    return found == database.tables.end() ? nullptr : &found->second;
}

OutputColumn output_column(BoundColumn const& column) {
    return {column.name,  column.source_name, column.type, column.is_nullable, duckdb_type(column.type).name,
            column.origin};
}

}  // namespace

struct Translator::State {
    Shared shared;
    std::vector<OutputColumn> none;

    std::vector<OutputColumn> const& columns(Translator&, catalog::ObjectName const&);
    std::vector<OutputColumn> table_columns(Translator&, catalog::Table const&);
    Translation finish(Binder&, BoundQuery);
};

Translator::Translator(catalog::Database const& database, Naming naming, Target)
    : state_(std::make_unique<State>(State{{database, std::move(naming)}, {}})) {
    state_->shared.database_is_case_sensitive = is_case_sensitive_collation(database.collation);
    state_->shared.columns_of = [this](catalog::ObjectName const& name) -> std::vector<OutputColumn> const& {
        return columns(name);
    };
}

Translator::~Translator() = default;

std::vector<OutputColumn> const& Translator::columns(catalog::ObjectName const& name) {
    return state_->columns(*this, catalog::resolve(state_->shared.database, name));
}

std::vector<OutputColumn> const& Translator::State::columns(Translator& translator, catalog::ObjectName const& name) {
    if (auto const known = shared.columns.find(name); known != shared.columns.end()) return known->second;
    if (auto const* table = find_table(shared.database, name); table != nullptr) {
        auto found = table_columns(translator, *table);
        return shared.columns.insert_or_assign(name, std::move(found)).first->second;
    }
    auto const view = shared.database.views.find(name);
    if (view == shared.database.views.end() || shared.being_bound.contains(name) ||
        shared.being_bound.size() >= max_view_depth)
        return none;
    shared.being_bound.insert(name);
    auto translation = translator.view(view->second);
    shared.being_bound.erase(name);
    // A view that is not translated is known to be so, and not tried again.
    return shared.columns.insert_or_assign(name, std::move(translation.columns)).first->second;
}

std::vector<OutputColumn> Translator::State::table_columns(Translator& translator, catalog::Table const& table) {
    std::vector<OutputColumn> out;
    auto const name_of_column = [&](std::string const& name) {
        return shared.naming.column ? shared.naming.column(table.name, name) : name;
    };
    for (auto const& column : table.columns) {
        OutputColumn own;
        own.name = name_of_column(column.name);
        own.source_name = column.name;
        own.type = column.type;
        own.is_nullable = column.is_nullable;
        own.origin = ColumnOrigin{table.name, column.name};
        out.push_back(std::move(own));
    }
    // Computed columns have the type of their expression, over the columns that are stored.
    shared.columns.insert_or_assign(table.name, out);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        auto const& column = table.columns[i];
        if (column.type.name.empty() && column.computed != nullptr) {
            auto const computed = translator.value(table, *column.computed_script, *column.computed);
            out[i].type = computed.type.name.empty() ? simple_type("sql_variant") : computed.type;
            out[i].is_nullable = column.is_nullable && computed.is_nullable;
            // The expression that a bit comes from is an int where SQL Server says nothing else.
        }
        out[i].duckdb_type = duckdb_type(out[i].type).name;
        shared.columns.insert_or_assign(table.name, out);
    }
    return out;
}

Translation Translator::State::finish(Binder& binder, BoundQuery bound) {
    Translation out;
    if (bound.is_failed && binder.fidelity() != Fidelity::not_translated)
        binder.say(codes::broken_source, {0, 0}, "the query reads a view that is not translated");
    out.fidelity = binder.fidelity();
    out.sources = binder.sources();
    if (out.is_translated()) out.sql = std::move(bound.text);
    bool const knows_columns = !bound.is_failed;
    if (knows_columns)
        for (auto const& column : bound.columns) out.columns.push_back(output_column(column));
    out.diagnostics = binder.take_diagnostics();
    return out;
}

Translation Translator::view(catalog::View const& view) {
    if (view.query == nullptr) {
        Translation out;
        out.fidelity = Fidelity::not_translated;
        tsql::Source const source(view.file, view.definition);
        out.diagnostics.push_back(tsql::make_diagnostic(
            source, codes::no_text, {0, 0}, "the query of " + catalog::to_string(view.name) + " is not known"));
        for (auto const& column : view.columns) {
            OutputColumn own;
            own.name = state_->shared.identifier(column.name);
            own.source_name = column.name;
            own.type = column.type;
            own.is_nullable = column.is_nullable;
            own.duckdb_type = duckdb_type(column.type).name;
            out.columns.push_back(std::move(own));
        }
        return out;
    }
    auto& being_bound = state_->shared.being_bound;
    bool const is_first = being_bound.insert(view.name).second;
    Surroundings const none;
    Binder binder(state_->shared, *view.script, none);
    auto bound = binder.query(*view.query, nullptr, view.column_names);
    binder.check_as_table(bound, view.query->span, max_view_columns);
    auto out = state_->finish(binder, std::move(bound));
    if (is_first) being_bound.erase(view.name);
    return out;
}

Translation Translator::query(tsql::ParseResult const& script, tsql::Query const& node,
                              Surroundings const& surroundings, std::vector<std::string> const& column_names) {
    Binder binder(state_->shared, script, surroundings);
    auto bound = binder.query(node, nullptr, column_names);
    return state_->finish(binder, std::move(bound));
}

namespace {

Scope scope_of(Shared& shared, catalog::Table const& table) {
    Scope scope;
    Relation relation;
    relation.alias = table.name.name;
    relation.object = table.name;
    for (auto const& column : shared.columns_of(table.name)) {
        auto const* const stored = table.find_column(column.source_name);
        bool const is_case_sensitive = stored != nullptr && !stored->collation.empty()
                                           ? is_case_sensitive_collation(stored->collation)
                                           : shared.database_is_case_sensitive;
        relation.columns.push_back(
            {column.source_name, column.name, column.type, column.is_nullable, is_case_sensitive, column.origin});
    }
    scope.relations.push_back(std::move(relation));
    return scope;
}

ExpressionTranslation result_of(Binder& binder, Value const& value, bool is_condition) {
    ExpressionTranslation out;
    out.fidelity = binder.fidelity();
    if (value.is_failed) out.fidelity = Fidelity::not_translated;
    if (out.fidelity != Fidelity::not_translated) out.sql = is_condition ? value.text : binder.plain(value);
    out.type = is_condition ? simple_type("bit") : value.type;
    out.is_nullable = value.is_nullable;
    out.duckdb_type = is_condition ? "boolean" : duckdb_type(value.type).name;
    out.diagnostics = binder.take_diagnostics();
    return out;
}

}  // namespace

ExpressionTranslation Translator::condition(catalog::Table const& table, tsql::ParseResult const& script,
                                            tsql::Expression const& expression) {
    Surroundings const none;
    Binder binder(state_->shared, script, none);
    auto scope = scope_of(state_->shared, table);
    return result_of(binder, binder.in_scope(scope, &expression, true), true);
}

ExpressionTranslation Translator::value(catalog::Table const& table, tsql::ParseResult const& script,
                                        tsql::Expression const& expression, Surroundings const& surroundings) {
    Binder binder(state_->shared, script, surroundings);
    auto scope = scope_of(state_->shared, table);
    return result_of(binder, binder.in_scope(scope, &expression, false), false);
}

}  // namespace mainstay::translate
