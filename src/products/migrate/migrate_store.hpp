#pragma once
#include "products/migrate/migrate.hpp"

namespace mainstay::migrate {

struct StoredMigration {
    Migration migration;
    flow::RunId run_id;
    std::vector<Input> inputs;
    std::optional<std::string> assessment;  // JSON
    std::optional<std::string> evaluation;  // JSON
    std::optional<files::FileId> project_file;
};

struct ModelRow {
    ModelId id;
    std::int64_t position = 0;
    std::string name;
    dbt::Layer type = dbt::Layer::staging;
    std::string origin;
    std::string path;
    dbt::ModelStatus status = dbt::ModelStatus::pending;
    std::string fidelity;
    std::string sql;
    double score = 0;
    std::int64_t attempts = 0;
    std::int64_t input_rows = 0;
    std::int64_t output_rows = 0;
    std::vector<std::string> errors;
    std::vector<dbt::TestResult> tests;
};
fields::Table const& table_of(ModelRow const*);

// What the translation has to say about a place of the source.
struct ModelDiagnostic {
    std::string code;      // "TSQL2003"
    std::string severity;  // "note", "warning", "error"
    std::string title;
    std::string message;
    std::string help;
    std::string file;
    std::int64_t line = 1, column = 1, length = 0;  // in characters
};
fields::Table const& table_of(ModelDiagnostic const*);

struct ModelDetail {
    ModelRow model;
    std::vector<ModelDiagnostic> diagnostics;
    std::optional<dbt::SourceText> source;  // nothing: metadata alone tells of it, or it is past its limit
};
fields::Table const& table_of(ModelDetail const*);

// What was made of one object, and of what.
struct ModelText {
    std::string name, sql, fidelity;
    std::vector<ModelDiagnostic> diagnostics;
    std::optional<dbt::SourceText> source;
};

void insert_migration(Transaction&, Migration const&, std::vector<Input> const&, std::string const& created_by);
std::optional<StoredMigration> find_migration(Snapshot&, MigrationId);
std::vector<Migration> list_migrations(Snapshot&, std::optional<Status>, std::optional<MigrationId> before,
                                       std::int64_t limit);
void set_run(Transaction&, MigrationId, flow::RunId);
void set_progress(Transaction&, MigrationId, Status, Phase, std::optional<std::string> const& error,
                  std::optional<Instant> finished_at);
void set_assessment(Transaction&, MigrationId, std::string const& json);
void set_evaluation(Transaction&, MigrationId, dbt::Evaluation const&, std::optional<files::FileId> project_file);
void set_counts(Transaction&, MigrationId, std::int64_t total, std::int64_t completed, std::int64_t failed);
void delete_migration(Transaction&, MigrationId);

// Replaces the migration's models.
void insert_models(Transaction&, MigrationId, std::vector<ModelRow> const&);
void set_model_text(Transaction&, MigrationId, ModelText const&);
void set_model_result(Transaction&, MigrationId, dbt::ModelResult const&);
std::vector<ModelRow> list_models(Snapshot&, MigrationId, std::optional<ModelId> after, std::int64_t limit);
std::optional<ModelDetail> find_model(Snapshot&, MigrationId, ModelId);

// Tells live pages what the migration looks like now.
void emit_changed(Transaction&, MigrationId);

}  // namespace mainstay::migrate
