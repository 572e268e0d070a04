// Schedules: when each comes due, and what is made up for after a time in which nobody looked. Pure but for the time
// zone database, which the first zone that is named reads. Within flow alone.
//
// Changes of a zone's clock, for a cron line:
//   - A line that names its hours comes due when the clock on the wall first shows or passes a time that matches. So a
//     time that the clock skips comes due once, at the first instant after the gap (all that one gap skips, together);
//     a time that the clock shows twice comes due at the first. This is what cron(8) does with jobs that run at a
//     particular time, here without its bound of three hours: a zone that skips a whole day loses nothing.
//   - A line of every hour (`0 * * * *`, `*/15 * * * *`) comes due whenever the clock shows a time that matches: twice
//     in an hour that comes twice, never in one that is skipped, so that it keeps its pace.
// cron(8) asks whether the hour or the minute holds a `*`; here only whether all hours match. `*/15 2 * * *` would else
// not run at all on the day whose clock skips that hour.
//
// An interval comes due at its anchor and each multiple of its length after it, whatever clocks do. All runs lie from
// 1970 to 2100.
#pragma once
#include "kernel/fields/fields.hpp"
#include "kernel/flow/cron_rules.hpp"
#include "kernel/flow/time_zone.hpp"

#include <variant>

namespace mainstay::flow {

inline constexpr std::int64_t interval_s_min = 1;
inline constexpr std::int64_t interval_s_max = 366 * 86'400;
inline constexpr std::size_t next_runs_max = 100;
inline constexpr std::size_t catch_up_max = 100;
inline constexpr Duration on_time_within = seconds(60);  // a run that begins later has been missed

struct CronSchedule {
    CronLine line;
    Zone zone;
};
struct IntervalSchedule {
    Duration every;
    Instant anchor;
};
struct OnceSchedule {
    Instant at;
};
using Schedule = std::variant<CronSchedule, IntervalSchedule, OnceSchedule>;

// The first time strictly after the instant; nothing when there is none until the end of 2100.
std::optional<Instant> next_after(Schedule const&, Instant);

// The last time after `after` and not after `until`.
std::optional<Instant> last_within(Schedule const&, Instant after, Instant until);

// At most next_runs_max.
std::vector<Instant> next_runs(Schedule const&, Instant from, std::size_t count);

// What becomes of times that passed while nobody looked.
enum class CatchUp {
    skip,    // nothing; a time that is at most on_time_within ago counts as kept
    latest,  // one run for all of them
    all,     // a run for each, of more than catch_up_max the latest
};
BOOST_DESCRIBE_ENUM(CatchUp, skip, latest, all)

struct DueRuns {
    std::vector<Instant> now;     // each by the time it was due, oldest first
    bool is_cut = false;          // older ones were left out for catch_up_max
    std::optional<Instant> next;  // after all of these; not in the past
};
// What is due at `now`, when everything up to `last_due` is done with. A clock that was set back gives nothing anew.
DueRuns due_runs(Schedule const&, Instant last_due, Instant now, CatchUp);

// A short English sentence: "every weekday at 09:00, Europe/Berlin"; the line itself where none would be right.
std::string describe(Schedule const&);

// A schedule on the wire: exactly one of cron, every_seconds and at.
struct ScheduleSpec {
    std::optional<std::string> cron = {};
    std::optional<std::string> time_zone = {};
    std::optional<std::int64_t> every_seconds = {};
    std::optional<Instant> at = {};
    CatchUp catch_up = CatchUp::latest;
};
fields::Table const& table_of(ScheduleSpec const*);

// An interval is anchored at the creation: its first run is one interval later. Faults go to the report, below its
// pointer; then there is no schedule.
std::optional<Schedule> schedule_of(ScheduleSpec const&, Instant created_at, fields::Report&);

}  // namespace mainstay::flow
