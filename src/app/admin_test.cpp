// What operators see and do over the API: users, figures, the state of the system.
#include "app/accounts_fixture.hpp"
#include "app/originator.hpp"

namespace mainstay::app {
namespace {

class AdminTest : public AccountsTest {
protected:
    std::string new_user(std::string const& name, std::map<std::string, std::string> flags = {}) {
        flags["email"] = name + "@example.com";
        flags["name"] = name;
        flags["password"] = good_password;
        return member(run("user create", flags), "id");
    }
    testing::HttpReply set_status(std::string const& user, std::string const& status) {
        return operate("PATCH", "/api/admin/users/" + user + "/status", R"({"status":")" + status + "\"}");
    }
    std::string own_id() { return member(operate("GET", "/api/v1/me").body, "actor_id"); }
};
INSTANTIATE_TEST_SUITE_P(Engines, AdminTest, testing::each_engine(), testing::engine_name);

TEST_P(AdminTest, UsersAreFoundByTheBeginningOfTheirAddressOrNameAndPaged) {
    for (auto const* name : {"ann", "Anna", "annabel", "bob"}) new_user(name);
    auto const found = operate("GET", "/api/admin/users?email=ann&limit=2");
    EXPECT_EQ(found.status, 200) << found.body;
    EXPECT_THAT(found.body, HasSubstr("ann@example.com"));
    EXPECT_THAT(found.body, HasSubstr("anna@example.com"));
    EXPECT_THAT(found.body, Not(HasSubstr("annabel@")));
    auto const next =
        operate("GET", "/api/admin/users?email=ann&limit=2&cursor=" + member(found.body, "next_cursor")).body;
    EXPECT_THAT(next, HasSubstr("annabel@example.com"));
    EXPECT_THAT(next, Not(HasSubstr("anna@")));
    EXPECT_THAT(next, HasSubstr(R"("next_cursor":null)"));
    auto const named = operate("GET", "/api/admin/users?name=ANN&limit=2");
    EXPECT_THAT(named.body, HasSubstr(R"("name":"Anna")"));
    EXPECT_THAT(operate("GET", "/api/admin/users?name=ANN&limit=2&cursor=" + member(named.body, "next_cursor")).body,
                HasSubstr("annabel"));
    EXPECT_THAT(operate("GET", "/api/admin/users?name=nobody").body, HasSubstr(R"("items":[])"));
    EXPECT_EQ(operate("GET", "/api/admin/users?name=a&email=a").status, 422);
    EXPECT_EQ(operate("GET", "/api/admin/users?cursor=usr_01j9zq5w8vf2tq0k6s3e9m4x7c").status, 422);
    EXPECT_THAT(found.body, Not(HasSubstr("argon2"))) << "no hash leaves the database";
}

TEST_P(AdminTest, UsersOfOneStatusAreListedByEither) {
    auto const ann = new_user("ann"), bob = new_user("bob");
    EXPECT_EQ(set_status(ann, "suspended").status, 200);
    for (auto const* by : {"", "&email=a", "&name=a"}) {
        EXPECT_THAT(operate("GET", std::string("/api/admin/users?status=suspended") + by).body,
                    ::testing::AllOf(HasSubstr(ann), Not(HasSubstr(bob))))
            << by;
        EXPECT_THAT(operate("GET", std::string("/api/admin/users?status=active") + by).body, Not(HasSubstr(ann))) << by;
    }
}

TEST_P(AdminTest, AUserIsReadWithWhereTheyWorkAndHowTheySignIn) {
    auto const tenant = new_tenant("Harbour");
    auto const ann = new_user("ann", {{"tenant", tenant}, {"role", "org_admin"}});
    sign_in("ann@example.com");
    auto const detail = operate("GET", "/api/admin/users/" + ann);
    EXPECT_EQ(detail.status, 200) << detail.body;
    EXPECT_THAT(detail.body, HasSubstr(R"("tenant_id":")" + tenant + R"(","tenant_name":"Harbour")"));
    EXPECT_THAT(detail.body, HasSubstr(R"("role":"org_admin")"));
    EXPECT_THAT(detail.body, HasSubstr(R"("has_second_factor":false,"sessions":1)"));
    EXPECT_EQ(operate("GET", "/api/admin/users/usr_01j9zq5w8vf2tq0k6s3e9m4x7c").status, 404);
}

TEST_P(AdminTest, WhoIsSignedInIsSeen) {
    auto const ann = new_user("ann");
    auto const session = sign_in("ann@example.com");
    EXPECT_EQ(status_of(session), 200);
    EXPECT_TRUE(testing::comes_true([&] {
        return operate("GET", "/api/admin/users/" + ann).body.find(R"("last_seen_at":null)") == std::string::npos;
    })) << "within a second or so";
}

TEST_P(AdminTest, ASuspendedUserIsShutOutWithinASecondAndLetInAgain) {
    auto const ann = new_user("ann", {{"tenant", new_tenant("Harbour")}, {"role", "owner"}});
    auto const session = sign_in("ann@example.com");
    EXPECT_EQ(status_of(session), 200);
    auto const done = set_status(ann, "suspended");
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(member(done.body, "status"), "suspended");
    EXPECT_TRUE(testing::comes_true([&] { return status_of(session) == 401; }));
    EXPECT_EQ(code_of(log_in("ann@example.com")), "account_suspended");
    EXPECT_EQ(code_of(log_in("ann@example.com", "wrong")), "sign_in_failed") << "who lacks the password learns nothing";
    EXPECT_EQ(set_status(ann, "active").status, 200);
    EXPECT_EQ(status_of(session), 401) << "the session has ended for good";
    EXPECT_EQ(status_of(sign_in("ann@example.com")), 200);
}

TEST_P(AdminTest, TheWorkOfASuspendedUserIsNotCarriedOn) {
    auto const tenant = TenantId::parse(new_tenant("Harbour")).value();
    auto const ann = new_user("ann", {{"tenant", tenant.to_string()}, {"role", "owner"}});
    auto const may = [&] {
        return program_->database().read(
            tenant, [&](Snapshot& snapshot) { return may_still(snapshot, ann, "migrations.write"); });
    };
    EXPECT_TRUE(may());
    set_status(ann, "suspended");
    EXPECT_FALSE(may());
}

TEST_P(AdminTest, NobodySuspendsThemselvesAndTheLastOperatorStays) {
    auto const own = own_id();
    EXPECT_EQ(code_of(set_status(own, "suspended")), "conflict");
    auto const other = new_user("other", {{"is_operator", "true"}});
    EXPECT_EQ(set_status(other, "suspended").status, 200);
    EXPECT_EQ(code_of(log_in("other@example.com")), "account_suspended");
    auto const guard = [&](std::string const& user) {
        return program_->database().read(system_scope("a test"), [&](Snapshot& snapshot) {
            return identity::has_other_operator(snapshot, identity::UserId::parse(user).value());
        });
    };
    EXPECT_FALSE(guard(own)) << "a suspended operator does not count";
    EXPECT_TRUE(guard(other));
}

TEST_P(AdminTest, WhatIsDoneToAUserIsInTheAuditOfTheInstallationAndOfTheirTenants) {
    auto const tenant = new_tenant("Harbour");
    auto const ann = new_user("ann", {{"tenant", tenant}, {"role", "owner"}});
    set_status(ann, "suspended");
    auto const line = operate("GET", "/api/v1/admin/audit?action=set_user_status&object_id=" + ann).body;
    EXPECT_THAT(line, HasSubstr(R"("status":"active")")) << "before";
    EXPECT_THAT(line, HasSubstr(R"("status":"suspended")")) << "after";
    EXPECT_THAT(call(new_key(tenant, "admin"), "GET", "/api/v1/audit?action=set_user_status").body, HasSubstr(ann));
}

TEST_P(AdminTest, AUserIsMadeWithAPasswordOrWithAMailedLink) {
    auto const made = operate("POST", "/api/admin/users",
                              R"({"email":"Ann@example.com","name":"Ann","password":"correct horse battery"})");
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(member(made.body, "email"), "ann@example.com");
    EXPECT_EQ(status_of(sign_in("ann@example.com")), 200);
    EXPECT_EQ(operate("POST", "/api/admin/users", R"({"email":"ann@example.com","name":"Ann"})").status, 409);
    auto const weak =
        operate("POST", "/api/admin/users", R"({"email":"bob@example.com","name":"Bob","password":"password"})");
    EXPECT_EQ(weak.status, 422);
    EXPECT_THAT(weak.body, HasSubstr("/password"));

    EXPECT_EQ(operate("POST", "/api/admin/users", R"({"email":"bob@example.com","name":"Bob"})").status, 201);
    EXPECT_EQ(code_of(log_in("bob@example.com")), "sign_in_failed");
    auto const token = token_in(mail_to("bob@example.com", "account_made"));
    EXPECT_EQ(post("/api/v1/auth/reset", R"({"token":")" + token + R"(","password":"another good one"})").status, 204);
    EXPECT_EQ(status_of(sign_in("bob@example.com", "another good one")), 200);
}

TEST_P(AdminTest, AnOperatorMadeByAnotherMayOperate) {
    EXPECT_EQ(
        operate("POST", "/api/admin/users",
                R"({"email":"ann@example.com","name":"Ann","password":"correct horse battery","is_operator":true})")
            .status,
        201);
    EXPECT_EQ(ask("GET", "/api/admin/users", sign_in("ann@example.com")).status, 200);
}

TEST_P(AdminTest, TheDashboardCountsTenantsPeopleAndRequests) {
    auto const tenant = new_tenant("Harbour");
    new_user("ann", {{"tenant", tenant}});
    call(new_key(tenant, "read"), "GET", "/api/v1/tenants");
    admin::take_stock(program_->database());
    auto const figures = operate("GET", "/api/admin/dashboard/stats");
    EXPECT_EQ(figures.status, 200) << figures.body;
    EXPECT_THAT(figures.body, HasSubstr(R"("tenants":{"trial":0,"active":1,"suspended":0,"deleting":0})"));
    EXPECT_THAT(figures.body, HasSubstr(R"("api_keys":1)"));
    EXPECT_THAT(figures.body, Not(HasSubstr(R"("counted_at":null)")));
    EXPECT_TRUE(testing::comes_true([&] {
        return operate("GET", "/api/admin/dashboard/stats").body.find(R"("requests":1,"failures":0)") !=
               std::string::npos;
    })) << "counts of requests are written once a second";
}

TEST_P(AdminTest, TheStateOfTheSystemIsToldPartByPart) {
    auto const health = operate("GET", "/api/admin/system/health");
    EXPECT_EQ(health.status, 200) << health.body;
    EXPECT_THAT(health.body, HasSubstr(R"({"name":"database","state":"ok")"));
    for (auto const* part : {"writer", "write_ahead_log", "redis", "mail", "disk", "audit_sealer", "queue default",
                             "queue mail", "queue schedules", "nodes", "version"})
        EXPECT_THAT(health.body, HasSubstr(R"("name":")" + std::string(part) + '"'));
}

}  // namespace
}  // namespace mainstay::app
