// Runs that other runs start and wait for: branches, items of maps, sub-workflows; forks; pruning.
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/waits_test_support.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace mainstay::flow {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ChildrenTest : public WaitsWorld {};
INSTANTIATE_TEST_SUITE_P(Engines, ChildrenTest, testing::each_engine(), testing::engine_name);

// --- several at once ---

TEST_P(ChildrenTest, BranchesRunSideBySideAndMeetWithWhatEachChanged) {
    auto const graph = GraphBuilder<Order>("pack", 1)
                           .split("prepare", {"invoice", "label"})
                           .join("ship")
                           .node("invoice", [](Context&, Order& o) { o.invoice = "I" + o.id; })
                           .then("ship")
                           .node("label", [](Context&, Order& o) { o.label = "L"; })
                           .then("stick")
                           .node("stick", [](Context&, Order& o) { o.label += o.invoice + "!"; })
                           .then("ship")
                           .node("ship", log("s"))
                           .then(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(order(id).invoice, "Iord_1");
    auto const branch = database().read(mine, [&](Snapshot& s) {
        return s.one<RunId>("SELECT id FROM flow_runs WHERE tenant_id = :tenant AND branch = 'label'");
    });
    EXPECT_EQ(run(branch).steps, 2);
    EXPECT_FALSE(database().write(mine, [&](Transaction& tx) { return fork_run(tx, graph, branch, 1); }))
        << "it would run past the join";
    EXPECT_EQ(order(id).label, "L!") << "a branch does not see what another does";
    EXPECT_EQ(order(id).log, "s");
    auto const taken = steps(id);
    ASSERT_THAT(taken, SizeIs(2));
    EXPECT_EQ(taken[0].node, "prepare");
    EXPECT_EQ(taken[0].next, "ship");
    EXPECT_EQ(taken[0].changes.text, R"({"invoice":"Iord_1","label":"L!"})");
    EXPECT_EQ(ready_rows(), 0);
}

TEST_P(ChildrenTest, BranchesThatChangeTheSameMemberFailTheRunAndNameIt) {
    auto const graph = GraphBuilder<Order>("clash", 1)
                           .split("both", {"a", "b"})
                           .join("c")
                           .node("a", log("a"))
                           .then("c")
                           .node("b", log("b"))
                           .then("c")
                           .node("c", log("c"))
                           .then(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_EQ(run(id).error, "branches 'a' and 'b' both changed 'log'");
}

TEST_P(ChildrenTest, FirstOfAnyJoinWinsAndTheRestIsCancelled) {
    auto const graph = GraphBuilder<Order>("race", 1)
                           .split("both", {"slow", "fast"})
                           .join("done", Join::any)
                           .wait_until("slow", [](Order const&) { return Instant{4'000'000'000'000'000}; })
                           .then("done")
                           .node("fast", [](Context&, Order& o) { o.label = "fast"; })
                           .then("done")
                           .node("done", log("d"))
                           .then(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(order(id).label, "fast");
    EXPECT_EQ(ready_rows(), 0) << "the slow branch waits for nothing any more";
    EXPECT_THAT(open_waits(id), IsEmpty());
}

TEST_P(ChildrenTest, FailedBranchIsTakenUpAloneAndTheOthersAreNotPaidAgain) {
    bool is_mended = false;
    int model_calls = 0;
    auto const graph = GraphBuilder<Order>("costly", 1)
                           .node("draft", [&](Context&, Order&) { ++model_calls; })
                           .then("both")
                           .split("both", {"model", "print"})
                           .join("done")
                           .node("model",
                                 [&](Context&, Order& o) {
                                     ++model_calls;
                                     o.invoice = "written";
                                 })
                           .then("done")
                           .node("print",
                                 [&](Context&, Order& o) {
                                     if (!is_mended) throw Discard("no paper");
                                     o.label = "printed";
                                 })
                           .then("done")
                           .node("done", log("d"))
                           .then(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_EQ(run(id).error, "'print' failed: no paper");
    EXPECT_EQ(ready_rows(), 0);
    is_mended = true;
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_run(tx, graph, id); }));
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(order(id).invoice, "written");
    EXPECT_EQ(order(id).label, "printed");
    EXPECT_EQ(model_calls, 2) << "drafted once, written once";
}

TEST_P(ChildrenTest, CancelReachesEverythingThatTheRunWaitsFor) {
    auto const graph = approval_in_two_branches();
    auto const id = begin(graph);
    settle({&graph});
    auto const waits = open_waits(id);
    ASSERT_THAT(waits, SizeIs(3));
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return cancel_run(tx, graph, id); }));
    EXPECT_EQ(run(id).state, RunState::cancelled);
    settle({&graph});
    EXPECT_EQ(ready_rows(), 0);
    EXPECT_THAT(open_waits(id), IsEmpty());
    for (auto const& wait : waits) {
        EXPECT_NE(give(graph, wait.id), Answered::taken);
        EXPECT_EQ(run(wait.run_id).state, RunState::cancelled);
    }
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_run(tx, graph, id); }));
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::waiting);
    EXPECT_THAT(open_waits(id), SizeIs(3)) << "the questions are asked anew";
}

