// Several nodes: what the program does with a Redis, and while it is away.
#include "app/node_hints.hpp"
#include "app/work_fixture.hpp"
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
    carry_words(other.hints(), system_clock());
    other.start();
    signals.send(events::Emitted{mine, "mig_1"});
    EXPECT_TRUE(comes_true([&] {
        std::lock_guard const lock(mutex);
        return !heard.empty();
    }));
    EXPECT_EQ(heard[0].tenant, mine);
    EXPECT_EQ(heard[0].subject, "mig_1");
}

// Two processes' parts on one PostgreSQL and one Redis. The poll of the one that works is a minute away.
class HintedEnginesTest : protected HasRedis, public testing::Engines {
protected:
    struct Node {
        Node(PostgresOptions const& postgres, std::string const& redis)
            : database(Database::open(postgres, system_clock())),
              shared(shared_state::RedisOptions{redis, {}}, database->signals(), system_clock()) {
            carry_words(shared.hints(), system_clock());
            shared.start();
        }
        std::unique_ptr<Database> database;
        shared_state::SharedState shared;
    };
    HintedEnginesTest() {
        Database::open(postgres, system_clock())->migrate(all_migrations());
        here_ = std::make_unique<Node>(postgres, redis_.url());
        there_ = std::make_unique<Node>(postgres, redis_.url());
        for (auto* node : {here_.get(), there_.get()})
            EXPECT_TRUE(comes_true([&] { return node->shared.counters().is_connected; }));
    }
    flow::JobId enqueue() {
        return here_->database->write(mine, [](Transaction& tx) { return flow::enqueue(tx, Letter{}); });
    }
    bool is(flow::JobId id, flow::JobState state) {
        return here_->database->read(mine, [&](Snapshot& s) { return flow::find_job(s, id)->state == state; });
    }
    bool completes_one_after_the_other(int jobs) {
        for (int i = 0; i < jobs; ++i) {
            auto const id = enqueue();
            if (!comes_true([&] { return is(id, flow::JobState::completed); })) return false;
        }
        return true;
    }

    std::unique_ptr<Node> here_, there_;
};
INSTANTIATE_TEST_SUITE_P(Engines, HintedEnginesTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(HintedEnginesTest, WhatOneNodeEnqueuesAnotherCarriesOutLongBeforeItsPoll) {
    flow::Engine engine(*there_->database, system_clock(), {.poll = minutes(1)});
    engine.add(flow::job_kind<Letter>([](flow::Context&, Letter const&) {}));
    engine.start();
    Duration const began = system_clock().monotonic();
    EXPECT_TRUE(completes_one_after_the_other(5));
    EXPECT_LT(system_clock().monotonic() - began, minutes(1));
    EXPECT_GT(there_->shared.counters().hints_heard, 0u);
}

TEST_P(HintedEnginesTest, WithoutRedisThePollFindsIt) {
    flow::Engine engine(*there_->database, system_clock(), {.poll = milliseconds(50)});
    engine.add(flow::job_kind<Letter>([](flow::Context&, Letter const&) {}));
    engine.start();
    redis_.kill_it();
    EXPECT_TRUE(completes_one_after_the_other(5));
}

TEST_P(HintedEnginesTest, ACancelReachesTheNodeThatRunsTheJobLongBeforeItsRenewal) {
    std::atomic<bool> is_running = false, was_told = false;
    flow::Engine engine(*there_->database, system_clock(), {.lease = minutes(30)});
    engine.add(flow::job_kind<Letter>([&](flow::Context& context, Letter const&) {
        is_running = true;
        was_told = comes_true([&] { return context.is_cancelled(); });
    }));
    engine.start();
    auto const id = enqueue();
    ASSERT_TRUE(comes_true([&] { return is_running.load(); }));
    here_->database->write(mine, [&](Transaction& tx) { flow::cancel_job(tx, id); });
    EXPECT_TRUE(comes_true([&] { return is(id, flow::JobState::cancelled); }));
    EXPECT_TRUE(was_told);
}

TEST_P(HintedEnginesTest, AnInventedCancelCancelsNothing) {
    std::atomic<bool> is_running = false, may_end = false;
    flow::Engine engine(*there_->database, system_clock(), {.lease = minutes(30)});
    engine.add(flow::job_kind<Letter>([&](flow::Context&, Letter const&) {
        is_running = true;
        comes_true([&] { return may_end.load(); });
    }));
    engine.start();
    auto const id = enqueue();
    ASSERT_TRUE(comes_true([&] { return is_running.load(); }));
    here_->database->signals().send(flow::CancelAsked{id.to_string()});
    EXPECT_TRUE(comes_true([&] { return engine.counters().leases_renewed_total == 1; })) << "it looks";
    may_end = true;
    EXPECT_TRUE(comes_true([&] { return is(id, flow::JobState::completed); }));
}

TEST(NodeHints, OfWorkItsQueueIsToldOnceItMayBeTaken) {
    Instant const now{1'800'000'000'000'000};
    flow::Ready ready;
    ready.queue = "letters";
    ready.run_at = now;
    EXPECT_EQ(text_of(ready, now), "letters");
    ready.run_at = now + microseconds(1);
    EXPECT_EQ(text_of(ready, now), "");
    EXPECT_EQ(ready_of("letters").value().queue, "letters");
    EXPECT_FALSE(ready_of(""));
    EXPECT_FALSE(ready_of("\xff"));
    std::string const run = flow::RunId::make(now).to_string();
    EXPECT_EQ(cancel_of(run).value().id, run);
    EXPECT_FALSE(cancel_of("job_nonsense"));
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
