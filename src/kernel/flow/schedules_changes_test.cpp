// Schedules as they are changed, asked for and shown, and what they make.
#include "kernel/flow/schedules_test_support.hpp"

#include <gmock/gmock.h>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ScheduleChangesTest : public SchedulesWorld {};
INSTANTIATE_TEST_SUITE_P(Engines, ScheduleChangesTest, testing::each_engine(), testing::engine_name);

// --- changes ---

TEST_P(ScheduleChangesTest, ChangedTimesDropWhatWasDueAndOtherChangesKeepIt) {
    auto const other_times = create(parcels("t", cron("@hourly")));
    auto const other_name = create(parcels("n", cron("@hourly")));
    clock.advance(hours(1) + minutes(5));
    act([&](Transaction& tx) {
        EXPECT_TRUE(update_schedule(tx, other_times, parcels("t", every(minutes(10)))));
        EXPECT_TRUE(update_schedule(tx, other_name, parcels("n2", cron("@hourly"))));
    });
    settle();
    EXPECT_THAT(made(), ElementsAre("due 2027-01-15T09:00:00Z"));
    EXPECT_TRUE(schedule(other_name).last_job_id);
    EXPECT_EQ(schedule(other_name).name, "n2");
    settle_at("2027-01-15T09:14:59Z");
    EXPECT_THAT(made(), SizeIs(1));
    settle_at("2027-01-15T09:15:00Z");
    EXPECT_THAT(made(), ElementsAre("due 2027-01-15T09:00:00Z", "due 2027-01-15T09:15:00Z"));
}

TEST_P(ScheduleChangesTest, ChangeBetweenClaimAndFiringIsWhatIsFired) {
    auto const id = create(parcels("p", cron("@hourly")));
    clock.advance(hours(1));
    ClockOfAnEngine watched(clock);
    int changes = 0;
    watched.asked_meanwhile = [&] {
        bool const is_held = database().read(system_scope("test"), [](Snapshot& s) {
            return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_ready WHERE owner IS NOT NULL") == 1;
        });
        if (!is_held || changes++ > 0) return;
        database().write(Scope(mine, "usr_late"), [&](Transaction& tx) {
            update_schedule(tx, id, {"p", cron("@hourly"), JobTarget{"Other", {"{}"}}});
        });
    };
    Engine engine(database(), watched, {.queue = std::string(schedules_queue)});
    engine.run_until_idle();
    EXPECT_EQ(changes, 1);
    auto const fired = job(JobId::parse(schedule(id).last_job_id.value()).value());
    EXPECT_EQ(fired.kind, "Other");
    EXPECT_EQ(fired.originator, "usr_late");
    EXPECT_THAT(made(), SizeIs(1));
}

TEST_P(ScheduleChangesTest, DeletedBetweenClaimAndFiringItMakesNothing) {
    auto const id = create(parcels("p", cron("@hourly")));
    clock.advance(hours(1));
    ClockOfAnEngine watched(clock);
    bool is_deleted = false;
    watched.asked_meanwhile = [&] {
        bool const is_held = database().read(system_scope("test"), [](Snapshot& s) {
            return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_ready WHERE owner IS NOT NULL") == 1;
        });
        if (is_held) is_deleted = act([&](Transaction& tx) { return delete_schedule(tx, id); });
    };
    Engine engine(database(), watched, {.queue = std::string(schedules_queue)});
    engine.run_until_idle();
    EXPECT_TRUE(is_deleted);
    EXPECT_THAT(made(), IsEmpty());
    EXPECT_EQ(ready_rows(), 0);
    EXPECT_FALSE(act([&](Transaction& tx) { return delete_schedule(tx, id) || run_now(tx, id); }));
}

TEST_P(ScheduleChangesTest, OnceIsOnceUntilItIsGivenAnotherTime) {
    auto const id = create(parcels("p", {.at = at("2027-01-15T09:00:00Z")}));
    settle_at("2027-01-15T09:00:00Z");
    settle_at("2027-01-16T09:00:00Z");
    EXPECT_THAT(made(), SizeIs(1));
    EXPECT_THAT(schedule(id).next_runs, IsEmpty());
    act([&](Transaction& tx) { return update_schedule(tx, id, parcels("q", {.at = at("2027-01-15T09:00:00Z")})); });
    settle();
    EXPECT_THAT(made(), SizeIs(1));
    act([&](Transaction& tx) { return update_schedule(tx, id, parcels("q", {.at = at("2027-01-17T09:00:00Z")})); });
    settle_at("2027-01-17T09:00:00Z");
    EXPECT_THAT(made(), SizeIs(2));
}

