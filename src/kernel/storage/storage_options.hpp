// How a database is named and opened, and what can be learned of it without opening it.
#pragma once
#include "kernel/storage/migration.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace mainstay {

// Hears what an operator should: slow units, refused crossings of tenants, a full disk. Called from any thread.
using StorageLog = std::function<void(std::string_view)>;

struct SqliteOptions {
    std::filesystem::path folder = {};           // holds mainstay.db and the lock; one process at a time
    std::size_t readers = 0;                     // 0: from the number of cores
    std::size_t group_limit = 256;               // units committed together
    std::size_t queue_limit = 8192;              // units waiting; past it 503
    std::uint64_t wal_limit_bytes = 256u << 20;  // past it writes get 503 until a checkpoint caught up
    StorageLog log = [](std::string_view) {};
};

struct PostgresOptions {
    std::string url;                    // of a role that may become mainstay_app and mainstay_system
    std::string owner_url;              // migrates; empty: url does
    std::filesystem::path folder = {};  // locked for this process alone, as SQLite's is; empty: none
    std::size_t connections = 32;       // at most, opened as needed
    bool prepare = true;                // false behind PgBouncer before 1.21
    StorageLog log = [](std::string_view) {};
};

// What is there already. Makes nothing, changes nothing and locks nobody out.
struct Inspection {
    enum class State { absent, in_use, readable };  // in_use: another process has the folder
    State state = State::absent;
    std::size_t pending = 0;  // migrations that migrate() would apply
};
// Throw what Database::migrate throws for a schema that it refuses, and when the database cannot be read.
Inspection inspect(SqliteOptions const&, std::span<Migration const>);
Inspection inspect(PostgresOptions const&, std::span<Migration const>);

}  // namespace mainstay
