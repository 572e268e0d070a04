// What the engine carries out, durably, on each database. PostgreSQL is measured when MAINSTAY_TEST_POSTGRES holds the
// URL of a superuser of a server that flushes its log.
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/flow_test_support.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace mainstay::flow {
namespace {

constexpr int batch = 100;  // jobs in one transaction

// Counts what handlers did, and wakes who waits for so much.
class Tally {
public:
    void add() {
        std::lock_guard const lock(mutex_);
        if (++count_ >= awaited_) changed_.notify_all();
    }
    void wait_for(std::int64_t count) {
        std::unique_lock lock(mutex_);
        awaited_ = count;
        changed_.wait(lock, [&] { return count_ >= count; });
        awaited_ = INT64_MAX;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::int64_t count_ = 0, awaited_ = INT64_MAX;
};

struct World {
    testing::TemporaryFolder folder;
    std::optional<testing::FreshPostgres> fresh;
    std::unique_ptr<Database> database;
    TenantId const tenant = TenantId::make(system_clock().now());

    explicit World(bool is_sqlite) {
        if (is_sqlite) {
            SqliteOptions options;
            options.folder = folder.path();
            database = Database::open(options, system_clock());
        } else {
            PostgresOptions options;
            options.url = fresh.emplace().url();
            options.connections = 8;
            database = Database::open(options, system_clock());
        }
        std::vector<Migration> all;
        for (auto const module : {events::migrations(), flow::migrations()})
            all.insert(all.end(), module.begin(), module.end());
        database->migrate(all);
    }
};

bool is_skipped(benchmark::State& state) {
    if (state.range(0) == 0 || testing::FreshPostgres::is_available()) return false;
    state.SkipWithError("no PostgreSQL");
    return true;
}

// From the enqueueing to the completion of the last.
void no_op_jobs(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    Engine engine(*world.database, system_clock(), {.workers = 2});
    Tally tally;
    engine.add(job_kind<Parcel>([&](Context&, Parcel const&) { tally.add(); }));
    engine.start();
    constexpr int batches = 100;
    std::uint64_t enqueued = 0;
    for (auto _ : state) {
        for (int i = 0; i < batches; ++i) {
            world.database->write(world.tenant, [&](Transaction& tx) {
                for (int j = 0; j < batch; ++j) enqueue(tx, Parcel{"parcel", j});
            });
        }
        enqueued += batches * batch;
        tally.wait_for(static_cast<std::int64_t>(enqueued));
        while (engine.counters().completed_total < enqueued) std::this_thread::yield();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(enqueued));
}
BENCHMARK(no_op_jobs)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

void enqueue_bulk(World& world, TenantId tenant, int count) {
    std::vector<Parcel> const parcels(static_cast<std::size_t>(count), Parcel{"parcel", 1});
    world.database->write(tenant, [&](Transaction& tx) { enqueue_all(tx, std::span<Parcel const>(parcels)); });
}

// The same, a thousand in one statement.
void no_op_jobs_in_bulk(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    Engine engine(*world.database, system_clock(), {.workers = 2});
    engine.add(job_kind<Parcel>([](Context&, Parcel const&) {}));
    engine.start();
    std::uint64_t enqueued = 0;
    for (auto _ : state) {
        for (int i = 0; i < 10; ++i) enqueue_bulk(world, world.tenant, 1'000);
        enqueued += 10'000;
        while (engine.counters().completed_total < enqueued) std::this_thread::yield();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(enqueued));
}
BENCHMARK(no_op_jobs_in_bulk)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

// Of jobs that were enqueued before: claimed, run and completed.
void draining_of_jobs(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    std::int64_t jobs = 0;
    for (auto _ : state) {
        state.PauseTiming();
        Engine engine(*world.database, system_clock(), {.workers = 2});
        Tally tally;
        engine.add(job_kind<Parcel>([&](Context&, Parcel const&) { tally.add(); }));
        for (int i = 0; i < 100; ++i)
            world.database->write(world.tenant, [&](Transaction& tx) {
                for (int j = 0; j < batch; ++j) enqueue(tx, Parcel{"parcel", j});
            });
        state.ResumeTiming();
        engine.start();
        tally.wait_for(100 * batch);
        while (engine.counters().completed_total < 100 * batch) std::this_thread::yield();
        jobs += 100 * batch;
        state.PauseTiming();
        engine.drain({});
        state.ResumeTiming();
    }
    state.SetItemsProcessed(jobs);
}
BENCHMARK(draining_of_jobs)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

// From the commit of the enqueueing to the handler's first line, one job at a time.
void pickup(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    Engine engine(*world.database, system_clock(), {.workers = 2});
    Tally tally;
    engine.add(job_kind<Parcel>([&](Context&, Parcel const&) { tally.add(); }));
    engine.start();
    std::int64_t jobs = 0;
    for (auto _ : state) {
        state.PauseTiming();
        world.database->write(world.tenant, [&](Transaction& tx) { enqueue(tx, Parcel{"parcel", 1}); });
        state.ResumeTiming();
        tally.wait_for(++jobs);
    }
}
BENCHMARK(pickup)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMicrosecond);

// The same while jobs come at a steady rate, from each commit.
void pickup_at_300_a_second(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    Engine engine(*world.database, system_clock(), {.workers = 2});
    constexpr std::int64_t jobs = 1'500;
    std::array<std::atomic<std::int64_t>, jobs> committed_us{}, begun_us{};
    Tally tally;
    engine.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        begun_us[static_cast<std::size_t>(parcel.weight_g)] = system_clock().monotonic().us;
        tally.add();
    }));
    engine.start();
    for (auto _ : state) {
        auto next = std::chrono::steady_clock::now();
        for (std::int64_t i = 0; i < jobs; ++i) {
            std::this_thread::sleep_until(next);
            next += std::chrono::microseconds(1'000'000 / 300);
            world.database->write(world.tenant, [&](Transaction& tx) { enqueue(tx, Parcel{"parcel", i}); });
            committed_us[static_cast<std::size_t>(i)] = system_clock().monotonic().us;
        }
        tally.wait_for(jobs);
    }
    std::vector<std::int64_t> waits_us;
    for (std::size_t i = 0; i < jobs; ++i) waits_us.push_back(std::max<std::int64_t>(0, begun_us[i] - committed_us[i]));
    std::sort(waits_us.begin(), waits_us.end());
    for (auto const& [name, share] : {std::pair{"p50_us", 0.50}, {"p95_us", 0.95}, {"p99_us", 0.99}})
        state.counters[name] = static_cast<double>(waits_us[static_cast<std::size_t>(share * (jobs - 1))]);
}
BENCHMARK(pickup_at_300_a_second)
    ->ArgName("postgres")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// How long another tenant's single job waits, on an idle queue and beside a flood of 100,000 jobs.
