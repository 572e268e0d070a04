// A commit that was made while the answer was lost on the way back, as when the database is restarted.
#include "kernel/flow/flow_test_support.hpp"
#include "testing/decorated_database.hpp"

#include <gmock/gmock.h>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;

// Of each pair of a tenant's units the first is committed, and nobody hears of it.
class LosesAnswers : public testing::DecoratedDatabase {
public:
    using DecoratedDatabase::DecoratedDatabase;
    void submit(Scope const& scope, Unit unit, Done done, Isolation isolation) override {
        bool const is_lost = scope.tenant().is_set() && units_++ % 2 == 0;
        auto const answer = [done = std::move(done), is_lost](std::exception_ptr failure) {
            done(is_lost && !failure ? std::make_exception_ptr(Fault(errors::outcome_unknown, "Nobody knows."))
                                     : failure);
        };
        DecoratedDatabase::submit(scope, std::move(unit), answer, isolation);
    }

private:
    std::atomic<int> units_ = 0;
};

class LostAnswerTest : public FlowWorld {};
INSTANTIATE_TEST_SUITE_P(Engines, LostAnswerTest, testing::each_engine(), testing::engine_name);

TEST_P(LostAnswerTest, ACheckpointThatWasMadeIsNotMadeAgain) {
    auto const walk = [](char const* name) {
        return [name](Context& context, Journey& journey) {
            journey.trail += name;
            note_with(context, name);
        };
    };
    auto const graph = GraphBuilder<Journey>("walk", 1)
                           .node("a", walk("a"))
                           .then("b")
                           .node("b", walk("b"))
                           .then("c")
                           .node("c", walk("c"))
                           .then(end)
                           .build();
    auto const id = start(graph);
    LosesAnswers losing(database());
    Engine engine(losing, clock, {});
    engine.add(graph);
    engine.run_until_idle();
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(run(id).data.text, R"({"turns":0,"trail":"abc"})");
    EXPECT_THAT(effects_of(mine), ElementsAre("a", "b", "c"));
    std::vector<std::string> taken;
    for (Step const& step : steps(id)) {
        taken.push_back(step.node);
        EXPECT_EQ(step.attempt, 1);
        EXPECT_FALSE(step.error) << *step.error;
    }
    EXPECT_THAT(taken, ElementsAre("a", "b", "c"));
    EXPECT_EQ(engine.counters().failed_total, 0u);
}

TEST_P(LostAnswerTest, AJobThatEndedHasEnded) {
    auto const id = enqueue(Parcel{"one"});
    LosesAnswers losing(database());
    Engine engine(losing, clock, {});
    engine.add(job_kind<Parcel>([](Context& context, Parcel const& parcel) { note_with(context, parcel.name); }));
    engine.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::completed);
    EXPECT_EQ(job(id).attempts, 1);
    EXPECT_THAT(effects_of(mine), ElementsAre("one"));
}

}  // namespace
}  // namespace mainstay::flow
