// What holds for nodes whatever they share: the memory of one process, or a Redis.
#include "kernel/shared_state/memory_store.hpp"
#include "kernel/shared_state/node_test_support.hpp"
#include "kernel/shared_state/redis_server_fixture.hpp"
#include "kernel/shared_state/redis_store.hpp"

#include <atomic>
#include <thread>

namespace mainstay::shared_state {
namespace {

using node_test::Node;
using node_test::Word;
using redis_test::comes_true;
using redis_test::RedisServer;

enum class Kind { memory, redis };

class SharedStateTest : public ::testing::TestWithParam<Kind> {
protected:
    static void TearDownTestSuite() { server().reset(); }

    SharedStateTest() {
        if (GetParam() == Kind::memory) return;
        if (!server()) server() = std::make_unique<RedisServer>();
        server()->run({"FLUSHALL"});
    }

    std::unique_ptr<Store> store() {
        if (GetParam() == Kind::memory) return std::make_unique<MemoryStore>(meeting_);
        return std::make_unique<RedisStore>(server()->place());
    }
    std::unique_ptr<Node> node(Duration skew = {}) { return std::make_unique<Node>(store(), skew); }

    // Started, and hearing each other.
    std::vector<std::unique_ptr<Node>> started_nodes(std::size_t count) {
        std::vector<std::unique_ptr<Node>> nodes;
        for (std::size_t i = 0; i < count; ++i) nodes.push_back(node());
        for (auto const& each : nodes) each->shared.start();
        for (auto const& each : nodes) EXPECT_TRUE(comes_true([&] { return each->shared.counters().is_connected; }));
        return nodes;
    }

    static std::unique_ptr<RedisServer>& server() {
        static std::unique_ptr<RedisServer> one;
        return one;
    }

