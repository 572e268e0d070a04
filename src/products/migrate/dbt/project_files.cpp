// The files of a project that are not models: its settings, its YAML, its tests and its first page.
#include "products/migrate/dbt/generator.hpp"
#include "products/migrate/dbt/jinja.hpp"

#include <array>

namespace mainstay::dbt {
namespace {

struct GenericTest {
    std::string_view name;
    std::string_view sql;
};

// Not those of a package: SQL Server's comparisons decide what is equal, and a project that needs nothing else builds
// without a network.
constexpr std::array<GenericTest, 4> generic_tests = {{
    {"accepted_values_by_key", R"({% test accepted_values_by_key(model, key, values) %}
select *
from {{ model }}
where {{ key }} not in ({{ values | join(', ') }})
{% endtest %}
)"},
    {"condition_holds", R"({% test condition_holds(model, condition) %}
-- As a CHECK constraint does, a condition that is unknown for a row lets it through.
select *
from {{ model }}
where not ({{ condition }})
{% endtest %}
)"},
    {"relationships_by_key", R"({% test relationships_by_key(model, columns, keys, to, to_keys) %}
-- A row with a null in one of the columns refers to nothing.
with child as (
    select *{% for key in keys %}, {{ key }} as key_{{ loop.index }}{% endfor %}
    from {{ model }}
    where {% for column in columns %}{{ column }} is not null{{ ' and ' if not loop.last }}{% endfor %}
),
parent as (
    select distinct {% for key in to_keys %}{{ key }} as key_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ to }}
)
select child.*
from child
left join parent on {% for key in keys %}child.key_{{ loop.index }} = parent.key_{{ loop.index }}{{ ' and ' if not loop.last }}{% endfor %}
where parent.key_1 is null
{% endtest %}
)"},
    {"unique_by_key", R"({% test unique_by_key(model, keys) %}
-- Two nulls are equal here, as in a UNIQUE constraint of SQL Server.
select {{ keys | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ keys | join(', ') }}
having count(*) > 1
{% endtest %}
)"},
}};

std::string project_yaml(Names const& names, std::string const& name) {
    auto yaml = "name: " + name + "\nversion: \"1.0.0\"\nconfig-version: 2\nprofile: " + name +
                "\n\nmodel-paths: [models]\ntest-paths: [tests]\nmacro-paths: [macros]\nseed-paths: [seeds]\n"
                "clean-targets: [target, dbt_packages]\n\nmodels:\n  " +
                name +
                ":\n    staging:\n      +materialized: view\n    intermediate:\n      +materialized: view\n"
                "    marts:\n      +materialized: table\n";
    if (!names.schemas.empty())
        yaml +=
            "\n# Where the tables of the sources are; source_database is the target's own unless it is set.\nvars:\n";
    for (auto const& [source, schema] : names.schemas) yaml += "  " + source + "_schema: " + yaml_text(schema) + '\n';
    return yaml;
}

std::string profiles_yaml(std::string const& name) {
    return name +
           ":\n  target: \"{{ env_var('DBT_TARGET', 'dev') }}\"\n  outputs:\n    dev:\n      type: duckdb\n"
           "      path: \"{{ env_var('DBT_DUCKDB_PATH', '" +
           name +
           ".duckdb') }}\"\n"
           "      schema: \"{{ env_var('DBT_SCHEMA', 'main') }}\"\n      threads: 4\n";
}

std::string readme(catalog::Database const& database, Project const& project) {
    std::size_t staging = 0, translated = 0, views = 0, tests = 0;
    std::string missing;
    for (auto const& model : project.models) {
        tests += model.tests.size();
        if (model.planned.layer == Layer::staging)
            ++staging;
        else if (++views; !model.sql.empty())
            ++translated;
        else
            missing += "- `" + model.planned.origin + "` (planned as `" + model.planned.name + "`)\n";
    }
    auto text = "# " + project.options.project_name + "\n\nA dbt project made from " +
                (database.name.empty() ? "a SQL Server database" : "the SQL Server database `" + database.name + "`") +
                ".\n\n" + "- " + std::to_string(staging) + " source tables, each with a staging model\n- " +
                std::to_string(translated) + " of " + std::to_string(views) + " views as models\n- " +
                std::to_string(tests) + " tests from keys, checks and NOT NULL\n\n";
    if (!missing.empty()) text += "Views without a model; `MIGRATION_REPORT.md` says why:\n\n" + missing + '\n';
    return text +
           "## Run it\n\n"
           "    export DBT_DUCKDB_PATH=/path/to/warehouse.duckdb DBT_PROFILES_DIR=.\n"
           "    dbt build\n\n"
           "The warehouse holds the source tables under the schemas that `vars` in `dbt_project.yml` name, with the "
           "names "
           "and columns that they have on SQL Server. It needs dbt 1.8 or later with dbt-duckdb, and no packages.\n\n"
           "## How it is laid out\n\n"
           "- `models/staging`: one view a source table, which renames and casts. Nothing else reads a source.\n"
           "- `models/intermediate`: views that other views read.\n"
           "- `models/marts`: the other views, as tables: `fct_` where a view groups or aggregates or reads both sides "
           "of a "
           "foreign key, else `dim_`.\n"
           "- `tests/generic`: keys and checks compared as SQL Server compares, without case and trailing spaces where "
           "the "
           "collation says so.\n"
           "- `meta` of each model: the object it comes from, how faithful it is, and what may differ.\n";
}

}  // namespace

void add_project_files(catalog::Database const& database, Names const& names, Project& project) {
    auto& files = project.files;
    auto const& name = project.options.project_name;
    files["dbt_project.yml"] = project_yaml(names, name);
    files["profiles.yml"] = profiles_yaml(name);
    files[".gitignore"] = "target/\ndbt_packages/\nlogs/\n*.duckdb\n*.duckdb.wal\n";
    files["README.md"] = escaped(readme(database, project));
    std::map<std::string, std::vector<Model const*>> folders;
    for (auto const& model : project.models)
        if (!model.sql.empty()) folders[model.planned.path.substr(0, model.planned.path.rfind('/'))].push_back(&model);
    for (auto const& [folder, models] : folders) {
        auto const last = folder.substr(folder.rfind('/') + 1);
        files[folder + "/_" + last + "__models.yml"] = models_yaml(database, models);
        if (folder.starts_with("models/staging/"))
            files[folder + "/_" + last + "__sources.yml"] = sources_yaml(database, names, last);
    }
    for (auto const& [test, sql] : generic_tests) {
        auto const call = "- " + std::string(test) + ':';
        for (auto const& [path, text] : files)
            if (path.ends_with("__models.yml") && text.find(call) != std::string::npos) {
                files["tests/generic/" + std::string(test) + ".sql"] = sql;
                break;
            }
    }
}

}  // namespace mainstay::dbt
