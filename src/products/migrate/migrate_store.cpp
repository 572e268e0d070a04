// All SQL of migrations.
#include "products/migrate/migrate_store.hpp"

namespace mainstay::migrate {
namespace {

using fields::field;

// What a model has beside its row in a list.
struct ModelRest {
    std::vector<ModelDiagnostic> diagnostics;
    std::optional<std::string> source;
};
fields::Table const& table_of(ModelRest const*) {
    static fields::Table const table{
        "ModelRest", {field("diagnostics", &ModelRest::diagnostics, ""), field("source", &ModelRest::source, "")}};
    return table;
}

// What a migration has beside its public facts.
struct Rest {
    flow::RunId run_id;
    std::vector<Input> inputs;
    std::optional<std::string> assessment;
    std::optional<std::string> evaluation;
    std::optional<files::FileId> project_file;
};
fields::Table const& table_of(Rest const*) {
    static fields::Table const table{
        "MigrationRest",
        {field("run_id", &Rest::run_id, ""), field("inputs", &Rest::inputs, ""),
         field("assessment", &Rest::assessment, ""), field("evaluation", &Rest::evaluation, ""),
         field("project_file", &Rest::project_file, "")}};
    return table;
}

}  // namespace

void insert_migration(Transaction& tx, Migration const& migration, std::vector<Input> const& inputs,
                      std::string const& created_by) {
    tx.execute(R"(
        INSERT INTO migrations_of_tenants
               (tenant_id, id, project_name, target, status, phase, run_id, inputs, total_models, completed_models,
                failed_models, success_rate, score, error, assessment, evaluation, project_file, created_by, created_at,
                finished_at)
        VALUES (:tenant, :id, :project_name, :target, :status, :phase, :run_id, :inputs, :total_models, :completed_models,
                :failed_models, :success_rate, :score, :error, NULL, NULL, NULL, :created_by, :created_at,
                :finished_at))",
               migration, bind("run_id", flow::RunId{}), bind("inputs", inputs), bind("created_by", created_by));
}

std::optional<StoredMigration> find_migration(Snapshot& snapshot, MigrationId id) {
    auto migration = snapshot.maybe_one<Migration>(R"(
        SELECT id, project_name, target, status, phase, total_models, completed_models, failed_models, success_rate, score,
               error, created_at, finished_at
          FROM migrations_of_tenants
         WHERE tenant_id = :tenant AND id = :id)",
                                                   bind("id", id));
    if (!migration) return std::nullopt;
    auto rest = snapshot.one<Rest>(R"(
        SELECT run_id, inputs, assessment, evaluation, project_file
          FROM migrations_of_tenants
         WHERE tenant_id = :tenant AND id = :id)",
                                   bind("id", id));
    return StoredMigration{std::move(*migration),      rest.run_id,
                           std::move(rest.inputs),     std::move(rest.assessment),
                           std::move(rest.evaluation), rest.project_file};
}

std::vector<Migration> list_migrations(Snapshot& snapshot, std::optional<Status> status,
                                       std::optional<MigrationId> before, std::int64_t limit) {
    return snapshot.all<Migration>(R"(
        SELECT id, project_name, target, status, phase, total_models, completed_models, failed_models, success_rate, score,
               error, created_at, finished_at
          FROM migrations_of_tenants
         WHERE tenant_id = :tenant AND id < :before AND (:status = '' OR status = :status)
         ORDER BY id DESC
         LIMIT :limit)",
                                   bind("before", before ? before->to_string() : std::string("mig_~")),
                                   bind("status", std::string(status ? fields::name_of(*status) : "")),
                                   bind("limit", limit));
}

bool has_migrations(Snapshot& snapshot) {
    return !list_migrations(snapshot, std::nullopt, std::nullopt, 1).empty();
}

void set_run(Transaction& tx, MigrationId id, flow::RunId run) {
    tx.execute("UPDATE migrations_of_tenants SET run_id = :run_id WHERE tenant_id = :tenant AND id = :id",
               bind("id", id), bind("run_id", run));
}

void set_progress(Transaction& tx, MigrationId id, Status status, Phase phase, std::optional<std::string> const& error,
                  std::optional<Instant> finished_at) {
    tx.execute(R"(
        UPDATE migrations_of_tenants
           SET status = :status, phase = :phase, error = :error, finished_at = :finished_at
         WHERE tenant_id = :tenant AND id = :id)",
               bind("id", id), bind("status", status), bind("phase", phase), bind("error", error),
               bind("finished_at", finished_at));
}

void set_assessment(Transaction& tx, MigrationId id, std::string const& json) {
    tx.execute("UPDATE migrations_of_tenants SET assessment = :json WHERE tenant_id = :tenant AND id = :id",
               bind("id", id), bind("json", json));
}

void set_evaluation(Transaction& tx, MigrationId id, dbt::Evaluation const& evaluation,
                    std::optional<files::FileId> project_file) {
    tx.execute(R"(
        UPDATE migrations_of_tenants
           SET evaluation = :json, project_file = :project_file, total_models = :total_models,
               completed_models = :completed_models, failed_models = :failed_models, success_rate = :success_rate,
               score = :score
         WHERE tenant_id = :tenant AND id = :id)",
               bind("id", id), bind("json", fields::to_json(evaluation)), bind("project_file", project_file),
               bind("total_models", evaluation.total_models), bind("completed_models", evaluation.completed_models),
               bind("failed_models", evaluation.failed_models), bind("success_rate", evaluation.success_rate),
               bind("score", evaluation.score));
}

