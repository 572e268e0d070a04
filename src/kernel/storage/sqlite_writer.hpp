// The one thread that writes and checkpoints. Guarantees that a unit whose done is told of no failure is on the disk,
// that units run one after another, and that one failing unit of a group does not harm the others. Within the storage
// alone.
#pragma once
#include "kernel/storage/sqlite_log.hpp"
#include "kernel/storage/sqlite_unit.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace mainstay {

class SqliteWriter {
public:
    SqliteWriter(Database const& owner, SqliteOptions const&, std::filesystem::path const& file, TenancyAlarm&, Clock&);
    ~SqliteWriter();  // after all that was submitted has run
    SqliteWriter(SqliteWriter const&) = delete;
    SqliteWriter& operator=(SqliteWriter const&) = delete;

    void submit(Scope const&, Database::Unit, Database::Done);

    // Runs the slice on the writing thread between groups, again and again until it gives true, and returns then or
    // throws what it threw. The connection is in no transaction.
    void run_between_groups(std::function<bool(SqliteConnection&)> slice);

    bool has_flush_failed() const { return has_flush_failed_.load(std::memory_order_relaxed); }
    void
    check_room();  // after a full disk, writes a little to learn whether there is room again; throws as a write does
    void add_to(StorageCounters&) const;

private:
    struct Member {
        Scope scope;
        Database::Unit unit;
        Database::Done done;
        std::exception_ptr failure = nullptr;
        std::vector<std::function<void()>> callbacks = {};
    };
    struct Chore {
        std::function<bool(SqliteConnection&)> slice;
        std::function<void(std::exception_ptr)> finished;
    };
    using Group = std::vector<Member>;

    void loop();
    bool wait_for_work();
    bool take(Group&);  // what is waiting, up to the limit; false: nothing
    void fold_log();
    void run_one_slice();

    void run_group(Group&);
    std::exception_ptr refusal();
    bool run_together(Group&);  // false: what was done is lost, through nobody's fault
    void run_alone(Member&);
    void run_unit(Member&);
    void commit();
    void roll_back();
    void answer(Group&);
    void note(std::exception_ptr const&);
    template <class Act>
    void quietly(std::string_view what, Act const&);

    Database const& owner_;
    SqliteOptions const options_;
    TenancyAlarm& alarm_;
    Clock& clock_;
    SqliteConnection connection_;
    SqliteLog log_file_;
    SqliteStatementHandle begin_, commit_, rollback_, savepoint_, release_, rollback_to_;

    std::mutex mutex_;  // over what follows, up to the next blank line
    std::condition_variable arrived_;
    std::deque<Member> waiting_;
    std::deque<Chore> chores_;
    bool is_asleep_ = false;
    bool is_stopping_ = false;

    std::atomic<bool> has_flush_failed_ = false, was_full_ = false;
    std::atomic<std::uint64_t> writes_ = 0, groups_ = 0, retries_ = 0, slow_units_ = 0, queued_ = 0;
    std::thread thread_;  // the last: it uses all of the above
};

}  // namespace mainstay
