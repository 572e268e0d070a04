#include "kernel/flow/flow_rules.hpp"
#include "kernel/flow/graph_builder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mainstay::flow {
namespace {

Node node(std::string name, std::vector<std::string> targets) {
    Node made;
    made.name = std::move(name);
    made.run = [](Context&, std::string&) {};
    made.next = [to = targets.empty() ? "" : targets[0]](std::string const&) { return to; };
    made.targets = std::move(targets);
    return made;
}

Graph graph(std::vector<Node> nodes) {
    Graph made;
    made.name = "test";
    made.first = nodes.front().name;
    for (auto& n : nodes) made.nodes[n.name] = n;
    return made;
}

std::string refusal(Graph const& g) {
    try {
        check_graph(g);
    } catch (std::logic_error const& e) {
        return e.what();
    }
    return "";
}

TEST(Transitions, FinishedJobsOnlyComeBackByRetry) {
    for (auto const state : {JobState::completed, JobState::dead, JobState::cancelled})
        for (auto const event : {JobEvent::claim, JobEvent::complete, JobEvent::fail, JobEvent::release,
                                 JobEvent::give_up, JobEvent::cancel})
            EXPECT_FALSE(next_state(state, event));
    EXPECT_EQ(next_state(JobState::dead, JobEvent::retry), JobState::waiting);
    EXPECT_FALSE(next_state(JobState::completed, JobEvent::retry));
    EXPECT_FALSE(next_state(JobState::waiting, JobEvent::complete));
    EXPECT_EQ(after(JobState::running, JobEvent::give_up), JobState::dead);
    EXPECT_THROW(after(JobState::waiting, JobEvent::complete), std::logic_error);
}

TEST(Transitions, FinishedRunsOnlyComeBackByRetry) {
    for (auto const state : {RunState::completed, RunState::failed, RunState::cancelled})
        for (auto const event :
             {RunEvent::begin, RunEvent::checkpoint, RunEvent::complete, RunEvent::fail, RunEvent::cancel})
            EXPECT_FALSE(next_state(state, event));
    EXPECT_EQ(after(RunState::failed, RunEvent::retry), RunState::pending);
    EXPECT_THROW(after(RunState::completed, RunEvent::retry), std::logic_error);
}

TEST(Delay, GrowsByTheFactorUpToTheLongest) {
    RetryPolicy const policy{.first_delay = seconds(1), .factor = 3.0, .longest_delay = seconds(20), .jitter = 0};
    EXPECT_EQ(delay_before(policy, 1, 0.5), seconds(0));
    EXPECT_EQ(delay_before(policy, 2, 0.5), seconds(1));
    EXPECT_EQ(delay_before(policy, 3, 0.5), seconds(3));
    EXPECT_EQ(delay_before(policy, 4, 0.5), seconds(9));
    EXPECT_EQ(delay_before(policy, 5, 0.5), seconds(20));
    EXPECT_EQ(delay_before(policy, 5000, 0.5), seconds(20));
}

RC_GTEST_PROP(Delay, JitterStaysWithinItsShare, ()) {
    RetryPolicy const policy;
    auto const attempt = *rc::gen::inRange<std::int64_t>(2, 200);
    double const random = *rc::gen::inRange(0, 1001) / 1000.0;
    RetryPolicy still = policy;
    still.jitter = 0;
    auto const middle = static_cast<double>(delay_before(still, attempt, random).us);
    auto const delay = static_cast<double>(delay_before(policy, attempt, random).us);
    RC_ASSERT(delay >= middle * 0.8 - 1);
    RC_ASSERT(delay <= middle * 1.2 + 1);
}

TEST(Judge, HandlerThatWasToldToStopIsNotTakenAsDone) {
    EXPECT_EQ(judge(Came::back, Stop::none, false), AttemptEnd::done);
    EXPECT_EQ(judge(Came::back, Stop::draining, false), AttemptEnd::done);
    EXPECT_EQ(judge(Came::back, Stop::draining, true), AttemptEnd::released);
    EXPECT_EQ(judge(Came::back, Stop::cancelled, false), AttemptEnd::done);
    EXPECT_EQ(judge(Came::back, Stop::cancelled, true), AttemptEnd::cancelled);
    EXPECT_EQ(judge(Came::back_with_error, Stop::cancelled, false), AttemptEnd::cancelled);
    EXPECT_EQ(judge(Came::back, Stop::time_up, false), AttemptEnd::failed);
    EXPECT_EQ(judge(Came::back, Stop::lease_lost, false), AttemptEnd::lost);
    EXPECT_EQ(judge(Came::back, Stop::lease_expired, false), AttemptEnd::done);
    EXPECT_EQ(judge(Came::back, Stop::lease_expired, true), AttemptEnd::failed);
    EXPECT_EQ(judge(Came::back_hopeless, Stop::draining, true), AttemptEnd::hopeless);
    EXPECT_EQ(judge(Came::back_without_lease, Stop::none, false), AttemptEnd::lost);
}

TEST(GraphCheck, RefusesWhatCannotRun) {
    EXPECT_EQ(refusal(graph({node("a", {"b"}), node("b", {""})})), "");
    EXPECT_NE(refusal(graph({node("a", {"c"})})).find("leads to 'c', which does not exist"), std::string::npos);
    EXPECT_NE(refusal(graph({node("a", {""}), node("b", {""})})).find("no way leads to node 'b'"), std::string::npos);
    EXPECT_NE(refusal(graph({node("a", {})})).find("no way leads out of node 'a'"), std::string::npos);
    Graph lost = graph({node("a", {""})});
    lost.first = "b";
    EXPECT_NE(refusal(lost).find("first node 'b'"), std::string::npos);
}

TEST(ChangedMembers, GivesWhatIsNewAndWhatDiffersAndWhatIsGone) {
    EXPECT_EQ(changed_members(R"({"a":1,"b":[1,2],"c":"x"})", R"({"a":1,"b":[1,3],"d":null})"),
              R"({"b":[1,3],"d":null,"c":null})");
    EXPECT_EQ(changed_members(R"({"a":{"b":1}})", R"({ "a" : { "b" : 1 } })"), "{}");
    EXPECT_EQ(changed_members("[]", "{}"), std::nullopt);
    EXPECT_EQ(changed_members("{}", "{"), std::nullopt);
}

TEST(Options, PastTheirLimitsAreRefused) {
    EXPECT_NO_THROW(check_options({}));
    EXPECT_THROW(check_options({.priority = highest_priority + 1}), std::logic_error);
    EXPECT_THROW(check_options({.priority = -highest_priority - 1}), std::logic_error);
    EXPECT_THROW(check_options({.queue = ""}), std::logic_error);
}

struct Tally {
    std::int64_t turns = 0;
    bool is_good = false;
};
fields::Table const& table_of(Tally const*) {
    static fields::Table const table{
        "Tally", {fields::field("turns", &Tally::turns, ""), fields::field("is_good", &Tally::is_good, "")}};
    return table;
}

TEST(GraphBuilder, ReadsLikeTheGraphItDraws) {
    auto const nothing = [](Context&, Tally&) {};
    auto const built = GraphBuilder<Tally>("migration", 3)
                           .node("testing", nothing)
                           .then_if(
                               "rebuilding", [](Tally const& t) { return !t.is_good; }, "if \"bad\"")
                           .otherwise(end)
                           .node("rebuilding", nothing)
                           .then("testing")
                           .retries({.max_attempts = 7})
                           .time_limit(seconds(3))
                           .build();
    EXPECT_EQ(built.first, "testing");
    EXPECT_EQ(built.version, 3);
    EXPECT_EQ(built.nodes.at("testing").next(R"({"turns":1,"is_good":false})"), "rebuilding");
    EXPECT_EQ(built.nodes.at("testing").next(R"({"turns":1,"is_good":true})"), end);
    EXPECT_EQ(built.nodes.at("rebuilding").retry.max_attempts, 7);
    EXPECT_EQ(built.nodes.at("rebuilding").time_limit, seconds(3));
    EXPECT_EQ(to_mermaid(built),
              "flowchart TD\n    n0[\"rebuilding\"]\n    n1[\"testing\"]\n    begin((\" \")) --> n1\n"
              "    finish(((\" \")))\n    n0 --> n1\n    n1 -->|\"if #quot;bad#quot;\"| n0\n    n1 --> finish\n");
    EXPECT_EQ(to_json(built),
              R"({"name":"migration","version":3,"first":"testing","nodes":[)"
              R"({"name":"rebuilding","targets":[{"node":"testing","label":""}]},)"
              R"({"name":"testing","targets":[{"node":"rebuilding","label":"if \"bad\""},{"node":"","label":""}]}]})");
}

