// The whole program on each engine, reached over its socket; every reply is held against the API document.
#pragma once
#include "app/commands.hpp"
#include "app/program.hpp"
#include "testing/http_client.hpp"
#include "testing/openapi_check.hpp"
#include "testing/testing.hpp"

#include <gtest/gtest.h>

namespace mainstay::app {

// A text of a JSON object.
inline std::string member(std::string const& json, std::string_view name) {
    json::Document document;
    EXPECT_FALSE(document.parse(json)) << json;
    auto const* found = document.root().find(name);
    EXPECT_NE(found, nullptr) << json;
    return found == nullptr ? std::string() : std::string(found->string);
}

class AppTest : public testing::Engines {
protected:
    explicit AppTest(config::Config config = {}, std::function<void(Program&)> const& before_start = {},
                     Outgoing outgoing = Outgoing::internet) {
        config.data = folder_.path().string();
        if (is_sqlite())
            sqlite.folder = config.data;
        else
            config.database = postgres.url;
        auto opened = is_sqlite() ? Database::open(sqlite, system_clock()) : Database::open(postgres, system_clock());
        opened->migrate(all_migrations());
        config.port = 0;
        if (config.duck_program.empty()) config.duck_program = DUCK_CHILD_PROGRAM;
        program_ = std::make_unique<Program>(config, std::move(opened), system_clock(), outgoing);
        if (before_start) before_start(*program_);
        program_->start();
        client_ = std::make_unique<testing::HttpClient>(program_->port());
        document_ = std::make_unique<testing::OpenApiCheck>(client_->request("GET", "/openapi.json").body);
    }
    ~AppTest() override {
        client_.reset();
        program_.reset();
    }

    testing::HttpReply ask(std::string_view method, std::string const& target,
                           testing::HttpClient::Headers const& headers = {}, std::string const& body = {}) {
        auto reply = client_->request(method, target, headers, body);
        EXPECT_EQ(document_->fault_of(method, target, reply), "")
            << method << ' ' << target << ' ' << reply.status << ' ' << reply.body;
        return reply;
    }

    // As a program with a key.
    testing::HttpReply call(std::string const& key, std::string_view method, std::string const& target,
                            std::string const& body = {}, std::string const& idempotency_key = {}) {
        testing::HttpClient::Headers headers{{"Authorization", "Bearer " + key}};
        if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
        if (!idempotency_key.empty()) headers.emplace_back("Idempotency-Key", idempotency_key);
        return ask(method, target, headers, body);
    }

    std::string run(std::string_view command, std::map<std::string, std::string> const& flags) {
        Command const& found = *find_command(command);
        return found.run({program_->database()}, read_flags(found, flags).get());
    }
    std::string new_tenant(std::string const& name) { return member(run("tenant create", {{"name", name}}), "id"); }
    std::string new_key(std::string const& tenant, std::string const& scopes) {
        return member(run("key create", {{"tenant", tenant}, {"scopes", scopes}}), "key");
    }

    testing::TemporaryFolder folder_;
    std::unique_ptr<Program> program_;
    std::unique_ptr<testing::HttpClient> client_;
    std::unique_ptr<testing::OpenApiCheck> document_;
};

}  // namespace mainstay::app
