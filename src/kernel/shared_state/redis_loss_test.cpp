// What nodes do while Redis is lost, slow or refuses, and that they agree again afterwards. Nobody who takes waits.
#include "kernel/shared_state/node_test_support.hpp"
#include "kernel/shared_state/redis_server_fixture.hpp"
#include "kernel/shared_state/redis_store.hpp"

#include <gmock/gmock.h>

namespace mainstay::shared_state {
namespace {

using node_test::Node;
using node_test::Word;
using redis_test::comes_true;
using redis_test::RedisServer;

constexpr Limit hourly{"a test", 60, hours(1)};  // one is free again after a minute: none within a test
constexpr Limit asking{"a test", 3'600'000, hours(1), 1'000'000'000};  // takes next to nothing and is never refused

// A moment, however busy the machine: Redis is given a second to answer, and takes do not wait for it.
constexpr Duration a_moment = milliseconds(500);

class RedisLossTest : public ::testing::Test {
protected:
    std::unique_ptr<Node> started_node() {
        auto made = std::make_unique<Node>(std::make_unique<RedisStore>(server_.place()), Duration{});
        made->shared.start();
        EXPECT_TRUE(comes_true([&] { return made->shared.counters().is_connected; }));
        return made;
    }
    bool is_connected(Node const& node) const { return node.shared.counters().is_connected; }
    void expect_lost(Node const& node) const {
        EXPECT_TRUE(comes_true([&] { return !is_connected(node); }));
    }
    void expect_back(Node const& node) const {
        EXPECT_TRUE(comes_true([&] { return is_connected(node); }));
    }

    // The limit of one node holds, and nobody waits for it.
    void expect_local_limit(Node& node, std::string_view key) const {
        Duration const began = system_clock().monotonic();
        EXPECT_EQ(node.take_all(key, hourly), 60);
        node.signals.send(Word{"said"});
        EXPECT_LT(system_clock().monotonic() - began, a_moment);
    }

    // How far the shared arrival time of the key lies ahead.
    Duration lead(std::string const& key) const {
        RedisStore looking(server_.place());
        return looking.book(1, std::vector<Booking>{{key, {}, {}, hours(-1)}}).at(0);
    }
    void expect_booked(std::string const& key, std::int64_t takes) const {
        EXPECT_TRUE(comes_true([&] { return lead(key) > minutes(takes) - seconds(40); })) << lead(key).us;
        EXPECT_LE(lead(key), minutes(takes) + seconds(1)) << "booked once";
    }

    RedisServer server_;
};

TEST_F(RedisLossTest, KilledAndStartedAnewItIsSettledAgain) {
    auto const one = started_node(), other = started_node();
    EXPECT_EQ(one->take_all("before", hourly), 60);
    expect_booked("before", 60);
    server_.kill_it();
    expect_lost(*one);
    expect_lost(*other);
    expect_local_limit(*one, "during");
    expect_local_limit(*other, "apart");
    EXPECT_FALSE(one->take("before", hourly).allowed);
    server_.start();
    expect_back(*one);
    expect_back(*other);
    expect_booked("during", 60);
    EXPECT_TRUE(other->take("during", hourly).allowed);
    EXPECT_TRUE(comes_true([&] { return !other->take("during", hourly).allowed; }));
    // What the server has forgotten, a node that knows it brings back when it next takes.
    one->take("before", asking);
    expect_booked("before", 60);
    EXPECT_GT(one->shared.counters().settle_failures, 0u);
}

TEST_F(RedisLossTest, StoppedForSecondsItHoldsUpNobodyAndBooksNothingTwice) {
    auto const one = started_node();
    server_.stop();
    expect_local_limit(*one, "key");
    expect_lost(*one);
    // More than one attempt meets the kernel, which still takes connections and bytes for the server.
    EXPECT_TRUE(comes_true([&] { return one->shared.counters().settle_failures >= 2; }));
    expect_local_limit(*one, "other");
    server_.go_on();
    expect_back(*one);
    expect_booked("key", 60);
    expect_booked("other", 60);
}

TEST_F(RedisLossTest, EmptiedItLearnsAgainWhatNodesKnow) {
    auto const one = started_node(), other = started_node();
    EXPECT_EQ(one->take_all("key", hourly), 60);
    expect_booked("key", 60);
    server_.run({"FLUSHALL"});
    EXPECT_FALSE(one->take("key", hourly).allowed);
    one->take("key", asking);
    expect_booked("key", 60);
    EXPECT_TRUE(other->take("key", hourly).allowed);
    EXPECT_TRUE(comes_true([&] { return !other->take("key", hourly).allowed; }));
    EXPECT_EQ(one->shared.counters().settle_failures, 0u);
}

TEST_F(RedisLossTest, WithoutItsScriptsItIsSettledAllTheSame) {
    auto const one = started_node();
    one->take("first", hourly);
    expect_booked("first", 1);
    server_.run({"SCRIPT", "FLUSH"});
    EXPECT_EQ(one->take_all("key", hourly), 60);
    expect_booked("key", 60);
    EXPECT_EQ(one->shared.counters().settle_failures, 0u);
}

TEST_F(RedisLossTest, AReplicaThatTakesNoWritesIsAnAwayRedis) {
    auto const one = started_node();
    RedisServer const primary;
    server_.run({"REPLICAOF", "127.0.0.1", std::to_string(primary.port())});
    one->take("any", hourly);
    expect_lost(*one);
    expect_local_limit(*one, "key");
    server_.run({"REPLICAOF", "NO", "ONE"});
    expect_back(*one);
    expect_booked("key", 60);
}

TEST_F(RedisLossTest, AServerThatIsStillLoadingIsAnAwayRedis) {
    auto const one = started_node();
    std::vector<RedisCommand> filling;
    for (int i = 0; i < 4'000; ++i) filling.push_back({"SET", std::to_string(i), std::string(100, 'x')});
    filling.push_back({"SAVE"});
    Interrupt const never;
    RedisConnection connection(server_.place(), never);
    connection.run_all(filling);
    server_.kill_it();
    server_.start({"--key-load-delay", "500", "--loading-process-events-interval-bytes", "1024"});
    EXPECT_NE(check_redis({server_.url(), {}}).find("LOADING"), std::string::npos);
    expect_local_limit(*one, "key");
    expect_back(*one);
    expect_booked("key", 60);
}

TEST_F(RedisLossTest, AWrongPasswordLeavesTheLocalLimitAndSaysSoWithoutThePassword) {
    RedisServer const guarded({"--requirepass", "right"});
    RedisOptions const options{guarded.url(":wr0ng-secret@"), {}};
    std::string logged;
    std::mutex mutex;
    Node node(std::make_unique<RedisStore>(RedisPlace{RedisUrl::parse(options.url).value(), {}}), {});
    node.shared.log = [&](std::string_view, std::string_view text) {
        std::lock_guard const lock(mutex);
        logged += text;
    };
    node.shared.start();
    EXPECT_TRUE(comes_true([&] { return node.shared.counters().settle_failures > 0; }));
    expect_local_limit(node, "key");
    EXPECT_FALSE(is_connected(node));
    EXPECT_THAT(check_redis(options), ::testing::HasSubstr("WRONGPASS"));
    node.shared.stop();
    EXPECT_THAT(logged, ::testing::HasSubstr("WRONGPASS"));
    EXPECT_THAT(logged + check_redis(options), ::testing::Not(::testing::HasSubstr("wr0ng-secret")));
}

TEST_F(RedisLossTest, TheRightsThatTheGuideNamesAreEnough) {
    RedisServer const guarded({"--user",  "default",     "off",         "--user", "mainstay", "on",
                               ">secret", "~mainstay:*", "&mainstay:*", "+eval",  "+time",    "+get",
                               "+mget",   "+set",        "+hset",       "+hmget", "+pexpire", "+ping",
                               "+select", "+publish",    "+subscribe"});
    RedisPlace const place{RedisUrl::parse(guarded.url("mainstay:secret@") + "/1").value(), {}};
    Node one(std::make_unique<RedisStore>(place), {}), other(std::make_unique<RedisStore>(place), {});
    for (Node* const node : {&one, &other}) node->shared.start();
    expect_back(one);
    expect_back(other);
    EXPECT_EQ(one.take_all("key", hourly), 60);
    EXPECT_TRUE(comes_true([&] {
        other.take("key", asking);
        return !other.take("key", hourly).allowed;
    }));
    one.signals.send(Word{"said"});
    EXPECT_TRUE(comes_true([&] { return !other.heard_so_far().empty(); }));
    EXPECT_EQ(one.shared.counters().settle_failures, 0u);
}

TEST_F(RedisLossTest, AServerWhoseClockIsSetBackHoldsNobodyBackForThat) {
    auto const one = started_node();
    EXPECT_EQ(one->take_all("key", hourly), 60);
    expect_booked("key", 60);
    one->shared.stop();
    // As it looks to the server once its clock has been set back by two hours.
    auto const later = [](std::string const& us) { return std::to_string(std::stoll(us) + hours(2).us); };
    auto const keys = server_.run({"KEYS", "mainstay:limit:*"});
    std::string const key = keys.as_list().at(0).as_text();
    server_.run({"HSET", "mainstay:time", "last", later(server_.run({"HGET", "mainstay:time", "last"}).as_text())});
    server_.run({"SET", key, later(server_.run({"GET", key}).as_text())});
    Duration const before = lead("key");
    EXPECT_GT(before, minutes(59));
    EXPECT_LE(before, minutes(60));
    EXPECT_LE(lead("key"), before) << "time goes on";
}

TEST_F(RedisLossTest, EveryKeyExpiresAndNamesNobody) {
    auto const one = started_node();
    one->take("login:account:ada@example.com", hourly);
    one->take("brief", {"a test", 100, seconds(1)});
    expect_booked("login:account:ada@example.com", 1);
    auto const keys = server_.run({"KEYS", "*"});
    EXPECT_GE(keys.as_list().size(), 3u);
    for (auto const& key : keys.items) {
        // One that went meanwhile has expired too.
        EXPECT_NE(server_.run({"PTTL", key.as_text()}).as_integer(), -1) << key.text;
        EXPECT_THAT(key.text, ::testing::Not(::testing::HasSubstr("ada")));
    }
    EXPECT_TRUE(comes_true([&] { return server_.run({"KEYS", "mainstay:limit:*"}).as_list().size() == 1; }));
}

TEST_F(RedisLossTest, KeysThatAreNotOursToReadAreTakenForMissing) {
    auto const one = started_node();
    one->take("key", hourly);
    expect_booked("key", 1);
    auto const keys = server_.run({"KEYS", "mainstay:limit:*"});
    std::string const key = keys.as_list().at(0).as_text();
    for (RedisCommand const& spoiling :
         {RedisCommand{"SET", key, "no number"}, RedisCommand{"SET", "mainstay:time", "no hash"}}) {
        server_.run({"DEL", spoiling[1]});
        server_.run(spoiling);
        expect_local_limit(*one, "local after " + spoiling[2]);
    }
    server_.run({"DEL", "mainstay:time"});
    expect_back(*one);
    one->take("key", asking);
    expect_booked("key", 1);
}

TEST_F(RedisLossTest, WordsAreHeardAgainOnceItIsBack) {
    auto const one = started_node(), other = started_node();
    server_.kill_it();
    expect_lost(*one);
    expect_lost(*other);
    one->signals.send(Word{"into the void"});
    EXPECT_TRUE(comes_true([&] { return one->shared.counters().hints_lost == 1; }));
    server_.start();
    expect_back(*one);
    expect_back(*other);
    EXPECT_TRUE(comes_true([&] {
        one->signals.send(Word{"back"});
        return !other->heard_so_far().empty();
    }));
    EXPECT_EQ(other->heard_so_far().front(), "back");
}

TEST_F(RedisLossTest, PastTheBoundTheOldestWordsAreLostAndCounted) {
    auto const one = started_node(), other = started_node();
    server_.stop();
    constexpr std::size_t said = 2 * hints_waiting_max;
    Duration const began = system_clock().monotonic();
    for (std::size_t i = 0; i < said; ++i) one->signals.send(Word{std::to_string(i)});
    EXPECT_LT(system_clock().monotonic() - began, a_moment);
    std::uint64_t const lost = one->shared.counters().hints_lost;
    EXPECT_GE(lost, said - hints_waiting_max - 512);
    server_.go_on();
    EXPECT_TRUE(comes_true([&] {
        auto const heard = other->heard_so_far();
        return !heard.empty() && heard.back() == std::to_string(said - 1);
    }));
    EXPECT_TRUE(comes_true([&] {
        auto const counters = one->shared.counters();
        return counters.hints_sent + counters.hints_lost == said;
    }));
}

}  // namespace
}  // namespace mainstay::shared_state
