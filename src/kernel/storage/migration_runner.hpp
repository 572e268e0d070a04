// Applies migrations, each in one transaction together with its record, so that it can be interrupted anywhere and run
// again. Knows no engine but through MigrationEngine. Within the storage alone.
#pragma once
#include "base/time.hpp"
#include "kernel/storage/migration.hpp"
#include "kernel/storage/schema_rules.hpp"
#include "kernel/storage/storage.hpp"

namespace mainstay {

class MigrationEngine {
public:
    virtual ~MigrationEngine() = default;
    virtual Database::Engine engine() const = 0;

    // Runs the work in one transaction that keeps every other opener of the database out of in_transaction until it has
    // ended; commits when the work returns, rolls back and passes on what it throws.
    virtual void in_transaction(std::function<void()> const& work) = 0;

    // What follows is called within in_transaction alone.
    virtual void execute(std::string const& statement) = 0;
    virtual std::vector<std::vector<std::string>> query(std::string const& statement) = 0;  // rows of texts
    virtual std::vector<TableShape> tables() = 0;
};

// A statement of a migration, and the table that it declares global.
struct MigrationStatement {
    std::string text;
    std::string global_table;  // empty: none
};

// For one engine: the other's lines are dropped, the rest is split. Throws std::logic_error for a "-- global:" that no
// CREATE TABLE follows.
std::vector<MigrationStatement> statements_of(Migration const&, Database::Engine);

using AppliedRows = std::vector<std::vector<std::string>>;
inline constexpr char const* select_applied = "SELECT module, number, checksum FROM migrations";

// How many are not among the applied ones. Throws Fault(errors::schema_refused) as run_migrations does for records.
std::size_t count_pending(AppliedRows const&, std::span<Migration const>);

// Throws Fault(errors::schema_refused) when a migration was changed after it was applied, when numbers have a gap, when
// the database has more of a module than the program, or when the tables break schema_rules.hpp; the migration that
// broke them is then rolled back.
void run_migrations(MigrationEngine&, std::span<Migration const>, Instant now);

}  // namespace mainstay
