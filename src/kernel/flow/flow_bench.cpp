// What the engine carries out, durably, on each database. PostgreSQL is measured when MAINSTAY_TEST_POSTGRES holds the
// URL of a superuser of a server that flushes its log.
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/flow_test_support.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>

namespace mainstay::flow {
namespace {

constexpr int batch = 100;    // jobs in one transaction
constexpr int batches = 100;  // of one iteration

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
    std::unique_ptr<Database> database;
    TenantId const tenant = TenantId::make(system_clock().now());

    explicit World(bool is_sqlite) {
        if (is_sqlite) {
            SqliteOptions options;
            options.folder = folder.path();
            database = Database::open(options, system_clock());
        } else {
            PostgresOptions options;
            testing::FreshPostgres::empty();
            options.url = testing::FreshPostgres::url();
            options.connections = 8;
            database = Database::open(options, system_clock());
        }
        std::vector<Migration> all;
        for (auto const module :
             {events::migrations(), flow::migrations(), std::span<Migration const>(effects_migration)})
            all.insert(all.end(), module.begin(), module.end());
        database->migrate(all);
    }
};

bool is_skipped(benchmark::State& state) {
    if (state.range(0) == 0 || testing::FreshPostgres::is_available()) return false;
    state.SkipWithError("no PostgreSQL");
    return true;
}

// Without taking from the engine the processor that is measured.
void wait_until_completed(Engine const& engine, std::uint64_t count) {
    while (engine.counters().completed_total < count) std::this_thread::sleep_for(std::chrono::microseconds(200));
}

// Of this process, which on PostgreSQL is the smaller part; hardly changed by what else the machine does.
void set_processor_time(benchmark::State& state, std::clock_t began, std::int64_t jobs) {
    double const took_s = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    state.counters["cpu_us_each"] = took_s * 1e6 / static_cast<double>(jobs);
}

void enqueue_bulk(World& world, TenantId tenant, int count) {
    std::vector<Parcel> const parcels(static_cast<std::size_t>(count), Parcel{"parcel", 1});
    world.database->write(tenant, [&](Transaction& tx) { enqueue_all(tx, std::span<Parcel const>(parcels)); });
}

// Enqueued in batches, a transaction each, while they are carried out: to the completion of the last.
void no_op_jobs(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    Engine engine(*world.database, system_clock(), {.workers = 2});
    engine.add(job_kind<Parcel>([](Context&, Parcel const&) {}));
    engine.start();
    std::uint64_t enqueued = 0;
    std::clock_t const began = std::clock();
    for (auto _ : state) {
        for (int i = 0; i < batches; ++i) enqueue_bulk(world, world.tenant, batch);
        enqueued += batches * batch;
        wait_until_completed(engine, enqueued);
    }
    set_processor_time(state, began, static_cast<std::int64_t>(enqueued));
    state.SetItemsProcessed(static_cast<std::int64_t>(enqueued));
}
BENCHMARK(no_op_jobs)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

// The yardstick: the same rows, enqueued, claimed and completed a batch in a transaction, without an engine.
void no_op_rows(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    Database& database = *world.database;
    ClaimTerms terms{"default", "bench", R"(["Parcel"])", "[]", {}, batch, true, seconds(30)};
    std::vector<Ready> told;
    auto const listening =
        database.signals().listen<std::vector<Ready>>([&](std::vector<Ready> const& all) { told = all; });
    auto const scope = system_scope("bench: complete and claim");
    std::int64_t rows = 0;
    std::clock_t const began = std::clock();
    for (auto _ : state) {
        for (int i = 0; i < batches; ++i) {
            enqueue_bulk(world, world.tenant, batch);
            std::vector<Completion> done;
            database.write(
                scope,
                [&](Transaction& tx) {
                    auto claimed = database.engine() == Database::Engine::postgres
                                       ? claim_by_turn(tx, terms)
                                       : Claimed{claim_these(tx, told, terms), 0, {}};
                    done.clear();
                    for (auto const& claim : claimed.claims)
                        done.push_back({claim.id, claim.tenant, claim.fence, claim.attempts});
                },
                Isolation::read_committed);
            rows += std::ssize(done);
            database.write(
                scope, [&](Transaction& tx) { complete_jobs(tx, done, database.engine()); }, Isolation::read_committed);
        }
    }
    set_processor_time(state, began, rows);
    state.SetItemsProcessed(rows);
}
BENCHMARK(no_op_rows)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

// The yardstick of what waits for the disk once: a unit of one row after the other.
void one_row_a_transaction(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    for (auto _ : state)
        world.database->write(world.tenant, [](Transaction& tx) { note_effect(tx, "a row of the usual length"); });
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(one_row_a_transaction)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMicrosecond);

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
        for (int i = 0; i < batches; ++i) enqueue_bulk(world, world.tenant, batch);
        state.ResumeTiming();
        engine.start();
        tally.wait_for(batches * batch);
        wait_until_completed(engine, batches * batch);
        jobs += batches * batch;
        state.PauseTiming();
        engine.drain({});
        state.ResumeTiming();
    }
    state.SetItemsProcessed(jobs);
}
BENCHMARK(draining_of_jobs)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