void single_job_beside_a_flood(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    TenantId const other = TenantId::make(system_clock().now());
    Tally tally;
    Engine engine(*world.database, system_clock(), {.workers = 2});
    engine.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        if (parcel.name == "single") tally.add();
    }));
    engine.start();
    std::int64_t singles = 0;
    auto const wait_of_single = [&] {
        Duration const began = system_clock().monotonic();
        world.database->write(other, [](Transaction& tx) { enqueue(tx, Parcel{"single", 1}); });
        tally.wait_for(++singles);
        return static_cast<double>(system_clock().monotonic().us - began.us);
    };
    double idle_us = 0, flooded_us = 0;
    for (auto _ : state) {
        idle_us = wait_of_single();
        for (int i = 0; i < 100; ++i) enqueue_bulk(world, world.tenant, 1'000);
        flooded_us = wait_of_single();
    }
    state.counters["idle_us"] = idle_us;
    state.counters["flooded_us"] = flooded_us;
    state.counters["left_of_the_flood"] = 100'000.0 - static_cast<double>(engine.counters().completed_total);
}
BENCHMARK(single_job_beside_a_flood)
    ->ArgName("postgres")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// The yardstick on PostgreSQL: claims of a hundred and their completion, without an engine.
void claims_and_completions_alone(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(false);
    ClaimTerms terms{"default", "bench", R"(["Parcel"])", "[]", {}, 100, true, seconds(30)};
    std::int64_t jobs = 0;
    for (auto _ : state) {
        state.PauseTiming();
        for (int i = 0; i < 10; ++i) enqueue_bulk(world, world.tenant, 1'000);
        state.ResumeTiming();
        std::vector<Completion> done;
        for (bool is_more = true; is_more;) {
            auto const claimed = world.database->write(system_scope("bench: complete and claim"), [&](Transaction& tx) {
                complete_jobs(tx, done, Database::Engine::postgres);
                return claim_by_turn(tx, terms);
            });
            done.clear();
            for (auto const& claim : claimed.claims)
                done.push_back({claim.id, claim.tenant, claim.fence, claim.attempts});
            terms.cursors = claimed.cursors;
            jobs += std::ssize(done);
            is_more = !done.empty();
        }
    }
    state.SetItemsProcessed(jobs);
}
BENCHMARK(claims_and_completions_alone)->ArgName("postgres")->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

// Nodes of one run after another, each with its checkpoint: the time of one is the latency of a checkpoint.
void workflow_steps(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    Engine engine(*world.database, system_clock(), {.workers = static_cast<std::size_t>(state.range(1))});
    constexpr std::int64_t turns = 500;
    Tally tally;
    auto const graph = GraphBuilder<Journey>("loop", 1)
                           .node("turn",
                                 [&](Context&, Journey& journey) {
                                     ++journey.turns;
                                     tally.add();
                                 })
                           .then_if(end, [](Journey const& j) { return j.turns == turns; })
                           .otherwise("turn")
                           .build();
    engine.add(graph);
    engine.start();
    std::uint64_t steps = 0;
    for (auto _ : state) {
        world.database->write(world.tenant, [&](Transaction& tx) {
            for (std::int64_t i = 0; i < state.range(1); ++i) start_run(tx, graph, Journey{});
        });
        steps += static_cast<std::uint64_t>(state.range(1) * turns);
        tally.wait_for(static_cast<std::int64_t>(steps));
        while (engine.counters().completed_total < steps) std::this_thread::yield();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(steps));
    if (state.range(1) == 1)
        state.counters["checkpoint_s"] =
            benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(workflow_steps)
    ->ArgNames({"postgres", "runs"})
    ->Args({0, 1})
    ->Args({0, 16})
    ->Args({1, 1})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mainstay::flow
