// What the engine carries out, durably, on each database. PostgreSQL is measured when MAINSTAY_TEST_POSTGRES holds the
// URL of a superuser of a server that flushes its log.
#include "kernel/flow/flow_test_support.hpp"

#include <benchmark/benchmark.h>

#include <condition_variable>
#include <mutex>

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
