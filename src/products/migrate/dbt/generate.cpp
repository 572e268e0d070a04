// The project: a model for every table and every view that could be translated, and the files around them.
#include "products/migrate/dbt/diagnostic_codes.hpp"
#include "products/migrate/dbt/generator.hpp"
#include "products/migrate/dbt/jinja.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

// Cuts the ORDER BY that ends a query, when it is a clause of the outermost SELECT and no limit needs it.
void drop_last_order(std::string& sql) {
    auto const at = sql.rfind("\norder by ");
    if (at == std::string::npos) return;
    auto const rest = std::string_view(sql).substr(at);
    if (rest.find("\nlimit") == std::string_view::npos && rest.find("\n)") == std::string_view::npos) sql.resize(at);
}

void refuse_untranslated(std::map<std::string, Model const*> const& built, Model& model, catalog::View const& view) {
    for (auto const& name : model.planned.depends_on) {
        auto const found = built.find(name);
        if (found != built.end() && !found->second->sql.empty()) continue;
        model.sql.clear();
        model.tests.clear();
        model.fidelity = translate::Fidelity::not_translated;
        model.diagnostics.push_back(make_diagnostic(codes::reads_untranslated, view.file, view.position,
                                                    model.planned.origin + " reads " + name + ", which has no model"));
        return;
    }
}

}  // namespace

translate::Naming make_naming(catalog::Database const& database, Names const& names) {
    translate::Naming naming;
    naming.relation = [&database, &names](catalog::ObjectName const& name) {
        auto const* const model = names.model_of(catalog::resolve(database, name));
        return model == nullptr ? translate::quote_identifier(snake_case(name.name)) : model_ref(*model);
    };
    naming.column = [&names](catalog::ObjectName const& table, std::string_view column) {
        auto const& known = names.column(table, column);
        return known.empty() ? snake_case(column) : known;
    };
    naming.identifier = [](std::string_view name) { return snake_case(name); };
    return naming;
}

Generator::Generator(catalog::Database const& from, std::vector<Repair> const& applied)
    : database(from), names(make_names(from)), translator(from, make_naming(from, names)), repairs(applied) {}

bool Generator::is_repaired(std::string_view model, std::string_view rule, std::string_view subject) const {
    return std::any_of(repairs.begin(), repairs.end(), [&](Repair const& repair) {
        return repair.model == model && repair.rule == rule && repair.subject == subject;
    });
}

tsql::Diagnostic make_diagnostic(tsql::DiagnosticCode const& code, std::string const& file, tsql::Position position,
                                 std::string message) {
    return {&code, file, position, 1, std::move(message), {}, 1};
}

Model view_model(Generator& generator, catalog::View const& view, PlannedModel const& planned) {
    Model model;
    model.planned = planned;
    model.description = view.description.empty() ? "The rows of the view " + planned.origin + '.' : view.description;
    auto translation = generator.translator.view(view);
    model.fidelity = translation.fidelity;
    model.diagnostics = std::move(translation.diagnostics);
    if (!translation.is_translated() || translation.sql.empty()) {
        model.fidelity = translate::Fidelity::not_translated;
        return model;
    }
    model.columns = std::move(translation.columns);
    std::set<std::string> references;
    for (auto const& source : translation.sources)
        if (auto const* const name = generator.names.model_of(source)) references.insert(*name);
    model.planned.depends_on.assign(references.begin(), references.end());
    model.sql = escaped(translation.sql, [&](std::string_view call) {
        return std::any_of(references.begin(), references.end(),
                           [&](std::string const& name) { return call == "ref('" + name + "')"; });
    });
    if (generator.is_repaired(planned.name, codes::order_dropped.code)) {
        drop_last_order(model.sql);
        model.diagnostics.push_back(
            make_diagnostic(codes::order_dropped, view.file, view.position, "the order of " + planned.origin));
    }
    model.sql += '\n';
    return model;
}

Project generate(catalog::Database const& database, Plan const& plan, Options const& options,
                 std::vector<Repair> const& repairs) {
    Generator generator(database, repairs);
    std::map<std::string, catalog::Table const*> tables;
    std::map<std::string, catalog::View const*> views;
    for (auto const& [name, own] : generator.names.tables) tables[own.model] = &database.tables.at(name);
    for (auto const& [name, own] : generator.names.views) views[own.model] = &database.views.at(name);
    Project project;
    project.options = options;
    project.diagnostics = database.diagnostics;
    project.models.reserve(plan.models.size());
    std::map<std::string, Model const*> built;
    for (auto const& planned : plan.models) {
        if (auto const table = tables.find(planned.name); table != tables.end()) {
            auto& model = project.models.emplace_back(staging_model(generator, *table->second, planned));
            add_table_tests(generator, *table->second, model);
        } else if (auto const view = views.find(planned.name); view != views.end()) {
            auto& model = project.models.emplace_back(view_model(generator, *view->second, planned));
            if (!model.sql.empty()) add_view_tests(generator, model);
            if (!model.sql.empty()) refuse_untranslated(built, model, *view->second);
        } else {
            continue;
        }
        auto const& model = project.models.back();
        built[model.planned.name] = &model;
        if (!model.sql.empty()) project.files[model.planned.path] = model.sql;
    }
    add_project_files(database, generator.names, project);
    return project;
}

}  // namespace mainstay::dbt
