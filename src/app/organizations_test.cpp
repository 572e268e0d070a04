// Members, invitations, ownership and the end of a tenant, over the API.
#include "app/accounts_fixture.hpp"

namespace mainstay::app {
namespace {

class OrganizationsTest : public AccountsTest {
protected:
    OrganizationsTest() {
        tenant_ = new_tenant("Harbour");
        owner_ = join("owner@example.com", "owner");
        path_ = "/api/v1/tenants/" + tenant_;
    }

    Headers join(std::string const& email, std::string const& role) {
        run("user create", {{"email", email}, {"password", good_password}, {"tenant", tenant_}, {"role", role}});
        return sign_in(email);
    }
    std::string member_id(std::string const& email) {
        json::Document list;
        EXPECT_FALSE(list.parse(ask("GET", path_ + "/members", owner_).body));
        for (auto const& item : list.root().find("items")->items)
            if (item.find("email")->string == email) return std::string(item.find("id")->string);
        return {};
    }
    std::string member_path(std::string const& email) { return path_ + "/members/" + member_id(email); }
    testing::HttpReply invite(std::string const& email, std::string const& role = "user") {
        return post(path_ + "/invitations", R"({"email":")" + email + R"(","role":")" + role + R"("})", owner_);
    }
    static std::string accepting(std::string const& token, std::string const& rest = {}) {
        return R"({"token":")" + token + '"' + rest + '}';
    }

    std::string tenant_, path_;
    Headers owner_;
};
INSTANTIATE_TEST_SUITE_P(Engines, OrganizationsTest, testing::each_engine(), testing::engine_name);

TEST_P(OrganizationsTest, WhoIsInvitedMakesAnAccountByTheLinkOnce) {
    auto const invited = invite("bob@example.com", "support_agent");
    ASSERT_EQ(invited.status, 201) << invited.body;
    std::string const token = token_in(mail_to("bob@example.com", "invitation"));
    EXPECT_THAT(invited.body, Not(HasSubstr(token)));
    auto const seen = post("/api/v1/invitations/look", accepting(token));
    EXPECT_EQ(member(seen.body, "tenant_name"), "Harbour");
    EXPECT_EQ(member(seen.body, "email"), "bob@example.com");
    EXPECT_THAT(post("/api/v1/invitations/accept", accepting(token)).body, HasSubstr("/password"));
    auto const accepted =
        post("/api/v1/invitations/accept", accepting(token, R"(,"name":"Bob","password":"correct horse battery")"));
    ASSERT_EQ(accepted.status, 200) << accepted.body;
    EXPECT_EQ(tenant_of(session_of(accepted)), tenant_);
    EXPECT_EQ(code_of(post("/api/v1/invitations/accept",
                           accepting(token, R"(,"name":"Eve","password":"correct horse battery")"))),
              "link_invalid");
    auto const members = ask("GET", path_ + "/members", owner_).body;
    EXPECT_THAT(members, HasSubstr("bob@example.com"));
    EXPECT_THAT(members, HasSubstr("support_agent"));
    EXPECT_THAT(ask("GET", path_ + "/invitations", owner_).body, HasSubstr(R"("items":[])"));
    EXPECT_THAT(ask("GET", "/api/v1/audit", owner_).body, HasSubstr("accept_invitation"));
}

TEST_P(OrganizationsTest, WhoHasAnAccountSignsInAndJoinsWithANewSession) {
    open_account("ada@example.com", "Her own");
    auto const session = sign_in("ada@example.com");
    invite("ada@example.com");
    std::string const token = token_in(mail_to("ada@example.com", "invitation"));
    EXPECT_EQ(code_of(post("/api/v1/invitations/accept",
                           accepting(token, R"(,"name":"Eve","password":"correct horse battery")"))),
              "account_exists");
    auto const accepted = post("/api/v1/invitations/accept", accepting(token), session);
    ASSERT_EQ(accepted.status, 200) << accepted.body;
    program_->hear_revocations();
    EXPECT_EQ(status_of(session), 401);
    auto joined = session_of(accepted);
    joined.emplace_back("X-Tenant-ID", tenant_);
    EXPECT_EQ(tenant_of(joined), tenant_);
}

TEST_P(OrganizationsTest, AnInvitationThatWasRevokedOrSentAgainLetsNobodyInByItsOldLink) {
    auto const id = member(invite("bob@example.com").body, "id");
    std::string const first = token_in(mail_to("bob@example.com", "invitation"));
    EXPECT_EQ(code_of(invite("bob@example.com")), "conflict");
    ASSERT_EQ(ask("POST", path_ + "/invitations/" + id + "/resend", owner_).status, 200);
    std::string second = first;
    while (second == first) second = token_in(mail_to("bob@example.com", "invitation"));
    EXPECT_EQ(code_of(post("/api/v1/invitations/look", accepting(first))), "link_invalid");
    EXPECT_EQ(post("/api/v1/invitations/look", accepting(second)).status, 200);
    EXPECT_EQ(ask("DELETE", path_ + "/invitations/" + id, owner_).status, 204);
    EXPECT_EQ(code_of(post("/api/v1/invitations/look", accepting(second))), "link_invalid");
    EXPECT_EQ(invite("bob@example.com").status, 201);
}

