#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class JobsTest : public FlowWorld {
protected:
    std::vector<std::string> done;  // names of the parcels, in the order of their runs

    JobKind deliver() {
        return job_kind<Parcel>([this](Context&, Parcel const& parcel) { done.push_back(parcel.name); });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, JobsTest, testing::each_engine(), testing::engine_name);

TEST_P(JobsTest, JobIsCommittedAndRolledBackWithItsCaller) {
    Engine engine(database(), clock, {});
    engine.add(deliver());
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      flow::enqueue(tx, Parcel{"lost"});
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    auto const id = enqueue(Parcel{"kept"});
    EXPECT_EQ(job(id).state, JobState::waiting);
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("kept"));
    EXPECT_EQ(job(id).state, JobState::completed);
    EXPECT_EQ(job(id).attempts, 1);
    EXPECT_EQ(job(id).finished_at, clock.now());
    EXPECT_EQ(ready_rows(), 0);
    EXPECT_EQ(engine.counters().completed_total, 1u);
}

TEST_P(JobsTest, JobEnqueuedBeforeTheEngineWasThereIsFound) {
    enqueue(Parcel{"early"});
    Engine engine(database(), clock, {});
    engine.add(deliver());
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("early"));
}

TEST_P(JobsTest, UniqueKeyHoldsUntilTheJobIsFinished) {
    Engine engine(database(), clock, {});
    engine.add(deliver());
    auto const first = enqueue(Parcel{"first"}, {.unique_key = "k"});
    EXPECT_EQ(enqueue(Parcel{"second"}, {.unique_key = "k"}), first);
    EXPECT_NE(enqueue(Parcel{"other"}, {.unique_key = "l"}), first);
    engine.run_until_idle();
    EXPECT_THAT(done, ::testing::UnorderedElementsAre("first", "other"));
    EXPECT_NE(enqueue(Parcel{"third"}, {.unique_key = "k"}), first);
    engine.run_until_idle();
    EXPECT_EQ(done.back(), "third");
}

TEST_P(JobsTest, UniqueKeyIsOfOneTenant) {
    auto const first = enqueue(Parcel{"mine"}, {.unique_key = "k"});
    auto const second = database().write(
        theirs, [](Transaction& tx) { return flow::enqueue(tx, Parcel{"theirs"}, {.unique_key = "k"}); });
    EXPECT_NE(first, second);
}

TEST_P(JobsTest, HigherPriorityGoesFirstAndThenTheEarlierTime) {
    enqueue(Parcel{"later"}, {.run_at = clock.now() + seconds(2)});
    enqueue(Parcel{"sooner"}, {.run_at = clock.now() + seconds(1)});
    enqueue(Parcel{"low"}, {.priority = -5});
    enqueue(Parcel{"high"}, {.priority = 5, .run_at = clock.now() + seconds(3)});
    Engine engine(database(), clock, {});
    engine.add(deliver());
    clock.advance(seconds(5));
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("high", "sooner", "later", "low"));
}

TEST_P(JobsTest, JobOfTheFutureWaitsForItsTime) {
    Engine engine(database(), clock, {});
    engine.add(deliver());
    enqueue(Parcel{"tomorrow"}, {.run_at = clock.now() + days(1)});
    clock.advance({days(1).us - 1});
    engine.run_until_idle();
    EXPECT_THAT(done, IsEmpty());
    clock.advance(microseconds(1));
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("tomorrow"));
}

TEST_P(JobsTest, WorkOfAnotherQueueAndOfUnknownKindsIsLeftAlone) {
    auto const other_queue = enqueue(Parcel{"heavy"}, {.queue = "heavy"});
    auto const unknown = enqueue(Journey{});
    Engine engine(database(), clock, {});
    engine.add(deliver());
    engine.run_until_idle();
    EXPECT_THAT(done, IsEmpty());
    EXPECT_EQ(job(other_queue).state, JobState::waiting);
    EXPECT_EQ(job(unknown).attempts, 0);
    Engine heavy(database(), clock, {.queue = "heavy"});
    heavy.add(deliver());
    heavy.run_until_idle();
    EXPECT_THAT(done, ElementsAre("heavy"));
}

