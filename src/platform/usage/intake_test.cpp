#include "platform/usage/usage_test_support.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace mainstay::usage {
namespace {

using ::testing::ElementsAre;

class IntakeTest : public UsageTest {
protected:
    std::int64_t stored() { return count("SELECT count(*) AS n FROM usage_events WHERE tenant_id = :tenant"); }
    std::int64_t counted() {
        return count(Sql("SELECT coalesce(sum(events), 0) AS n FROM usage_rollups WHERE tenant_id = :tenant",
                         "SELECT CAST(coalesce(sum(events), 0) AS BIGINT) AS n FROM usage_rollups "
                         "WHERE tenant_id = :tenant"));
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, IntakeTest, testing::each_engine(), testing::engine_name);

std::vector<EventStatus> statuses(std::vector<EventAnswer> const& answers) {
    std::vector<EventStatus> all;
    for (EventAnswer const& answer : answers) all.push_back(answer.status);
    return all;
}

TEST_P(IntakeTest, AnEventIsStoredAndCountedOnceHoweverOftenItIsSent) {
    meter(Aggregation::count);
    std::vector<NewEvent> const batch{event("a", "ann"), event("b", "ann"), event("c", "bob")};
    EXPECT_THAT(statuses(send(batch)),
                ElementsAre(EventStatus::accepted, EventStatus::accepted, EventStatus::accepted));
    clock.advance(days(30));
    EXPECT_THAT(statuses(send({event("b", "ann"), event("d", "bob"), event("c", "bob")})),
                ElementsAre(EventStatus::duplicate, EventStatus::accepted, EventStatus::duplicate));
    EXPECT_EQ(stored(), 4);
    EXPECT_EQ(counted(), 4);
}

TEST_P(IntakeTest, TheSameIdWithOtherContentIsRefusedAndTheFirstStays) {
    meter(Aggregation::sum, "n");
    Instant const then = clock.now() - hours(1);
    NewEvent const first = event("a", "ann", R"({"n":1})", then);
    EXPECT_EQ(send_one(first).status, EventStatus::accepted);
    NewEvent other_number = first, other_subject = first, other_time = first, no_time = first;
    other_number.properties.text = R"({"n":2})";
    other_subject.subject = "bob";
    other_time.at = then + seconds(1);
    no_time.at.reset();
    for (NewEvent const& other : {other_number, other_subject, other_time}) {
        auto const answer = send_one(other);
        EXPECT_EQ(answer.status, EventStatus::refused);
        EXPECT_EQ(answer.reason, Reason::conflict);
        EXPECT_EQ(answer.pointer, "/events/0/id");
    }
    EXPECT_EQ(send_one(no_time).status, EventStatus::duplicate);
    EXPECT_EQ(stored(), 1);
    EXPECT_EQ(counted(), 1);
}

TEST_P(IntakeTest, WithinABatchTheSecondOfAnIdIsADuplicateOrAConflict) {
    meter(Aggregation::sum, "n");
    auto const answers = send({event("a", "ann", R"({"n":1})"), event("a", "ann", R"({"n":1})"),
                               event("a", "ann", R"({"n":2})"), event("b", "ann", R"({"n":1})")});
    EXPECT_THAT(statuses(answers), ElementsAre(EventStatus::accepted, EventStatus::duplicate, EventStatus::refused,
                                               EventStatus::accepted));
    EXPECT_EQ(answers[2].pointer, "/events/2/id");
    EXPECT_EQ(counted(), 2);
}

TEST_P(IntakeTest, IdsOfTenantsAreTheirOwn) {
    meter(Aggregation::count);
    new_meter(database(), theirs, {});
    EXPECT_EQ(send_one(event("a", "ann")).status, EventStatus::accepted);
    EXPECT_EQ(usage::send(database(), theirs, {event("a", "eve")}, clock.now()).at(0).status, EventStatus::accepted);
    EXPECT_EQ(stored(), 1);
}

TEST_P(IntakeTest, WhatIsOlderThan35DaysIsLateAndWhatIsMoreThan5MinutesAheadIsRefused) {
    meter(Aggregation::count);
    auto const answers = send({event("oldest", "ann", "{}", clock.now() - late_max),
                               event("older", "ann", "{}", clock.now() - late_max - microseconds(1)),
                               event("ahead", "ann", "{}", clock.now() + ahead_max),
                               event("too far", "ann", "{}", clock.now() + ahead_max + microseconds(1))});
    EXPECT_THAT(statuses(answers),
                ElementsAre(EventStatus::accepted, EventStatus::late, EventStatus::accepted, EventStatus::refused));
    EXPECT_EQ(answers[1].reason, Reason::too_late);
    EXPECT_EQ(answers[3].reason, Reason::in_future);
    EXPECT_EQ(answers[3].pointer, "/events/3/at");
    EXPECT_EQ(stored(), 2);
}

TEST_P(IntakeTest, AnEventWithItsTimeIsKnownForAsLongAsItWouldBeTaken) {
    meter(Aggregation::count);
    NewEvent const ahead = event("a", "ann", "{}", clock.now() + ahead_max);
    EXPECT_EQ(send_one(ahead).status, EventStatus::accepted);
    clock.advance(days(35) + minutes(4));
    keep_house(database(), clock, 0);
    EXPECT_EQ(send_one(ahead).status, EventStatus::duplicate);
    clock.advance(days(1));
    keep_house(database(), clock, 0);
    EXPECT_EQ(stored(), 0);
    EXPECT_EQ(send_one(ahead).status, EventStatus::late);
    EXPECT_EQ(counted(), 1);  // figures stay
}

TEST_P(IntakeTest, WhatNoMeterListensToIsRefusedAtOnce) {
    meter(Aggregation::count);
    auto const answer = send_one(event("a", "ann", "{}", {}, "cal"));
    EXPECT_EQ(answer.status, EventStatus::refused);
    EXPECT_EQ(answer.reason, Reason::no_meter);
    EXPECT_EQ(answer.pointer, "/events/0/name");
}

TEST_P(IntakeTest, WhatAMeterCannotMeasureIsRefusedWithItsPlaceAndTheRestIsTaken) {
    meter(Aggregation::sum, "n", {"region"});
    struct Case {
        char const* properties;
        Reason reason;
        char const* pointer;
    };
    for (Case const& one :
         {Case{"{}", Reason::property_missing, "/events/1/properties/n"},
          {R"({"n":null})", Reason::property_missing, "/events/1/properties/n"},
          {R"({"n":"many"})", Reason::property_not_a_number, "/events/1/properties/n"},
          {R"({"n":true})", Reason::property_not_a_number, "/events/1/properties/n"},
          {R"({"n":0.30000000000000004})", Reason::property_not_a_number, "/events/1/properties/n"},
          {R"({"n":1000000000000})", Reason::property_not_a_number, "/events/1/properties/n"},
          {R"({"n":1,"region":"e\u0000u"})", Reason::property_not_plain, "/events/1/properties/region"},
          {R"({"n":1,"region":["eu"]})", Reason::property_not_plain, "/events/1/properties/region"}}) {
        auto const before = counted();
        auto const answers = send(
            {event(std::string("good ") + one.properties, "ann", R"({"n":1})"), event("bad", "ann", one.properties)});
        EXPECT_EQ(answers[0].status, EventStatus::accepted);
        EXPECT_EQ(answers[1].status, EventStatus::refused);
        EXPECT_EQ(answers[1].reason, one.reason) << one.properties;
        EXPECT_EQ(answers[1].pointer, one.pointer) << one.properties;
        EXPECT_EQ(counted(), before + 1);
    }
    EXPECT_EQ(send({event("long", "ann", R"({"n":1,"region":")" + std::string(201, 'x') + "\"}")})[0].reason,
              Reason::property_too_long);
}

TEST_P(IntakeTest, PropertiesThatAreNoObjectOrTooLargeSayWhere) {
    for (std::string const& properties :
         {std::string("[]"), std::string("7"), R"({"x":")" + std::string(properties_bytes_max, 'x') + "\"}"}) {
        try {
            read_batch({event("a", "ann"), event("b", "ann", properties)}, clock.now());
            FAIL() << properties.substr(0, 20);
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, errors::invalid_input.name);
            EXPECT_EQ(fault.problems().at(0).pointer, "/events/1/properties");
        }
    }
}

