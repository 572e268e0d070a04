// The write-ahead log of the writing connection: how long it is, and when it is folded into the file. Guarantees that
// it stays near its usual length while readers are brief. Used by the writing thread. Within the storage alone.
#pragma once
#include "kernel/storage/sqlite_connection.hpp"

#include <atomic>

namespace mainstay {

class SqliteLog {
public:
    SqliteLog(SqliteConnection&, std::uint64_t limit_bytes);

    // Folds when the log has grown enough since the last time; called after each group. Throws what SQLite's checkpoint
    // failed with.
    void fold_if_due(bool is_idle);

    // Whether more may be written. At the limit it first tries to start the log afresh.
    bool has_room();

    std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
    std::uint64_t checkpoints() const { return checkpoints_.load(std::memory_order_relaxed); }

private:
    static int on_commit(void* log, sqlite3*, char const* database, int pages);
    bool fold(int mode);  // whether all of it could be

    SqliteConnection& connection_;
    std::uint64_t const limit_bytes_;
    std::uint64_t frame_bytes_ = 0;
    std::uint64_t frames_ = 0;         // in the log
    std::uint64_t frames_folded_ = 0;  // of them, when last looked at
    std::atomic<std::uint64_t> bytes_ = 0, checkpoints_ = 0;
};

}  // namespace mainstay
