#include "platform/usage/usage_store.hpp"

#include "testing/testing.hpp"

namespace mainstay::usage {
namespace {

class RequestCountsTest : public testing::Engines {
protected:
    RequestCountsTest() { migrate({migrations()}); }

    std::vector<RequestCount> counts_of(TenantId tenant) {
        return database().read(tenant, [&](Snapshot& snapshot) {
            return counts_between(snapshot, day_of(clock.now()), day_of(clock.now()), 100);
        });
    }

    RequestCounts counts_;
};
INSTANTIATE_TEST_SUITE_P(Engines, RequestCountsTest, testing::each_engine(), testing::engine_name);

TEST_P(RequestCountsTest, EachTenantHasItsOwnAndTheyAreWrittenTogether) {
    for (int i = 0; i < 3; ++i) counts_.add(mine, "key_1", "read_me", 200, milliseconds(2));
    counts_.add(mine, "key_1", "read_me", 429, milliseconds(1));
    counts_.add(theirs, "key_2", "read_me", 200, milliseconds(5));
    auto const before = database().counters().writes_total;
    counts_.flush(database(), clock);
    EXPECT_EQ(database().counters().writes_total - before, 1u);
    counts_.add(mine, "key_1", "read_me", 200, milliseconds(4));
    counts_.flush(database(), clock);
    auto const own = counts_of(mine);
    ASSERT_EQ(own.size(), 2u);
    EXPECT_EQ(own[0].requests, 4);
    EXPECT_EQ(own[0].total_us, milliseconds(10).us);
    EXPECT_EQ(own[1].status, 429);
    ASSERT_EQ(counts_of(theirs).size(), 1u);
    EXPECT_EQ(counts_of(theirs)[0].credential_id, "key_2");
}

TEST_P(RequestCountsTest, MoreThanFitInOneCommitAreAllWritten) {
    for (int i = 0; i < 1'500; ++i)
        counts_.add(i % 2 == 0 ? mine : theirs, "key_" + std::to_string(i), "read_me", 200, {});
    counts_.flush(database(), clock);
    for (auto const tenant : {mine, theirs}) {
        std::int64_t const rows = database().read(tenant, [&](Snapshot& snapshot) {
            return static_cast<std::int64_t>(
                counts_between(snapshot, day_of(clock.now()), day_of(clock.now()), 10'000).size());
        });
        EXPECT_EQ(rows, 750);
    }
}

}  // namespace
}  // namespace mainstay::usage
