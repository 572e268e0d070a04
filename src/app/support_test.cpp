// Operators who act as a tenant's people, over the API.
#include "app/accounts_fixture.hpp"
#include "app/rights_matrix_fixture.hpp"

#include <set>

namespace mainstay::app {
namespace {

// What an operator may call who acts as an owner; all else is refused, whatever the owner may. Written by hand:
// nothing of it is read from the endpoints. log_out and stop_impersonating, which end the session, come apart.
constexpr std::string_view let_in[] = {
    "health",
    "ready",
    "metrics",
    "openapi",
    "error_reference",
    "read_me",
    "read_account",
    "read_second_factor",
    "list_tenants",
    "read_tenant",
    "list_audit",
    "read_retention",
    "list_domains",
    "list_support_access",
    "list_members",
    "list_invitations",
    "list_identity_providers",
    "read_identity_provider",
    "list_keys",
    "read_key",
    "read_key_usage",
    "read_keys_usage",
    "read_entitlements",
    "read_usage",
    "read_tenant_usage",
    "create_meter",
    "list_meters",
    "read_meter",
    "change_meter",
    "query_usage",
    "create_upload",
    "list_jobs",
    "read_job",
    "cancel_job",
    "retry_job",
    "list_runs",
    "read_run",
    "list_run_steps",
    "follow_run",
    "cancel_run",
    "retry_run",
    "fork_run",
    "answer_run",
    "list_schedules",
    "read_schedule",
    "pause_schedule",
    "resume_schedule",
    "run_schedule",
    "create_migration",
    "assess_migration",
    "list_migrations",
    "read_migration",
    "list_migration_models",
    "read_migration_model",
    "follow_migration",
    "cancel_migration",
    "retry_migration",
};

class SupportTest : public AccountsTest {
protected:
    SupportTest()
        : tenant_(new_tenant("Harbour")), other_(new_tenant("Vale")), owner_id_(new_user("owner", tenant_, "owner")) {
        owner_ = sign_in("owner@example.com");
    }

    std::string new_user(std::string const& name, std::string const& tenant, std::string const& role) {
        return member(run("user create", {{"email", name + "@example.com"},
                                          {"name", name},
                                          {"password", good_password},
                                          {"tenant", tenant},
                                          {"role", role}}),
                      "id");
    }
    std::string path_of_access() const { return "/api/v1/tenants/" + tenant_ + "/support-access"; }
    std::string grant() {
        auto const reply = ask("POST", path_of_access(), owner_, "{}");
        EXPECT_EQ(reply.status, 201) << reply.body;
        return member(reply.body, "id");
    }
    testing::HttpReply impersonate(std::string const& user, std::string const& tenant) {
        return operate("POST", "/api/admin/users/" + user + "/impersonate",
                       R"({"tenant_id":")" + tenant + R"(","reason":"They asked for help."})");
    }
    Headers act_as(std::string const& user) {
        auto const reply = impersonate(user, tenant_);
        EXPECT_EQ(reply.status, 200) << reply.body;
        return session_of(reply);
    }
    std::string own_id() { return member(operate("GET", "/api/v1/me").body, "actor_id"); }
    void execute(char const* sql) {
        program_->database().write(system_scope("a test"), [&](Transaction& tx) { tx.execute(sql); });
    }

