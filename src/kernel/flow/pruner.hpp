// Removes work that was finished long ago and old events, tenant after tenant, in slices that are brief. It walks the
// primary keys, whose ids sort by time, and so needs no index of its own. Within flow alone.
#pragma once
#include "kernel/storage/storage.hpp"

namespace mainstay::flow {

inline constexpr std::int64_t prune_slice = 500;  // rows looked at in one transaction

class Pruner {
public:
    Pruner(Duration kept, Duration events_kept) : kept_(kept), events_kept_(events_kept) {}

    // One slice in a transaction of system scope. Gives the rows removed.
    std::int64_t prune(Transaction&);

    // The walk has come to the last tenant's end and begins anew with the next slice.
    bool is_through() const { return jobs_.is_through && runs_.is_through && events_.is_through; }

private:
    // Where the walk through a table has come to: behind an id, or where a tenant begins or ends.
    struct Place {
        std::string tenant, id;
        bool is_within_tenant = false;
        bool is_through = false;
    };
    template <class Next>
    static bool enter_tenant(Place&, Next const& next_tenant);
    std::int64_t prune_jobs(Transaction&, Place&) const;
    std::int64_t prune_runs(Transaction&, Place&) const;
    static std::int64_t prune_run(Transaction&, std::string const& tenant, std::string const& root,
                                  std::int64_t at_most);

    std::int64_t prune_events(Transaction&, Place&) const;

    Duration kept_, events_kept_;
    Place jobs_, runs_, events_;
};

}  // namespace mainstay::flow
