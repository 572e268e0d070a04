#include "app/readiness.hpp"

#include "base/fault.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace mainstay::app {
namespace {

class ReadinessTest : public ::testing::Test {
protected:
    bool is_ready() {
        try {
            readiness_.require();
            return true;
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "busy");
            return false;
        }
    }

    ManualClock clock_;
    int checks_ = 0;
    std::function<void()> check_ = [] {};
    Readiness readiness_{clock_, [this] {
                             ++checks_;
                             check_();
                         }};
};

TEST_F(ReadinessTest, TheDatabaseIsAskedOnceASecondHoweverManyWantToKnow) {
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(is_ready());
    EXPECT_EQ(checks_, 1);
    clock_.advance(Readiness::verdict_holds);
    EXPECT_TRUE(is_ready());
    EXPECT_EQ(checks_, 2);
}

TEST_F(ReadinessTest, AFailureIsToldForASecondAndThenTriedAgain) {
    check_ = [] { throw std::runtime_error("gone"); };
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(is_ready());
    EXPECT_EQ(checks_, 1);
    check_ = [] {};
    clock_.advance(Readiness::verdict_holds);
    EXPECT_TRUE(is_ready());
}

TEST_F(ReadinessTest, ACheckThatHangsIsBegunOnceAndAfterAWhileCountsAsAFailure) {
    EXPECT_TRUE(is_ready());
    clock_.advance(Readiness::verdict_holds);
    check_ = [this] {  // while it runs, others ask
        EXPECT_TRUE(is_ready());
        clock_.advance(Readiness::verdict_expires - Readiness::verdict_holds);
        EXPECT_FALSE(is_ready());
    };
    EXPECT_TRUE(is_ready());
    EXPECT_EQ(checks_, 2);
}

TEST_F(ReadinessTest, NobodyIsToldReadyBeforeTheFirstCheckHasEnded) {
    check_ = [this] { EXPECT_FALSE(is_ready()); };
    EXPECT_TRUE(is_ready());
    EXPECT_EQ(checks_, 1);
}

}  // namespace
}  // namespace mainstay::app
