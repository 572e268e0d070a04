// The writing connection as the runner of migrations sees it, and the tables that it finds there. Within the storage
// alone.
#pragma once
#include "kernel/storage/migration_runner.hpp"
#include "kernel/storage/sqlite_connection.hpp"

namespace mainstay {

class SqliteMigrationEngine : public MigrationEngine {
public:
    explicit SqliteMigrationEngine(SqliteConnection& connection) : connection_(connection) {}

    Database::Engine engine() const override { return Database::Engine::sqlite; }
    void in_transaction(std::function<void()> const& work) override;
    void execute(std::string const& statement) override;
    std::vector<std::vector<std::string>> query(std::string const& statement) override;
    std::vector<TableShape> tables() override;

private:
    void check_foreign_keys();

    SqliteConnection& connection_;
    bool has_changed_rows_ = false;
};

}  // namespace mainstay
