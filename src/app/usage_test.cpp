// Usage over the API: meters, events, figures and what the audit shows of them.
#include "app/app_fixture.hpp"
#include "platform/tenants/tenants.hpp"

#include <gmock/gmock.h>

namespace mainstay::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class UsageApiTest : public AppTest {
protected:
    std::string new_meter(std::string const& body) {
        auto const reply = call(key_, "POST", "/api/v1/usage/meters", body);
        EXPECT_EQ(reply.status, 201) << reply.body;
        return member(reply.body, "id");
    }
    testing::HttpReply post(std::string const& events, std::string const& idempotency_key = {}) {
        return call(key_, "POST", "/api/v1/usage", R"({"events":[)" + events + "]}", idempotency_key);
    }

    std::string const tenant_ = member(run("tenant create", {{"name", "Mine"}, {"plan", "free"}}), "id");
    std::string const key_ = new_key(tenant_, "admin");
};
INSTANTIATE_TEST_SUITE_P(Engines, UsageApiTest, testing::each_engine(), testing::engine_name);

TEST_P(UsageApiTest, WhatIsSentIsCountedAndFoundByCustomerAndGroup) {
    auto const meter = new_meter(R"({"name":"tokens","event_name":"llm.call","aggregation":"sum","property":"tokens",
                                     "group_by":["model"],"unit":"token"})");
    auto const answer = post(R"({"id":"1","name":"llm.call","subject":"cus_1","properties":{"tokens":12.5,"model":"a"}},
                                {"id":"2","name":"llm.call","subject":"cus_1","properties":{"tokens":"0.1","model":"b"}},
                                {"id":"2","name":"llm.call","subject":"cus_1","properties":{"tokens":7,"model":"b"}},
                                {"id":"3","name":"llm.cal","subject":"cus_2"})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr(R"("counts":{"accepted":2,"duplicates":0,"late":0,"refused":2})"));
    EXPECT_THAT(answer.body,
                HasSubstr(R"({"id":"2","status":"refused","reason":"conflict","pointer":"/events/2/id"})"));
    EXPECT_THAT(answer.body, HasSubstr(R"("reason":"no_meter","pointer":"/events/3/name")"));
    auto const query = "/api/v1/usage/query?meter_id=" + meter;
    EXPECT_THAT(call(key_, "GET", query).body, HasSubstr(R"("value":"12.6")"));
    auto const by = call(key_, "GET", query + "&by=subject,model&window=hour&limit=1");
    EXPECT_THAT(by.body, HasSubstr(R"("subject":"cus_1","groups":{"model":"a"})"));
    EXPECT_THAT(by.body, HasSubstr(R"("value":"12.5")"));
    EXPECT_THAT(by.body, Not(HasSubstr(R"("model":"b")")));
    auto const next =
        call(key_, "GET", query + "&by=subject,model&window=hour&limit=1&cursor=" + member(by.body, "next_cursor"));
    EXPECT_THAT(next.body, HasSubstr(R"("groups":{"model":"b"})"));
    EXPECT_THAT(next.body, HasSubstr(R"("next_cursor":null)"));
}

TEST_P(UsageApiTest, WhatIsWronglyAskedSaysWhere) {
    auto const meter = new_meter(R"({"name":"calls","event_name":"call","aggregation":"count"})");
    struct Case {
        std::string method, target, body;
        int status;
        std::string pointer;
    };
    std::string const meters = "/api/v1/usage/meters", query = "/api/v1/usage/query?meter_id=" + meter;
    for (auto const& [method, target, body, status, pointer] : std::vector<Case>{
             {"POST", meters, R"({"name":"A","event_name":"e","aggregation":"count"})", 422, "/name"},
             {"POST", meters, R"({"name":"a","event_name":"e","aggregation":"mean"})", 422, "/aggregation"},
             {"POST", meters, R"({"name":"a","event_name":"e","aggregation":"sum"})", 422, "/property"},
             {"POST", meters, R"({"name":"a","event_name":"e","aggregation":"count","property":"p"})", 422,
              "/property"},
             {"POST", meters, R"({"name":"a","event_name":"e","aggregation":"count","group_by":["x","x"]})", 422,
              "/group_by/1"},
             {"POST", meters, R"({"name":"a","event_name":"e","aggregation":"count","group_by":["subject"]})", 422,
              "/group_by/0"},
             {"POST", meters, R"({"name":"calls","event_name":"e","aggregation":"count"})", 409, ""},
             {"POST", "/api/v1/usage", R"({"events":[]})", 422, "/events"},
             {"POST", "/api/v1/usage", R"({"events":[{"id":"1","subject":"s"}]})", 422, "/events/0/name"},
             {"POST", "/api/v1/usage", R"({"events":[{"id":"1","name":"call","subject":"s","properties":[]}]})", 422,
              "/events/0/properties"},
             {"POST", "/api/v1/usage", R"({"events":[{"id":"\u0000","name":"call","subject":"s"}]})", 422,
              "/events/0/id"},
             {"GET", query + "&by=region", "", 422, "/by"},
             {"GET", query + "&cursor=x", "", 422, "/cursor"},
             {"GET", query + "&from=2026-01-01T00:10:00Z", "", 422, "/from"},
             {"GET", query + "&window=week", "", 422, "/window"},
             {"GET", "/api/v1/usage/query?meter_id=" + Id<"mtr">::make(system_clock().now()).to_string(), "", 404,
              ""}}) {
        auto const reply = call(key_, method, target, body);
        EXPECT_EQ(reply.status, status) << target << body << reply.body;
        if (!pointer.empty()) {
            EXPECT_THAT(reply.body, HasSubstr("\"pointer\":\"" + pointer + "\"")) << target << body;
        }
    }
}

