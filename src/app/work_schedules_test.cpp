// Schedules over the API: each is fired by the program itself.
#include "app/work_fixture.hpp"

namespace mainstay::app {
namespace {

class SchedulesApiTest : public WorkTest {
protected:
    // Makes a letter's job every hour, which nobody carries out.
    std::string schedule(std::string const& name, TenantId tenant) {
        return program_->database().write(Scope(tenant, "usr_ann"), [&](Transaction& tx) {
            return flow::schedule_job(tx, name, {.cron = "0 * * * *"}, Letter{"dear", ""}, {.queue = unread})
                .to_string();
        });
    }
    std::string schedule(std::string const& name) { return schedule(name, tenant_); }
    static std::string path_of(std::string const& id) { return "/api/v1/schedules/" + id; }
    std::string list(std::string const& query) { return call(reader_, "GET", "/api/v1/schedules" + query).body; }
    // The schedule once it has made something, beside what it last made.
    std::string when_fired(std::string const& id, std::string const& last = "none") {
        std::string body;
        EXPECT_TRUE(testing::comes_true([&] {
            body = call(reader_, "GET", path_of(id)).body;
            return body.find(R"("last_fired_at":null)") == std::string::npos && body.find(last) == std::string::npos &&
                   body.find(R"("asked_at":null)") != std::string::npos;
        })) << body;
        return body;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, SchedulesApiTest, testing::each_engine(), testing::engine_name);

TEST_P(SchedulesApiTest, AScheduleIsListedAndReadWithItsNextTimesAndWithoutWhatItsWorkIsGiven) {
    auto const first = schedule("first"), second = schedule("second");
    auto const page = list("?limit=1&job_kind=Letter&is_paused=false");
    EXPECT_THAT(page, HasSubstr(first));
    EXPECT_THAT(page, Not(HasSubstr(second)));
    auto const next = list("?limit=1&cursor=" + member(page, "next_cursor"));
    EXPECT_THAT(next, HasSubstr(second));
    EXPECT_THAT(next, HasSubstr(R"("next_cursor":null)"));

    auto const read = call(reader_, "GET", path_of(first));
    EXPECT_EQ(read.status, 200);
    EXPECT_THAT(read.body, HasSubstr(R"("next_runs":["20)"));
    EXPECT_EQ(member(read.body, "originator"), "usr_ann");
    EXPECT_THAT(read.body, Not(HasSubstr("dear"))) << "what its jobs carry is nobody's to read here";
    EXPECT_THAT(page, Not(HasSubstr("dear")));
    EXPECT_THAT(list("?job_kind=Parcel"), HasSubstr(R"("items":[])"));
    EXPECT_THAT(list("?graph=letter"), HasSubstr(R"("items":[])"));
    for (auto const* query : {"?cursor=sch_nonsense", "?limit=0", "?is_paused=perhaps"}) {
        auto const refused = call(reader_, "GET", std::string("/api/v1/schedules") + query);
        EXPECT_EQ(refused.status, 422) << query << refused.body;
    }
}

TEST_P(SchedulesApiTest, APausedScheduleHasNoNextTimesUntilItIsResumed) {
    auto const id = schedule("first"), other = schedule("second");
    EXPECT_EQ(call(reader_, "POST", path_of(id) + "/pause").status, 403);
    auto const paused = call(key_, "POST", path_of(id) + "/pause");
    EXPECT_EQ(paused.status, 200);
    EXPECT_THAT(paused.body, HasSubstr(R"("next_runs":[])"));
    EXPECT_EQ(call(key_, "POST", path_of(id) + "/pause").status, 200) << "it stays paused";
    EXPECT_THAT(list("?is_paused=true"), HasSubstr(id));
    EXPECT_THAT(list("?is_paused=true"), Not(HasSubstr(other)));
    EXPECT_THAT(list("?is_paused=false"), Not(HasSubstr(id)));
    EXPECT_EQ(call(reader_, "POST", path_of(id) + "/resume").status, 403);
    EXPECT_THAT(call(key_, "POST", path_of(id) + "/resume").body, HasSubstr(R"("paused_at":null)"));
    EXPECT_THAT(list("?is_paused=true"), HasSubstr(R"("items":[])"));
}

TEST_P(SchedulesApiTest, AskedForAScheduleMakesOneAtOnceAlthoughItIsPaused) {
    auto const id = schedule("first");
    call(key_, "POST", path_of(id) + "/pause");
    EXPECT_EQ(call(reader_, "POST", path_of(id) + "/run").status, 403);
    auto const asked = call(key_, "POST", path_of(id) + "/run", "{}", "only-once");
    EXPECT_EQ(asked.status, 200) << asked.body;
    auto const job = member(when_fired(id), "last_job_id");
    auto const again = call(key_, "POST", path_of(id) + "/run", "{}", "only-once");
    EXPECT_EQ(again.body, asked.body);
    EXPECT_EQ(again.headers.at("idempotent-replayed"), "true");
    auto const jobs = call(reader_, "GET", "/api/v1/jobs?queue=unread").body;
    EXPECT_THAT(jobs, HasSubstr(job));
    EXPECT_THAT(jobs, HasSubstr(R"("next_cursor":null)"));
    call(key_, "POST", path_of(id) + "/run", "{}", "a-second-time");
    EXPECT_NE(member(when_fired(id, job), "last_job_id"), job);
}

TEST_P(SchedulesApiTest, ARunOfAGraphIsStartedAsTheProgramKnowsIt) {
    auto const id = program_->database().write(tenant_, [&](Transaction& tx) {
        return flow::schedule_run(tx, "letters", {.every_seconds = 86'400}, letter_graph(), Letter{"dear", ""})
            .to_string();
    });
    EXPECT_THAT(list("?graph=letter"), HasSubstr(id));
    call(key_, "POST", path_of(id) + "/run");
    EXPECT_THAT(when(member(when_fired(id), "last_run_id"), "waiting"), HasSubstr("dear written"));
}

TEST_P(SchedulesApiTest, AnotherTenantsScheduleIsNotThere) {
    auto const id = schedule("first");
    schedule("first", other_);
    auto const none = flow::ScheduleId::make(system_clock().now()).to_string();
    auto const missing = call(foreign_, "GET", path_of(none));
    EXPECT_EQ(missing.status, 404);
    auto const read = call(foreign_, "GET", path_of(id));
    EXPECT_EQ(read.status, 404);
    EXPECT_EQ(member(read.body, "detail"), member(missing.body, "detail"));
    EXPECT_EQ(member(read.body, "code"), member(missing.body, "code"));
    for (auto const* act : {"/pause", "/resume", "/run"}) {
        auto const reply = call(foreign_, "POST", path_of(id) + act);
        EXPECT_EQ(reply.status, 404) << act;
        EXPECT_EQ(member(reply.body, "detail"), member(missing.body, "detail")) << act;
    }
    EXPECT_THAT(call(foreign_, "GET", "/api/v1/schedules").body, Not(HasSubstr(id)));
    auto const untouched = call(reader_, "GET", path_of(id)).body;
    EXPECT_THAT(untouched, HasSubstr(R"("paused_at":null)"));
    EXPECT_THAT(untouched, HasSubstr(R"("asked_at":null)"));
}

TEST_P(SchedulesApiTest, WhatIsDoneToAScheduleIsInTheAuditOfItsTenant) {
    auto const id = schedule("first");
    call(key_, "POST", path_of(id) + "/pause");
    auto const audit = call(key_, "GET", "/api/v1/audit").body;
    EXPECT_THAT(audit, HasSubstr(R"("action":"pause_schedule","object_id":")" + id + '"'));
    EXPECT_THAT(call(foreign_, "GET", "/api/v1/audit").body, Not(HasSubstr(id)));
}

}  // namespace
}  // namespace mainstay::app