TEST_P(IntakeTest, AnEventIsCountedByTheMetersThatAreThereWhenItIsTaken) {
    meter(Aggregation::count);
    Batch const batch = read_batch({event("a", "ann", R"({"n":5})")}, clock.now());
    Plan const plan = database().read(mine, [&](Snapshot& snapshot) {
        return plan_of(batch, meters_number(snapshot), list_meters(snapshot, std::nullopt, meters_max));
    });
    Meter const came_between = meter(Aggregation::sum, "n");
    database().write(mine, [&](Transaction& tx) { take(tx, database().engine(), batch, plan); });
    auto const found = figures(about(came_between, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z"));
    EXPECT_THAT(found, ElementsAre(": 01-01T00..02-01T00=5"));
}

TEST_P(IntakeTest, AMeterThatIsDeletedTakesItsFiguresAlong) {
    Meter const kept = meter(Aggregation::count);
    Meter const gone = meter(Aggregation::unique, "who");
    send({event("a", "ann", R"({"who":"x"})")});
    database().write(mine, [&](Transaction& tx) {
        begin_change_of_meters(tx);
        delete_meter(tx, gone.id);
    });
    keep_house(database(), clock, 400);
    EXPECT_EQ(count("SELECT count(*) AS n FROM usage_unique_values WHERE tenant_id = :tenant"), 0);
    EXPECT_EQ(counted(), 1);
    EXPECT_EQ(stored(), 1);
}

TEST_P(IntakeTest, BatchesThatMeetAddUpExactlyAndNoEventIsTakenTwice) {
    meter(Aggregation::count);
    meter(Aggregation::sum, "n");
    constexpr int senders = 4, batches = 15, each = 20;
    std::atomic<int> accepted = 0;
    std::vector<std::thread> threads;
    for (int sender = 0; sender < senders; ++sender)
        threads.emplace_back([&, sender] {
            for (int number = 0; number < batches; ++number) {
                std::vector<NewEvent> events;
                for (int i = 0; i < each; ++i)
                    events.push_back(event(std::to_string(number) + '-' + std::to_string(i),
                                           "customer " + std::to_string(i % 3), R"({"n":0.1})"));
                // All send the same, and half of them backwards.
                if (sender % 2 == 1) std::reverse(events.begin(), events.end());
                for (auto const& answer : send(std::move(events)))
                    if (answer.status == EventStatus::accepted) ++accepted;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(accepted, batches * each);
    EXPECT_EQ(stored(), batches * each);
    EXPECT_EQ(counted(), 2 * batches * each);
}

TEST_P(IntakeTest, BillableUsageIsAddedOnceForEachKey) {
    for (int i = 0; i < 3; ++i)
        database().write(mine, [](Transaction& tx) { bill(tx, "models_generated", "mig_1", 7); });
    database().write(mine, [](Transaction& tx) { bill(tx, "models_generated", "mig_2", 5); });
    EXPECT_EQ(database().read(mine, [](Snapshot& s) { return billed_since(s, "models_generated", {0}); }), 12);
}

}  // namespace
}  // namespace mainstay::usage
