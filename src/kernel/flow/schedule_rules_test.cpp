// Cron lines, and when schedules come due.
#include "kernel/flow/schedule_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mainstay::flow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Instant at(std::string_view text) {
    return parse_rfc3339(text).value();
}

Schedule cron(std::string_view line, std::string_view zone = "UTC") {
    auto reading = parse_cron(line);
    EXPECT_THAT(reading.faults, IsEmpty()) << line;
    return CronSchedule{reading.line.value(), Zone::find(zone).value()};
}

std::vector<std::string> runs(Schedule const& schedule, std::string_view from, std::size_t count) {
    std::vector<std::string> texts;
    for (auto const run : next_runs(schedule, at(from), count)) texts.push_back(to_rfc3339(run));
    return texts;
}

std::vector<std::string> faults(std::string_view line) {
    auto const reading = parse_cron(line);
    EXPECT_EQ(reading.line.has_value(), reading.faults.empty());
    return reading.faults;
}

std::string only_fault(std::string_view line) {
    auto const all = faults(line);
    EXPECT_EQ(all.size(), 1u) << line;
    return all.empty() ? "" : all[0];
}

bool mean_the_same(std::string_view left, std::string_view right) {
    return next_runs(cron(left), at("2026-01-01T00:00:00Z"), 100) ==
           next_runs(cron(right), at("2026-01-01T00:00:00Z"), 100);
}

TEST(CronLine, ReadsListsRangesStepsNamesAndMacros) {
    EXPECT_TRUE(mean_the_same("*/15 * * * *", "0,15,30,45 * * * *"));
    EXPECT_TRUE(mean_the_same("1-5/2,7 0-23/6 * * *", "1,3,5,7 0,6,12,18 * * *"));
    EXPECT_TRUE(mean_the_same("0 0 * jan-Mar,DEC MON-fri", "0 0 * 1,2,3,12 1,2,3,4,5"));
    EXPECT_TRUE(mean_the_same("0 0 * * 7", "0 0 * * sun"));
    EXPECT_TRUE(mean_the_same("0 0 * * fri-sun", "0 0 * * 0,5,6"));
    EXPECT_TRUE(mean_the_same("0 0 * * 5-7", "0 0 * * 0,5,6"));
    EXPECT_TRUE(mean_the_same(" 05\t04  * * * ", "5 4 * * *"));
    EXPECT_TRUE(mean_the_same("@hourly", "0 * * * *"));
    EXPECT_TRUE(mean_the_same("@Daily", "@midnight"));
    EXPECT_TRUE(mean_the_same("@weekly", "0 0 * * 0"));
    EXPECT_TRUE(mean_the_same("@monthly", "0 0 1 * *"));
    EXPECT_TRUE(mean_the_same("@yearly", "@annually"));
}

TEST(CronLine, TellsEveryFaultAtOnceWithFieldAndRange) {
    EXPECT_THAT(
        faults("60 x,24 0 13 8"),
        ElementsAre("has minute '60', which must be from 0 to 59", "has hour 'x', which must be from 0 to 23",
                    "has hour '24', which must be from 0 to 23", "has day-of-month '0', which must be from 1 to 31",
                    "has month '13', which must be from 1 to 12 or jan to dec",
                    "has day-of-week '8', which must be from 0 to 7 (0 and 7 are Sunday) or sun to sat"));
}

