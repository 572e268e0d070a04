// What operators see of the work of all tenants, and do with it.
#include "app/work_fixture.hpp"

namespace mainstay::app {
namespace {

class WorkAdminTest : public WorkTest {};
INSTANTIATE_TEST_SUITE_P(Engines, WorkAdminTest, testing::each_engine(), testing::engine_name);

TEST_P(WorkAdminTest, QueuesAreTheOperatorsAlone) {
    for (auto const* path : {"/api/v1/admin/queues/default/pause", "/api/v1/admin/queues/default/resume"})
        EXPECT_EQ(call(key_, "POST", path).status, 403) << path;
    EXPECT_EQ(call(key_, "GET", "/api/v1/admin/queues").status, 403);
}

TEST_P(WorkAdminTest, AQueueIsSeenPausedAndResumed) {
    enqueue();
    auto const before = operate("GET", "/api/v1/admin/queues");
    EXPECT_EQ(before.status, 200);
    EXPECT_THAT(before.body, HasSubstr(R"("queue":"unread","due":1,"later":0,"parked":0,"running":0)"));
    EXPECT_EQ(operate("POST", "/api/v1/admin/queues/default/pause", "{}").status, 204);
    EXPECT_EQ(operate("POST", "/api/v1/admin/queues/default/pause", "{}").status, 204) << "it stays paused";
    EXPECT_THAT(operate("GET", "/api/v1/admin/queues").body, HasSubstr(R"("paused_by":"usr_)"));
    auto const run = start_letter();
    EXPECT_THAT(operate("GET", "/api/v1/admin/queues").body, HasSubstr(R"("queue":"default","due":1)"));
    EXPECT_EQ(operate("POST", "/api/v1/admin/queues/default/resume", "{}").status, 204);
    when(run, "waiting");
    EXPECT_THAT(operate("GET", "/api/v1/admin/queues").body, Not(HasSubstr(R"("paused_by":"usr_)")));
    auto const noted = operate("GET", "/api/v1/admin/audit?object_id=default").body;
    EXPECT_THAT(noted, HasSubstr(R"("actor_id":"usr_)"));
    for (auto const* action : {"pause_queue", "resume_queue"})
        EXPECT_THAT(noted, HasSubstr(R"("action":")" + std::string(action) + '"'));
    EXPECT_EQ(call(key_, "GET", "/api/v1/admin/audit").status, 403);
}

TEST_P(WorkAdminTest, JobsOfAllTenantsAreListedWithTheirTenantsAndWithoutWhatTheyCarry) {
    auto const first = enqueue();
    auto const second = program_->database().write(other_, [&](Transaction& tx) {
        return flow::enqueue(tx, Letter{"dear", ""}, {.queue = unread}).to_string();
    });
    EXPECT_EQ(call(key_, "GET", "/api/v1/admin/jobs").status, 403);
    auto const page = operate("GET", "/api/v1/admin/jobs?queue=unread&kind=Letter&state=waiting&limit=1");
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_THAT(page.body, HasSubstr(R"("tenant_id":")" + other_.to_string() + R"(","id":")" + second + '"'));
    EXPECT_THAT(page.body, Not(HasSubstr(first)));
    EXPECT_THAT(page.body, Not(HasSubstr("dear")));
    EXPECT_THAT(page.body, Not(HasSubstr(R"("result")")));
    auto const next = operate("GET", "/api/v1/admin/jobs?limit=1&cursor=" + member(page.body, "next_cursor"));
    EXPECT_THAT(next.body, HasSubstr(first));
    auto const of_one = operate("GET", "/api/v1/admin/jobs?tenant_id=" + tenant_.to_string()).body;
    EXPECT_THAT(of_one, HasSubstr(first));
    EXPECT_THAT(of_one, Not(HasSubstr(second)));
    EXPECT_EQ(operate("GET", "/api/v1/admin/jobs?cursor=job_nonsense").status, 422);
    auto const refused = operate("GET", "/api/v1/admin/jobs?state=completed");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("/tenant_id"));
}

TEST_P(WorkAdminTest, AJobOfATenantIsCancelledAndPutBackWithALineInTheTenantsAudit) {
    auto const job = enqueue();
    auto const path = "/api/v1/admin/jobs/" + job;
    for (auto const* act : {"/cancel", "/retry"}) EXPECT_EQ(call(key_, "POST", path + act, "{}").status, 403) << act;
    EXPECT_EQ(operate("POST", path + "/retry", "{}").status, 409) << "it waits";
    auto const cancelled = operate("POST", path + "/cancel", "{}");
    EXPECT_EQ(cancelled.status, 200) << cancelled.body;
    EXPECT_EQ(member(cancelled.body, "state"), "cancelled");
    EXPECT_EQ(member(cancelled.body, "tenant_id"), tenant_.to_string());
    EXPECT_EQ(operate("POST", path + "/cancel", "{}").status, 409);
    EXPECT_EQ(member(operate("POST", path + "/retry", "{}").body, "state"), "waiting");
    auto const none = flow::JobId::make(system_clock().now()).to_string();
    EXPECT_EQ(operate("POST", "/api/v1/admin/jobs/" + none + "/cancel", "{}").status, 404);

    auto const audit = call(key_, "GET", "/api/v1/audit").body;
    for (auto const* action : {"cancel_any_job", "retry_any_job"})
        EXPECT_THAT(audit, HasSubstr(R"("action":")" + std::string(action) + R"(","object_id":")" + job + '"'));
    EXPECT_THAT(audit, HasSubstr(R"("actor_id":"usr_)"));
    EXPECT_THAT(call(foreign_, "GET", "/api/v1/audit").body, Not(HasSubstr(job)));
}

TEST_P(WorkAdminTest, WhatAnOperatorDoesToAJobIsInTheInstallationsAuditWithWhatWasRefused) {
    auto const job = enqueue();
    auto const path = "/api/v1/admin/jobs/" + job;
    EXPECT_EQ(operate("POST", path + "/cancel", "{}").status, 200);
    EXPECT_EQ(operate("POST", path + "/cancel", "{}").status, 409);
    auto const none = flow::JobId::make(system_clock().now()).to_string();
    EXPECT_EQ(operate("POST", "/api/v1/admin/jobs/" + none + "/retry", "{}").status, 404);

    auto const done = operate("GET", "/api/v1/admin/audit?object_id=" + job).body;
    EXPECT_THAT(done, HasSubstr(R"("action":"cancel_any_job","object_id":")" + job + R"(","status":200)"));
    EXPECT_THAT(done, HasSubstr(R"("before":{"tenant_id":")" + tenant_.to_string() + R"(","id":")" + job));
    EXPECT_THAT(done, HasSubstr(R"("state":"waiting")"));
    EXPECT_THAT(done, HasSubstr(R"("state":"cancelled")"));
    auto const has_line = [&](std::string const& query, std::string const& line) {
        return testing::comes_true(
            [&] { return operate("GET", "/api/v1/admin/audit?" + query).body.find(line) != std::string::npos; });
    };
    EXPECT_TRUE(has_line("object_id=" + job, R"("status":409,"code":"conflict")")) << "within a second or so";
    EXPECT_TRUE(has_line("object_id=" + none, R"("status":404,"code":"not_found")"));
    EXPECT_EQ(call(key_, "POST", path + "/retry", "{}").status, 403);
    EXPECT_TRUE(testing::comes_true([&] {
        return call(key_, "GET", "/api/v1/audit?action=retry_any_job").body.find(R"("status":403)") !=
               std::string::npos;
    })) << "who is of a tenant is refused into that tenant's log";
    EXPECT_THAT(operate("GET", "/api/v1/admin/audit?action=retry_any_job&code=forbidden").body,
                HasSubstr(R"("items":[])"));
}

TEST_P(WorkAdminTest, AnOperatorsActUnderAnIdempotencyKeyIsDoneOnce) {
    auto const job = enqueue();
    auto const path = "/api/v1/admin/jobs/" + job + "/cancel";
    auto const first = operate("POST", path, "{}", "only-once"), again = operate("POST", path, "{}", "only-once");
    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(again.status, 200) << "and not 409 as another act would be";
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.headers.at("idempotent-replayed"), "true");
}

TEST_P(WorkAdminTest, AQueueThatIsNotThereIsNeitherPausedNorResumed) {
    for (auto const* act : {"/pause", "/resume"}) {
        EXPECT_EQ(operate("POST", std::string("/api/v1/admin/queues/defualt") + act, "{}").status, 404) << act;
        for (auto const* served : {"default", "schedules", "post"})
            EXPECT_EQ(operate("POST", std::string("/api/v1/admin/queues/") + served + act, "{}").status, 204)
                << served << act << ": it has an engine";
    }
    enqueue();
    EXPECT_EQ(operate("POST", "/api/v1/admin/queues/unread/pause", "{}").status, 204) << "it has work";
}

TEST_P(WorkAdminTest, RunsOfAllTenantsAreListedWithoutTheirData) {
    auto const run = start_letter();
    when(run, "waiting");
    EXPECT_EQ(call(key_, "GET", "/api/v1/admin/workflow-runs").status, 403);
    auto const page = operate("GET", "/api/v1/admin/workflow-runs?graph=letter&state=waiting");
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_THAT(page.body, HasSubstr(R"("tenant_id":")" + tenant_.to_string() + R"(","id":")" + run + '"'));
    EXPECT_THAT(page.body, Not(HasSubstr("dear")));
    EXPECT_THAT(operate("GET", "/api/v1/admin/workflow-runs?tenant_id=" + other_.to_string()).body,
                HasSubstr(R"("items":[])"));
    EXPECT_EQ(operate("GET", "/api/v1/admin/workflow-runs?state=completed").status, 422);
}

}  // namespace
}  // namespace mainstay::app
