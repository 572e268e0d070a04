#include "platform/usage/quotas.hpp"
#include "kernel/events/events.hpp"
#include "platform/usage/usage_test_support.hpp"

#include <atomic>
#include <thread>

namespace mainstay::usage {
namespace {

constexpr std::string_view quota = "migrations_per_month";  // 30 of the plan free

class QuotasTest : public UsageTest {
protected:
    QuotasTest()
        : tenant_(database().write(system_scope("a test"), [](Transaction& tx) {
              return tenants::create_tenant(tx, "Quotas", entitlements::Plan::free);
          })) {}

    bool use(std::int64_t n, QuotaKind kind = QuotaKind::hard) {
        try {
            database().write(tenant_.id, [&](Transaction& tx) { require_quota(tx, quota, n, kind); });
            return true;
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, errors::quota_exceeded.name);
            EXPECT_NE(fault.public_text().find("quota: migrations_per_month"), std::string::npos);
            return false;
        }
    }
    std::int64_t used() {
        return database().read(
            tenant_.id, [&](Snapshot& s) { return used_of(s, quota, period_of(tenant_.created_at, s.now()).from); });
    }
    std::vector<std::string> told() {
        std::vector<std::string> types;
        auto const found =
            database().read(tenant_.id, [&](Snapshot& s) { return events::read_after(s, tenant_.id.to_string(), {}); });
        for (auto const& one : found) types.push_back(one.type.substr(one.type.find('_') + 1));
        return types;
    }

    tenants::Tenant const tenant_;
};
INSTANTIATE_TEST_SUITE_P(Engines, QuotasTest, testing::each_engine(), testing::engine_name);

TEST_P(QuotasTest, WhatIsPastAHardQuotaIsRefusedAndAddsNothing) {
    EXPECT_TRUE(use(29));
    EXPECT_FALSE(use(2));
    EXPECT_EQ(used(), 29);
    EXPECT_TRUE(use(1));
    EXPECT_FALSE(use(1));
    EXPECT_EQ(used(), 30);
}

TEST_P(QuotasTest, MoreThanTheWholeQuotaAtOnceIsRefused) {
    EXPECT_FALSE(use(31));
    EXPECT_EQ(used(), 0);
}

TEST_P(QuotasTest, ItIsToldOnceAt80AndOnceAt100PercentAndAnewInTheNextMonth) {
    for (int i = 0; i < 23; ++i) use(1);
    EXPECT_THAT(told(), ::testing::IsEmpty());
    use(1);
    EXPECT_THAT(told(), ::testing::ElementsAre("warned"));
    for (int i = 0; i < 9; ++i) use(1);
    EXPECT_THAT(told(), ::testing::ElementsAre("warned", "reached"));
    clock.advance(days(31));
    EXPECT_EQ(used(), 0);
    use(30);
    EXPECT_THAT(told(), ::testing::ElementsAre("warned", "reached", "warned", "reached"));
}

TEST_P(QuotasTest, ASoftQuotaIsToldOfAndStopsNobody) {
    EXPECT_TRUE(use(25, QuotaKind::soft));
    EXPECT_TRUE(use(25, QuotaKind::soft));
    EXPECT_EQ(used(), 50);
    EXPECT_THAT(told(), ::testing::ElementsAre("warned", "reached"));
}

TEST_P(QuotasTest, WhatIsRolledBackUsedNothing) {
    EXPECT_THROW(database().write(tenant_.id,
                                  [](Transaction& tx) {
                                      require_quota(tx, quota, 30);
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    EXPECT_EQ(used(), 0);
    EXPECT_THAT(told(), ::testing::IsEmpty());
}

TEST_P(QuotasTest, HoweverManyUseItAtOnceNoneIsLetPastAndEachWordIsSaidOnce) {
    std::atomic<int> let_in = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 12; ++n) let_in += use(1) ? 1 : 0;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(let_in, 30);
    EXPECT_EQ(used(), 30);
    EXPECT_THAT(told(), ::testing::ElementsAre("warned", "reached"));
}

TEST_P(QuotasTest, AQuotaThatNoPlanHasIsAFaultOfTheProgram) {
    EXPECT_THROW(database().write(tenant_.id, [](Transaction& tx) { require_quota(tx, "members", 1); }),
                 std::logic_error);
}

TEST(Months, BeginOnTheDayOnWhichTheTenantWasMadeOrTheLastOfAShorterMonth) {
    struct Case {
        char const *anchor, *now, *from, *to;
    };
    for (Case const& one :
         {Case{"2027-01-15T08:00:00Z", "2027-01-15T07:00:00Z", "2027-01-15T00:00:00Z", "2027-02-15T00:00:00Z"},
          {"2027-01-15T08:00:00Z", "2027-02-14T23:59:59Z", "2027-01-15T00:00:00Z", "2027-02-15T00:00:00Z"},
          {"2027-01-31T08:00:00Z", "2027-02-28T00:00:00Z", "2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z"},
          {"2027-01-31T08:00:00Z", "2027-02-27T12:00:00Z", "2027-01-31T00:00:00Z", "2027-02-28T00:00:00Z"},
          {"2027-01-31T08:00:00Z", "2028-02-29T12:00:00Z", "2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z"},
          {"2027-03-30T08:00:00Z", "2028-01-01T00:00:00Z", "2027-12-30T00:00:00Z", "2028-01-30T00:00:00Z"}})
        EXPECT_EQ(period_of(at(one.anchor), at(one.now)), (QuotaPeriod{at(one.from), at(one.to)}))
            << one.anchor << ' ' << one.now;
}

}  // namespace
}  // namespace mainstay::usage
