#include "platform/audit/audit_store.hpp"

#include "testing/decorated_database.hpp"

#include <gmock/gmock.h>

namespace mainstay::audit {
namespace {

using ::testing::ElementsAre;

constexpr web::Endpoint changing{
    .name = "change", .method = web::Method::post, .path = "/x", .summary = "x", .permission = "keys.write"};
constexpr web::Endpoint reading{.name = "read", .path = "/x", .summary = "x", .permission = "keys.read"};

// Its first commit is made, and the answer is lost on the way back.
class AnswerLostOnce : public testing::DecoratedDatabase {
public:
    using DecoratedDatabase::DecoratedDatabase;
    void submit(Scope const& scope, Unit unit, Done done, Isolation isolation) override {
        auto const answer = [done = std::move(done), is_lost = std::exchange(is_next_lost_, false)](auto failure) {
            done(is_lost ? std::make_exception_ptr(Fault(errors::outcome_unknown, "Nobody knows.")) : failure);
        };
        DecoratedDatabase::submit(scope, std::move(unit), answer, isolation);
    }

private:
    bool is_next_lost_ = true;
};

class AuditTest : public testing::Engines {
protected:
    AuditTest() { migrate({migrations()}); }

    Call call_of(TenantId tenant) {
        Call call;
        call.identity.tenant = tenant;
        call.identity.actor_id = "usr_ann";
        call.now = clock.now();
        call.remote_address = "198.51.100.7";
        return call;
    }
    std::vector<Line> lines(TenantId tenant, LineFilter const& filter = {}) {
        return database().read(tenant, [&](Snapshot& snapshot) {
            return list_lines(snapshot, filter, Order::oldest_first, std::nullopt, 1'000);
        });
    }
    void act(std::string const& actor, std::string const& action, std::string const& object) {
        database().write(mine, [&](Transaction& tx) { write(tx, mine, {actor, action, object}); });
        clock.advance(seconds(1));
    }
    Failures failures_;
};
INSTANTIATE_TEST_SUITE_P(Engines, AuditTest, testing::each_engine(), testing::engine_name);

TEST_P(AuditTest, ALineSaysWhatTheObjectWasAndWhatItBecame) {
    Call call = call_of(mine);
    call.user_agent = std::string(2 * user_agent_bytes_max, 'x');
    call.before = R"({"name":"old"})";
    database().write(mine, [&](Transaction& tx) {
        write(tx, call, changing, {200, {}, "key_1", {}, R"({"name":"new"})"});
    });
    auto const line = lines(mine).at(0);
    EXPECT_EQ(line.action, "change");
    EXPECT_EQ(line.actor_id, "usr_ann");
    EXPECT_EQ(line.object_id, "key_1");
    EXPECT_EQ(line.before->text, R"({"name":"old"})");
    EXPECT_EQ(line.after->text, R"({"name":"new"})");
    EXPECT_EQ(line.remote_address, "198.51.100.7");
    EXPECT_EQ(line.user_agent.size(), user_agent_bytes_max);
    EXPECT_TRUE(lines(theirs).empty());
}

TEST_P(AuditTest, AnObjectPastItsLimitIsLeftOutAndTheLineStays) {
    std::string const large = '"' + std::string(object_bytes_max, 'x') + '"';
    database().write(mine, [&](Transaction& tx) { write(tx, call_of(mine), changing, {200, {}, "key_1", {}, large}); });
    EXPECT_FALSE(lines(mine).at(0).after.has_value());
}

TEST_P(AuditTest, RefusedChangesAndForbiddenReadsAreWritten) {
    failures_.add(call_of(mine), changing, {403, "forbidden", {}, {}, {}});
    failures_.add(call_of(theirs), changing, {422, "invalid_input", {}, {}, {}});
    failures_.add(call_of(mine), reading, {403, "forbidden", {}, {}, {}});
    failures_.flush(database());
    ASSERT_EQ(lines(mine).size(), 2u);
    EXPECT_EQ(lines(mine)[0].code, "forbidden");
    EXPECT_EQ(lines(mine)[0].status, 403);
    EXPECT_EQ(lines(theirs).at(0).code, "invalid_input");
    failures_.flush(database());
    EXPECT_EQ(lines(mine).size(), 2u);
}

TEST_P(AuditTest, WhatWasDoneOrOnlyNotFoundOrHasNoTenantIsNoFailure) {
    failures_.add(call_of(mine), changing, {201, {}, "key_1", {}, {}});
    failures_.add(call_of(mine), reading, {404, "not_found", {}, {}, {}});
    Call nobody;
    failures_.add(nobody, changing, {401, "unauthorized", {}, {}, {}});
    failures_.flush(database());
    EXPECT_TRUE(lines(mine).empty());
}

TEST_P(AuditTest, WhatWasWrittenAlthoughTheAnswerWasLostIsThereOnceAndHoldsNothingUp) {
    AnswerLostOnce losing(database());
    failures_.add(call_of(mine), changing, {403, "forbidden", {}, {}, {}});
    EXPECT_THROW(failures_.flush(losing), Fault);
    clock.advance(seconds(1));
    failures_.add(call_of(mine), changing, {422, "invalid_input", {}, {}, {}});
    failures_.flush(losing);
    ASSERT_EQ(lines(mine).size(), 2u);
    EXPECT_EQ(lines(mine)[1].code, "invalid_input");
}

TEST_P(AuditTest, WhatALimitRefusedAndDataInPassingLeaveNoLine) {
    auto passing = changing;
    passing.is_audited = false;
    failures_.add(call_of(mine), changing, {429, errors::limited.name, {}, {}, {}});
    failures_.add(call_of(mine), passing, {422, "invalid_input", {}, {}, {}});
    failures_.flush(database());
    EXPECT_TRUE(lines(mine).empty());
    failures_.add(call_of(mine), passing, {403, "forbidden", {}, {}, {}});
    failures_.flush(database());
    EXPECT_EQ(lines(mine).at(0).code, "forbidden");
}

TEST_P(AuditTest, WhoeverIsRefusedWithoutEndFillsNoMemory) {
    for (std::size_t i = 0; i < Failures::waiting_max + 5; ++i)
        failures_.add(call_of(mine), changing, {403, "forbidden", {}, {}, {}});
    EXPECT_EQ(failures_.dropped(), 5u);
}

TEST_P(AuditTest, PagesGoOnFromTheirCursorInEitherOrder) {
    for (auto const* object : {"one", "two", "three"}) act("usr_ann", "change", object);
    auto const page = [&](Order order, std::optional<AuditId> behind) {
        std::vector<std::string> objects;
        std::optional<AuditId> last;
        for (Line const& line :
             database().read(mine, [&](Snapshot& snapshot) { return list_lines(snapshot, {}, order, behind, 2); })) {
            objects.push_back(line.object_id);
            last = line.id;
        }
        return std::pair(objects, last);
    };
    auto const oldest = page(Order::oldest_first, std::nullopt), newest = page(Order::newest_first, std::nullopt);
    EXPECT_THAT(oldest.first, ElementsAre("one", "two"));
    EXPECT_THAT(page(Order::oldest_first, oldest.second).first, ElementsAre("three"));
    EXPECT_THAT(newest.first, ElementsAre("three", "two"));
    EXPECT_THAT(page(Order::newest_first, newest.second).first, ElementsAre("one"));
}

TEST_P(AuditTest, FiltersFindTheirLinesAndTimesAreHalfOpen) {
    Instant const begin = clock.now();
    act("usr_ann", "create_key", "key_1");
    act("usr_bob", "create_key", "key_2");
    act("usr_ann", "revoke_key", "key_1");
    EXPECT_EQ(lines(mine, {.actor_id = "usr_ann"}).size(), 2u);
    EXPECT_EQ(lines(mine, {.action = "create_key"}).size(), 2u);
    EXPECT_EQ(lines(mine, {.object_id = "key_2"}).size(), 1u);
    EXPECT_EQ(lines(mine, {.actor_id = "usr_ann", .action = "create_key"}).size(), 1u);
    EXPECT_EQ(lines(mine, {.code = "forbidden"}).size(), 0u);
    EXPECT_EQ(lines(mine, {.from = begin + seconds(1)}).size(), 2u);
    EXPECT_EQ(lines(mine, {.to = begin + seconds(1)}).size(), 1u);
    EXPECT_EQ(lines(mine, {.from = begin + seconds(1), .to = begin + seconds(2)}).at(0).object_id, "key_2");
}

}  // namespace
}  // namespace mainstay::audit