TEST_P(ScheduleChangesTest, RunNowIsOneBesideItsTimesPausedOrNot) {
    auto const id = create(parcels("p", cron("@hourly")));
    settle_at("2027-01-15T08:20:00Z");
    act([&](Transaction& tx) { EXPECT_TRUE(run_now(tx, id) && run_now(tx, id)); });
    settle();
    settle();
    EXPECT_THAT(made(), ElementsAre("asked 2027-01-15T08:20:00Z"));
    EXPECT_EQ(schedule(id).last_due_at, std::nullopt);
    EXPECT_EQ(schedule(id).asked_at, std::nullopt);
    settle_at("2027-01-15T09:00:00Z");
    EXPECT_THAT(made(), ElementsAre("asked 2027-01-15T08:20:00Z", "due 2027-01-15T09:00:00Z"));
    act([&](Transaction& tx) { EXPECT_TRUE(pause_schedule(tx, id) && run_now(tx, id)); });
    settle();
    settle_at("2027-01-15T10:00:00Z");
    EXPECT_THAT(made(), SizeIs(3));
}

// --- what it makes ---

TEST_P(ScheduleChangesTest, ActsAsWhoeverLastChangedItInTheQueueOfItsOptions) {
    auto const actor = [&](std::string name) { return Scope(mine, std::move(name)); };
    NewSchedule given = parcels("p", cron("@hourly"));
    given.options = {.queue = "slow", .priority = 7, .concurrency = Concurrency{"parcels", 2}};
    auto const id = database().write(actor("usr_one"), [&](Transaction& tx) { return create_schedule(tx, given); });
    auto const last_job = [&] { return job(JobId::parse(schedule(id).last_job_id.value()).value()); };
    settle_at("2027-01-15T09:00:00Z");
    EXPECT_EQ(last_job().originator, "usr_one");
    EXPECT_EQ(last_job().queue, "slow");
    EXPECT_EQ(last_job().priority, 7);
    EXPECT_EQ(last_job().concurrency_key, "parcels");
    database().write(actor("usr_two"), [&](Transaction& tx) { update_schedule(tx, id, given); });
    database().write(actor("usr_three"), [&](Transaction& tx) { run_now(tx, id); });
    settle();
    EXPECT_EQ(last_job().originator, "usr_two");
}

TEST_P(ScheduleChangesTest, RunBeginsWithItsStateAndIsCarriedOut) {
    Graph const graph = walk();
    auto const id = act([&](Transaction& tx) {
        return schedule_run(tx, "w", every(hours(1)), graph, Journey{41, "t"});
    });
    clock.advance(hours(1));
    settle({&graph});
    work({&graph});
    auto const begun = run(RunId::parse(schedule(id).last_run_id.value()).value());
    EXPECT_EQ(begun.state, RunState::completed);
    EXPECT_EQ(begun.data.text, R"({"turns":42,"trail":"t"})");
    EXPECT_EQ(begun.root_id, begun.id);
    EXPECT_EQ(begun.created_at, clock.now());
    EXPECT_EQ(schedule(id).last_job_id, std::nullopt);
}

TEST_P(ScheduleChangesTest, GraphThatIsNotKnownFailsTheFiringVisiblyAndTheNextGoesOn) {
    Graph const graph = walk(1), newer = walk(2);
    auto const id = act([&](Transaction& tx) { return schedule_run(tx, "w", cron("@hourly"), graph, Journey{}); });
    clock.advance(hours(1));
    settle({&newer});
    EXPECT_EQ(runs_made(), 0);
    auto const failed = schedule(id);
    EXPECT_EQ(failed.last_error, "the engine does not know the graph walk in version 1");
    EXPECT_EQ(failed.last_due_at, at("2027-01-15T09:00:00Z"));
    EXPECT_EQ(failed.last_fired_at, std::nullopt);
    EXPECT_THAT(log, ElementsAre(::testing::AllOf(HasSubstr(id.to_string()), HasSubstr("does not know the graph"))));
    settle({&graph});
    EXPECT_EQ(runs_made(), 0);  // that one is lost
    clock.advance(hours(1));
    settle({&graph});
    EXPECT_EQ(runs_made(), 1);
    EXPECT_EQ(schedule(id).last_error, std::nullopt);
}

TEST_P(ScheduleChangesTest, ZoneThatIsGoneIsToldAndCaughtUpOnceItIsBack) {
    ScheduleSpec spec = cron("@hourly");
    spec.time_zone = "Asia/Tokyo";
    auto const id = create(parcels("p", spec));
    alter("UPDATE flow_schedules SET spec = replace(spec, 'Tokyo', 'Atlantis') WHERE id = :id", id);
    settle_at("2027-01-15T10:00:00Z");
    EXPECT_THAT(made(), IsEmpty());
    EXPECT_THAT(schedule(id).last_error.value_or(""), HasSubstr("/time_zone must be a zone"));
    EXPECT_EQ(schedule(id).description, "@hourly");
    EXPECT_THAT(schedule(id).next_runs, IsEmpty());
    alter("UPDATE flow_schedules SET spec = replace(spec, 'Atlantis', 'Tokyo') WHERE id = :id", id);
    clock.advance(minutes(10));
    settle();
    EXPECT_THAT(made(), ElementsAre("due 2027-01-15T10:00:00Z"));
    EXPECT_EQ(schedule(id).last_error, std::nullopt);
}

// --- what is shown, and what is refused ---

