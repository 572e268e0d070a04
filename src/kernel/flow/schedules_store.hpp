// Schedules as the engine reads and writes them. Within flow alone.
#pragma once
#include "kernel/flow/firing_rules.hpp"
#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {

// Without its description and next runs.
std::optional<ScheduleRecord> load_schedule(Snapshot&, ScheduleId);

// Makes what is due at this time, unless it was made before, and notes it in the record. Null: the engine does not know
// the graph. Throws std::runtime_error when it cannot be made.
void make_due(Transaction&, ScheduleRecord&, Graph const*, Instant due, bool is_asked);

// What a firing changes.
void save_firing(Transaction&, ScheduleRecord const&);

}  // namespace mainstay::flow
