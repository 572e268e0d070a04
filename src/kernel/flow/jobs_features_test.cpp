// Unique keys, many at once, waits that a handler asks for, results, who a job is of, and queues that are paused.
#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class JobsFeaturesTest : public FlowWorld {
protected:
    std::vector<std::string> done;

    JobKind deliver() {
        return job_kind<Parcel>([this](Context&, Parcel const& parcel) { done.push_back(parcel.name); });
    }
    void settle(JobKind const& kind, EngineOptions const& options = {}) {
        Engine engine(database(), clock, options);
        engine.add(kind);
        engine.run_until_idle();
    }
    JobId enqueue_as(Scope const& scope, Parcel const& parcel, JobOptions const& options = {}) {
        return database().write(scope, [&](Transaction& tx) { return flow::enqueue(tx, parcel, options); });
    }
    void pause(std::string_view queue) {
        database().write(system_scope("test"), [&](Transaction& tx) { pause_queue(tx, queue, "usr_ann"); });
    }
    void resume(std::string_view queue) {
        database().write(system_scope("test"), [&](Transaction& tx) { resume_queue(tx, queue); });
    }
    std::int64_t rows_of_jobs() {
        return database().read(system_scope("test"),
                               [](Snapshot& s) { return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_jobs"); });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, JobsFeaturesTest, testing::each_engine(), testing::engine_name);

TEST_P(JobsFeaturesTest, UniqueKeyWithAPeriodHoldsWithinItAlthoughTheJobHasFinished) {
    JobOptions const daily{.unique_key = "report", .unique_period = days(1)};
    clock.advance({days(1).us - clock.now().us % days(1).us});  // the first instant of a period
    auto const first = enqueue(Parcel{"first"}, daily);
    settle(deliver());
    clock.advance({days(1).us - 1});
    EXPECT_EQ(enqueue(Parcel{"same day"}, daily), first);
    EXPECT_NE(enqueue(Parcel{"other key"}, {.unique_key = "bill", .unique_period = days(1)}), first);
    clock.advance(microseconds(1));
    auto const second = enqueue(Parcel{"next day"}, daily);
    EXPECT_NE(second, first);
    settle(deliver());
    EXPECT_THAT(done, UnorderedElementsAre("first", "other key", "next day"));
}

TEST_P(JobsFeaturesTest, UniqueKeyWithAPeriodHoldsForADeadJobThatIsPutBackToo) {
    JobOptions const daily{.unique_key = "report", .unique_period = days(1)};
    auto const id = enqueue(Parcel{"x"}, daily);
    settle(job_kind<Parcel>([](Context&, Parcel const&) { throw Discard("no"); }));
    EXPECT_EQ(job(id).state, JobState::dead);
    EXPECT_EQ(enqueue(Parcel{"again"}, daily), id);
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, id); }));
    settle(deliver());
    EXPECT_EQ(job(id).state, JobState::completed);
    EXPECT_EQ(job(id).attempts, 1);
}

TEST_P(JobsFeaturesTest, SameKeyOfAnotherKindOrTenantOrWithoutAPeriodIsAnother) {
    JobOptions const daily{.unique_key = "k", .unique_period = days(1)};
    auto const first = enqueue(Parcel{"parcel"}, daily);
    EXPECT_NE(enqueue(Journey{}, daily), first);
    EXPECT_NE(enqueue_as(theirs, Parcel{"theirs"}, daily), first);
    auto const unfinished = enqueue(Parcel{"while unfinished"}, {.unique_key = "k"});
    EXPECT_NE(unfinished, first);
    EXPECT_EQ(enqueue(Parcel{"while unfinished"}, {.unique_key = "k"}), unfinished);
    EXPECT_EQ(enqueue(Parcel{"parcel"}, daily), first);
}

TEST_P(JobsFeaturesTest, DeadJobWhoseUniqueKeyIsTakenByNowStaysDead) {
    auto const first = enqueue(Parcel{"first"}, {.unique_key = "k"});
    settle(job_kind<Parcel>([](Context&, Parcel const&) { throw Discard("no"); }));
    auto const second = enqueue(Parcel{"second"}, {.unique_key = "k"});
    ASSERT_NE(second, first);
    EXPECT_FALSE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, first); }));
    settle(deliver());
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_job(tx, first); }));
    EXPECT_EQ(enqueue(Parcel{"third"}, {.unique_key = "k"}), first);
}

