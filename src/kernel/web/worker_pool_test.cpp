#include "kernel/web/worker_pool.hpp"
#include "kernel/web/edge_deadlines.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <vector>

namespace mainstay::web {
namespace {

class Call final : public PoolTask {
public:
    explicit Call(std::function<void(std::uint64_t)> call) : call_(std::move(call)) {}
    void run(std::uint64_t ticket) noexcept override { call_(ticket); }

private:
    std::function<void(std::uint64_t)> call_;
};

std::shared_ptr<PoolTask> call(std::function<void(std::uint64_t)> work) {
    return std::make_shared<Call>(std::move(work));
}

TEST(WorkerPool, GivesKeysTurnsAndKeepsTheOrderWithinEach) {
    WorkerPool pool({1, 100, 100});
    std::string order;
    std::promise<void> done;
    auto const letter = [&](char c) {
        return call([&order, c](std::uint64_t n) { order += c + std::to_string(n) + " "; });
    };
    for (std::uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(pool.submit(7, letter('a'), i));
    for (std::uint64_t i = 0; i < 2; ++i) ASSERT_TRUE(pool.submit(8, letter('b'), i));
    ASSERT_TRUE(pool.submit(9, letter('c'), 0));
    ASSERT_TRUE(pool.submit(7, call([&](std::uint64_t) { done.set_value(); }), 0));
    EXPECT_EQ(pool.depth(), 7u);
    pool.start();
    done.get_future().wait();
    EXPECT_EQ(order, "a0 b0 c0 a1 b1 a2 ");
    pool.stop();
    EXPECT_EQ(pool.depth(), 0u);
}

TEST(WorkerPool, RefusesPastItsLimitsAndOneKeyLeavesRoomForOthers) {
    WorkerPool pool({1, 10, 4});
    auto const nothing = call([](std::uint64_t) {});
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(pool.submit(1, nothing, 0));
    EXPECT_FALSE(pool.submit(1, nothing, 0));
    for (std::uint64_t key = 2; key < 8; ++key) EXPECT_TRUE(pool.submit(key, nothing, 0));
    EXPECT_FALSE(pool.submit(99, nothing, 0));
    EXPECT_EQ(pool.refused(), 2u);
    EXPECT_EQ(pool.depth(), 10u);
}

TEST(WorkerPool, ManyKeysAreServedAndForgotten) {
    WorkerPool pool({3, 100'000, 10});
    pool.start();
    std::atomic<int> ran = 0;
    auto const count = call([&](std::uint64_t) { ++ran; });
    int submitted = 0;
    for (std::uint64_t key = 0; key < 20'000; ++key) submitted += pool.submit(key, count, 0);
    EXPECT_EQ(submitted, 20'000);
    std::promise<void> done;
    pool.submit(1, call([&](std::uint64_t) { done.set_value(); }), 0);
    done.get_future().wait();
    pool.stop();
    EXPECT_GE(ran, 19'000);
}

// Each task blocks until all have begun: they must have a worker each, though they were submitted at once.
TEST(WorkerPool, ABlockedWorkerNeverHoldsUpTheOthers) {
    constexpr int workers = 8;
    WorkerPool pool({workers, 100, 100});
    pool.start();
    for (int round = 0; round < 50; ++round) {
        std::mutex mutex;
        std::condition_variable all_here;
        int here = 0;
        std::atomic<int> left = workers;
        std::promise<void> done;
        auto const meet = call([&](std::uint64_t) {
            std::unique_lock lock(mutex);
            if (++here == workers) all_here.notify_all();
            all_here.wait(lock, [&] { return here == workers; });
            lock.unlock();
            if (--left == 0) done.set_value();
        });
        for (int i = 0; i < workers; ++i) ASSERT_TRUE(pool.submit(static_cast<std::uint64_t>(i % 3), meet, 0));
        ASSERT_EQ(done.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
    }
}

TEST(WorkerPool, StoppingDropsWhatWaits) {
    auto const waiting = call([](std::uint64_t) { FAIL(); });
    {
        WorkerPool pool({1, 10, 10});
        EXPECT_TRUE(pool.submit(1, waiting, 0));
        EXPECT_EQ(waiting.use_count(), 2);
    }
    EXPECT_EQ(waiting.use_count(), 1);
}

struct Timed : DeadlineWheel::Entry {};

TEST(DeadlineWheel, GivesEachEntryOnceItIsDueAndNotBefore) {
    Duration now = seconds(1000);
    DeadlineWheel wheel(now);
    std::vector<std::unique_ptr<Timed>> entries;
    for (int i = 0; i < 2000; ++i) {
        entries.push_back(std::make_unique<Timed>());
        wheel.set(*entries.back(), now + milliseconds(i * 37 % 30'000));
    }
    std::size_t given = 0;
    for (int step = 0; step < 1600; ++step) {
        while (auto* entry = wheel.next_due(now)) {
            EXPECT_LE(entry->due, now);
            EXPECT_GT(entry->due + milliseconds(60), now);  // a tick, and the step of this test
            wheel.remove(*entry);
            ++given;
        }
        now = now + DeadlineWheel::tick_length;
    }
    EXPECT_EQ(given, entries.size());
    EXPECT_TRUE(wheel.is_empty());
}

TEST(DeadlineWheel, FollowsADeadlineThatIsMoved) {
    Duration now = seconds(5);
    DeadlineWheel wheel(now);
    Timed entry;
    wheel.set(entry, now + seconds(1));
    wheel.set(entry, now + seconds(60));
    for (; now < seconds(64); now = now + milliseconds(100)) EXPECT_EQ(wheel.next_due(now), nullptr);
    wheel.set(entry, never);
    wheel.set(entry, now + milliseconds(50));
    EXPECT_EQ(wheel.next_due(now + milliseconds(200)), &entry);
    wheel.set(entry, now + seconds(1));
    EXPECT_EQ(wheel.next_due(now + milliseconds(300)), nullptr);
    // After a long pause the entry is found at once.
    EXPECT_EQ(wheel.next_due(now + days(30)), &entry);
    wheel.remove(entry);
    EXPECT_EQ(wheel.next_due(now + days(60)), nullptr);
}

}  // namespace
}  // namespace mainstay::web
