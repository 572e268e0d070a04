// One numbered step of a module's tables. The same text serves both engines; where they cannot agree, a line
// "-- sqlite:" or "-- postgres:" keeps the rest of that line for one of them.
//
// What a migration may leave behind, or it is rolled back and refused:
// - A table with a tenant_id: its primary key, every unique key and every index begin with tenant_id, and a foreign key
//   to another such table pairs tenant_id with tenant_id.
// - A table without one is global, and says so by a line "-- global: reason" directly above its CREATE TABLE.
// - No deferred constraints: units are committed in groups, and a commit may fail for no single one of them.
// - No views, and no virtual tables but global ones: the tenancy guard does not see through them.
// - Numbers of a module run 1, 2, 3 ...; a migration that was applied is never changed.
#pragma once
#include <span>
#include <string_view>

namespace mainstay {

struct Migration {
    std::string_view module;
    int number;
    std::string_view name;  // the file's name without its ending
    std::string_view sql;
};

}  // namespace mainstay
