// Keys over the API: what each endpoint does, what it refuses, and what its answers never say.
#include "app/app_fixture.hpp"

#include <gmock/gmock.h>

namespace mainstay::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view customer =
    R"({"audience":"customer","prefix":"acme_live","name":"k","permissions":["reports.read"],"owner":"customer 5",)"
    R"("limits":[{"name":"requests","count":3,"period_s":3600}],"metadata":{"tier":"gold"}})";

class KeysApiTest : public AppTest {
protected:
    KeysApiTest() {
        tenant_ = new_tenant("Acme");
        admin_ = new_key(tenant_, "admin");
    }
    testing::HttpReply post(std::string const& target, std::string_view body, std::string const& idempotency_key = {}) {
        return call(admin_, "POST", "/api/v1/keys" + target, std::string(body), idempotency_key);
    }
    testing::HttpReply put(std::string const& target, std::string_view body) {
        return call(admin_, "PUT", "/api/v1/keys" + target, std::string(body));
    }
    testing::HttpReply get(std::string const& target) { return call(admin_, "GET", "/api/v1/keys" + target); }
    testing::HttpReply verify(std::string const& key, std::string const& rest = {},
                              std::string const& idempotency = {}) {
        return post("/verify", R"({"key":")" + key + '"' + rest + '}', idempotency);
    }
    std::string outcome(std::string const& key, std::string const& rest = {}) {
        return member(verify(key, rest).body, "code");
    }
    static std::string code_of(testing::HttpReply const& reply) { return member(reply.body, "code"); }
    static std::vector<std::string> pointers_of(testing::HttpReply const& reply) {
        json::Document document;
        EXPECT_FALSE(document.parse(reply.body)) << reply.body;
        std::vector<std::string> pointers;
        if (auto const* errors = document.root().find("errors"))
            for (auto const& fault : errors->items) pointers.emplace_back(fault.find("pointer")->string);
        return pointers;
    }
    static std::string without_request_id(std::string const& body) {
        return body.substr(0, body.find("\"request_id\""));
    }

    std::string tenant_, admin_;
};
INSTANTIATE_TEST_SUITE_P(Engines, KeysApiTest, testing::each_engine(), testing::engine_name);

