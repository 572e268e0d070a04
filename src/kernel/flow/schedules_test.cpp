// Schedules in the engine: what comes due is made once, whatever happens meanwhile.
#include "kernel/flow/schedules_test_support.hpp"

#include <gmock/gmock.h>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SchedulesTest : public SchedulesWorld {};
INSTANTIATE_TEST_SUITE_P(Engines, SchedulesTest, testing::each_engine(), testing::engine_name);

// --- once ---

TEST_P(SchedulesTest, FiresOnceADayOverBothChangesOfTheClock) {
    ScheduleSpec spec = cron("30 2 * * *");
    spec.time_zone = "Europe/Berlin";
    clock.advance(at("2027-03-26T12:00:00Z") - clock.now());
    create(parcels("nightly", spec));
    Engine engine(database(), clock, {.queue = std::string(schedules_queue)});
    auto const watch_until = [&](std::string_view time) {
        for (; clock.now() < at(time); clock.advance(minutes(30))) engine.run_until_idle();
    };
    watch_until("2027-03-30T12:00:00Z");
    EXPECT_THAT(made(), ElementsAre("due 2027-03-27T01:30:00Z", "due 2027-03-28T01:00:00Z", "due 2027-03-29T00:30:00Z",
                                    "due 2027-03-30T00:30:00Z"));
    clock.advance(at("2027-10-29T12:00:00Z") - clock.now());
    watch_until("2027-11-01T12:00:00Z");
    EXPECT_THAT(made(), ::testing::IsSupersetOf(
                            {"due 2027-10-30T00:30:00Z", "due 2027-10-31T00:30:00Z", "due 2027-11-01T01:30:00Z"}));
    EXPECT_THAT(made(), SizeIs(4 + 1 + 3));  // one for the summer
}

TEST_P(SchedulesTest, TwoEnginesStartedAtOnceFireOnce) {
    constexpr int count = 40;
    act([&](Transaction& tx) {
        for (int i = 0; i < count; ++i) create_schedule(tx, parcels("s" + std::to_string(i), cron("@hourly")));
    });
    clock.advance(hours(1));
    std::unique_ptr<Database> other_node = is_sqlite() ? nullptr : Database::open(postgres, clock);
    EngineOptions const options{.queue = std::string(schedules_queue), .claim_at_most = 3};
    Engine first(database(), clock, options);
    Engine second(other_node ? *other_node : database(), clock, options);
    first.start();
    second.start();
    auto const fired = [&] { return first.counters().completed_total + second.counters().completed_total; };
    until([&] { return !(fired() < count); });
    first.drain(seconds(10));
    second.drain(seconds(10));
    EXPECT_EQ(fired(), count);
    EXPECT_EQ(first.counters().leases_lost_total + second.counters().leases_lost_total, 0u);
    EXPECT_THAT(made(), SizeIs(count));
}

TEST_P(SchedulesTest, KilledBeforeItsCommitAFiringIsMadeOnceByTheNextEngine) {
    bool is_killed = false;
    Graph graph = walk();
    graph.on_change = [&](Transaction&, RunId, std::string const&, std::string_view, RunState, std::string const&) {
        if (!std::exchange(is_killed, true)) throw LeaseLost("as if it had been killed");
    };
    auto const id = act([&](Transaction& tx) { return schedule_run(tx, "w", cron("@hourly"), graph, Journey{}); });
    clock.advance(hours(1));
    settle({&graph});
    EXPECT_TRUE(is_killed);
    EXPECT_EQ(runs_made(), 0);
    EXPECT_EQ(schedule(id).done_until, at("2027-01-15T08:00:00Z"));
    settle({&graph});
    EXPECT_EQ(runs_made(), 0);  // its lease holds
    clock.advance(seconds(31));
    settle({&graph});
    settle({&graph});
    EXPECT_EQ(runs_made(), 1);
    EXPECT_EQ(schedule(id).last_due_at, at("2027-01-15T09:00:00Z"));
}

TEST_P(SchedulesTest, StoppedEngineMakesNothingOnceAnotherHasTakenOver) {
    auto const id = create(parcels("p", cron("@hourly")));
    clock.advance(hours(1));
    ClockOfAnEngine watched(clock);
    int times = 0;
    watched.asked_meanwhile = [&] {
        if (times > 0) return;
        times += database().write(system_scope("test"), [&](Transaction& tx) -> int {
            return static_cast<int>(tx.execute("UPDATE flow_ready SET fence = fence + 1 WHERE owner IS NOT NULL"));
        });
    };
    Engine stopped(database(), watched, {.queue = std::string(schedules_queue)});
    stopped.run_until_idle();
    EXPECT_EQ(times, 1);
    EXPECT_EQ(stopped.counters().completed_total, 0u);
    EXPECT_THAT(made(), IsEmpty());
    EXPECT_EQ(schedule(id).last_fired_at, std::nullopt);
    clock.advance(seconds(31));
    settle();
    EXPECT_THAT(made(), ElementsAre("due 2027-01-15T09:00:00Z"));
}

