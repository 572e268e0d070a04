// The engine with its threads.
#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;

// A door that handlers wait at and the test opens.
class Gate {
public:
    void open() {
        std::lock_guard const lock(mutex_);
        is_open_ = true;
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return is_open_; });
    }

    // Declared behind the engine, lets it end when the test fails.
    struct OpenAtTheEnd {
        Gate& gate;
        ~OpenAtTheEnd() { gate.open(); }
    };

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_open_ = false;
};

// Follows the system's clock, and can be moved ahead while threads look at it.
class MovableClock : public Clock {
public:
    Instant now() const override { return system_clock().now() + ahead(); }
    Duration monotonic() const override { return {system_clock().monotonic().us + ahead_us_}; }
    void advance(Duration d) { ahead_us_ += d.us; }

private:
    Duration ahead() const { return {ahead_us_}; }
    std::atomic<std::int64_t> ahead_us_ = 0;
};

class EngineTest : public FlowWorld {
protected:
    EngineTest() { reopen(moving); }
    ~EngineTest() override { close(); }

    // Bounded by the test runner's patience alone; each turn does real work, so that nothing spins.
    template <class Question>
    void until(Question const& is_so) {
        auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!is_so() && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
        ASSERT_TRUE(is_so());
    }
    MovableClock moving;
};
INSTANTIATE_TEST_SUITE_P(Engines, EngineTest, testing::each_engine(), testing::engine_name);

TEST_P(EngineTest, EveryJobIsDoneOnceByManyWorkers) {
    std::atomic<int> runs = 0;
    Engine first(database(), moving, {}), second(database(), moving, {});
    auto const kind = job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        ++runs;
        if (parcel.weight_g % 10 == 0) note_with(context, parcel.name);
    });
    first.add(kind);
    second.add(kind);
    first.start();
    second.start();
    for (int batch = 0; batch < 10; ++batch)
        database().write(mine, [&](Transaction& tx) {
            for (int i = 0; i < 50; ++i) flow::enqueue(tx, Parcel{std::to_string(batch) + "-" + std::to_string(i), i});
        });
    until([&] { return ready_rows() == 0; });
    first.drain(seconds(10));
    second.drain(seconds(10));
    EXPECT_EQ(runs, 500);
    EXPECT_EQ(effects_of(mine).size(), 50u);
    EXPECT_EQ(first.counters().completed_total + second.counters().completed_total, 500u);
    EXPECT_EQ(database().read(mine,
                              [](Snapshot& s) {
                                  return s.one<std::int64_t>(
                                      "SELECT COUNT(*) FROM flow_jobs WHERE tenant_id = :tenant "
                                      "AND outcome = 'completed' AND attempts = 1");
                              }),
              500);
}

TEST_P(EngineTest, HeartbeatKeepsTheLeaseOfALongJob) {
    EngineOptions const options{.lease = seconds(30), .poll = milliseconds(5)};
    Gate finish;
    std::atomic<int> runs = 0;
    std::atomic<bool> was_cancelled = false;
    Engine holder(database(), moving, options), other(database(), moving, options);
    auto const kind = job_kind<Parcel>([&](Context& context, Parcel const&) {
        ++runs;
        finish.wait();
        was_cancelled = context.is_cancelled();
        note_with(context, "once");
    });
    holder.add(kind);
    other.add(kind);
    Gate::OpenAtTheEnd const at_the_end{finish};
    holder.start();
    auto const id = enqueue(Parcel{"long"});
    until([&] { return runs == 1; });
    other.start();
    for (std::uint64_t renewed = 1; renewed <= 6; ++renewed) {  // twice the lease in all
        moving.advance(seconds(10));
        holder.wake();
        until([&] { return holder.counters().leases_renewed_total >= renewed; });
        other.wake();
    }
    finish.open();
    until([&] { return job(id).state == JobState::completed; });
    EXPECT_EQ(runs, 1);
    EXPECT_FALSE(was_cancelled);
    EXPECT_THAT(effects_of(mine), ElementsAre("once"));
}

TEST_P(EngineTest, HolderLearnsFromItsHeartbeatThatAnotherHasTakenOver) {
    std::atomic<bool> is_running = false;
    Engine holder(database(), moving, {.lease = seconds(30), .poll = milliseconds(5)});
    holder.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
        note_with(context, "stopped one");
        is_running = true;
        while (!context.is_cancelled()) std::this_thread::yield();
    }));
    holder.start();
    auto const id = enqueue(Parcel{"x"});
    until([&] { return is_running.load(); });
    database().write(system_scope("test"), [&](Transaction& tx) {
        tx.execute("UPDATE flow_ready SET fence = fence + 1 WHERE id = :id", bind("id", id));
    });
    moving.advance(seconds(10));  // a heartbeat is due, the lease is far from its end
    holder.wake();
    until([&] { return holder.counters().running == 0; });
    EXPECT_TRUE(effects_of(mine).empty());
    EXPECT_EQ(job(id).state, JobState::running);
}