TEST_P(KeysApiTest, ACustomersKeyIsMadeCheckedAndEnded) {
    auto const made = post("", customer);
    ASSERT_EQ(made.status, 201) << made.body;
    std::string const id = member(made.body, "id"), secret = member(made.body, "key");
    EXPECT_TRUE(secret.starts_with("acme_live_"));
    auto const valid = verify(secret, R"(,"permissions":["reports.read"])");
    EXPECT_EQ(valid.status, 200);
    EXPECT_THAT(valid.body, HasSubstr(R"("is_valid":true,"code":"valid","key_id":")" + id));
    EXPECT_THAT(valid.body, HasSubstr(R"("metadata":{"tier":"gold"})"));
    EXPECT_THAT(valid.body, HasSubstr(R"({"name":"requests","count":3,"remaining":2,"reset_s":1200})"));
    EXPECT_EQ(outcome(secret, R"(,"permissions":["reports.write"])"), "insufficient_permissions");
    EXPECT_EQ(call(secret, "GET", "/api/v1/me").status, 401) << "it is no credential of ours";
    EXPECT_EQ(call(admin_, "DELETE", "/api/v1/keys/" + id).status, 204);
    program_->hear_revocations();
    EXPECT_EQ(outcome(secret), "revoked");
    for (auto const& reply : {get(""), get('/' + id), verify(secret), get('/' + id + "/usage"), get("/usage")})
        EXPECT_THAT(reply.body, Not(HasSubstr(secret.substr(20))));
    EXPECT_THAT(call(admin_, "GET", "/api/v1/audit").body, Not(HasSubstr(secret.substr(20))));
}

TEST_P(KeysApiTest, BadInputNamesEveryFault) {
    EXPECT_THAT(pointers_of(post("", R"({"audience":"customer","prefix":"mk","name":"k","scopes":["read"]})")),
                ElementsAre("/prefix", "/scopes"));
    EXPECT_THAT(pointers_of(post("", R"({"name":"k"})")), ElementsAre("/scopes"));
    EXPECT_THAT(
        pointers_of(post("", R"({"name":"k","scopes":["read"],"limits":[{"name":"A b","count":0}],"metadata":3})")),
        ElementsAre("/limits/0/name", "/limits/0/count", "/limits/0/period_s"));
    EXPECT_THAT(pointers_of(post("", R"({"name":"k","scopes":["read"],"metadata":3,"allowed_addresses":["here"]})")),
                ElementsAre("/allowed_addresses/0", "/metadata"));
    std::string const id = member(post("", customer).body, "id");
    EXPECT_THAT(pointers_of(put('/' + id, R"({"name":"k","scopes":["read"],"expires_at":"2020-01-01T00:00:00Z"})")),
                ElementsAre("/scopes", "/expires_at"));
    EXPECT_THAT(pointers_of(post('/' + id + "/rotate", R"({"overlap_s":2592001})")), ElementsAre("/overlap_s"));
    EXPECT_THAT(pointers_of(put('/' + id + "/credits", R"({"refill":{"amount":0,"interval":"year"}})")),
                ElementsAre("/refill/amount", "/refill/interval"));
    EXPECT_THAT(pointers_of(put('/' + id + "/credits", R"({"refill":{"amount":1,"interval":"day"}})")),
                ElementsAre("/refill"));
    EXPECT_THAT(pointers_of(post('/' + id + "/credits/add", R"({"amount":0})")), ElementsAre("/amount"));
    EXPECT_THAT(pointers_of(verify("", R"(,"credits":-1,"address":"x")")), ElementsAre("/key", "/credits", "/address"));
    EXPECT_THAT(pointers_of(verify("acme_nobody", R"(,"address":"nowhere")")), ElementsAre("/address"));
    EXPECT_THAT(pointers_of(get("/usage?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")), ElementsAre("/from"));
    EXPECT_THAT(get('/' + id).body, HasSubstr(R"("name":"k")")) << "nothing was changed";
}

TEST_P(KeysApiTest, WhatIsNotThereOrHasEndedIsToldApart) {
    std::string const ours = member(post("", R"({"name":"k","scopes":["read"]})").body, "id");
    EXPECT_EQ(code_of(put('/' + ours + "/credits", R"({"credits_remaining":5})")), "conflict");
    std::string const id = member(post("", customer).body, "id");
    EXPECT_EQ(code_of(post('/' + id + "/credits/add", R"({"amount":5})")), "conflict") << "it needs none";
    call(admin_, "DELETE", "/api/v1/keys/" + id);
    EXPECT_EQ(code_of(put('/' + id, R"({"name":"k"})")), "conflict");
    EXPECT_EQ(code_of(post('/' + id + "/rotate", "{}")), "conflict");
    EXPECT_EQ(get('/' + id + "/usage").status, 200) << "its history stays";
    EXPECT_EQ(code_of(get("/key_00000000000000000000000000/usage")), "not_found");
}

TEST_P(KeysApiTest, AKeyOfAnotherTenantIsNotFoundWithTheSameBody) {
    std::string const other = new_key(new_tenant("Other"), "admin");
    auto const made = call(other, "POST", "/api/v1/keys", std::string(customer));
    std::string const id = member(made.body, "id"), secret = member(made.body, "key");
    call(other, "POST", "/api/v1/keys/verify", R"({"key":")" + secret + "\"}");
    EXPECT_EQ(verify(secret).body, verify(keys::new_secret("acme_live")).body);
    std::string const missing = "/key_00000000000000000000000000";
    for (auto const& [method, rest, body] : {std::tuple("GET", "", ""),
                                             {"PUT", "", R"({"name":"k"})"},
                                             {"DELETE", "", ""},
                                             {"POST", "/rotate", "{}"},
                                             {"GET", "/usage", ""},
                                             {"PUT", "/credits", R"({"credits_remaining":5})"},
                                             {"POST", "/credits/add", R"({"amount":5})"}}) {
        auto const foreign = call(admin_, method, "/api/v1/keys/" + id + rest, body);
        EXPECT_EQ(foreign.status, 404) << method << rest;
        EXPECT_EQ(without_request_id(foreign.body),
                  without_request_id(call(admin_, method, "/api/v1/keys" + missing + rest, body).body));
    }
    EXPECT_THAT(call(other, "GET", "/api/v1/keys/" + id).body, HasSubstr(R"("revoked_at":null)"));
}