TEST_P(SchedulesTest, FiringThatIsWronglyRepeatedMakesNothingTwice) {
    Graph const graph = walk();
    auto const job = create(parcels("j", cron("@hourly")));
    auto const run = act([&](Transaction& tx) { return schedule_run(tx, "r", cron("@hourly"), graph, Journey{}); });
    clock.advance(hours(1));
    settle({&graph});
    EXPECT_THAT(made(), SizeIs(1));
    EXPECT_EQ(runs_made(), 1);
    auto const first_job = schedule(job).last_job_id, first_run = schedule(run).last_run_id;
    work({&graph});  // finished, so that no key of unfinished work stands in the way
    EXPECT_EQ(ready_rows(), 2);
    for (auto const id : {job, run}) {
        alter("UPDATE flow_schedules SET done_until = created_at, last_job_id = '', last_run_id = '' WHERE id = :id",
              id);
        alter("UPDATE flow_ready SET run_at = 1, is_due = TRUE WHERE id = :id", id);
    }
    settle({&graph});
    EXPECT_THAT(made(), SizeIs(1));
    EXPECT_EQ(runs_made(), 1);
    EXPECT_EQ(schedule(job).last_job_id, first_job);
    EXPECT_EQ(schedule(run).last_run_id, first_run);
    EXPECT_EQ(ready_rows(), 2);
}

TEST_P(SchedulesTest, ClockThatIsSetBackAnHourFiresNothingTwice) {
    auto const id = create(parcels("p", cron("*/30 * * * *", CatchUp::all)));
    settle_at("2027-01-15T09:05:00Z");
    EXPECT_THAT(made(), SizeIs(2));
    clock.step_wall_clock(seconds(0) - hours(1));
    settle();
    for (int i = 0; i < 3; ++i) {
        clock.advance(minutes(15));
        settle();
    }
    EXPECT_THAT(made(), SizeIs(2));  // 08:30 came again
    // New times count from now, by the clock as it is; what was made for 09:00 stays the only one.
    act([&](Transaction& tx) { return update_schedule(tx, id, parcels("p", cron("0 * * * *", CatchUp::all))); });
    work();
    settle_at("2027-01-15T09:01:00Z");
    EXPECT_THAT(made(), SizeIs(2));
    settle_at("2027-01-15T10:00:00Z");
    EXPECT_THAT(made(),
                ElementsAre("due 2027-01-15T08:30:00Z", "due 2027-01-15T09:00:00Z", "due 2027-01-15T10:00:00Z"));
}

TEST_P(SchedulesTest, ProcessThatDiesOfAFiringGivesItUpAndGoesOn) {
    auto const id = create(parcels("p", cron("@hourly")));
    alter("UPDATE flow_ready SET attempts = 5 WHERE id = :id", id);
    settle_at("2027-01-15T09:00:00Z");
    EXPECT_THAT(made(), IsEmpty());
    EXPECT_EQ(schedule(id).last_error, "its process or its lease ended during the last attempt");
    settle_at("2027-01-15T10:00:00Z");
    EXPECT_THAT(made(), ElementsAre("due 2027-01-15T10:00:00Z"));
    EXPECT_EQ(schedule(id).last_error, std::nullopt);
}

// --- what was missed ---

TEST_P(SchedulesTest, DowntimeIsMadeUpForAsTheCatchUpSays) {
    std::vector<std::vector<std::string>> const expected{
        {},
        {"due 2027-01-15T13:00:00Z"},
        {"due 2027-01-15T09:00:00Z", "due 2027-01-15T10:00:00Z", "due 2027-01-15T11:00:00Z", "due 2027-01-15T12:00:00Z",
         "due 2027-01-15T13:00:00Z"}};
    auto const expected_of = [&](CatchUp policy) { return expected[static_cast<std::size_t>(policy)]; };
    for (auto const policy : {CatchUp::skip, CatchUp::latest, CatchUp::all}) {
        auto const id = create(parcels("p", cron("@hourly", policy)));
        clock.advance(hours(5) + minutes(10));
        settle();
        EXPECT_EQ(made(), expected_of(policy));
        clock.advance(minutes(50));
        settle();
        EXPECT_EQ(made().size(), expected_of(policy).size() + 1);
        EXPECT_EQ(made().back(), "due 2027-01-15T14:00:00Z");
        EXPECT_EQ(schedule(id).last_due_at, at("2027-01-15T14:00:00Z"));
        act([&](Transaction& tx) {
            delete_schedule(tx, id);
            tx.execute("DELETE FROM flow_jobs WHERE tenant_id = :tenant");
        });
        clock.step_wall_clock(seconds(0) - hours(6));
    }
}

