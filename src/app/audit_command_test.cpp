// The audit log as the API shows it and as the command line checks it.
#include "app/app_fixture.hpp"
#include "platform/audit/audit.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace mainstay::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AuditApiTest : public AppTest {
protected:
    AuditApiTest() {
        tenant_ = new_tenant("Mine");
        admin_ = new_key(tenant_, "admin");
        reader_ = new_key(tenant_, "read");
        foreign_ = new_key(new_tenant("Theirs"), "admin");
    }
    std::string new_key_by(std::string const& key, std::string const& name) {
        return member(call(key, "POST", "/api/v1/keys", R"({"name":")" + name + R"(","scopes":["read"]})").body, "id");
    }
    std::string audit(std::string const& query = {}) { return call(admin_, "GET", "/api/v1/audit" + query).body; }
    // What is flushed each second, once it is there.
    std::string audit_with(std::string const& query, std::string const& text) {
        for (int looks = 0; looks < looks_max; ++looks) {
            if (auto body = audit(query); body.find(text) != std::string::npos) return body;
            std::this_thread::yield();
        }
        return audit(query);
    }
    static constexpr int looks_max = 20'000;

    std::string tenant_, admin_, reader_, foreign_;
};
INSTANTIATE_TEST_SUITE_P(Engines, AuditApiTest, testing::each_engine(), testing::engine_name);

