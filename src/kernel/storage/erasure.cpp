#include "kernel/storage/erasure.hpp"

#include "kernel/storage/data_folder.hpp"
#include "kernel/storage/postgres_migration.hpp"
#include "kernel/storage/schema_rules.hpp"
#include "kernel/storage/sqlite_schema.hpp"

namespace mainstay {

std::vector<std::string> erasing_statements(SqliteOptions const& options) {
    SqliteConnection connection(database_file_of(options.folder), SqliteConnection::Use::reads);
    connection.adopt(std::make_shared<SqliteSchema>());
    return erasing_statements(SqliteMigrationEngine(connection).tables());
}

std::vector<std::string> erasing_statements(PostgresOptions const& options) {
    return erasing_statements(tables_in_postgres(options.url));
}

}  // namespace mainstay
