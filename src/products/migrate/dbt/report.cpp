// What came of a migration, for people and for programs. Two reports of the same input are the same bytes.
#include "products/migrate/dbt/dbt.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace mainstay::dbt {
namespace {

constexpr std::size_t unread_listed_max = 200;

std::string percent(double share) {
    std::array<char, 16> room{};
    std::snprintf(room.data(), room.size(), "%.1f %%", share * 100);
    return room.data();
}

// One line of a table: what would end the cell or begin markup is written out.
std::string cell(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '|' || c == '\\' || c == '<' || c == '`' || c == '*' || c == '_' || c == '[') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

// Fences of text that may hold fences.
std::string block(std::string_view text) {
    std::string out = "\n";
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        out += "    " + std::string(text.substr(at, end - at)) + '\n';
        at = end + 1;
    }
    return out + '\n';
}

std::string totals(RunResult const& results, Evaluation const& evaluation, Assessment const& assessment) {
    auto const line = [](std::string_view name, std::string const& value) {
        return "| " + std::string(name) + " | " + value + " |\n";
    };
    auto text = std::string("| | |\n|---|--:|\n");
    text += line("tables", std::to_string(assessment.tables)) + line("columns", std::to_string(assessment.columns)) +
            line("views", std::to_string(assessment.views)) +
            line("other objects", std::to_string(assessment.modules)) +
            line("models", std::to_string(evaluation.total_models)) +
            line("models that ran", std::to_string(evaluation.completed_models)) +
            line("success rate", percent(evaluation.success_rate)) + line("score", percent(evaluation.score)) +
            line("tests", std::to_string(evaluation.tests_total)) +
            line("tests passed", std::to_string(evaluation.tests_passed)) +
            line("tests that warn", std::to_string(evaluation.tests_warned)) +
            line("tests failed", std::to_string(evaluation.tests_failed)) +
            line("rows from the scripts", std::to_string(results.script_rows)) +
            line("rows generated", std::to_string(results.generated_rows)) +
            line("rows of the scripts that are missing", std::to_string(results.refused_rows));
    return text;
}

std::string item(tsql::Diagnostic const& diagnostic) {
    return "- " + std::string(diagnostic.code->code) + " in " + cell(diagnostic.file) + " line " +
           std::to_string(diagnostic.position.line) + ": " + cell(diagnostic.message) + " " +
           cell(diagnostic.code->help) + '\n';
}

// Statements that became nothing, since they could not be read.
std::string unread(Project const& project) {
    std::string text;
    std::size_t listed = 0, more = 0;
    for (auto const& diagnostic : project.diagnostics) {
        if (diagnostic.severity() != tsql::Severity::error) continue;
        if (++listed <= unread_listed_max)
            text += item(diagnostic);
        else
            ++more;
    }
    if (text.empty()) return "";
    if (more > 0) text += "- and " + std::to_string(more) + " more\n";
    return "## What could not be read\n\n" + text + '\n';
}

std::string failures(Project const& project, RunResult const& results) {
    std::string text;
    for (std::size_t i = 0; i < results.models.size(); ++i) {
        auto const& result = results.models[i];
        if (result.status == ModelStatus::passed) continue;
        text += "### " + cell(result.name) + "\n\nFrom " + cell(project.models[i].planned.origin) + ", " +
                std::string(fields::name_of(result.status)) + ".\n";
        if (!result.error.empty())
            text += block(result.error);
        else
            text += '\n';
        for (auto const& diagnostic : project.models[i].diagnostics)
            if (result.status == ModelStatus::not_translated && diagnostic.severity() == tsql::Severity::error)
                text += item(diagnostic);
        text += '\n';
    }
    return text.empty() ? "Every model ran.\n\n" : text;
}

std::string failed_tests(RunResult const& results) {
    std::string text;
    for (auto const& model : results.models)
        for (auto const& test : model.tests)
            if (!test.has_passed)
                text += "| " + cell(model.name) + " | " + cell(test.name) + " | " +
                        (test.is_warning ? "warns" : "fails") + " | " +
                        (test.error.empty() ? std::to_string(test.failing_rows) + " rows" : cell(test.error)) + " |\n";
    return text.empty() ? "Every test passed.\n\n" : "| model | test | | |\n|---|---|---|---|\n" + text + '\n';
}

