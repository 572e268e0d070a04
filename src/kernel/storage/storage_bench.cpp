// What the storage costs beside SQLite used by hand, in one run: point reads, durable writes alone and in groups, and
// the tenancy guard (tenant scope has it, system scope does not).
#include "kernel/storage/sqlite_test_support.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <semaphore>

namespace mainstay {
namespace {

using namespace sqlite_test;

constexpr std::int64_t rows = 100'000;
constexpr char const* read_text = "SELECT text FROM notes WHERE tenant_id = :tenant AND id = :id";
constexpr char const* insert_text = "INSERT INTO notes (tenant_id, id, text) VALUES (:tenant, :id, :text)";
constexpr char const* note_text = "A line of text as long as the title of a ticket";

std::atomic<std::int64_t> next_id = rows;

// One database for all, made once.
struct Place {
    TemporaryFolder folder;
    std::unique_ptr<Database> database = open_notes({.folder = folder / "data"});
    TenantId whose = tenant(1);

    Place() {
        for (std::int64_t i = 0; i < rows; i += 1000)
            database->write(whose, [&](Transaction& tx) {
                for (std::int64_t j = i; j < i + 1000; ++j) insert_note(tx, j, note_text);
            });
    }
};
Place& place() {
    static Place the_place;
    return the_place;
}

struct ByHand {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;

