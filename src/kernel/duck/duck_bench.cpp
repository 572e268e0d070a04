// What a session costs: from the lease to a first answer, and rows in and out.
#include "kernel/duck/duck.hpp"

#include <benchmark/benchmark.h>

#include <filesystem>
#include <thread>

using namespace mainstay;
using namespace mainstay::duck;

namespace {

std::filesystem::path folder() {
    auto const path = std::filesystem::temp_directory_path() / "duck-bench";
    std::filesystem::create_directories(path);
    return path;
}

void must(bool ok) {
    if (!ok) std::abort();
}

void warm_lease_to_first_result(benchmark::State& state) {
    DuckPool pool({.program = DUCK_CHILD_PROGRAM, .warm = 4});
    auto const path = folder();
    for ([[maybe_unused]] auto _ : state) {
        state.PauseTiming();
        while (pool.counters().warm < 4 || pool.counters().sessions > 0) std::this_thread::yield();
        state.ResumeTiming();
        auto session = pool.lease("tenant", path);
        must(session.query("SELECT 1").ok());
        state.PauseTiming();
        { auto const gone = std::move(session); }
        state.ResumeTiming();
    }
}
BENCHMARK(warm_lease_to_first_result)->Unit(benchmark::kMicrosecond)->Iterations(100);

void cold_start_to_first_result(benchmark::State& state) {
    auto const path = folder();
    for ([[maybe_unused]] auto _ : state) {
        DuckPool pool({.program = DUCK_CHILD_PROGRAM, .warm = 1});
        auto session = pool.lease("tenant", path);
        must(session.query("SELECT 1").ok());
    }
}
BENCHMARK(cold_start_to_first_result)->Unit(benchmark::kMillisecond)->Iterations(20);

void small_query(benchmark::State& state) {
    DuckPool pool({.program = DUCK_CHILD_PROGRAM});
    auto session = pool.lease("tenant", folder());
    for ([[maybe_unused]] auto _ : state) must(session.query("SELECT 1").ok());
}
BENCHMARK(small_query)->Unit(benchmark::kMicrosecond);

void append_10000_rows(benchmark::State& state) {
    DuckPool pool({.program = DUCK_CHILD_PROGRAM});
    auto session = pool.lease("tenant", folder());
    must(session.execute("CREATE TABLE t(a BIGINT, b VARCHAR, c DECIMAL(18,2), d DATE, e DOUBLE)").ok());
    std::vector<std::string> const columns{"a", "b", "c", "d", "e"};
    std::vector<Value> values;
    for (std::int64_t i = 0; i < 10'000; ++i) {
        values.emplace_back(i);
        values.emplace_back("name of row " + std::to_string(i));
        values.emplace_back(Exact{std::to_string(i) + ".25"});
        values.emplace_back(Date{static_cast<std::int32_t>(i)});
        values.emplace_back(0.5 * static_cast<double>(i));
    }
    for ([[maybe_unused]] auto _ : state) must(session.append({.table = "t"}, columns, values).ok());
    state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(append_10000_rows)->Unit(benchmark::kMillisecond);

void fetch_10000_rows(benchmark::State& state) {
    DuckPool pool({.program = DUCK_CHILD_PROGRAM});
    auto session = pool.lease("tenant", folder());
    for ([[maybe_unused]] auto _ : state)
        must(session
                 .query(
                     "SELECT i, 'name of row ' || i, i::DECIMAL(18,2), DATE '2024-01-01', i / 2 FROM range(10000) r(i)")
                 .ok());
    state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(fetch_10000_rows)->Unit(benchmark::kMillisecond);

}  // namespace