TEST(CronLine, RefusesByNameWhatOtherCronsRead) {
    EXPECT_THAT(only_fault("0 0 * * * *"), HasSubstr("has 6 fields, must have 5"));
    EXPECT_THAT(only_fault("0 0 * * * *"), HasSubstr("no seconds"));
    EXPECT_THAT(only_fault("0 0 0 ? * MON 2026"), HasSubstr("no years"));
    EXPECT_THAT(only_fault(""), HasSubstr("has 0 fields"));
    EXPECT_THAT(only_fault("0"), HasSubstr("has 1 field,"));
    EXPECT_THAT(only_fault("@reboot"), HasSubstr("@hourly"));
    EXPECT_THAT(only_fault("5/10 * * * *"), HasSubstr("write 5-59/10"));
    EXPECT_THAT(only_fault("*/90 * * * *"), HasSubstr("must have a step from 1 to 59"));
    EXPECT_THAT(only_fault("*/0 * * * *"), HasSubstr("must have a step from 1 to 59"));
    EXPECT_THAT(only_fault("0 */24 * * *"), HasSubstr("must have a step from 1 to 23"));
    EXPECT_THAT(only_fault("0 22-2 * * *"), HasSubstr("runs backwards"));
    EXPECT_THAT(only_fault("0 0 ? * 1"), HasSubstr("or * for any"));
    EXPECT_THAT(only_fault("1,,2 * * * *"), HasSubstr("is empty"));
    EXPECT_THAT(only_fault("0 0 L-3 * *"), HasSubstr("L stands alone"));
    EXPECT_THAT(only_fault("0 0 * * 5L"), HasSubstr("in day-of-month"));
    EXPECT_THAT(only_fault("0 0 * * mon#6"), HasSubstr("from 1 to 5"));
    EXPECT_THAT(only_fault("0 0 * * mon#"), HasSubstr("from 1 to 5"));
    EXPECT_THAT(only_fault("0 0 32W * *"), HasSubstr("before its W"));
    EXPECT_THAT(only_fault("0 0 1-5W * *"), HasSubstr("before its W"));
    EXPECT_THAT(only_fault("-1 * * * *"), HasSubstr("minute '-1'"));
    EXPECT_THAT(only_fault("99999999999 * * * *"), HasSubstr("must be from 0 to 59"));
    EXPECT_THAT(only_fault(std::string(201, '*')), HasSubstr("at most 200"));
}

TEST(CronLine, RefusesWhatNeverOccurs) {
    EXPECT_THAT(only_fault("0 0 30 2 *"), HasSubstr("never occurs"));
    EXPECT_THAT(only_fault("0 0 31 4,6,9,11 *"), HasSubstr("never occurs"));
    EXPECT_THAT(only_fault("0 0 30W feb *"), HasSubstr("never occurs"));
    EXPECT_THAT(faults("0 0 30 2 mon"), IsEmpty());  // Mondays in February
    EXPECT_THAT(faults("0 0 29 2 *"), IsEmpty());
    EXPECT_THAT(faults("0 0 * 2 mon#5"), IsEmpty());  // 29 February on a Monday
}

TEST(CronLine, DaysOfMonthAndWeekTogetherAreAUnionUnlessOneBeginsWithAStar) {
    EXPECT_THAT(
        runs(cron("30 4 1,15 * fri"), "2026-01-01T05:00:00Z", 4),
        ElementsAre("2026-01-02T04:30:00Z", "2026-01-09T04:30:00Z", "2026-01-15T04:30:00Z", "2026-01-16T04:30:00Z"));
    EXPECT_THAT(runs(cron("0 0 */2 * mon"), "2026-01-01T05:00:00Z", 3),
                ElementsAre("2026-01-05T00:00:00Z", "2026-01-19T00:00:00Z", "2026-02-09T00:00:00Z"));
    EXPECT_THAT(runs(cron("0 0 13 * */5"), "2026-01-01T05:00:00Z", 2),  // a Friday or Sunday the 13th
                ElementsAre("2026-02-13T00:00:00Z", "2026-03-13T00:00:00Z"));
}

