// Concurrency keys: never more at once than the limit, and nobody waits while a place is free.
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PlacesTest : public FlowWorld {
protected:
    std::vector<std::string> done;

    JobKind deliver() {
        return job_kind<Parcel>([this](Context&, Parcel const& parcel) { done.push_back(parcel.name); });
    }
    static JobOptions with(std::string const& key, std::int64_t limit = 1, std::int64_t priority = 0) {
        return {.priority = priority, .concurrency = Concurrency{key, limit}};
    }
    // A millisecond after the one before, so that their order is told by their ids.
    JobId next(std::string const& name, JobOptions const& options) {
        clock.advance(milliseconds(1));
        return enqueue(Parcel{name}, options);
    }
    bool cancel(JobId id) {
        return database().write(mine, [&](Transaction& tx) { return cancel_job(tx, id); });
    }
    std::int64_t count(Sql sql) {
        return database().read(system_scope("test"), [&](Snapshot& s) { return s.one<std::int64_t>(sql); });
    }
    std::int64_t places() { return count("SELECT COUNT(*) FROM flow_places"); }
    std::int64_t parked() { return count("SELECT COUNT(*) FROM flow_ready WHERE is_parked"); }
    void expect_all_is_over() {
        EXPECT_EQ(ready_rows(), 0);
        EXPECT_EQ(places(), 0);
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, PlacesTest, testing::each_engine(), testing::engine_name);

TEST_P(PlacesTest, OneAtATimeInTheOrderOfTheirMaking) {
    Engine second(database(), clock, {}), first(database(), clock, {});
    second.add(deliver());
    first.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        if (parcel.name != "0") return done.push_back(parcel.name);
        second.run_until_idle();
        EXPECT_THAT(done, ElementsAre("other key")) << "what has no place waits, and is in nobody's way";
        EXPECT_EQ(parked(), 4);
        EXPECT_EQ(places(), 1);
        done.push_back(parcel.name);
    }));
    std::vector<JobId> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(next(std::to_string(i), with("k")));
    next("other key", with("l"));
    first.run_until_idle();
    EXPECT_THAT(done, ElementsAre("other key", "0", "1", "2", "3", "4"));
    for (auto const& id : ids) EXPECT_EQ(job(id).attempts, 1) << "what was parked was no attempt";
    expect_all_is_over();
}

TEST_P(PlacesTest, ParkedJobHasNoTimeAndSaysItsKey) {
    Engine second(database(), clock, {}), first(database(), clock, {});
    second.add(deliver());
    std::optional<JobId> waits;
    first.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        if (parcel.name != "holder") return;
        second.run_until_idle();
        EXPECT_EQ(job(*waits).state, JobState::waiting);
        EXPECT_EQ(job(*waits).run_at, std::nullopt);
        EXPECT_EQ(job(*waits).concurrency_key, "k");
        EXPECT_EQ(job(*waits).attempts, 0);
    }));
    next("holder", with("k"));
    waits = next("waits", with("k"));
    first.run_until_idle();
    EXPECT_EQ(job(*waits).state, JobState::completed);
}

TEST_P(PlacesTest, ParkedGoByPriorityFirst) {
    Engine second(database(), clock, {}), first(database(), clock, {});
    second.add(deliver());
    first.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        if (parcel.name == "holder") second.run_until_idle();
        done.push_back(parcel.name);
    }));
    next("holder", with("k", 1, 9));
    next("low", with("k", 1, -1));
    next("middle", with("k"));
    next("high", with("k", 1, 5));
    first.run_until_idle();
    EXPECT_THAT(done, ElementsAre("holder", "high", "middle", "low"));
}

TEST_P(PlacesTest, KeyIsOfOneTenant) {
    Engine second(database(), clock, {}), first(database(), clock, {});
    second.add(deliver());
    first.add(job_kind<Parcel>([&](Context&, Parcel const&) {
        second.run_until_idle();
        EXPECT_EQ(done.size(), 1u) << "whichever came second";
    }));
    next("mine", with("k"));
    clock.advance(milliseconds(1));
    database().write(theirs, [](Transaction& tx) { flow::enqueue(tx, Parcel{"theirs"}, with("k")); });
    first.run_until_idle();
    EXPECT_EQ(done.size(), 1u);
    expect_all_is_over();
}

