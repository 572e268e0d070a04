// What the API says about looking at migrations, their models and their projects.
#include "products/migrate/migrate_routes.hpp"

namespace mainstay::migrate {
namespace {

using fields::field;

// One agent's work, as its run recorded it.
struct PhaseRecord {
    std::string phase;
    std::int64_t attempt = 0;
    Instant started_at;
    Instant finished_at;
    std::optional<std::string> error;
};
fields::Table const& table_of(PhaseRecord const*) {
    static fields::Table const table{
        "PhaseRecord",
        {field("phase", &PhaseRecord::phase, "Which agent."), field("attempt", &PhaseRecord::attempt, "From 1."),
         field("started_at", &PhaseRecord::started_at, "When it began."),
         field("finished_at", &PhaseRecord::finished_at, "When it ended."),
         field("error", &PhaseRecord::error, "Why it failed, where it did.")}};
    return table;
}

struct MigrationDetail {
    MigrationId id;
    Migration migration;
    std::vector<PhaseRecord> phases;
    std::optional<dbt::Assessment> assessment;
    std::optional<dbt::Evaluation> evaluation;
};

// The migration's own members stand beside the rest, as in a list.
fields::Table const& table_of(MigrationDetail const*) {
    static fields::Table const table = [] {
        auto made = fields::with_those_of(&MigrationDetail::migration, {});
        made.push_back(field("phases", &MigrationDetail::phases, "What ran, in order."));
        made.push_back(
            field("assessment", &MigrationDetail::assessment, "What the input holds; null until it was assessed."));
        made.push_back(field("evaluation", &MigrationDetail::evaluation, "How it went; null until the end."));
        return fields::Table{"MigrationDetail", std::move(made)};
    }();
    return table;
}

struct ListMigrations {
    std::int64_t limit = web::page_size_default;
    std::optional<MigrationId> cursor;
    std::optional<Status> status;
};
fields::Table const& table_of(ListMigrations const*) {
    static fields::Table const table{
        "ListMigrations",
        {web::limit_field(&ListMigrations::limit), web::cursor_field(&ListMigrations::cursor),
         field("status", &ListMigrations::status, "Only those.")}};
    return table;
}

struct ListModels {
    MigrationId migration_id;
    std::int64_t limit = web::page_size_default;
    std::optional<ModelId> cursor;
};
fields::Table const& table_of(ListModels const*) {
    static fields::Table const table{"ListModels",
                                     {field("migration_id", &ListModels::migration_id, "Begins with mig_."),
                                      web::limit_field(&ListModels::limit), web::cursor_field(&ListModels::cursor)}};
    return table;
}

struct ModelById {
    MigrationId migration_id;
    ModelId model_id;
};
fields::Table const& table_of(ModelById const*) {
    static fields::Table const table{"ModelById",
                                     {field("migration_id", &ModelById::migration_id, "Begins with mig_."),
                                      field("model_id", &ModelById::model_id, "Begins with mdl_.")}};
    return table;
}

constexpr web::Endpoint list_endpoint{
    .name = "list_migrations",
    .method = web::Method::get,
    .path = "/api/v1/migrations",
    .summary = "List migrations, newest first",
    .permission = "migrations.read",
};

web::Page<Migration> list(Call const&, Snapshot& snapshot, ListMigrations input) {
    return web::page_of(list_migrations(snapshot, input.status, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_migration",
    .method = web::Method::get,
    .path = "/api/v1/migrations/{migration_id}",
    .summary = "Read a migration: where it stands, what it found, how it went",
    .permission = "migrations.read",
};

MigrationDetail read(Call const&, Snapshot& snapshot, ById input) {
    auto const stored = migration_or_404(snapshot, input.migration_id);
    MigrationDetail detail{stored.migration.id, stored.migration, {}, std::nullopt, std::nullopt};
    for (flow::Step const& step : flow::steps_of(snapshot, stored.run_id))
        detail.phases.push_back({step.node, step.attempt, step.started_at, step.finished_at, step.error});
    if (stored.assessment) detail.assessment = fields::from_json<dbt::Assessment>(*stored.assessment);
    if (stored.evaluation) detail.evaluation = fields::from_json<dbt::Evaluation>(*stored.evaluation);
    return detail;
}

constexpr web::Endpoint models_endpoint{
    .name = "list_migration_models",
    .method = web::Method::get,
    .path = "/api/v1/migrations/{migration_id}/models",
    .summary = "List the models of a migration in the order in which they are built",
    .permission = "migrations.read",
};

web::Page<ModelRow> models(Call const&, Snapshot& snapshot, ListModels input) {
    migration_or_404(snapshot, input.migration_id);
    return web::page_of(list_models(snapshot, input.migration_id, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint model_endpoint{
    .name = "read_migration_model",
    .method = web::Method::get,
    .path = "/api/v1/migrations/{migration_id}/models/{model_id}",
    .summary = "Read a model: its SQL, what it was made of, what may differ, its tests and how they went",
    .permission = "migrations.read",
};

ModelDetail model(Call const&, Snapshot& snapshot, ModelById input) {
    auto found = find_model(snapshot, input.migration_id, input.model_id);
    if (!found) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*found);
}

constexpr web::Endpoint download_endpoint{
    .name = "download_migration",
    .method = web::Method::get,
    .path = "/api/v1/migrations/{migration_id}/download",
    .summary = "Download the dbt project as a zip",
    .permission = "migrations.read",
    .content_type = "application/zip",
};

web::Content download(Needs const& needs, Call const& call, Snapshot& snapshot, ById input) {
    auto const stored = migration_or_404(snapshot, input.migration_id);
    if (!stored.project_file)
        throw Fault(errors::conflict, "The migration has no project yet; its status is " +
                                          std::string(fields::name_of(stored.migration.status)) + ".");
    web::Content content;
    content.content_type = "application/zip";
    content.file_name = stored.migration.project_name + ".zip";
    content.file = needs.files.local_path(call.tenant(), *stored.project_file);
    return content;
}

constexpr web::Endpoint events_endpoint{
    .name = "follow_migration",
    .method = web::Method::get,
    .path = "/api/v1/migrations/{migration_id}/events",
    .summary = "Follow a migration live (server-sent events, taken up again by Last-Event-ID)",
    .permission = "migrations.read",
    .content_type = "text/event-stream",
    .impersonators = web::Impersonators::admitted,
};

web::Content follow(Needs const& needs, Call const& call, Snapshot& snapshot, ById input) {
    migration_or_404(snapshot, input.migration_id);
    return needs.live.follow(call, input.migration_id.to_string());
}

}  // namespace

fields::Table const& table_of(Migration const*) {
    static fields::Table const table{
        "Migration",
        {field("id", &Migration::id, "Begins with mig_."),
         field("project_name", &Migration::project_name, "Of the dbt project."),
         field("target", &Migration::target, "Where the models run."),
         field("status", &Migration::status, "How it stands."),
         field("phase", &Migration::phase, "The agent that works now, or worked last."),
         field("total_models", &Migration::total_models, "Models that were planned."),
         field("completed_models", &Migration::completed_models, "Models that ran and whose tests passed."),
         field("failed_models", &Migration::failed_models, "Models that did not."),
         field("success_rate", &Migration::success_rate, "Completed of total, 0 to 1."),
         field("score", &Migration::score, "Mean of the models' scores, 0 to 1."),
         field("error", &Migration::error, "Why it failed."),
         field("created_at", &Migration::created_at, "When it was asked for."),
         field("finished_at", &Migration::finished_at, "When it ended.")}};
    return table;
}

fields::Table const& table_of(MigrationChanged const*) {
    static fields::Table const table{"MigrationChanged",
                                     {field("status", &MigrationChanged::status, "How it stands."),
                                      field("phase", &MigrationChanged::phase, "The agent that works now."),
                                      field("total_models", &MigrationChanged::total_models, "Planned."),
                                      field("completed_models", &MigrationChanged::completed_models, "Passed."),
                                      field("failed_models", &MigrationChanged::failed_models, "Failed."),
                                      field("error", &MigrationChanged::error, "Why it failed.")}};
    return table;
}

fields::Table const& table_of(Input const*) {
    static fields::Table const table{
        "MigrationInput",
        {field("file", &Input::file, "Where it is kept."), field("name", &Input::name, "As the sender calls it."),
         field("is_metadata", &Input::is_metadata, "Metadata JSON instead of T-SQL.")}};
    return table;
}

fields::Table const& table_of(ModelRow const*) {
    static fields::Table const table{
        "MigrationModel",
        {field("id", &ModelRow::id, "Begins with mdl_."),
         field("position", &ModelRow::position, "In the order in which models are built."),
         field("name", &ModelRow::name, "Of the dbt model."), field("type", &ModelRow::type, "Its layer."),
         field("origin", &ModelRow::origin, "The object that it comes from."),
         field("path", &ModelRow::path, "In the project."), field("status", &ModelRow::status, "How it stands."),
         field("fidelity", &ModelRow::fidelity, "How sure the translation is."),
         field("sql", &ModelRow::sql, "With its Jinja."),
         field("score", &ModelRow::score, "0 to 1: parsed, bound, ran, its tests passed."),
         field("attempts", &ModelRow::attempts, "Runs it took."),
         field("input_rows", &ModelRow::input_rows, "Rows that it read."),
         field("output_rows", &ModelRow::output_rows, "Rows that it gave."),
         field("errors", &ModelRow::errors, "Why it did not run, in the engine's words."),
         field("tests", &ModelRow::tests, "Each with its result.")}};
    return table;
}

fields::Table const& table_of(ModelDetail const*) {
    static fields::Table const table = [] {
        auto made = fields::with_those_of(&ModelDetail::model, {});
        made.push_back(field("diagnostics", &ModelDetail::diagnostics, "What the translation says about the source."));
        made.push_back(field("source", &ModelDetail::source,
                             "What it was made of; null where metadata alone tells of it, or past 256 KiB."));
        return fields::Table{"MigrationModelDetail", std::move(made)};
    }();
    return table;
}

fields::Table const& table_of(ModelDiagnostic const*) {
    static fields::Table const table{
        "ModelDiagnostic",
        {field("code", &ModelDiagnostic::code, "TSQL and four digits; the guide has a line of it."),
         field("severity", &ModelDiagnostic::severity, "note, warning or error."),
         field("title", &ModelDiagnostic::title, "What the code is about."),
         field("message", &ModelDiagnostic::message, "What it is here."),
         field("help", &ModelDiagnostic::help, "The suggested rewrite or the next step."),
         field("file", &ModelDiagnostic::file, "The script."), field("line", &ModelDiagnostic::line, "From 1."),
         field("column", &ModelDiagnostic::column, "From 1, in characters."),
         field("length", &ModelDiagnostic::length, "In characters, within the line.")}};
    return table;
}

void add_reading_routes(web::Routes& routes, Needs needs) {
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(models_endpoint, models);
    routes.add(model_endpoint, model);
    routes.add(download_endpoint, [needs](Call const& call, Snapshot& snapshot, ById input) {
        return download(needs, call, snapshot, input);
    });
    routes.add(events_endpoint, [needs = std::move(needs)](Call const& call, Snapshot& snapshot, ById input) {
        return follow(needs, call, snapshot, input);
    });
}

}  // namespace mainstay::migrate
