// The order in which work is taken, in memory: what is due by priority and then by time, what is not by time. Holds the
// work that comes next; past its room the rest stays in the table and is read again when this runs low. For the one
// process of a SQLite folder. Not for several threads at once. Within flow alone.
#pragma once
#include "kernel/flow/flow_store.hpp"

#include <set>

namespace mainstay::flow {

class ReadyMemory {
public:
    static constexpr std::size_t room_default = 100'000;  // of some 100 bytes each

    // Of the kinds, given once; work of others is left in the table.
    explicit ReadyMemory(std::vector<std::string> kinds, std::size_t room = room_default);

    void offer(Ready const&);
    void clear();         // before the table is read again: what is offered meanwhile stays
    void mark_partial();  // the table held more than was read
    std::size_t room() const { return room_; }

    // Takes out what is due: in turn, at most so many, and of the abandoned none or one.
    std::vector<Ready> take(Instant now, std::size_t at_most, bool may_take_abandoned);

    bool has_due(Instant now, bool may_take_abandoned);
    std::optional<Instant> next_time() const;  // of what is not due yet
    bool is_low() const { return !is_all_ && size() < room_ / 4; }
    std::size_t size() const { return due_.size() + abandoned_.size() + later_.size(); }

private:
    struct Entry {
        std::int64_t priority;
        Instant run_at;
        Uuid id;
        Uuid tenant;
        std::uint32_t kind;  // its place in kinds_
        bool is_abandoned;
    };
    struct ByTurn {
        bool operator()(Entry const& a, Entry const& b) const {
            if (a.priority != b.priority) return a.priority > b.priority;
            if (a.run_at != b.run_at) return a.run_at < b.run_at;
            return a.id < b.id;
        }
    };
    struct ByTime {
        bool operator()(Entry const& a, Entry const& b) const {
            return a.run_at != b.run_at ? a.run_at < b.run_at : a.id < b.id;
        }
    };
    void move_due(Instant now);
    void make_room();
    std::optional<Entry> entry_of(Ready const&) const;
    Ready ready_of(Entry const&) const;

    std::vector<std::string> kinds_;  // sorted
    std::size_t room_;
    bool is_all_ = true;  // nothing but what is here is in the table
    std::set<Entry, ByTurn> due_, abandoned_;
    std::set<Entry, ByTime> later_;
};

}  // namespace mainstay::flow
