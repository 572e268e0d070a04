#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

namespace mainstay::flow {
namespace {

using ::testing::IsEmpty;

auto const pass = [](Context&, Journey& journey) { ++journey.turns; };

// The proof of the fence. Another holds the work, and neither its end nor its absence could refuse the first: taken out
// of any one statement, the fence is missed by one of these.
class FenceTest : public FlowWorld {
protected:
    // The first engine's handler is stopped past its lease; a second takes the job and is stopped too. Then the first
    // goes on with `then`. Gives the first's counters; the second's have the lease that was lost.
    EngineCounters first_goes_on(std::function<void(Context&)> const& then) {
        EngineOptions const options{.lease = seconds(30)};
        Engine first(database(), clock, options), second(database(), clock, options);
        second.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
            EXPECT_EQ(context.attempt(), 2);
            throw LeaseLost("as if it had been killed");
        }));
        first.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
            clock.advance(seconds(31));
            second.run_until_idle();
            then(context);
        }));
        id = enqueue(Parcel{"x"});
        first.run_until_idle();
        EXPECT_EQ(second.counters().leases_lost_total, 1u);
        EXPECT_EQ(first.counters().leases_lost_total, 0u) << "it is counted where it is taken over, once";
        return first.counters();
    }
    void expect_held_by_the_second() {
        EXPECT_EQ(job(id).state, JobState::running);
        EXPECT_EQ(job(id).attempts, 2);
        EXPECT_EQ(job(id).last_error, std::nullopt);
        EXPECT_THAT(effects_of(mine), IsEmpty());
    }
    JobId id;
};
INSTANTIATE_TEST_SUITE_P(Engines, FenceTest, testing::each_engine(), testing::engine_name);

TEST_P(FenceTest, StoppedWorkerCannotWriteWithTheEnd) {
    first_goes_on([](Context& context) { note_with(context, "first"); });
    expect_held_by_the_second();
}

TEST_P(FenceTest, StoppedWorkerCannotCompleteInABatch) {
    auto const counters = first_goes_on([](Context&) {});
    EXPECT_EQ(counters.completed_total, 0u);
    expect_held_by_the_second();
}

TEST_P(FenceTest, StoppedWorkerCannotPutBack) {
    first_goes_on([](Context&) { throw std::runtime_error("first failed"); });
    expect_held_by_the_second();
}

TEST_P(FenceTest, StoppedWorkerCannotGiveUp) {
    first_goes_on([](Context&) { throw Discard("first gave up"); });
    expect_held_by_the_second();
}

TEST_P(FenceTest, StoppedWorkerCannotReportProgress) {
    first_goes_on([](Context& context) {
        EXPECT_TRUE(context.is_cancelled());
        EXPECT_THROW(context.write_now([](Transaction& tx) { note_effect(tx, "first"); }), LeaseLost);
    });
    expect_held_by_the_second();
}

TEST_P(FenceTest, StoppedWorkerCannotCheckpointOnceAnotherHasTakenOver) {
    auto const other = GraphBuilder<Journey>("taken", 1)
                           .node("a", [](Context&, Journey&) { throw LeaseLost("as if it had been killed"); })
                           .then("b")
                           .node("b", pass)
                           .then(end)
                           .build();
    EngineOptions const options{.lease = seconds(30)};
    Engine first(database(), clock, options), second(database(), clock, options);
    second.add(other);
    auto const graph = GraphBuilder<Journey>("taken", 1)
                           .node("a",
                                 [&](Context& context, Journey& journey) {
                                     journey.trail = "a";
                                     note_with(context, "first");
                                     clock.advance(seconds(31));
                                     second.run_until_idle();
                                 })
                           .then("b")
                           .node("b", pass)
                           .then(end)
                           .build();
    first.add(graph);
    auto const started = start(graph);
    first.run_until_idle();
    EXPECT_EQ(second.counters().leases_lost_total, 1u);
    EXPECT_EQ(first.counters().leases_lost_total, 0u);
    EXPECT_EQ(run(started).node, "a");
    EXPECT_EQ(run(started).steps, 0);
    EXPECT_THAT(effects_of(mine), IsEmpty());
    EXPECT_THAT(steps(started), IsEmpty());
}

}  // namespace
}  // namespace mainstay::flow