TEST(CronLine, KnowsLastDaysNearestWeekdaysAndNthWeekdays) {
    EXPECT_THAT(runs(cron("0 0 L * *"), "2028-01-31T00:00:00Z", 2),
                ElementsAre("2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z"));
    EXPECT_THAT(runs(cron("0 0 LW * *"), "2026-01-01T00:00:00Z", 3),  // Fr, Fr (28 is a Saturday), Tu
                ElementsAre("2026-01-30T00:00:00Z", "2026-02-27T00:00:00Z", "2026-03-31T00:00:00Z"));
    EXPECT_THAT(runs(cron("0 0 1w 8,11 *"), "2026-01-01T00:00:00Z", 2),  // a Saturday, a Sunday: never the month before
                ElementsAre("2026-08-03T00:00:00Z", "2026-11-02T00:00:00Z"));
    EXPECT_THAT(runs(cron("0 0 31W 1,2,5 *"), "2026-01-01T00:00:00Z", 3),  // 31 May 2026 is a Sunday
                ElementsAre("2026-01-30T00:00:00Z", "2026-05-29T00:00:00Z", "2027-01-29T00:00:00Z"));
    EXPECT_THAT(runs(cron("0 9 * * mon#1,7#3"), "2026-06-01T09:00:00Z", 3),
                ElementsAre("2026-06-21T09:00:00Z", "2026-07-06T09:00:00Z", "2026-07-19T09:00:00Z"));
    EXPECT_THAT(runs(cron("0 0 * 2 mon#5"), "2026-01-01T00:00:00Z", 9),
                ElementsAre("2044-02-29T00:00:00Z", "2072-02-29T00:00:00Z"));
}

TEST(NextAfter, IsStrictlyLaterAndEndsWith2100) {
    EXPECT_THAT(runs(cron("0 0 * * *"), "2026-01-01T00:00:00Z", 1), ElementsAre("2026-01-02T00:00:00Z"));
    EXPECT_THAT(runs(cron("0 0 * * *"), "2025-12-31T23:59:59.999999Z", 1), ElementsAre("2026-01-01T00:00:00Z"));
    EXPECT_THAT(
        runs(cron("0 0 28,29 2 *"), "2096-02-28T00:00:00Z", 4),  // 2100 is no leap year
        ElementsAre("2096-02-29T00:00:00Z", "2097-02-28T00:00:00Z", "2098-02-28T00:00:00Z", "2099-02-28T00:00:00Z"));
    for (auto const* zone : {"UTC", "Pacific/Kiritimati", "Pacific/Niue"}) {
        EXPECT_EQ(next_after(cron("* * * * *", zone), at("2101-01-01T00:00:00Z")), std::nullopt);
        EXPECT_EQ(next_after(cron("7 7 * * *", zone), at("2100-12-31T23:59:00Z")), std::nullopt);
        EXPECT_EQ(next_after(cron("* * * * *", zone), Instant{INT64_MAX}), std::nullopt);
        EXPECT_EQ(next_after(cron("* * * * *", zone), Instant{INT64_MIN}), Instant{0});
    }
}

TEST(Interval, ComesDueAtItsAnchorAndMultiplesAfterIt) {
    Schedule const schedule = IntervalSchedule{seconds(90), at("2026-01-01T00:00:00.5Z")};
    EXPECT_THAT(runs(schedule, "2025-06-01T00:00:00Z", 2),
                ElementsAre("2026-01-01T00:00:00.500000Z", "2026-01-01T00:01:30.500000Z"));
    EXPECT_THAT(runs(schedule, "2026-01-01T00:01:30.5Z", 1), ElementsAre("2026-01-01T00:03:00.500000Z"));
    EXPECT_EQ(next_after(IntervalSchedule{days(1), {INT64_MIN}}, {INT64_MIN})->us % days(1).us,
              INT64_MIN % days(1).us + days(1).us);
    EXPECT_EQ(next_after(IntervalSchedule{days(1), {INT64_MAX}}, {0}), std::nullopt);
}

TEST(Once, ComesDueOnce) {
    Schedule const schedule = OnceSchedule{at("2026-05-01T12:00:00Z")};
    EXPECT_THAT(runs(schedule, "2026-05-01T11:59:59Z", 5), ElementsAre("2026-05-01T12:00:00Z"));
    EXPECT_EQ(next_after(schedule, at("2026-05-01T12:00:00Z")), std::nullopt);
}

