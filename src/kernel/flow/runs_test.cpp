#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

#include <malloc.h>

// Of the sanitizers' runtime; Debian's compiler comes without its header.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();  // NOLINT(bugprone-reserved-identifier)

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

auto const pass = [](Context&, Journey& journey) { ++journey.turns; };

// Sanitizers make each turn twenty times as slow.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
std::int64_t const long_loop_turns = 1'000;
std::size_t heap_in_use() {
    return __sanitizer_get_current_allocated_bytes();
}
#else
std::int64_t const long_loop_turns = 10'000;
std::size_t heap_in_use() {
    return mallinfo2().uordblks;
}
#endif

class RunsTest : public FlowWorld {
protected:
    // Each node adds its letter to the trail and notes it as a row.
    static auto leave_trail(std::string const& letter) {
        return [letter](Context& context, Journey& journey) {
            journey.trail += letter;
            note_with(context, letter + std::to_string(journey.turns));
        };
    }
    static Graph line() {
        return GraphBuilder<Journey>("line", 1)
            .node("a", leave_trail("a"))
            .then("b")
            .node("b", leave_trail("b"))
            .then("c")
            .node("c", leave_trail("c"))
            .then(end)
            .build();
    }
    std::vector<std::string> events_of(RunId id) {
        std::vector<std::string> out;
        auto const all = database().read(mine, [&](Snapshot& s) { return events::read_after(s, id.to_string(), {}); });
        for (auto const& event : all) {
            EXPECT_EQ(event.type, RunChanged::event_type);
            auto const changed = fields::from_json<RunChanged>(event.payload.text);
            out.push_back(fields::to_json(changed.state) + changed.node);
        }
        return out;
    }
    void run_all(Graph const& graph) {
        Engine engine(database(), clock, {});
        engine.add(graph);
        engine.run_until_idle();
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, RunsTest, testing::each_engine(), testing::engine_name);

TEST_P(RunsTest, LinearRunGoesThroughItsNodesInOrder) {
    auto const graph = line();
    auto const id = start(graph);
    EXPECT_EQ(run(id).state, RunState::pending);
    EXPECT_EQ(run(id).node, "a");
    run_all(graph);
    auto const ended = run(id);
    EXPECT_EQ(ended.state, RunState::completed);
    EXPECT_EQ(ended.node, end);
    EXPECT_EQ(ended.steps, 3);
    EXPECT_EQ(ended.data.text, R"({"turns":0,"trail":"abc"})");
    EXPECT_EQ(ended.finished_at, clock.now());
    EXPECT_THAT(effects_of(mine), ElementsAre("a0", "b0", "c0"));
    auto const taken = steps(id);
    ASSERT_EQ(taken.size(), 3u);
    EXPECT_EQ(taken[1].number, 2);
    EXPECT_EQ(taken[1].node, "b");
    EXPECT_EQ(taken[1].attempt, 1);
    EXPECT_EQ(taken[1].changes.text, R"({"trail":"ab"})");
    EXPECT_FALSE(taken[1].error);
    EXPECT_EQ(ready_rows(), 0);
    EXPECT_THAT(events_of(id),
                ElementsAre("\"pending\"a", "\"running\"a", "\"running\"b", "\"running\"c", "\"completed\""));
}

TEST_P(RunsTest, StateDecidesTheWay) {
    auto const graph = GraphBuilder<Journey>("fork", 1)
                           .node("ask", pass)
                           .then_if("left", [](Journey const& j) { return j.turns > 5; })
                           .otherwise("right")
                           .node("left", leave_trail("l"))
                           .then(end)
                           .node("right", leave_trail("r"))
                           .then(end)
                           .build();
    auto const left = start(graph, {9, ""}), right = start(graph, {1, ""});
    run_all(graph);
    EXPECT_EQ(run(left).data.text, R"({"turns":10,"trail":"l"})");
    EXPECT_EQ(run(right).data.text, R"({"turns":2,"trail":"r"})");
}

TEST_P(RunsTest, ThousandsOfTurnsLeaveMemoryFlat) {
    std::int64_t const turns = is_sqlite() ? long_loop_turns : 500;
    std::size_t at_a_tenth = 0, at_the_end = 0;
    auto const graph = GraphBuilder<Journey>("loop", 1)
                           .node("turn",
                                 [&](Context&, Journey& journey) {
                                     ++journey.turns;
                                     if (journey.turns == turns / 10) at_a_tenth = heap_in_use();
                                     if (journey.turns == turns) at_the_end = heap_in_use();
                                 })
                           .then_if(end, [&](Journey const& j) { return j.turns == turns; })
                           .otherwise("turn")
                           .build();
    auto const id = start(graph);
    run_all(graph);
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(run(id).steps, turns);
    // What SQLite caches of the table that grows is bounded at 2 MB a connection.
    EXPECT_LT(at_the_end, at_a_tenth + (4u << 20));
}

TEST_P(RunsTest, LoopWithoutAnEndFailsAtItsBound) {
    auto const graph = GraphBuilder<Journey>("lost", 1).node("turn", pass).then("turn").steps_max(20).build();
    auto const id = start(graph);
    run_all(graph);
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_EQ(run(id).steps, 20);
    EXPECT_EQ(run(id).error, "took more than 20 steps");
}

TEST_P(RunsTest, FailedNodeIsTriedAgainWithTheStateItBeganWith) {
    std::vector<std::int64_t> attempts;
    auto const graph = GraphBuilder<Journey>("stubborn", 1)
                           .node("a", leave_trail("a"))
                           .then("b")
                           .node("b",
                                 [&](Context& context, Journey& journey) {
                                     EXPECT_EQ(journey.trail, "a");
                                     journey.trail += "b";
                                     note_with(context, "b" + std::to_string(context.attempt()));
                                     attempts.push_back(context.attempt());
                                     if (context.attempt() < 3) throw std::runtime_error("not yet");
                                 })
                           .then(end)
                           .retries({.max_attempts = 3, .first_delay = seconds(10), .jitter = 0})
                           .build();
    Engine engine(database(), clock, {});
    engine.add(graph);
    auto const id = start(graph);
    engine.run_until_idle();
    EXPECT_THAT(attempts, ElementsAre(1));
    EXPECT_EQ(run(id).state, RunState::running);
    EXPECT_EQ(run(id).node, "b");
    EXPECT_EQ(run(id).data.text, R"({"turns":0,"trail":"a"})");
    clock.advance(seconds(10));
    engine.run_until_idle();
    clock.advance(seconds(20));
    engine.run_until_idle();
    EXPECT_THAT(attempts, ElementsAre(1, 2, 3));
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_THAT(effects_of(mine), ElementsAre("a0", "b3"));
    auto const taken = steps(id);
    ASSERT_EQ(taken.size(), 4u);
    EXPECT_EQ(taken[1].error, "not yet");
    EXPECT_EQ(taken[1].attempt, 1);
    EXPECT_EQ(taken[3].attempt, 3);
    EXPECT_EQ(run(id).steps, 4);
}

TEST_P(RunsTest, RunFailsBehindTheLastAttemptAndIsTakenUpAtTheFailedNode) {
    bool is_mended = false;
    int a_runs = 0;
    auto const graph = GraphBuilder<Journey>("mend", 1)
                           .node("a",
                                 [&](Context& context, Journey& journey) {
                                     ++a_runs;
                                     leave_trail("a")(context, journey);
                                 })
                           .then("b")
                           .node("b",
                                 [&](Context& context, Journey& journey) {
                                     if (!is_mended) throw std::runtime_error("broken");
                                     leave_trail("b")(context, journey);
                                 })
                           .then(end)
                           .retries({.max_attempts = 1})
                           .build();
    Engine engine(database(), clock, {});
    engine.add(graph);
    auto const id = start(graph);
    engine.run_until_idle();
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_EQ(run(id).node, "b");
    EXPECT_EQ(run(id).error, "broken");
    EXPECT_EQ(engine.counters().dead_total, 1u);
    is_mended = true;
    EXPECT_FALSE(database().write(theirs, [&](Transaction& tx) { return retry_run(tx, graph, id); }));
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_run(tx, graph, id); }));
    EXPECT_FALSE(database().write(mine, [&](Transaction& tx) { return retry_run(tx, graph, id); }));
    engine.run_until_idle();
    EXPECT_EQ(a_runs, 1);
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(run(id).error, std::nullopt);
    EXPECT_EQ(run(id).data.text, R"({"turns":0,"trail":"ab"})");
    EXPECT_THAT(effects_of(mine), ElementsAre("a0", "b0"));
    EXPECT_THAT(events_of(id), ElementsAre("\"pending\"a", "\"running\"a", "\"running\"b", "\"failed\"b",
                                           "\"pending\"b", "\"running\"b", "\"completed\""));
}

