// The bound that shared_state.hpp states for what all nodes together let through, and what is really let through.
#include "kernel/shared_state/memory_store.hpp"
#include "kernel/shared_state/redis_server_fixture.hpp"
#include "kernel/shared_state/redis_store.hpp"
#include "kernel/shared_state/settlement.hpp"

#include <array>
#include <random>
#include <thread>

namespace mainstay::shared_state {
namespace {

// A single limiter of all that was let through: by how many requests it runs ahead of the rate at most. In any time T
// rate x T and that many were let through, so that the bound of shared_state.hpp is one of this.
class Judge {
public:
    explicit Judge(Limit const& limit) : spacing_us_(limit.per.us / limit.count) {}
    void let_through(Duration when) {
        arrival_us_ = std::max(arrival_us_, when.us) + spacing_us_;
        ahead_us_ = std::max(ahead_us_, arrival_us_ - when.us);
        ++count_;
    }
    double most_ahead() const { return static_cast<double>(ahead_us_) / static_cast<double>(spacing_us_); }
    std::int64_t count() const { return count_; }

private:
    std::int64_t spacing_us_, arrival_us_ = 0, ahead_us_ = 0, count_ = 0;
};

// All but rate x T of the bound.
double bound(Limit const& limit, std::size_t nodes, Duration interval, Duration knows_after, double asked_of_one) {
    double const rate = static_cast<double>(limit.count) / static_cast<double>(limit.per.us);
    auto const burst = static_cast<double>(limit.burst > 0 ? limit.burst : limit.count);
    double const unknown = std::min(burst + rate * static_cast<double>(knows_after.us), asked_of_one);
    return burst + rate * static_cast<double>(interval.us) + static_cast<double>(nodes - 1) * unknown;
}

struct Simulated {
    Simulated(std::shared_ptr<MemoryMeeting> meeting, Clock& clock)
        : store(std::move(meeting)), settlement(table, store, clock) {}
    RateTable table{1'000};
    MemoryStore store;
    Settlement settlement;
    Duration settles_at{};
};

// One course of events, by a seed: requests that come evenly, in floods or by turns; nodes that settle each by itself.
void simulate(unsigned seed) {
    std::mt19937 random(seed);
    auto const between = [&](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    ManualClock clock;
    auto const meeting = std::make_shared<MemoryMeeting>(clock);
    std::vector<std::unique_ptr<Simulated>> nodes;
    for (std::int64_t i = between(1, 6); i > 0; --i) nodes.push_back(std::make_unique<Simulated>(meeting, clock));
    Limit const limit{"a test", between(1, 200), seconds(between(1, 5)), between(1, 100)};
    Duration const interval = milliseconds(between(10, 300));
    std::int64_t const often = between(1, 100);  // percent of the milliseconds in which a node is asked
    std::int64_t const pause = between(0, 7);    // a second in which nobody asks
    Judge judge(limit);
    for (int millisecond = 0; millisecond < 8'000; ++millisecond) {
        bool const is_pause = millisecond / 1'000 == pause;
        for (auto const& node : nodes) {
            for (std::int64_t asked = is_pause || between(1, 100) > often ? 0 : between(1, 5); asked > 0; --asked) {
                if (node->table.take("key", limit, clock.monotonic()).allowed) judge.let_through(clock.monotonic());
            }
            if (clock.monotonic() < node->settles_at) continue;
            EXPECT_TRUE(node->settlement.settle());
            node->settles_at = clock.monotonic() + Duration{between(interval.us / 2, interval.us)};
        }
        clock.advance(milliseconds(1));
    }
    Duration const knows_after = {2 * (interval.us + 1'000)};  // a millisecond is this world's moment
    double const asked = 5.0 * static_cast<double>(knows_after.us) / 1'000;
    EXPECT_LE(judge.most_ahead(), bound(limit, nodes.size(), interval, knows_after, asked)) << "seed " << seed;
    if (nodes.size() == 1) {
        EXPECT_LE(judge.most_ahead(), static_cast<double>(limit.burst));
    }
}

TEST(ErrorBound, HoldsInEveryCourseOfEvents) {
    for (unsigned seed = 1; seed <= 150; ++seed) simulate(seed);
}

class StoreThatGoesAway : public MemoryStore {
public:
    using MemoryStore::MemoryStore;
    std::vector<Duration> book(std::uint64_t number, std::span<Booking const> bookings) override {
        if (is_away) throw StoreAway("for a test");
        return MemoryStore::book(number, bookings);
    }
    bool is_away = false;
};

TEST(ErrorBound, AfterMinutesAloneNodesShareTheLimitAtOnceAndOweNothing) {
    ManualClock clock;
    auto const meeting = std::make_shared<MemoryMeeting>(clock);
    struct Alone {
        Alone(std::shared_ptr<MemoryMeeting> const& at, Clock& by) : store(at), settlement(table, store, by) {}
        RateTable table{1'000};
        StoreThatGoesAway store;
        Settlement settlement;
    };
    std::array<std::unique_ptr<Alone>, 3> nodes;
    for (auto& node : nodes) node = std::make_unique<Alone>(meeting, clock);
    constexpr Limit ten_a_second{"a test", 10, seconds(1)};
    // How many all let through in this time, each asked far more often than the limit allows.
    auto const let_through_in = [&](Duration time, bool is_away) {
        std::int64_t sum = 0;
        for (Duration const end = clock.monotonic() + time; clock.monotonic() < end; clock.advance(milliseconds(10)))
            for (auto const& node : nodes) {
                node->store.is_away = is_away;
                sum += node->table.take("key", ten_a_second, clock.monotonic()).allowed ? 1 : 0;
                if (clock.monotonic().us % milliseconds(100).us == 0) {
                    EXPECT_EQ(node->settlement.settle(), !is_away);
                }
            }
        return static_cast<double>(sum);
    };
    let_through_in(seconds(10), false);
    EXPECT_NEAR(let_through_in(minutes(10), true), 3 * 6'000, 60) << "each has the limit to itself";
    EXPECT_NEAR(let_through_in(seconds(10), false), 100, 10);
    EXPECT_NEAR(let_through_in(seconds(100), false), 1'000, 10);
}

// Each of four nodes is asked all the time, far past the limit, and settles as the server does.
TEST(ErrorBound, HoldsForNodesThatAreFloodedAndShareARealRedis) {
    constexpr std::size_t count = 4;
    constexpr Limit limit{"a test", 200, seconds(1), 50};
    redis_test::RedisServer const server;
    struct Flooded {
        explicit Flooded(RedisPlace place) : store(std::move(place)), settlement(table, store, system_clock()) {}
        RateTable table{1'000};
        RedisStore store;
        Settlement settlement;
        std::vector<Duration> let_through;
        std::int64_t asked = 0;
        Duration longest{};  // between two settlements
    };
    std::vector<std::unique_ptr<Flooded>> nodes;
    for (std::size_t i = 0; i < count; ++i) nodes.push_back(std::make_unique<Flooded>(server.place()));
    for (auto const& node : nodes) ASSERT_TRUE(node->settlement.settle());
    Duration const began = system_clock().monotonic(), end = began + seconds(3);
    {
        std::vector<std::jthread> threads;
        for (auto const& node : nodes)
            threads.emplace_back([&, flooded = node.get()] {
                Duration settled = system_clock().monotonic();
                for (Duration now = settled; now < end; now = system_clock().monotonic()) {
                    for (int i = 0; i < 10; ++i, ++flooded->asked)
                        if (flooded->table.take("key", limit, now).allowed) flooded->let_through.push_back(now);
                    if (now - settled >= settle_interval) {
                        EXPECT_TRUE(flooded->settlement.settle());
                        Duration const done = system_clock().monotonic();
                        flooded->longest = std::max(flooded->longest, done - settled);
                        settled = done;
                    }
                    poll(nullptr, 0, 1);
                }
            });
    }
    std::vector<Duration> all;
    Duration longest{};
    std::int64_t asked = 0;
    for (auto const& node : nodes) {
        all.insert(all.end(), node->let_through.begin(), node->let_through.end());
        longest = std::max(longest, node->longest);
        asked = std::max(asked, node->asked);
    }
    std::sort(all.begin(), all.end());
    Judge judge(limit);
    for (Duration const when : all) judge.let_through(when);
    double const most = bound(limit, count, longest, {2 * longest.us}, static_cast<double>(asked));
    double const rate = static_cast<double>(limit.count) / static_cast<double>(limit.per.us);
    double const exact = 50 + rate * static_cast<double>((end - began).us);
    RecordProperty("most_ahead", std::to_string(judge.most_ahead()));
    RecordProperty("bound", std::to_string(most));
    RecordProperty("let_through", std::to_string(judge.count()));
    RecordProperty("exact", std::to_string(exact));
    EXPECT_LE(judge.most_ahead(), most);
    EXPECT_GT(judge.most_ahead(), 50) << "four floods at once are more than one limiter would let through";
    // Paid back: the sum is that of one limiter, but for what was ahead at the end and what nobody dared to take.
    EXPECT_LE(static_cast<double>(judge.count()), exact + most - 50);
    EXPECT_GE(static_cast<double>(judge.count()), exact - rate * static_cast<double>(2 * longest.us) - count);
}

}  // namespace
}  // namespace mainstay::shared_state