void set_percentiles(benchmark::State& state, std::string const& prefix, std::vector<std::int64_t> waits_us) {
    std::sort(waits_us.begin(), waits_us.end());
    for (auto const& [name, share] : {std::pair{"p50_us", 0.50}, {"p95_us", 0.95}, {"p99_us", 0.99}})
        state.counters[prefix + name] =
            static_cast<double>(waits_us[static_cast<std::size_t>(share * static_cast<double>(waits_us.size() - 1))]);
}

// From each commit of an enqueueing to the handler's first line, while jobs come at a steady rate.
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
    set_percentiles(state, "", std::move(waits_us));
}
BENCHMARK(pickup_at_300_a_second)
    ->ArgName("postgres")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// How long single jobs of a quiet tenant take, from the call that enqueues one to its handler's first line, each some
// while after the one before: first with nothing beside them, then beside a flood of another tenant, as long as it
// lasts.
void single_job_beside_a_flood(benchmark::State& state) {
    if (is_skipped(state)) return;
    World world(state.range(0) == 0);
    TenantId const quiet = TenantId::make(system_clock().now());
    Tally tally;
    std::atomic<std::int64_t> begun_us = 0;
    Engine engine(*world.database, system_clock(), {.workers = 2});
    engine.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
        if (parcel.name != "single") return;
        begun_us = system_clock().monotonic().us;
        tally.add();
    }));
    engine.start();
    constexpr std::uint64_t flood = 100'000, enough_left = 10'000;
    std::int64_t singles = 0;
    auto const single_us = [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        Duration const called = system_clock().monotonic();
        world.database->write(quiet, [](Transaction& tx) { enqueue(tx, Parcel{"single", 1}); });
        tally.wait_for(++singles);
        return begun_us - called.us;
    };
    std::vector<std::int64_t> usual_us, flooded_us;
    for (auto _ : state) {
        for (int i = 0; i < 100; ++i) usual_us.push_back(single_us());
        std::uint64_t const before = engine.counters().completed_total;
        world.database->write(system_scope("bench: pause"),
                              [](Transaction& tx) { pause_queue(tx, "default", "bench"); });
        for (std::uint64_t i = 0; i < flood; i += 1'000) enqueue_bulk(world, world.tenant, 1'000);
        world.database->write(system_scope("bench: resume"), [](Transaction& tx) { resume_queue(tx, "default"); });
        while (engine.counters().completed_total < before + flood - enough_left) flooded_us.push_back(single_us());
    }
    set_percentiles(state, "usual_", std::move(usual_us));
    state.counters["singles_beside_the_flood"] = static_cast<double>(flooded_us.size());
    set_percentiles(state, "flooded_", std::move(flooded_us));
}
BENCHMARK(single_job_beside_a_flood)
    ->ArgName("postgres")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

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
        wait_until_completed(engine, steps);
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
    ->Args({1, 16})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mainstay::flow
