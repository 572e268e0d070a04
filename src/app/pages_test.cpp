// What the program says to browsers, proxies and probes.
#include "app/app_fixture.hpp"

#include "app/error_page.hpp"
#include "base/text.hpp"

namespace mainstay::app {
namespace {

class PagesTest : public AppTest {};
INSTANTIATE_TEST_SUITE_P(Engines, PagesTest, testing::each_engine(), testing::engine_name);

config::Config behind_a_proxy() {
    config::Config config;
    config.tls = true;
    config.proxies = "127.0.0.1";
    return config;
}

class BehindAProxyTest : public AppTest {
protected:
    BehindAProxyTest() : AppTest(behind_a_proxy()) {}
};
INSTANTIATE_TEST_SUITE_P(Engines, BehindAProxyTest, testing::each_engine(), testing::engine_name);

TEST_P(PagesTest, PagesAndTheReferenceComeFromTheProgramItself) {
    for (auto const* path : {"/", "/setup", "/login", "/single-sign-on", "/migrations/mig_01m8q72zaee9v8hn4xj5djwvyp",
                             "/admin/tenants", "/docs", "/docs/errors", "/docs/assets/swagger-ui.css", "/style.css"}) {
        auto const reply = client_->request("GET", path);
        EXPECT_EQ(reply.status, 200) << path;
        EXPECT_NE(reply.headers.at("content-security-policy").find("frame-ancestors 'none'"), std::string::npos)
            << path;
        EXPECT_EQ(reply.headers.at("cache-control"), "no-cache") << path;
    }
}

TEST_P(PagesTest, EachPlaceOfTheDashboardIsItsOnePageAndOtherPathsAreNot) {
    std::string const page = client_->request("GET", "/").body;
    for (auto const* path : {"/login", "/keys", "/keys/key_1", "/admin/mails", "/home/"})
        EXPECT_EQ(client_->request("GET", path).body, page) << path;
    for (auto const* path : {"/keysmith", "/mail", "/api/v1/keys/", "/assets/none.js", "/form.js"})
        EXPECT_NE(client_->request("GET", path).body, page) << path;
}

TEST_P(PagesTest, TheDashboardIsKeptForEverButForThePageThatNamesItsFiles) {
    auto const page = client_->request("GET", "/home");
    auto const at = page.body.find("/assets/");
    ASSERT_NE(at, std::string::npos);
    std::string const script = page.body.substr(at, page.body.find('"', at) - at);
    auto const reply = client_->request("GET", script, {{"Accept-Encoding", "br"}});
    EXPECT_EQ(reply.status, 200) << script;
    EXPECT_EQ(reply.headers.at("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(reply.headers.at("content-encoding"), "br");
}

TEST_P(PagesTest, NoPageButTheReferenceMayHoldAStyleOrAScriptInItself) {
    for (auto const* path : {"/", "/login", "/home", "/keys/key_1"})
        EXPECT_EQ(client_->request("GET", path).headers.at("content-security-policy").find("unsafe"), std::string::npos)
            << path;
    EXPECT_NE(client_->request("GET", "/docs/").headers.at("content-security-policy").find("'unsafe-inline'"),
              std::string::npos);
}

TEST_P(PagesTest, TheTypeOfEveryProblemIsAPlaceOnAPage) {
    auto const problem = ask("GET", "/api/v1/keys");
    std::string const type = member(problem.body, "type");
    auto const hash = type.find('#');
    ASSERT_NE(hash, std::string::npos) << type;
    auto const page = client_->request("GET", type.substr(0, hash));
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
    for (ErrorCode const* code : program_->routes().codes())
        EXPECT_NE(page.body.find("<section id=\"" + std::string(code->name) + '"'), std::string::npos) << code->name;
    EXPECT_NE(type.find("#unauthorized"), std::string::npos);
}

TEST(ErrorPage, WhatACodeSaysIsTextAndNeverMarkup) {
    constexpr ErrorCode wild{"wild", 400, "A <b>bold</b> \"title\"", "Send `<script>` & so on; a lone ` stays."};
    ErrorCode const* const codes[] = {&wild};
    std::string const page = error_page(codes);
    EXPECT_NE(page.find("A &lt;b&gt;bold&lt;/b&gt; &quot;title&quot;."), std::string::npos);
    EXPECT_NE(page.find("Send <code>&lt;script&gt;</code> &amp; so on; a lone ` stays."), std::string::npos);
    EXPECT_EQ(page.find("<script>"), std::string::npos);
}

TEST_P(BehindAProxyTest, EveryReplySaysTheCommonHeaders) {
    testing::HttpClient::Headers const origin{{"Origin", "https://shop.example.com"}};
    for (auto const& [method, path] :
         std::vector<std::pair<std::string, std::string>>{{"GET", "/"},
                                                          {"GET", "/style.css"},
                                                          {"GET", "/docs/"},
                                                          {"GET", "/docs/errors"},
                                                          {"GET", "/docs/assets/swagger-ui.css"},
                                                          {"GET", "/health"},
                                                          {"GET", "/nothing-here"},
                                                          {"PUT", "/health"},
                                                          {"GET", "/api/v1/keys"},
                                                          {"OPTIONS", "/api/v1/keys"}}) {
        auto const reply = client_->request(method, path, origin);
        for (auto const* name : {"strict-transport-security", "referrer-policy", "x-content-type-options",
                                 "content-security-policy", "cache-control"})
            EXPECT_TRUE(reply.headers.contains(name)) << method << ' ' << path << ' ' << name;
    }
    auto const again = client_->request("GET", "/style.css",
                                        {{"If-None-Match", client_->request("GET", "/style.css").headers.at("etag")}});
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.headers.contains("strict-transport-security"));
}

TEST_P(BehindAProxyTest, TheClientIsWhomTheProxyNames) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    auto const made = ask("POST", "/api/v1/keys",
                          {{"Authorization", "Bearer " + key},
                           {"Content-Type", "application/json"},
                           {"X-Forwarded-For", "198.51.100.1, 203.0.113.7"}},
                          R"({"name":"k","scopes":["read"]})");
    ASSERT_EQ(made.status, 201);
    std::string const audit = call(key, "GET", "/api/v1/audit").body;
    EXPECT_NE(audit.find("\"203.0.113.7\""), std::string::npos) << audit;
    EXPECT_EQ(audit.find("198.51.100.1"), std::string::npos);
}

TEST_P(BehindAProxyTest, ClientsOfAProxyHaveALimitEach) {
    auto const status_for = [&](std::string const& client) {
        return client_->request("GET", "/docs/errors.md", {{"X-Forwarded-For", client}}).status;
    };
    int tried = 0;
    while (status_for("203.0.113.7") == 200) ASSERT_LT(++tried, 1000);
    EXPECT_EQ(status_for("203.0.113.7"), 429);
    EXPECT_EQ(status_for("203.0.113.8"), 200);
    EXPECT_EQ(ask("GET", "/ready", {{"X-Forwarded-For", "203.0.113.7"}}).status, 200);
}

TEST_P(BehindAProxyTest, MetricsAreNotForClientsOfTheProxy) {
    EXPECT_EQ(ask("GET", "/metrics").status, 200);
    EXPECT_EQ(ask("GET", "/metrics", {{"X-Forwarded-For", "203.0.113.7"}}).status, 404);
    EXPECT_EQ(ask("GET", "/metrics", {{"X-Forwarded-For", "127.0.0.1"}}).status, 404);
}

TEST_P(PagesTest, MetricsAreNotForWhatAnUnlistedProxyPassesOn) {
    EXPECT_EQ(ask("GET", "/metrics").status, 200);
    for (auto const* name : {"X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"})
        EXPECT_EQ(ask("GET", "/metrics", {{name, "127.0.0.1"}}).status, 404) << name;
}

TEST_P(BehindAProxyTest, AScriptOfAnotherOriginMayReadEveryHeaderThatIsSent) {
    std::string const tenant = new_tenant("Acme"), key = new_key(tenant, "admin");
    auto const allowed = call(key, "PATCH", "/api/v1/tenants/" + tenant,
                              R"({"settings":{"allowed_origins":["https://shop.example.com"]}})");
    EXPECT_EQ(allowed.status, 200) << allowed.body;
    program_->hear_revocations();
    auto const reply =
        ask("GET", "/api/v1/keys", {{"Authorization", "Bearer " + key}, {"Origin", "https://shop.example.com"}});
    std::string const exposed = reply.headers.at("access-control-expose-headers");
    int limits = 0;
    for (auto const& [name, value] : reply.headers) {
        if (!name.starts_with("ratelimit")) continue;
        ++limits;
        EXPECT_NE(lower_ascii(exposed).find(name), std::string::npos) << name;
    }
    EXPECT_EQ(limits, 3);
    EXPECT_NE(exposed.find("Idempotent-Replayed"), std::string::npos);
}

}  // namespace
}  // namespace mainstay::app