TEST_P(AuditApiTest, AChangeShowsTheObjectBeforeAndBehindItAndNoSecret) {
    auto const made = call(admin_, "POST", "/api/v1/keys", R"({"name":"crane","scopes":["read"]})");
    std::string const id = member(made.body, "id");
    call(admin_, "DELETE", "/api/v1/keys/" + id);
    std::string const created = audit("?action=create_key&object_id=" + id);
    EXPECT_THAT(created, HasSubstr(R"("before":null,"after":{"id":")" + id));
    EXPECT_THAT(created, HasSubstr(R"("name":"crane")"));
    EXPECT_THAT(created, HasSubstr(R"("key":"***")"));
    EXPECT_THAT(created, Not(HasSubstr(member(made.body, "key"))));
    std::string const revoked = audit("?action=revoke_key");
    EXPECT_THAT(revoked, HasSubstr(R"("before":{"id":")" + id));
    EXPECT_THAT(revoked, HasSubstr(R"("object_id":")" + id));
}

TEST_P(AuditApiTest, WhatWasRefusedIsShownWithItsCodeAndWhatItWasAbout) {
    std::string const id = new_key_by(admin_, "crane");
    EXPECT_EQ(call(reader_, "DELETE", "/api/v1/keys/" + id).status, 403);
    EXPECT_EQ(call(admin_, "POST", "/api/v1/keys", R"({"name":7})").status, 422);
    std::string const refused = audit_with("?code=forbidden", id);
    EXPECT_THAT(refused, HasSubstr(R"("action":"revoke_key","object_id":")" + id + R"(","status":403)"));
    EXPECT_THAT(audit_with("?code=invalid_input", "create_key"), HasSubstr(R"("status":422)"));
}

TEST_P(AuditApiTest, WhatCannotBeWrittenAsTextStopsNoOthersLines) {
    testing::HttpClient::Headers const odd{
        {"Authorization", "Bearer " + reader_},
        {"User-Agent", std::string(audit::user_agent_bytes_max - 1, 'a') + "\xC3\xA9"}};
    for (auto const* target : {"/api/v1/keys/%00", "/api/v1/keys/%ff", "/api/v1/keys/%0a"})
        EXPECT_EQ(ask("DELETE", target, odd).status, 403) << target;
    std::string const id = new_key_by(admin_, "crane");
    EXPECT_EQ(call(reader_, "DELETE", "/api/v1/keys/" + id).status, 403);
    EXPECT_THAT(audit_with("?code=forbidden", id), HasSubstr(R"("action":"revoke_key","object_id":"","status":403)"));
}

TEST_P(AuditApiTest, FiltersAreCheckedAndKeepTenantsApart) {
    std::string const id = new_key_by(foreign_, "theirs");
    EXPECT_THAT(audit("?object_id=" + id), HasSubstr(R"("items":[])"));
    EXPECT_EQ(call(admin_, "GET", "/api/v1/audit?from=yesterday").status, 422);
    EXPECT_THAT(audit("?to=2000-01-01T00:00:00Z"), HasSubstr(R"("items":[])"));
    EXPECT_EQ(call(new_key(tenant_, "keys.read"), "GET", "/api/v1/audit").status, 403);
}

TEST_P(AuditApiTest, TheExportHasEachLineAndNothingThatASpreadsheetWouldRun) {
    new_key_by(admin_, "=1+1");
    std::string const foreign = new_key_by(foreign_, "theirs");
    auto const reply = call(admin_, "GET", "/api/v1/audit/export?action=create_key");
    ASSERT_EQ(reply.status, 200);
    EXPECT_EQ(reply.headers.at("content-type"), "text/csv; charset=utf-8");
    EXPECT_THAT(reply.headers.at("content-disposition"), HasSubstr("audit.csv"));
    EXPECT_THAT(reply.body, ::testing::StartsWith("id,created_at,actor_id,impersonator_id,action,"));
    EXPECT_THAT(reply.body, HasSubstr("create_key"));
    EXPECT_THAT(reply.body, HasSubstr(R"(""name"":""=1+1"")"));
    EXPECT_THAT(reply.body, Not(HasSubstr(foreign)));
    EXPECT_EQ(call(reader_, "GET", "/api/v1/audit/export?to=2000-01-01T00:00:00Z").body.find('\n'),
              reply.body.find('\n'));
}

TEST_P(AuditApiTest, SigningInAndBeingRefusedStandInTheTenantsLog) {
    run("user create",
        {{"email", "ada@example.com"}, {"tenant", tenant_}, {"role", "owner"}, {"password", "correct horse battery"}});
    testing::HttpClient::Headers const json_type{{"Content-Type", "application/json"}};
    ask("POST", "/api/v1/auth/login", json_type, R"({"email":"ada@example.com","password":"wrong"})");
    ask("POST", "/api/v1/auth/login", json_type, R"({"email":"ada@example.com","password":"correct horse battery"})");
    std::string const lines = audit("?action=log_in");
    EXPECT_THAT(lines, HasSubstr(R"("status":401,"code":"sign_in_failed")"));
    EXPECT_THAT(lines, HasSubstr(R"("status":200,"code":"")"));
    EXPECT_THAT(audit("?action=user%20create"), HasSubstr(R"("actor_id":"command line")"));
}

TEST_P(AuditApiTest, TheCommandFindsWhatWasAlteredBehindItsBack) {
    new_key_by(admin_, "crane");
    audit::seal_all(program_->database());
    EXPECT_THAT(run("audit verify", {}), HasSubstr(R"("fault":"")"));
    EXPECT_THAT(run("audit verify", {{"tenant", tenant_}}), HasSubstr(tenant_));
    program_->database().write(TenantId::parse(tenant_).value(), [](Transaction& tx) {
        tx.execute("UPDATE audit_log SET actor_id = 'usr_eve' WHERE tenant_id = :tenant AND action = 'create_key'");
    });
    try {
        run("audit verify", {});
        FAIL() << "the chain is said to hold";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "audit_chain_broken");
        ASSERT_EQ(fault.problems().size(), 1u);
        EXPECT_EQ(fault.problems()[0].pointer, '/' + tenant_);
        EXPECT_THAT(fault.public_text(), HasSubstr("installation  holds: ")) << "the chains that hold are told";
        EXPECT_THAT(fault.public_text(), HasSubstr("head "));
    }
}

TEST_P(AuditApiTest, WhatIsWrittenIsSealedByTheRunningProgram) {
    std::string const id = new_key_by(admin_, "crane");
    EXPECT_THAT(audit_with("?object_id=" + id, R"("seal":1)"), HasSubstr(id));
}

}  // namespace
}  // namespace mainstay::app
