// What the tests of durable work over the API share: letters that are written, signed and sent, in two tenants.
#pragma once
#include "app/app_fixture.hpp"

#include "testing/redis_server.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace mainstay::app {

using ::testing::HasSubstr;
using ::testing::Not;

struct Letter {
    std::string text;
    std::string signed_by;
};
inline fields::Table const& table_of(Letter const*) {
    static fields::Table const table{
        "Letter", {fields::field("text", &Letter::text, ""), fields::field("signed_by", &Letter::signed_by, "")}};
    return table;
}

struct Signature {
    bool is_given = false;
};
inline fields::Table const& table_of(Signature const*) {
    static fields::Table const table{"Signature", {fields::field("is_given", &Signature::is_given, "")}};
    return table;
}

inline flow::Graph const& letter_graph() {
    static auto const graph =
        flow::GraphBuilder<Letter>("letter", 1)
            .node("write", [](flow::Context&, Letter& letter) { letter.text += " written"; })
            .then("sign")
            .ask<Signature>(
                "sign", [](Letter const& letter) { return letter; },
                [](Letter& letter, Signature const&, std::string const& who) { letter.signed_by = who; })
            .then("send")
            .node("send", [](flow::Context&, Letter& letter) { letter.text += " sent"; })
            .then(flow::end)
            .build();
    return graph;
}

inline constexpr char const* unread = "unread";   // a queue without an engine
inline constexpr char const* own_queue = "post";  // one with an engine of its own

class WorkTest : public AppTest {
protected:
    WorkTest() : AppTest({}, make_ready) {
        tenant_ = TenantId::parse(new_tenant("Mine")).value();
        other_ = TenantId::parse(new_tenant("Theirs")).value();
        key_ = new_key(tenant_.to_string(), "admin");
        foreign_ = new_key(other_.to_string(), "admin");
        reader_ = new_key(tenant_.to_string(), "read");
    }
    // As an operator, from one of our own pages.
    testing::HttpReply operate(std::string_view method, std::string const& target, std::string const& body = {},
                               std::string const& idempotency_key = {}) {
        if (operator_cookie_.empty()) sign_in_operator();
        testing::HttpClient::Headers headers{
            {"Cookie", operator_cookie_}, {"Sec-Fetch-Site", "same-origin"}, {"Content-Type", "application/json"}};
        if (!idempotency_key.empty()) headers.emplace_back("Idempotency-Key", idempotency_key);
        return ask(method, target, headers, body);
    }
    std::string enqueue() {
        return program_->database().write(Scope(tenant_, "usr_ann"), [&](Transaction& tx) {
            return flow::enqueue(tx, Letter{"dear", ""}, {.queue = unread}).to_string();
        });
    }
    std::string start_letter() {
        return program_->database().write(tenant_, [&](Transaction& tx) {
            return flow::start_run(tx, letter_graph(), Letter{"dear", ""}).to_string();
        });
    }
    // The run's detail once it has come to the state.
    std::string when(std::string const& run, std::string_view state) {
        for (int looks = 0; looks < looks_max; ++looks) {
            auto const reply = call(key_, "GET", "/api/v1/workflow-runs/" + run);
            if (reply.body.find(R"("state":")" + std::string(state) + '"') != std::string::npos) return reply.body;
            std::this_thread::yield();
        }
        ADD_FAILURE() << run << " never was " << state;
        return "{}";
    }
    static std::string wait_of(std::string const& detail) {
        json::Document document;
        EXPECT_FALSE(document.parse(detail));
        auto const* waits = document.root().find("waits");
        EXPECT_TRUE(waits != nullptr && waits->items.size() == 1) << detail;
        return std::string(waits->items[0].find("id")->string);
    }

    static constexpr int looks_max = 20'000;
    TenantId tenant_, other_;
    std::string key_, foreign_, reader_;

private:
    // Letters are written by the engine of all, and carried by one of their own.
    static void make_ready(Program& program) {
        program.add(letter_graph());
        flow::Engine& post = program.add_engine({.queue = std::string(own_queue), .workers = 1});
        post.add(flow::job_kind<Letter>(
            [](flow::Context& context, Letter const& letter) { context.set_result(fields::to_json(letter)); }));
        post.add(letter_graph());
    }
    void sign_in_operator() {
        run("user create",
            {{"email", "ops@example.com"}, {"password", "correct horse battery"}, {"is_operator", "true"}});
        auto const reply = ask("POST", "/api/v1/auth/login", {{"Content-Type", "application/json"}},
                               R"({"email":"ops@example.com","password":"correct horse battery"})");
        auto const& cookie = reply.headers.at("set-cookie");
        operator_cookie_ = cookie.substr(0, cookie.find(';'));
    }
    std::string operator_cookie_;
};

}  // namespace mainstay::app