TEST_P(JobsTest, FailedJobIsTriedAgainAfterItsBackOffAndThenIsDead) {
    Engine engine(database(), clock, {});
    auto kind = job_kind<Parcel>([&](Context& context, Parcel const&) {
        EXPECT_EQ(context.attempt(), std::ssize(done) + 1);
        done.emplace_back("tried");
        throw std::runtime_error("the road is closed");
    });
    kind.retry = {.max_attempts = 3, .first_delay = seconds(10), .factor = 2, .jitter = 0};
    engine.add(kind);
    std::vector<std::string> lines;
    engine.log = [&](std::string_view level, std::string_view text) {
        lines.push_back(std::string(level) + " " + std::string(text));
    };
    auto const id = enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_THAT(lines,
                ElementsAre("warning flow: " + id.to_string() + ", Parcel, attempt 1 of 3 failed: the road is closed"));
    EXPECT_EQ(job(id).state, JobState::waiting);
    EXPECT_EQ(job(id).last_error, "the road is closed");
    EXPECT_EQ(job(id).run_at, clock.now() + seconds(10));
    clock.advance({seconds(10).us - 1});
    engine.run_until_idle();
    EXPECT_EQ(done.size(), 1u);
    clock.advance(microseconds(1));
    engine.run_until_idle();
    EXPECT_EQ(done.size(), 2u);
    EXPECT_EQ(job(id).run_at, clock.now() + seconds(20));
    clock.advance(seconds(20));
    engine.run_until_idle();
    EXPECT_EQ(done.size(), 3u);
    EXPECT_EQ(job(id).state, JobState::dead);
    EXPECT_EQ(job(id).attempts, 3);
    EXPECT_EQ(lines.size(), 3u) << "a line for each attempt";
    EXPECT_EQ(job(id).last_error, "the road is closed");
    EXPECT_EQ(ready_rows(), 0);
    EXPECT_EQ(engine.counters().failed_total, 3u);
    EXPECT_EQ(engine.counters().dead_total, 1u);
}

TEST_P(JobsTest, AttemptIsCountedBeforeTheRun) {
    Engine engine(database(), clock, {});
    auto const id = enqueue(Parcel{"x"});
    engine.add(job_kind<Parcel>([&](Context&, Parcel const&) {
        EXPECT_EQ(job(id).state, JobState::running);
        EXPECT_EQ(job(id).attempts, 1);
    }));
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::completed);
}

TEST_P(JobsTest, DiscardedJobIsDeadAtOnce) {
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([](Context& context, Parcel const&) {
        note_with(context, "never");
        throw Discard("there is no such address");
    }));
    auto const id = enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::dead);
    EXPECT_EQ(job(id).attempts, 1);
    EXPECT_EQ(job(id).last_error, "there is no such address");
    EXPECT_THAT(effects_of(mine), IsEmpty());
}

TEST_P(JobsTest, PayloadThatCannotBeReadEndsDead) {
    Engine engine(database(), clock, {});
    auto kind = deliver();
    kind.retry.max_attempts = 1;
    engine.add(kind);
    auto const id = database().write(mine, [](Transaction& tx) { return enqueue_text(tx, "Parcel", R"({"name":7})"); });
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::dead);
}

TEST_P(JobsTest, RowsOfAJobAreThereWithItsEndOrNotAtAll) {
    Engine engine(database(), clock, {});
    auto kind = job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        note_with(context, parcel.name + std::to_string(context.attempt()));
        context.write([&](Transaction&) {
            if (context.attempt() == 1) throw std::runtime_error("refused");
        });
    });
    kind.retry = {.first_delay = seconds(1), .jitter = 0};
    engine.add(kind);
    auto const id = enqueue(Parcel{"try"});
    engine.run_until_idle();
    EXPECT_THAT(effects_of(mine), IsEmpty());
    EXPECT_THAT(job(id).last_error.value(), HasSubstr("refused"));
    clock.advance(seconds(1));
    engine.run_until_idle();
    EXPECT_THAT(effects_of(mine), ElementsAre("try2"));
    EXPECT_EQ(job(id).state, JobState::completed);
}

TEST_P(JobsTest, ProgressIsSeenBeforeTheEnd) {
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
        context.write_now([](Transaction& tx) { note_effect(tx, "half"); });
        EXPECT_THAT(effects_of(mine), ElementsAre("half"));
    }));
    enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_EQ(engine.counters().completed_total, 1u);
}

