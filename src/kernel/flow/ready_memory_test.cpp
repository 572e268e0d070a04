#include "kernel/flow/ready_memory.hpp"

#include <gtest/gtest.h>

namespace mainstay::flow {
namespace {

Instant const start{1'800'000'000'000'000};

Ready ready(std::int64_t priority, Duration wait, bool is_abandoned = false, std::string kind = "k") {
    return {JobId::make(start).to_string(),
            TenantId::make(start),
            "default",
            std::move(kind),
            priority,
            start + wait,
            is_abandoned};
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
    for (auto const& r : {late, early, high, future}) memory.offer(r);
    EXPECT_FALSE(memory.has_due(start, true));
    EXPECT_EQ(memory.next_time(), start + seconds(1));
    EXPECT_EQ(ids(memory.take(start + seconds(10), 2, true)), (std::vector{high.id, early.id}));
    EXPECT_EQ(ids(memory.take(start + seconds(10), 9, true)), std::vector{late.id});
    EXPECT_EQ(memory.size(), 1u);
}

TEST(ReadyMemory, GivesBackWhatItWasOffered) {
    ReadyMemory memory({"k", "run:g@1"});
    Ready run = ready(3, {}, false, "run:g@1");
    run.id = RunId::make(start).to_string();
    memory.offer(run);
    auto const taken = memory.take(start, 1, true);
    ASSERT_EQ(taken.size(), 1u);
    EXPECT_EQ(taken[0].id, run.id);
    EXPECT_EQ(taken[0].tenant, run.tenant);
    EXPECT_EQ(taken[0].kind, run.kind);
    EXPECT_EQ(taken[0].priority, 3);
}

TEST(ReadyMemory, TakesOneOfTheAbandonedAtATime) {
    ReadyMemory memory({"k"});
    auto const first = ready(9, {}, true), second = ready(9, seconds(1), true), sound = ready(0, {});
    for (auto const& r : {first, second, sound}) memory.offer(r);
    EXPECT_EQ(ids(memory.take(start + seconds(5), 9, true)), (std::vector{first.id, sound.id}));
    EXPECT_FALSE(memory.has_due(start + seconds(5), false));
    EXPECT_TRUE(memory.has_due(start + seconds(5), true));
}

TEST(ReadyMemory, LeavesUnknownKindsToOthers) {
    ReadyMemory memory({"k"});
    memory.offer(ready(0, {}, false, "other"));
    EXPECT_EQ(memory.size(), 0u);
}

TEST(ReadyMemory, KeepsWhatComesNextWhenItIsFull) {
    ReadyMemory memory({"k"}, 8);
    std::vector<Ready> offered;
    for (int i = 20; i > 0; --i) memory.offer(offered.emplace_back(ready(0, seconds(i))));
    EXPECT_EQ(memory.size(), 8u);
    EXPECT_FALSE(memory.is_low());
    auto const taken = memory.take(start + seconds(100), 7, true);
    EXPECT_EQ(taken[0].run_at, start + seconds(1));
    EXPECT_EQ(taken[6].run_at, start + seconds(7));
    EXPECT_TRUE(memory.is_low());
    memory.clear();
    EXPECT_FALSE(memory.is_low());
}

}  // namespace
}  // namespace mainstay::flow
