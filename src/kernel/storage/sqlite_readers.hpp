// Read-only connections, each leased to one reader at a time. Guarantees a consistent snapshot for a reader and an end
// to waiting and to reading. Within the storage alone.
#pragma once
#include "kernel/storage/sqlite_unit.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace mainstay {

class SqliteReaders {
public:
    SqliteReaders(std::filesystem::path const& file, std::size_t count, TenancyAlarm&, Clock&);

    void adopt(std::shared_ptr<SqliteSchema const>);  // for readers that begin from now on
    void read(Database const& owner, Scope const&, ReadLimits, std::function<void(Snapshot&)> const&);
    void check(ReadLimits);  // throws when the file cannot be read
    std::uint64_t reads() const { return reads_.load(std::memory_order_relaxed); }

private:
    struct Slot {
        SqliteConnection connection;
        SqliteStatementHandle begin, commit;
        std::shared_ptr<SqliteSchema const> schema;
        explicit Slot(std::filesystem::path const& file);
    };
    class Lease;
    std::unique_ptr<Slot> take(ReadLimits);
    void give_back(std::unique_ptr<Slot>);

    std::filesystem::path const file_;
    std::size_t const limit_;
    TenancyAlarm& alarm_;
    Clock& clock_;
    std::mutex mutex_;  // over what follows, up to the next blank line
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Slot>> free_;  // the latest used last
    std::size_t open_ = 0;
    std::shared_ptr<SqliteSchema const> schema_;

    std::atomic<std::uint64_t> reads_ = 0;
};

}  // namespace mainstay