TEST_P(JobsTest, AnotherTakesOverWhatItsHolderLeftAndCompletesItOnce) {
    EngineOptions const options{.lease = seconds(30)};
    Engine first(database(), clock, options), second(database(), clock, options);
    second.add(job_kind<Parcel>([&](Context& context, Parcel const&) { note_with(context, "second"); }));
    first.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
        note_with(context, "first");
        clock.advance(seconds(29));
        second.run_until_idle();
        EXPECT_THAT(effects_of(mine), IsEmpty());
        clock.advance(seconds(2));
        second.run_until_idle();
    }));
    auto const id = enqueue(Parcel{"x"});
    first.run_until_idle();
    EXPECT_THAT(effects_of(mine), ElementsAre("second"));
    EXPECT_EQ(job(id).state, JobState::completed);
    EXPECT_EQ(job(id).attempts, 2);
}

TEST_P(JobsTest, FenceGoesOnWhenADeadJobIsPutBack) {
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
        done.emplace_back("run");
        if (done.size() == 1) throw Discard("first");
        note_with(context, "second");
    }));
    auto const id = enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::dead);
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, id); }));
    EXPECT_FALSE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, id); }));
    EXPECT_EQ(database().read(system_scope("test"),
                              [](Snapshot& s) { return s.one<std::int64_t>("SELECT fence FROM flow_ready"); }),
              1);
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::completed);
    EXPECT_EQ(job(id).attempts, 1);
    EXPECT_FALSE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, id); }));
}

TEST_P(JobsTest, WaitingJobIsCancelledAtOnce) {
    Engine engine(database(), clock, {});
    engine.add(deliver());
    auto const id = enqueue(Parcel{"x"});
    EXPECT_FALSE(database().write(theirs, [&](Transaction& tx) { return cancel_job(tx, id); }));
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return cancel_job(tx, id); }));
    EXPECT_EQ(job(id).state, JobState::cancelled);
    EXPECT_FALSE(database().write(mine, [&](Transaction& tx) { return cancel_job(tx, id); }));
    engine.run_until_idle();
    EXPECT_THAT(done, IsEmpty());
}

TEST_P(JobsTest, RunningJobSeesThatItIsCancelledAndWhatItHalfDidIsNotKept) {
    Engine engine(database(), clock, {});
    std::optional<JobId> id;
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
        note_with(context, "half");
        EXPECT_FALSE(context.is_cancelled());
        EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return cancel_job(tx, *id); }));
        EXPECT_TRUE(context.is_cancelled());
    }));
    id = enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_EQ(job(*id).state, JobState::cancelled);
    EXPECT_THAT(effects_of(mine), IsEmpty());
}

TEST_P(JobsTest, JobPastItsTimeLimitHasFailed) {
    Engine engine(database(), clock, {.lease = hours(2)});
    auto kind = job_kind<Parcel>([&](Context& context, Parcel const&) {
        EXPECT_EQ(context.time_left(), seconds(60));
        note_with(context, "too late");
        clock.advance(seconds(60));
        EXPECT_TRUE(context.is_cancelled());
        EXPECT_EQ(context.time_left(), seconds(0));
    });
    kind.time_limit = seconds(60);
    kind.retry.max_attempts = 1;
    engine.add(kind);
    auto const id = enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::dead);
    EXPECT_THAT(job(id).last_error.value(), HasSubstr("longer than its limit of 60000 ms"));
    EXPECT_THAT(effects_of(mine), IsEmpty());
}

TEST_P(JobsTest, JobWhoseHoldersVanishEndsDead) {
    EngineOptions const options{.lease = seconds(30)};
    int begun = 0;
    auto const id = enqueue(Parcel{"poison"});
    // An engine that lost its lease leaves the table as one that was killed.
    for (int i = 0; i < 7; ++i) {
        Engine engine(database(), clock, options);
        auto kind = job_kind<Parcel>([&](Context&, Parcel const&) {
            ++begun;
            clock.advance(seconds(31));
            throw LeaseLost("as if it had been killed");
        });
        kind.retry = {.max_attempts = 3, .first_delay = seconds(1), .jitter = 0};
        engine.add(kind);
        engine.run_until_idle();
    }
    EXPECT_EQ(begun, 3);
    EXPECT_EQ(job(id).state, JobState::dead);
    EXPECT_THAT(job(id).last_error.value(), HasSubstr("ended during the last attempt"));
}

