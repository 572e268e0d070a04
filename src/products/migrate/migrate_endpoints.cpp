// What the API says about starting, stopping and removing migrations.
#include "kernel/web/web.hpp"
#include "products/migrate/migrate_routes.hpp"
#include "products/migrate/migrate_sources.hpp"
#include "products/migrate/migrate_store.hpp"

namespace mainstay::migrate {
namespace {

using fields::defaulted;
using fields::field;
using fields::pattern;

constexpr std::uint64_t request_bytes_max = 256u << 20;

struct CreateMigration {
    std::string project_name;
    Target target = Target::duckdb;
    SourceInput sources;
};
fields::Table const& table_of(CreateMigration const*) {
    static fields::Table const table{
        "CreateMigration",
        fields::with_those_of(&CreateMigration::sources,
                              {field("project_name", &CreateMigration::project_name, "Of the dbt project.",
                                     pattern(dbt::project_name_pattern, dbt::project_name_says)),
                               field("target", &CreateMigration::target, "Where the models run.", defaulted())})};
    return table;
}

constexpr web::Endpoint create_endpoint{
    .name = "create_migration",
    .method = web::Method::post,
    .path = "/api/v1/migrations",
    .summary = "Start a migration from a script, metadata, an upload, or files of a form",
    .permission = "migrations.write",
    .success = 202,
    .body = web::Body::multipart,
    .body_limit = request_bytes_max,
    .deadline = minutes(15),
    .impersonators = web::Impersonators::admitted,
};

// Stores what came in, before the transaction that starts the migration.
NewMigration receive(Needs const& needs, Call const& call, Database& database, CreateMigration input) {
    check_sources(call, input.sources);
    NewMigration made{input.project_name, input.target, {}, call.identity.actor_id};
    auto const keep = [&](std::string_view bytes, std::string name, bool is_metadata) {
        made.inputs.push_back({needs.files.put(call.tenant(), bytes, call.now), std::move(name), is_metadata});
    };
    auto const& [script, upload_id, metadata] = input.sources;
    if (script) keep(*script, "script.sql", false);
    if (metadata) keep(metadata->text, "metadata.json", true);
    if (upload_id) {
        auto const upload = upload_of(call, database, *upload_id);
        made.inputs.push_back({upload.id, upload.file_name, false});
    }
    for (UploadedFile const& file : call.files)
        made.inputs.push_back({needs.files.put_file(call.tenant(), file.path, call.now), file.file_name, false});
    return made;
}

constexpr web::Endpoint cancel_endpoint{
    .name = "cancel_migration",
    .method = web::Method::post,
    .path = "/api/v1/migrations/{migration_id}/cancel",
    .summary = "Stop a migration that runs",
    .permission = "migrations.write",
    .success = 202,
    .impersonators = web::Impersonators::admitted,
};

Migration cancel(flow::Graph const& graph, Call const& call, Transaction& tx, ById input) {
    auto const stored = migration_or_404(tx, input.migration_id);
    call.note_before(stored.migration);
    if (!flow::cancel_run(tx, graph, stored.run_id)) throw Fault(errors::conflict, "The migration has ended.");
    return migration_or_404(tx, input.migration_id).migration;
}

constexpr web::Endpoint retry_endpoint{
    .name = "retry_migration",
    .method = web::Method::post,
    .path = "/api/v1/migrations/{migration_id}/retry",
    .summary = "Take a failed or cancelled migration up again where it stopped",
    .permission = "migrations.write",
    .success = 202,
    .impersonators = web::Impersonators::admitted,
};

Migration retry(flow::Graph const& graph, Call const& call, Transaction& tx, ById input) {
    auto const stored = migration_or_404(tx, input.migration_id);
    call.note_before(stored.migration);
    if (!flow::retry_run(tx, graph, stored.run_id))
        throw Fault(errors::conflict, "Only a failed or cancelled migration can be retried.");
    return migration_or_404(tx, input.migration_id).migration;
}

constexpr web::Endpoint delete_endpoint{
    .name = "delete_migration",
    .method = web::Method::delete_,
    .path = "/api/v1/migrations/{migration_id}",
    .summary = "Remove a migration that has ended, with its project",
    .permission = "migrations.write",
    .success = 204,
};

void remove(Needs const& needs, Call const& call, Transaction& tx, ById input) {
    auto const stored = migration_or_404(tx, input.migration_id);
    call.note_before(stored.migration);
    if (!stored.migration.finished_at) throw Fault(errors::conflict, "The migration runs; cancel it first.");
    delete_migration(tx, input.migration_id);
    files::let_go_of_all(tx, needs.files, input.migration_id.to_string());
}

}  // namespace

StoredMigration migration_or_404(Snapshot& snapshot, MigrationId id) {
    auto stored = find_migration(snapshot, id);
    if (!stored) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*stored);
}

fields::Table const& table_of(ById const*) {
    static fields::Table const table{"MigrationById",
                                     {field("migration_id", &ById::migration_id, "Begins with mig_.")}};
    return table;
}

void add_routes(web::Routes& routes, Needs needs, flow::Graph const& graph) {
    auto const* const run_by = &graph;
    routes.add(
        create_endpoint,
        [needs](Call const& call, Database& database, CreateMigration input) {
            return receive(needs, call, database, std::move(input));
        },
        [run_by](Call const&, Transaction& tx, NewMigration input) { return start(tx, *run_by, std::move(input)); });
    routes.add(cancel_endpoint,
               [run_by](Call const& call, Transaction& tx, ById input) { return cancel(*run_by, call, tx, input); });
    routes.add(retry_endpoint,
               [run_by](Call const& call, Transaction& tx, ById input) { return retry(*run_by, call, tx, input); });
    routes.add(delete_endpoint,
               [needs](Call const& call, Transaction& tx, ById input) { remove(needs, call, tx, input); });
    routes.declare({&errors::input_unreadable});
    add_assessment_routes(routes, needs);
    add_reading_routes(routes, std::move(needs));
}

}  // namespace mainstay::migrate