TEST_P(JobsFeaturesTest, KeyOfAPayloadTellsPayloadsApart) {
    EXPECT_EQ(key_of(Parcel{"a", 1}), key_of(Parcel{"a", 1}));
    EXPECT_NE(key_of(Parcel{"a", 1}), key_of(Parcel{"a", 2}));
    auto const first = enqueue(Parcel{"a", 1}, {.unique_key = key_of(Parcel{"a", 1})});
    EXPECT_EQ(enqueue(Parcel{"a", 1}, {.unique_key = key_of(Parcel{"a", 1})}), first);
    EXPECT_NE(enqueue(Parcel{"a", 2}, {.unique_key = key_of(Parcel{"a", 2})}), first);
}

TEST_P(JobsFeaturesTest, SameKeyFromManyThreadsIsOneJob) {
    std::vector<std::vector<JobId>> given(4);
    std::vector<std::thread> threads;
    for (auto& ids : given)
        threads.emplace_back([this, &ids] {
            for (int i = 0; i < 10; ++i) ids.push_back(enqueue(Parcel{"x"}, {.unique_key = "k" + std::to_string(i)}));
        });
    for (auto& thread : threads) thread.join();
    for (auto const& ids : given) EXPECT_EQ(ids, given[0]);
    EXPECT_EQ(rows_of_jobs(), 10);
    EXPECT_EQ(ready_rows(), 10);
}

TEST_P(JobsFeaturesTest, ThousandAtOnceAreEnqueuedOrRolledBackWithTheirCaller) {
    std::vector<Parcel> parcels;
    for (int i = 0; i < 1000; ++i) parcels.push_back({"parcel \"" + std::to_string(i) + "\" \xC3\xA9\n", i});
    auto const enqueue_them = [&](Transaction& tx, JobOptions const& options = {}) {
        enqueue_all(tx, std::span<Parcel const>(parcels), options);
    };
    std::vector<std::string> seen;
    std::int64_t weight_g = 0;
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        EXPECT_EQ(context.originator(), "usr_ann");
        seen.push_back(parcel.name);
        weight_g += parcel.weight_g;
    }));
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      enqueue_them(tx);
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    EXPECT_EQ(rows_of_jobs(), 0);
    EXPECT_EQ(ready_rows(), 0);
    engine.run_until_idle();
    EXPECT_THAT(seen, IsEmpty());
    database().write(Scope(mine, "usr_ann"), [&](Transaction& tx) { enqueue_them(tx, {.priority = 3}); });
    EXPECT_EQ(rows_of_jobs(), 1000);
    engine.run_until_idle();
    ASSERT_EQ(seen.size(), 1000u);
    EXPECT_EQ(weight_g, 999 * 1000 / 2);
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
    EXPECT_EQ(seen.front(), "parcel \"0\" \xC3\xA9\n");
    EXPECT_EQ(ready_rows(), 0);
}

TEST_P(JobsFeaturesTest, NoneAtOnceIsNothingAndAUniqueKeyForManyIsRefused) {
    database().write(mine, [](Transaction& tx) { enqueue_all(tx, std::span<Parcel const>()); });
    EXPECT_EQ(rows_of_jobs(), 0);
    std::vector<Parcel> const parcels(2);
    EXPECT_THROW(
        database().write(
            mine, [&](Transaction& tx) { enqueue_all(tx, std::span<Parcel const>(parcels), {.unique_key = "k"}); }),
        std::logic_error);
    EXPECT_THROW(enqueue(Parcel{"x"}, {.unique_period = days(1)}), std::logic_error);
    EXPECT_THROW(enqueue(Parcel{"x"}, {.unique_key = std::string(key_bytes_max + 1, 'k')}), std::logic_error);
    EXPECT_THROW(enqueue(Parcel{"x"}, {.concurrency = Concurrency{"", 1}}), std::logic_error);
    EXPECT_THROW(enqueue(Parcel{"x"}, {.concurrency = Concurrency{"k", 0}}), std::logic_error);
    EXPECT_THROW(database().write(mine, [](Transaction& tx) { enqueue_text(tx, "run:a@1", "{}"); }), std::logic_error);
    EXPECT_EQ(rows_of_jobs(), 0);
}

TEST_P(JobsFeaturesTest, WaitThatTheHandlerAskedForIsKeptToTheMicrosecondAndCountsTheAttempt) {
    Engine engine(database(), clock, {});
    auto kind = job_kind<Parcel>([&](Context& context, Parcel const&) {
        done.push_back(std::to_string(context.attempt()));
        throw RetryAfter(minutes(90), "the carrier says: in 90 minutes");
    });
    kind.retry = {.max_attempts = 2, .longest_delay = minutes(1)};
    engine.add(kind);
    auto const id = enqueue(Parcel{"x"});
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::waiting);
    EXPECT_EQ(job(id).attempts, 1);
    EXPECT_EQ(job(id).run_at, clock.now() + minutes(90));
    EXPECT_EQ(job(id).last_error, "the carrier says: in 90 minutes");
    clock.advance({minutes(90).us - 1});
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("1"));
    clock.advance(microseconds(1));
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("1", "2"));
    EXPECT_EQ(job(id).state, JobState::dead) << "no attempt is left";
}

