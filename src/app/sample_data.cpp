#include "app/sample_data.hpp"

#include "kernel/telemetry/telemetry.hpp"
#include "platform/tenants/tenants.hpp"

namespace mainstay::web {
std::span<StaticFile const> examples_static_files();
}

namespace mainstay::app {
namespace {

std::string_view example(std::string_view path) {
    for (auto const& file : web::examples_static_files())
        if (file.path == path) return file.plain;
    throw std::logic_error("the example " + std::string(path) + " was not compiled in");
}

}  // namespace

void add_sample_data(Program& program) {
    Database& database = program.database();
    bool const is_empty = database.read(system_scope("whether there is a tenant"), [](Snapshot& snapshot) {
        return tenants::list_tenants(snapshot, std::nullopt, 1).empty();
    });
    if (!is_empty) return;
    auto const tenant = database.write(system_scope("the sample tenant"), [](Transaction& tx) {
        return tenants::create_tenant(tx, "Harbour & Vale (sample)", tenants::Plan::enterprise);
    });
    auto const script = program.files().put(tenant.id, example("/retail.sql"), system_clock().now());
    auto const migration = database.write(tenant.id, [&](Transaction& tx) {
        return migrate::start(
            tx, program.migration_graph(),
            {"harbour_and_vale", migrate::Target::duckdb, {{script, "retail.sql", false}}, "sample data"});
    });
    log::info("the sample database is being migrated",
              {{"tenant", tenant.id.to_string()}, {"migration", migration.id.to_string()}});
}

}  // namespace mainstay::app
