#include "kernel/upkeep/upkeep.hpp"

#include "testing/testing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace mainstay {
namespace {

using ::testing::HasSubstr;

class UpkeepTest : public ::testing::Test {
protected:
    UpkeepTest() {
        upkeep.log = [this](std::string_view, std::string_view text) {
            std::lock_guard const lock(mutex_);
            logged_ += text;
        };
    }
    std::uint64_t done(std::size_t task = 0) {
        auto const counters = upkeep.counters().at(task);
        return counters.rounds_total + counters.failures_total;
    }
    bool comes_to(std::uint64_t rounds, std::size_t task = 0) {
        return testing::comes_true([&] { return done(task) >= rounds; });
    }
    std::string logged() {
        std::lock_guard const lock(mutex_);
        return logged_;
    }

private:
    std::mutex mutex_;
    std::string logged_;

protected:
    ManualClock clock;
    Upkeep upkeep{clock};
};

TEST_F(UpkeepTest, TheFirstRoundIsAtOnceAndTheNextWhenThePauseHasPassedByTheClock) {
    upkeep.add({"counting", hours(1), [](auto const&) {}});
    upkeep.start();
    ASSERT_TRUE(comes_to(1));
    clock.advance(hours(1) - seconds(1));
    upkeep.wake();
    EXPECT_EQ(done(), 1u);
    clock.advance(seconds(1));
    upkeep.wake();
    EXPECT_TRUE(comes_to(2));
    EXPECT_EQ(upkeep.counters().at(0).succeeded_at, clock.now());
}

TEST_F(UpkeepTest, ARoundThatFailsIsLoggedAndTheNextOneComes) {
    std::atomic<int> rounds = 0;
    upkeep.add({"counting", hours(1), [&](auto const&) {
                    if (++rounds == 1) throw std::runtime_error("the database is away");
                }});
    upkeep.start();
    ASSERT_TRUE(comes_to(1));
    EXPECT_THAT(logged(), HasSubstr("counting waits for its next round: the database is away"));
    EXPECT_FALSE(upkeep.counters().at(0).succeeded_at);
    clock.advance(hours(1));
    upkeep.wake();
    ASSERT_TRUE(comes_to(2));
    EXPECT_EQ(upkeep.counters().at(0).failures_total, 1u);
    EXPECT_EQ(upkeep.counters().at(0).rounds_total, 1u);
}

TEST_F(UpkeepTest, ATaskThatTakesLongHoldsUpNoOther) {
    upkeep.add({"long", hours(1),
                [](std::stop_token const& stops) { testing::comes_true([&] { return stops.stop_requested(); }); }});
    upkeep.add({"short", hours(1), [](auto const&) {}});
    upkeep.start();
    EXPECT_TRUE(comes_to(1, 1));
    EXPECT_EQ(done(0), 0u);
}

TEST_F(UpkeepTest, AStopWaitsForNoPauseAndEndsARoundThatLooks) {
    std::atomic<bool> is_under_way = false;
    upkeep.add({"waiting", days(1), [](auto const&) {}});
    upkeep.add({"working", days(1), [&](std::stop_token const& stops) {
                    is_under_way = true;
                    EXPECT_TRUE(testing::comes_true([&] { return stops.stop_requested(); }));
                }});
    upkeep.start();
    ASSERT_TRUE(testing::comes_true([&] { return is_under_way && done() == 1; }));
    upkeep.stop();
    EXPECT_EQ(done(0), 1u);
    EXPECT_EQ(done(1), 1u);
}

}  // namespace
}  // namespace mainstay
