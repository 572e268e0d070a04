// Staging models: one a source table, which give its columns their names and types, and work out its computed columns.
#include "products/migrate/dbt/diagnostic_codes.hpp"
#include "products/migrate/dbt/generator.hpp"
#include "products/migrate/dbt/jinja.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

struct Item {
    std::string name;   // in the project, quoted where it must be
    std::string value;  // of a column that is read; or, for a computed one, over the names of the others
    bool is_computed = false;
};

Item read_item(Generator const& generator, catalog::Column const& column, std::string name, Model& model,
               translate::OutputColumn& output) {
    auto const raw = escaped(translate::quote_identifier(column.name));
    if (column.type.name.empty()) return {std::move(name), raw};
    auto const target = translate::duckdb_type(column.type);
    output.duckdb_type = target.name;
    if (generator.is_repaired(model.planned.name, codes::read_as_text.code, column.name)) {
        output.duckdb_type = "varchar";
        model.fidelity = std::max(model.fidelity, translate::Fidelity::needs_review);
    }
    return {std::move(name), "cast(" + raw + " as " + output.duckdb_type + ")"};
}

std::optional<Item> computed_item(Generator& generator, catalog::Table const& table, catalog::Column const& column,
                                  std::string const& name, Model& model, translate::OutputColumn& output) {
    if (column.computed == nullptr || column.computed_script == nullptr) return std::nullopt;
    auto translation = generator.translator.value(table, *column.computed_script, *column.computed);
    for (auto& diagnostic : translation.diagnostics) model.diagnostics.push_back(std::move(diagnostic));
    if (translation.fidelity == translate::Fidelity::not_translated || translation.sql.empty()) return std::nullopt;
    model.fidelity = std::max(model.fidelity, translation.fidelity);
    output.type = translation.type;
    output.is_nullable = translation.is_nullable;
    output.duckdb_type = translate::duckdb_type(translation.type).name;
    auto const sql = escaped(translation.sql);
    bool const is_plain = translation.duckdb_type == output.duckdb_type;
    return Item{name, is_plain ? sql : "cast(" + sql + " as " + output.duckdb_type + ")", true};
}

std::string select_of(std::vector<Item> const& items, std::string const& from) {
    bool const has_computed =
        std::any_of(items.begin(), items.end(), [](auto const& item) { return item.is_computed; });
    std::string sql = "with source as (\n    select *\n    from " + from + "\n),\n\nrenamed as (\n    select\n";
    std::string separator;
    for (auto const& item : items) {
        if (item.is_computed) continue;
        sql += separator + "        " + item.value + " as " + item.name;
        separator = ",\n";
    }
    sql += "\n    from source\n)\n\n";
    if (!has_computed) return sql + "select *\nfrom renamed\n";
    sql += "select\n";
    separator.clear();
    for (auto const& item : items) {
        sql += separator + "    " + (item.is_computed ? item.value + " as " + item.name : item.name);
        separator = ",\n";
    }
    return sql + "\nfrom renamed\n";
}

}  // namespace

std::string description_of(catalog::Table const& table) {
    return table.description.empty() ? "The rows of the table " + catalog::to_string(table.name) + '.'
                                     : table.description;
}

std::string description_of(catalog::Table const& table, catalog::Column const& column) {
    if (!column.description.empty()) return column.description;
    auto text = column.name + " of " + catalog::to_string(table.name);
    if (!column.type.name.empty()) text += ", " + catalog::to_string(column.type);
    if (!column.computed_sql.empty()) text += ", computed as " + column.computed_sql;
    return text + '.';
}

Model staging_model(Generator& generator, catalog::Table const& table, PlannedModel const& planned) {
    Model model;
    model.planned = planned;
    model.description = description_of(table);
    auto const& names = generator.names.tables.at(table.name);
    model.source = names.source + '.' + names.source_table;
    std::vector<Item> items;
    for (auto const& column : table.columns) {
        translate::OutputColumn output;
        output.name = names.columns.at(column.name);
        output.source_name = column.name;
        output.type = column.type;
        output.is_nullable = column.is_nullable;
        output.origin = {table.name, column.name};
        auto const name = translate::quote_identifier(output.name);
        std::optional<Item> item;
        if (!column.computed_sql.empty()) {
            item = computed_item(generator, table, column, name, model, output);
            if (!item) {
                model.fidelity = std::max(model.fidelity, translate::Fidelity::needs_review);
                model.diagnostics.push_back(
                    make_diagnostic(codes::computed_from_source, table.file, table.position,
                                    catalog::to_string(table.name) + '.' + column.name + " as " + column.computed_sql));
            }
        }
        if (!item) item = read_item(generator, column, name, model, output);
        if (auto const note = column.type.name.empty() ? nullptr : translate::duckdb_type(column.type).note) {
            model.fidelity = std::max(model.fidelity, translate::Fidelity::equal_with_note);
            model.diagnostics.push_back(make_diagnostic(*note, table.file, table.position,
                                                        column.name + " is " + catalog::to_string(column.type)));
        }
        if (generator.is_repaired(planned.name, codes::read_as_text.code, column.name))
            model.diagnostics.push_back(
                make_diagnostic(codes::read_as_text, table.file, table.position, column.name + " is read as text"));
        items.push_back(std::move(*item));
        model.columns.push_back(std::move(output));
    }
    model.sql = select_of(items, source_ref(names.source, names.source_table));
    return model;
}

}  // namespace mainstay::dbt