TEST(GraphBuilder, RefusesGraphsThatCannotRun) {
    auto const nothing = [](Context&, Tally&) {};
    EXPECT_THROW(GraphBuilder<Tally>("g", 1).build(), std::logic_error);
    EXPECT_THROW(GraphBuilder<Tally>("g", 1).then(end), std::logic_error);
    EXPECT_THROW(GraphBuilder<Tally>("g", 1).node("a", nothing).build(), std::logic_error);
    EXPECT_THROW(GraphBuilder<Tally>("g", 1).node("a", nothing).then("b").build(), std::logic_error);
    EXPECT_THROW(GraphBuilder<Tally>("g", 1).node("a", nothing).then(end).node("a", nothing), std::logic_error);
}

TEST(GraphBuilder, RefusesInASentenceWhatCouldNeverBeMeant) {
    auto const nothing = [](Context&, Tally&) {};
    auto const never = [](Tally const&) { return false; };
    using Builder = GraphBuilder<Tally>;
    std::pair<std::function<void()>, std::string> const refused[] = {
        {[&] { Builder("g", 1).node("a", nothing).then_if(end, never).build(); },
         "graph g: node 'a' may find no way open: it needs an otherwise"},
        {[&] { Builder("g", 1).node("a", nothing).then(end).then_if(end, never).otherwise(end).build(); },
         "graph g: node 'a' never comes to its way behind the one to ''"},
        {[&] { Builder("g", 1).wait_until("a", [](Tally const&) { return Instant{}; }).within(seconds(1)); },
         "graph g: node 'a' waits for a time, which comes: it cannot be late"},
        {[&] {
             Builder("g", 1)
                 .ask<Tally>(
                     "a", [](Tally const& tally) { return tally; }, [](Tally&, Tally const&, std::string const&) {})
                 .at_a_time(3);
         },
         "graph g: node 'a' maps nothing, so that nothing of it runs at a time"},
        {[&] { Builder("g", 1).node("a", nothing).at_a_time(3); },
         "graph g: node 'a' maps nothing, so that nothing of it runs at a time"},
        {[&] { Builder("g", 1).node("a", nothing).retries({.max_attempts = 0}).then(end).build(); },
         "graph g: node 'a' must have at least 1 attempt"}};
    for (auto const& [build, sentence] : refused) {
        try {
            build();
            ADD_FAILURE() << "taken without a word: " << sentence;
        } catch (std::logic_error const& refusal) {
            EXPECT_EQ(refusal.what(), sentence);
        }
    }
}

}  // namespace
}  // namespace mainstay::flow
