// Megabytes of script parsed a second: a script of inserts made here, and real ones where they are at hand.
#include "products/migrate/tsql/tsql.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace mainstay::tsql {
namespace {

constexpr int statement_count = 20'000;
constexpr int rows_per_statement = 10;

std::string insert_script() {
    std::string script = "SET NOCOUNT ON\nGO\n";
    for (int i = 0; i < statement_count; ++i) {
        script +=
            "INSERT INTO [Sales].[SalesOrderDetail] ([SalesOrderID], [Carrier], [OrderQty], [Price], [Note]) VALUES\n";
        for (int row = 0; row < rows_per_statement; ++row) {
            script += "    (" + std::to_string(43'659 + i) + ", N'4911-403C-98', " + std::to_string(row) +
                      ", 2024.9940, 'O''Brien said nothing of note')";
            script += row + 1 < rows_per_statement ? ",\n" : "\n";
        }
        if (i % 100 == 99) script += "GO\n";
    }
    return script;
}

std::string query_script() {
    std::string script;
    for (int i = 0; i < statement_count / 10; ++i)
        script +=
            "CREATE VIEW dbo.v" + std::to_string(i) +
            " AS\nWITH t AS (SELECT a.id, SUM(CASE WHEN b.kind = 'x' THEN b.amount * 1.2 ELSE 0 END) AS total,\n"
            "    ROW_NUMBER() OVER (PARTITION BY a.region ORDER BY b.at DESC) AS position\n"
            "  FROM dbo.a AS a LEFT JOIN dbo.b AS b ON b.a_id = a.id AND b.deleted IS NULL\n"
            "  WHERE a.created >= DATEADD(day, -30, GETDATE()) AND a.name LIKE N'%z[0-9]'\n"
            "  GROUP BY a.id, a.region HAVING COUNT(*) > 3)\n"
            "SELECT TOP (10) t.id, ISNULL(t.total, 0) total FROM t WHERE t.position = 1 ORDER BY t.total DESC\nGO\n";
    return script;
}

std::string corpus_file(char const* relative) {
    char const* const set = std::getenv("MAINSTAY_CORPUS");
    auto const path = std::filesystem::path(set != nullptr ? set : MAINSTAY_DEFAULT_CORPUS) / "tsql" / relative;
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void run(benchmark::State& state, std::string const& script) {
    if (script.empty()) {
        state.SkipWithError("the corpus is not here");
        return;
    }
    std::size_t statements = 0;
    std::size_t arena_bytes = 0;
    for (auto _ : state) {
        auto const result = parse_bytes("bench.sql", script);
        statements = result.counts.statements;
        arena_bytes = result.arena->reserved_bytes();
        benchmark::DoNotOptimize(result.batches.data());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(script.size()) * state.iterations());
    state.counters["statements"] = static_cast<double>(statements);
    state.counters["arena_bytes_per_byte"] = static_cast<double>(arena_bytes) / static_cast<double>(script.size());
}

void inserts(benchmark::State& state) {
    run(state, insert_script());
}
void queries(benchmark::State& state) {
    run(state, query_script());
}
void adventure_works(benchmark::State& state) {
    run(state, corpus_file("microsoft-sql-server-samples/databases/adventure-works/oltp-install-script/instawdb.sql"));
}
void northwind(benchmark::State& state) {
    run(state, corpus_file("microsoft-sql-server-samples/databases/northwind-pubs/instnwnd.sql"));
}

BENCHMARK(inserts)->Unit(benchmark::kMillisecond);
BENCHMARK(queries)->Unit(benchmark::kMillisecond);
BENCHMARK(adventure_works)->Unit(benchmark::kMillisecond);
BENCHMARK(northwind)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mainstay::tsql
