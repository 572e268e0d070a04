#pragma once
#include "products/migrate/migrate_store.hpp"

namespace mainstay::migrate {

struct ById {
    MigrationId migration_id;
};
fields::Table const& table_of(ById const*);

StoredMigration migration_or_404(Snapshot&, MigrationId);

void add_reading_routes(web::Routes&, Needs);
void add_assessment_routes(web::Routes&, Needs const&);

}  // namespace mainstay::migrate
