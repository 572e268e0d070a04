// Clients that are no browser: tokens in place of the cookie, over the API.
#include "app/accounts_fixture.hpp"
#include "base/text.hpp"
#include "platform/identity/totp.hpp"

namespace mainstay::app {
namespace {

using testing::comes_true;

class TokensTest : public AccountsTest {
protected:
    static constexpr char const* ada = "ada@example.com";

    TokensTest() { open_account(ada); }

    testing::HttpReply tokens_of(std::string const& email, std::string const& password = good_password) {
        return post("/api/v1/auth/login",
                    R"({"email":")" + email + R"(","password":")" + password + R"(","session":"tokens"})");
    }
    std::string access_token(std::string const& email = ada) { return member(tokens_of(email).body, "access_token"); }
    testing::HttpReply refresh(std::string const& token) {
        return post("/api/v1/auth/refresh", R"({"refresh_token":")" + token + R"("})");
    }
    int status(std::string const& token, std::string const& tenant = {}) {
        Headers headers{{"Authorization", "Bearer " + token}};
        if (!tenant.empty()) headers.emplace_back("X-Tenant-ID", tenant);
        return ask("GET", "/api/v1/me", headers).status;
    }
    bool ends(std::string const& token) {
        return comes_true([&] { return status(token) == 401; });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, TokensTest, testing::each_engine(), testing::engine_name);

TEST_P(TokensTest, AnAccessTokenMayWhatItsPersonMayInEachOfTheirTenants) {
    auto const reply = tokens_of(ada);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_FALSE(reply.headers.contains("set-cookie"));
    EXPECT_EQ(member(reply.body, "token_type"), "Bearer");
    EXPECT_THAT(reply.body, HasSubstr(R"("expires_in":600)"));
    std::string const token = member(reply.body, "access_token");
    auto const browser = sign_in(ada);
    EXPECT_EQ(member(call(token, "GET", "/api/v1/me").body, "tenant_id"), tenant_of(browser));
    EXPECT_EQ(call(token, "POST", "/api/v1/keys", R"({"name":"k","scopes":["read"]})").status, 201);
    std::string const other = new_tenant("Quay");
    run("user create",
        {{"email", "bob@example.com"}, {"password", good_password}, {"tenant", other}, {"role", "support_agent"}});
    auto const bob = access_token("bob@example.com");
    EXPECT_EQ(status(bob, other), 200);
    EXPECT_EQ(status(bob, tenant_of(browser)), 404);
    EXPECT_EQ(code_of(call(bob, "POST", "/api/v1/keys", R"({"name":"k","scopes":["read"]})")), "forbidden");
}

TEST_P(TokensTest, ARefreshGivesTheNextTokensAndUsedAgainEndsTheSession) {
    std::string const first = member(tokens_of(ada).body, "refresh_token");
    auto const refreshed = refresh(first);
    ASSERT_EQ(refreshed.status, 200) << refreshed.body;
    std::string const token = member(refreshed.body, "access_token");
    EXPECT_EQ(status(token), 200);
    EXPECT_EQ(code_of(refresh(first)), "refresh_refused");
    EXPECT_EQ(code_of(refresh(member(refreshed.body, "refresh_token"))), "refresh_refused");
    EXPECT_TRUE(ends(token));
    auto const log = ask("GET", "/api/v1/audit", sign_in(ada)).body;
    EXPECT_THAT(log, HasSubstr("refresh_refused"));
    EXPECT_THAT(log, Not(HasSubstr(first)));
    EXPECT_EQ(code_of(refresh("invented.token")), "refresh_refused");
}

TEST_P(TokensTest, ATokenSessionStandsAmongTheOthersAndIsEndedWithThem) {
    auto const browser = sign_in(ada);
    auto const here = access_token(), there = access_token();
    auto const list = call(here, "GET", "/api/v1/auth/sessions").body;
    EXPECT_THAT(list, HasSubstr(R"("kind":"tokens")"));
    EXPECT_THAT(list, HasSubstr(R"("kind":"browser")"));
    EXPECT_EQ(status(there), 200);
    EXPECT_EQ(call(here, "DELETE", "/api/v1/auth/sessions").status, 204);
    EXPECT_TRUE(ends(there));
    EXPECT_TRUE(comes_true([&] { return status_of(browser) == 401; }));
    EXPECT_EQ(status(here), 200);
    EXPECT_EQ(call(here, "POST", "/api/v1/auth/logout").status, 204);
    EXPECT_TRUE(ends(here));
}

TEST_P(TokensTest, TheSecondStepGivesTokensToo) {
    auto const session = sign_in(ada);
    auto const begun = ask("POST", "/api/v1/me/second-factor",
                           {session[0], session[1], {"X-CSRF-Token", member(log_in(ada).body, "csrf_token")}});
    EXPECT_EQ(begun.status, 403) << "of another session";
    auto const token = access_token();
    auto const seed_text = member(call(token, "POST", "/api/v1/me/second-factor").body, "secret");
    std::string seed;
    unsigned buffer = 0;
    int bits = 0;
    for (char const c : seed_text) {
        buffer = (buffer << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26)) & 0xFFFF;
        if ((bits += 5) < 8) continue;
        bits -= 8;
        seed += static_cast<char>(buffer >> bits & 255);
    }
    auto const code = [&](std::int64_t ahead) {
        return identity::totp_code(seed, identity::totp_step_of(system_clock().now()) + ahead);
    };
    ASSERT_EQ(call(token, "POST", "/api/v1/me/second-factor/confirm", R"({"code":")" + code(0) + R"("})").status, 200);
    auto const asked = tokens_of(ada);
    EXPECT_EQ(member(asked.body, "status"), "second_factor");
    EXPECT_THAT(asked.body, Not(HasSubstr("access_token")));
    auto const step = post("/api/v1/auth/second-factor", R"({"token":")" + member(asked.body, "token") +
                                                             R"(","code":")" + code(1) + R"(","session":"tokens"})");
    ASSERT_EQ(step.status, 200) << step.body;
    EXPECT_EQ(status(member(step.body, "access_token")), 200);
}