TEST_P(JobsTest, WallClockThatStepsAheadLeavesTheHoldersLeaseAlone) {
    Engine engine(database(), clock, {.lease = seconds(30)});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
        done.emplace_back("run");
        clock.step_wall_clock(hours(1));
        EXPECT_FALSE(context.is_cancelled());
        note_with(context, "once");
    }));
    auto const id = enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::completed);
    EXPECT_THAT(effects_of(mine), ElementsAre("once"));
    EXPECT_EQ(done.size(), 1u);
}

TEST_P(JobsTest, TenantsDoNotSeeEachOthersJobs) {
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const& parcel) { note_with(context, parcel.name); }));
    auto const id = enqueue(Parcel{"mine"});
    database().write(theirs, [](Transaction& tx) { flow::enqueue(tx, Parcel{"theirs"}); });
    EXPECT_FALSE(database().read(theirs, [&](Snapshot& s) { return find_job(s, id); }));
    EXPECT_FALSE(database().write(theirs, [&](Transaction& tx) { return cancel_job(tx, id); }));
    engine.run_until_idle();
    EXPECT_THAT(effects_of(mine), ElementsAre("mine"));
    EXPECT_THAT(effects_of(theirs), ElementsAre("theirs"));
    EXPECT_FALSE(database().write(theirs, [&](Transaction& tx) { return retry_job(tx, id); }));
}

TEST_P(JobsTest, OneThatWasCancelledBeforeItsTimeKeepsItWhenItIsPutBack) {
    int ran = 0;
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([&](Context&, Parcel const&) { ++ran; }));
    Instant const due = clock.now() + days(3);
    auto const id = enqueue(Parcel{"x"}, {.run_at = due}), soon = enqueue(Parcel{"y"}, {.run_at = due});
    for (auto const job_id : {id, soon}) {
        EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return cancel_job(tx, job_id); }));
    }
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, id); }));
    EXPECT_EQ(job(id).run_at, due);
    engine.run_until_idle();
    EXPECT_EQ(ran, 0);
    clock.advance(days(3));
    engine.run_until_idle();
    EXPECT_EQ(ran, 1);
    clock.advance(days(1));
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, soon); }));
    EXPECT_EQ(job(soon).run_at, clock.now()) << "its time has passed";
}

TEST_P(JobsTest, FinishedJobsArePrunedAfterTheirTimeAndOthersAreNot) {
    Engine engine(database(), clock, {.kept = days(7)});
    engine.add(deliver());
    std::vector<JobId> old;
    for (int i = 0; i < 3; ++i) old.push_back(enqueue(Parcel{"old"}));
    auto const waiting = enqueue(Parcel{"far"}, {.run_at = clock.now() + days(30)});
    engine.run_until_idle();
    clock.advance(days(6));
    auto const young = enqueue(Parcel{"young"});
    engine.run_until_idle();
    EXPECT_TRUE(database().read(mine, [&](Snapshot& s) { return find_job(s, old[0]); }));
    clock.advance(hours(25));
    engine.run_until_idle();
    for (auto const& id : old) EXPECT_FALSE(database().read(mine, [&](Snapshot& s) { return find_job(s, id); }));
    EXPECT_EQ(job(young).state, JobState::completed);
    EXPECT_EQ(job(waiting).state, JobState::waiting);
    EXPECT_EQ(engine.counters().pruned_total, 3u);
}

TEST_P(JobsTest, WhatIsPastALimitIsRefused) {
    EXPECT_THROW(enqueue(Parcel{std::string(payload_bytes_max, 'x')}), std::logic_error);
    EXPECT_THROW(enqueue(Parcel{"x"}, {.priority = 101}), std::logic_error);
    EXPECT_THROW(Engine(database(), clock, {.workers = 0}), std::logic_error);
    Engine engine(database(), clock, {});
    engine.add(deliver());
    EXPECT_THROW(engine.add(deliver()), std::logic_error);
    auto never = job_kind<Journey>([](Context&, Journey const&) {});
    never.retry.max_attempts = 0;
    EXPECT_THROW(engine.add(never), std::logic_error);
}

}  // namespace
}  // namespace mainstay::flow
