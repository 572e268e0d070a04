// Words for the engines of this process, and for those of others that share the database: they hurry them. Included by
// flow.hpp.
#pragma once
#include "kernel/storage/storage.hpp"

#include <string>

namespace mainstay::flow {

// Told when work has become ready or will; of much that is alike as a vector.
struct Ready {
    std::string id;  // of a job, a run or a schedule
    TenantId tenant;
    std::string queue;
    std::string kind;
    std::int64_t priority = 0;
    Instant run_at;
    bool is_abandoned = false;  // held by nobody known: run_at is the end of its lease
};
fields::Table const& table_of(Ready const*);

// Told when a running job or run is to be cancelled.
struct CancelAsked {
    std::string id;
};

// What is heard from another process may be invented, and so only makes an engine look into the table at once: for work
// of the queue, or for what became of the work that it holds.
struct ReadyElsewhere {
    std::string queue;
};
struct CancelAskedElsewhere {
    std::string id;
};

}  // namespace mainstay::flow