    ByHand(std::filesystem::path const& file, int flags, char const* sql) {
        sqlite3_open_v2(file.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
        sqlite3_exec(database, "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -4000", nullptr, nullptr, nullptr);
        sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    }
    ~ByHand() {
        sqlite3_finalize(statement);
        sqlite3_close(database);
    }
    ByHand(ByHand const&) = delete;
    ByHand& operator=(ByHand const&) = delete;
};

void read_by_hand(benchmark::State& state) {
    ByHand hand(place().folder / "data/mainstay.db", SQLITE_OPEN_READONLY, read_text);
    std::string const whose = place().whose.to_string();
    std::int64_t id = state.thread_index() * 7919;
    for (auto _ : state) {
        sqlite3_bind_text(hand.statement, 1, whose.data(), static_cast<int>(whose.size()), SQLITE_STATIC);
        sqlite3_bind_int64(hand.statement, 2, id = (id + 7919) % rows);
        if (sqlite3_step(hand.statement) != SQLITE_ROW) state.SkipWithError("no row");
        std::string text(reinterpret_cast<char const*>(sqlite3_column_text(hand.statement, 0)));
        benchmark::DoNotOptimize(text);
        sqlite3_reset(hand.statement);
    }
    state.SetItemsProcessed(state.iterations());
}

void read_one(benchmark::State& state) {
    Place& at = place();
    std::int64_t id = state.thread_index() * 7919;
    for (auto _ : state) {
        id = (id + 7919) % rows;
        benchmark::DoNotOptimize(at.database->read(
            at.whose, [&](Snapshot& snapshot) { return snapshot.maybe_one<std::string>(read_text, bind("id", id)); }));
    }
    state.SetItemsProcessed(state.iterations());
}

void read_one_unguarded(benchmark::State& state) {
    Place& at = place();
    std::int64_t id = 0;
    for (auto _ : state) {
        id = (id + 7919) % rows;
        benchmark::DoNotOptimize(at.database->read(system_scope("bench"), [&](Snapshot& snapshot) {
            return snapshot.maybe_one<std::string>(read_text, bind("tenant", at.whose), bind("id", id));
        }));
    }
    state.SetItemsProcessed(state.iterations());
}

// The same in one snapshot: what the statement itself costs.
void read_in_one_snapshot(benchmark::State& state, bool is_guarded) {
    Place& at = place();
    at.database->read(is_guarded ? Scope(at.whose) : system_scope("bench"),
                      [&](Snapshot& snapshot) {
                          std::int64_t id = 0;
                          for (auto _ : state) {
                              id = (id + 7919) % rows;
                              benchmark::DoNotOptimize(
                                  snapshot.maybe_one<std::string>(read_text, bind("tenant", at.whose), bind("id", id)));
                          }
                      },
                      {.time = hours(1)});
    state.SetItemsProcessed(state.iterations());
}

void write_by_hand(benchmark::State& state) {
    TemporaryFolder folder;
    ByHand hand(folder / "hand.db", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "SELECT 1");
    sqlite3_exec(hand.database,
                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000", nullptr,
                 nullptr, nullptr);
    sqlite3_exec(hand.database, std::string(notes_schema).c_str(), nullptr, nullptr, nullptr);
    sqlite3_finalize(hand.statement);
    sqlite3_prepare_v3(hand.database, insert_text, -1, SQLITE_PREPARE_PERSISTENT, &hand.statement, nullptr);
    std::string const whose = place().whose.to_string();
    std::int64_t id = 0;
    for (auto _ : state) {
        sqlite3_bind_text(hand.statement, 1, whose.data(), static_cast<int>(whose.size()), SQLITE_STATIC);
        sqlite3_bind_int64(hand.statement, 2, ++id);
        sqlite3_bind_text(hand.statement, 3, note_text, -1, SQLITE_STATIC);
        if (sqlite3_step(hand.statement) != SQLITE_DONE) state.SkipWithError("not written");
        sqlite3_reset(hand.statement);
    }
    state.SetItemsProcessed(state.iterations());
}

// The slowest of a hundred and of a thousand, in microseconds.
void tell_latencies(benchmark::State& state, std::vector<double>& took_us) {
    if (took_us.empty()) return;
    std::sort(took_us.begin(), took_us.end());
    auto const share = [&](double part) {
        return took_us[static_cast<std::size_t>(part * static_cast<double>(took_us.size() - 1))];
    };
    state.counters["p50_us"] = benchmark::Counter(share(0.5), benchmark::Counter::kAvgThreads);
    state.counters["p99_us"] = benchmark::Counter(share(0.99), benchmark::Counter::kAvgThreads);
    state.counters["p999_us"] = benchmark::Counter(share(0.999), benchmark::Counter::kAvgThreads);
}

// Each thread waits for its commit before it writes again.
void write_one(benchmark::State& state) {
    Place& at = place();
    std::vector<double> took_us;
    for (auto _ : state) {
        auto const start = std::chrono::steady_clock::now();
        at.database->write(at.whose, [](Transaction& tx) { insert_note(tx, ++next_id, note_text); });
        took_us.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    tell_latencies(state, took_us);
    state.SetItemsProcessed(state.iterations());
}

// One thread keeps so many units under way and waits for none.
void submit_many(benchmark::State& state) {
    Place& at = place();
    std::counting_semaphore<> room(state.range(0));
    for (auto _ : state) {
        room.acquire();
        at.database->submit(
            at.whose, [](Transaction& tx) { insert_note(tx, ++next_id, note_text); },
            [&](std::exception_ptr failure) {
                if (failure) std::abort();
                room.release();
            });
    }
    for (std::int64_t i = 0; i < state.range(0); ++i) room.acquire();
    state.SetItemsProcessed(state.iterations());
}

void insert_in_one_unit(benchmark::State& state, bool is_guarded) {
    Place& at = place();
    at.database->write(is_guarded ? Scope(at.whose) : system_scope("bench"), [&](Transaction& tx) {
        for (auto _ : state)
            tx.execute(insert_text, bind("tenant", at.whose), bind("id", ++next_id), bind("text", note_text));
    });
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(read_by_hand)->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK(read_one)->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK(read_one_unguarded)->UseRealTime();
BENCHMARK_CAPTURE(read_in_one_snapshot, guarded, true)->UseRealTime();
BENCHMARK_CAPTURE(read_in_one_snapshot, unguarded, false)->UseRealTime();
BENCHMARK(write_by_hand)->UseRealTime();
BENCHMARK(write_one)->Threads(1)->Threads(64)->UseRealTime();
BENCHMARK(submit_many)->Arg(64)->Arg(256)->UseRealTime();
BENCHMARK_CAPTURE(insert_in_one_unit, guarded, true)->Iterations(100'000)->UseRealTime();
BENCHMARK_CAPTURE(insert_in_one_unit, unguarded, false)->Iterations(100'000)->UseRealTime();

}  // namespace
}  // namespace mainstay
