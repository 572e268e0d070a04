#pragma once
#include "products/migrate/migrate_store.hpp"

namespace mainstay::migrate {

struct ById {
    MigrationId migration_id;
};
fields::Table const& table_of(ById const*);

StoredMigration migration_or_404(Snapshot&, MigrationId);

void add_reading_routes(web::Routes&, Needs);

}  // namespace mainstay::migrate
