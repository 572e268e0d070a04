// What a decision costs, and how many keys a second are settled with a real Redis, beside what redis-benchmark makes of
// the same script over one connection in the same run.
#include "kernel/shared_state/rate_table.hpp"
#include "kernel/shared_state/redis_server_fixture.hpp"
#include "kernel/shared_state/redis_store.hpp"
#include "kernel/shared_state/settlement.hpp"

#include <benchmark/benchmark.h>

#include <charconv>
#include <fstream>
#include <sstream>

namespace mainstay::shared_state {
namespace {

constexpr Limit large{"a benchmark", 1'000'000'000, seconds(1)};
constexpr Limit small{"a benchmark", 60, minutes(1)};

std::vector<std::string> names(std::int64_t count) {
    std::vector<std::string> made;
    for (std::int64_t i = 0; i < count; ++i) made.push_back("key_01jc3v8q2kf5zt7n4w9xehb6" + std::to_string(i));
    return made;
}

// By requests of one credential and of many.
void decide_locally(benchmark::State& state) {
    static RateTable table(1'000'000);
    auto const keys = names(state.range(0));
    std::size_t at = static_cast<std::size_t>(state.thread_index()) * 7;
    for ([[maybe_unused]] auto turn : state)
        benchmark::DoNotOptimize(table.take(keys[++at % keys.size()], large, system_clock().monotonic()));
}
BENCHMARK(decide_locally)->Arg(1)->Arg(100'000)->Threads(1)->Threads(2)->UseRealTime();

void refuse_locally(benchmark::State& state) {
    RateTable table(1'000'000);
    while (table.take("key", small, system_clock().monotonic()).allowed) {
    }
    for ([[maybe_unused]] auto turn : state)
        benchmark::DoNotOptimize(table.take("key", small, system_clock().monotonic()));
}
BENCHMARK(refuse_locally);

// Every key that somebody invents meets a table that is full of busy ones.
void decide_when_full(benchmark::State& state) {
    RateTable table(10'000);
    auto const keys = names(100'000);
    for (auto const& key : keys) table.take(key, small, system_clock().monotonic());
    std::size_t at = 0;
    for ([[maybe_unused]] auto turn : state)
        benchmark::DoNotOptimize(table.take(keys[++at % keys.size()], small, system_clock().monotonic()));
}
BENCHMARK(decide_when_full);

redis_test::RedisServer& server() {
    static redis_test::RedisServer one;
    return one;
}

void settle_keys(benchmark::State& state) {
    auto const keys = names(state.range(0));
    RateTable table(1'000'000);
    RedisStore store(server().place());
    Settlement settlement(table, store, system_clock());
    for ([[maybe_unused]] auto turn : state) {
        state.PauseTiming();
        for (auto const& key : keys) table.take(key, {"a benchmark", 1'000'000, hours(1)}, system_clock().monotonic());
        state.ResumeTiming();
        if (!settlement.settle()) state.SkipWithError("Redis is away");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(settle_keys)->Arg(10)->Arg(500)->Arg(10'000)->UseRealTime();

// Its figure is read from its words: "rps" of one full batch, which is 500 keys.
void settle_by_redis_benchmark(benchmark::State& state) {
    auto const sha = server().run({"SCRIPT", "LOAD", std::string(booking_script)}).as_text();
    testing::Words command{"redis-benchmark",
                           "-p",
                           std::to_string(server().port()),
                           "-c",
                           "1",
                           "-n",
                           "1000",
                           "--csv",
                           "EVALSHA",
                           sha,
                           std::to_string(bookings_max + 2),
                           "mainstay:time",
                           "mainstay:bench"};
    for (std::size_t i = 0; i < bookings_max; ++i)
        command.push_back("mainstay:limit:0123456789abcdef" + std::to_string(i));
    command.emplace_back("1");
    for (std::size_t i = 0; i < bookings_max; ++i) command.insert(command.end(), {"50000", "3600", "60000000"});
    testing::TemporaryFolder const folder;
    std::string const out = (folder.path() / "out.csv").string();
    double batches_a_second = 0;
    for ([[maybe_unused]] auto turn : state) {
        testing::ChildProcess(command, out).wait();
        std::stringstream words;
        words << std::ifstream(out).rdbuf();
        std::string const text = words.str();
        auto const row = text.rfind("\n\"EVALSHA");
        auto const first = row == std::string::npos ? row : text.find("\",\"", row);
        if (first == std::string::npos) return state.SkipWithError("no figure");
        std::from_chars(text.data() + first + 3, text.data() + text.size(), batches_a_second);
    }
    state.counters["items_per_second"] = batches_a_second * static_cast<double>(bookings_max);
}
BENCHMARK(settle_by_redis_benchmark)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace mainstay::shared_state