TEST(NextRuns, AreAtMostAHundred) {
    EXPECT_EQ(runs(cron("* * * * *"), "2026-01-01T00:00:00Z", 5000).size(), next_runs_max);
    EXPECT_THAT(runs(cron("* * * * *"), "2026-01-01T00:00:00Z", 0), IsEmpty());
}

std::vector<std::string> texts(std::vector<Instant> const& instants) {
    std::vector<std::string> all;
    for (auto const each : instants) all.push_back(to_rfc3339(each));
    return all;
}

TEST(CatchUp, SkipRunsOnlyWhatIsOnTime) {
    auto const hourly = cron("@hourly");
    auto const late = due_runs(hourly, at("2026-01-01T00:00:00Z"), at("2026-01-01T05:30:00Z"), CatchUp::skip);
    EXPECT_THAT(late.now, IsEmpty());
    EXPECT_EQ(late.next, at("2026-01-01T06:00:00Z"));
    auto const in_time = due_runs(hourly, at("2026-01-01T00:00:00Z"), at("2026-01-01T05:01:00Z"), CatchUp::skip);
    EXPECT_THAT(texts(in_time.now), ElementsAre("2026-01-01T05:00:00Z"));
    auto const past = due_runs(hourly, at("2026-01-01T00:00:00Z"), at("2026-01-01T05:01:00.000001Z"), CatchUp::skip);
    EXPECT_THAT(past.now, IsEmpty());
    EXPECT_THAT(due_runs(hourly, at("2026-01-01T05:00:00Z"), at("2026-01-01T05:00:59Z"), CatchUp::skip).now, IsEmpty());
}

TEST(CatchUp, LatestRunsOnceForAllThatWereMissed) {
    auto const due =
        due_runs(cron("*/15 * * * *"), at("2025-01-01T00:00:00Z"), at("2026-01-01T05:29:00Z"), CatchUp::latest);
    EXPECT_THAT(texts(due.now), ElementsAre("2026-01-01T05:15:00Z"));
    EXPECT_EQ(due.next, at("2026-01-01T05:30:00Z"));
}

TEST(CatchUp, AllRunsEachOldestFirstAndOfTooManyTheLatest) {
    auto const due = due_runs(cron("@daily"), at("2026-01-01T00:00:00Z"), at("2026-01-04T00:00:00Z"), CatchUp::all);
    EXPECT_THAT(texts(due.now), ElementsAre("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"));
    EXPECT_FALSE(due.is_cut);
    EXPECT_EQ(due.next, at("2026-01-05T00:00:00Z"));

    Schedule const dense = IntervalSchedule{seconds(1), at("2026-01-01T00:00:00Z")};
    auto const exact = due_runs(dense, at("2026-01-01T00:00:00Z"), at("2026-01-01T00:01:40Z"), CatchUp::all);
    EXPECT_EQ(exact.now.size(), catch_up_max);
    EXPECT_FALSE(exact.is_cut);
    auto const cut = due_runs(dense, at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), CatchUp::all);
    ASSERT_EQ(cut.now.size(), catch_up_max);
    EXPECT_TRUE(cut.is_cut);
    EXPECT_EQ(cut.now.front(), at("2026-12-31T23:58:21Z"));
    EXPECT_EQ(cut.now.back(), at("2027-01-01T00:00:00Z"));
}

TEST(CatchUp, AClockThatWasSetBackRunsNothingTwice) {
    for (auto const policy : {CatchUp::skip, CatchUp::latest, CatchUp::all}) {
        auto const due = due_runs(cron("@hourly"), at("2026-01-01T05:00:00Z"), at("2026-01-01T02:00:30Z"), policy);
        EXPECT_THAT(due.now, IsEmpty());
        EXPECT_EQ(due.next, at("2026-01-01T06:00:00Z"));
    }
}

