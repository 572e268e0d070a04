#include "kernel/shared_state/rate_table.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace mainstay::shared_state {
namespace {

constexpr Limit ten_a_second{"a test", 10, seconds(1)};

TEST(RateTable, ABurstThenOneForEachSpacing) {
    RateTable table(1'000);
    ManualClock clock;
    for (int i = 0; i < 10; ++i) EXPECT_EQ(table.take("key", ten_a_second, clock.monotonic()).remaining, 9 - i);
    auto const refused = table.take("key", ten_a_second, clock.monotonic());
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.retry_after, milliseconds(100));
    clock.advance(refused.retry_after - microseconds(1));
    EXPECT_FALSE(table.take("key", ten_a_second, clock.monotonic()).allowed);
    clock.advance(microseconds(1));
    EXPECT_TRUE(table.take("key", ten_a_second, clock.monotonic()).allowed);
    EXPECT_FALSE(table.take("key", ten_a_second, clock.monotonic()).allowed);
}

TEST(RateTable, HoweverManyKeysAreInventedItsMemoryIsBounded) {
    constexpr std::size_t capacity = 6'400;
    RateTable table(capacity);
    ManualClock clock;
    for (int i = 0; i < 50'000; ++i) table.take("busy" + std::to_string(i), ten_a_second, clock.monotonic());
    EXPECT_LE(table.size(), capacity);
    EXPECT_GT(table.size(), capacity / 2);
    std::size_t drained = 0;
    for (auto taken = table.drain(1'000); !taken.empty(); taken = table.drain(1'000)) drained += taken.size();
    EXPECT_LE(drained, capacity);
    clock.advance(seconds(1));
    for (int i = 0; i < 50'000; ++i) table.take("later" + std::to_string(i), ten_a_second, clock.monotonic());
    EXPECT_LE(table.size(), capacity);
}

TEST(RateTable, AKeyThatIsStillLimitedOutlivesIdleOnes) {
    RateTable table(64 * 16);
    ManualClock clock;
    for (int i = 0; i < 20'000; ++i) {
        table.take("idle" + std::to_string(i), {"a test", 1'000'000, seconds(1)}, clock.monotonic());
        clock.advance(milliseconds(1));
        if (i == 100)
            for (int turn = 0; turn < 10; ++turn) table.take("kept", {"a test", 10, days(1)}, clock.monotonic());
    }
    EXPECT_FALSE(table.take("kept", {"a test", 10, days(1)}, clock.monotonic()).allowed);
}

TEST(RateTable, ALongKeyIsKeptShortAndApartFromOthers) {
    RateTable table(100);
    ManualClock clock;
    std::string const shared_part(100'000, 'x');
    EXPECT_TRUE(table.take(shared_part + "a", {"a test", 1}, clock.monotonic()).allowed);
    EXPECT_FALSE(table.take(shared_part + "a", {"a test", 1}, clock.monotonic()).allowed);
    EXPECT_TRUE(table.take(shared_part + "b", {"a test", 1}, clock.monotonic()).allowed);
    for (auto const& taken : table.drain(10)) EXPECT_LE(taken.key.size(), RateTable::key_bytes_max);
}

TEST(RateTable, WhatWasTakenIsDrainedOnceAndTogether) {
    RateTable table(100);
    ManualClock clock;
    clock.advance(seconds(5));
    for (int i = 0; i < 3; ++i) {
        table.take("key", ten_a_second, clock.monotonic());
        clock.advance(milliseconds(10));
    }
    auto const taken = table.drain(10);
    ASSERT_EQ(taken.size(), 1u);
    EXPECT_EQ(taken[0].first_us, seconds(5).us);
    EXPECT_EQ(taken[0].work_us, milliseconds(300).us);
    EXPECT_TRUE(table.drain(10).empty());
    for (int i = 0; i < 20; ++i) table.take("full", {"a test", 1}, clock.monotonic());
    EXPECT_EQ(table.drain(10).at(0).work_us, minutes(1).us) << "what is refused takes nothing";
}

TEST(RateTable, WhatOthersTookIsAddedToWhatWasTakenMeanwhile) {
    RateTable table(100);
    ManualClock clock;
    clock.advance(hours(1));
    Limit const hourly{"a test", 60, hours(1)};
    table.take("key", hourly, clock.monotonic());
    table.drain(10);
    table.take("key", hourly, clock.monotonic());
    table.learn("key", clock.monotonic() + minutes(30), clock.monotonic());
    EXPECT_EQ(table.take("key", hourly, clock.monotonic()).remaining, 60 - 32);
    table.learn("key", clock.monotonic(), clock.monotonic());
    EXPECT_EQ(table.take("key", hourly, clock.monotonic()).remaining, 60 - 33) << "less than known is no news";
    EXPECT_EQ(table.drain(10).at(0).known_us, clock.monotonic().us);
}

TEST(RateTable, TakesThatCouldNotBeToldRaiseTheSharedTimeToThatOfTheNode) {
    Taken saturated{"key", seconds(10).us, seconds(3'600).us, 0, seconds(3'601).us};
    RateTable::carry_over(saturated, seconds(3'600));
    EXPECT_EQ(saturated.first_us, seconds(3'601).us);
    EXPECT_EQ(saturated.work_us, 0);
    Taken idle{"key", seconds(10).us, seconds(5).us, 0, seconds(15).us};
    RateTable::carry_over(idle, seconds(60));
    EXPECT_EQ(idle.first_us, seconds(60).us);
    EXPECT_EQ(idle.work_us, 0);
    Taken fresh{"key", seconds(10).us, seconds(1).us, 0, seconds(11).us};
    RateTable::carry_over(fresh, seconds(10) + RateTable::carried);
    EXPECT_EQ(fresh.first_us, seconds(10).us);
    EXPECT_EQ(fresh.work_us, seconds(1).us);
}

TEST(RateTable, AnHourThatCouldNotBeToldIsNotAddedToWhatIsLearned) {
    RateTable table(100);
    ManualClock clock;
    for (; clock.monotonic() < hours(1); clock.advance(milliseconds(99)))
        table.take("key", ten_a_second, clock.monotonic());
    table.learn("key", clock.monotonic() + milliseconds(500), clock.monotonic());
    auto const decision = table.take("key", ten_a_second, clock.monotonic());
    EXPECT_LE(decision.reset, seconds(1));
}

TEST(RateTable, OfSeveralLimitsAllAreTakenOrNone) {
    RateTable table(1'000);
    ManualClock clock;
    std::vector<Ask> const asks{
        {"wide", {"wide", 10}, 3}, {"narrow", {"narrow", 1}, 1}, {"looked at", {"other", 5}, 0}};
    auto const taken = table.take_all(asks, clock.monotonic());
    EXPECT_TRUE(taken[0].allowed && taken[1].allowed && taken[2].allowed);
    EXPECT_EQ(taken[0].remaining, 7);
    EXPECT_EQ(taken[1].remaining, 0);
    EXPECT_EQ(taken[2].remaining, 5);
    auto const refused = table.take_all(asks, clock.monotonic());
    EXPECT_FALSE(refused[1].allowed);
    EXPECT_EQ(refused[1].retry_after, minutes(1));
    EXPECT_EQ(refused[0].remaining, 7) << "nothing was taken of it";
    EXPECT_EQ(table.take("wide", {"wide", 10}, clock.monotonic()).remaining, 6);
    EXPECT_EQ(table.size(), 2u) << "what is only looked at takes no room";
}

TEST(RateTable, ACostTakesAsMuchAsThatManyRequests) {
    RateTable table(1'000);
    ManualClock clock;
    auto const take = [&](std::int64_t cost) {
        std::vector<Ask> const asks{{"key", ten_a_second, cost}};
        return table.take_all(asks, clock.monotonic())[0];
    };
    EXPECT_EQ(take(8).remaining, 2);
    auto const refused = take(3);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 2);
    EXPECT_EQ(refused.retry_after, milliseconds(100));
    EXPECT_TRUE(take(2).allowed);
    EXPECT_FALSE(take(11).allowed);
    clock.advance(minutes(1));
    EXPECT_FALSE(take(11).allowed) << "more than the whole burst";
    EXPECT_EQ(table.drain(10).at(0).work_us, seconds(1).us);
}

TEST(RateTable, SeveralLimitsAreTakenByManyThreadsAtOnceWithoutWaitingForEachOther) {
    RateTable table(1'000);
    ManualClock clock;
    std::atomic<int> allowed = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number)
        threads.emplace_back([&, number] {
            std::vector<Ask> asks{{"a", {"a", 1'000}}, {"b", {"b", 500}}, {"c", {"c", 2'000}}};
            if (number % 2 == 1) std::reverse(asks.begin(), asks.end());
            for (int i = 0; i < 200; ++i) {
                auto const decisions = table.take_all(asks, clock.monotonic());
                allowed += std::all_of(decisions.begin(), decisions.end(), [](auto const& d) { return d.allowed; });
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(allowed, 500);
    EXPECT_EQ(table.take("a", {"a", 1'000}, clock.monotonic()).remaining, 499);
}

}  // namespace
}  // namespace mainstay::shared_state
