// From a catalog to a dbt project whose models were run: assess, plan, generate, test, repair, evaluate. Everything
// here is a function of its arguments, so that a step that was killed is simply taken again and gives the same bytes.
#pragma once
#include "kernel/duck/duck.hpp"
#include "kernel/fields/fields.hpp"
#include "products/migrate/dbt/archive.hpp"
#include "products/migrate/dbt/assessment.hpp"
#include "products/migrate/dbt/project_name.hpp"
#include "products/migrate/translate/translate.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::dbt {

inline constexpr std::size_t input_rows_min = 20;      // of every model; generated where the script has fewer
inline constexpr std::size_t repair_attempts_max = 3;  // of one model
inline constexpr std::size_t row_faults_max = 100;     // told of a run; all are counted

struct Options {
    std::string project_name = "migration";
    translate::Target target = translate::Target::duckdb;
    std::uint64_t seed = 1;  // of the generated rows
};

// --- plan ----------------------------------------------------------------------------------------------------------

enum class Layer { staging, intermediate, marts };
BOOST_DESCRIBE_ENUM(Layer, staging, intermediate, marts)
enum class Materialization { view, table, ephemeral };
BOOST_DESCRIBE_ENUM(Materialization, view, table, ephemeral)

struct PlannedModel {
    std::string name;    // "stg_sales__orders", "fct_order_lines"
    std::string origin;  // "Sales.Orders"
    Layer layer = Layer::staging;
    Materialization materialization = Materialization::view;
    std::string path;                     // "models/staging/sales/stg_sales__orders.sql"
    std::vector<std::string> depends_on;  // names of models
};
fields::Table const& table_of(PlannedModel const*);

struct Plan {
    std::vector<PlannedModel> models;  // each behind those that it depends on
};
fields::Table const& table_of(Plan const*);

Plan plan(catalog::Database const&, Options const&);

// --- project -------------------------------------------------------------------------------------------------------

enum class TestKind { not_null, unique, unique_combination, relationships, accepted_values, expression };
BOOST_DESCRIBE_ENUM(TestKind, not_null, unique, unique_combination, relationships, accepted_values, expression)

struct ModelTest {
    std::string name;
    TestKind kind = TestKind::not_null;
    std::vector<std::string> columns;
    bool is_warning = false;        // of a constraint that was not trusted
    std::string failing_rows;       // a SELECT, with {{ ref() }}, that gives the rows that break it
    std::vector<std::string> keys;  // of unique, unique_combination and relationships: what is compared, by column
    std::string to;                 // of relationships: the model with the other side
    std::vector<std::string> to_columns;
    std::vector<std::string> to_keys;
    std::string condition;            // of accepted_values and expression: holds for every good row
    std::vector<std::string> values;  // of accepted_values, as SQL writes them
};

struct Model {
    PlannedModel planned;
    std::string sql;  // with {{ ref() }} and {{ source() }}; empty when not translated
    translate::Fidelity fidelity = translate::Fidelity::exact;
    std::vector<translate::OutputColumn> columns;
    std::vector<ModelTest> tests;
    std::vector<tsql::Diagnostic> diagnostics;
    std::string description;
    std::string source;  // what {{ source() }} names, of a staging model: "sales.sales_order"
};

struct Project {
    Options options;
    std::vector<Model> models;                 // in the plan's order
    std::map<std::string, std::string> files;  // path to text, the report aside
    std::vector<tsql::Diagnostic> diagnostics;
};

// What was changed of a model after a run had failed, by which rule.
struct Repair {
    std::string model;
    std::string rule;     // "TSQL4001"
    std::string subject;  // the column that the rule is about; empty where it is about the whole model
    std::string explanation;
};
fields::Table const& table_of(Repair const*);

// The repairs are applied in their order, so that catalog, plan and repairs always give the same project.
Project generate(catalog::Database const&, Plan const&, Options const&, std::vector<Repair> const& = {});

// --- test ----------------------------------------------------------------------------------------------------------

enum class ModelStatus { pending, passed, failed, skipped, not_translated };
BOOST_DESCRIBE_ENUM(ModelStatus, pending, passed, failed, skipped, not_translated)

struct TestResult {
    std::string name;
    bool has_passed = false;
    bool is_warning = false;
    std::int64_t failing_rows = 0;
    std::string error;  // of the engine, when it could not run
};
fields::Table const& table_of(TestResult const*);

struct ModelResult {
    std::string name;
    ModelStatus status = ModelStatus::pending;
    std::int64_t input_rows = 0;
    std::int64_t output_rows = 0;
    bool is_empty = false;  // it ran, and gave nothing
    std::string error;      // of the engine, in its words
    std::vector<TestResult> tests;
    std::int64_t attempts = 0;
    double score = 0;  // 0 to 1: see evaluate()
};
fields::Table const& table_of(ModelResult const*);

struct RunResult {
    std::vector<ModelResult> models;
    std::int64_t script_rows = 0;  // rows that came from the script
    std::int64_t generated_rows = 0;
    std::int64_t refused_rows = 0;        // rows of the script that could not be worked out or that the engine refused
    std::vector<std::string> row_faults;  // why, at most row_faults_max of them
};
fields::Table const& table_of(RunResult const*);

// Called after each model; false stops the run (what was not run stays pending).
using Progress = std::function<bool(ModelResult const&)>;

// Makes the source tables with rows that fit their constraints, then every model in order, then every test. A model
// whose parent failed is skipped. `only` (empty: all) limits models and tests to those and what they need.
RunResult run(catalog::Database const&, Project const&, duck::DuckSession&, Progress const& = {},
              std::set<std::string> const& only = {});

// Repairs by rule for what failed: none when no rule knows the failure.
std::vector<Repair> propose_repairs(catalog::Database const&, Project const&, RunResult const&,
                                    std::vector<Repair> const& so_far);

// --- evaluation ----------------------------------------------------------------------------------------------------

struct Evaluation {
    std::int64_t total_models = 0, completed_models = 0, failed_models = 0;
    double success_rate = 0;  // completed of total
    double score = 0;         // mean of the models': parsed, bound, ran, its tests passed, each measured
    std::int64_t tests_total = 0, tests_passed = 0, tests_warned = 0, tests_failed = 0;
    std::map<std::string, std::int64_t> objects_by_class;
    std::map<std::string, std::int64_t> models_by_fidelity;
};
fields::Table const& table_of(Evaluation const*);

Evaluation evaluate(Project const&, Assessment const&, RunResult&);  // sets each model's score

// Markdown for people, JSON for programs.
std::string report_markdown(Project const&, Assessment const&, RunResult const&, Evaluation const&);
std::string report_json(Project const&, Assessment const&, RunResult const&, Evaluation const&);

// --- all of it -----------------------------------------------------------------------------------------------------

struct Conversion {
    std::shared_ptr<catalog::Database const> database;
    Assessment assessment;
    Plan plan;
    Project project;
    std::vector<Repair> repairs;
    RunResult run;  // the last one
    Evaluation evaluation;
    std::map<std::string, std::string> files;  // of the project, with both reports
};

// Every step in one call, repairs included; the session serves every run.
Conversion convert(std::vector<catalog::ScriptFile> const&, Options const&, duck::DuckSession&, Progress const& = {});

}  // namespace mainstay::dbt