TEST_P(ScheduleChangesTest, ShowsItsTimesInWordsAndItsNextRuns) {
    auto const id = create(parcels("p", cron("0 9 * * mon-fri")));
    auto const shown = schedule(id);
    EXPECT_EQ(shown.description, "every weekday at 09:00, UTC");
    EXPECT_THAT(shown.next_runs,
                ElementsAre(at("2027-01-15T09:00:00Z"), at("2027-01-18T09:00:00Z"), at("2027-01-19T09:00:00Z"),
                            at("2027-01-20T09:00:00Z"), at("2027-01-21T09:00:00Z")));
    EXPECT_EQ(shown.job_kind, "Parcel");
    EXPECT_EQ(shown.input.text, R"({"name":"x","weight_g":1})");
    EXPECT_THAT(fields::to_json(shown), HasSubstr(R"("spec":{"cron":"0 9 * * mon-fri")"));
}

TEST_P(ScheduleChangesTest, ListsPageByPageAndNobodyElsesSchedules) {
    std::vector<ScheduleId> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(create(parcels("p" + std::to_string(i), cron("@daily"))));
    std::sort(ids.begin(), ids.end());
    auto const page = [&](TenantId tenant, std::optional<ScheduleId> after) {
        std::vector<ScheduleId> found;
        for (auto const& record : database().read(tenant, [&](Snapshot& s) { return list_schedules(s, {}, after, 2); }))
            found.push_back(record.id);
        return found;
    };
    EXPECT_THAT(page(mine, {}), ElementsAre(ids[0], ids[1]));
    EXPECT_THAT(page(mine, ids[1]), ElementsAre(ids[2], ids[3]));
    EXPECT_THAT(page(mine, ids[3]), ElementsAre(ids[4]));
    EXPECT_THAT(page(theirs, {}), IsEmpty());
    database().write(theirs, [&](Transaction& tx) {
        EXPECT_FALSE(find_schedule(tx, ids[0]));
        EXPECT_FALSE(update_schedule(tx, ids[0], parcels("p0", cron("@hourly"))));
        EXPECT_FALSE(pause_schedule(tx, ids[0]) || resume_schedule(tx, ids[0]) || run_now(tx, ids[0]));
        EXPECT_FALSE(delete_schedule(tx, ids[0]));
        create_schedule(tx, parcels("p0", cron("@hourly")));
    });
    EXPECT_EQ(schedule(ids[0]).description, "every day at 00:00, UTC");
}

TEST_P(ScheduleChangesTest, NameThatIsTakenIsRefused) {
    create(parcels("a", cron("@daily")));
    auto const b = create(parcels("b", cron("@daily")));
    auto const code_of = [&](auto const& unit) -> std::string {
        try {
            database().write(mine, unit);
        } catch (Fault const& fault) {
            return std::string(fault.code().name);
        }
        return "";
    };
    EXPECT_EQ(code_of([](Transaction& tx) { create_schedule(tx, parcels("a", cron("@daily"))); }), "conflict");
    EXPECT_EQ(code_of([&](Transaction& tx) { update_schedule(tx, b, parcels("a", cron("@daily"))); }), "conflict");
    EXPECT_EQ(code_of([&](Transaction& tx) { update_schedule(tx, b, parcels("b", cron("@hourly"))); }), "");
}

TEST_P(ScheduleChangesTest, BadInputIsRefusedAtEachOfItsPlaces) {
    auto const faults_of = [&](NewSchedule const& given) {
        std::vector<std::string> faults;
        try {
            create(given);
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "invalid_input");
            for (auto const& problem : fault.problems()) faults.push_back(problem.pointer + " " + problem.message);
        }
        return faults;
    };
    EXPECT_THAT(faults_of({"", cron("0 24 * * *"), JobTarget{"Parcel", {"{"}}}),
                ElementsAre("/name must have from 1 to 100 characters",
                            "/spec/cron has hour '24', which must be from 0 to 23", "/target/payload must be JSON"));
    EXPECT_THAT(
        faults_of({std::string(101, 'n'), {}, RunTarget{"walk", 1, {"[]"}}}),
        ElementsAre("/name must have from 1 to 100 characters",
                    "/spec must have exactly one of cron, every_seconds and at", "/target/state must be an object"));
    EXPECT_THAT(
        faults_of({"n", cron("@daily"), JobTarget{"Parcel", {'"' + std::string(payload_bytes_max, 'x') + '"'}}}),
        ElementsAre("/target/payload must have at most 262144 bytes"));
    EXPECT_THROW(create({"n", cron("@daily"), JobTarget{"run:walk@1", {"{}"}}}), std::logic_error);
    EXPECT_THROW(create({"n", cron("@daily"), JobTarget{"schedule:", {"{}"}}}), std::logic_error);
    EXPECT_THROW(create({"n", cron("@daily"), JobTarget{"Parcel", {"{}"}}, {.unique_key = "k"}}), std::logic_error);
    EXPECT_EQ(ready_rows(), 0);
}

}  // namespace
}  // namespace mainstay::flow
