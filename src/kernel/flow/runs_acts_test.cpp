// What is done to runs and read of them from outside: by the wrong graph, without any, too early, in large pieces.
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/waits_test_support.hpp"

#include <gmock/gmock.h>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

struct Bundle {
    std::vector<Approval> approvals;
};
fields::Table const& table_of(Bundle const*) {
    static fields::Table const table{"Bundle", {fields::field("approvals", &Bundle::approvals, "")}};
    return table;
}

class RunsActsTest : public WaitsWorld {
protected:
    template <class Act>
    auto act(Act const& what) {
        return database().write(mine, [&](Transaction& tx) { return what(tx); });
    }
    static Graph asking(std::string const& name, std::int64_t version = 1) {
        return GraphBuilder<Order>(name, version)
            .node("draft", log("d"))
            .then("ask")
            .ask<Approval>("ask", ask_to_approve, take_approval)
            .then(end)
            .build();
    }
    std::vector<RunId> children_of(RunId root) {
        return database().read(mine, [&](Snapshot& s) {
            return s.all<RunId>(R"(
                SELECT id FROM flow_runs WHERE tenant_id = :tenant AND root_id = :root AND id <> :root ORDER BY id)",
                                bind("root", root));
        });
    }
    std::vector<RunId> listed(std::optional<bool> waits_for_answer) {
        std::vector<RunId> ids;
        for (auto const& run : database().read(mine, [&](Snapshot& s) {
                 return list_runs(s, {.state = {}, .graph = {}, .waits_for_answer = waits_for_answer}, {}, 10);
             }))
            ids.push_back(run.id);
        return ids;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, RunsActsTest, testing::each_engine(), testing::engine_name);

TEST_P(RunsActsTest, AnotherGraphThanTheRunsOwnIsRefused) {
    auto const graph = asking("order"), next_version = asking("order", 2), other = asking("letter");
    auto const id = begin(graph);
    settle({&graph});
    for (Graph const& wrong : {next_version, other}) {
        EXPECT_THROW(act([&](Transaction& tx) { return cancel_run(tx, wrong, id); }), std::logic_error);
        EXPECT_THROW(act([&](Transaction& tx) { return fork_run(tx, wrong, id, 1); }), std::logic_error);
    }
    EXPECT_EQ(run(id).state, RunState::waiting);
    EXPECT_TRUE(act([&](Transaction& tx) { return cancel_run(tx, graph, id); }));
    for (Graph const& wrong : {next_version, other})
        EXPECT_THROW(act([&](Transaction& tx) { return retry_run(tx, wrong, id); }), std::logic_error);
    EXPECT_EQ(run(id).state, RunState::cancelled);
    EXPECT_TRUE(act([&](Transaction& tx) { return retry_run(tx, graph, id); }));
}

TEST_P(RunsActsTest, ARunWhoseGraphNobodyKnowsIsCancelledWithAllThatItWaitsFor) {
    auto const graph = approval_in_two_branches();
    auto const id = begin(graph);
    settle({&graph});
    EXPECT_THAT(open_waits(id), SizeIs(3));
    Engine const knows_nothing(database(), clock, {});
    EXPECT_FALSE(database().write(theirs, [&](Transaction& tx) { return cancel_run(tx, knows_nothing, id); }));
    EXPECT_TRUE(act([&](Transaction& tx) { return cancel_run(tx, knows_nothing, id); }));
    EXPECT_EQ(run(id).state, RunState::cancelled);
    for (RunId const child : children_of(id)) EXPECT_EQ(run(child).state, RunState::cancelled);
    EXPECT_THAT(open_waits(id), IsEmpty());
    EXPECT_EQ(ready_rows(), 0) << "nothing waits for a worker that never comes";
    EXPECT_FALSE(act([&](Transaction& tx) { return cancel_run(tx, knows_nothing, id); }));
}

TEST_P(RunsActsTest, ARunWhoseGraphTheEngineKnowsIsCancelledWithWhatMirrorsIt) {
    auto graph = asking("order");
    int told = 0;
    graph.on_change = [&](Transaction& tx, RunId, std::string const&, std::string_view, RunState state,
                          std::string const&) {
        if (state == RunState::cancelled) tx.after_commit([&told] { ++told; });
    };
    auto const id = begin(graph);
    Engine engine(database(), clock, {});
    engine.add(graph);
    EXPECT_TRUE(act([&](Transaction& tx) { return cancel_run(tx, engine, id); }));
    EXPECT_EQ(told, 1);
}