TEST_P(PlacesTest, JobThatWaitsForItsNextAttemptLeavesItsPlace) {
    Engine engine(database(), clock, {});
    auto kind = job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        done.push_back(parcel.name);
        if (parcel.name == "fails" && context.attempt() == 1) throw std::runtime_error("not yet");
    });
    kind.retry = {.first_delay = seconds(10), .jitter = 0};
    engine.add(kind);
    next("fails", with("k"));
    next("next", with("k"));
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("fails", "next"));
    EXPECT_EQ(places(), 0);
    clock.advance(seconds(10));
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("fails", "next", "fails"));
    expect_all_is_over();
}

TEST_P(PlacesTest, HolderThatVanishesKeepsItsPlaceUntilItsLeaseIsOver) {
    Engine second(database(), clock, {.lease = seconds(30)});
    second.add(deliver());
    next("poison", with("k"));
    next("next", with("k"));
    {
        Engine first(database(), clock, {.lease = seconds(30)});
        first.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
            if (parcel.name == "poison") throw LeaseLost("as if it had been killed");
            done.push_back(parcel.name + " too early");
        }));
        first.run_until_idle();
    }
    second.run_until_idle();
    EXPECT_THAT(done, IsEmpty());
    clock.advance(seconds(31));
    Engine third(database(), clock, {.lease = seconds(30)});
    third.add(deliver());
    third.run_until_idle();
    second.run_until_idle();
    EXPECT_THAT(done, ElementsAre("poison", "next"));
    expect_all_is_over();
}

// Between a place that became free and who was called to take it.
TEST_P(PlacesTest, CancelOfWhoWasCalledCallsTheNext) {
    std::vector<JobId> ids;
    Engine second(database(), clock, {}), first(database(), clock, {.queue = "first"});
    second.add(deliver());
    first.add(job_kind<Parcel>([&](Context&, Parcel const&) { second.run_until_idle(); }));
    auto holder = with("k");
    holder.queue = "first";
    next("holder", holder);
    for (char const* name : {"called", "next"}) ids.push_back(next(name, with("k")));
    first.run_until_idle();
    ASSERT_EQ(parked(), 1) << "one was called";
    EXPECT_TRUE(cancel(ids[0]));
    EXPECT_EQ(parked(), 0);
    second.run_until_idle();
    EXPECT_THAT(done, ElementsAre("next"));
    expect_all_is_over();
}

TEST_P(PlacesTest, CancelOfAParkedJobEndsItAtOnce) {
    Engine second(database(), clock, {}), first(database(), clock, {});
    second.add(deliver());
    std::vector<JobId> ids;
    first.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        done.push_back(parcel.name);
        if (parcel.name != "holder") return;
        second.run_until_idle();
        EXPECT_EQ(parked(), 2);
        EXPECT_TRUE(cancel(ids[0]));
        EXPECT_EQ(job(ids[0]).state, JobState::cancelled);
        second.run_until_idle();
        EXPECT_EQ(parked(), 1);
    }));
    next("holder", with("k"));
    for (char const* name : {"cancelled", "next"}) ids.push_back(next(name, with("k")));
    first.run_until_idle();
    EXPECT_THAT(done, ElementsAre("holder", "next"));
    expect_all_is_over();
}

TEST_P(PlacesTest, CancelledRunThatWasCalledCallsTheNext) {
    auto const graph = GraphBuilder<Journey>("keyed", 1)
                           .node("a", [&](Context&, Journey& journey) { done.push_back(journey.trail); })
                           .then(end)
                           .build();
    std::vector<RunId> ids;
    Engine second(database(), clock, {}), first(database(), clock, {.queue = "first"});
    second.add(graph);
    first.add(job_kind<Parcel>([&](Context&, Parcel const&) { second.run_until_idle(); }));
    auto holder = with("k");
    holder.queue = "first";
    next("holder", holder);
    for (char const* name : {"called", "next"}) {
        clock.advance(milliseconds(1));
        ids.push_back(start(graph, Journey{0, name}, with("k")));
    }
    first.run_until_idle();
    ASSERT_EQ(parked(), 1);
    database().write(mine, [&](Transaction& tx) { cancel_run(tx, graph, ids[0]); });
    second.run_until_idle();
    EXPECT_THAT(done, ElementsAre("next"));
    EXPECT_EQ(run(ids[0]).state, RunState::cancelled);
    expect_all_is_over();
}