TEST_P(RunsTest, DiscardFailsTheRunAtOnce) {
    auto const graph = GraphBuilder<Journey>("hopeless", 1)
                           .node("a", [](Context&, Journey&) { throw Discard("no such table"); })
                           .then(end)
                           .build();
    auto const id = start(graph);
    run_all(graph);
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_EQ(run(id).error, "no such table");
    EXPECT_EQ(steps(id).size(), 1u);
}

TEST_P(RunsTest, NodesRowsAndItsCheckpointAreOne) {
    auto const graph = GraphBuilder<Journey>("atomic", 1)
                           .node("a",
                                 [&](Context& context, Journey& journey) {
                                     leave_trail("a")(context, journey);
                                     context.write([&](Transaction&) {
                                         if (context.attempt() == 1) throw std::runtime_error("refused");
                                     });
                                 })
                           .then(end)
                           .retries({.first_delay = seconds(1), .jitter = 0})
                           .build();
    Engine engine(database(), clock, {});
    engine.add(graph);
    auto const id = start(graph);
    engine.run_until_idle();
    EXPECT_THAT(effects_of(mine), IsEmpty());
    EXPECT_EQ(run(id).data.text, R"({"turns":0,"trail":""})");
    EXPECT_THAT(steps(id).at(0).error.value(), HasSubstr("refused"));
    clock.advance(seconds(1));
    engine.run_until_idle();
    EXPECT_THAT(effects_of(mine), ElementsAre("a0"));
    EXPECT_EQ(run(id).state, RunState::completed);
}

