// Pages of other origins, which a tenant's settings list (SECURITY 28), over the API.
#include "app/accounts_fixture.hpp"

namespace mainstay::app {
namespace {

constexpr char const *shop = "https://shop.example.com", *other_shop = "https://other.example.com";

class OriginsTest : public AccountsTest {
protected:
    OriginsTest() {
        for (auto* party : {&mine_, &theirs_}) {
            party->tenant = new_tenant("Harbour");
            party->key = new_key(party->tenant, "admin");
        }
        EXPECT_EQ(allow(mine_, shop).status, 200);
        EXPECT_EQ(allow(theirs_, other_shop).status, 200);
        program_->hear_revocations();
    }

    struct Party {
        std::string tenant, key;
    };
    testing::HttpReply allow(Party const& party, std::string const& origin) {
        return call(party.key, "PATCH", "/api/v1/tenants/" + party.tenant,
                    R"({"settings":{"allowed_origins":[")" + origin + R"("]}})");
    }
    // What the answer lets scripts of; empty: of none but our own pages.
    std::string let_read(testing::HttpReply const& reply) {
        EXPECT_FALSE(reply.headers.contains("access-control-allow-credentials"));
        auto const found = reply.headers.find("access-control-allow-origin");
        return found == reply.headers.end() ? std::string() : found->second;
    }
    std::string read_by(std::string const& origin, Headers headers, std::string const& target = "/api/v1/keys") {
        headers.emplace_back("Origin", origin);
        return let_read(ask("GET", target, headers));
    }
    static Headers with(std::string const& token) { return {{"Authorization", "Bearer " + token}}; }
    testing::HttpReply preflight(std::string const& origin) {
        return client_->request("OPTIONS", "/api/v1/keys",
                                {{"Origin", origin}, {"Access-Control-Request-Method", "POST"}});
    }

    Party mine_, theirs_;
};
INSTANTIATE_TEST_SUITE_P(Engines, OriginsTest, testing::each_engine(), testing::engine_name);

TEST_P(OriginsTest, WhatATenantsKeyGetsIsReadByThatTenantsOriginsAlone) {
    EXPECT_EQ(read_by(shop, with(mine_.key)), shop);
    EXPECT_EQ(read_by(other_shop, with(theirs_.key)), other_shop);
    EXPECT_EQ(read_by(other_shop, with(mine_.key)), "") << "another tenant's";
    EXPECT_EQ(read_by("https://shop.example.com.evil.example", with(mine_.key)), "");
    EXPECT_EQ(read_by("null", with(mine_.key)), "");
    EXPECT_EQ(allow(mine_, "https://new.example.com").status, 200);
    program_->hear_revocations();
    EXPECT_EQ(read_by(shop, with(mine_.key)), "") << "it is listed no longer";
}

TEST_P(OriginsTest, AnAccessTokenIsAsGoodAsAKeyAndACookieIsNot) {
    run("user create", {{"email", "ann@example.com"},
                        {"name", "Ann"},
                        {"password", good_password},
                        {"tenant", mine_.tenant},
                        {"role", "owner"}});
    auto const tokens = post("/api/v1/auth/login", R"({"email":"ann@example.com","password":")" +
                                                       std::string(good_password) + R"(","session":"tokens"})");
    EXPECT_EQ(read_by(shop, with(member(tokens.body, "access_token"))), shop);
    EXPECT_EQ(read_by(other_shop, with(member(tokens.body, "access_token"))), "");
    EXPECT_EQ(read_by(shop, sign_in("ann@example.com")), "");
}

TEST_P(OriginsTest, WhoeverMayAskIsToldBeforeAndWhatAnybodyGetsIsReadByAnyTenantsOrigins) {
    auto const asked = preflight(shop);
    EXPECT_EQ(asked.status, 204);
    EXPECT_EQ(let_read(asked), shop);
    EXPECT_THAT(asked.headers.at("access-control-allow-headers"), HasSubstr("Authorization"));
    EXPECT_THAT(asked.headers.at("vary"), HasSubstr("Origin"));
    EXPECT_EQ(let_read(preflight(other_shop)), other_shop);
    EXPECT_EQ(let_read(preflight("https://evil.example")), "");
    EXPECT_EQ(read_by(shop, {}, "/health"), shop);
    EXPECT_EQ(read_by("https://evil.example", {}, "/health"), "");
    EXPECT_EQ(read_by(shop, with("mk_unknown")), shop) << "a refusal is read as well";
}

TEST_P(OriginsTest, AtMostTwentyExactOriginsAreListed) {
    for (auto const* none : {"*", "https://*.example.com", "http://shop.example.com", "https://shop.example.com/"}) {
        auto const refused = allow(mine_, none);
        EXPECT_EQ(refused.status, 422) << none;
        EXPECT_THAT(refused.body, HasSubstr("/settings/allowed_origins/0"));
    }
    std::string list;
    for (int i = 0; i < 21; ++i) list += (i == 0 ? "\"" : ",\"") + ("https://a" + std::to_string(i)) + ".example\"";
    EXPECT_EQ(call(mine_.key, "PATCH", "/api/v1/tenants/" + mine_.tenant,
                   R"({"settings":{"allowed_origins":[)" + list + "]}}")
                  .status,
              422);
}

}  // namespace
}  // namespace mainstay::app