// --- other runs ---

Graph price_check() {
    return GraphBuilder<Order>("price_check", 1)
        .node("fetch",
              [](Context& context, Order& o) {
                  if (o.id == "bad") throw Discard("no such shop");
                  o.total = static_cast<std::int64_t>(o.id.size());
                  note_with(context, o.id);
              })
        .then(end)
        .build();
}

Graph checks_of(Graph const& each, std::int64_t at_a_time = 0) {
    return GraphBuilder<Order>("checks", 1)
        .map<Order>(
            "each", each,
            [](Order const& o) {
                std::vector<Order> items;
                for (auto const& shop : o.approvals) items.push_back({shop, 0, "", "", "", {}});
                return items;
            },
            [](Order& o, std::vector<Order> const& items) {
                for (auto const& item : items) o.log += item.id + std::to_string(item.total) + ' ';
            })
        .at_a_time(at_a_time)
        .then(end)
        .build();
}

TEST_P(ChildrenTest, MapRunsEachItemAndTakesThemInTheirOrder) {
    auto const each = price_check();
    auto const graph = checks_of(each);
    auto const id = begin(graph, {"", 0, "", "", "", {"a", "bbb", "cc"}}), none = begin(graph);
    settle({&each, &graph});
    EXPECT_EQ(order(id).log, "a1 bbb3 cc2 ");
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(run(none).state, RunState::completed) << "a map over nothing has nothing to wait for";
    EXPECT_THAT(effects_of(mine), UnorderedElementsAre("a", "bbb", "cc"));
}

TEST_P(ChildrenTest, ItemOfAMapThatFailsFailsTheRunByName) {
    auto const each = price_check();
    auto const graph = checks_of(each);
    auto const id = begin(graph, {"", 0, "", "", "", {"a", "bad"}});
    settle({&each, &graph});
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_EQ(run(id).error, "'1' failed: no such shop");
}

TEST_P(ChildrenTest, NoMoreItemsOfAMapRunAtATimeThanItSays) {
    let_time_pass();
    int at_once = 0, most = 0;
    std::mutex mutex;
    auto const each = GraphBuilder<Order>("busy", 1)
                          .node("work",
                                [&](Context&, Order&) {
                                    std::unique_lock lock(mutex);
                                    most = std::max(most, ++at_once);
                                    lock.unlock();
                                    for (int i = 0; i < 20; ++i) std::this_thread::yield();
                                    lock.lock();
                                    --at_once;
                                })
                          .then(end)
                          .build();
    auto const graph = checks_of(each, 2);
    Engine engine(database(), system_clock(), {.workers = 8, .poll = milliseconds(20)});
    engine.add(each);
    engine.add(graph);
    engine.start();
    auto const id = begin(graph, {"", 0, "", "", "", std::vector<std::string>(24, "x")});
    while (!run(id).finished_at) std::this_thread::yield();
    engine.drain(seconds(1));
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_LE(most, 2);
    EXPECT_GE(most, 1);
}

