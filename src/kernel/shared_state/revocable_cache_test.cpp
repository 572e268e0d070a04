#include "kernel/shared_state/shared_state.hpp"

#include <gtest/gtest.h>

namespace mainstay::shared_state {
namespace {

class RevocableCacheTest : public ::testing::Test {
protected:
    static Sha256 key(int number) { return sha256("key" + std::to_string(number)); }
    void put(int number, std::vector<std::string> const& subjects, std::uint64_t moment) {
        cache_.put(key(number), std::make_shared<int const>(number), subjects, moment);
    }
    bool has(int number) { return cache_.find(key(number)) != nullptr; }

    static constexpr std::size_t entries_max = 640;
    ManualClock clock_;
    RevocableCache<int> cache_{clock_, entries_max};
};

TEST_F(RevocableCacheTest, WhatIsRevokedIsNotFoundAndTheOthersAre) {
    put(1, {"key_1", "ten_1"}, cache_.moment());
    put(2, {"key_2", "ten_1"}, cache_.moment());
    put(3, {"key_3", "ten_2"}, cache_.moment());
    cache_.forget("key_1");
    EXPECT_FALSE(has(1));
    EXPECT_TRUE(has(2));
    cache_.forget("ten_1");
    EXPECT_FALSE(has(2));
    EXPECT_TRUE(has(3));
    EXPECT_EQ(*cache_.peek(key(1)), 1) << "believed or not";
}

TEST_F(RevocableCacheTest, WhatWasLookedUpBeforeARevocationWasHeardIsNotBelievedAfterIt) {
    std::uint64_t const before = cache_.moment();
    cache_.forget("key_1");
    put(1, {"key_1"}, before);
    EXPECT_FALSE(has(1));
    put(1, {"key_1"}, cache_.moment());
    EXPECT_TRUE(has(1));
}

TEST_F(RevocableCacheTest, NothingIsBelievedForLongerThanItsTime) {
    put(1, {"key_1"}, cache_.moment());
    clock_.advance(RevocableCache<int>::kept - microseconds(1));
    EXPECT_TRUE(has(1));
    clock_.advance(microseconds(1));
    EXPECT_FALSE(has(1));
}

TEST_F(RevocableCacheTest, ARevocationOutlastsWhatItMadeUntrue) {
    put(1, {"key_1"}, cache_.moment());
    clock_.advance(seconds(1));
    cache_.forget("key_1");
    clock_.advance(RevocableCache<int>::kept - seconds(1) - microseconds(1));
    cache_.forget("key_2");
    EXPECT_FALSE(has(1));
}

TEST_F(RevocableCacheTest, PastAHundredThousandRevocationsNothingOlderIsBelieved) {
    put(1, {"key_1"}, cache_.moment());
    for (std::size_t i = 0; i < RevokedSubjects::kept_max; ++i) cache_.forget("other_" + std::to_string(i));
    EXPECT_TRUE(has(1));
    cache_.forget("one_more");
    EXPECT_FALSE(has(1));
    put(1, {"key_1"}, cache_.moment());
    EXPECT_TRUE(has(1));
}

TEST_F(RevocableCacheTest, HoweverManyArePutItsMemoryIsBoundedAndThoseInUseStay) {
    put(0, {"key_0"}, cache_.moment());
    int found = 0;
    for (int i = 1; i < 20'000; ++i) {
        found += has(0) ? 1 : 0;
        put(i, {"key"}, cache_.moment());
    }
    EXPECT_LE(cache_.size(), entries_max + 64);
    EXPECT_GT(cache_.size(), entries_max / 2);
    EXPECT_EQ(found, 19'999);
}

}  // namespace
}  // namespace mainstay::shared_state