TEST_P(OrganizationsTest, NobodyGivesOrTakesRightsThatTheyLack) {
    auto const admin = join("admin@example.com", "org_admin");
    auto const user = join("user@example.com", "user");
    EXPECT_EQ(code_of(ask("PATCH", member_path("user@example.com"), admin, R"({"role":"owner"})")), "forbidden");
    EXPECT_EQ(code_of(ask("PATCH", member_path("owner@example.com"), admin, R"({"role":"user"})")), "forbidden");
    EXPECT_EQ(code_of(ask("DELETE", member_path("owner@example.com"), admin)), "forbidden");
    EXPECT_EQ(code_of(post(path_ + "/invitations", R"({"email":"eve@example.com","role":"owner"})", admin)),
              "forbidden");
    EXPECT_EQ(code_of(ask("PATCH", member_path("admin@example.com"), user, R"({"role":"user"})")), "forbidden");
    EXPECT_EQ(ask("PATCH", member_path("user@example.com"), admin, R"({"role":"org_admin"})").status, 200);
    std::string const key = new_key(tenant_, "admin");
    EXPECT_EQ(code_of(call(key, "PATCH", member_path("user@example.com"), R"({"role":"owner"})")), "forbidden");
}

TEST_P(OrganizationsTest, WhoGainsRightsSignsInAgainAndWhoLosesThemHasThemNoLonger) {
    auto const user = join("user@example.com", "user");
    ask("PATCH", member_path("user@example.com"), owner_, R"({"role":"org_admin"})");
    program_->hear_revocations();
    EXPECT_EQ(status_of(user), 401);
    auto const admin = sign_in("user@example.com");
    EXPECT_EQ(ask("GET", "/api/v1/keys", admin).status, 200);
    ask("PATCH", member_path("user@example.com"), owner_, R"({"role":"billing_admin"})");
    program_->hear_revocations();
    EXPECT_EQ(ask("GET", "/api/v1/keys", admin).status, 403);
    EXPECT_EQ(status_of(admin), 200);
}

TEST_P(OrganizationsTest, WhoIsDeactivatedOrRemovedIsShutOutAndMayComeBack) {
    auto const user = join("user@example.com", "user");
    std::string const path = member_path("user@example.com");
    EXPECT_THAT(ask("PATCH", path, owner_, R"({"is_active":false})").body, HasSubstr(R"("is_active":false)"));
    program_->hear_revocations();
    EXPECT_EQ(ask("GET", path_, user).status, 403);
    EXPECT_EQ(ask("PATCH", path, owner_, R"({"is_active":true})").status, 200);
    EXPECT_EQ(ask("GET", path_, sign_in("user@example.com")).status, 200);
    EXPECT_EQ(ask("DELETE", path, owner_).status, 204);
    program_->hear_revocations();
    EXPECT_EQ(ask("GET", path_, sign_in("user@example.com")).status, 403);
    EXPECT_EQ(ask("DELETE", path, owner_).status, 404);
}

TEST_P(OrganizationsTest, TheLastOwnerNeitherGoesNorStepsDown) {
    std::string const path = member_path("owner@example.com");
    EXPECT_EQ(code_of(ask("PATCH", path, owner_, R"({"role":"org_admin"})")), "last_owner");
    EXPECT_EQ(code_of(ask("PATCH", path, owner_, R"({"is_active":false})")), "last_owner");
    EXPECT_EQ(code_of(ask("DELETE", path, owner_)), "last_owner");
    join("second@example.com", "owner");
    ask("PATCH", member_path("second@example.com"), owner_, R"({"is_active":false})");
    EXPECT_EQ(code_of(ask("DELETE", path, owner_)), "last_owner") << "the other is not active";
    ask("PATCH", member_path("second@example.com"), owner_, R"({"is_active":true})");
    EXPECT_EQ(ask("DELETE", path, owner_).status, 204);
}

TEST_P(OrganizationsTest, OwnershipIsTransferredToAnActiveMember) {
    join("heir@example.com", "user");
    std::string const to = R"({"member_id":")" + member_id("heir@example.com") + R"("})";
    std::string const to_self = R"({"member_id":")" + member_id("owner@example.com") + R"("})";
    EXPECT_EQ(code_of(post(path_ + "/transfer", to_self, owner_)), "conflict");
    EXPECT_EQ(member(post(path_ + "/transfer", to, owner_).body, "role"), "owner");
    program_->hear_revocations();
    EXPECT_EQ(code_of(post(path_ + "/transfer", to, owner_)), "forbidden");
    EXPECT_EQ(ask("GET", "/api/v1/keys", owner_).status, 200) << "an administrator still";
    EXPECT_EQ(post(path_ + "/transfer", to_self, sign_in("heir@example.com")).status, 200);
}