void set_counts(Transaction& tx, MigrationId id, std::int64_t total, std::int64_t completed, std::int64_t failed) {
    tx.execute(R"(
        UPDATE migrations_of_tenants
           SET total_models = :total, completed_models = :completed, failed_models = :failed
         WHERE tenant_id = :tenant AND id = :id)",
               bind("id", id), bind("total", total), bind("completed", completed), bind("failed", failed));
}

void delete_migration(Transaction& tx, MigrationId id) {
    tx.execute("DELETE FROM migration_models WHERE tenant_id = :tenant AND migration_id = :id", bind("id", id));
    tx.execute("DELETE FROM migrations_of_tenants WHERE tenant_id = :tenant AND id = :id", bind("id", id));
}

void insert_models(Transaction& tx, MigrationId id, std::vector<ModelRow> const& models) {
    tx.execute("DELETE FROM migration_models WHERE tenant_id = :tenant AND migration_id = :id", bind("id", id));
    for (ModelRow const& model : models) {
        tx.execute(R"(
            INSERT INTO migration_models
                   (tenant_id, migration_id, id, position, name, type, origin, path, status, fidelity, sql, score, attempts,
                    input_rows, output_rows, errors, tests, diagnostics)
            VALUES (:tenant, :migration_id, :id, :position, :name, :type, :origin, :path, :status, :fidelity, :sql, :score,
                    :attempts, :input_rows, :output_rows, :errors, :tests, '[]'))",
                   model, bind("migration_id", id));
    }
}

void set_model_text(Transaction& tx, MigrationId id, ModelText const& model) {
    tx.execute(R"(
        UPDATE migration_models
           SET sql = :sql, fidelity = :fidelity, diagnostics = :diagnostics, source = :source
         WHERE tenant_id = :tenant AND migration_id = :id AND name = :name)",
               bind("id", id), bind("name", model.name), bind("sql", model.sql), bind("fidelity", model.fidelity),
               bind("diagnostics", model.diagnostics),
               bind("source", model.source ? std::optional(fields::to_json(*model.source)) : std::nullopt));
}

void set_model_result(Transaction& tx, MigrationId id, dbt::ModelResult const& result) {
    std::vector<std::string> errors;
    if (!result.error.empty()) errors.push_back(result.error);
    tx.execute(R"(
        UPDATE migration_models
           SET status = :status, input_rows = :input_rows, output_rows = :output_rows, tests = :tests,
               attempts = :attempts, score = :score, errors = :errors
         WHERE tenant_id = :tenant AND migration_id = :id AND name = :name)",
               bind("id", id), bind("name", result.name), bind("status", result.status),
               bind("input_rows", result.input_rows), bind("output_rows", result.output_rows),
               bind("tests", result.tests), bind("attempts", result.attempts), bind("score", result.score),
               bind("errors", errors));
}

std::vector<ModelRow> list_models(Snapshot& snapshot, MigrationId id, std::optional<ModelId> after,
                                  std::int64_t limit) {
    return snapshot.all<ModelRow>(R"(
        SELECT id, position, name, type, origin, path, status, fidelity, sql, score, attempts, input_rows, output_rows,
               errors, tests
          FROM migration_models
         WHERE tenant_id = :tenant AND migration_id = :migration_id
           AND position > coalesce((SELECT position FROM migration_models
                                     WHERE tenant_id = :tenant AND migration_id = :migration_id AND id = :after), -1)
         ORDER BY position
         LIMIT :limit)",
                                  bind("migration_id", id), bind("after", after ? after->to_string() : std::string()),
                                  bind("limit", limit));
}

std::optional<ModelDetail> find_model(Snapshot& snapshot, MigrationId id, ModelId model) {
    auto row = snapshot.maybe_one<ModelRow>(R"(
        SELECT id, position, name, type, origin, path, status, fidelity, sql, score, attempts, input_rows, output_rows,
               errors, tests
          FROM migration_models
         WHERE tenant_id = :tenant AND migration_id = :migration_id AND id = :id)",
                                            bind("migration_id", id), bind("id", model));
    if (!row) return std::nullopt;
    auto rest = snapshot.one<ModelRest>(R"(
        SELECT diagnostics, source
          FROM migration_models
         WHERE tenant_id = :tenant AND migration_id = :migration_id AND id = :id)",
                                        bind("migration_id", id), bind("id", model));
    ModelDetail detail{std::move(*row), std::move(rest.diagnostics), std::nullopt};
    if (rest.source) detail.source = fields::from_json<dbt::SourceText>(*rest.source);
    return detail;
}

void emit_changed(Transaction& tx, MigrationId id) {
    auto const stored = find_migration(tx, id);
    if (!stored) return;
    Migration const& now = stored->migration;
    events::emit(
        tx, id.to_string(),
        MigrationChanged{now.status, now.phase, now.total_models, now.completed_models, now.failed_models, now.error});
}

}  // namespace mainstay::migrate
