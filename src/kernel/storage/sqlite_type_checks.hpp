// SQLite keeps 'abc' in a BIGINT column. Guarantees that tables made through here refuse what PostgreSQL would. Within
// the storage alone.
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

// CREATE TABLE and ALTER TABLE ... ADD COLUMN with a CHECK on each column of type BIGINT, BOOLEAN or DOUBLE PRECISION;
// any other statement as it is.
std::string with_type_checks(std::string_view statement);

}  // namespace mainstay