TEST_P(KeysApiTest, AChangeHoldsForTheNextRequestAfterThePoll) {
    auto const made = post("", R"({"name":"k","scopes":["keys.read","usage.read"]})");
    std::string const id = member(made.body, "id"), key = member(made.body, "key");
    EXPECT_EQ(call(key, "GET", "/api/v1/usage").status, 200);
    auto const change = [&](std::string const& body) {
        auto const reply = put('/' + id, body);
        EXPECT_EQ(reply.status, 200) << reply.body;
        program_->hear_revocations();
    };
    change(R"({"name":"narrower","scopes":["keys.read"]})");
    EXPECT_EQ(code_of(call(key, "GET", "/api/v1/usage")), "forbidden");
    EXPECT_EQ(call(key, "GET", "/api/v1/keys").status, 200);
    change(R"({"name":"k","scopes":["keys.read"],"allowed_addresses":["192.0.2.0/24"]})");
    EXPECT_EQ(code_of(call(key, "GET", "/api/v1/keys")), "forbidden");
    change(R"({"name":"k","scopes":["keys.read"],"allowed_addresses":["127.0.0.0/8","::1"]})");
    EXPECT_EQ(call(key, "GET", "/api/v1/keys").status, 200);
    change(R"({"name":"k","scopes":["keys.read"],"is_disabled":true})");
    EXPECT_EQ(code_of(call(key, "GET", "/api/v1/keys")), "unauthorized");
    change(R"({"name":"k","scopes":["keys.read"]})");
    EXPECT_EQ(call(key, "GET", "/api/v1/keys").status, 200);
    std::string const audit = call(admin_, "GET", "/api/v1/audit?action=update_key").body;
    EXPECT_THAT(audit, HasSubstr("narrower"));
    EXPECT_THAT(audit, HasSubstr("usage.read")) << "what it was before";
}

