#include "kernel/flow/firing_rules.hpp"

#include "base/hash.hpp"

#include <algorithm>

namespace mainstay::flow {

Timing timing_of(ScheduleRecord const& record) {
    Timing timing;
    fields::Report report;
    try {
        timing.schedule = schedule_of(record.spec, record.anchored_at, report);
    } catch (std::runtime_error const& e) {  // no time zone database
        timing.fault = e.what();
    }
    for (auto const& problem : report.problems) {
        if (!timing.fault.empty()) timing.fault += "; ";
        timing.fault += problem.pointer + " " + problem.message;
    }
    return timing;
}

Instant next_look_at(ScheduleRecord const& record, Instant now) {
    if (record.asked_at) return now;
    if (record.paused_at) return never;
    auto const timing = timing_of(record);
    return timing.schedule ? next_after(*timing.schedule, record.done_until).value_or(never) : now;
}

Firing firing_of(ScheduleRecord const& record, Instant now) {
    Firing firing;
    firing.is_asked = record.asked_at.has_value();
    firing.done_until = record.done_until;
    firing.next = never;
    if (record.paused_at) return firing;
    auto const timing = timing_of(record);
    if (!timing.schedule) {
        firing.fault = timing.fault;
        firing.next = now + unreadable_pause;
        return firing;
    }
    auto runs = due_runs(*timing.schedule, record.done_until, now, record.spec.catch_up);
    firing.due = std::move(runs.now);
    firing.is_cut = runs.is_cut;
    firing.next = runs.next.value_or(never);
    // Those that were left out are done with as well, whatever the catch-up becomes.
    firing.done_until = last_within(*timing.schedule, record.done_until, now).value_or(record.done_until);
    return firing;
}

std::string key_of_firing(ScheduleId id, Instant due, bool is_asked) {
    return id.to_string() + (is_asked ? " asked " : " due ") + to_rfc3339(due);
}

// A UUIDv7 (RFC 9562 section 5.7) of the time, whose random part is a digest of the key.
RunId run_of_firing(std::string_view key, Instant due) {
    RunId id = RunId::first_at(due);
    auto const digest = sha256(key);
    std::copy_n(digest.begin(), 10, id.uuid.begin() + 6);
    id.uuid[6] = static_cast<unsigned char>((id.uuid[6] & 0x0F) | 0x70);
    id.uuid[8] = static_cast<unsigned char>((id.uuid[8] & 0x3F) | 0x80);
    return id;
}

}  // namespace mainstay::flow
