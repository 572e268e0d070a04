// What removes a tenant's rows, of whichever tables there are by now: they are found in the schema, so that a table
// that is added later needs nothing here. For the one part of the program that erases tenants.
#pragma once
#include "kernel/storage/storage_options.hpp"

#include <string>
#include <vector>

namespace mainstay {

// A statement for each table with a tenant_id and for each global one with a column `tenant`; those that refer to
// others stand before them. It removes at most :at_most rows of :tenant. Looks on a connection of its own, as inspect()
// does. The texts are to be kept as long as units run them.
std::vector<std::string> erasing_statements(SqliteOptions const&);
std::vector<std::string> erasing_statements(PostgresOptions const&);

}  // namespace mainstay
