// The field tables of what the module gives out.
#include "products/migrate/dbt/dbt.hpp"

namespace mainstay::dbt {

using fields::defaulted;
using fields::field;

fields::Table const& table_of(ObjectReport const*) {
    static fields::Table const table{
        "MigrationObject",
        {field("name", &ObjectReport::name, "Schema and name."),
         field("kind", &ObjectReport::kind, "table, view, procedure, scalar function, trigger and so on."),
         field("object_class", &ObjectReport::object_class, "What becomes of it; every object is in one class."),
         field("fidelity", &ObjectReport::fidelity,
               "How faithful its translation is; empty where nothing was translated."),
         field("reason", &ObjectReport::reason, "Why it is in its class, where that is not plain."),
         field("complexity", &ObjectReport::complexity, "Joins, subqueries, set operations, windows, cases and calls."),
         field("file", &ObjectReport::file, "The script that makes it."),
         field("line", &ObjectReport::line, "Its line there.")}};
    return table;
}

fields::Table const& table_of(LineageEdge const*) {
    static fields::Table const table{"MigrationLineageEdge",
                                     {field("from", &LineageEdge::from, "The object that is read."),
                                      field("to", &LineageEdge::to, "The object that reads it.")}};
    return table;
}

fields::Table const& table_of(Finding const*) {
    static fields::Table const table{
        "MigrationFinding",
        {field("code", &Finding::code, "TSQL and four digits; the guide has a line of it."),
         field("severity", &Finding::severity, "note, warning or error."),
         field("title", &Finding::title, "What it is about."),
         field("help", &Finding::help, "The suggested rewrite or the next step."),
         field("places", &Finding::places, "How often it was said.")}};
    return table;
}

fields::Table const& table_of(Effort const*) {
    static fields::Table const table{
        "MigrationEffort",
        {field("small", &Effort::small,
               "Objects with at most five joins, subqueries, set operations, windows, cases "
               "and calls."),
         field("medium", &Effort::medium, "With at most 25."), field("large", &Effort::large, "With more.")}};
    return table;
}

fields::Table const& table_of(SourceText const*) {
    static fields::Table const table{"MigrationSource",
                                     {field("file", &SourceText::file, "The script."),
                                      field("line", &SourceText::line, "Its line where the text begins."),
                                      field("text", &SourceText::text, "The statement as written.")}};
    return table;
}

fields::Table const& table_of(Assessment const*) {
    static fields::Table const table{
        "MigrationAssessment",
        {field("tables", &Assessment::tables, "Number of tables."),
         field("columns", &Assessment::columns, "Columns of all tables."),
         field("views", &Assessment::views, "Number of views."),
         field("modules", &Assessment::modules, "All other objects."),
         field("constraints", &Assessment::constraints, "Primary, unique and foreign keys and checks."),
         field("rows", &Assessment::rows, "Rows that the scripts insert."),
         field("effort", &Assessment::effort, "Objects that are left to people, by size.", defaulted()),
         field("findings", &Assessment::findings, "What may differ or could not be read, by code.", defaulted()),
         field("objects", &Assessment::objects, "Every object, each once."),
         field("lineage", &Assessment::lineage, "Which object reads which.")}};
    return table;
}

fields::Table const& table_of(PlannedModel const*) {
    static fields::Table const table{"PlannedModel",
                                     {field("name", &PlannedModel::name, "The model's name."),
                                      field("origin", &PlannedModel::origin, "The table or view it is made of."),
                                      field("layer", &PlannedModel::layer, "Where it stands in the project."),
                                      field("materialization", &PlannedModel::materialization, "How dbt builds it."),
                                      field("path", &PlannedModel::path, "Its file."),
                                      field("depends_on", &PlannedModel::depends_on, "Models that it reads.")}};
    return table;
}

fields::Table const& table_of(Plan const*) {
    static fields::Table const table{"MigrationPlan",
                                     {field("models", &Plan::models, "Each behind those that it reads.")}};
    return table;
}

fields::Table const& table_of(Repair const*) {
    static fields::Table const table{"MigrationRepair",
                                     {field("model", &Repair::model, "The model that was changed."),
                                      field("rule", &Repair::rule, "The code of the rule."),
                                      field("subject", &Repair::subject, "The column that it is about.", defaulted()),
                                      field("explanation", &Repair::explanation, "What was changed, and why.")}};
    return table;
}

fields::Table const& table_of(TestResult const*) {
    static fields::Table const table{
        "ModelTestResult",
        {field("name", &TestResult::name, "The test's name."),
         field("has_passed", &TestResult::has_passed, "No row breaks it."),
         field("is_warning", &TestResult::is_warning, "It only warns: the constraint was not enforced."),
         field("failing_rows", &TestResult::failing_rows, "Rows that break it."),
         field("error", &TestResult::error, "Of the engine, when it could not run.")}};
    return table;
}

fields::Table const& table_of(ModelResult const*) {
    static fields::Table const table{"ModelResult",
                                     {field("name", &ModelResult::name, "The model's name."),
                                      field("status", &ModelResult::status, "What became of it."),
                                      field("input_rows", &ModelResult::input_rows, "Rows of all that it reads."),
                                      field("output_rows", &ModelResult::output_rows, "Rows that it gave."),
                                      field("is_empty", &ModelResult::is_empty, "It ran and gave no row."),
                                      field("error", &ModelResult::error, "Of the engine, in its words."),
                                      field("tests", &ModelResult::tests, "Its tests."),
                                      field("attempts", &ModelResult::attempts, "How often it was run."),
                                      field("score", &ModelResult::score, "From 0 to 1.")}};
    return table;
}

fields::Table const& table_of(RunResult const*) {
    static fields::Table const table{
        "MigrationRun",
        {field("models", &RunResult::models, "In the order of the plan."),
         field("script_rows", &RunResult::script_rows, "Rows that came from the scripts."),
         field("generated_rows", &RunResult::generated_rows, "Rows that were made to fit the constraints."),
         field("refused_rows", &RunResult::refused_rows, "Rows of the scripts that are missing.", defaulted()),
         field("row_faults", &RunResult::row_faults, "Why they are missing.", defaulted())}};
    return table;
}

fields::Table const& table_of(Evaluation const*) {
    static fields::Table const table{
        "MigrationEvaluation",
        {field("total_models", &Evaluation::total_models, "Models of the plan."),
         field("completed_models", &Evaluation::completed_models, "Models that ran."),
         field("failed_models", &Evaluation::failed_models, "Models that did not."),
         field("success_rate", &Evaluation::success_rate, "Completed of total, 0 to 1."),
         field("score", &Evaluation::score, "Mean of the models' scores."),
         field("tests_total", &Evaluation::tests_total, "Tests of all models."),
         field("tests_passed", &Evaluation::tests_passed, "Tests that no row breaks."),
         field("tests_warned", &Evaluation::tests_warned, "Tests that only warn and did."),
         field("tests_failed", &Evaluation::tests_failed, "Tests that rows break or that could not run."),
         field("objects_by_class", &Evaluation::objects_by_class, "Number of objects in each class."),
         field("models_by_fidelity", &Evaluation::models_by_fidelity, "Number of models of each fidelity.")}};
    return table;
}

}  // namespace mainstay::dbt