TEST_P(RunsActsTest, ARetryWhileAChildStillStopsIsRefusedAndLeavesNothingBehind) {
    std::optional<RunId> id;
    Graph parent;
    int times = 0;
    auto const child = GraphBuilder<Journey>("child", 1)
                           .node("work",
                                 [&](Context& context, Journey& journey) {
                                     if (++times > 1) {
                                         journey.trail = "done";
                                         return;
                                     }
                                     EXPECT_TRUE(act([&](Transaction& tx) { return cancel_run(tx, parent, *id); }));
                                     EXPECT_EQ(run(*id).state, RunState::cancelled);
                                     try {
                                         act([&](Transaction& tx) { return retry_run(tx, parent, *id); });
                                         ADD_FAILURE() << "it was taken up beside a child that stops";
                                     } catch (Fault const& fault) {
                                         EXPECT_EQ(fault.code().name, errors::run_stopping.name);
                                         EXPECT_EQ(fault.code().status, 409);
                                         EXPECT_GT(fault.retry_after_s, 0);
                                     }
                                     EXPECT_EQ(run(*id).state, RunState::cancelled);
                                     EXPECT_TRUE(context.is_cancelled());
                                 })
                           .then(end)
                           .build();
    parent = GraphBuilder<Journey>("parent", 1)
                 .call<Journey>(
                     "call", child, [](Journey const& journey) { return journey; },
                     [](Journey& journey, Journey const& made) { journey.trail = made.trail; })
                 .then(end)
                 .build();
    id = start(parent);
    settle({&parent, &child});
    EXPECT_EQ(times, 1);
    EXPECT_EQ(run(*id).state, RunState::cancelled);
    EXPECT_TRUE(act([&](Transaction& tx) { return retry_run(tx, parent, *id); })) << "the child has stopped";
    settle({&parent, &child});
    EXPECT_EQ(run(*id).state, RunState::completed);
    EXPECT_EQ(run(*id).data.text, R"({"turns":0,"trail":"done"})");
    EXPECT_EQ(ready_rows(), 0);
}

TEST_P(RunsActsTest, AChildShowsWhatItWaitsForItselfAndTheRootAllOfIt) {
    auto const graph = approval_in_two_branches();
    auto const id = begin(graph);
    settle({&graph});
    auto const children = children_of(id);
    ASSERT_THAT(children, SizeIs(2));
    std::vector<RunId> waiting;
    for (auto const& wait : open_waits(id)) waiting.push_back(wait.run_id);
    EXPECT_THAT(waiting, UnorderedElementsAre(id, children[0], children[1]));
    auto const own = open_waits(children[0]);
    ASSERT_THAT(own, SizeIs(1));
    EXPECT_EQ(own[0].run_id, children[0]);
    EXPECT_EQ(own[0].graph, "two_approvals");
    EXPECT_EQ(own[0].version, 1);
}

TEST_P(RunsActsTest, RunsThatWaitForAnAnswerAreFoundByAnyOfTheRunsThatTheyStarted) {
    auto const alone = asking("order"), within = approval_in_two_branches();
    auto const asleep =
        GraphBuilder<Order>("sleep", 1).wait_until("t", [](Order const&) { return never; }).then(end).build();
    auto const first = begin(alone);
    clock.advance(milliseconds(1));
    auto const second = begin(within);
    clock.advance(milliseconds(1));
    auto const third = begin(asleep);
    settle({&alone, &within, &asleep});
    EXPECT_THAT(listed({}), ElementsAre(third, second, first));
    EXPECT_THAT(listed(true), ElementsAre(second, first));
    EXPECT_THAT(listed(false), ElementsAre(third));
    EXPECT_EQ(give(alone, open_waits(first).at(0).id), Answered::taken);
    EXPECT_THAT(listed(true), ElementsAre(second)) << "it was answered";
}

TEST_P(RunsActsTest, AQuestionTellsTheSchemaOfItsAnswerWholeInItself) {
    auto const schema = asking("order").nodes.at("ask").answer_schema;
    EXPECT_THAT(schema, HasSubstr(R"("is_granted":{"type":"boolean")"));
    auto const nested = schema_text(table_of(static_cast<Bundle const*>(nullptr)));
    json::Document document;
    ASSERT_FALSE(document.parse(nested)) << nested;
    EXPECT_THAT(nested, HasSubstr(R"("$ref":"#/$defs/Approval")"));
    EXPECT_NE(document.root().find("$defs")->find("Approval"), nullptr) << nested;
}

TEST_P(RunsActsTest, APageOfStepsEndsWhereItHasGrownLarge) {
    std::size_t const large = state_bytes_max - 1'000;
    auto const graph = GraphBuilder<Order>("large", 1)
                           .node("grow",
                                 [&](Context&, Order& order) {
                                     ++order.total;
                                     order.log = std::string(large, static_cast<char>('a' + order.total));
                                 })
                           .then_if(end, [](Order const& order) { return order.total >= 19; })
                           .otherwise("grow")
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    EXPECT_EQ(run(id).steps, 12);
    std::int64_t last = 0;
    std::vector<std::size_t> pages;
    while (last < 12) {
        auto const page = database().read(mine, [&](Snapshot& s) { return steps_of(s, id, last); });
        ASSERT_FALSE(page.empty());
        EXPECT_EQ(page.front().number, last + 1);
        last = page.back().number;
        pages.push_back(page.size());
    }
    EXPECT_THAT(pages, ElementsAre(5, 5, 2)) << "of a megabyte each";
    for (auto const& listed_run : database().read(mine, [&](Snapshot& s) { return list_runs(s, {}, {}, 10); }))
        EXPECT_LT(fields::to_json(listed_run).size(), 1'000u) << "without its state";
}

}  // namespace
}  // namespace mainstay::flow
