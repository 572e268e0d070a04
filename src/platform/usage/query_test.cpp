#include "platform/usage/usage_test_support.hpp"

#include <random>

namespace mainstay::usage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The tests' clock begins at 2027-01-15T08:00:00Z.
class QueryTest : public UsageTest {};
INSTANTIATE_TEST_SUITE_P(Engines, QueryTest, testing::each_engine(), testing::engine_name);

TEST_P(QueryTest, SumsOfDecimalsAreExactByTimeAndCustomer) {
    Meter const sum = meter(Aggregation::sum, "n");
    for (int i = 0; i < 10; ++i)
        send({event("a" + std::to_string(i), "ann", R"({"n":0.1})", at("2027-01-14T10:30:00Z")),
              event("b" + std::to_string(i), "bob", R"({"n":"-0.000000001"})", at("2027-01-15T07:00:00Z"))});
    auto question = about(sum, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z");
    EXPECT_THAT(figures(question), ElementsAre(": 01-01T00..02-01T00=0.99999999"));
    question.by_subject = true;
    EXPECT_THAT(figures(question), ElementsAre("ann: 01-01T00..02-01T00=1", "bob: 01-01T00..02-01T00=-0.00000001"));
    question.window = Window::day;
    EXPECT_THAT(figures(question), ElementsAre("ann: 01-14T00..01-15T00=1", "bob: 01-15T00..01-16T00=-0.00000001"));
    question.window = Window::hour;
    question.subject = "ann";
    EXPECT_THAT(figures(question), ElementsAre("ann: 01-14T10..01-14T11=1"));
    question.window = Window::month;
    question.period = {at("2026-12-31T00:00:00Z"), at("2027-01-14T11:00:00Z")};
    EXPECT_THAT(figures(question), ElementsAre("ann: 01-01T00..01-14T11=1"));
    question.period.to = at("2027-01-14T10:00:00Z");
    EXPECT_THAT(figures(question), IsEmpty());
}

TEST_P(QueryTest, CountMaxLatestAndUniqueAreWhatTheySay) {
    Meter const counted = meter(Aggregation::count), max = meter(Aggregation::max, "n"),
                latest = meter(Aggregation::latest, "n"), unique = meter(Aggregation::unique, "who");
    // Sent in another order than they happened.
    send({event("3", "ann", R"({"n":2,"who":"x"})", at("2027-01-15T03:00:00Z")),
          event("1", "ann", R"({"n":-7,"who":"x"})", at("2027-01-14T01:00:00Z")),
          event("2", "bob", R"({"n":40.5,"who":7})", at("2027-01-14T02:00:00Z"))});
    auto const total = [&](Meter const& one) {
        return figures(about(one, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z")).at(0);
    };
    EXPECT_EQ(total(counted), ": 01-01T00..02-01T00=3");
    EXPECT_EQ(total(max), ": 01-01T00..02-01T00=40.5");
    EXPECT_EQ(total(latest), ": 01-01T00..02-01T00=2");
    EXPECT_EQ(total(unique), ": 01-01T00..02-01T00=2");
    auto by_day = about(unique, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z", Window::day);
    EXPECT_THAT(figures(by_day), ElementsAre(": 01-14T00..01-15T00=2 01-15T00..01-16T00=1"));
    by_day.meter = max;
    by_day.subject = "ann";
    EXPECT_THAT(figures(by_day), ElementsAre(": 01-14T00..01-15T00=-7 01-15T00..01-16T00=2"));
}

TEST_P(QueryTest, ALevelCountsTheSecondsThatItStands) {
    Meter const level = meter(Aggregation::weighted_sum, "gigabytes");
    send({event("1", "ann", R"({"gigabytes":10})", at("2027-01-14T00:00:00Z")),
          event("2", "ann", R"({"gigabytes":-4})", at("2027-01-14T12:30:00Z")),
          event("3", "ann", R"({"gigabytes":0.5})", at("2027-01-15T06:00:00Z"))});
    // 10 for 12.5 hours and 6 for 11.5; then 6 for 6 hours and 6.5 for 18; then 6.5 for the whole day.
    EXPECT_THAT(figures(about(level, "2027-01-13T00:00:00Z", "2027-01-17T00:00:00Z", Window::day)),
                ElementsAre(": 01-14T00..01-15T00=698400 01-15T00..01-16T00=550800 01-16T00..01-17T00=561600"));
    EXPECT_THAT(figures(about(level, "2027-01-16T00:00:00Z", "2027-01-17T00:00:00Z")),
                ElementsAre(": 01-16T00..01-17T00=561600"));
    EXPECT_THAT(figures(about(level, "2027-01-14T12:00:00Z", "2027-01-14T14:00:00Z", Window::hour)),
                ElementsAre(": 01-14T12..01-14T13=28800 01-14T13..01-14T14=21600"));
}

TEST_P(QueryTest, FiguresAreToldApartByWhatTheMeterGroupsBy) {
    Meter const counted = meter(Aggregation::count, std::nullopt, {"region", "plan"});
    send({event("1", "ann", R"({"region":"eu","plan":"pro"})"), event("2", "ann", R"({"region":"us","plan":"pro"})"),
          event("3", "bob", R"({"region":"eu"})"), event("4", "bob", R"({"region":"e\"u","plan":3})")});
    auto question = about(counted, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z");
    question.by_group[0] = true;
    EXPECT_THAT(figures(question), ElementsAre("[e\"u]: 01-01T00..02-01T00=1", "[eu]: 01-01T00..02-01T00=2",
                                               "[us]: 01-01T00..02-01T00=1"));
    question.by_group = {false, true};
    EXPECT_THAT(figures(question),
                ElementsAre(": 01-01T00..02-01T00=1", "[3]: 01-01T00..02-01T00=1", "[pro]: 01-01T00..02-01T00=2"));
    question.by_group = {true, true};
    question.by_subject = true;
    question.subject = "bob";
    EXPECT_THAT(figures(question), ElementsAre("bob[e\"u][3]: 01-01T00..02-01T00=1", "bob[eu]: 01-01T00..02-01T00=1"));
}

TEST_P(QueryTest, PagesOfSeriesJoinToTheWhole) {
    Meter const counted = meter(Aggregation::count, std::nullopt, {"region"});
    Meter const level = meter(Aggregation::weighted_sum, "n", {"region"});
    std::vector<NewEvent> events;
    for (int i = 0; i < 60; ++i)
        events.push_back(event(std::to_string(i), "customer " + std::to_string(i % 11),
                               R"({"n":1,"region":")" + std::to_string(i % 3) + "\"}", clock.now() - hours(i)));
    send(std::move(events));
    for (Meter const& one : {counted, level}) {
        auto question = about(one, "2027-01-13T00:00:00Z", "2027-01-16T00:00:00Z", Window::hour);
        question.by_subject = true;
        question.by_group[0] = true;
        auto const whole = figures(question);
        EXPECT_EQ(whole.size(), 33u);
        for (std::size_t const page : {1u, 2u, 7u, 33u}) {
            question.series_max = page;
            EXPECT_EQ(figures(question), whole) << page;
        }
    }
}

TEST_P(QueryTest, FoldingOldHoursIntoDaysChangesNoFigure) {
    std::vector<Meter> const meters{meter(Aggregation::count),         meter(Aggregation::sum, "n"),
                                    meter(Aggregation::max, "n"),      meter(Aggregation::latest, "n"),
                                    meter(Aggregation::unique, "who"), meter(Aggregation::weighted_sum, "n", {"who"})};
    std::mt19937 chance(7);
    for (int day = 0; day < 8; ++day) {
        std::vector<NewEvent> events;
        for (int i = 0; i < 120; ++i)
            events.push_back(event(
                std::to_string(day) + '-' + std::to_string(i), "customer " + std::to_string(chance() % 3),
                R"({"n":)" + std::to_string(chance() % 100) + R"(.25,"who":")" + std::to_string(chance() % 4) + "\"}",
                clock.now() - seconds(static_cast<std::int64_t>(chance() % 86'000))));
        send(std::move(events));
        clock.advance(days(1));
    }
    auto const all = [&] {
        std::vector<std::vector<std::string>> found;
        for (Meter const& one : meters) {
            auto question = about(one, "2027-01-10T00:00:00Z", "2027-04-01T00:00:00Z", Window::day);
            question.by_subject = true;
            question.by_group[0] = !one.group_by.empty();
            found.push_back(figures(question));
            question.window = Window::month;
            found.push_back(figures(question));
        }
        return found;
    };
    auto const before = all();
    Sql const hours_left(
        "SELECT count(*) AS n FROM usage_rollups WHERE tenant_id = :tenant AND bucket_at % 86400000000 <> 0");
    auto const hours_before = count(hours_left);
    clock.advance(days(58));  // the first days are older than 62 days now, the last are not
    keep_house(database(), clock, 400);
    EXPECT_EQ(all(), before);
    EXPECT_LT(count(hours_left), hours_before);
    EXPECT_GT(count(hours_left), 0);
    clock.advance(days(30));
    keep_house(database(), clock, 400);
    keep_house(database(), clock, 400);
    EXPECT_EQ(all(), before);
    EXPECT_EQ(count(hours_left), 0);
}

TEST_P(QueryTest, AnotherTenantSeesNothingOfIt) {
    Meter const counted = meter(Aggregation::count);
    send({event("1", "ann")});
    auto const question = about(counted, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z");
    EXPECT_THAT(database().read(theirs, [&](Snapshot& s) { return read_figures(s, question, 100); }), IsEmpty());
}

std::vector<std::string> pointers_of(Period period, Window window, Instant now) {
    std::vector<std::string> pointers;
    try {
        check(period, window, now);
    } catch (Fault const& fault) {
        for (Problem const& one : fault.problems()) pointers.push_back(one.pointer);
    }
    return pointers;
}

TEST(Windows, AreAskedForByWhatFiguresAreKeptBy) {
    Instant const now = at("2027-06-30T12:00:00Z");  // hours are kept from 2027-04-29 on
    auto const ask = [&](std::string_view from, std::string_view to, Window window) {
        return pointers_of({at(from), at(to)}, window, now);
    };
    EXPECT_THAT(ask("2027-06-01T00:00:00Z", "2027-06-30T13:00:00Z", Window::hour), IsEmpty());
    EXPECT_THAT(ask("2027-06-01T00:30:00Z", "2027-06-30T13:00:01Z", Window::day), ElementsAre("/from", "/to"));
    EXPECT_THAT(ask("2027-04-29T05:00:00Z", "2027-05-01T00:00:00Z", Window::none), IsEmpty());
    EXPECT_THAT(ask("2027-04-28T05:00:00Z", "2027-05-01T00:00:00Z", Window::none), ElementsAre("/from"));
    EXPECT_THAT(ask("2027-04-28T00:00:00Z", "2027-05-01T00:00:00Z", Window::hour), ElementsAre("/window"));
    EXPECT_THAT(ask("2027-06-02T00:00:00Z", "2027-06-01T00:00:00Z", Window::day), ElementsAre("/to"));
    EXPECT_THAT(ask("2020-01-01T00:00:00Z", "2027-06-01T00:00:00Z", Window::day), ElementsAre("/window"));
}

TEST(Windows, CutTheTimeWithoutGapsAndMonthsAreThoseOfTheCalendar) {
    Period const period{at("2027-01-30T06:00:00Z"), at("2027-03-01T01:00:00Z")};
    auto const months = windows_of(period, Window::month);
    ASSERT_EQ(months.size(), 3u);
    EXPECT_EQ(months[0], (Period{period.from, at("2027-02-01T00:00:00Z")}));
    EXPECT_EQ(months[1], (Period{at("2027-02-01T00:00:00Z"), at("2027-03-01T00:00:00Z")}));
    EXPECT_EQ(months[2], (Period{at("2027-03-01T00:00:00Z"), period.to}));
    for (Window const window : {Window::none, Window::hour, Window::day, Window::month}) {
        auto const all = windows_of(period, window);
        EXPECT_EQ(all.front().from, period.from);
        EXPECT_EQ(all.back().to, period.to);
        for (std::size_t i = 1; i < all.size(); ++i) EXPECT_EQ(all[i].from, all[i - 1].to);
    }
}

TEST(Cursor, ComesBackAsItWasAndNothingElseIsOne) {
    SeriesKey const key{"a\"nn", {"eu", "", "x,y", "", "\xE2\x82\xAC"}};
    EXPECT_EQ(key_of_cursor(cursor_of(key)), key);
    for (auto const* text : {"", "!", "W10", "WyJhIl0", "eyJhIjoxfQ"}) EXPECT_EQ(key_of_cursor(text), std::nullopt);
}

}  // namespace
}  // namespace mainstay::usage