TEST_P(PlacesTest, WorkThatWasToldOfTwiceIsClaimedOnce) {
    JobId const id = enqueue(Parcel{"x"}, with("k", 2));
    Ready const ready{id.to_string(), mine, "default", "Parcel", 0, clock.now()};
    ClaimTerms const terms{"default", "test", R"(["Parcel"])", "[]", {}, 10, false, seconds(30)};
    auto const claims = database().write(system_scope("test"), [&](Transaction& tx) {
        return is_sqlite() ? claim_these(tx, std::array{ready, ready}, terms) : claim_by_turn(tx, terms).claims;
    });
    ASSERT_EQ(claims.size(), 1u);
    EXPECT_EQ(claims[0].id, id.to_string());
    EXPECT_EQ(places(), 1);
}

TEST_P(PlacesTest, DrainedEngineGivesThePlacesBack) {
    reopen(system_clock());
    std::atomic<bool> is_running = false;
    {
        Engine engine(database(), system_clock(), {});
        engine.add(job_kind<Parcel>([&](Context& context, Parcel const&) {
            is_running = true;
            while (!context.is_cancelled()) std::this_thread::yield();
        }));
        engine.start();
        for (int i = 0; i < 3; ++i) enqueue(Parcel{"x"}, with("k"));
        while (!is_running) std::this_thread::yield();
    }
    EXPECT_EQ(places(), 0);
    Engine next_one(database(), system_clock(), {});
    next_one.add(deliver());
    next_one.run_until_idle();
    EXPECT_EQ(done.size(), 3u);
    expect_all_is_over();
}

// Failures, cancels and lost leases at random, on two engines; on PostgreSQL each with its own database.
TEST_P(PlacesTest, NeverMoreThanTheLimitAndNobodyIsForgotten) {
    auto const seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    constexpr int jobs = 200;
    std::array<std::int64_t, 5> const limits{1, 1, 2, 3, 5};
    std::array<std::atomic<std::int64_t>, 5> running{};
    std::atomic<bool> is_over_the_limit = false;
    reopen(system_clock());
    std::unique_ptr<Database> const second_database = is_sqlite() ? nullptr : Database::open(postgres, system_clock());
    EngineOptions const options{.workers = 3, .lease = milliseconds(400), .poll = milliseconds(5)};
    Engine first(database(), system_clock(), options);
    Engine second(second_database ? *second_database : database(), system_clock(), options);
    auto kind = job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        auto const key = static_cast<std::size_t>(parcel.weight_g % 5);
        if (++running[key] > limits[key]) is_over_the_limit = true;
        for (int i = 0; i < 50; ++i) std::this_thread::yield();
        --running[key];
        if (context.attempt() > 1) return;
        if (parcel.name == "fails") throw std::runtime_error("once");
        if (parcel.name == "comes back") throw RetryAfter(milliseconds(1), "soon");
        if (parcel.name == "vanishes") throw LeaseLost("as if it had been killed");
        if (parcel.name == "is hopeless") throw Discard("never");
        if (parcel.name == "writes") note_with(context, context.originator() + std::to_string(parcel.weight_g));
    });
    kind.retry = {.max_attempts = 10, .first_delay = milliseconds(1), .jitter = 0};
    first.add(kind);
    second.add(kind);
    first.start();
    second.start();
    std::array<char const*, 8> const names{"fails", "comes back", "writes", "writes",
                                           "plain", "plain",      "plain",  "is hopeless"};
    std::vector<JobId> ids;
    for (int i = 0; i < jobs; ++i) {
        auto const key = random() % 5;
        std::string const name = i % 50 == 7 ? "vanishes" : names[random() % names.size()];
        ids.push_back(
            enqueue(Parcel{name, i * 5 + static_cast<std::int64_t>(key)},
                    with("key " + std::to_string(key), limits[key], static_cast<std::int64_t>(random() % 2))));
        if (random() % 4 == 0) cancel(ids[random() % ids.size()]);
    }
    auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (ready_rows() > 0 && std::chrono::steady_clock::now() < limit) {
        if (random() % 8 == 0) cancel(ids[random() % ids.size()]);
        std::this_thread::yield();
    }
    expect_all_is_over();
    EXPECT_FALSE(is_over_the_limit);
    first.drain(seconds(10));
    second.drain(seconds(10));
    EXPECT_EQ(count("SELECT COUNT(*) FROM flow_jobs WHERE outcome IS NULL"), 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM flow_jobs"), jobs);
}

}  // namespace
}  // namespace mainstay::flow
