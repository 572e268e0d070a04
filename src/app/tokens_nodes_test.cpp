// Access tokens on two nodes: what one of them ends the other refuses.
#include "app/accounts_fixture.hpp"

namespace mainstay::app {
namespace {

class TokenNodesTest : public testing::Engines {
protected:
    struct Node {
        explicit Node(PostgresOptions const& postgres, std::filesystem::path const& secrets) {
            config::Config config;
            config.data = folder.path().string();
            config.port = 0;
            config.duck_program = DUCK_CHILD_PROGRAM;
            config.secrets_file = secrets.string();
            config.public_url = "https://us.example";
            program = std::make_unique<Program>(config, Database::open(postgres, system_clock()));
            program->start();
            client = std::make_unique<testing::HttpClient>(program->port());
        }
        testing::HttpReply post(std::string const& path, std::string const& body) {
            return client->request("POST", path, {{"Content-Type", "application/json"}}, body);
        }
        int status(std::string const& token) {
            return client->request("GET", "/api/v1/me", {{"Authorization", "Bearer " + token}}).status;
        }
        testing::TemporaryFolder folder;
        std::unique_ptr<Program> program;
        std::unique_ptr<testing::HttpClient> client;
    };

    TokenNodesTest() {
        Database::open(postgres, system_clock())->migrate(all_migrations());
        here_ = std::make_unique<Node>(postgres, secrets_.path() / "secrets.keys");
        there_ = std::make_unique<Node>(postgres, secrets_.path() / "secrets.keys");
        Command const& create = *find_command("user create");
        create.run({here_->program->database()},
                   read_flags(create, {{"email", "ada@example.com"}, {"password", "correct horse battery"}}).get());
    }
    std::string sign_in() {
        return here_
            ->post("/api/v1/auth/login",
                   R"({"email":"ada@example.com","password":"correct horse battery","session":"tokens"})")
            .body;
    }

    testing::TemporaryFolder secrets_;
    std::unique_ptr<Node> here_, there_;
};
INSTANTIATE_TEST_SUITE_P(Engines, TokenNodesTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(TokenNodesTest, ATokenOfOneNodeIsTakenByTheOtherUntilItsSessionEnds) {
    auto const signed_in = sign_in();
    std::string const token = member(signed_in, "access_token"), refresh = member(signed_in, "refresh_token");
    for (auto* node : {here_.get(), there_.get()}) EXPECT_EQ(node->status(token), 200);
    std::string const body = R"({"refresh_token":")" + refresh + R"("})";
    EXPECT_EQ(there_->post("/api/v1/auth/refresh", body).status, 200);
    EXPECT_EQ(here_->post("/api/v1/auth/refresh", body).status, 401) << "used on the other node";
    for (auto* node : {here_.get(), there_.get()})
        EXPECT_TRUE(testing::comes_true([&] { return node->status(token) == 401; }));
}

}  // namespace
}  // namespace mainstay::app
