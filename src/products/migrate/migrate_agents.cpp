// The six agents as the nodes of a graph. Each reads the inputs anew and works the same things out of them, so that
// what is kept between nodes is small and a node that was killed is simply taken again.
#include "platform/usage/usage.hpp"
#include "products/migrate/migrate_sources.hpp"
#include "products/migrate/migrate_store.hpp"

#include <algorithm>

namespace mainstay::migrate {
namespace {

using fields::defaulted;
using fields::field;

constexpr std::uint64_t input_bytes_max = dbt::input_bytes_max;
constexpr std::uint64_t results_bytes_max = 256u << 20;
constexpr std::int64_t attempts_without_engine = 3;

struct State {
    MigrationId migration_id;
    std::string project_name;
    Target target = Target::duckdb;
    std::vector<Input> inputs;
    std::vector<dbt::Repair> repairs;
    std::int64_t rounds = 0;
    std::optional<files::FileId> results;  // of the last run, as JSON
    bool must_rebuild = false;
};
fields::Table const& table_of(State const*) {
    static fields::Table const table{
        "MigrationState",
        {field("migration_id", &State::migration_id, ""), field("project_name", &State::project_name, ""),
         field("target", &State::target, ""), field("inputs", &State::inputs, ""),
         field("repairs", &State::repairs, "", defaulted()), field("rounds", &State::rounds, "", defaulted()),
         field("results", &State::results, ""), field("must_rebuild", &State::must_rebuild, "", defaulted())}};
    return table;
}

dbt::Options options_of(State const& state) {
    dbt::Options options;
    options.project_name = state.project_name;
    return options;
}

// What cannot be read stays unreadable however often it is tried.
catalog::Database read_inputs(Needs const& needs, TenantId tenant, State const& state) {
    try {
        std::vector<SourceBytes> sources;
        for (Input const& input : state.inputs)
            sources.push_back({input.name, needs.files.read(tenant, input.file, input_bytes_max), input.is_metadata});
        return read_sources(std::move(sources));
    } catch (Fault const& fault) {
        if (fault.code().status >= 500) throw;
        std::string text = fault.public_text();
        for (Problem const& problem : fault.problems()) text += "\n" + problem.pointer + " " + problem.message;
        throw flow::Discard(text);
    }
}

ModelDiagnostic told(tsql::Diagnostic const& diagnostic) {
    return {std::string(diagnostic.code->code),
            std::string(tsql::name_of(diagnostic.severity())),
            std::string(diagnostic.code->title),
            diagnostic.message,
            std::string(diagnostic.code->help),
            diagnostic.file,
            diagnostic.position.line,
            diagnostic.position.column,
            diagnostic.length};
}

std::vector<ModelText> texts_of(catalog::Database const& database, dbt::Project const& project) {
    auto sources = dbt::source_texts(database);
    std::vector<ModelText> texts;
    for (dbt::Model const& model : project.models) {
        ModelText text{model.planned.name, model.sql, std::string(translate::name_of(model.fidelity)), {}, {}};
        for (auto const& diagnostic : model.diagnostics) text.diagnostics.push_back(told(diagnostic));
        if (auto const source = sources.find(model.planned.origin); source != sources.end())
            text.source = source->second;
        texts.push_back(std::move(text));
    }
    return texts;
}

// A folder for one DuckDB session, gone with it.
class WorkFolder {
public:
    explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~WorkFolder() {
        std::error_code ignored;  // what stays is removed at the next start of this migration
        std::filesystem::remove_all(path_, ignored);
    }
    WorkFolder(WorkFolder const&) = delete;
    WorkFolder& operator=(WorkFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void assess(Needs const& needs, flow::Context& context, State& state) {
    auto const database = read_inputs(needs, context.tenant(), state);
    if (database.tables.empty() && database.views.empty() && database.modules.empty())
        throw flow::Discard("The input defines no table, view or procedure.");
    std::string const json = fields::to_json(dbt::assess(database));
    context.write([id = state.migration_id, json](Transaction& tx) { set_assessment(tx, id, json); });
}

void plan(Needs const& needs, flow::Context& context, State& state) {
    auto const database = read_inputs(needs, context.tenant(), state);
    dbt::Plan const plan = dbt::plan(database, options_of(state));
    std::vector<ModelRow> rows;
    for (dbt::PlannedModel const& model : plan.models) {
        ModelRow row;
        row.id = ModelId::make(needs.clock.now());
        row.position = static_cast<std::int64_t>(rows.size());
        row.name = model.name;
        row.type = model.layer;
        row.origin = model.origin;
        row.path = model.path;
        rows.push_back(std::move(row));
    }
    context.write([id = state.migration_id, rows](Transaction& tx) {
        insert_models(tx, id, rows);
        set_counts(tx, id, static_cast<std::int64_t>(rows.size()), 0, 0);
    });
}

void execute(Needs const& needs, flow::Context& context, State& state) {
    auto const database = read_inputs(needs, context.tenant(), state);
    auto const options = options_of(state);
    dbt::Project const project = dbt::generate(database, dbt::plan(database, options), options);
    context.write([id = state.migration_id, texts = texts_of(database, project)](Transaction& tx) {
        for (ModelText const& text : texts) set_model_text(tx, id, text);
    });
}

// Without the engine a migration ends soon and says so, while one that is busy is waited for.
duck::DuckSession lease_engine(Needs const& needs, flow::Context& context, std::filesystem::path const& folder) {
    duck::DuckLimits limits;
    limits.memory_mb = needs.duck_memory_mb;
    try {
        return needs.duck.lease(context.tenant().to_string(), folder, duck::FolderAccess::read, limits);
    } catch (Fault const& fault) {
        bool const is_missing = fault.code().name == errors::query_engine_unavailable.name;
        if (is_missing && context.attempt() >= attempts_without_engine) throw flow::Discard(fault.public_text());
        throw;
    }
}

void test(Needs const& needs, flow::Context& context, State& state) {
    auto const database = read_inputs(needs, context.tenant(), state);
    auto const options = options_of(state);
    dbt::Project const project = dbt::generate(database, dbt::plan(database, options), options, state.repairs);
    WorkFolder const folder(needs.work_folder / state.migration_id.to_string());
    auto session = lease_engine(needs, context, folder.path());
    std::int64_t completed = 0, failed = 0;
    auto const total = static_cast<std::int64_t>(project.models.size());
    dbt::RunResult const results = dbt::run(database, project, session, [&](dbt::ModelResult const& result) {
        completed += result.status == dbt::ModelStatus::passed ? 1 : 0;
        failed += result.status == dbt::ModelStatus::passed ? 0 : 1;
        context.write_now([&](Transaction& tx) {
            set_model_result(tx, state.migration_id, result);
            set_counts(tx, state.migration_id, total, completed, failed);
            emit_changed(tx, state.migration_id);
        });
        return !context.is_cancelled();
    });
    if (context.is_cancelled()) return;
    auto const before = state.results;
    state.results = needs.files.put(context.tenant(), fields::to_json(results), needs.clock.now());
    context.write(
        [&files = needs.files, owner = state.migration_id.to_string(), before, made = *state.results](Transaction& tx) {
            files::keep(tx, made, owner);
            if (before) files::let_go(tx, files, *before, owner);
        });
    state.must_rebuild = state.rounds < static_cast<std::int64_t>(dbt::repair_attempts_max) &&
                         !dbt::propose_repairs(database, project, results, state.repairs).empty();
}

dbt::RunResult results_of(Needs const& needs, TenantId tenant, State const& state) {
    return fields::from_json<dbt::RunResult>(needs.files.read(tenant, state.results.value(), results_bytes_max));
}

void rebuild(Needs const& needs, flow::Context& context, State& state) {
    auto const database = read_inputs(needs, context.tenant(), state);
    auto const options = options_of(state);
    dbt::Project const project = dbt::generate(database, dbt::plan(database, options), options, state.repairs);
    for (dbt::Repair& repair :
         dbt::propose_repairs(database, project, results_of(needs, context.tenant(), state), state.repairs))
        state.repairs.push_back(std::move(repair));
    state.rounds += 1;
    state.must_rebuild = false;
}

void evaluate(Needs const& needs, flow::Context& context, State& state) {
    auto const database = read_inputs(needs, context.tenant(), state);
    auto const options = options_of(state);
    dbt::Project const project = dbt::generate(database, dbt::plan(database, options), options, state.repairs);
    dbt::Assessment const assessment = dbt::assess(database);
    dbt::RunResult results = results_of(needs, context.tenant(), state);
    dbt::Evaluation const evaluation = dbt::evaluate(project, assessment, results);
    auto files = project.files;
    files["MIGRATION_REPORT.md"] = dbt::report_markdown(project, assessment, results, evaluation);
    files["migration_report.json"] = dbt::report_json(project, assessment, results, evaluation);
    auto const zip = needs.files.put(context.tenant(), dbt::zip(files), needs.clock.now());
    // Of the repaired project, as it stands in the zip.
    auto const texts = texts_of(database, project);
    context.write([id = state.migration_id, evaluation, zip, texts, results](Transaction& tx) {
        for (ModelText const& text : texts) set_model_text(tx, id, text);
        for (dbt::ModelResult const& result : results.models) set_model_result(tx, id, result);
        set_evaluation(tx, id, evaluation, zip);
        files::keep(tx, zip, id.to_string());
        usage::bill(tx, "models_generated", id.to_string(), evaluation.completed_models);
    });
}

Phase phase_of(std::string_view node) {
    for (Phase const phase :
         {Phase::assessment, Phase::planning, Phase::execution, Phase::testing, Phase::rebuilding, Phase::evaluation})
        if (fields::name_of(phase) == node) return phase;
    return Phase::complete;
}

Status status_of(flow::RunState state) {
    switch (state) {
        case flow::RunState::pending: return Status::pending;
        case flow::RunState::running:
        case flow::RunState::waiting: return Status::running;
        case flow::RunState::completed: return Status::completed;
        case flow::RunState::failed: return Status::failed;
        case flow::RunState::cancelled: return Status::cancelled;
    }
    return Status::failed;
}

// Keeps the migration's own row in step with its run, in the run's transactions.
void mirror(Transaction& tx, flow::RunId, State const& state, std::string_view node, flow::RunState run,
            std::string const& error) {
    MigrationId const id = state.migration_id;
    auto const stored = find_migration(tx, id);
    if (!stored) return;
    bool const ended = run != flow::RunState::pending && run != flow::RunState::running;
    Phase const phase = ended && run != flow::RunState::completed ? stored->migration.phase : phase_of(node);
    set_progress(tx, id, status_of(run), phase, error.empty() ? std::nullopt : std::optional(error),
                 ended ? std::optional(tx.now()) : std::nullopt);
    emit_changed(tx, id);
}

}  // namespace

flow::Graph make_graph(Needs needs) {
    auto const agent = [needs = std::move(needs)](void (*work)(Needs const&, flow::Context&, State&)) {
        return [needs, work](flow::Context& context, State& state) { work(needs, context, state); };
    };
    // A process that is killed costs an attempt, and a bad day may have several.
    flow::RetryPolicy const patience{.max_attempts = 10};
    return flow::GraphBuilder<State>("migration", 1)
        .node("assessment", agent(assess))
        .retries(patience)
        .then("planning")
        .node("planning", agent(plan))
        .retries(patience)
        .then("execution")
        .node("execution", agent(execute))
        .retries(patience)
        .then("testing")
        .node("testing", agent(test))
        .retries(patience)
        .then_if(
            "rebuilding", [](State const& state) { return state.must_rebuild; }, "repairs known")
        .otherwise("evaluation")
        .node("rebuilding", agent(rebuild))
        .retries(patience)
        .then("testing")
        .node("evaluation", agent(evaluate))
        .retries(patience)
        .then(flow::end)
        .on_change(mirror)
        .build();
}

Migration start(Transaction& tx, flow::Graph const& graph, NewMigration input) {
    usage::require_quota(tx, "migrations_per_month", 1);
    Migration migration;
    migration.id = MigrationId::make(tx.now());
    migration.project_name = std::move(input.project_name);
    migration.target = input.target;
    migration.created_at = tx.now();
    State state;
    state.migration_id = migration.id;
    state.project_name = migration.project_name;
    state.target = input.target;
    state.inputs = std::move(input.inputs);
    // The row is there before the run's first change wants to be mirrored in it.
    insert_migration(tx, migration, state.inputs, input.created_by);
    for (Input const& made : state.inputs) files::keep(tx, made.file, migration.id.to_string());
    set_run(tx, migration.id, flow::start_run(tx, graph, state));
    return migration;
}

}  // namespace mainstay::migrate
