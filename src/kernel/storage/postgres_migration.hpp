// Migrations in PostgreSQL, by the tables' owner. Each transaction ends with the tenancy guard set up and checked, so
// that no moment shows a table without it. Within the storage alone.
#pragma once
#include "base/time.hpp"
#include "kernel/storage/migration.hpp"

#include <span>
#include <string>

namespace mainstay {

// The login is the user that runs units; the owner lets it become the two roles. Throws PostgresError when the server
// refuses or cannot be reached, and what run_migrations throws.
void migrate_postgres(std::string const& owner_url, std::string const& login, std::span<Migration const>, Instant now);

}  // namespace mainstay