TEST_P(SchedulesTest, LongDowntimeIsMadeUpForWithinABoundAndSaysSo) {
    create(parcels("p", every(minutes(1), CatchUp::all)));
    clock.advance(hours(10));
    settle();
    EXPECT_THAT(made(), SizeIs(catch_up_max));
    EXPECT_EQ(made().back(), "due 2027-01-15T18:00:00Z");
    EXPECT_THAT(log, ElementsAre(HasSubstr("makes up for the latest 100")));
    settle();
    EXPECT_THAT(made(), SizeIs(catch_up_max));
}

TEST_P(SchedulesTest, PausedScheduleMakesNothingAndCatchesUpOnResuming) {
    auto const skips = create(parcels("skips", cron("@hourly", CatchUp::skip)));
    auto const all = create(parcels("all", cron("@hourly", CatchUp::all)));
    for (auto const id : {skips, all}) EXPECT_TRUE(act([&](Transaction& tx) { return pause_schedule(tx, id); }));
    settle_at("2027-01-15T11:30:00Z");
    EXPECT_THAT(made(), IsEmpty());
    EXPECT_THAT(schedule(all).next_runs, IsEmpty());
    for (auto const id : {skips, all}) EXPECT_TRUE(act([&](Transaction& tx) { return resume_schedule(tx, id); }));
    settle();
    EXPECT_THAT(made(),
                ElementsAre("due 2027-01-15T09:00:00Z", "due 2027-01-15T10:00:00Z", "due 2027-01-15T11:00:00Z"));
    EXPECT_EQ(schedule(skips).done_until, at("2027-01-15T11:00:00Z"));
    settle_at("2027-01-15T12:00:00Z");
    EXPECT_THAT(made(), SizeIs(5));
}

TEST_P(SchedulesTest, SkippedTimesStaySkippedWhenTheCatchUpChanges) {
    auto const id = create(parcels("p", cron("@hourly", CatchUp::skip)));
    settle_at("2027-01-15T11:30:00Z");
    act([&](Transaction& tx) { return update_schedule(tx, id, parcels("p", cron("@hourly", CatchUp::all))); });
    settle();
    EXPECT_THAT(made(), IsEmpty());
    settle_at("2027-01-15T12:00:00Z");
    EXPECT_THAT(made(), ElementsAre("due 2027-01-15T12:00:00Z"));
}

// --- many ---

TEST_P(SchedulesTest, TenThousandDueAtOnceAllFireOnceInAsManyUnitsAsTheyAre) {
    constexpr int tenants = 10;
    std::vector<TenantId> owners;
    for (int i = 0; i < tenants; ++i) {
        owners.push_back(TenantId::make(clock.now()));
        database().write(owners.back(), [&](Transaction& tx) {
            for (std::int64_t n = 0; n < schedules_max; ++n)
                create_schedule(tx, parcels(std::to_string(n), cron("@hourly")));
        });
    }
    auto const one_more = [&](Transaction& tx) { create_schedule(tx, parcels("more", cron("@hourly"))); };
    EXPECT_THROW(database().write(owners[0], one_more), Fault);
    clock.advance(hours(1));
    auto const total = static_cast<std::uint64_t>(tenants * schedules_max);
    auto const units_before = database().counters().writes_total;
    ClockOfAnEngine going(clock);
    Engine engine(database(), going, {.queue = std::string(schedules_queue)});
    engine.start();
    until([&] { return !(engine.counters().completed_total < total); });
    engine.drain(seconds(10));
    EXPECT_EQ(engine.counters().completed_total, total);
    EXPECT_LT(database().counters().writes_total - units_before, 2 * total);
    for (auto const& owner : owners) {
        auto const jobs = database().read(owner, [](Snapshot& s) {
            return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_jobs WHERE tenant_id = :tenant");
        });
        EXPECT_EQ(jobs, schedules_max);
    }
}

TEST_P(SchedulesTest, WhatIsKeptOfAScheduleDoesNotGrow) {
    create(parcels("p", every(seconds(1))));
    Engine engine(database(), clock, {.queue = std::string(schedules_queue)});
    for (int i = 0; i < 300; ++i) {
        clock.advance(seconds(1));
        engine.run_until_idle();
    }
    EXPECT_THAT(made(), SizeIs(300));
    auto const rows = database().read(system_scope("test"), [](Snapshot& s) {
        return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_schedules") * 1000 +
               s.one<std::int64_t>("SELECT COUNT(*) FROM flow_ready WHERE kind = 'schedule:'");
    });
    EXPECT_EQ(rows, 1001);
    EXPECT_LE(engine.counters().waiting, 1u);
}

}  // namespace
}  // namespace mainstay::flow
