// Single sign-on with a certified OpenID provider (the npm package oidc-provider), from one end to the other.
#include "app/sign_on_fixture.hpp"

#include <sstream>

namespace mainstay::app {
namespace {

class OidcProviderTest : public SignOnTest {
protected:
    OidcProviderTest() {
        std::istringstream ports(server_.line_with("ports "));
        std::string word;
        int issuer = 0;
        ports >> word >> issuer >> control_port_;
        control_ = std::make_unique<testing::HttpClient>(control_port_);
        issuer_ = "http://127.0.0.1:" + std::to_string(issuer);
    }

    void person_is(std::string const& json) { EXPECT_EQ(control_->request("POST", "/person", {}, json).status, 200); }
    // As somebody's browser goes there and comes back.
    testing::HttpReply come_in() {
        auto const begun = begin();
        EXPECT_EQ(begun.status, 200) << begun.body;
        auto const back = control_->request("GET", "/browse?to=" + percent_encode(member(begun.body, "url"))).body;
        EXPECT_THAT(back, ::testing::StartsWith(std::string(our_url) + "/single-sign-on?"));
        return finish(member(begun.body, "transaction"), query(back, "state"),
                      R"(,"code":")" + query(back, "code") + R"(","iss":")" + query(back, "iss") + '"');
    }

    testing::ChildProcess server_{
        {"node", NET_TEST_SERVERS "/oidc_server.mjs", std::string(our_url) + "/single-sign-on"}};
    std::uint16_t control_port_ = 0;
    std::unique_ptr<testing::HttpClient> control_;
    std::string issuer_;
};
INSTANTIATE_TEST_SUITE_P(Engines, OidcProviderTest, testing::each_engine(), testing::engine_name);

TEST_P(OidcProviderTest, WhoItLetsInGetsAnAccountAndComesInToTheSameAgain) {
    set_up(issuer_,
           R"(,"creates_accounts":true,"role_claim":"groups","roles":[{"value":"admins","role":"org_admin"}])");
    person_is(R"({"sub":"u1","email":"ada@harbour.example","email_verified":true,"name":"Ada","groups":["staff"]})");
    auto const first = come_in();
    ASSERT_EQ(first.status, 200) << first.body;
    auto const session = session_of(first);
    EXPECT_EQ(tenant_of(session), tenant_);
    EXPECT_EQ(code_of(ask("GET", "/api/v1/keys", session)), "forbidden") << "a user";
    EXPECT_THAT(first.body, HasSubstr("ada@harbour.example"));
    // The address changed hands there, the subject did not; and a group was added.
    person_is(R"({"sub":"u1","email":"a.lovelace@harbour.example","email_verified":true,"groups":["admins"]})");
    auto const second = come_in();
    ASSERT_EQ(second.status, 200) << second.body;
    EXPECT_THAT(second.body, HasSubstr("ada@harbour.example"));
    EXPECT_EQ(ask("GET", "/api/v1/keys", session_of(second)).status, 200);
    EXPECT_EQ(count("SELECT count(*) AS n FROM users"), 2);
    EXPECT_THAT(log_of_tenant(), HasSubstr("finish_single_sign_on"));
}

TEST_P(OidcProviderTest, AnUnconfirmedAddressGetsNoAccountAndOpensNone) {
    set_up(issuer_, R"(,"creates_accounts":true)");
    join("bob@harbour.example", "user");
    confirm("bob@harbour.example");
    for (char const* confirmed : {R"(,"email_verified":false)", ""})
        for (char const* name : {"bob", "new"}) {
            person_is(R"({"sub":"u2","email":")" + std::string(name) + R"(@harbour.example")" + confirmed + '}');
            EXPECT_EQ(code_of(come_in()), "account_not_linked");
        }
    EXPECT_EQ(count("SELECT count(*) AS n FROM provider_identities"), 0);
}

TEST_P(OidcProviderTest, AWrongClientSecretIsToldInTheAuditAndNotToTheWorld) {
    set_up(issuer_, R"(,"creates_accounts":true)");
    person_is(R"({"sub":"u1","email":"ada@harbour.example","email_verified":true})");
    ASSERT_EQ(change(R"({"client_secret":"another"})").status, 200);
    auto const refused = come_in();
    EXPECT_EQ(code_of(refused), "provider_failed");
    EXPECT_THAT(refused.body, Not(HasSubstr("401")));
    EXPECT_THAT(log_of_tenant(), HasSubstr("its token endpoint answered 401"));
}

}  // namespace
}  // namespace mainstay::app