TEST_P(ChildrenTest, RunsThatStartRunsWithoutEndFailAtTheDepthLimit) {
    Graph endless;
    endless = GraphBuilder<Order>("endless", 1)
                  .call<Order>(
                      "again", endless, [](Order const& o) { return o; }, [](Order&, Order const&) {})
                  .then(end)
                  .build();
    auto const id = begin(endless);
    settle({&endless});
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_THAT(run(id).error.value_or(""), HasSubstr("deeper than"));
    EXPECT_EQ(ready_rows(), 0);
}

// --- forks and pruning ---

TEST_P(ChildrenTest, ForkGoesOnFromACheckpointWithTheStateOfThatTime) {
    auto const graph = GraphBuilder<Order>("letters", 1)
                           .node("a", log("a"))
                           .then("b")
                           .node("b", log("b"))
                           .then("c")
                           .node("c", [](Context& context, Order& o) { o.log += context.originator() + "c"; })
                           .then(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    EXPECT_EQ(order(id).log, "abc");
    auto const fork = [&](std::int64_t step) {
        return database().write(Scope(mine, "usr_ann"), [&](Transaction& tx) { return fork_run(tx, graph, id, step); });
    };
    auto const forked = fork(1);
    ASSERT_TRUE(forked);
    EXPECT_EQ(order(*forked).log, "a");
    EXPECT_EQ(run(*forked).node, "b");
    EXPECT_EQ(run(*forked).forked_from, id);
    EXPECT_EQ(run(*forked).forked_at_step, 1);
    settle({&graph});
    EXPECT_EQ(order(*forked).log, "abusr_annc");
    EXPECT_EQ(order(id).log, "abc") << "the other is as it was";
    EXPECT_FALSE(fork(3)) << "behind the last step there is nothing";
    EXPECT_FALSE(fork(9));
    EXPECT_FALSE(fork(0));
}

TEST_P(ChildrenTest, ForkKeepsTheQueueThePriorityAndTheConcurrencyKey) {
    auto const graph =
        GraphBuilder<Order>("letters", 1).node("a", log("a")).then("b").node("b", log("b")).then(end).build();
    auto const forked = database().write(mine, [&](Transaction& tx) {
        auto const id =
            start_run(tx, graph, Order{}, {.queue = "slow", .priority = 7, .concurrency = Concurrency{"printer", 2}});
        Step step;
        step.number = 1;
        step.node = "a";
        step.next = "b";
        step.changes = {"{}"};
        insert_step(tx, id, step);
        return fork_run(tx, graph, id, 1);
    });
    ASSERT_TRUE(forked);
    auto const row = database().read(mine, [&](Snapshot& s) { return load_run(s, *forked).value(); });
    EXPECT_EQ(row.queue, "slow");
    EXPECT_EQ(row.priority, 7);
    EXPECT_EQ(row.concurrency_key, "printer");
    EXPECT_EQ(row.concurrency_limit, 2);
}

TEST_P(ChildrenTest, RunIsPrunedWithAllThatItStartedAndNotBefore) {
    auto const each = price_check();
    auto const graph =
        GraphBuilder<Order>("long", 1)
            .call<Order>(
                "check", each, [](Order const& o) { return o; }, [](Order& o, Order const& c) { o.total = c.total; })
            .then("ask")
            .ask<Approval>("ask", ask_to_approve, take_approval)
            .then(end)
            .build();
    auto const id = begin(graph);
    Engine engine(database(), clock, {.kept = days(7)});
    engine.add(each);
    engine.add(graph);
    engine.run_until_idle();
    auto const rows = [&] {
        return database().read(system_scope("test"), [](Snapshot& s) {
            return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_runs") +
                   s.one<std::int64_t>("SELECT COUNT(*) FROM flow_steps") +
                   s.one<std::int64_t>("SELECT COUNT(*) FROM flow_waits");
        });
    };
    clock.advance(days(20));
    engine.run_until_idle();
    EXPECT_EQ(rows(), 2 + 2 + 2) << "the child ended long ago, its run has not";
    EXPECT_EQ(give(graph, open_waits(id).at(0).id), Answered::taken);
    engine.run_until_idle();
    clock.advance(days(8));
    engine.run_until_idle();
    EXPECT_EQ(rows(), 0);
}

}  // namespace
}  // namespace mainstay::flow
