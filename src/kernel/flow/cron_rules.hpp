// Cron lines: five fields with every fault told at once, and the wall times that match them. Pure. Within flow alone.
//
// The line is that of crontab(5) as Debian's cron has it: `minute hour day-of-month month day-of-week`, each field `*`,
// a value, a range `1-5`, a list `1,3,5`, a step `*/15` or `1-31/2`; months and weekdays by their first three letters
// in any case; 0 and 7 are Sunday; @hourly, @daily (@midnight), @weekly, @monthly, @yearly (@annually).
//
// Beyond it, as Quartz has them: `L` the last day of the month, `15W` the weekday (Monday to Friday) nearest to the
// 15th within its month, `LW` the last weekday of the month; and `mon#1`, the first Monday of the month (1 to 5).
//
// Refused, with what to write instead: seconds and years, `5/10` (cron reads it as 5, Quartz as 5-59/10), ranges that
// run backwards, steps past the range (`*/90`), `?`, `@reboot`, and a line that never occurs.
//
// Days: when both day fields are restricted, a day matches that matches either; else it must match both. A field that
// begins with `*` is not restricted, `*/2` included: so cron carries it out, though crontab(5) says only "aren't *".
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::flow {

inline constexpr std::size_t cron_line_length_max = 200;

struct CronLine {
    std::string text;                // as written, with one space between fields
    std::uint64_t minutes = 0;       // bit n: minute n
    std::uint32_t hours = 0;         // bit n: hour n
    std::uint32_t days = 0;          // bit n: day n of the month
    std::uint32_t near_days = 0;     // bit n: the weekday nearest to day n
    std::uint32_t months = 0;        // bit n: month n
    std::uint32_t weekdays = 0;      // bit n: weekday n, 0 is Sunday
    std::uint64_t nth_weekdays = 0;  // bit 8 * weekday + n: the nth such weekday of the month
    bool has_last_day = false;
    bool has_last_weekday = false;
    bool is_any_day = false;  // the field begins with `*`
    bool is_any_weekday = false;

    bool is_in_every_hour() const { return hours == 0xFF'FFFF; }
};

struct CronReading {
    std::optional<CronLine> line;
    std::vector<std::string> faults;  // of a line that is refused: predicates that name field and allowed range
};
CronReading parse_cron(std::string_view);

// The days of a month that match; bit n is day n.
std::uint32_t matching_days(CronLine const&, int year, unsigned month);

// The first matching wall time that is not before `wall_s`, a multiple of 60; both in seconds since 1970 as a clock on
// the wall counts them. Nothing after 2100.
std::optional<std::int64_t> next_wall_time(CronLine const&, std::int64_t wall_s);

}  // namespace mainstay::flow