TEST_P(RunsTest, RunGoesOnAtItsNodeWithAnotherEngine) {
    int a_runs = 0;
    std::function<void()> in_b = [&] { throw LeaseLost("as if its process had been killed"); };
    auto const graph = GraphBuilder<Journey>("resumed", 1)
                           .node("a",
                                 [&](Context& context, Journey& journey) {
                                     ++a_runs;
                                     leave_trail("a")(context, journey);
                                 })
                           .then("b")
                           .node("b",
                                 [&](Context& context, Journey& journey) {
                                     leave_trail("b")(context, journey);
                                     if (in_b) std::exchange(in_b, nullptr)();
                                     EXPECT_EQ(context.attempt(), 2);
                                 })
                           .then(end)
                           .build();
    auto const id = start(graph);
    run_all(graph);
    EXPECT_EQ(run(id).state, RunState::running);
    EXPECT_EQ(run(id).node, "b");
    EXPECT_THAT(effects_of(mine), ElementsAre("a0"));
    clock.advance(seconds(31));
    reopen();
    run_all(graph);
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(a_runs, 1);
    EXPECT_EQ(run(id).data.text, R"({"turns":0,"trail":"ab"})");
    EXPECT_THAT(effects_of(mine), ElementsAre("a0", "b0"));
}

TEST_P(RunsTest, NodeWhoseHoldersVanishFailsItsRun) {
    int begun = 0;
    auto const graph = GraphBuilder<Journey>("poison", 1)
                           .node("a", pass)
                           .then("b")
                           .node("b",
                                 [&](Context&, Journey&) {
                                     ++begun;
                                     clock.advance(seconds(31));
                                     throw LeaseLost("as if its process had been killed");
                                 })
                           .then(end)
                           .retries({.max_attempts = 2})
                           .build();
    auto const id = start(graph);
    for (int i = 0; i < 5; ++i) run_all(graph);
    EXPECT_EQ(begun, 2);
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_THAT(run(id).error.value(), HasSubstr("ended during the last attempt"));
    EXPECT_EQ(steps(id).back().attempt, 2);
}

TEST_P(RunsTest, WaitingRunIsCancelledAtOnceAndCanBeTakenUpAgain) {
    std::vector<std::string> mirrored;
    auto const graph = GraphBuilder<Journey>("mirrored", 1)
                           .node("a", leave_trail("a"))
                           .then("b")
                           .node("b", leave_trail("b"))
                           .then(end)
                           .on_change([&](Transaction& tx, RunId, Journey const& journey, std::string_view node,
                                          RunState state, std::string const&) {
                               tx.after_commit([&mirrored, line = std::string(node) + "/" + fields::to_json(state) +
                                                                  journey.trail] { mirrored.push_back(line); });
                           })
                           .build();
    auto const id = start(graph);
    EXPECT_FALSE(database().write(theirs, [&](Transaction& tx) { return cancel_run(tx, graph, id); }));
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return cancel_run(tx, graph, id); }));
    EXPECT_EQ(run(id).state, RunState::cancelled);
    EXPECT_FALSE(database().write(mine, [&](Transaction& tx) { return cancel_run(tx, graph, id); }));
    run_all(graph);
    EXPECT_THAT(effects_of(mine), IsEmpty());
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_run(tx, graph, id); }));
    run_all(graph);
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_THAT(mirrored, ElementsAre("a/\"pending\"", "/\"cancelled\"", "a/\"pending\"", "a/\"running\"",
                                      "b/\"running\"a", "/\"completed\"ab"));
}

