// Keys on several nodes: what one of them is told the others hear, with Redis and without.
#include "app/work_fixture.hpp"

namespace mainstay::app {
namespace {

using testing::comes_true;

constexpr Duration a_second = seconds(1);

class KeyNodesTest : public testing::Engines {
protected:
    // A process's part, but for the process.
    struct Node {
        Node(PostgresOptions const& postgres, std::string const& redis) {
            config::Config config;
            config.data = folder.path().string();
            config.port = 0;
            config.duck_program = DUCK_CHILD_PROGRAM;
            config.redis = redis;
            program = std::make_unique<Program>(config, Database::open(postgres, system_clock()));
            program->start();
            client = std::make_unique<testing::HttpClient>(program->port());
        }
        testing::HttpReply call(std::string const& key, std::string_view method, std::string const& target,
                                std::string const& body = {}) {
            return client->request(method, target,
                                   {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}}, body);
        }
        std::string outcome(std::string const& key, std::string const& secret) {
            return member(call(key, "POST", "/api/v1/keys/verify", R"({"key":")" + secret + "\"}").body, "code");
        }
        bool has_redis() {
            return client->request("GET", "/metrics").body.find("mainstay_redis_connected 1\n") != std::string::npos;
        }
        testing::TemporaryFolder folder;
        std::unique_ptr<Program> program;
        std::unique_ptr<testing::HttpClient> client;
    };

    KeyNodesTest() {
        Database::open(postgres, system_clock())->migrate(all_migrations());
        here_ = std::make_unique<Node>(postgres, redis_.url());
        there_ = std::make_unique<Node>(postgres, redis_.url());
        for (auto* node : {here_.get(), there_.get()}) EXPECT_TRUE(comes_true([&] { return node->has_redis(); }));
        std::string const tenant = member(run("tenant create", {{"name", "Acme"}}), "id");
        admin_ = member(run("key create", {{"tenant", tenant}, {"scopes", "admin"}}), "key");
    }
    std::string run(std::string_view command, std::map<std::string, std::string> const& flags) {
        Command const& found = *find_command(command);
        return found.run({here_->program->database()}, read_flags(found, flags).get());
    }

    // Both nodes know the key and the customer's; the one revokes them, and the other refuses them within a second.
    void expect_refused_within_a_second() {
        auto const ours = here_->call(admin_, "POST", "/api/v1/keys", R"({"name":"k","scopes":["read"]})");
        auto const customers =
            here_->call(admin_, "POST", "/api/v1/keys", R"({"audience":"customer","prefix":"acme","name":"k"})");
        std::string const key = member(ours.body, "key"), secret = member(customers.body, "key");
        for (auto* node : {here_.get(), there_.get()}) {
            EXPECT_EQ(node->call(key, "GET", "/api/v1/me").status, 200);
            EXPECT_EQ(node->outcome(admin_, secret), "valid");
        }
        for (auto const& made : {ours, customers})
            EXPECT_EQ(here_->call(admin_, "DELETE", "/api/v1/keys/" + member(made.body, "id")).status, 204);
        Duration const revoked = system_clock().monotonic();
        for (auto* node : {here_.get(), there_.get()}) {
            EXPECT_TRUE(comes_true([&] { return node->call(key, "GET", "/api/v1/me").status == 401; }));
            EXPECT_TRUE(comes_true([&] { return node->outcome(admin_, secret) == "revoked"; }));
        }
        EXPECT_LT(system_clock().monotonic() - revoked, a_second);
    }

    testing::RedisServer redis_;
    std::unique_ptr<Node> here_, there_;
    std::string admin_;
};
INSTANTIATE_TEST_SUITE_P(Engines, KeyNodesTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(KeyNodesTest, RevokedKeyIsRefusedWithinASecondOnEveryNode) {
    expect_refused_within_a_second();
}

TEST_P(KeyNodesTest, RevokedKeyIsRefusedWithinASecondOnEveryNodeWithRedisKilled) {
    redis_.kill_it();
    for (auto* node : {here_.get(), there_.get()}) EXPECT_TRUE(comes_true([&] { return !node->has_redis(); }));
    expect_refused_within_a_second();
}

TEST_P(KeyNodesTest, ALimitOfACustomersKeyHoldsOverAllNodes) {
    std::string const made = here_
                                 ->call(admin_, "POST", "/api/v1/keys",
                                        R"({"audience":"customer","prefix":"acme","name":"k",)"
                                        R"("limits":[{"name":"all","count":100000,"period_s":86400}]})")
                                 .body;
    auto const left_after = [&](Node& node, int cost) {
        std::string const body =
            R"({"key":")" + member(made, "key") + R"(","limits":[{"name":"all","cost":)" + std::to_string(cost) + "}]}";
        json::Document verdict;
        EXPECT_FALSE(verdict.parse(node.call(admin_, "POST", "/api/v1/keys/verify", body).body));
        return verdict.root().find("limits")->items[0].find("remaining")->integer;
    };
    EXPECT_EQ(left_after(*here_, 90'000), 10'000);
    // A node hears what others took of what it takes of itself.
    EXPECT_TRUE(comes_true([&] { return left_after(*there_, 1) < 10'000; }));
}

TEST_P(KeyNodesTest, CreditsAreSpentOnceOverAllNodes) {
    std::string const made = here_
                                 ->call(admin_, "POST", "/api/v1/keys",
                                        R"({"audience":"customer","prefix":"acme","name":"k","credits_remaining":5})")
                                 .body;
    std::string const secret = member(made, "key");
    for (int i = 0; i < 5; ++i) EXPECT_EQ((i % 2 == 0 ? here_ : there_)->outcome(admin_, secret), "valid");
    for (auto* node : {here_.get(), there_.get()}) EXPECT_EQ(node->outcome(admin_, secret), "credits_exhausted");
}

}  // namespace
}  // namespace mainstay::app
