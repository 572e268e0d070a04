// Migrations in PostgreSQL, by the tables' owner. Each transaction ends with the tenancy guard set up and checked, so
// that no moment shows a table without it. Within the storage alone.
#pragma once
#include "base/time.hpp"
#include "kernel/storage/migration.hpp"
#include "kernel/storage/schema_rules.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mainstay {

// The login is the user that runs units; the owner lets it become the two roles. Throws PostgresError when the server
// refuses or cannot be reached, and what run_migrations throws.
void migrate_postgres(std::string const& owner_url, std::string const& login, std::span<Migration const>, Instant now);

// Whether the URL's role owns the tables, or may make the first ones.
bool may_change_tables(std::string const& url);

// As any role that may become mainstay_system; nothing where there are no tables yet.
std::optional<std::size_t> count_pending_in_postgres(std::string const& url, std::span<Migration const>);

// As any role.
std::vector<TableShape> tables_in_postgres(std::string const& url);

// For a role that may not change tables. Throws Fault(errors::schema_refused) unless they are up to date.
void refuse_unless_current(std::string const& url, std::span<Migration const>);

}  // namespace mainstay
