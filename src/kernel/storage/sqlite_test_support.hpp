// What the tests of the SQLite engine share. For tests alone.
#pragma once
#include "kernel/storage/storage.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace mainstay::sqlite_test {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "mainstay-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    std::filesystem::path path() const { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

inline TenantId tenant(unsigned char number) {
    TenantId id;
    id.uuid[0] = 1;
    id.uuid[15] = number;
    return id;
}

inline constexpr std::string_view notes_schema = R"(
    CREATE TABLE notes (tenant_id TEXT NOT NULL, id BIGINT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (tenant_id, id));
)";
inline constexpr Migration notes_migrations[] = {{"notes", 1, "0001_notes", notes_schema}};

inline std::unique_ptr<Database> open_notes(SqliteOptions const& options, Clock& clock = system_clock()) {
    auto database = Database::open(options, clock);
    database->migrate(notes_migrations);
    return database;
}

inline void insert_note(Transaction& tx, std::int64_t id, std::string_view text = "text") {
    tx.execute("INSERT INTO notes (tenant_id, id, text) VALUES (:tenant, :id, :text)", bind("id", id),
               bind("text", text));
}

inline std::vector<std::int64_t> note_ids(Database& database, TenantId whose) {
    return database.read(whose, [](Snapshot& snapshot) {
        return snapshot.all<std::int64_t>("SELECT id FROM notes WHERE tenant_id = :tenant ORDER BY id");
    });
}

// What SQLite itself says of a file that no Database has open: "ok", or what is wrong.
inline std::string integrity(std::filesystem::path const& file) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::string out = "cannot be read";
    if (sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
        sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        out = reinterpret_cast<char const*>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return out;
}

// What the database told its log.
class Heard {
public:
    StorageLog log() {
        return [this](std::string_view text) {
            std::scoped_lock const lock(mutex_);
            lines_.emplace_back(text);
        };
    }
    std::string all() const {
        std::scoped_lock const lock(mutex_);
        std::string out;
        for (auto const& line : lines_) out += line + '\n';
        return out;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace mainstay::sqlite_test