TEST_P(JobsFeaturesTest, ResultIsKeptWithTheEndAndShown) {
    auto const id = enqueue(Parcel{"x"});
    settle(job_kind<Parcel>([](Context& context, Parcel const&) { context.set_result(R"({"label":"L-1"})"); }));
    ASSERT_TRUE(job(id).result);
    EXPECT_EQ(job(id).result->text, R"({"label":"L-1"})");
    auto const failed = enqueue(Parcel{"x"});
    settle(job_kind<Parcel>([](Context& context, Parcel const&) {
        context.set_result("1");
        throw Discard("no");
    }));
    EXPECT_FALSE(job(failed).result);
}

TEST_P(JobsFeaturesTest, ResultThatIsTooLargeIsRefused) {
    auto kind = job_kind<Parcel>([](Context& context, Parcel const& parcel) {
        auto const bytes = static_cast<std::size_t>(parcel.weight_g) - 2;
        context.set_result('"' + std::string(bytes, 'x') + '"');
    });
    kind.retry.max_attempts = 1;
    auto const fits = enqueue(Parcel{"x", result_bytes_max});
    auto const too_large = enqueue(Parcel{"x", result_bytes_max + 1});
    settle(kind);
    EXPECT_EQ(job(fits).state, JobState::completed);
    EXPECT_EQ(job(too_large).state, JobState::dead);
    EXPECT_THAT(job(too_large).last_error.value(), HasSubstr("result_bytes_max"));
    EXPECT_FALSE(job(too_large).result);
}

TEST_P(JobsFeaturesTest, JobOfAJobIsOfWhoCausedTheFirst) {
    Engine engine(database(), clock, {});
    std::vector<std::string> originators;
    std::optional<JobId> inner;
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
        originators.push_back(context.originator());
        context.write([&](Transaction& tx) { inner = flow::enqueue(tx, Journey{}); });
    }));
    engine.add(job_kind<Journey>([&](Context& context, Journey const&) {
        originators.push_back(context.originator());
        context.write_now([&](Transaction& tx) { EXPECT_EQ(tx.scope().actor(), "usr_ann"); });
    }));
    auto const outer = enqueue_as(Scope(mine, "usr_ann"), Parcel{"x"});
    engine.run_until_idle();
    EXPECT_THAT(originators, ElementsAre("usr_ann", "usr_ann"));
    EXPECT_EQ(job(outer).originator, "usr_ann");
    ASSERT_TRUE(inner);
    EXPECT_EQ(job(*inner).originator, "usr_ann");
    EXPECT_EQ(job(enqueue(Parcel{"the program's own"})).originator, "");
}

TEST_P(JobsFeaturesTest, JobOfWhoMayNoMoreIsDeadWithoutARun) {
    std::vector<std::string> asked;
    EngineOptions options;
    bool is_allowed = true;
    options.may = [&](Snapshot& snapshot, std::string const& originator, std::string const& permission) {
        EXPECT_EQ(snapshot.tenant(), mine);
        asked.push_back(originator + ' ' + permission);
        return is_allowed;
    };
    auto kind = job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        done.push_back(parcel.name);
        throw std::runtime_error("not yet");
    });
    kind.permission = "parcels:send";
    kind.retry = {.max_attempts = 3, .first_delay = seconds(1), .jitter = 0};
    auto const id = enqueue_as(Scope(mine, "usr_ann"), Parcel{"x"});
    settle(kind, options);
    EXPECT_THAT(done, ElementsAre("x"));
    is_allowed = false;
    clock.advance(seconds(1));
    settle(kind, options);
    EXPECT_THAT(done, ElementsAre("x"));
    EXPECT_THAT(asked, ElementsAre("usr_ann parcels:send", "usr_ann parcels:send"));
    EXPECT_EQ(job(id).state, JobState::dead);
    EXPECT_EQ(job(id).last_error, "who caused it has no right to parcels:send any more");
}

TEST_P(JobsFeaturesTest, RightsThatCannotBeAskedAreAskedAgainWithTheNextAttempt) {
    EngineOptions options;
    int asked = 0;
    options.may = [&](Snapshot&, auto const&, auto const&) -> bool {
        if (++asked == 1) throw Fault(errors::busy, "The database is away.");
        return true;
    };
    auto kind = deliver();
    kind.permission = "parcels:send";
    kind.retry = {.max_attempts = 3, .first_delay = seconds(1), .jitter = 0};
    auto const id = enqueue_as(Scope(mine, "usr_ann"), Parcel{"x"});
    settle(kind, options);
    EXPECT_EQ(job(id).state, JobState::waiting);
    clock.advance(seconds(1));
    settle(kind, options);
    EXPECT_EQ(job(id).state, JobState::completed);
    EXPECT_THAT(done, ElementsAre("x"));
}