TEST_P(OrganizationsTest, ThePlansMembersHoldForTheInvitedToo) {
    open_account("ada@example.com", "Small");
    auto const session = sign_in("ada@example.com");
    std::string const path = "/api/v1/tenants/" + tenant_of(session) + "/invitations";
    auto const quota = entitlements::defaults_of(entitlements::Plan::free).members;
    for (std::int64_t i = 1; i < quota; ++i)
        EXPECT_EQ(post(path, R"({"email":"m)" + std::to_string(i) + R"(@example.com","role":"user"})", session).status,
                  201);
    EXPECT_EQ(code_of(post(path, R"({"email":"more@example.com","role":"user"})", session)), "quota_exceeded");
}

TEST_P(OrganizationsTest, ATenantIsChangedByItsPeopleAndAnyByOperators) {
    auto const changed =
        ask("PATCH", path_, owner_,
            R"({"name":"Harbour & Vale","slug":"harbour-vale","settings":{"time_zone":"Asia/Kolkata"}})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(member(changed.body, "slug"), "harbour-vale");
    EXPECT_THAT(changed.body, HasSubstr("Asia/Kolkata"));
    new_tenant("Other");
    EXPECT_EQ(code_of(ask("PATCH", path_, owner_, R"({"slug":"other"})")), "conflict");
    EXPECT_THAT(ask("PATCH", path_, owner_, R"({"slug":"www"})").body, HasSubstr("/slug"));
    EXPECT_EQ(ask("PATCH", path_, owner_, R"({"slug":"-a"})").status, 422);
    EXPECT_EQ(ask("PATCH", path_, owner_, R"({"plan":"enterprise"})").status, 422) << "not theirs to change";
    EXPECT_EQ(ask("PATCH", path_, owner_, R"({"billing_customer_id":"cus_1"})").status, 422);
    auto const any = operate("PATCH", "/api/v1/admin/tenants/" + tenant_,
                             R"({"plan":"pro","billing_customer_id":"cus_1","region":"eu"})");
    EXPECT_EQ(member(any.body, "plan"), "pro");
    EXPECT_EQ(member(any.body, "billing_customer_id"), "cus_1");
    EXPECT_THAT(ask("GET", "/api/v1/audit", owner_).body, HasSubstr("update_any_tenant"));
}

TEST_P(OrganizationsTest, ASuspendedTenantsCredentialsAreRefusedUntilItIsTakenUpAgain) {
    std::string const key = new_key(tenant_, "admin"), path = "/api/v1/admin/tenants/" + tenant_;
    EXPECT_EQ(call(key, "GET", path_).status, 200);
    EXPECT_EQ(operate("PATCH", path, R"({"status":"suspended"})").status, 200);
    program_->hear_revocations();
    EXPECT_EQ(call(key, "GET", path_).status, 401);
    EXPECT_EQ(ask("GET", path_, owner_).status, 403);
    EXPECT_EQ(operate("PATCH", path, R"({"status":"active"})").status, 200);
    program_->hear_revocations();
    EXPECT_EQ(call(key, "GET", path_).status, 200);
}

TEST_P(OrganizationsTest, ADeletedTenantIsShutAtOnceAndItsOwnersAloneMayTakeItBack) {
    auto const user = join("user@example.com", "user");
    std::string const key = new_key(tenant_, "admin");
    EXPECT_EQ(code_of(call(key, "DELETE", path_)), "forbidden");
    EXPECT_EQ(ask("DELETE", path_, owner_).status, 204);
    program_->hear_revocations();
    EXPECT_EQ(call(key, "GET", path_).status, 401);
    EXPECT_EQ(ask("GET", path_, user).status, 403);
    EXPECT_EQ(ask("GET", "/api/v1/keys", owner_).status, 403);
    auto const read = ask("GET", path_, owner_);
    EXPECT_EQ(member(read.body, "status"), "deleting");
    EXPECT_THAT(read.body, HasSubstr(R"("deletes_at":"20)"));
    EXPECT_EQ(member(ask("POST", path_ + "/restore", owner_).body, "status"), "active");
    program_->hear_revocations();
    EXPECT_EQ(call(key, "GET", path_).status, 200);
    EXPECT_EQ(code_of(ask("POST", path_ + "/restore", owner_)), "conflict");
}

TEST_P(OrganizationsTest, OperatorsMakeMembersWithoutAskingThem) {
    auto const made =
        operate("POST", path_ + "/members", R"({"email":"new@example.com","name":"New","role":"billing_admin"})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(mail_to("new@example.com", "member_added").text, HasSubstr("/forgot"));
    EXPECT_EQ(log_in("new@example.com", "").status, 422);
    post("/api/v1/auth/forgot", R"({"email":"new@example.com"})");
    std::string const token = token_in(mail_to("new@example.com", "reset_password"));
    EXPECT_EQ(post("/api/v1/auth/reset", accepting(token, R"(,"password":"another good one")")).status, 204);
    EXPECT_EQ(tenant_of(sign_in("new@example.com", "another good one")), tenant_);
    EXPECT_EQ(code_of(ask("POST", path_ + "/members", owner_, R"({"email":"e@x.org","name":"E","role":"user"})")),
              "forbidden");
}

}  // namespace
}  // namespace mainstay::app