TEST_P(TokensTest, SayingThePasswordAgainGivesNewTokensAndANewPasswordEndsTheOthers) {
    auto const token = access_token(), other = access_token();
    auto const confirmed = call(token, "POST", "/api/v1/auth/confirm", R"({"password":"correct horse battery"})");
    ASSERT_EQ(confirmed.status, 200) << confirmed.body;
    EXPECT_FALSE(confirmed.headers.contains("set-cookie"));
    EXPECT_TRUE(ends(token));
    auto const changed = call(member(confirmed.body, "access_token"), "POST", "/api/v1/auth/password",
                              R"({"old_password":"correct horse battery","password":"another good one"})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_TRUE(ends(other));
    EXPECT_TRUE(ends(member(confirmed.body, "access_token")));
    EXPECT_EQ(status(member(changed.body, "access_token")), 200);
}

TEST_P(TokensTest, SuspendingTheTenantOrTakingTheRightsAwayIsHeard) {
    std::string const tenant = new_tenant("Quay");
    run("user create",
        {{"email", "bob@example.com"}, {"password", good_password}, {"tenant", tenant}, {"role", "org_admin"}});
    auto const bob = access_token("bob@example.com");
    EXPECT_EQ(call(bob, "GET", "/api/v1/keys").status, 200);
    program_->database().write(TenantId::parse(tenant).value(), [&](Transaction& tx) {
        auto const user = identity::find_user_by_email(tx, {"bob@example.com"});
        tenants::set_role(tx, tenants::find_member(tx, user->id).value(), tenants::Role::support_agent);
    });
    EXPECT_TRUE(comes_true([&] { return call(bob, "GET", "/api/v1/keys").status != 200; }));
    auto const again = access_token("bob@example.com");
    EXPECT_EQ(status(again, tenant), 200);
    program_->database().write(system_scope("a test"), [&](Transaction& tx) {
        tenants::set_status(tx, TenantId::parse(tenant).value(), tenants::Status::suspended);
    });
    EXPECT_TRUE(comes_true([&] { return status(again, tenant) == 404; }));
}

TEST_P(TokensTest, WhatIsNoTokenOfOursOpensNothingAndACookieIsNoPlaceForOne) {
    auto const token = access_token();
    EXPECT_EQ(status(token), 200);
    auto const parts = split(token, '.');
    std::string const claims(parts[1]);
    auto const header = [](std::string_view text) {
        return to_base64url({reinterpret_cast<unsigned char const*>(text.data()), text.size()});
    };
    for (std::string const& forged :
         {header(R"({"alg":"none","typ":"at+jwt"})") + '.' + claims + '.',
          header(R"({"alg":"HS256","typ":"at+jwt"})") + '.' + claims + '.' + std::string(parts[2]),
          std::string(parts[0]) + '.' + header("{}") + '.' + std::string(parts[2]), token + "AA", token.substr(1)})
        EXPECT_EQ(status(forged), 401) << forged;
    EXPECT_EQ(ask("GET", "/api/v1/me", {{"Cookie", "session=" + token}}).status, 401);
    std::string const key = new_key(new_tenant("Quay"), "read");
    EXPECT_EQ(call(key, "GET", "/api/v1/me").status, 200);
    EXPECT_EQ(ask("GET", "/api/v1/me", {{"Cookie", "session=" + key}}).status, 401);
}

}  // namespace
}  // namespace mainstay::app