TEST_P(UsageApiTest, WhatAMeterCountsStaysAndItsNameMayChange) {
    auto const meter = new_meter(R"({"name":"calls","event_name":"call","aggregation":"count"})");
    auto const path = "/api/v1/usage/meters/" + meter;
    EXPECT_EQ(call(key_, "PUT", path, R"({"name":"c","unit":"","is_billable":false,"aggregation":"sum"})").status, 422);
    auto const changed = call(key_, "PUT", path, R"({"name":"requests","unit":"request","is_billable":false})");
    EXPECT_EQ(changed.status, 200);
    EXPECT_THAT(call(key_, "GET", path).body, HasSubstr(R"("name":"requests")"));
    EXPECT_EQ(call(key_, "DELETE", path).status, 204);
    EXPECT_EQ(call(key_, "GET", path).status, 404);
    auto const audit = call(key_, "GET", "/api/v1/audit?object_id=" + meter).body;
    EXPECT_THAT(audit, HasSubstr(R"("action":"change_meter")"));
    EXPECT_THAT(audit, HasSubstr(R"("before":{"id":")" + meter + R"(","name":"calls")"));
}

TEST_P(UsageApiTest, TheAuditShowsHowManyEventsCameAndNotWhatTheySaid) {
    new_meter(R"({"name":"calls","event_name":"call","aggregation":"count"})");
    post(R"({"id":"of-a-customer","name":"call","subject":"cus_secret"})");
    auto const audit = call(key_, "GET", "/api/v1/audit?action=post_events").body;
    EXPECT_THAT(audit, HasSubstr(R"("after":{"accepted":1,"duplicates":0,"late":0,"refused":0})"));
    EXPECT_THAT(audit, Not(HasSubstr("of-a-customer")));
    EXPECT_THAT(audit, Not(HasSubstr("cus_secret")));
}

TEST_P(UsageApiTest, TheSameIdempotencyKeyGivesTheSameAnswerAndTheSameEventsWithoutOneAreDuplicates) {
    new_meter(R"({"name":"calls","event_name":"call","aggregation":"count"})");
    std::string const event = R"({"id":"1","name":"call","subject":"cus_1"})";
    auto const first = post(event, "once"), again = post(event, "once"), without = post(event);
    EXPECT_EQ(again.body, first.body);
    EXPECT_THAT(without.body, HasSubstr(R"("status":"duplicate")"));
}

TEST_P(UsageApiTest, AnotherTenantsMeterHearsNothingAndIsNotThere) {
    auto const meter = new_meter(R"({"name":"calls","event_name":"call","aggregation":"count"})");
    auto const other = new_key(new_tenant("Theirs"), "admin");
    auto const answer = call(other, "POST", "/api/v1/usage", R"({"events":[{"id":"1","name":"call","subject":"s"}]})");
    EXPECT_THAT(answer.body, HasSubstr("no_meter"));
    EXPECT_EQ(call(other, "GET", "/api/v1/usage/query?meter_id=" + meter).status, 404);
    EXPECT_EQ(call(other, "DELETE", "/api/v1/usage/meters/" + meter).status, 404);
}

TEST_P(UsageApiTest, ATenantSeesWhatItUsedOfItsQuotas) {
    auto const usage = call(key_, "GET", "/api/v1/tenants/" + tenant_ + "/usage");
    EXPECT_EQ(usage.status, 200);
    EXPECT_THAT(usage.body, HasSubstr(R"("plan":"free")"));
    EXPECT_THAT(usage.body, HasSubstr(R"({"quota":"migrations_per_month","used":0,"limit":30})"));
}

TEST_P(UsageApiTest, AnotherPlansLimitHoldsFromTheNextPollOn) {
    auto const limit_said = [&] { return call(key_, "GET", "/api/v1/keys").headers.at("ratelimit-limit"); };
    EXPECT_EQ(limit_said(), std::to_string(entitlements::defaults_of(entitlements::Plan::free).requests_per_minute));
    program_->database().write(system_scope("a test"), [&](Transaction& tx) {
        tenants::set_plan(tx, TenantId::parse(tenant_).value(), entitlements::Plan::pro);
    });
    program_->hear_revocations();  // every 300 ms by itself
    EXPECT_EQ(limit_said(), std::to_string(entitlements::defaults_of(entitlements::Plan::pro).requests_per_minute));
}

}  // namespace
}  // namespace mainstay::app
