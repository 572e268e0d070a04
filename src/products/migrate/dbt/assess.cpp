// What is in the database, and what will become of each object.
#include "base/text.hpp"
#include "products/migrate/dbt/dbt.hpp"
#include "products/migrate/dbt/words.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

using catalog::ModuleKind;

std::string_view kind_of(ModuleKind kind) {
    switch (kind) {
        case ModuleKind::procedure: return "procedure";
        case ModuleKind::scalar_function: return "scalar function";
        case ModuleKind::inline_function: return "inline function";
        case ModuleKind::table_function: return "table function";
        case ModuleKind::trigger: return "trigger";
        case ModuleKind::sequence: return "sequence";
        case ModuleKind::synonym: return "synonym";
        case ModuleKind::type: return "type";
        case ModuleKind::other: break;
    }
    return "other";
}

ObjectReport report_of(catalog::ObjectName const& name, std::string_view kind, std::string const& file,
                       tsql::Position const& position) {
    ObjectReport report;
    report.name = catalog::to_string(name);
    report.kind = kind;
    report.file = file;
    report.line = position.line;
    return report;
}

// The classes of its columns' types; what becomes of computed columns and checks the models say.
translate::Fidelity fidelity_of(catalog::Table const& table) {
    bool const has_note = std::any_of(table.columns.begin(), table.columns.end(), [](catalog::Column const& column) {
        return !column.type.name.empty() && translate::duckdb_type(column.type).note != nullptr;
    });
    return has_note ? translate::Fidelity::equal_with_note : translate::Fidelity::exact;
}

bool is_read_by_a_computed_column(catalog::Database const& database, catalog::ObjectName const& name) {
    auto const wanted = lower_ascii(name.name);
    return std::any_of(database.tables.begin(), database.tables.end(), [&](auto const& item) {
        return std::any_of(item.second.columns.begin(), item.second.columns.end(), [&](catalog::Column const& column) {
            return lower_ascii(column.computed_sql).find(wanted) != std::string::npos;
        });
    });
}

bool is_read_by_a_view(catalog::Database const& database, catalog::ObjectName const& name) {
    catalog::NameLess const less;
    auto const same = [&](catalog::ObjectName const& used) { return !less(used, name) && !less(name, used); };
    return std::any_of(database.views.begin(), database.views.end(), [&](auto const& item) {
        return std::any_of(item.second.uses.begin(), item.second.uses.end(), same);
    });
}

void judge(catalog::Database const& database, catalog::Module const& module, ObjectReport& report) {
    report.object_class = ObjectClass::not_a_model;
    switch (module.kind) {
        case ModuleKind::procedure:
            report.object_class = ObjectClass::not_translated;
            report.reason = "Procedures are read for what they use and not translated: write what it loads as a model.";
            break;
        case ModuleKind::scalar_function:
        case ModuleKind::inline_function:
            report.reason =
                is_read_by_a_view(database, module.name)
                    ? "Its body stands in the models of the views that call it, where it could be translated."
                : is_read_by_a_computed_column(database, module.name)
                    ? "A computed column calls it; its body stands in the staging model where it could be translated."
                    : "No view and no computed column calls it.";
            break;
        case ModuleKind::table_function:
            report.object_class = ObjectClass::not_translated;
            report.reason = "It builds its rows by statements; a model is one query.";
            break;
        case ModuleKind::trigger:
            report.reason = "It acts on single changes; models are built from whole tables.";
            break;
        case ModuleKind::sequence: report.reason = "The rows of the sources bring their numbers with them."; break;
        case ModuleKind::synonym: report.reason = "Models read what it stands for."; break;
        case ModuleKind::type: report.reason = "Columns have the type that it stands for."; break;
        case ModuleKind::other: report.reason = "It holds no rows and is no query."; break;
    }
}

Effort effort_of(std::vector<ObjectReport> const& objects) {
    Effort effort;
    for (ObjectReport const& object : objects)
        if (object.object_class == ObjectClass::not_translated)
            ++(object.complexity <= small_work_max    ? effort.small
               : object.complexity <= medium_work_max ? effort.medium
                                                      : effort.large);
    return effort;
}

}  // namespace

Assessment assess(catalog::Database const& database) {
    Assessment assessment;
    auto const count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    assessment.tables = count(database.tables.size());
    assessment.views = count(database.views.size());
    assessment.modules = count(database.modules.size());
    for (auto const& [name, table] : database.tables) {
        assessment.columns += count(table.columns.size());
        assessment.constraints += count(table.constraints.size());
        auto report = report_of(table.name, "table", table.file, table.position);
        report.object_class = table.columns.empty() ? ObjectClass::source_only : ObjectClass::model;
        if (table.columns.empty())
            report.reason = "Its columns are not known.";
        else
            report.fidelity = name_of(fidelity_of(table));
        assessment.objects.push_back(std::move(report));
    }
    for (auto const& [name, blocks] : database.rows)
        for (auto const& block : blocks) assessment.rows += count(block.values.size()) * block.repeat;
    translate::Translator translator(database);
    std::vector<tsql::Diagnostic> of_views;
    for (auto const& [name, view] : database.views) {
        auto report = report_of(view.name, "view", view.file, view.position);
        auto const translation = translator.view(view);
        report.fidelity = name_of(translation.fidelity);
        report.object_class = translation.is_translated() ? ObjectClass::model : ObjectClass::not_translated;
        for (auto const& diagnostic : translation.diagnostics)
            if (!translation.is_translated() && report.reason.empty() && diagnostic.severity() == tsql::Severity::error)
                report.reason = std::string(diagnostic.code->code) + ": " + diagnostic.message;
        of_views.insert(of_views.end(), translation.diagnostics.begin(), translation.diagnostics.end());
        report.complexity = count_constructs(view.definition).sum();
        assessment.objects.push_back(std::move(report));
        for (auto const& used : view.uses)
            assessment.lineage.push_back({catalog::to_string(used), catalog::to_string(view.name)});
    }
    for (auto const& [name, module] : database.modules) {
        auto report = report_of(module.name, kind_of(module.kind), module.file, module.position);
        report.complexity = count_constructs(module.definition).sum();
        judge(database, module, report);
        assessment.objects.push_back(std::move(report));
        for (auto const& used : module.uses)
            assessment.lineage.push_back({catalog::to_string(used), catalog::to_string(module.name)});
    }
    for (auto const& [name, unread] : database.unread) {
        auto report = report_of(unread.name, unread.kind, unread.file, unread.position);
        report.object_class = ObjectClass::not_translated;
        report.reason = unread.reason;
        ++(unread.kind == "table" ? assessment.tables : unread.kind == "view" ? assessment.views : assessment.modules);
        assessment.objects.push_back(std::move(report));
    }
    assessment.effort = effort_of(assessment.objects);
    assessment.findings = findings_of({&database.diagnostics, &of_views});
    return assessment;
}

std::vector<Finding> findings_of(std::vector<std::vector<tsql::Diagnostic> const*> const& said) {
    std::map<std::string_view, Finding> by_code;
    for (auto const* diagnostics : said) {
        for (tsql::Diagnostic const& diagnostic : *diagnostics) {
            Finding& finding = by_code[diagnostic.code->code];
            if (finding.places++ == 0) {
                finding.code = diagnostic.code->code;
                finding.severity = tsql::name_of(diagnostic.severity());
                finding.title = diagnostic.code->title;
                finding.help = diagnostic.code->help;
            }
        }
    }
    std::vector<Finding> findings;
    for (auto& [code, finding] : by_code) findings.push_back(std::move(finding));
    return findings;
}

}  // namespace mainstay::dbt
