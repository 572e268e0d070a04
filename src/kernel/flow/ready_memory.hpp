// The order in which work is taken, in memory: what is due by priority, within one priority a job of each tenant in its
// turn, and of one tenant by time; what is not due by time. Holds the work that comes next; past its room the rest
// stays in the table and is read again when this runs low. For the one process of a SQLite folder. Not for several
// threads at once. Within flow alone.
#pragma once
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/turns.hpp"

namespace mainstay::flow {

struct ReadyEntry {
    std::int64_t priority;
    Instant run_at;
    Uuid id;
    Uuid tenant;
    std::uint32_t kind;  // its place in the memory's kinds
    bool is_abandoned;

    bool operator<(ReadyEntry const& other) const {
        return run_at != other.run_at ? run_at < other.run_at : id < other.id;
    }
};

class ReadyMemory {
public:
    static constexpr std::size_t room_default = 100'000;  // of some 100 bytes each

    // Of the kinds, given once; work of others is left in the table.
    explicit ReadyMemory(std::vector<std::string> kinds, std::size_t room = room_default);

    // What something else will wake is left in the table; past the room what is due yields first, so that what comes
    // later is not forgotten.
    void offer(Ready const&, Instant now);
    void clear();  // before the table is read again: what is offered meanwhile stays
    // The table holds more than was read, from behind the last that was.
    void mark_partial(Ready const& last, Instant now);
    std::size_t room() const { return room_; }

    // Takes out what is due: in turn, at most so many, and of the abandoned none or one.
    std::vector<Ready> take(Instant now, std::size_t at_most, bool may_take_abandoned);

    bool has_due(Instant now, bool may_take_abandoned);
    std::optional<Instant> next_time() const;  // of what is not due yet
    bool is_low() const { return is_all_due_ ? !is_all_later_ && later_.empty() : due_.size() < room_ / 4; }
    std::size_t size() const { return due_.size() + abandoned_.size() + later_.size(); }

private:
    void move_due(Instant now);
    void make_room(Uuid const& tenant);
    std::optional<ReadyEntry> entry_of(Ready const&) const;
    Ready ready_of(ReadyEntry const&) const;

    std::vector<std::string> kinds_;  // sorted
    std::size_t room_;
    bool is_all_due_ = true, is_all_later_ = true;  // nothing but what is here is in the table
    std::optional<Instant> later_until_;            // what comes at this time and after it is left there
    Turns<ReadyEntry> due_, abandoned_;
    std::set<ReadyEntry> later_;
};

}  // namespace mainstay::flow
