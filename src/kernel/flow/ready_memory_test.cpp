#include "kernel/flow/ready_memory.hpp"

#include <gtest/gtest.h>

namespace mainstay::flow {
namespace {

Instant const start{1'800'000'000'000'000};
TenantId const one = TenantId::make(start), another = TenantId::make(start);

Ready ready(std::int64_t priority, Duration wait, bool is_abandoned = false, std::string const& kind = "k",
            TenantId tenant = one) {
    return {JobId::make(start).to_string(), tenant, "default", kind, priority, start + wait, is_abandoned};
}

std::vector<std::string> ids(std::vector<Ready> const& list) {
    std::vector<std::string> out;
    for (auto const& r : list) out.push_back(r.id);
    return out;
}

TEST(ReadyMemory, GivesByPriorityAndThenByTime) {
    ReadyMemory memory({"k"});
    auto const late = ready(0, seconds(2)), early = ready(0, seconds(1)), high = ready(5, seconds(3)),
               future = ready(9, seconds(100));
    for (auto const& r : {late, early, high, future}) memory.offer(r, start);
    EXPECT_FALSE(memory.has_due(start, true));
    EXPECT_EQ(memory.next_time(), start + seconds(1));
    EXPECT_EQ(ids(memory.take(start + seconds(10), 2, true)), (std::vector{high.id, early.id}));
    EXPECT_EQ(ids(memory.take(start + seconds(10), 9, true)), std::vector{late.id});
    EXPECT_EQ(memory.size(), 1u);
}

TEST(ReadyMemory, GivesBackWhatItWasOffered) {
    ReadyMemory memory({"k", "run:g@1", "schedule:"});
    std::map<std::string, std::string> const offered{{"k", JobId::make(start).to_string()},
                                                     {"run:g@1", RunId::make(start).to_string()},
                                                     {"schedule:", ScheduleId::make(start).to_string()}};
    for (auto const& [kind, id] : offered) memory.offer({id, one, "default", kind, 3, start}, start);
    auto const taken = memory.take(start, 9, true);
    ASSERT_EQ(taken.size(), 3u);
    for (auto const& work : taken) {
        EXPECT_EQ(work.id, offered.at(work.kind));
        EXPECT_EQ(work.tenant, one);
        EXPECT_EQ(work.priority, 3);
    }
}

TEST(ReadyMemory, LeavesWhatSomethingElseWillWakeInTheTable) {
    ReadyMemory memory({"k"});
    Ready asleep = ready(0, {});
    asleep.run_at = never;
    memory.offer(asleep, start);
    EXPECT_EQ(memory.size(), 0u);
}

TEST(ReadyMemory, TakesOneOfTheAbandonedAtATime) {
    ReadyMemory memory({"k"});
    auto const first = ready(9, {}, true), second = ready(9, seconds(1), true), sound = ready(0, {});
    for (auto const& r : {first, second, sound}) memory.offer(r, start);
    EXPECT_EQ(ids(memory.take(start + seconds(5), 9, true)), (std::vector{first.id, sound.id}));
    EXPECT_FALSE(memory.has_due(start + seconds(5), false));
    EXPECT_TRUE(memory.has_due(start + seconds(5), true));
}

TEST(ReadyMemory, TenantsTakeTurnsWithinAPriority) {
    ReadyMemory memory({"k"});
    std::vector<Ready> flood;
    for (int i = 0; i < 100; ++i) memory.offer(flood.emplace_back(ready(0, seconds(i))), start);
    auto const single = ready(0, seconds(200), false, "k", another), urgent = ready(1, seconds(200));
    memory.offer(single, start);
    memory.offer(urgent, start);
    auto const taken = ids(memory.take(start + seconds(300), 4, true));
    EXPECT_EQ(taken[0], urgent.id);
    EXPECT_TRUE(taken[1] == single.id || taken[2] == single.id);
    EXPECT_EQ(memory.size(), 98u);
}

TEST(ReadyMemory, FloodOfOneTenantLeavesRoomForAnothersWork) {
    ReadyMemory memory({"k"}, 8);
    for (int i = 0; i < 50; ++i) memory.offer(ready(0, seconds(i)), start);
    EXPECT_TRUE(memory.has_due(start + seconds(100), true));
    auto const single = ready(0, seconds(90), false, "k", another);
    memory.offer(single, start);
    EXPECT_TRUE(memory.has_due(start + seconds(100), true));
    for (int i = 50; i < 100; ++i) {
        memory.offer(ready(0, seconds(i)), start);
        EXPECT_TRUE(memory.has_due(start + seconds(100), true));
    }
    auto const taken = ids(memory.take(start + seconds(100), 2, true));
    EXPECT_TRUE(taken[0] == single.id || taken[1] == single.id);
}

TEST(ReadyMemory, LeavesUnknownKindsToOthers) {
    ReadyMemory memory({"k"});
    memory.offer(ready(0, {}, false, "other"), start);
    EXPECT_EQ(memory.size(), 0u);
}

TEST(ReadyMemory, KeepsWhatComesNextWhenItIsFull) {
    ReadyMemory memory({"k"}, 8);
    std::vector<Ready> offered;
    for (int i = 20; i > 0; --i) memory.offer(offered.emplace_back(ready(0, seconds(i))), start);
    EXPECT_EQ(memory.size(), 8u);
    EXPECT_FALSE(memory.is_low());
    auto const taken = memory.take(start + seconds(100), 7, true);
    EXPECT_EQ(taken[0].run_at, start + seconds(1));
    EXPECT_EQ(taken[6].run_at, start + seconds(7));
    EXPECT_TRUE(memory.is_low());
    memory.clear();
    EXPECT_FALSE(memory.is_low());
}

TEST(ReadyMemory, DueWorkThatFoundNoRoomIsReadAgainThoughMuchIsForLater) {
    ReadyMemory memory({"k"}, 8);
    for (int i = 0; i < 4; ++i) memory.offer(ready(0, hours(100 + i)), start);
    for (int i = 0; i < 10; ++i) {
        memory.offer(ready(0, seconds(i)), start);
        memory.has_due(start + seconds(10), true);
    }
    EXPECT_FALSE(memory.is_low());
    while (memory.has_due(start + seconds(10), true)) memory.take(start + seconds(10), 1, true);
    EXPECT_GT(memory.size(), 0u) << "what is for later";
    EXPECT_TRUE(memory.is_low());
}

TEST(ReadyMemory, WhatIsForLaterAndFoundNoRoomIsNotOvertaken) {
    ReadyMemory memory({"k"}, 8);
    for (int i = 1; i <= 20; ++i) memory.offer(ready(0, seconds(i)), start);
    auto const taken = memory.take(start + seconds(4), 9, true);
    EXPECT_EQ(taken.size(), 4u);
    for (int i = 21; i <= 30; ++i) memory.offer(ready(0, seconds(i)), start);
    EXPECT_EQ(memory.next_time(), start + seconds(5));
    EXPECT_EQ(memory.take(start + seconds(30), 9, true).size(), 4u);
    EXPECT_TRUE(memory.is_low());
}

TEST(ReadyMemory, FullTableIsNotReadAgainAtOnce) {
    for (Duration const last : {seconds(0), seconds(100)}) {
        ReadyMemory memory({"k"}, 8);
        for (int i = 0; i < 8; ++i) memory.offer(ready(0, i < 3 ? seconds(0) : last), start);
        memory.mark_partial(ready(0, last), start);
        EXPECT_EQ(memory.take(start, 1, true).size(), 1u);
        EXPECT_FALSE(memory.is_low());
    }
}

}  // namespace
}  // namespace mainstay::flow
