// What runs wait for: answers, times and events.
#include "kernel/flow/waits_test_support.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class WaitsTest : public WaitsWorld {};
INSTANTIATE_TEST_SUITE_P(Engines, WaitsTest, testing::each_engine(), testing::engine_name);

// --- people ---

TEST_P(WaitsTest, TwoParallelApprovalsSubmittedAtTheSameTimeBothCount) {
    auto const graph = approval_in_two_branches();
    for (int round = 0; round < 5; ++round) {
        auto const id = begin(graph);
        settle({&graph});
        EXPECT_EQ(run(id).state, RunState::waiting);
        auto const waits = open_waits(id);
        std::vector<WaitId> questions;
        for (auto const& wait : waits)
            if (wait.kind == WaitKind::answer) questions.push_back(wait.id);
        ASSERT_THAT(questions, SizeIs(2));
        std::vector<Answered> came(2);
        {
            std::thread ann([&] { came[0] = give(graph, questions[0], granted, "ann"); });
            std::thread bob([&] { came[1] = give(graph, questions[1], granted, "bob"); });
            ann.join();
            bob.join();
        }
        EXPECT_THAT(came, ElementsAre(Answered::taken, Answered::taken));
        settle({&graph});
        EXPECT_EQ(run(id).state, RunState::completed);
        EXPECT_THAT(order(id).approvals, UnorderedElementsAre("ann granted", "bob granted"));
        EXPECT_EQ(order(id).log, "shipped");
    }
}

TEST_P(WaitsTest, OfTwoAnswersToOneQuestionOneIsTaken) {
    auto const graph =
        GraphBuilder<Order>("one", 1).ask<Approval>("ask", ask_to_approve, take_approval).then(end).build();
    auto const id = begin(graph);
    settle({&graph});
    auto const wait = open_waits(id).at(0);
    EXPECT_EQ(wait.question.text, R"({"text":"Pay 7?"})");
    std::vector<Answered> came(4);
    {
        std::vector<std::thread> people;
        for (std::size_t i = 0; i < came.size(); ++i)
            people.emplace_back([&, i] { came[i] = give(graph, wait.id, granted, std::to_string(i)); });
        for (auto& person : people) person.join();
    }
    EXPECT_EQ(std::count(came.begin(), came.end(), Answered::taken), 1);
    EXPECT_EQ(std::count(came.begin(), came.end(), Answered::closed), 3);
    settle({&graph});
    EXPECT_THAT(order(id).approvals, SizeIs(1));
}

TEST_P(WaitsTest, SecondPauseInOneNodeIsAQuestionOfItsOwn) {
    auto const graph = GraphBuilder<Order>("four_eyes", 1)
                           .ask<Approval>("ask", ask_to_approve, take_approval)
                           .then_if("ask", [](Order const& o) { return o.approvals.size() < 2; })
                           .otherwise(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    auto const first = open_waits(id).at(0).id;
    EXPECT_EQ(give(graph, first, granted, "ann"), Answered::taken);
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::waiting);
    EXPECT_EQ(give(graph, first, granted, "ann"), Answered::closed) << "the same click does not count twice";
    auto const second = open_waits(id).at(0).id;
    EXPECT_NE(first, second);
    EXPECT_EQ(give(graph, second, granted, "bob"), Answered::taken);
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_THAT(order(id).approvals, ElementsAre("ann granted", "bob granted"));
}

TEST_P(WaitsTest, ApprovalInsideALoopIsAskedInEachTurn) {
    int drafts = 0;
    auto const graph = GraphBuilder<Order>("review", 1)
                           .node("draft",
                                 [&](Context&, Order& o) {
                                     ++drafts;
                                     ++o.total;
                                 })
                           .then("review")
                           .ask<Approval>("review", ask_to_approve, take_approval)
                           .then_if(end, [](Order const& o) { return o.approvals.back() == "ann granted"; })
                           .otherwise("draft")
                           .build();
    auto const id = begin(graph);
    for (int turn = 1; turn <= 3; ++turn) {
        settle({&graph});
        EXPECT_EQ(drafts, turn);
        auto const wait = open_waits(id).at(0);
        EXPECT_EQ(wait.question.text, R"({"text":"Pay )" + std::to_string(7 + turn) + R"(?"})");
        EXPECT_EQ(give(graph, wait.id, turn < 3 ? R"({"is_granted":false})" : granted), Answered::taken);
    }
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_THAT(order(id).approvals, ElementsAre("ann refused", "ann refused", "ann granted"));
}

TEST_P(WaitsTest, AnswerThatTheNodeDoesNotTakeIsRefusedAndTheQuestionStaysOpen) {
    auto const graph =
        GraphBuilder<Order>("strict", 1).ask<Approval>("ask", ask_to_approve, take_approval).then(end).build();
    auto const id = begin(graph);
    settle({&graph});
    auto const wait = open_waits(id).at(0).id;
    for (auto const* bad : {"", "[]", R"({"is_granted":"yes"})", R"({"is_granted":true,"more":1})", "{}"})
        EXPECT_THROW(give(graph, wait, bad), Fault) << bad;
    EXPECT_EQ(give(graph, WaitId::make(clock.now())), Answered::unknown);
    EXPECT_EQ(database().write(theirs, [&](Transaction& tx) { return answer(tx, graph, wait, granted, "eve"); }),
              Answered::unknown);
    EXPECT_EQ(give(graph, wait), Answered::taken);
}