TEST_P(JobsFeaturesTest, NothingOfAPausedQueueIsTakenUntilItIsResumed) {
    Engine engine(database(), clock, {});
    engine.add(deliver());
    enqueue(Parcel{"before"});
    pause("default");
    pause("default");  // once more is no error
    clock.advance(milliseconds(1));
    enqueue(Parcel{"meanwhile"});
    engine.run_until_idle();
    EXPECT_THAT(done, IsEmpty());
    settle(deliver());
    EXPECT_THAT(done, IsEmpty()) << "an engine that begins later knows it too";
    enqueue(Parcel{"elsewhere"}, {.queue = "other"});
    settle(deliver(), {.queue = "other"});
    EXPECT_THAT(done, ElementsAre("elsewhere"));
    resume("default");
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("elsewhere", "before", "meanwhile"));
}

TEST_P(JobsFeaturesTest, WhatRunsEndsWhileItsQueueIsPaused) {
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        if (parcel.name == "first") pause("default");
        note_with(context, parcel.name);
    }));
    enqueue(Parcel{"first"});
    clock.advance(milliseconds(1));
    enqueue(Parcel{"second"});
    engine.run_until_idle();
    EXPECT_THAT(effects_of(mine), ElementsAre("first"));
    resume("default");
    engine.run_until_idle();
    EXPECT_THAT(effects_of(mine), ElementsAre("first", "second"));
}

TEST_P(JobsFeaturesTest, QueuesTellWhatWaitsForWhatAndSinceWhen) {
    auto const queues = [&] {
        return database().read(system_scope("test"), [](Snapshot& snapshot) { return list_queues(snapshot); });
    };
    EXPECT_TRUE(queues().empty());
    Instant const first = clock.now();
    enqueue(Parcel{"a", 1}, {.queue = "post"});
    enqueue(Parcel{"b", 1}, {.queue = "post"});
    enqueue(Parcel{"later", 1}, {.queue = "post", .run_at = first + hours(1)});
    clock.advance(seconds(5));
    database().write(system_scope("test"), [](Transaction& tx) { pause_queue(tx, "idle", "usr_ann"); });
    auto const all = queues();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].queue, "idle");
    EXPECT_EQ(all[0].due + all[0].later + all[0].parked + all[0].running, 0);
    EXPECT_EQ(all[0].paused_at, clock.now());
    EXPECT_EQ(all[0].paused_by, "usr_ann");
    EXPECT_FALSE(all[0].oldest_due_at);
    EXPECT_EQ(all[1].queue, "post");
    EXPECT_EQ(all[1].due, 2);
    EXPECT_EQ(all[1].later, 1);
    EXPECT_EQ(all[1].running, 0);
    EXPECT_EQ(all[1].oldest_due_at, first);
    EXPECT_FALSE(all[1].paused_at);
}

// Of SQLite one process has the folder.
class NodesTest : public JobsFeaturesTest {};
INSTANTIATE_TEST_SUITE_P(Engines, NodesTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(NodesTest);

TEST_P(NodesTest, EngineOfAnotherNodeSeesPauseAndResumeWithItsPoll) {
    reopen(system_clock());
    auto const other = Database::open(postgres, system_clock());
    std::atomic<int> runs = 0;
    Engine engine(*other, system_clock(), {.poll = milliseconds(5)});
    engine.add(job_kind<Parcel>([&](Context&, Parcel const&) { ++runs; }));
    auto const until = [](auto const& is_so) {
        auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!is_so() && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
        return is_so();
    };
    engine.start();
    enqueue(Parcel{"before"});
    EXPECT_TRUE(until([&] { return runs == 1; }));
    pause("default");
    auto const held_back = enqueue(Parcel{"held back"});
    auto const passed_by = Database::open(postgres, system_clock());
    Engine witness(*passed_by, system_clock(), {.queue = "witness", .poll = milliseconds(5)});
    witness.add(job_kind<Parcel>([&](Context&, Parcel const&) { runs += 100; }));
    witness.start();
    enqueue(Parcel{"seen by a poll that began later"}, {.queue = "witness"});
    EXPECT_TRUE(until([&] { return runs >= 101; }));
    EXPECT_EQ(runs, 101);
    EXPECT_EQ(job(held_back).state, JobState::waiting);
    resume("default");
    EXPECT_TRUE(until([&] { return runs == 102; }));
}

}  // namespace
}  // namespace mainstay::flow