    std::string tenant_, other_, owner_id_;
    Headers owner_;
};
INSTANTIATE_TEST_SUITE_P(Engines, SupportTest, testing::each_engine(), testing::engine_name);

TEST_P(SupportTest, NobodyActsAsAnybodyWithoutTheTenantsConsent) {
    auto const refused = impersonate(owner_id_, tenant_);
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(code_of(refused), "support_access_needed");
    EXPECT_FALSE(refused.headers.contains("set-cookie"));
    grant();
    auto const me = ask("GET", "/api/v1/me", act_as(owner_id_)).body;
    EXPECT_EQ(member(me, "actor_id"), owner_id_);
    EXPECT_EQ(member(me, "tenant_id"), tenant_);
    EXPECT_EQ(member(me, "impersonated_by"), own_id());
    EXPECT_THAT(me, Not(HasSubstr(R"("ends_at":null)")));
    EXPECT_THAT(ask("GET", "/api/v1/me", owner_).body, HasSubstr(R"("impersonated_by":null,"ends_at":null)"));
}

TEST_P(SupportTest, TheRightsAreTheUsersInTheOneTenant) {
    auto const ann = new_user("ann", tenant_, "user");
    EXPECT_EQ(operate("POST", "/api/v1/tenants/" + other_ + "/members",
                      R"({"email":"ann@example.com","name":"ann","role":"owner"})")
                  .status,
              201);
    grant();
    auto session = act_as(ann);
    EXPECT_EQ(ask("GET", "/api/v1/migrations", session).status, 200);
    EXPECT_EQ(code_of(ask("GET", "/api/v1/keys", session)), "forbidden") << "which the user may not";
    EXPECT_EQ(code_of(ask("GET", "/api/admin/users", session)), "forbidden") << "which the operator may";
    for (auto const* path : {"/api/v1/tenants", "/api/v1/me/account"}) {
        EXPECT_THAT(ask("GET", path, session).body, HasSubstr(tenant_)) << path;
        EXPECT_THAT(ask("GET", path, session).body, Not(HasSubstr(other_))) << path;
    }
    EXPECT_EQ(ask("GET", "/api/v1/tenants/" + other_, session).status, 404);
    session.emplace_back("X-Tenant-ID", other_);
    EXPECT_EQ(ask("GET", "/api/v1/migrations", session).status, 404);
    EXPECT_EQ(code_of(impersonate(ann, other_)), "support_access_needed") << "consent is one tenant's";
}

TEST_P(SupportTest, WhoActsAsAnOwnerMayCallWhatIsWrittenHereAndNothingElse) {
    grant();
    auto const session = act_as(owner_id_);
    std::set<std::string_view> const admitted(std::begin(let_in), std::end(let_in));
    std::size_t refused = 0;
    for (Row const& row : rows) {
        if (row.endpoint == "log_out" || row.endpoint == "stop_impersonating") continue;
        std::string target(row.path);
        for (auto open = target.find('{'); open != std::string::npos; open = target.find('{')) {
            auto const close = target.find('}', open);
            auto const what = target.substr(open + 1, close - open - 1);
            target.replace(open, close - open + 1,
                           what == "tenant"  ? tenant_
                           : what == "asked" ? "none/waits/none"
                                             : "none");
        }
        auto const reply = ask(row.method, target, session, std::string(row.body));
        bool const is_refused =
            reply.status == 403 && (code_of(reply) == "impersonator_refused" || code_of(reply) == "forbidden");
        EXPECT_EQ(is_refused, !admitted.contains(row.endpoint)) << row.endpoint << ' ' << reply.body;
        refused += is_refused ? 1 : 0;
    }
    EXPECT_EQ(refused + admitted.size() + 2, std::size(rows));
    EXPECT_EQ(code_of(ask("POST", "/api/v1/auth/password", session,
                          R"({"old_password":"correct horse battery","password":"another good one"})")),
              "impersonator_refused");
    EXPECT_EQ(code_of(ask("POST", path_of_access(), session, "{}")), "impersonator_refused");
    EXPECT_EQ(status_of(session), 200) << "the same session reads";
    EXPECT_EQ(ask("POST", "/api/v1/auth/logout", session).status, 204);
}

TEST_P(SupportTest, RevokingTheAccessEndsWhatIsDoneByIt) {
    auto const id = grant();
    auto const session = act_as(owner_id_);
    EXPECT_EQ(status_of(session), 200);
    EXPECT_EQ(ask("DELETE", path_of_access() + '/' + id, owner_).status, 204);
    EXPECT_TRUE(testing::comes_true([&] { return status_of(session) == 401; }));
    EXPECT_EQ(code_of(impersonate(owner_id_, tenant_)), "support_access_needed");
    EXPECT_EQ(code_of(ask("DELETE", path_of_access() + '/' + id, owner_)), "conflict");
    EXPECT_THAT(ask("GET", path_of_access(), owner_).body, HasSubstr(R"("revoked_by":")" + owner_id_ + '"'));
}

TEST_P(SupportTest, NothingIsDoneLongerThanTheAccessLasts) {
    grant();
    auto const soon = to_rfc3339(system_clock().now() + minutes(5));
    program_->database().write(system_scope("a test"), [&](Transaction& tx) {
        tx.execute("UPDATE support_grants SET expires_at = :soon", bind("soon", tx.now() + minutes(5)));
    });
    auto const ends_at = member(ask("GET", "/api/v1/me", act_as(owner_id_)).body, "ends_at");
    EXPECT_GE(ends_at, soon);
    EXPECT_LT(ends_at, to_rfc3339(system_clock().now() + minutes(6)));
}

TEST_P(SupportTest, SuspendingAnyOfThemEndsIt) {
    grant();
    auto const ann = new_user("ann", tenant_, "user");
    auto const session = act_as(ann);
    EXPECT_EQ(status_of(session), 200);
    operate("PATCH", "/api/admin/users/" + ann + "/status", R"({"status":"suspended"})");
    EXPECT_TRUE(testing::comes_true([&] { return status_of(session) == 401; }));
    EXPECT_EQ(code_of(impersonate(ann, tenant_)), "conflict");

    auto const of_owner = act_as(owner_id_);
    EXPECT_EQ(status_of(of_owner), 200);
    operate("PATCH", "/api/v1/admin/tenants/" + tenant_, R"({"status":"suspended"})");
    EXPECT_TRUE(testing::comes_true([&] { return status_of(of_owner) == 401; }));
    EXPECT_EQ(code_of(impersonate(owner_id_, tenant_)), "invalid_input");
}

TEST_P(SupportTest, TheOperatorsSuspensionEndsItAndSoDoesTheirOwnSession) {
    grant();
    auto const id = member(run("user create", {{"email", "second@example.com"},
                                               {"name", "second"},
                                               {"password", good_password},
                                               {"is_operator", "true"}}),
                           "id");
    auto const act = [&](Headers const& own) {
        return session_of(ask("POST", "/api/admin/users/" + owner_id_ + "/impersonate", own,
                              R"({"tenant_id":")" + tenant_ + R"(","reason":"They asked."})"));
    };
    auto const own = sign_in("second@example.com");
    auto const session = act(own);
    EXPECT_EQ(status_of(session), 200);
    ask("POST", "/api/v1/auth/logout", own);
    EXPECT_TRUE(testing::comes_true([&] { return status_of(session) == 401; }));

    auto const next = act(sign_in("second@example.com"));
    EXPECT_EQ(status_of(next), 200);
    operate("PATCH", "/api/admin/users/" + id + "/status", R"({"status":"suspended"})");
    EXPECT_TRUE(testing::comes_true([&] { return status_of(next) == 401; }));
}

TEST_P(SupportTest, NobodyActsAsAnOperatorOrWhereTheUserDoesNotWork) {
    grant();
    EXPECT_EQ(code_of(impersonate(own_id(), tenant_)), "conflict");
    EXPECT_EQ(code_of(impersonate(owner_id_, other_)), "invalid_input");
    EXPECT_EQ(code_of(impersonate("usr_01j9zq5w8vf2tq0k6s3e9m4x7c", tenant_)), "not_found");
    EXPECT_EQ(
        operate("POST", "/api/admin/users/" + owner_id_ + "/impersonate", R"({"tenant_id":")" + tenant_ + "\"}").status,
        422)
        << "a reason is asked for";
    EXPECT_EQ(ask("POST", "/api/admin/users/" + owner_id_ + "/impersonate", owner_,
                  R"({"tenant_id":")" + tenant_ + R"(","reason":"I want to."})")
                  .status,
              403);
}

TEST_P(SupportTest, ActingAsksForAFreshSignInAndIsNoneItself) {
    grant();
    auto const session = act_as(owner_id_);
    EXPECT_EQ(status_of(session), 200);
    execute("UPDATE sessions SET authenticated_at = 0");
    EXPECT_EQ(code_of(impersonate(owner_id_, tenant_)), "fresh_sign_in_required");
}

TEST_P(SupportTest, EachLineOfTheAuditNamesTheUserAndTheOperator) {
    grant();
    auto const session = act_as(owner_id_);
    auto const both = R"("actor_id":")" + owner_id_ + R"(","impersonator_id":")" + own_id() + '"';
    auto const meter =
        ask("POST", "/api/v1/usage/meters", session, R"({"event_name":"call","aggregation":"count","name":"calls"})");
    EXPECT_EQ(meter.status, 201) << meter.body;
    EXPECT_EQ(ask("DELETE", "/api/v1/me?email=owner@example.com", session).status, 403);
    EXPECT_EQ(ask("POST", "/api/v1/auth/impersonation/stop", session).status, 200);
    for (auto const* action : {"create_meter", "stop_impersonating", "delete_me"})
        EXPECT_TRUE(testing::comes_true([&] {
            auto const lines = ask("GET", std::string("/api/v1/audit?action=") + action, owner_).body;
            return lines.find(both) != std::string::npos;
        })) << action;
    for (auto const& log : {ask("GET", "/api/v1/audit?action=impersonate", owner_).body,
                            ask("GET", "/api/v1/admin/audit?action=impersonate", sign_in("ops@example.com")).body}) {
        EXPECT_THAT(log, HasSubstr("They asked for help.")) << log;
        EXPECT_THAT(log, HasSubstr(owner_id_));
    }
    EXPECT_THAT(ask("GET", "/api/v1/audit?action=grant_support_access", owner_).body,
                HasSubstr(R"("actor_id":")" + owner_id_ + R"(","impersonator_id":"")"));
}

TEST_P(SupportTest, StoppingGivesTheOperatorTheirOwnSessionBack) {
    grant();
    auto const session = act_as(owner_id_);
    auto const stopped = ask("POST", "/api/v1/auth/impersonation/stop", session);
    EXPECT_EQ(stopped.status, 200) << stopped.body;
    auto const own = session_of(stopped);
    EXPECT_EQ(ask("GET", "/api/admin/users", own).status, 200);
    EXPECT_THAT(ask("GET", "/api/v1/me", own).body, HasSubstr(R"("impersonated_by":null)"));
    EXPECT_TRUE(testing::comes_true([&] { return status_of(session) == 401; }));
    EXPECT_EQ(code_of(ask("POST", "/api/v1/auth/impersonation/stop", own)), "conflict");
}

TEST_P(SupportTest, WhoAdministersTheTenantConsentsForAWeekAtMost) {
    new_user("ann", tenant_, "user");
    run("user create", {{"email", "operator@example.com"},
                        {"name", "operator"},
                        {"password", good_password},
                        {"tenant", tenant_},
                        {"role", "user"},
                        {"is_operator", "true"}});
    for (auto const* email : {"ann@example.com", "operator@example.com"})
        EXPECT_EQ(ask("POST", path_of_access(), sign_in(email), "{}").status, 403) << email;
    EXPECT_EQ(call(new_key(tenant_, "admin"), "POST", path_of_access(), "{}").status, 403);
    for (auto const* hours : {"0", "169"})
        EXPECT_EQ(ask("POST", path_of_access(), owner_, R"({"hours":)" + std::string(hours) + '}').status, 422);
    new_user("admin", tenant_, "org_admin");
    EXPECT_EQ(ask("POST", path_of_access(), sign_in("admin@example.com"), R"({"hours":168})").status, 201);
    for (int i = 1; i < 5; ++i) grant();
    EXPECT_EQ(code_of(ask("POST", path_of_access(), owner_, "{}")), "conflict");
}

TEST_P(SupportTest, OwnersAreToldByMailAndTheUserSeesTheSession) {
    grant();
    auto const ann = new_user("ann", tenant_, "user");
    act_as(ann);
    auto const mail = mail_to("owner@example.com", "support_began");
    EXPECT_THAT(mail.text, HasSubstr("They asked for help."));
    EXPECT_THAT(mail.text, HasSubstr("ann"));
    EXPECT_THAT(ask("GET", "/api/v1/auth/sessions", sign_in("ann@example.com")).body,
                HasSubstr(R"("impersonated_by":")" + own_id() + '"'));
}

}  // namespace
}  // namespace mainstay::app
