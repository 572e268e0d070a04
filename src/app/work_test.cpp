// Jobs, runs, questions and queues over the API.
#include "app/originator.hpp"
#include "app/work_fixture.hpp"

#include <atomic>

namespace mainstay::app {
namespace {

INSTANTIATE_TEST_SUITE_P(Engines, WorkTest, testing::each_engine(), testing::engine_name);

TEST_P(WorkTest, JobIsListedReadCancelledAndPutBack) {
    auto const first = enqueue(), second = enqueue();
    auto const list = call(reader_, "GET", "/api/v1/jobs?state=waiting&kind=Letter&queue=unread&limit=1");
    EXPECT_EQ(list.status, 200);
    EXPECT_THAT(list.body, HasSubstr(second));
    EXPECT_THAT(list.body, Not(HasSubstr(first)));
    auto const next = call(reader_, "GET", "/api/v1/jobs?limit=1&cursor=" + member(list.body, "next_cursor"));
    EXPECT_THAT(next.body, HasSubstr(first));
    EXPECT_THAT(call(reader_, "GET", "/api/v1/jobs?state=dead").body, HasSubstr(R"("items":[])"));

    auto const read = call(reader_, "GET", "/api/v1/jobs/" + first);
    EXPECT_EQ(member(read.body, "originator"), "usr_ann");
    EXPECT_THAT(read.body, Not(HasSubstr("dear"))) << "what a job carries is nobody's to read here";

    EXPECT_EQ(call(reader_, "POST", "/api/v1/jobs/" + first + "/cancel").status, 403);
    EXPECT_EQ(member(call(key_, "POST", "/api/v1/jobs/" + first + "/cancel").body, "state"), "cancelled");
    EXPECT_EQ(call(key_, "POST", "/api/v1/jobs/" + first + "/cancel").status, 409);
    EXPECT_EQ(member(call(key_, "POST", "/api/v1/jobs/" + first + "/retry").body, "state"), "waiting");
    EXPECT_EQ(call(key_, "POST", "/api/v1/jobs/" + first + "/retry").status, 409);
}

TEST_P(WorkTest, AnotherTenantsWorkIsNotThere) {
    auto const job = enqueue(), run = start_letter();
    auto const wait = wait_of(when(run, "waiting"));
    auto const missing = call(foreign_, "GET", "/api/v1/jobs/" + flow::JobId::make(system_clock().now()).to_string());
    EXPECT_EQ(missing.status, 404);
    for (auto const& path : {"/api/v1/jobs/" + job, "/api/v1/workflow-runs/" + run,
                             "/api/v1/workflow-runs/" + run + "/steps", "/api/v1/workflow-runs/" + run + "/events"}) {
        auto const reply = call(foreign_, "GET", path);
        EXPECT_EQ(reply.status, 404) << path;
        EXPECT_EQ(member(reply.body, "detail"), member(missing.body, "detail")) << path;
    }
    for (auto const& path : {"/api/v1/jobs/" + job + "/cancel", "/api/v1/jobs/" + job + "/retry",
                             "/api/v1/workflow-runs/" + run + "/cancel", "/api/v1/workflow-runs/" + run + "/retry"})
        EXPECT_EQ(call(foreign_, "POST", path).status, 404) << path;
    EXPECT_EQ(call(foreign_, "POST", "/api/v1/workflow-runs/" + run + "/fork", R"({"step":1})").status, 404);
    EXPECT_EQ(call(foreign_, "POST", "/api/v1/workflow-runs/" + run + "/waits/" + wait + "/answer",
                   R"({"answer":{"is_given":true}})")
                  .status,
              404);
    EXPECT_THAT(call(foreign_, "GET", "/api/v1/jobs").body, HasSubstr(R"("items":[])"));
    EXPECT_THAT(call(foreign_, "GET", "/api/v1/workflow-runs").body, HasSubstr(R"("items":[])"));
    when(run, "waiting");
}

TEST_P(WorkTest, RunAsksAndGoesOnWithTheFirstAnswer) {
    auto const run = start_letter();
    auto const detail = when(run, "waiting");
    EXPECT_THAT(detail, HasSubstr("flowchart TD"));
    EXPECT_THAT(detail, HasSubstr(R"("question":{"text":"dear written","signed_by":""})"));
    auto const path = "/api/v1/workflow-runs/" + run + "/waits/" + wait_of(detail) + "/answer";
    EXPECT_EQ(call(reader_, "POST", path, R"({"answer":{"is_given":true}})").status, 403);
    auto const bad = call(key_, "POST", path, R"({"answer":{"is_given":"maybe"}})");
    EXPECT_EQ(bad.status, 422);
    EXPECT_THAT(bad.body, HasSubstr("is_given"));
    EXPECT_EQ(call(key_, "POST", path, R"({"answer":{"is_given":true}})").status, 200);
    EXPECT_EQ(call(key_, "POST", path, R"({"answer":{"is_given":true}})").status, 409);
    EXPECT_THAT(when(run, "completed"), HasSubstr(R"("text":"dear written sent","signed_by":"key_)"));

    auto const steps = call(reader_, "GET", "/api/v1/workflow-runs/" + run + "/steps");
    EXPECT_THAT(steps.body, HasSubstr(R"("node":"write","next":"sign")"));
    EXPECT_THAT(call(reader_, "GET", "/api/v1/workflow-runs/" + run + "/steps?after=3").body,
                HasSubstr(R"("items":[])"));
    EXPECT_THAT(call(reader_, "GET", "/api/v1/workflow-runs?state=completed&graph=letter").body, HasSubstr(run));

    auto const fork = call(key_, "POST", "/api/v1/workflow-runs/" + run + "/fork", R"({"step":1})");
    EXPECT_EQ(fork.status, 201);
    EXPECT_EQ(member(fork.body, "forked_from"), run);
    when(member(fork.body, "id"), "waiting");
    EXPECT_EQ(call(key_, "POST", "/api/v1/workflow-runs/" + run + "/fork", R"({"step":3})").status, 422);
}

TEST_P(WorkTest, AQuestionIsFoundReadAndAnsweredByWhoeverKnowsNothingOfItsGraph) {
    auto const asks = start_letter();
    when(asks, "waiting");
    call(key_, "POST", "/api/v1/workflow-runs/" + start_letter() + "/cancel");
    auto const found = call(reader_, "GET", "/api/v1/workflow-runs?waits_for_answer=true").body;
    EXPECT_THAT(found, HasSubstr(asks));
    EXPECT_THAT(found, HasSubstr(R"("next_cursor":null)"));
    EXPECT_THAT(found, Not(HasSubstr("dear"))) << "a list has no states";
    EXPECT_THAT(call(reader_, "GET", "/api/v1/workflow-runs?waits_for_answer=false").body, Not(HasSubstr(asks)));
    auto const detail = call(reader_, "GET", "/api/v1/workflow-runs/" + asks).body;
    EXPECT_THAT(detail, HasSubstr(R"("node":"sign","kind":"answer")"));
    EXPECT_THAT(detail, HasSubstr(R"("answer_schema":{"type":"object")"));
    EXPECT_THAT(detail, HasSubstr(R"("is_given":{"type":"boolean")"));
    EXPECT_THAT(detail, HasSubstr(R"("graph":{"name":"letter","version":1,"first":"write")"));

    auto const path = "/api/v1/workflow-runs/" + asks + "/waits/" + wait_of(detail) + "/answer";
    for (auto const& [answer, pointer] : {std::pair(R"({"is_given":"maybe"})", R"("pointer":"/answer/is_given")"),
                                          std::pair(R"({"is_given":true,"word":1})", R"("pointer":"/answer/word")"),
                                          std::pair("7", R"("pointer":"/answer")")}) {
        auto const refused = call(key_, "POST", path, R"({"answer":)" + std::string(answer) + '}');
        EXPECT_EQ(refused.status, 422) << answer;
        EXPECT_THAT(refused.body, HasSubstr(pointer)) << answer;
    }
}

TEST_P(WorkTest, AQueueOfItsOwnHasAnEngineOfItsOwn) {
    auto const job = program_->database().write(tenant_, [&](Transaction& tx) {
        return flow::enqueue(tx, Letter{"dear", "eve"}, {.queue = own_queue}).to_string();
    });
    auto const run = program_->database().write(tenant_, [&](Transaction& tx) {
        return flow::start_run(tx, letter_graph(), Letter{"dear", ""}, {.queue = own_queue}).to_string();
    });
    EXPECT_THAT(when(run, "waiting"), HasSubstr("dear written"));
    EXPECT_TRUE(testing::comes_true(
        [&] { return member(call(reader_, "GET", "/api/v1/jobs/" + job).body, "state") == "completed"; }));
    EXPECT_THAT(call(reader_, "GET", "/api/v1/jobs/" + job).body, HasSubstr(R"("signed_by":"eve")"));
    EXPECT_THAT(call(reader_, "GET", "/api/v1/jobs?state=completed").body, Not(HasSubstr("eve"))) << "a list is short";
    EXPECT_THAT(ask("GET", "/metrics").body, HasSubstr(R"(mainstay_jobs_completed_total{kind="Letter"} 1)"));
    EXPECT_THROW(program_->add_engine({.queue = "late"}), std::logic_error);
}

TEST_P(WorkTest, ARunWhoseGraphIsOfAnotherProgramIsCancelled) {
    auto const newer =
        flow::GraphBuilder<Letter>("letter", 2).node("fold", [](flow::Context&, Letter&) {}).then(flow::end).build();
    auto const run = program_->database().write(tenant_, [&](Transaction& tx) {
        return flow::start_run(tx, newer, Letter{"dear", ""}).to_string();
    });
    auto const path = "/api/v1/workflow-runs/" + run;
    EXPECT_EQ(call(key_, "POST", path + "/retry").status, 409);
    EXPECT_EQ(member(call(key_, "POST", path + "/cancel").body, "state"), "cancelled");
    EXPECT_EQ(call(key_, "POST", path + "/cancel").status, 409);
}

TEST_P(WorkTest, AnEmptyIdempotencyKeyIsRefusedRatherThanTakenForNone) {
    auto const job = enqueue();
    testing::HttpClient::Headers const headers{
        {"Authorization", "Bearer " + key_}, {"Content-Type", "application/json"}, {"Idempotency-Key", ""}};
    auto const refused = ask("POST", "/api/v1/jobs/" + job + "/cancel", headers, "{}");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Idempotency-Key"));
    EXPECT_EQ(member(call(reader_, "GET", "/api/v1/jobs/" + job).body, "state"), "waiting");
}

TEST_P(WorkTest, AStreamEndsWhenItsKeyIsRevoked) {
    auto const run = start_letter();
    when(run, "waiting");
    auto const made = call(key_, "POST", "/api/v1/keys", R"({"name":"n","scopes":["read"]})").body;
    testing::HttpClient::Headers const headers{{"Authorization", "Bearer " + member(made, "key")}};
    auto const target = "/api/v1/workflow-runs/" + run + "/events";
    std::atomic<bool> has_ended = false;
    std::thread follower([&] {
        EXPECT_EQ(testing::HttpClient(program_->port()).request("GET", target, headers).status, 200);
        has_ended = true;
    });
    EXPECT_TRUE(testing::comes_true([&] {
        return ask("GET", "/metrics").body.find(R"(operation="follow_run")") != std::string::npos;
    })) << "it is let in";
    EXPECT_EQ(call(key_, "DELETE", "/api/v1/keys/" + member(made, "id")).status, 204);
    EXPECT_TRUE(testing::comes_true([&] { return has_ended.load(); })) << "it would go on for ever";
    auto const refused = ask("GET", target, {{"Authorization", "Bearer " + reader_}, {"Last-Event-ID", "seven"}});
    EXPECT_EQ(refused.status, 422);
    if (!has_ended) program_->drain();
    follower.join();
}

TEST_P(WorkTest, RunIsCancelledAndTakenUpAgain) {
    auto const run = start_letter();
    when(run, "waiting");
    EXPECT_EQ(call(key_, "POST", "/api/v1/workflow-runs/" + run + "/retry").status, 409);
    EXPECT_EQ(member(call(key_, "POST", "/api/v1/workflow-runs/" + run + "/cancel").body, "state"), "cancelled");
    EXPECT_EQ(call(key_, "POST", "/api/v1/workflow-runs/" + run + "/cancel").status, 409);
    EXPECT_EQ(call(key_, "POST", "/api/v1/workflow-runs/" + run + "/retry").status, 200);
    when(run, "waiting");
}

TEST_P(WorkTest, JobOfARevokedKeyOrOfANarrowOneDoesNotRun) {
    auto const key_id = member(call(key_, "POST", "/api/v1/keys", R"({"name":"n","scopes":["read"]})").body, "id");
    auto const may = [&](std::string_view originator, std::string_view permission) {
        return program_->database().read(tenant_, [&](Snapshot& s) { return may_still(s, originator, permission); });
    };
    EXPECT_TRUE(may("", "jobs.write")) << "the program itself";
    EXPECT_TRUE(may(key_id, "jobs.read"));
    EXPECT_FALSE(may(key_id, "jobs.write"));
    EXPECT_EQ(call(key_, "DELETE", "/api/v1/keys/" + key_id).status, 204);
    EXPECT_FALSE(may(key_id, "jobs.read"));
    EXPECT_FALSE(may(tenants::UserId::make(system_clock().now()).to_string(), "jobs.read")) << "nobody's member";
    EXPECT_FALSE(may("something", "jobs.read"));
}

}  // namespace
}  // namespace mainstay::app
