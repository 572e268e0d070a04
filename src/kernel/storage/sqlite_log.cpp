#include "kernel/storage/sqlite_log.hpp"

#include "kernel/storage/sqlite_error.hpp"

namespace mainstay {
namespace {

// A checkpoint writes each page once however often it changed, so fewer and larger ones cost less in all, while a
// smaller one holds writers up for less. Between 200 and 16,000 frames bench_storage shows no difference in the slowest
// of a hundred writes, which the flush of the commit itself decides: so these follow the size of the file.
constexpr std::uint64_t frames_when_idle = 1000;  // 4 MB
constexpr std::uint64_t frames_when_busy = 4000;
// From here on readers that began before the last checkpoint are waited for, so that the log starts afresh.
constexpr std::uint64_t frames_to_restart = 16'000;
constexpr int restart_wait_ms = 20;
constexpr std::uint64_t frame_header_bytes = 24;  // SQLite's file format, section 4.1

}  // namespace

SqliteLog::SqliteLog(SqliteConnection& connection, std::uint64_t limit_bytes)
    : connection_(connection), limit_bytes_(limit_bytes) {
    auto const page_size = connection.prepare_own("PRAGMA page_size");
    sqlite3_step(page_size.get());
    frame_bytes_ = static_cast<std::uint64_t>(sqlite3_column_int64(page_size.get(), 0)) + frame_header_bytes;
    sqlite3_wal_hook(connection.handle(), on_commit, this);
    fold(SQLITE_CHECKPOINT_PASSIVE);  // what a killed process left
}

int SqliteLog::on_commit(void* log, sqlite3*, char const*, int pages) {
    auto& self = *static_cast<SqliteLog*>(log);
    self.frames_ = static_cast<std::uint64_t>(pages);
    if (self.frames_ < self.frames_folded_) self.frames_folded_ = 0;  // the log has started afresh
    self.bytes_.store(self.frames_ * self.frame_bytes_, std::memory_order_relaxed);
    return SQLITE_OK;
}

void SqliteLog::fold_if_due(bool is_idle) {
    std::uint64_t const grown = frames_ - frames_folded_;
    if (grown < (is_idle ? frames_when_idle : frames_when_busy)) return;
    fold(frames_ >= frames_to_restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE);
}

bool SqliteLog::has_room() {
    return bytes() < limit_bytes_ || fold(SQLITE_CHECKPOINT_RESTART);
}

bool SqliteLog::fold(int mode) {
    int length = 0, folded = 0;
    if (mode == SQLITE_CHECKPOINT_RESTART) sqlite3_busy_timeout(connection_.handle(), restart_wait_ms);
    int const result = sqlite3_wal_checkpoint_v2(connection_.handle(), "main", mode, &length, &folded);
    sqlite3_busy_timeout(connection_.handle(), 0);
    checkpoints_.fetch_add(1, std::memory_order_relaxed);
    if (result != SQLITE_OK && result != SQLITE_BUSY) throw_sqlite_error(connection_.handle(), result, "a checkpoint");
    // Readers may hold back the rest; what counts from here is what is written from here.
    frames_folded_ = frames_ = static_cast<std::uint64_t>(std::max(length, 0));
    bool const is_fresh = result == SQLITE_OK && mode == SQLITE_CHECKPOINT_RESTART;
    if (is_fresh) frames_folded_ = frames_ = 0;
    bytes_.store(frames_ * frame_bytes_, std::memory_order_relaxed);
    return is_fresh;
}

}  // namespace mainstay
