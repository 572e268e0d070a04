// What a schedule has to make at a given time, and how the same firing is known again. Pure but for the time zone
// database. Within flow alone.
#pragma once
#include "kernel/flow/runs.hpp"
#include "kernel/flow/schedules.hpp"

#include <limits>

namespace mainstay::flow {

// The time of work that something else will wake.
inline constexpr Instant never{std::numeric_limits<std::int64_t>::max()};

inline constexpr Duration unreadable_pause = minutes(10);  // until a schedule without a meaning is looked at again

struct Timing {
    std::optional<Schedule> schedule;
    std::string fault;  // set: why there is none, such as a zone that the machine does not have any more
};
Timing timing_of(ScheduleRecord const&);

// When an engine has to look at it next.
Instant next_look_at(ScheduleRecord const&, Instant now);

struct Firing {
    std::vector<Instant> due;  // by its times, oldest first
    bool is_asked = false;     // one beside them
    bool is_cut = false;       // older ones were left out for catch_up_max
    Instant done_until;
    Instant next;
    std::string fault;
};
Firing firing_of(ScheduleRecord const&, Instant now);

// The same for the same schedule and time, and for no other.
std::string key_of_firing(ScheduleId, Instant due, bool is_asked);
RunId run_of_firing(std::string_view key, Instant due);

}  // namespace mainstay::flow