std::string warnings(Project const& project) {
    std::vector<std::vector<tsql::Diagnostic> const*> said{&project.diagnostics};
    for (auto const& model : project.models) said.push_back(&model.diagnostics);
    auto const findings = findings_of(said);
    if (findings.empty()) return "None.\n\n";
    std::string text = "| code | | places | what to do |\n|---|---|--:|---|\n";
    for (Finding const& finding : findings)
        text += "| " + finding.code + " | " + cell(finding.title) + " | " + std::to_string(finding.places) + " | " +
                cell(finding.help) + " |\n";
    return text + '\n';
}

std::string objects(Assessment const& assessment, Project const& project) {
    std::map<std::string, std::string> models;
    for (auto const& model : project.models)
        models[model.planned.origin] =
            cell(model.planned.name) + " | " + std::string(translate::name_of(model.fidelity));
    std::string text;
    for (auto const object_class : {ObjectClass::model, ObjectClass::source_only, ObjectClass::macro,
                                    ObjectClass::not_a_model, ObjectClass::not_translated}) {
        std::string rows;
        for (auto const& object : assessment.objects)
            if (object.object_class == object_class)
                rows += "| " + cell(object.name) + " | " + cell(object.kind) + " | " +
                        (object_class == ObjectClass::model ? models[object.name] : cell(object.reason) + " | ") +
                        " | " + std::to_string(object.complexity) + " |\n";
        if (!rows.empty())
            text += "### " + cell(fields::name_of(object_class)) + "\n\n| object | kind | " +
                    (object_class == ObjectClass::model ? "model | fidelity" : "reason | ") +
                    " | constructs |\n|---|---|---|---|--:|\n" + rows + '\n';
    }
    return text;
}

std::string missing_rows(RunResult const& results) {
    if (results.row_faults.empty()) return "";
    std::string text = "## Rows that are missing\n\n";
    for (auto const& fault : results.row_faults) text += "- " + cell(fault) + '\n';
    return text + '\n';
}

std::string effort(Effort const& effort) {
    return "Objects that were not translated, by their joins, subqueries, set operations, windows, cases and calls: " +
           std::to_string(effort.small) + " small (up to " + std::to_string(small_work_max) + "), " +
           std::to_string(effort.medium) + " medium (up to " + std::to_string(medium_work_max) + "), " +
           std::to_string(effort.large) + " large.\n";
}

struct JsonReport {
    Assessment assessment;
    RunResult run;
    Evaluation evaluation;
};
fields::Table const& table_of(JsonReport const*) {
    static fields::Table const table{"MigrationReport",
                                     {fields::field("assessment", &JsonReport::assessment, "What is in the database."),
                                      fields::field("run", &JsonReport::run, "What the models and tests gave."),
                                      fields::field("evaluation", &JsonReport::evaluation, "The numbers.")}};
    return table;
}

}  // namespace

std::string report_markdown(Project const& project, Assessment const& assessment, RunResult const& results,
                            Evaluation const& evaluation) {
    return "# Migration report: " + project.options.project_name + "\n\n" + totals(results, evaluation, assessment) +
           "\nThe score of a model is 0.1 for being translated, 0.2 for being bound by the engine, 0.4 for running and "
           "0.3 for the share of its "
           "tests that passed, on rows of the scripts and generated rows that fit the constraints. Rows were not "
           "compared with SQL Server's.\n\n" +
           unread(project) + "## What did not become a running model\n\n" + failures(project, results) +
           "## Tests that did not pass\n\n" + failed_tests(results) + missing_rows(results) + "## What may differ\n\n" +
           warnings(project) + "## What is left to do\n\n" + effort(assessment.effort) + "\n## Every object\n\n" +
           objects(assessment, project);
}

std::string report_json(Project const&, Assessment const& assessment, RunResult const& results,
                        Evaluation const& evaluation) {
    return fields::to_json(JsonReport{assessment, results, evaluation}) + '\n';
}

}  // namespace mainstay::dbt
