// Cron lines across the changes of a zone's clock, against two walks that know nothing of the rules' arithmetic.
#include "kernel/flow/schedule_rules.hpp"

#include <date/tz.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

namespace mainstay::flow {
namespace {

Instant at(std::string_view text) {
    return parse_rfc3339(text).value();
}

Schedule cron(std::string_view line, std::string_view zone) {
    return CronSchedule{parse_cron(line).line.value(), Zone::find(zone).value()};
}

// Made by a walk of Python over every minute of UTC (every second for Monrovia, whose offset had seconds), which takes
// the wall clock from `zoneinfo` and matches it by sets of numbers. A line that names its hours is due in a minute in
// which the highest wall time so far moves onto or past one that matches; a line of every hour when the wall shows one.
struct KnownAnswer {
    std::string_view line;
    std::string_view zone;
    std::string_view after;
    std::string_view runs;
};
constexpr KnownAnswer known_answers[] = {
    {"30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z",
     "2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z"},
    {"15,45 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z",
     "2026-03-29T01:00:00Z 2026-03-30T00:15:00Z 2026-03-30T00:45:00Z"},
    {"0 3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z 2026-03-30T01:00:00Z"},
    {"30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z"},
    {"0,30 2,3 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z",
     "2026-10-25T00:00:00Z 2026-10-25T00:30:00Z 2026-10-25T02:00:00Z 2026-10-25T02:30:00Z "
     "2026-10-26T01:00:00Z"},
    {"30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
    {"30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z"},
    {"45 1 * * *", "Australia/Lord_Howe", "2026-04-04T15:05:00Z", "2026-04-05T15:15:00Z"},
    {"30 23 * * *", "America/Sao_Paulo", "2018-02-18T02:10:00Z", "2018-02-19T02:30:00Z"},
    {"*/30 * * * *", "Europe/Berlin", "2026-10-24T23:59:00Z",
     "2026-10-25T00:00:00Z 2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z "
     "2026-10-25T02:00:00Z 2026-10-25T02:30:00Z 2026-10-25T03:00:00Z"},
    {"0 * * * *", "Europe/Berlin", "2026-10-24T22:30:00Z",
     "2026-10-24T23:00:00Z 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z "
     "2026-10-25T03:00:00Z"},
    {"0 * * * *", "Europe/Berlin", "2026-03-28T23:30:00Z",
     "2026-03-29T00:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z 2026-03-29T03:00:00Z"},
    {"0 */2 * * *", "Europe/Berlin", "2026-03-28T22:30:00Z",
     "2026-03-28T23:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z 2026-03-29T04:00:00Z"},
    {"0 */2 * * *", "Europe/Berlin", "2026-10-24T21:30:00Z",
     "2026-10-24T22:00:00Z 2026-10-25T00:00:00Z 2026-10-25T03:00:00Z 2026-10-25T05:00:00Z"},
    {"*/20 0-6 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z",
     "2026-10-25T00:40:00Z 2026-10-25T02:00:00Z 2026-10-25T02:20:00Z 2026-10-25T02:40:00Z"},
    {"30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z 2026-11-02T06:30:00Z"},
    {"30 2 8 3 *", "America/New_York", "2026-01-01T00:00:00Z", "2026-03-08T07:00:00Z 2027-03-08T07:30:00Z"},
    {"0 9 * * mon-fri", "America/New_York", "2026-03-06T15:00:00Z", "2026-03-09T13:00:00Z 2026-03-10T13:00:00Z"},
    {"15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z",
     "2026-10-03T15:30:00Z 2026-10-04T15:15:00Z 2026-10-05T15:15:00Z"},
    {"45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z",
     "2026-04-04T14:45:00Z 2026-04-05T15:15:00Z 2026-04-06T15:15:00Z"},
    {"*/15 * * * *", "Australia/Lord_Howe", "2026-04-04T14:20:00Z",
     "2026-04-04T14:30:00Z 2026-04-04T14:45:00Z 2026-04-04T15:00:00Z 2026-04-04T15:15:00Z "
     "2026-04-04T15:30:00Z 2026-04-04T15:45:00Z 2026-04-04T16:00:00Z 2026-04-04T16:15:00Z"},
    {"0 * * * *", "Australia/Lord_Howe", "2026-10-03T13:00:00Z",
     "2026-10-03T13:30:00Z 2026-10-03T14:30:00Z 2026-10-03T16:00:00Z 2026-10-03T17:00:00Z"},
    {"0 9 30 * *", "Pacific/Apia", "2011-11-30T00:00:00Z", "2011-11-30T19:00:00Z 2011-12-30T10:00:00Z"},
    {"0 9 * * *", "Pacific/Apia", "2011-12-28T20:00:00Z",
     "2011-12-29T19:00:00Z 2011-12-30T10:00:00Z 2011-12-30T19:00:00Z"},
    {"30 23 * * fri", "Pacific/Apia", "2011-12-24T12:00:00Z", "2011-12-30T10:00:00Z 2012-01-06T09:30:00Z"},
    {"0 * * * *", "Pacific/Apia", "2011-12-30T08:30:00Z",
     "2011-12-30T09:00:00Z 2011-12-30T10:00:00Z 2011-12-30T11:00:00Z"},
    {"0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z 2018-11-05T02:00:00Z"},
    {"30 0 4 11 *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z"},
    {"30 23 * * *", "America/Sao_Paulo", "2018-02-17T12:00:00Z", "2018-02-18T01:30:00Z 2018-02-19T02:30:00Z"},
    {"0 0 * * sun", "America/Sao_Paulo", "2018-02-15T00:00:00Z", "2018-02-18T03:00:00Z 2018-02-25T03:00:00Z"},
    {"0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z 2026-04-24T21:00:00Z"},
    {"59 23 * * *", "Africa/Cairo", "2026-10-28T22:00:00Z",
     "2026-10-29T20:59:00Z 2026-10-30T21:59:00Z 2026-10-31T21:59:00Z"},
    {"30 0 24 4 *", "Africa/Cairo", "2026-01-01T00:00:00Z", "2026-04-23T22:00:00Z"},
    {"0 0 * * *", "Asia/Kathmandu", "2026-06-01T00:00:00Z", "2026-06-01T18:15:00Z 2026-06-02T18:15:00Z"},
    {"30 5 * * *", "Asia/Kolkata", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z 2026-06-03T00:00:00Z"},
    {"45 8 * * *", "Pacific/Chatham", "2026-09-25T00:00:00Z",
     "2026-09-25T20:00:00Z 2026-09-26T19:00:00Z 2026-09-27T19:00:00Z"},
    {"0 3 * * *", "Pacific/Chatham", "2026-09-25T12:00:00Z", "2026-09-25T14:15:00Z 2026-09-26T14:00:00Z"},
    {"0 0 * * *", "America/St_Johns", "2026-03-07T12:00:00Z", "2026-03-08T03:30:00Z 2026-03-09T02:30:00Z"},
    {"1 0 * * *", "America/St_Johns", "2010-11-06T12:00:00Z", "2010-11-07T03:31:00Z 2010-11-08T03:31:00Z"},
    {"30 2 * * *", "Africa/Casablanca", "2026-02-14T12:00:00Z",
     "2026-02-15T01:30:00Z 2026-02-16T02:30:00Z 2026-02-17T02:30:00Z"},
    {"30 2 * * *", "Africa/Casablanca", "2026-03-21T12:00:00Z",
     "2026-03-22T02:00:00Z 2026-03-23T01:30:00Z 2026-03-24T01:30:00Z"},
    {"30 2 * * *", "Africa/Casablanca", "2081-01-01T00:00:00Z", "2081-01-01T01:30:00Z"},
    {"30 1 * * *", "Europe/Dublin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z"},
    {"0 0 1 1 *", "Pacific/Kiritimati", "1994-12-01T00:00:00Z", "1994-12-31T10:00:00Z 1995-12-31T10:00:00Z"},
    {"0 0 * * *", "Antarctica/Troll", "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z 2026-03-29T22:00:00Z"},
    {"30 1 * * *", "Antarctica/Troll", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z 2026-03-29T23:30:00Z"},
    {"0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"},
    {"0 12 31 * *", "UTC", "2026-01-31T12:00:00Z", "2026-03-31T12:00:00Z 2026-05-31T12:00:00Z"},
    {"0 0 13 * fri", "UTC", "2026-01-30T00:00:00Z", "2026-02-06T00:00:00Z 2026-02-13T00:00:00Z 2026-02-20T00:00:00Z"},
    {"30 2 * * *", "Europe/Berlin", "2040-03-24T12:00:00Z",
     "2040-03-25T01:00:00Z 2040-03-26T00:30:00Z 2040-03-27T00:30:00Z"},
    {"30 2 * * *", "Europe/Berlin", "2040-10-27T12:00:00Z", "2040-10-28T00:30:00Z 2040-10-29T01:30:00Z"},
    {"30 2 * * *", "America/New_York", "2099-03-07T12:00:00Z", "2099-03-08T07:00:00Z 2099-03-09T06:30:00Z"},
    {"0 3 * * *", "Australia/Sydney", "2060-10-02T00:00:00Z",
     "2060-10-02T16:00:00Z 2060-10-03T16:00:00Z 2060-10-04T16:00:00Z"},
    {"*/15 * * * *", "Australia/Lord_Howe", "2050-04-02T14:20:00Z",
     "2050-04-02T14:30:00Z 2050-04-02T14:45:00Z 2050-04-02T15:00:00Z 2050-04-02T15:15:00Z "
     "2050-04-02T15:30:00Z"},
    {"0 0 * * *", "Africa/Cairo", "2070-04-24T12:00:00Z", "2070-04-24T22:00:00Z 2070-04-25T21:00:00Z"},
    {"30 2 * * *", "Asia/Jerusalem", "2055-03-25T12:00:00Z",
     "2055-03-26T00:00:00Z 2055-03-26T23:30:00Z 2055-03-27T23:30:00Z"},
    {"0 0 * * *", "America/Santiago", "2045-09-02T12:00:00Z",
     "2045-09-03T04:00:00Z 2045-09-04T03:00:00Z 2045-09-05T03:00:00Z"},
    {"30 1 * * *", "Europe/Dublin", "2077-03-27T12:00:00Z", "2077-03-28T01:00:00Z 2077-03-29T00:30:00Z"},
    {"0 12 * * *", "Europe/London", "2037-10-24T15:00:00Z", "2037-10-25T12:00:00Z 2037-10-26T12:00:00Z"},
    {"0 12 * * *", "Europe/London", "2038-03-27T15:00:00Z", "2038-03-28T11:00:00Z 2038-03-29T11:00:00Z"},
    {"59 23 31 12 *", "America/Sao_Paulo", "2099-06-01T00:00:00Z", "2100-01-01T02:59:00Z"},
    {"0 0 * * *", "Africa/Monrovia", "1972-01-05T12:00:00Z",
     "1972-01-06T00:44:30Z 1972-01-07T00:44:30Z 1972-01-08T00:00:00Z"},
    {"40 0 7 1 *", "Africa/Monrovia", "1972-01-06T12:00:00Z", "1972-01-07T00:44:30Z"},
    {"0 0 * * *", "Asia/Gaza", "2048-03-27T12:00:00Z", "2048-03-27T22:00:00Z 2048-03-28T21:00:00Z"},
};

TEST(ZoneChanges, RunsAreThoseThatPythonCounts) {
    for (auto const& known : known_answers) {
        std::string runs;
        auto const count = 1 + std::ranges::count(known.runs, ' ');
        for (auto const run : next_runs(cron(known.line, known.zone), at(known.after), static_cast<std::size_t>(count)))
            runs += (runs.empty() ? "" : " ") + to_rfc3339(run);
        EXPECT_EQ(runs, known.runs) << known.line << " in " << known.zone << " after " << known.after;
    }
}

// --- a walk of our own, minute by minute ---------------------------------------------------------------------------

constexpr std::int64_t day_s = 86'400;
constexpr std::string_view walked_zones[] = {
    "UTC",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Antarctica/Troll",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
};

struct Wall {
    unsigned minute, hour, day, month, weekday, length;
};

Wall wall_at(std::int64_t wall_s) {
    namespace chrono = std::chrono;
    auto const second = chrono::sys_seconds{chrono::seconds{wall_s}};
    auto const today = chrono::floor<chrono::days>(second);
    chrono::year_month_day const date{today};
    chrono::hh_mm_ss const time{second - today};
    return {static_cast<unsigned>(time.minutes().count()),
            static_cast<unsigned>(time.hours().count()),
            static_cast<unsigned>(date.day()),
            static_cast<unsigned>(date.month()),
            chrono::weekday{today}.c_encoding(),
            static_cast<unsigned>((date.year() / date.month() / chrono::last).day())};
}

// A field's text and what it means, said a second time.
struct Part {
    std::string text;
    std::function<bool(Wall const&)> matches;
};

Part const minute_parts[] = {
    {"*", [](auto const&) { return true; }},
    {"0", [](auto const& w) { return w.minute == 0; }},
    {"30", [](auto const& w) { return w.minute == 30; }},
    {"59", [](auto const& w) { return w.minute == 59; }},
    {"*/15", [](auto const& w) { return w.minute % 15 == 0; }},
    {"5-50/7", [](auto const& w) { return w.minute >= 5 && w.minute <= 50 && (w.minute - 5) % 7 == 0; }},
    {"10,45", [](auto const& w) { return w.minute == 10 || w.minute == 45; }},
};
Part const hour_parts[] = {
    {"*", [](auto const&) { return true; }},
    {"0", [](auto const& w) { return w.hour == 0; }},
    {"1", [](auto const& w) { return w.hour == 1; }},
    {"2", [](auto const& w) { return w.hour == 2; }},
    {"3", [](auto const& w) { return w.hour == 3; }},
    {"23", [](auto const& w) { return w.hour == 23; }},
    {"*/2", [](auto const& w) { return w.hour % 2 == 0; }},
    {"1-3", [](auto const& w) { return w.hour >= 1 && w.hour <= 3; }},
    {"0-22", [](auto const& w) { return w.hour != 23; }},
};
Part const day_parts[] = {
    {"*", [](auto const&) { return true; }},
    {"*", [](auto const&) { return true; }},
    {"*/2", [](auto const& w) { return w.day % 2 == 1; }},
    {"L", [](auto const& w) { return w.day == w.length; }},
    {"25-31", [](auto const& w) { return w.day >= 25; }},
    {"5,28", [](auto const& w) { return w.day == 5 || w.day == 28; }},
};
Part const month_parts[] = {
    {"*", [](auto const&) { return true; }},
    {"*", [](auto const&) { return true; }},
    {"mar-MAY", [](auto const& w) { return w.month >= 3 && w.month <= 5; }},
    {"9,10,nov", [](auto const& w) { return w.month >= 9 && w.month <= 11; }},
};
Part const weekday_parts[] = {
    {"*", [](auto const&) { return true; }},
    {"*", [](auto const&) { return true; }},
    {"sun", [](auto const& w) { return w.weekday == 0; }},
    {"mon-fri", [](auto const& w) { return w.weekday >= 1 && w.weekday <= 5; }},
    {"7#4,sat", [](auto const& w) { return w.weekday == 6 || (w.weekday == 0 && w.day > 21 && w.day <= 28); }},
    {"*/3", [](auto const& w) { return w.weekday % 3 == 0; }},
};

struct Line {
    Part minute, hour, day, month, weekday;

    std::string text() const {
        return minute.text + " " + hour.text + " " + day.text + " " + month.text + " " + weekday.text;
    }
    bool matches(std::int64_t wall_s) const {
        auto const wall = wall_at(wall_s);
        bool const has_star = day.text[0] == '*' || weekday.text[0] == '*';
        bool const is_day =
            has_star ? day.matches(wall) && weekday.matches(wall) : day.matches(wall) || weekday.matches(wall);
        return is_day && month.matches(wall) && hour.matches(wall) && minute.matches(wall);
    }
};

std::int64_t wall_of(date::time_zone const& zone, std::int64_t second) {
    return second + zone.get_info(date::sys_seconds(std::chrono::seconds(second))).offset.count();
}

// Every run after `begin_s` until `end_s`; both are whole minutes.
std::vector<Instant> walk(Line const& line, date::time_zone const& zone, std::int64_t begin_s, std::int64_t end_s) {
    std::vector<Instant> runs;
    std::int64_t highest = 0;
    for (std::int64_t second = begin_s - day_s; second <= end_s; second += 60) {
        std::int64_t const wall = wall_of(zone, second);
        bool is_due = false;
        if (line.hour.text == "*") {
            is_due = line.matches(wall);
        } else if (second > begin_s) {
            for (std::int64_t passed = highest + 60; passed <= wall && !is_due; passed += 60)
                is_due = line.matches(passed);
        }
        highest = std::max(highest, wall);
        if (is_due && second > begin_s) runs.push_back({second * 1'000'000});
    }
    return runs;
}

std::vector<Instant> counted(Schedule const& schedule, std::int64_t begin_s, std::int64_t end_s) {
    std::vector<Instant> runs;
    for (auto run = next_after(schedule, {begin_s * 1'000'000}); run && run->us <= end_s * 1'000'000;
         run = next_after(schedule, *run))
        runs.push_back(*run);
    return runs;
}

// The changes of a zone's offset from 2024 to 2027, in seconds since 1970; the first of 2024 where there are none.
std::vector<std::int64_t> changes_of(date::time_zone const& zone) {
    constexpr std::int64_t begin_s = 1'704'067'200, end_s = 1'830'297'600;
    std::vector<std::int64_t> changes;
    for (std::int64_t second = begin_s; second < end_s;) {
        auto const info = zone.get_info(date::sys_seconds(std::chrono::seconds(second)));
        second = info.end.time_since_epoch().count();
        if (second < end_s) changes.push_back(second);
    }
    if (changes.empty()) changes.push_back(begin_s);
    return changes;
}

TEST(ZoneChanges, EveryChangeOfFourYearsIsWalked) {
    auto const line = [](int minute, int hour) {
        return Line{minute_parts[minute], hour_parts[hour], day_parts[0], month_parts[0], weekday_parts[0]};
    };
    Line const lines[] = {line(4, 0), line(1, 0), line(2, 3), line(4, 3),
                          line(1, 1), line(2, 1), line(6, 7), line(1, 6)};
    for (auto const name : walked_zones) {
        auto const& zone = *date::locate_zone(name);
        for (auto const change : changes_of(zone)) {
            std::int64_t const begin_s = change - 8 * 3600, end_s = change + 28 * 3600;
            for (auto const& each : lines) {
                auto const schedule = cron(each.text(), name);
                auto const runs = walk(each, zone, begin_s, end_s);
                ASSERT_EQ(counted(schedule, begin_s, end_s), runs)
                    << each.text() << " in " << name << " around " << to_rfc3339({change * 1'000'000});
                // Whoever starts to look in the middle of the change sees the same.
                for (std::int64_t from_s = change - 7000; from_s < change + 7000; from_s += 401) {
                    Instant const from{from_s * 1'000'000};
                    auto const expected = std::ranges::upper_bound(runs, from);
                    ASSERT_TRUE(expected != runs.end());
                    ASSERT_EQ(next_after(schedule, from), *expected)
                        << each.text() << " in " << name << " after " << to_rfc3339(from);
                }
            }
        }
    }
}

rc::Gen<Line> any_line() {
    auto const one_of = [](auto const& parts) {
        return rc::gen::map(rc::gen::inRange<std::size_t>(0, std::size(parts)),
                            [&parts](std::size_t i) { return parts[i]; });
    };
    return rc::gen::construct<Line>(one_of(minute_parts), one_of(hour_parts), one_of(day_parts), one_of(month_parts),
                                    one_of(weekday_parts));
}

RC_GTEST_PROP(ZoneChanges, AnyLineRunsAsAWalkSays, ()) {
    auto const name =
        *rc::gen::elementOf(std::vector<std::string_view>(std::begin(walked_zones), std::end(walked_zones)));
    auto const& zone = *date::locate_zone(name);
    auto const change = *rc::gen::elementOf(changes_of(zone));
    auto const begin_s = change + *rc::gen::inRange(-3000, 600) * 60;
    auto const line = *any_line();
    std::int64_t const end_s = begin_s + 3 * day_s;
    RC_ASSERT(counted(cron(line.text(), name), begin_s, end_s) == walk(line, zone, begin_s, end_s));
}

RC_GTEST_PROP(ZoneChanges, TheNextRunIsTheSameFromAnyMomentBeforeIt, ()) {
    auto const name =
        *rc::gen::elementOf(std::vector<std::string_view>(std::begin(walked_zones), std::end(walked_zones)));
    auto const line = *any_line();
    auto const schedule = cron(line.text(), name);
    Instant const start{*rc::gen::inRange<std::int64_t>(0, schedules_end_s * 1'000'000)};
    auto const next = next_after(schedule, start);
    RC_PRE(next.has_value());
    RC_ASSERT(*next > start);
    auto const between = Instant{*rc::gen::inRange(start.us, next->us)};
    RC_ASSERT(next_after(schedule, between) == next);
    auto const later = next_after(schedule, *next);
    RC_ASSERT(!later || *later > *next);
}

TEST(TimeZone, AStretchReachesFromChangeToChangeUntil2100) {
    for (auto const name : walked_zones) {
        auto const zone = Zone::find(name).value();
        for (std::int64_t second = 0; second < schedules_end_s;) {
            auto const stretch = zone.at(second);
            ASSERT_LE(stretch.begin_s, second) << name;
            ASSERT_GT(stretch.end_s, second) << name;
            ASSERT_EQ(zone.at(stretch.end_s - 1).offset_s, stretch.offset_s) << name;
            if (stretch.end_s < schedules_end_s) {
                ASSERT_EQ(zone.at(stretch.end_s).begin_s, stretch.end_s) << name;
            }
            second = stretch.end_s;
        }
    }
}

TEST(TimeZone, IsFoundByItsExactNameAlone) {
    for (auto const* name : {"UTC", "Etc/UTC", "Asia/Kolkata", "Asia/Calcutta", "America/Argentina/Buenos_Aires"})
        EXPECT_EQ(Zone::find(name).value().name(), name);
    for (auto const* name : {"", " UTC", "europe/berlin", "Europe", "Mars/Base", "localtime", "posixrules", "right/UTC",
                             "../../../etc/passwd", "/usr/share/zoneinfo/UTC", "zone.tab", "CET-1CEST", "+01:00"})
        EXPECT_FALSE(Zone::find(name)) << name;
    EXPECT_FALSE(Zone::find(std::string_view("UTC\0", 4)));
}

TEST(YearlyRule, ReadsWhatZonesHaveAndNothingElse) {
    auto const jerusalem = parse_yearly_rule("IST-2IDT,M3.4.4/26,M10.5.0").value();
    EXPECT_EQ(jerusalem.standard_offset_s, 7200);
    EXPECT_EQ(jerusalem.summer_offset_s, 10'800);
    EXPECT_EQ(jerusalem.begin.time_s, 26 * 3600);
    EXPECT_EQ(jerusalem.end.week, 5);
    EXPECT_EQ(parse_yearly_rule("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0").value().standard_offset_s, 37'800);
    EXPECT_EQ(parse_yearly_rule("IST-1GMT0,M10.5.0,M3.5.0/1").value().summer_offset_s, 0);
    EXPECT_EQ(parse_yearly_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0").value().begin.time_s, -3600);
    EXPECT_EQ(parse_yearly_rule("AAA3BBB,J60/0,364/23:59:59").value().end.time_s, 86'399);
    for (auto const* text : {"", "UTC0", "<-03>3", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
                             "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0 ", "CE-1CEST,M3.5.0,M10.5.0",
                             "<+01-1CEST,M3.5.0,M10.5.0", "CET--1CEST,M3.5.0,M10.5.0", "CET-1CEST,J0,J366"})
        EXPECT_FALSE(parse_yearly_rule(text)) << text;
}

}  // namespace
}  // namespace mainstay::flow