TEST_P(RunsTest, RunningRunEndsBehindTheNodeThatRan) {
    std::optional<RunId> id;
    Graph graph;
    graph =
        GraphBuilder<Journey>("halted", 1)
            .node("a",
                  [&](Context& context, Journey& journey) {
                      leave_trail("a")(context, journey);
                      EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return cancel_run(tx, graph, *id); }));
                  })
            .then("b")
            .node("b", leave_trail("b"))
            .then(end)
            .build();
    id = start(graph);
    run_all(graph);
    EXPECT_EQ(run(*id).state, RunState::cancelled);
    EXPECT_EQ(run(*id).node, "b");
    EXPECT_THAT(effects_of(mine), ElementsAre("a0"));
    EXPECT_EQ(ready_rows(), 0);
}

TEST_P(RunsTest, NodeThatHeedsTheCancelIsNotTakenAsDone) {
    std::optional<RunId> id;
    Graph graph;
    graph = GraphBuilder<Journey>("heeding", 1)
                .node("a",
                      [&](Context& context, Journey& journey) {
                          leave_trail("a")(context, journey);
                          database().write(mine, [&](Transaction& tx) { return cancel_run(tx, graph, *id); });
                          EXPECT_TRUE(context.is_cancelled());
                      })
                .then(end)
                .build();
    id = start(graph);
    run_all(graph);
    EXPECT_EQ(run(*id).state, RunState::cancelled);
    EXPECT_EQ(run(*id).node, "a");
    EXPECT_THAT(effects_of(mine), IsEmpty());
    EXPECT_EQ(steps(*id).at(0).error, "stopped, as the run was cancelled");
}

TEST_P(RunsTest, RunOfAnUnknownVersionIsLeftInTheQueue) {
    auto const old_graph = GraphBuilder<Journey>("pinned", 1).node("a", leave_trail("old")).then(end).build();
    auto const new_graph = GraphBuilder<Journey>("pinned", 2).node("a", leave_trail("new")).then(end).build();
    auto const old_run = start(old_graph), new_run = start(new_graph);
    run_all(new_graph);
    EXPECT_EQ(run(new_run).state, RunState::completed);
    EXPECT_EQ(run(old_run).state, RunState::pending);
    EXPECT_EQ(ready_rows(), 1);
    run_all(old_graph);
    EXPECT_EQ(run(old_run).state, RunState::completed);
    EXPECT_EQ(run(old_run).data.text, R"({"turns":0,"trail":"old"})");
}

TEST_P(RunsTest, UniqueKeyHoldsUntilTheRunHasEnded) {
    auto const graph = line();
    auto const first = start(graph, {}, {.unique_key = "k"});
    EXPECT_EQ(start(graph, {}, {.unique_key = "k"}), first);
    run_all(graph);
    EXPECT_NE(start(graph, {}, {.unique_key = "k"}), first);
}

TEST_P(RunsTest, WayOutOfTheGraphThatIsNotDeclaredFailsTheRun) {
    Graph graph = line();
    graph.nodes["a"].next = [](std::string const&) { return "nowhere"; };
    auto const id = start(graph);
    run_all(graph);
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_THAT(run(id).error.value(), HasSubstr("'nowhere'"));
    EXPECT_THAT(effects_of(mine), IsEmpty());
}

TEST_P(RunsTest, FinishedRunsArePrunedWithTheirSteps) {
    auto const graph = GraphBuilder<Journey>("long", 1)
                           .node("turn", pass)
                           .then_if(end, [](Journey const& j) { return j.turns >= 600; })
                           .otherwise("turn")
                           .build();
    Engine engine(database(), clock, {.kept = days(7)});
    engine.add(graph);
    auto const id = start(graph);
    engine.run_until_idle();
    EXPECT_EQ(run(id).steps, 600);
    clock.advance(days(8));
    engine.run_until_idle();
    EXPECT_FALSE(database().read(mine, [&](Snapshot& s) { return find_run(s, id); }));
    EXPECT_THAT(steps(id), IsEmpty());
}

TEST_P(RunsTest, TenantsDoNotSeeEachOthersRuns) {
    auto const graph = line();
    auto const id = start(graph);
    run_all(graph);
    EXPECT_FALSE(database().read(theirs, [&](Snapshot& s) { return find_run(s, id); }));
    EXPECT_THAT(database().read(theirs, [&](Snapshot& s) { return steps_of(s, id); }), IsEmpty());
    EXPECT_THAT(effects_of(theirs), IsEmpty());
}

}  // namespace
}  // namespace mainstay::flow
