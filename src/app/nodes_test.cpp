// Several nodes: what the program does with a Redis, and while it is away.
#include "app/app_fixture.hpp"
#include "app/node_hints.hpp"
#include "testing/redis_server.hpp"

namespace mainstay::app {
namespace {

using testing::comes_true;

config::Config with_redis(std::string const& url) {
    config::Config config;
    config.redis = url;
    return config;
}

class HasRedis {
protected:
    testing::RedisServer redis_;
};

class NodesTest : protected HasRedis, public AppTest {
protected:
    NodesTest() : AppTest(with_redis(redis_.url())) {}

    void expect_ready_with(std::string const& redis) {
        EXPECT_TRUE(comes_true([&] { return member(ask("GET", "/ready").body, "redis") == redis; })) << redis;
        EXPECT_EQ(ask("GET", "/ready").status, 200);
    }
    bool metrics_have(std::string const& line) {
        return client_->request("GET", "/metrics").body.find(line + '\n') != std::string::npos;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, NodesTest, testing::each_engine(), testing::engine_name);

TEST_P(NodesTest, WithoutRedisItIsReadyAndAnswersAndSaysThatItIsDegraded) {
    std::string const key = new_key(new_tenant("Acme"), "read");
    expect_ready_with("ok");
    EXPECT_TRUE(metrics_have("mainstay_redis_connected 1"));
    redis_.kill_it();
    expect_ready_with("degraded");
    EXPECT_EQ(call(key, "GET", "/api/v1/keys").status, 200);
    EXPECT_TRUE(metrics_have("mainstay_redis_connected 0"));
    redis_.start();
    expect_ready_with("ok");
}

TEST_P(NodesTest, RequestsOfOneNodeCountOnTheOthers) {
    std::string const tenant = member(run("tenant create", {{"name", "Acme"}, {"plan", "free"}}), "id");
    std::string const key = new_key(tenant, "read");
    expect_ready_with("ok");
    for (int i = 0; i < 10; ++i) EXPECT_EQ(call(key, "GET", "/api/v1/keys").status, 200);
    Signals signals;
    shared_state::SharedState other(shared_state::RedisOptions{redis_.url(), {}}, signals, system_clock());
    // It asks anew each time, by a take of next to nothing.
    EXPECT_TRUE(comes_true([&] {
        shared_state::Limit const asking{"a test", 1'000'000, minutes(1)};
        auto const decision = other.limits().take(tenant, asking, system_clock().monotonic());
        other.settle();
        return decision.reset > milliseconds(10);
    }));
}

TEST_P(NodesTest, AnEventOfAnotherNodeIsTold) {
    expect_ready_with("ok");
    std::mutex mutex;
    std::vector<events::Emitted> heard;
    auto const listening = program_->database().signals().listen<events::Emitted>([&](events::Emitted const& emitted) {
        std::lock_guard const lock(mutex);
        heard.push_back(emitted);
    });
    Signals signals;
    shared_state::SharedState other(shared_state::RedisOptions{redis_.url(), {}}, signals, system_clock());
    carry_words(other.hints());
    other.start();
    signals.send(events::Emitted{mine, "mig_1"});
    EXPECT_TRUE(comes_true([&] {
        std::lock_guard const lock(mutex);
        return !heard.empty();
    }));
    EXPECT_EQ(heard[0].tenant, mine);
    EXPECT_EQ(heard[0].subject, "mig_1");
}

TEST(NodeHints, AWordIsReadAsItWasWritten) {
    events::Emitted const emitted{TenantId::make({1'800'000'000'000'000}), "mig_1 with a space"};
    auto const read = emitted_of(text_of(emitted));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->tenant, emitted.tenant);
    EXPECT_EQ(read->subject, emitted.subject);
}

TEST(NodeHints, WhatIsNoWordIsNone) {
    std::string const tenant = TenantId::make({1'800'000'000'000'000}).to_string();
    for (std::string const& text : {std::string(), std::string(" "), std::string("mig_1"), tenant, tenant + ' ',
                                    "x" + tenant + " mig_1", tenant + " \xff"})
        EXPECT_FALSE(emitted_of(text)) << text;
}

TEST(NodesStart, AUrlThatIsNoneIsRefusedInWordsWithoutItsPassword) {
    testing::TemporaryFolder const folder;
    config::Config config = with_redis("redis://ops:se%zzcret@localhost");
    config.data = folder.path().string();
    config.duck_program = DUCK_CHILD_PROGRAM;
    auto database = open_database(config);
    try {
        Program const program(config, std::move(database));
        ADD_FAILURE() << "it was taken";
    } catch (Fault const& fault) {
        EXPECT_EQ(std::string(fault.what()).find("cret"), std::string::npos);
        EXPECT_NE(fault.public_text().find("Redis"), std::string::npos);
    }
}

}  // namespace
}  // namespace mainstay::app