RC_GTEST_PROP(CatchUp, LastWithinIsTheLastOfAWalk, ()) {
    auto const line = *rc::gen::element<std::string>("*/7 * * * *", "0 3 * * *", "13 */5 * * 1", "59 23 L * *");
    auto const schedule = cron(line, *rc::gen::element<std::string>("UTC", "Europe/Berlin", "Australia/Lord_Howe"));
    Instant const after = at("2026-03-01T00:00:00Z") + seconds(*rc::gen::inRange(0, 60 * 86'400));
    Instant const until = after + seconds(*rc::gen::inRange(-100, 3 * 86'400));
    std::optional<Instant> expected;
    for (auto run = next_after(schedule, after); run && *run <= until; run = next_after(schedule, *run)) expected = run;
    RC_ASSERT(last_within(schedule, after, until) == expected);
}

TEST(Describe, SpeaksPlainEnglishWhereItCan) {
    auto const said = [](std::string_view line) { return describe(cron(line, "Europe/Berlin")); };
    EXPECT_EQ(said("0 9 * * mon-fri"), "every weekday at 09:00, Europe/Berlin");
    EXPECT_EQ(said("@daily"), "every day at 00:00, Europe/Berlin");
    EXPECT_EQ(said("30 9,17 * * *"), "every day at 09:30 and 17:30, Europe/Berlin");
    EXPECT_EQ(said("0 9 * * 1,3,5"), "every Monday, Wednesday and Friday at 09:00, Europe/Berlin");
    EXPECT_EQ(said("0 9 1 * *"), "on the 1st of every month at 09:00, Europe/Berlin");
    EXPECT_EQ(said("0 9 2,13,23 1,7 *"),
              "on the 2nd, the 13th and the 23rd of January and July at 09:00, Europe/Berlin");
    EXPECT_EQ(said("0 9 L * *"), "on the last day of every month at 09:00, Europe/Berlin");
    EXPECT_EQ(said("0 9 LW * *"), "on the last weekday of every month at 09:00, Europe/Berlin");
    EXPECT_EQ(said("0 9 * * mon#1"), "on the first Monday of every month at 09:00, Europe/Berlin");
    EXPECT_EQ(said("@yearly"), "on the 1st of January at 00:00, Europe/Berlin");
    EXPECT_EQ(said("0 9 * 12 *"), "every day in December at 09:00, Europe/Berlin");
    EXPECT_EQ(said("* * * * *"), "every minute, Europe/Berlin");
    EXPECT_EQ(said("*/15 * * * *"), "every 15 minutes, Europe/Berlin");
    EXPECT_EQ(said("@hourly"), "every hour, Europe/Berlin");
    EXPECT_EQ(said("5 * * * *"), "every hour at minute 5, Europe/Berlin");
    EXPECT_EQ(said("0 */2 * * *"), "every 2 hours from midnight on, Europe/Berlin");
    EXPECT_EQ(said("*/20 * * * 6"), "every 20 minutes, every Saturday, Europe/Berlin");
    EXPECT_EQ(describe(IntervalSchedule{seconds(90), {}}), "every 90 seconds");
    EXPECT_EQ(describe(IntervalSchedule{minutes(60), {}}), "every hour");
    EXPECT_EQ(describe(IntervalSchedule{days(7), {}}), "every 7 days");
    EXPECT_EQ(describe(OnceSchedule{at("2026-05-01T12:00:00Z")}), "once at 2026-05-01T12:00:00Z");
}

TEST(Describe, GivesTheLineWhereASentenceWouldBeWrong) {
    for (auto const* line :
         {"0 9 1 * mon", "0 9 */2 * *", "0 9 */2 * mon", "*/7 * * * *", "*/15 9-17 * * *", "0 9 15W * *", "0 9 1,L * *",
          "0 9 1 1-11 *", "0 9 1-10 * *", "0 9 1 * */2", "1,2 9 * * *"})
        EXPECT_EQ(describe(cron(line)), std::string(line) + ", UTC");
}

std::vector<std::string> spec_faults(ScheduleSpec const& spec) {
    fields::Report report;
    report.pointer = "/schedule";
    bool const is_schedule = schedule_of(spec, at("2026-01-01T00:00:00Z"), report).has_value();
    EXPECT_EQ(is_schedule, report.is_clean());
    EXPECT_EQ(report.pointer, "/schedule");
    std::vector<std::string> all;
    for (auto const& problem : report.problems) all.push_back(problem.pointer + " " + problem.message);
    return all;
}

TEST(ScheduleSpec, NeedsExactlyOneKindAndPointsAtEveryFault) {
    auto const read = [](std::string_view text) { return spec_faults(fields::from_json<ScheduleSpec>(text)); };
    EXPECT_THAT(read(R"({"cron":"0 9 * * *","time_zone":"Asia/Kolkata"})"), IsEmpty());
    EXPECT_THAT(read(R"({"cron":"@daily","catch_up":"all"})"), IsEmpty());
    EXPECT_THAT(read(R"({"every_seconds":60})"), IsEmpty());
    EXPECT_THAT(read(R"({"at":"2026-01-01T00:00:01Z"})"), IsEmpty());
    EXPECT_THAT(read("{}"), ElementsAre("/schedule must have exactly one of cron, every_seconds and at"));
    EXPECT_THAT(read(R"({"cron":"@daily","every_seconds":60})"),
                ElementsAre("/schedule must have exactly one of cron, every_seconds and at"));
    EXPECT_THAT(read(R"({"cron":"0 24 * * *","time_zone":"Mars/Base"})"),
                ElementsAre("/schedule/cron has hour '24', which must be from 0 to 23",
                            HasSubstr("/schedule/time_zone must be a zone of the IANA")));
    EXPECT_THAT(read(R"({"every_seconds":60,"time_zone":"UTC"})"),
                ElementsAre("/schedule/time_zone must be absent where there is no cron"));
    EXPECT_THAT(read(R"({"at":"2026-01-01T00:00:00Z"})"),
                ElementsAre("/schedule/at must be in the future and before 2101"));
    EXPECT_THAT(spec_faults({.every_seconds = 0}), ElementsAre("/schedule/every_seconds must be from 1 to 31622400"));
    EXPECT_THROW(fields::from_json<ScheduleSpec>(R"({"every_seconds":0})"), Fault);
    EXPECT_THROW(fields::from_json<ScheduleSpec>(R"({"cron":"@daily","catch_up":"some"})"), Fault);
}

TEST(ScheduleSpec, AnIntervalBeginsOneLengthAfterItsCreation) {
    fields::Report report;
    Instant const created_at = at("2026-01-01T00:00:07Z");
    auto const schedule = schedule_of({.every_seconds = 60}, created_at, report);
    EXPECT_EQ(next_after(schedule.value(), created_at), at("2026-01-01T00:01:07Z"));
}

RC_GTEST_PROP(CronLine, GarbageIsRefusedWithATextAndWithoutHarm, ()) {
    auto const parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "*", "/", "-", ",", " ", " ", " ", "0", "5", "59", "31", "2", "mon", "JAN", "L", "W", "#", "?", "@", "@daily",
        "99999999999999999999", "\xff", std::string(1, '\0'), "\n", "*/", "-1", "+1", "H"));
    std::string line;
    for (auto const& part : parts) line += part;
    auto const reading = parse_cron(line);
    RC_ASSERT(reading.line.has_value() == reading.faults.empty());
    for (auto const& fault : reading.faults) {
        RC_ASSERT(!fault.empty());
        RC_ASSERT(fault.find_first_of(std::string("\xff\n\0", 3)) == std::string::npos);
    }
}

RC_GTEST_PROP(CronLine, BytesAreRefusedWithATextAndWithoutHarm, ()) {
    auto const bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    auto const reading = parse_cron(bytes);
    RC_ASSERT(reading.line.has_value() == reading.faults.empty());
    auto const zone = Zone::find(bytes);
    if (zone) RC_ASSERT(zone->name() == bytes);
    (void)parse_yearly_rule(bytes);
}

}  // namespace
}  // namespace mainstay::flow
