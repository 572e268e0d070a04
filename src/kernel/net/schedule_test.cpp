// Who starts when, by a clock that the test moves.
#include "kernel/net/schedule.hpp"

#include <gtest/gtest.h>

namespace mainstay::net {
namespace {

class ScheduleTest : public testing::Test {
protected:
    void add(int id, std::string host, std::size_t concurrent = 10, Duration delay = {}, Duration not_before = {}) {
        schedule.add({TransferId(id), std::move(host), concurrent, delay, not_before}, now);
    }
    std::vector<int> start_all() {
        std::vector<int> started;
        while (auto const id = schedule.take_due(now)) started.push_back(static_cast<int>(*id));
        return started;
    }
    Schedule schedule;
    Duration now = seconds(1'000);
};

TEST_F(ScheduleTest, NoMoreRunToAHostThanItAllowsAndOthersDoNotWaitForIt) {
    for (int id = 1; id <= 4; ++id) add(id, "slow:80", 2);
    add(5, "other:80");
    EXPECT_EQ(start_all().size(), 3u);
    EXPECT_EQ(schedule.waiting(), 2u);
    EXPECT_FALSE(schedule.next_due());
    schedule.finished("slow:80");
    EXPECT_EQ(start_all(), std::vector{3});
}

TEST_F(ScheduleTest, StartsToAHostAreApartByTheDelay) {
    for (int id = 1; id <= 3; ++id) add(id, "shop:80", 10, seconds(2));
    EXPECT_EQ(start_all(), std::vector{1});
    EXPECT_EQ(schedule.next_due(), now + seconds(2));
    now = now + milliseconds(1'999);
    EXPECT_TRUE(start_all().empty());
    now = now + milliseconds(1);
    EXPECT_EQ(start_all(), std::vector{2});
}

TEST_F(ScheduleTest, TheDelayHoldsAlsoAfterAllHaveFinished) {
    add(1, "shop:80", 1, seconds(2));
    start_all();
    schedule.finished("shop:80");
    add(2, "shop:80", 1, seconds(2));
    EXPECT_TRUE(start_all().empty());
    now = now + seconds(2);
    EXPECT_EQ(start_all(), std::vector{2});
}

TEST_F(ScheduleTest, ARetryThatWaitsHoldsNobodyUp) {
    add(1, "shop:80", 1, {}, now + seconds(30));
    add(2, "shop:80", 1);
    EXPECT_EQ(start_all(), std::vector{2});
    schedule.finished("shop:80");
    EXPECT_EQ(schedule.next_due(), now + seconds(30));
    now = now + seconds(30);
    EXPECT_EQ(start_all(), std::vector{1});
}

TEST_F(ScheduleTest, WhatIsTakenOutDoesNotStart) {
    add(1, "shop:80");
    EXPECT_TRUE(schedule.remove(TransferId(1)));
    EXPECT_FALSE(schedule.remove(TransferId(1)));
    EXPECT_TRUE(start_all().empty());
    EXPECT_FALSE(schedule.next_due());
}

TEST_F(ScheduleTest, HostsThatAreOwedNothingAreForgottenBeforeMemoryGrows) {
    for (int id = 0; id < 25'000; ++id) {
        std::string const host = "host" + std::to_string(id) + ":80";
        add(id, host);
        start_all();
        schedule.finished(host);
    }
    EXPECT_LE(schedule.hosts(), Schedule::idle_hosts_max);
}

}  // namespace
}  // namespace mainstay::net