TEST_P(WaitsTest, WhatComesTooLateGoesTheLateWay) {
    auto const graph = GraphBuilder<Order>("patience", 1)
                           .ask<Approval>("ask", ask_to_approve, take_approval)
                           .within(days(2), "remind")
                           .then(end)
                           .node("remind", log("r"))
                           .then(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    auto const wait = open_waits(id).at(0);
    EXPECT_EQ(wait.due_at, clock.now() + days(2));
    clock.advance(days(2) - seconds(1));
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::waiting);
    clock.advance(seconds(1));
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::completed);
    EXPECT_EQ(order(id).log, "r");
    EXPECT_EQ(give(graph, wait.id), Answered::closed);
    EXPECT_THAT(order(id).approvals, IsEmpty());
}

TEST_P(WaitsTest, WaitWithoutALateWayFailsAndIsOpenedAnewByARetry) {
    auto const graph = GraphBuilder<Order>("hurry", 1)
                           .ask<Approval>("ask", ask_to_approve, take_approval)
                           .within(hours(1))
                           .then(end)
                           .build();
    auto const id = begin(graph);
    settle({&graph});
    clock.advance(hours(1));
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::failed);
    EXPECT_EQ(run(id).error, "nothing came within its time");
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return retry_run(tx, graph, id); }));
    settle({&graph});
    auto const again = open_waits(id).at(0);
    EXPECT_EQ(again.due_at, clock.now() + hours(1));
    EXPECT_EQ(give(graph, again.id), Answered::taken);
    settle({&graph});
    EXPECT_EQ(run(id).state, RunState::completed);
}

// --- times and events ---

TEST_P(WaitsTest, RunThatWaitsForATimeHoldsNoLeaseAndGoesOnThen) {
    auto const graph = GraphBuilder<Order>("sleep", 1)
                           .wait_until("cool_down", [this](Order const&) { return clock.now() + days(30); })
                           .then("after")
                           .node("after", log("a"))
                           .then(end)
                           .build();
    auto const id = begin(graph);
    Engine engine(database(), clock, {});
    engine.add(graph);
    engine.run_until_idle();
    EXPECT_EQ(run(id).state, RunState::waiting);
    EXPECT_EQ(engine.counters().running, 0u);
    clock.advance(days(30) - seconds(1));
    engine.run_until_idle();
    EXPECT_EQ(run(id).state, RunState::waiting);
    clock.advance(seconds(1));
    engine.run_until_idle();
    EXPECT_EQ(run(id).state, RunState::completed);
    auto const taken = steps(id);
    EXPECT_EQ(taken.at(0).finished_at, taken.at(0).started_at + days(30)) << "the step's time has the waiting in it";
}

TEST_P(WaitsTest, EventWakesTheRunThatWaitsForItAndNoOther) {
    auto const graph = GraphBuilder<Order>("payment", 1)
                           .wait_for<Paid>("paid", order_id, [](Order& o, Paid const& paid) { o.total -= paid.amount; })
                           .then(end)
                           .build();
    auto const one = begin(graph, {"ord_1", 10, "", "", "", {}}), two = begin(graph, {"ord_2", 10, "", "", "", {}});
    auto const foreign = database().write(theirs, [&](Transaction& tx) {
        return start_run(tx, graph, Order{"ord_1", 10, "", "", "", {}});
    });
    settle({&graph});
    pay("ord_1", 4);
    settle({&graph});
    EXPECT_EQ(run(one).state, RunState::completed);
    EXPECT_EQ(order(one).total, 6);
    EXPECT_EQ(run(two).state, RunState::waiting);
    auto const theirs_now = database().read(theirs, [&](Snapshot& s) { return find_run(s, foreign); });
    EXPECT_EQ(theirs_now->state, RunState::waiting);
}

TEST_P(WaitsTest, EventThatCameBeforeItsWaitIsNotMissedAndEachIsTakenOnce) {
    auto const graph = GraphBuilder<Order>("instalments", 1)
                           .wait_for<Paid>("paid", order_id,
                                           [](Order& o, Paid const& paid) {
                                               o.total -= paid.amount;
                                               o.log += std::to_string(paid.amount);
                                           })
                           .then_if("paid", [](Order const& o) { return o.total > 0; })
                           .otherwise(end)
                           .build();
    pay("ord_1", 1);  // of a former life
    clock.advance(seconds(1));
    auto const id = begin(graph, {"ord_1", 9, "", "", "", {}});
    clock.advance(seconds(1));
    pay("ord_1", 2);
    pay("ord_1", 3);
    settle({&graph});
    EXPECT_EQ(order(id).log, "23");
    EXPECT_EQ(run(id).state, RunState::waiting);
    pay("ord_1", 4);
    settle({&graph});
    EXPECT_EQ(order(id).log, "234");
    EXPECT_EQ(run(id).state, RunState::completed);
}

}  // namespace
}  // namespace mainstay::flow
