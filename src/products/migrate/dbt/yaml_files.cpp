// The YAML beside the models: descriptions, origins and tests.
#include "products/migrate/dbt/generator.hpp"
#include "products/migrate/dbt/jinja.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

// Conditions and keys are escaped where they are made; only quotes are left to do.
std::string yaml_sql(std::string_view sql) {
    std::string out = "\"";
    for (char const c : sql) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

std::string yaml_sql_list(std::vector<std::string> const& items) {
    std::string out = "[";
    for (auto const& item : items) (out += out.size() > 1 ? ", " : "") += yaml_sql(item);
    return out + ']';
}

bool is_plain(ModelTest const& test) {
    return test.keys == test.columns && test.to_keys == test.to_columns;
}

// Tests that dbt brings go to their column; those of tests/generic go to the model.
bool is_column_test(ModelTest const& test) {
    switch (test.kind) {
        case TestKind::not_null: return true;
        case TestKind::unique: return false;  // dbt's own lets any number of NULLs through
        case TestKind::relationships:
        case TestKind::accepted_values: return test.columns.size() == 1 && is_plain(test);
        default: return false;
    }
}

std::string test_yaml(ModelTest const& test, std::string const& indent) {
    std::string type;
    std::string arguments;
    auto const argument = [&](std::string_view name, std::string const& value) {
        arguments += indent + "    " + std::string(name) + ": " + value + '\n';
    };
    bool const is_own = !is_column_test(test);
    switch (test.kind) {
        case TestKind::not_null: type = "not_null"; break;
        case TestKind::unique:
        case TestKind::unique_combination:
            type = "unique_by_key";
            argument("keys", yaml_sql_list(test.keys));
            break;
        case TestKind::relationships:
            type = is_own ? "relationships_by_key" : "relationships";
            argument("to", yaml_sql("ref('" + test.to + "')"));
            if (!is_own) argument("field", yaml_sql(test.to_columns.front()));
            if (is_own) {
                argument("columns", yaml_sql_list(test.columns));
                argument("keys", yaml_sql_list(test.keys));
                argument("to_keys", yaml_sql_list(test.to_keys));
            }
            break;
        case TestKind::accepted_values:
            type = is_own ? "accepted_values_by_key" : "accepted_values";
            if (is_own) argument("key", yaml_sql(test.keys.front()));
            argument("values", yaml_sql_list(test.values));
            if (!is_own) argument("quote", "false");
            break;
        case TestKind::expression:
            type = "condition_holds";
            argument("condition", yaml_sql(test.condition));
            break;
    }
    auto yaml = indent + "- " + type + ":\n" + indent + "    name: " + test.name + '\n' + arguments;
    if (test.is_warning) yaml += indent + "    config:\n" + indent + "      severity: warn\n";
    return yaml;
}

std::string column_description(Model const& model, translate::OutputColumn const& column) {
    if (!column.origin) return column.source_name + " of " + model.planned.origin + '.';
    if (column.origin->column == column.source_name)
        return column.source_name + " of " + catalog::to_string(column.origin->relation) + '.';
    return column.source_name + " of " + model.planned.origin + ", which is " + column.origin->column + " of " +
           catalog::to_string(column.origin->relation) + '.';
}

void add_model(Model const& model, std::map<std::string, std::string> const& descriptions, std::string& yaml) {
    yaml += "\n  - name: " + model.planned.name + "\n    description: " + yaml_text(model.description) + '\n';
    yaml += "    config:\n      meta:\n        origin: " + yaml_text(model.planned.origin) +
            "\n        fidelity: " + std::string(translate::name_of(model.fidelity)) + '\n';
    std::vector<std::string> warnings;
    for (auto const& diagnostic : model.diagnostics) {
        auto text = std::string(diagnostic.code->code) + ": " + diagnostic.message;
        if (std::find(warnings.begin(), warnings.end(), text) == warnings.end()) warnings.push_back(std::move(text));
    }
    if (!warnings.empty()) yaml += "        warnings:\n";
    for (auto const& warning : warnings) yaml += "          - " + yaml_text(warning) + '\n';
    std::string own;
    for (auto const& test : model.tests)
        if (!is_column_test(test)) own += test_yaml(test, "      ");
    if (!own.empty()) yaml += "    data_tests:\n" + own;
    yaml += "    columns:\n";
    for (auto const& column : model.columns) {
        auto const written = translate::quote_identifier(column.name);
        auto const described = descriptions.find(column.name);
        yaml += "      - name: " + yaml_text(column.name) + "\n        description: " +
                yaml_text(described == descriptions.end() ? column_description(model, column) : described->second) +
                '\n';
        if (!column.duckdb_type.empty()) yaml += "        data_type: " + yaml_text(column.duckdb_type) + '\n';
        if (written != column.name) yaml += "        quote: true\n";
        std::string tests;
        for (auto const& test : model.tests)
            if (is_column_test(test) && test.columns.front() == written) tests += test_yaml(test, "          ");
        if (!tests.empty()) yaml += "        data_tests:\n" + tests;
    }
}

}  // namespace

std::string models_yaml(catalog::Database const& database, std::vector<Model const*> const& models) {
    std::string yaml = "version: 2\n\nmodels:";
    for (auto const* const model : models) {
        std::map<std::string, std::string> descriptions;
        for (auto const& column : model->columns) {
            if (!column.origin) continue;
            auto const table = database.tables.find(column.origin->relation);
            auto const* const origin =
                table == database.tables.end() ? nullptr : table->second.find_column(column.origin->column);
            if (origin != nullptr && (model->planned.layer == Layer::staging || !origin->description.empty()))
                descriptions[column.name] = description_of(table->second, *origin);
        }
        for (auto const& [name, view] : database.views) {
            if (catalog::to_string(view.name) != model->planned.origin) continue;
            for (auto const& column : model->columns)
                if (auto const found = view.column_descriptions.find(column.source_name);
                    found != view.column_descriptions.end())
                    descriptions[column.name] = found->second;
        }
        add_model(*model, descriptions, yaml);
    }
    return yaml;
}

std::string sources_yaml(catalog::Database const& database, Names const& names, std::string const& source) {
    auto const& schema = names.schemas.at(source);
    auto yaml =
        "version: 2\n\nsources:\n  - name: " + source + "\n    description: " +
        yaml_text("The schema " + schema + (database.name.empty() ? "" : " of the database " + database.name) + ".") +
        "\n    database: \"{{ var('source_database', target.database) }}\"\n    schema: \"{{ var('" + source +
        "_schema') }}\"\n    tables:\n";
    for (auto const& [name, own] : names.tables) {
        if (own.source != source) continue;
        auto const& table = database.tables.at(name);
        yaml += "      - name: " + own.source_table + "\n        identifier: " + yaml_text(table.name.name) +
                "\n        description: " + yaml_text(description_of(table)) + "\n        columns:\n";
        for (auto const& column : table.columns)
            yaml += "          - name: " + yaml_text(column.name) +
                    "\n            description: " + yaml_text(description_of(table, column)) + '\n';
    }
    return yaml;
}

}  // namespace mainstay::dbt
