// When schedules come due.
#include "kernel/flow/schedule_rules.hpp"

#include <algorithm>

namespace mainstay::flow {
namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t end_us = schedules_end_s * second_us;
constexpr std::int64_t farthest_offset_s = 26 * 3600;    // from UTC, of any zone
constexpr std::int64_t longest_turn_back_s = 24 * 3600;  // of any clock

std::int64_t floor_mod(std::int64_t value, std::int64_t by) {
    return (value % by + by) % by;
}

// The latest that the clock on the wall has shown before `second`, exclusive.
std::int64_t shown_before(Zone const& zone, std::int64_t second) {
    auto stretch = zone.at(second - 1);
    std::int64_t shown = second + stretch.offset_s;
    while (stretch.begin_s > second - longest_turn_back_s) {
        std::int64_t const end_s = stretch.begin_s;
        stretch = zone.at(end_s - 1);
        shown = std::max(shown, end_s + stretch.offset_s);
    }
    return shown;
}

// The first second from `from_s` on at which the wall clock shows or passes a matching time that it has not reached.
std::optional<std::int64_t> next_named(CronSchedule const& schedule, std::int64_t from_s) {
    auto const wall = next_wall_time(schedule.line, shown_before(schedule.zone, from_s));
    if (!wall) return std::nullopt;
    for (std::int64_t second = std::max(from_s, *wall - farthest_offset_s);;) {
        auto const stretch = schedule.zone.at(second);
        std::int64_t const due = std::max(second, *wall - stretch.offset_s);
        if (due < stretch.end_s) return due;
        second = stretch.end_s;
    }
}

// The first second from `from_s` on at which the wall clock shows a matching time.
std::optional<std::int64_t> next_shown(CronSchedule const& schedule, std::int64_t from_s) {
    std::optional<std::int64_t> wall;
    std::int64_t searched_from = 0;
    for (std::int64_t second = from_s; second < schedules_end_s;) {
        auto const stretch = schedule.zone.at(second);
        std::int64_t const shown = second + stretch.offset_s;
        if (!wall || shown > *wall || shown < searched_from) {
            wall = next_wall_time(schedule.line, shown);
            searched_from = shown;
            if (!wall) return std::nullopt;
        }
        if (std::int64_t const due = *wall - stretch.offset_s; due < stretch.end_s) return due;
        second = stretch.end_s;
    }
    return std::nullopt;
}

struct Next {
    Instant after;  // from the microsecond before 1970 on

    std::optional<Instant> operator()(CronSchedule const& schedule) const {
        std::int64_t const from_s = (after.us + second_us) / second_us;
        auto const due = schedule.line.is_in_every_hour() ? next_shown(schedule, from_s) : next_named(schedule, from_s);
        return due && *due < schedules_end_s ? std::optional(Instant{*due * second_us}) : std::nullopt;
    }

    std::optional<Instant> operator()(IntervalSchedule const& schedule) const {
        std::int64_t const every = schedule.every.us;
        std::int64_t const phase = floor_mod(schedule.anchor.us, every);
        std::int64_t const steps = (after.us - phase + every) / every;  // the sum is never negative but before `phase`
        std::int64_t const due = after.us < phase ? phase : phase + steps * every;
        Instant const next{std::max(due, schedule.anchor.us)};
        return next.us < end_us ? std::optional(next) : std::nullopt;
    }

    std::optional<Instant> operator()(OnceSchedule const& schedule) const {
        return schedule.at > after && schedule.at.us < end_us ? std::optional(schedule.at) : std::nullopt;
    }
};

// The latest catch_up_max runs of a span that has more.
std::vector<Instant> latest_runs(Schedule const& schedule, Instant after, Instant until) {
    std::vector<Instant> runs;
    while (runs.size() < catch_up_max) {
        auto const run = last_within(schedule, after, until);
        if (!run) break;
        runs.push_back(*run);
        until = *run - microseconds(1);
    }
    std::ranges::reverse(runs);
    return runs;
}

}  // namespace

std::optional<Instant> next_after(Schedule const& schedule, Instant instant) {
    Instant const after{std::clamp<std::int64_t>(instant.us, -1, end_us)};
    return std::visit(Next{after}, schedule);
}

std::optional<Instant> last_within(Schedule const& schedule, Instant after, Instant until) {
    auto const is_within = [&](std::optional<Instant> const& run) { return run && *run <= until; };
    auto found = next_after(schedule, after);
    if (!is_within(found)) return std::nullopt;
    // Beyond `high` there is none. Each turn finds a later one and halves the rest.
    for (Instant high = until;;) {
        auto const later = next_after(schedule, *found);
        if (!is_within(later)) return found;
        found = later;
        Instant const middle = *found + Duration{(high - *found).us / 2};
        if (auto const behind = next_after(schedule, middle); is_within(behind))
            found = behind;
        else
            high = middle;
    }
}

std::vector<Instant> next_runs(Schedule const& schedule, Instant from, std::size_t count) {
    std::vector<Instant> runs;
    while (runs.size() < std::min(count, next_runs_max)) {
        auto const next = next_after(schedule, runs.empty() ? from : runs.back());
        if (!next) break;
        runs.push_back(*next);
    }
    return runs;
}

DueRuns due_runs(Schedule const& schedule, Instant last_due, Instant now, CatchUp policy) {
    DueRuns due;
    due.next = next_after(schedule, std::max(last_due, now));
    if (now <= last_due) return due;
    if (policy != CatchUp::all) {
        Instant const since = policy == CatchUp::skip ? now - on_time_within - microseconds(1) : last_due;
        if (auto const run = last_within(schedule, std::max(last_due, since), now)) due.now.push_back(*run);
        return due;
    }
    due.now = next_runs(schedule, last_due, catch_up_max);
    std::erase_if(due.now, [&](Instant run) { return run > now; });
    if (due.now.size() < catch_up_max) return due;
    auto const more = next_after(schedule, due.now.back());
    due.is_cut = more && *more <= now;
    if (due.is_cut) due.now = latest_runs(schedule, last_due, now);
    return due;
}

}  // namespace mainstay::flow