TEST_P(KeysApiTest, ALimitIsNamedAndTheTightestIsToldInTheHead) {
    auto const made =
        post("", R"({"name":"k","scopes":["read"],"limits":[{"name":"wide","count":100,"period_s":86400},)"
                 R"({"name":"narrow","count":2,"period_s":3600}]})");
    std::string const key = member(made.body, "key");
    auto const first = call(key, "GET", "/api/v1/me");
    EXPECT_EQ(first.headers.at("ratelimit-limit"), "2");
    EXPECT_EQ(first.headers.at("ratelimit-remaining"), "1");
    EXPECT_EQ(first.headers.at("ratelimit-reset"), "1800");
    EXPECT_EQ(call(key, "GET", "/api/v1/me").status, 200);
    auto const refused = call(key, "GET", "/api/v1/me");
    EXPECT_EQ(refused.status, 429);
    EXPECT_THAT(refused.body, HasSubstr("limit: narrow, 2 in 3600 s"));
    EXPECT_GT(std::stoi(refused.headers.at("retry-after")), 1'700);
    put('/' + member(made.body, "id"),
        R"({"name":"k","scopes":["read"],"limits":[{"name":"wide","count":100,"period_s":86400}]})");
    program_->hear_revocations();
    EXPECT_EQ(call(key, "GET", "/api/v1/me").headers.at("ratelimit-remaining"), "97")
        << "nothing was taken of it by what was refused";
}

TEST_P(KeysApiTest, NoKeyGivesMoreThanItHasByMakingChangingOrRotating) {
    std::string const weak = member(
        post("", R"({"name":"weak","scopes":["keys.write","keys.read"],"expires_at":"2099-01-01T00:00:00Z"})").body,
        "key");
    auto const as_weak = [&](std::string_view method, std::string const& target, std::string const& body) {
        return code_of(call(weak, method, "/api/v1/keys" + target, body));
    };
    std::string const strong = member(post("", R"({"name":"strong","scopes":["admin"]})").body, "id");
    EXPECT_EQ(as_weak("POST", "", R"({"name":"k","scopes":["admin"],"expires_at":"2098-01-01T00:00:00Z"})"),
              "forbidden");
    EXPECT_EQ(as_weak("POST", "", R"({"name":"k","scopes":["keys.read"]})"), "forbidden") << "it would outlive";
    EXPECT_EQ(as_weak("POST", '/' + strong + "/rotate", "{}"), "forbidden");
    EXPECT_EQ(as_weak("PUT", '/' + strong, R"({"name":"k","scopes":["admin"],"expires_at":"2098-01-01T00:00:00Z"})"),
              "forbidden");
    auto const child = call(weak, "POST", "/api/v1/keys",
                            R"({"name":"k","scopes":["keys.read"],"expires_at":"2098-01-01T00:00:00Z"})");
    ASSERT_EQ(child.status, 201) << child.body;
    std::string const id = member(child.body, "id");
    EXPECT_EQ(as_weak("PUT", '/' + id, R"({"name":"k","scopes":["usage.read"],"expires_at":"2098-01-01T00:00:00Z"})"),
              "forbidden");
    EXPECT_EQ(call(weak, "POST", "/api/v1/keys/" + id + "/rotate", "{}").status, 200);
    EXPECT_THAT(get('/' + strong).body, HasSubstr(R"("name":"strong")"));
}

TEST_P(KeysApiTest, ARotatedKeyIsTheSameKeyWithAnotherSecret) {
    auto const made = post("", R"({"name":"k","scopes":["read"]})");
    std::string const id = member(made.body, "id"), old = member(made.body, "key");
    auto const rotated = post('/' + id + "/rotate", R"({"overlap_s":3600})", "rotation");
    ASSERT_EQ(rotated.status, 200) << rotated.body;
    EXPECT_EQ(member(rotated.body, "id"), id);
    std::string const next = member(rotated.body, "key");
    EXPECT_EQ(code_of(post('/' + id + "/rotate", R"({"overlap_s":3600})", "rotation")), "idempotency_secret");
    program_->hear_revocations();
    for (auto const& key : {old, next}) EXPECT_EQ(call(key, "GET", "/api/v1/me").status, 200);
    std::string const last = member(post('/' + id + "/rotate", "{}").body, "key");
    program_->hear_revocations();
    EXPECT_EQ(call(next, "GET", "/api/v1/me").status, 401);
    for (auto const& key : {old, last}) EXPECT_EQ(call(key, "GET", "/api/v1/me").status, 200);
    EXPECT_THAT(call(admin_, "GET", "/api/v1/audit").body, Not(HasSubstr(last.substr(10))));
}

TEST_P(KeysApiTest, CreditsAreSpentOnceForOneIdempotencyKey) {
    std::string const id = member(post("", customer).body, "id");
    put('/' + id + "/credits", R"({"credits_remaining":2,"refill":{"amount":9,"interval":"month"}})");
    EXPECT_THAT(post('/' + id + "/credits/add", R"({"amount":3})").body, HasSubstr(R"("credits_remaining":5)"));
    std::string const secret = member(post('/' + id + "/rotate", "{}").body, "key");
    EXPECT_THAT(verify(secret, R"(,"credits":2)", "once").body, HasSubstr(R"("credits_remaining":3)"));
    auto const again = verify(secret, R"(,"credits":2)", "once");
    EXPECT_THAT(again.body, HasSubstr(R"("credits_remaining":3)"));
    EXPECT_EQ(again.headers.at("idempotent-replayed"), "true");
    EXPECT_EQ(code_of(verify(secret, R"(,"credits":1)", "once")), "idempotency_key_reused");
    EXPECT_THAT(get('/' + id).body, HasSubstr(R"("credits_remaining":3)"));
    EXPECT_EQ(outcome(secret, R"(,"credits":4)"), "credits_exhausted");
    EXPECT_THAT(get('/' + id + "/usage?by=day").body,
                HasSubstr(R"("outcome":"valid","verifications":1,"credits_spent":2)"));
    EXPECT_THAT(get("/usage").body, HasSubstr(R"("busiest":[{"key_id":")" + id));
    EXPECT_THAT(call(admin_, "GET", "/api/v1/audit?action=verify_key").body, Not(HasSubstr(R"("status":200)")))
        << "a verification is data in passing";
}

TEST_P(KeysApiTest, WhatAVerificationFindsInMemoryNeedsNoDatabase) {
    constexpr std::uint64_t asked = 300;
    std::string const made = post("", R"({"audience":"customer","prefix":"acme","name":"k"})").body;
    std::string const secret = member(made, "key");
    EXPECT_EQ(outcome(secret), "valid");
    auto const units = [&] {
        auto const counters = program_->database().counters();
        return counters.reads_total + counters.writes_total;
    };
    auto const before = units();
    for (std::uint64_t i = 0; i < asked; ++i) outcome(secret);
    EXPECT_LT(units() - before, asked / 2) << "the program's own polls and flushes aside";
}

TEST_P(KeysApiTest, ListsAreNarrowed) {
    post("", customer);
    auto const names = [&](std::string const& query) {
        json::Document page;
        EXPECT_FALSE(page.parse(get(query).body));
        return page.root().find("items")->items.size();
    };
    EXPECT_EQ(names(""), 2u);
    EXPECT_EQ(names("?audience=customer"), 1u);
    EXPECT_EQ(names("?audience=api"), 1u);
    EXPECT_EQ(names("?owner=customer+5"), 1u);
    EXPECT_EQ(names("?owner=customer"), 0u);
    EXPECT_EQ(names("?is_revoked=true"), 0u);
    EXPECT_EQ(get("?audience=both").status, 422);
}

TEST_P(KeysApiTest, WhatAPlanAllowsIsChangedWithoutARestart) {
    run("user create", {{"email", "ops@example.com"}, {"is_operator", "true"}, {"password", "correct horse battery"}});
    auto const login = ask("POST", "/api/v1/auth/login", {{"Content-Type", "application/json"}},
                           R"({"email":"ops@example.com","password":"correct horse battery"})");
    std::string const cookie = login.headers.at("set-cookie");
    testing::HttpClient::Headers const headers{{"Cookie", cookie.substr(0, cookie.find(';'))},
                                               {"Sec-Fetch-Site", "same-origin"},
                                               {"Content-Type", "application/json"}};
    std::string const small = member(run("tenant create", {{"name", "Small"}, {"plan", "free"}}), "id");
    std::string const key = new_key(small, "read");
    EXPECT_EQ(call(key, "GET", "/api/v1/me").headers.at("ratelimit-limit"), "60");
    auto const changed = ask("PUT", "/api/v1/admin/plans/free", headers,
                             R"({"changes":{"requests_per_minute":700,"flags":{"sso":true}}})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    program_->hear_revocations();
    EXPECT_EQ(call(key, "GET", "/api/v1/me").headers.at("ratelimit-limit"), "700");
    ask("PUT", "/api/v1/admin/tenants/" + small + "/entitlements", headers,
        R"({"changes":{"requests_per_minute":800}})");
    program_->hear_revocations();
    EXPECT_EQ(call(key, "GET", "/api/v1/me").headers.at("ratelimit-limit"), "800");
    std::string const own = call(key, "GET", "/api/v1/entitlements").body;
    EXPECT_THAT(own, HasSubstr(R"("plan":"free","entitlements":{"requests_per_minute":800)"));
    EXPECT_THAT(own, HasSubstr(R"("sso":true)"));
    EXPECT_THAT(ask("GET", "/api/v1/admin/plans", headers).body, HasSubstr(R"("requests_per_minute":700)"));
    EXPECT_THAT(pointers_of(ask("PUT", "/api/v1/admin/plans/free", headers, R"({"changes":{"keys":-2,"beds":1}})")),
                ElementsAre("/changes/keys", "/changes/beds"));
    EXPECT_EQ(ask("PUT", "/api/v1/admin/plans/golden", headers, R"({"changes":{}})").status, 404);
    EXPECT_THAT(ask("GET", "/api/v1/admin/audit?action=change_plan", headers).body,
                HasSubstr(R"("requests_per_minute":60)"));
}

}  // namespace
}  // namespace mainstay::app
