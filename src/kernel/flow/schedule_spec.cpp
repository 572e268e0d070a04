// A schedule as it is on the wire.
#include "kernel/flow/schedule_rules.hpp"

namespace mainstay::flow {
namespace {

using fields::Report;

void refuse(Report& report, std::string_view member, std::string message) {
    auto const length = report.pointer.size();
    report.pointer += member;
    report.add(std::move(message));
    report.pointer.resize(length);
}

std::optional<CronSchedule> cron_schedule(ScheduleSpec const& spec, Report& report) {
    auto reading = parse_cron(*spec.cron);
    for (auto& fault : reading.faults) refuse(report, "/cron", std::move(fault));
    auto zone = Zone::find(spec.time_zone.value_or("UTC"));
    if (!zone)
        refuse(report, "/time_zone",
               "must be a zone of the IANA time zone database, written as there, such as Europe/Berlin");
    if (!reading.line || !zone) return std::nullopt;
    return CronSchedule{std::move(*reading.line), std::move(*zone)};
}

}  // namespace

fields::Table const& table_of(ScheduleSpec const*) {
    using fields::field;
    static fields::Table const table{
        "ScheduleSpec",
        {field("cron", &ScheduleSpec::cron,
               "Five fields: minute hour day-of-month month day-of-week, or a name such as `@daily`.",
               fields::length(1, cron_line_length_max)),
         field("time_zone", &ScheduleSpec::time_zone, "Of the cron line, such as `Europe/Berlin`; UTC when absent.",
               fields::length(1, zone_name_length_max)),
         field("every_seconds", &ScheduleSpec::every_seconds, "The time from one run to the next.",
               fields::range(interval_s_min, interval_s_max)),
         field("at", &ScheduleSpec::at, "The time of the only run."),
         field("catch_up", &ScheduleSpec::catch_up,
               "For times that were missed: nothing (`skip`), one run for all of them (`latest`), or a run for each "
               "(`all`), of more than 100 the latest.",
               fields::defaulted())}};
    return table;
}

std::optional<Schedule> schedule_of(ScheduleSpec const& spec, Instant created_at, Report& report) {
    auto const before = report.problems.size();
    int const given = int{spec.cron.has_value()} + int{spec.every_seconds.has_value()} + int{spec.at.has_value()};
    if (given != 1) report.add("must have exactly one of cron, every_seconds and at");
    if (spec.time_zone && !spec.cron) refuse(report, "/time_zone", "must be absent where there is no cron");

    std::optional<Schedule> schedule;
    if (spec.cron)
        if (auto cron = cron_schedule(spec, report)) schedule = std::move(*cron);
    if (spec.every_seconds) {
        if (*spec.every_seconds < interval_s_min || *spec.every_seconds > interval_s_max)
            refuse(report, "/every_seconds",
                   "must be from " + std::to_string(interval_s_min) + " to " + std::to_string(interval_s_max));
        else
            schedule = IntervalSchedule{seconds(*spec.every_seconds), created_at};
    }
    if (spec.at) {
        schedule = OnceSchedule{*spec.at};
        if (!next_after(*schedule, created_at)) refuse(report, "/at", "must be in the future and before 2101");
    }
    if (report.problems.size() > before) return std::nullopt;
    return schedule;
}

}  // namespace mainstay::flow
