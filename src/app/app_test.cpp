#include "app/app_fixture.hpp"

#include <future>
#include <thread>

namespace mainstay::app {
namespace {

INSTANTIATE_TEST_SUITE_P(Engines, AppTest, testing::each_engine(), testing::engine_name);

std::string code_of(testing::HttpReply const& reply) {
    json::Document document;
    if (document.parse(reply.body) || document.root().find("code") == nullptr) return "no problem: " + reply.body;
    return std::string(document.root().find("code")->string);
}

std::vector<std::string> pointers_of(testing::HttpReply const& reply) {
    json::Document document;
    std::vector<std::string> pointers;
    if (document.parse(reply.body)) return pointers;
    for (auto const& fault : document.root().find("errors")->items)
        pointers.emplace_back(fault.find("pointer")->string);
    return pointers;
}

TEST_P(AppTest, IsAliveAndReadyAndMeasured) {
    auto const health = ask("GET", "/health");
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(member(health.body, "storage"), "ok");
    EXPECT_EQ(ask("GET", "/ready").status, 200);
    EXPECT_NE(ask("GET", "/metrics").body.find("mainstay_database_writes_total"), std::string::npos);
    EXPECT_NE(ask("GET", "/docs/errors.md").body.find("## idempotency_key_reused"), std::string::npos);
}

TEST_P(AppTest, WithoutAValidKeyNothingIsAnswered) {
    std::string const tenant = new_tenant("Acme");
    std::string key = new_key(tenant, "read");
    EXPECT_EQ(code_of(ask("GET", "/api/v1/keys")), "unauthorized");
    EXPECT_EQ(code_of(ask("GET", "/api/v1/keys", {{"Authorization", "Basic YTpi"}})), "unauthorized");
    EXPECT_EQ(code_of(call("mk_nonsense", "GET", "/api/v1/keys")), "unauthorized");
    key.back() = key.back() == '0' ? '1' : '0';
    EXPECT_EQ(code_of(call(key, "GET", "/api/v1/keys")), "unauthorized");
}

TEST_P(AppTest, AKeyDoesWhatItsScopesAllowAndNoMore) {
    std::string const tenant = new_tenant("Acme");
    std::string const reading = new_key(tenant, "read");
    EXPECT_EQ(call(reading, "GET", "/api/v1/keys").status, 200);
    EXPECT_EQ(code_of(call(reading, "POST", "/api/v1/keys", R"({"name":"x","scopes":["read"]})")), "forbidden");
    std::string const making = new_key(tenant, "keys.write");
    EXPECT_EQ(code_of(call(making, "POST", "/api/v1/keys", R"({"name":"x","scopes":["admin"]})")), "forbidden");
    EXPECT_EQ(call(making, "POST", "/api/v1/keys", R"({"name":"x","scopes":["keys.write"]})").status, 201);
    EXPECT_EQ(code_of(call(new_key(tenant, "admin"), "POST", "/api/v1/tenants", R"({"name":"x"})")), "forbidden");
}

TEST_P(AppTest, ARevokedKeyIsRefusedByTheNextRequestAfterThePoll) {
    std::string const tenant = new_tenant("Acme");
    std::string const admin = new_key(tenant, "admin");
    auto const made = call(admin, "POST", "/api/v1/keys", R"({"name":"short-lived","scopes":["read"]})");
    std::string const key = member(made.body, "key");
    ASSERT_EQ(call(key, "GET", "/api/v1/me").status, 200);
    ASSERT_EQ(call(admin, "DELETE", "/api/v1/keys/" + member(made.body, "id")).status, 204);
    program_->hear_revocations();
    EXPECT_EQ(code_of(call(key, "GET", "/api/v1/me")), "unauthorized");
    EXPECT_EQ(code_of(call(admin, "DELETE", "/api/v1/keys/" + member(made.body, "id"))), "not_found");
}

TEST_P(AppTest, AnothersObjectAnswersExactlyAsAMissingOne) {
    std::string const mine_key = new_key(new_tenant("Mine"), "admin");
    std::string const their_tenant = new_tenant("Theirs");
    std::string const their_key = new_key(their_tenant, "admin");
    std::string const their_id =
        member(call(their_key, "POST", "/api/v1/keys", R"({"name":"k","scopes":["read"]})").body, "id");
    ASSERT_EQ(call(their_key, "GET", "/api/v1/keys/" + their_id).status, 200);
    std::string const missing_id = Id<"key">::make(system_clock().now()).to_string();
    auto const without_request_id = [](std::string const& body) { return body.substr(0, body.find("\"request_id\"")); };
    for (auto const* method : {"GET", "DELETE"}) {
        auto const foreign = call(mine_key, method, "/api/v1/keys/" + their_id);
        auto const missing = call(mine_key, method, "/api/v1/keys/" + missing_id);
        EXPECT_EQ(foreign.status, 404);
        EXPECT_EQ(without_request_id(foreign.body), without_request_id(missing.body));
    }
    EXPECT_EQ(call(their_key, "GET", "/api/v1/keys/" + their_id).status, 200);
    EXPECT_EQ(code_of(call(mine_key, "GET", "/api/v1/tenants/" + their_tenant)), "not_found");
    EXPECT_EQ(call(mine_key, "GET", "/api/v1/keys").body.find(their_id), std::string::npos);
    EXPECT_EQ(call(mine_key, "GET", "/api/v1/audit").body.find(their_id), std::string::npos);
}

TEST_P(AppTest, AnIdempotencyKeyCarriesItsRequestOutOnce) {
    std::string const admin = new_key(new_tenant("Acme"), "admin");
    std::string const body = R"({"name":"once","scopes":["read"]})";
    auto const first = call(admin, "POST", "/api/v1/keys", body, "k-1");
    ASSERT_EQ(first.status, 201);
    auto const again = call(admin, "POST", "/api/v1/keys", body, "k-1");
    EXPECT_EQ(code_of(again), "idempotency_secret");
    EXPECT_NE(again.body.find(member(first.body, "id")), std::string::npos);
    EXPECT_EQ(again.body.find(member(first.body, "key")), std::string::npos);
    EXPECT_EQ(code_of(call(admin, "POST", "/api/v1/keys", R"({"name":"other","scopes":["read"]})", "k-1")),
              "idempotency_key_reused");
    EXPECT_EQ(code_of(call(admin, "POST", "/api/v1/keys", body, "with space")), "invalid_input");
    std::string const list = call(admin, "GET", "/api/v1/keys").body;
    EXPECT_EQ(list.find("\"once\""), list.rfind("\"once\""));
    // A request that was refused keeps nothing under its key.
    EXPECT_EQ(call(admin, "POST", "/api/v1/keys", R"({"name":1})", "k-2").status, 422);
    EXPECT_EQ(call(admin, "POST", "/api/v1/keys", body, "k-2").status, 201);
}

TEST_P(AppTest, TwoEqualIdempotencyKeysAtTheSameMomentMakeOneObject) {
    std::string const admin = new_key(new_tenant("Acme"), "admin");
    testing::HttpClient::Headers const headers{
        {"Authorization", "Bearer " + admin}, {"Content-Type", "application/json"}, {"Idempotency-Key", "race"}};
    std::vector<std::thread> threads;
    std::atomic<int> made = 0, held_off = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            testing::HttpClient client(program_->port());
            auto const reply = client.request("POST", "/api/v1/keys", headers, R"({"name":"raced","scopes":["read"]})");
            if (reply.status == 201) ++made;
            if (reply.status == 409) ++held_off;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(made, 1);
    EXPECT_EQ(held_off, 7);
    std::string const list = call(admin, "GET", "/api/v1/keys").body;
    EXPECT_EQ(list.find("\"raced\""), list.rfind("\"raced\""));
}

TEST_P(AppTest, WhileARequestRunsAnotherUnderItsIdempotencyKeyIsHeldOffAtOnce) {
    std::string const tenant = new_tenant("Acme");
    std::string const made = run("key create", {{"tenant", tenant}, {"scopes", "admin"}});
    std::promise<void> is_held, is_let_go;
    // Whoever writes that row waits: for the one writer of SQLite, or for the row in PostgreSQL.
    std::thread holder([&] {
        EXPECT_THROW(program_->database().write(TenantId::parse(tenant).value(),
                                                [&](Transaction& tx) {
                                                    tx.execute(
                                                        "INSERT INTO idempotency_keys (tenant_id, credential_id, "
                                                        "route, key, request_hash, status, body, created_at) VALUES "
                                                        "(:tenant, :credential, 'create_key', 'held', '', 0, '', 0)",
                                                        bind("credential", member(made, "id")));
                                                    is_held.set_value();
                                                    is_let_go.get_future().wait();
                                                    throw std::runtime_error("given back");
                                                }),
                     std::runtime_error);
    });
    is_held.get_future().wait();
    std::promise<testing::HttpReply> first_reply;
    std::atomic<int> replies = 0, created = 0;
    testing::HttpClient::Headers const headers{{"Authorization", "Bearer " + member(made, "key")},
                                               {"Content-Type", "application/json"},
                                               {"Idempotency-Key", "held"}};
    auto const send = [&] {
        testing::HttpClient client(program_->port());
        auto reply = client.request("POST", "/api/v1/keys", headers, R"({"name":"k","scopes":["read"]})");
        if (reply.status == 201) ++created;
        if (replies++ == 0) first_reply.set_value(std::move(reply));
    };
    std::thread one(send), other(send);
    auto early = first_reply.get_future();
    bool const is_early = early.wait_for(std::chrono::seconds(10)) == std::future_status::ready;
    is_let_go.set_value();
    for (auto* thread : {&one, &other, &holder}) thread->join();
    EXPECT_TRUE(is_early);
    EXPECT_EQ(code_of(early.get()), "idempotency_in_progress");
    EXPECT_EQ(created, 1);
}

TEST_P(AppTest, BadInputNamesEveryFaultAndChangesNothing) {
    std::string const admin = new_key(new_tenant("Acme"), "admin");
    auto const wrong =
        call(admin, "POST", "/api/v1/keys", R"({"name":1,"scopes":["nope",2],"expires_at":"soon","zz":true})");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(pointers_of(wrong), (std::vector<std::string>{"/name", "/scopes/1", "/expires_at", "/zz"}));
    EXPECT_EQ(code_of(call(admin, "POST", "/api/v1/keys", "{\"name\":")), "malformed_json");
    EXPECT_EQ(code_of(call(admin, "POST", "/api/v1/keys", R"({"name":"a","name":"b","scopes":["read"]})")),
              "malformed_json");
    EXPECT_EQ(code_of(ask("POST", "/api/v1/keys",
                          {{"Authorization", "Bearer " + admin}, {"Content-Type", "text/plain"}}, "hello")),
              "unsupported_media_type");
    EXPECT_EQ(pointers_of(call(admin, "GET", "/api/v1/keys?limit=0&limit=3&cursor=x&y=1")),
              (std::vector<std::string>{"/limit", "/limit", "/cursor", "/y"}));
    EXPECT_EQ(code_of(call(admin, "GET", "/api/v1/keys/key_zzz")), "not_found");
    EXPECT_EQ(code_of(call(admin, "GET", "/api/v1/nothing")), "not_found");
    auto const method = call(admin, "PUT", "/api/v1/keys", "{}");
    EXPECT_EQ(code_of(method), "method_not_allowed");
    EXPECT_EQ(method.headers.at("allow"), "GET, POST");
    std::string const list = call(admin, "GET", "/api/v1/keys").body;
    EXPECT_EQ(list.find("key_", list.find("key_") + 1), std::string::npos) << list;
}

TEST_P(AppTest, ALongJsonBodyIsReadLikeAShortOne) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    std::string const script = "\"" + std::string(3u << 20, '-') + "\"";
    auto const wrong = call(key, "POST", "/api/v1/migrations", R"({"project_name":1,"script":)" + script + "}");
    EXPECT_EQ(pointers_of(wrong), (std::vector<std::string>{"/project_name"}));
    EXPECT_EQ(code_of(call(key, "POST", "/api/v1/migrations", R"({"project_name":"a","script":)" + script)),
              "malformed_json");
    std::string const body = R"({"project_name":"a","script":)" + script + "}";
    EXPECT_EQ(call(key, "POST", "/api/v1/migrations", body, "long").status, 202);
    EXPECT_EQ(call(key, "POST", "/api/v1/migrations", body, "long").headers.at("idempotent-replayed"), "true");
    EXPECT_EQ(code_of(call(key, "POST", "/api/v1/migrations", body + " ", "long")), "idempotency_key_reused");
}

TEST_P(AppTest, WhatIsRefusedBeforeItsRouteBearsTheTitleOfItsCodeAndItsRequest) {
    auto const expects = client_->request("GET", "/health", {{"Expect", "tea"}});
    EXPECT_EQ(member(expects.body, "title"), errors::expectation_failed.title);
    auto const elsewhere = client_->request("GET", "/health", {{"Host", "evil.example"}});
    EXPECT_EQ(member(elsewhere.body, "title"), errors::host_refused.title);
    for (auto const* reply : {&expects, &elsewhere})
        EXPECT_EQ(member(reply->body, "request_id"), reply->headers.at("x-request-id"));
}

TEST_P(AppTest, ListsAreReadPageByPageWithoutGapOrRepeat) {
    std::string const admin = new_key(new_tenant("Acme"), "admin");
    for (int i = 0; i < 5; ++i)
        ASSERT_EQ(
            call(admin, "POST", "/api/v1/keys", R"({"name":"k)" + std::to_string(i) + R"(","scopes":["read"]})").status,
            201);
    std::vector<std::string> names;
    std::string cursor;
    do {
        auto const reply = call(admin, "GET", "/api/v1/keys?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        json::Document page;
        ASSERT_FALSE(page.parse(reply.body));
        for (auto const& item : page.root().find("items")->items) names.emplace_back(item.find("name")->string);
        cursor = page.root().find("next_cursor")->string;
    } while (!cursor.empty());
    EXPECT_EQ(names, (std::vector<std::string>{"command line", "k0", "k1", "k2", "k3", "k4"}));
}

TEST_P(AppTest, EveryChangeLeavesItsLineInTheAudit) {
    std::string const admin = new_key(new_tenant("Acme"), "admin");
    std::string const id = member(call(admin, "POST", "/api/v1/keys", R"({"name":"k","scopes":["read"]})").body, "id");
    call(admin, "POST", "/api/v1/keys", R"({"name":7})");
    call(admin, "DELETE", "/api/v1/keys/" + id);
    std::string const audit = call(admin, "GET", "/api/v1/audit").body;
    EXPECT_NE(audit.find("\"create_key\""), std::string::npos);
    EXPECT_NE(audit.find("\"revoke_key\""), std::string::npos);
    EXPECT_NE(audit.find(id), std::string::npos);
}

TEST_P(AppTest, AKeysOwnLimitStandsAgainstItAlone) {
    std::string const tenant = new_tenant("Acme");
    std::string const slow =
        member(run("key create", {{"tenant", tenant}, {"scopes", "read"}, {"requests_per_minute", "2"}}), "key");
    EXPECT_EQ(call(slow, "GET", "/api/v1/me").status, 200);
    EXPECT_EQ(call(slow, "GET", "/api/v1/me").headers.at("ratelimit-remaining"), "0");
    auto const refused = call(slow, "GET", "/api/v1/me");
    EXPECT_EQ(code_of(refused), "limited");
    EXPECT_GE(std::stoi(refused.headers.at("retry-after")), 1);
    EXPECT_EQ(call(new_key(tenant, "read"), "GET", "/api/v1/me").status, 200);
}

TEST_P(AppTest, OnlyOurHostsAreAnswered) {
    EXPECT_EQ(code_of(ask("GET", "/health", {{"Host", "evil.example"}})), "host_refused");
    EXPECT_EQ(ask("GET", "/health", {{"Host", "127.0.0.1:" + std::to_string(program_->port())}}).status, 200);
}

TEST_P(AppTest, RepliesOfTheApiAreNeverCachedOrSniffed) {
    auto const reply = ask("GET", "/health");
    EXPECT_EQ(reply.headers.at("cache-control"), "no-store");
    EXPECT_EQ(reply.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(reply.headers.at("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    EXPECT_FALSE(reply.headers.contains("server"));
}

TEST_P(AppTest, TheSetUpLinkMakesTheFirstOperatorOnceWhoSeesEveryTenant) {
    std::string const other = new_tenant("Other");
    std::string const token = program_->database().write(
        system_scope("a test"), [](Transaction& tx) { return identity::make_setup_token(tx); });
    std::string const rest =
        R"(","name":"Ada","email":"ada@example.com","password":"correct horse battery","organization":"Analytical"})";
    testing::HttpClient::Headers const json_type{{"Content-Type", "application/json"}};
    EXPECT_EQ(code_of(ask("POST", "/api/v1/auth/setup", json_type, R"({"token":"wrong)" + rest)), "setup_closed");
    EXPECT_EQ(
        code_of(ask("POST", "/api/v1/auth/setup", json_type,
                    R"({"token":")" + token +
                        R"(","name":"Ada","email":"ada@example.com","password":"password1","organization":"A"})")),
        "invalid_input");
    std::string const ownerless = new_tenant("Made before");
    // Whoever was quicker to sign up keeps nobody out.
    run("user create", {{"email", "early@example.com"}, {"tenant", other}, {"password", "correct horse battery"}});
    auto const made = ask("POST", "/api/v1/auth/setup", json_type, R"({"token":")" + token + rest);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_NE(made.headers.at("set-cookie").find("HttpOnly; SameSite=Strict"), std::string::npos);
    std::string const cookie = made.headers.at("set-cookie").substr(0, made.headers.at("set-cookie").find(';'));
    EXPECT_EQ(ask("GET", "/api/v1/tenants/" + other, {{"Cookie", cookie}}).status, 200);
    EXPECT_NE(ask("GET", "/api/v1/tenants", {{"Cookie", cookie}}).body.find(other), std::string::npos);
    EXPECT_NE(run("tenant list", {}).find(other), std::string::npos);
    auto const account = ask("GET", "/api/v1/me/account", {{"Cookie", cookie}}).body;
    EXPECT_NE(account.find(ownerless), std::string::npos) << "nobody owned it";
    EXPECT_EQ(account.find(other), std::string::npos) << "somebody works there";
    EXPECT_EQ(made.body.find("battery"), std::string::npos);
    EXPECT_EQ(code_of(ask("POST", "/api/v1/auth/setup", json_type, R"({"token":")" + token + rest)), "setup_closed");
}

TEST_P(AppTest, ASessionChangesThingsFromOurOwnPagesAlone) {
    std::string const tenant = new_tenant("Acme");
    run("user create",
        {{"email", "ada@example.com"}, {"tenant", tenant}, {"role", "owner"}, {"password", "correct horse battery"}});
    testing::HttpClient::Headers const json_type{{"Content-Type", "application/json"}};
    EXPECT_EQ(
        code_of(ask("POST", "/api/v1/auth/login", json_type, R"({"email":"ada@example.com","password":"wrong"})")),
        "sign_in_failed");
    EXPECT_EQ(
        code_of(ask("POST", "/api/v1/auth/login", json_type, R"({"email":"eve@example.com","password":"wrong"})")),
        "sign_in_failed");
    auto const login = ask("POST", "/api/v1/auth/login", json_type,
                           R"({"email":"ada@example.com","password":"correct horse battery"})");
    ASSERT_EQ(login.status, 200);
    std::string const set_cookie = login.headers.at("set-cookie");
    std::string const cookie = set_cookie.substr(0, set_cookie.find(';'));
    std::string const body = R"({"name":"k","scopes":["read"]})";
    auto const post = [&](testing::HttpClient::Headers headers) {
        headers.emplace_back("Cookie", cookie);
        headers.emplace_back("Content-Type", "application/json");
        return ask("POST", "/api/v1/keys", headers, body);
    };
    EXPECT_EQ(ask("GET", "/api/v1/me", {{"Cookie", cookie}}).status, 200);
    EXPECT_EQ(code_of(post({})), "csrf_refused");
    EXPECT_EQ(code_of(post({{"Sec-Fetch-Site", "cross-site"}})), "csrf_refused");
    EXPECT_EQ(code_of(post({{"Origin", "https://evil.example"}})), "csrf_refused");
    EXPECT_EQ(post({{"Sec-Fetch-Site", "same-origin"}}).status, 201);
    EXPECT_EQ(post({{"Origin", "http://localhost"}}).status, 201);
    std::string const other = new_tenant("Theirs");
    EXPECT_EQ(code_of(ask("GET", "/api/v1/keys", {{"Cookie", cookie}, {"X-Tenant-ID", other}})), "not_found");
    EXPECT_EQ(ask("GET", "/api/v1/keys", {{"Cookie", cookie}, {"X-Tenant-ID", tenant}}).status, 200);
    // What is no JSON, as a form of another page could send it, needs the token.
    EXPECT_EQ(code_of(ask("POST", "/api/v1/auth/logout", {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}})),
              "csrf_refused");
    EXPECT_EQ(
        ask("POST", "/api/v1/auth/logout",
            {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}, {"X-CSRF-Token", member(login.body, "csrf_token")}})
            .status,
        204);
    program_->hear_revocations();
    EXPECT_EQ(code_of(ask("GET", "/api/v1/me", {{"Cookie", cookie}})), "unauthorized");
}

TEST_P(AppTest, AnUploadIsKeptAndItsFormIsChecked) {
    std::string const key = new_key(new_tenant("Acme"), "write");
    std::string const form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.sql\"\r\nContent-Type: "
        "text/plain\r\n\r\nSELECT 1\r\n--b--\r\n";
    testing::HttpClient::Headers const headers{{"Authorization", "Bearer " + key},
                                               {"Content-Type", "multipart/form-data; boundary=b"}};
    auto const made = ask("POST", "/api/v1/uploads", headers, form);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(member(made.body, "file_name"), "a.sql");
    EXPECT_EQ(code_of(ask("POST", "/api/v1/uploads", headers, form.substr(0, 60))), "bad_request");
    EXPECT_EQ(code_of(ask("POST", "/api/v1/uploads", headers, "--b--\r\n")), "bad_request");
}

}  // namespace
}  // namespace mainstay::app
