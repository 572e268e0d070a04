// A copy of the live database. Guarantees that the file appears under its name only when it is whole and on the disk,
// and that writes go on meanwhile and are in it. Within the storage alone.
#pragma once
#include "kernel/storage/sqlite_connection.hpp"

namespace mainstay {

// Copies slice by slice through the writing connection: SQLite then carries what is written meanwhile into the copy,
// and no reader holds the log back for as long as it takes.
class SqliteBackup {
public:
    explicit SqliteBackup(std::filesystem::path const& to);
    ~SqliteBackup();  // takes back what is not whole
    SqliteBackup(SqliteBackup const&) = delete;
    SqliteBackup& operator=(SqliteBackup const&) = delete;

    bool copy_slice(SqliteConnection& from);  // true: all is copied
    void finish();                            // on the disk and under its name

private:
    std::filesystem::path const to_, part_;
    SqliteHandle copy_;
    sqlite3_backup* backup_ = nullptr;
};

}  // namespace mainstay