TEST_P(EngineTest, DrainWaitsForWhatRunsAndLeavesTheRest) {
    Gate finish;
    std::atomic<int> running = 0;
    Engine engine(database(), moving, {.workers = 1});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        ++running;
        finish.wait();
        note_with(context, parcel.name);
    }));
    Gate::OpenAtTheEnd const at_the_end{finish};
    engine.start();
    auto const first = enqueue(Parcel{"first"});
    until([&] { return running == 1; });
    std::vector<JobId> others;
    for (int i = 0; i < 5; ++i) others.push_back(enqueue(Parcel{"other"}));
    std::thread opener([&] { finish.open(); });
    engine.drain(seconds(60));
    opener.join();
    EXPECT_EQ(job(first).state, JobState::completed);
    EXPECT_EQ(running, 1);
    for (auto const& id : others) {
        EXPECT_EQ(job(id).state, JobState::waiting);
        EXPECT_EQ(job(id).attempts, 0);
    }
}

TEST_P(EngineTest, DrainPastItsGraceStopsWhatRunsWithoutCountingTheAttempt) {
    std::atomic<bool> is_running = false;
    {
        Engine engine(database(), moving, {});
        engine.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
            note_with(context, "half");
            is_running = true;
            while (!context.is_cancelled()) std::this_thread::yield();
        }));
        engine.start();
        enqueue(Parcel{"x"});
        until([&] { return is_running.load(); });
    }
    EXPECT_TRUE(effects_of(mine).empty());
    EXPECT_EQ(ready_rows(), 1);
    Engine next(database(), moving, {});
    next.add(job_kind<Parcel>([](Context& context, Parcel const&) {
        EXPECT_EQ(context.attempt(), 1);
        note_with(context, "whole");
    }));
    next.run_until_idle();
    EXPECT_THAT(effects_of(mine), ElementsAre("whole"));
}

TEST_P(EngineTest, DrainHandsARunOverBetweenItsNodes) {
    Gate finish;
    std::atomic<bool> is_running = false, is_beside = false;
    std::atomic<int> b_runs = 0;
    auto const graph = GraphBuilder<Journey>("handed", 1)
                           .node("a",
                                 [&](Context& context, Journey&) {
                                     is_running = true;
                                     finish.wait();
                                     note_with(context, "a");
                                 })
                           .then("b")
                           .node("b",
                                 [&](Context& context, Journey&) {
                                     ++b_runs;
                                     EXPECT_EQ(context.attempt(), 1);
                                     note_with(context, "b");
                                 })
                           .then(end)
                           .build();
    auto const id = start(graph);
    enqueue(Parcel{"beside it"});
    Engine engine(database(), moving, {});
    engine.add(graph);
    engine.add(
        job_kind<Parcel>([&](Context& context, Parcel const&) {  // sees the drain, which the node does not ask of
            is_beside = true;
            while (!context.is_cancelled()) std::this_thread::yield();
            finish.open();
        }));
    Gate::OpenAtTheEnd const at_the_end{finish};
    engine.start();
    until([&] { return is_running && is_beside; });
    engine.drain({});
    EXPECT_EQ(b_runs, 0);
    EXPECT_EQ(run(id).node, "b");
    Engine next(database(), moving, {});
    next.add(graph);
    next.run_until_idle();
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_THAT(effects_of(mine), ElementsAre("a", "b"));
}

TEST_P(EngineTest, FailedAttemptOfANodeLeavesALineInTheLog) {
    auto const graph = GraphBuilder<Journey>("stubborn", 1)
                           .node("b", [](Context&, Journey&) { throw std::runtime_error("not yet"); })
                           .then(end)
                           .retries({.max_attempts = 3, .first_delay = seconds(10), .jitter = 0})
                           .build();
    Engine engine(database(), clock, {});
    engine.add(graph);
    std::vector<std::string> lines;
    engine.log = [&](std::string_view level, std::string_view text) {
        lines.push_back(std::string(level) + ' ' + std::string(text));
    };
    auto const id = start(graph);
    engine.run_until_idle();
    EXPECT_THAT(lines, ElementsAre("warning flow: " + id.to_string() + ", b, attempt 1 of 3 failed: not yet"));
}

TEST_P(EngineTest, SlowJobDoesNotHoldUpTheOthers) {
    Gate finish;
    std::atomic<int> quick = 0;
    Engine engine(database(), moving, {.workers = 2});
    engine.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        if (parcel.name == "slow")
            finish.wait();
        else
            ++quick;
    }));
    Gate::OpenAtTheEnd const at_the_end{finish};
    engine.start();
    auto const slow = enqueue(Parcel{"slow"});
    for (int i = 0; i < 50; ++i) enqueue(Parcel{"quick"});
    until([&] { return quick == 50; });
    EXPECT_EQ(job(slow).state, JobState::running);
    finish.open();
    until([&] { return job(slow).state == JobState::completed; });
}

}  // namespace
}  // namespace mainstay::flow
