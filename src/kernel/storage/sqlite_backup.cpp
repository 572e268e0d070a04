#include "kernel/storage/sqlite_backup.hpp"

#include "kernel/storage/data_folder.hpp"
#include "kernel/storage/sqlite_error.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

namespace mainstay {
namespace {

constexpr int pages_a_slice = 256;  // a megabyte: under a millisecond for the writes that wait

std::filesystem::path beside(std::filesystem::path path) {
    return path += ".part";
}

}  // namespace

SqliteBackup::SqliteBackup(std::filesystem::path const& to) : to_(to), part_(beside(to)) {
    std::filesystem::remove(part_);
    int const file = ::open(part_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "making " + part_.string());
    ::close(file);
    sqlite3* raw = nullptr;
    int const result = sqlite3_open_v2(part_.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    copy_.reset(raw);
    if (result != SQLITE_OK) throw_sqlite_error(raw, result, "opening " + part_.string());
    execute_or_throw(raw, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;");  // finish flushes it once
}

SqliteBackup::~SqliteBackup() {
    copy_.reset();
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
}

bool SqliteBackup::copy_slice(SqliteConnection& from) {
    if (backup_ == nullptr) backup_ = sqlite3_backup_init(copy_.get(), "main", from.handle(), "main");
    if (backup_ == nullptr) throw_sqlite_error(copy_.get(), sqlite3_extended_errcode(copy_.get()), "a backup");
    int const result = sqlite3_backup_step(backup_, pages_a_slice);
    if (result == SQLITE_OK) return false;
    int const finished = sqlite3_backup_finish(std::exchange(backup_, nullptr));
    if (result != SQLITE_DONE || finished != SQLITE_OK) throw_sqlite_error(copy_.get(), result, "a backup");
    return true;
}

void SqliteBackup::finish() {
    copy_.reset();
    flush_to_disk(part_);
    std::filesystem::rename(part_, to_);
    auto const folder = to_.parent_path();
    flush_to_disk(folder.empty() ? "." : folder);
}

}  // namespace mainstay