    static constexpr Limit hourly{"a test", 60, hours(1)};  // one is free again after a minute: none within a test

private:
    std::shared_ptr<MemoryMeeting> const meeting_ = std::make_shared<MemoryMeeting>(system_clock());
};
INSTANTIATE_TEST_SUITE_P(Stores, SharedStateTest, ::testing::Values(Kind::memory, Kind::redis),
                         [](auto const& each) { return each.param == Kind::memory ? "Memory" : "Redis"; });

TEST_P(SharedStateTest, OneNodeIsExact) {
    auto const one = node(), other = node();
    for (int i = 0; i < 60; ++i) {
        auto const decision = one->take("key", hourly);
        EXPECT_TRUE(decision.allowed);
        EXPECT_EQ(decision.remaining, 59 - i);
        if (i % 7 == 0) one->shared.settle();
    }
    one->shared.settle();
    auto const refused = one->take("key", hourly);
    EXPECT_FALSE(refused.allowed);
    EXPECT_GT(refused.retry_after, seconds(30));
    EXPECT_LE(refused.retry_after, minutes(1));
}

TEST_P(SharedStateTest, WhatOneNodeTookTheOthersKnowOnceBothHaveSettled) {
    auto const one = node(), other = node();
    EXPECT_EQ(one->take_all("key", hourly), 60);
    one->shared.settle();
    EXPECT_TRUE(other->take("key", hourly).allowed) << "it has not asked yet";
    other->shared.settle();
    EXPECT_FALSE(other->take("key", hourly).allowed);
    EXPECT_EQ(other->take_all("another", hourly), 60);
}

TEST_P(SharedStateTest, NodesThatTakeInTurnLetThroughTheLimitTogether) {
    std::vector<std::unique_ptr<Node>> nodes;
    for (int i = 0; i < 4; ++i) nodes.push_back(node());
    int taken = 0;
    for (int i = 0; i < 100; ++i) {
        auto const& each = nodes[static_cast<std::size_t>(i) % nodes.size()];
        for (auto const& any : nodes) any->take("key", {"none", 100'000, hours(1)});  // so that each asks
        taken += each->take("key", hourly).allowed ? 1 : 0;
        for (int round = 0; round < 2; ++round)
            for (auto const& any : nodes) any->shared.settle();
    }
    // The takes that only asked count too: 240 of 36 ms until the limit is reached.
    EXPECT_EQ(taken, 59);
}

TEST_P(SharedStateTest, WhatWasLetThroughTooMuchIsPaidBack) {
    auto const one = node(), other = node();
    EXPECT_EQ(one->take_all("key", hourly) + other->take_all("key", hourly), 120);
    for (int round = 0; round < 2; ++round)
        for (auto* const each : {one.get(), other.get()}) {
            each->take("key", {"none", 3'600'000, hours(1), 1'000'000'000});  // so that it asks
            each->shared.settle();
        }
    for (auto* const each : {one.get(), other.get()}) {
        auto const refused = each->take("key", hourly);
        EXPECT_FALSE(refused.allowed);
        EXPECT_GT(refused.retry_after, minutes(60));
        EXPECT_LE(refused.retry_after, minutes(62));
    }
}

TEST_P(SharedStateTest, ClocksOfNodesNeedNotAgree) {
    auto const early = node(hours(-1)), late = node(hours(5));
    EXPECT_EQ(late->take_all("key", hourly), 60);
    late->shared.settle();
    EXPECT_TRUE(early->take("key", hourly).allowed);
    early->shared.settle();
    auto const refused = early->take("key", hourly);
    EXPECT_FALSE(refused.allowed);
    EXPECT_GT(refused.retry_after, seconds(90));
    EXPECT_LE(refused.retry_after, minutes(2));
}

TEST_P(SharedStateTest, ABatchThatIsSentTwiceIsBookedOnce) {
    auto const one = store(), other = store();
    std::vector<Booking> const batch{{"key", {}, minutes(1), {}}};
    Duration const first = one->book(1, batch).at(0);
    EXPECT_EQ(first, minutes(1));
    EXPECT_LE(one->book(1, batch).at(0), first);
    EXPECT_GT(one->book(2, batch).at(0), minutes(1));
    EXPECT_GT(other->book(1, batch).at(0), minutes(2)) << "another node has numbers of its own";
    EXPECT_LE(one->book(2, batch).at(0), minutes(3)) << "late, after another's";
}

TEST_P(SharedStateTest, TakesCountFromWhenTheyWereTaken) {
    auto const one = store();
    EXPECT_EQ(one->book(1, std::vector<Booking>{{"key", seconds(10), seconds(30), hours(-1)}}).at(0), seconds(20));
}

TEST_P(SharedStateTest, AKeyThatIsNotThereBeginsAtWhatTheNodeKnewOfIt) {
    auto const one = store(), other = store();
    EXPECT_EQ(one->book(1, std::vector<Booking>{{"key", {}, seconds(1), minutes(5)}}).at(0), minutes(5) + seconds(1));
    // Who knows more of a key that is there does not raise it: what was heard a moment late would add up.
    EXPECT_LE(other->book(1, std::vector<Booking>{{"key", {}, seconds(1), hours(1)}}).at(0), minutes(5) + seconds(2));
}

TEST_P(SharedStateTest, MoreKeysThanOneBatchHoldsAreAllSettled) {
    auto const one = node(), other = node();
    constexpr std::size_t keys = 2 * bookings_max + 1;
    for (std::size_t i = 0; i < keys; ++i) one->take_all("key" + std::to_string(i), {"a test", 2, hours(1)});
    one->shared.settle();
    EXPECT_EQ(one->shared.counters().settled_keys, keys);
    EXPECT_EQ(one->shared.counters().settled_batches, 3u);
    for (std::size_t i = 0; i < keys; ++i) other->take("key" + std::to_string(i), {"a test", 2, hours(1)});
    other->shared.settle();
    for (std::size_t i = 0; i < keys; ++i)
        EXPECT_FALSE(other->take("key" + std::to_string(i), {"a test", 2, hours(1)}).allowed);
}

TEST_P(SharedStateTest, WhatIsLeftIsSettledWhenANodeStops) {
    auto const nodes = started_nodes(2);
    EXPECT_EQ(nodes[0]->take_all("key", hourly), 60);
    nodes[0]->shared.stop();
    nodes[1]->shared.stop();
    auto const fresh = store();
    EXPECT_GT(fresh->book(1, std::vector<Booking>{{"key", {}, {}, {}}}).at(0), minutes(59));
}

TEST_P(SharedStateTest, TakesOfManyThreadsAreAllCounted) {
    auto const nodes = started_nodes(2);
    constexpr Limit large{"a test", 20'000, hours(1)};
    std::atomic<std::int64_t> taken = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                for (int turn = 0; turn < 2'000; ++turn) {
                    if (nodes[0]->take("key", large).allowed) ++taken;
                    nodes[1]->take("other" + std::to_string((turn + i) % 50), large);
                    if (turn % 100 == 0) nodes[1]->shared.settle();
                }
            });
    }
    EXPECT_EQ(taken, 8'000);
    nodes[0]->shared.settle();
    nodes[1]->take("key", large);
    nodes[1]->shared.settle();
    EXPECT_LE(nodes[1]->take("key", large).remaining, 20'000 - 8'001 + 60) << "but for what has run down since";
}

TEST_P(SharedStateTest, AWordIsToldOnEveryOtherNodeOnceAndNotBackAgain) {
    auto const nodes = started_nodes(3);
    nodes[0]->signals.send(Word{"hello"});
    nodes[1]->signals.send(Word{"with space\nand\x01 more"});
    for (auto const& each : nodes) EXPECT_TRUE(comes_true([&] { return each->heard_so_far().size() >= 2; }));
    // What comes behind them has overtaken nothing.
    nodes[2]->signals.send(Word{"end"});
    for (auto const& each : nodes) {
        EXPECT_TRUE(comes_true([&] { return each->heard_so_far().size() >= 3; }));
        EXPECT_EQ(each->heard_so_far().size(), 3u);
    }
    auto const counters = nodes[0]->shared.counters();
    EXPECT_EQ(counters.hints_sent, 1u);
    EXPECT_EQ(counters.hints_heard, 2u);
    EXPECT_EQ(counters.hints_lost + counters.hints_malformed, 0u);
}

TEST_P(SharedStateTest, WordsOfOneNodeKeepTheirOrder) {
    auto const nodes = started_nodes(2);
    std::vector<std::string> said;
    for (int i = 0; i < 1'000; ++i) nodes[0]->signals.send(Word{said.emplace_back(std::to_string(i))});
    EXPECT_TRUE(comes_true([&] { return nodes[1]->heard_so_far().size() == said.size(); }));
    EXPECT_EQ(nodes[1]->heard_so_far(), said);
}

TEST_P(SharedStateTest, AWordThatIsSaidOftenIsSentOnceAPauseAndHeardBehindTheLastTime) {
    auto const nodes = started_nodes(2);
    Duration const began = system_clock().monotonic();
    for (int i = 0; i < 50'000; ++i) nodes[0]->signals.send(Word{"again"});
    nodes[0]->signals.send(Word{"end"});
    EXPECT_TRUE(comes_true([&] {
        auto const heard = nodes[1]->heard_so_far();
        return !heard.empty() && heard.back() == "end";
    }));
    auto const batches = (system_clock().monotonic() - began).us / hints_pause.us + 1;
    auto const heard = std::ssize(nodes[1]->heard_so_far());
    EXPECT_LE(heard, batches + 1);
    EXPECT_GE(heard, 2);
    nodes[0]->signals.send(Word{"again"});
    EXPECT_TRUE(comes_true([&] { return nodes[1]->heard_so_far().back() == "again"; }));
}

TEST_P(SharedStateTest, ATooLongWordIsDroppedAndCounted) {
    auto const nodes = started_nodes(2);
    nodes[0]->signals.send(Word{std::string(hint_bytes_max + 1, 'x')});
    nodes[0]->signals.send(Word{std::string(hint_bytes_max, 'y')});
    EXPECT_TRUE(comes_true([&] { return !nodes[1]->heard_so_far().empty(); }));
    EXPECT_EQ(nodes[1]->heard_so_far(), std::vector<std::string>{std::string(hint_bytes_max, 'y')});
    EXPECT_EQ(nodes[0]->shared.counters().hints_lost, 1u);
}

TEST_P(SharedStateTest, WhatIsNoHintIsCountedAndNotTold) {
    auto const nodes = started_nodes(1);
    auto const stranger = store();
    std::vector<Message> const messages{{"hints.word", "no-space"},
                                        {"hints.word", "node bad"},
                                        {"hints.word", "node " + std::string(hint_bytes_max + 1, 'x')},
                                        {"hints.word", ""},
                                        {"hints.nobody", "node text"},
                                        {"hints.word", "node good"}};
    stranger->publish(messages);
    EXPECT_TRUE(comes_true([&] { return !nodes[0]->heard_so_far().empty(); }));
    EXPECT_EQ(nodes[0]->heard_so_far(), std::vector<std::string>{"good"});
    EXPECT_EQ(nodes[0]->shared.counters().hints_malformed, 4u);
}

TEST_P(SharedStateTest, ANameIsTakenOnce) {
    auto const one = node();
    EXPECT_THROW(
        one->shared.hints().carry<Word>(
            "word", [](Word const&) { return std::string(); }, [](std::string_view) { return std::optional<Word>(); }),
        std::logic_error);
}

TEST_P(SharedStateTest, ANodeStopsAtOnceWhateverItWaitsFor) {
    auto const nodes = started_nodes(2);
    Duration const began = system_clock().monotonic();
    for (auto const& each : nodes) each->shared.stop();
    EXPECT_LT(system_clock().monotonic() - began, seconds(1));
    nodes[0]->signals.send(Word{"after"});
    EXPECT_EQ(nodes[1]->heard_so_far().size(), 0u);
}

}  // namespace
}  // namespace mainstay::shared_state
