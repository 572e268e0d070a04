// Migrate: a SQL Server database in, a tested dbt project out. Six agents take a migration through its phases as one
// durable workflow; whatever is killed on the way, it ends with the same project.
#pragma once
#include "kernel/duck/duck.hpp"
#include "kernel/events/events.hpp"
#include "kernel/files/files.hpp"
#include "kernel/flow/flow.hpp"
#include "kernel/live/live.hpp"
#include "kernel/web/web.hpp"
#include "products/migrate/dbt/dbt.hpp"

namespace mainstay::migrate {

using MigrationId = Id<"mig">;
using ModelId = Id<"mdl">;

enum class Target { duckdb };
BOOST_DESCRIBE_ENUM(Target, duckdb)
enum class Status { pending, running, completed, failed, cancelled };
BOOST_DESCRIBE_ENUM(Status, pending, running, completed, failed, cancelled)
enum class Phase { assessment, planning, execution, testing, rebuilding, evaluation, complete };
BOOST_DESCRIBE_ENUM(Phase, assessment, planning, execution, testing, rebuilding, evaluation, complete)

struct Migration {
    MigrationId id;
    std::string project_name;
    Target target = Target::duckdb;
    Status status = Status::pending;
    Phase phase = Phase::assessment;
    std::int64_t total_models = 0;
    std::int64_t completed_models = 0;
    std::int64_t failed_models = 0;
    double success_rate = 0;
    double score = 0;
    std::optional<std::string> error;
    Instant created_at;
    std::optional<Instant> finished_at;
};
fields::Table const& table_of(Migration const*);

struct MigrationChanged {
    static constexpr std::string_view event_type = "migration.changed";
    Status status = Status::pending;
    Phase phase = Phase::assessment;
    std::int64_t total_models = 0;
    std::int64_t completed_models = 0;
    std::int64_t failed_models = 0;
    std::optional<std::string> error;
};
fields::Table const& table_of(MigrationChanged const*);

struct Input {
    files::FileId file;
    std::string name;
    bool is_metadata = false;
};
fields::Table const& table_of(Input const*);

struct Needs {
    files::Files& files;
    duck::DuckPool& duck;
    live::LiveEvents& live;
    Clock& clock;
    std::filesystem::path work_folder;  // the children's folders, one a run, removed after it
    std::uint32_t duck_memory_mb = 512;
};

// The graph of the six agents. The caller keeps it as long as the engine that it is added to.
flow::Graph make_graph(Needs);

struct NewMigration {
    std::string project_name;
    Target target = Target::duckdb;
    std::vector<Input> inputs;
    std::string created_by;
};
// Throws Fault(errors::quota_exceeded) past the plan's quota of a month.
Migration start(Transaction&, flow::Graph const&, NewMigration);
bool has_migrations(Snapshot&);

void add_routes(web::Routes&, Needs, flow::Graph const&);
std::span<mainstay::Migration const> migrations();

}  // namespace mainstay::migrate
