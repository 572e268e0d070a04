// Parsing and translating one query of the size that TPC-H has.
#include "products/migrate/translate/translate.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace mainstay;

constexpr char const* script = R"(
CREATE TABLE dbo.lineitem (orderkey int NOT NULL, suppkey int NOT NULL, quantity decimal(12, 2) NOT NULL, price decimal(12, 2) NOT NULL,
    discount decimal(12, 2) NOT NULL, shipdate date NOT NULL, returnflag char(1) NOT NULL)
CREATE TABLE dbo.orders (orderkey int NOT NULL, custkey int NOT NULL, orderdate date NOT NULL, status char(1) NOT NULL)
CREATE TABLE dbo.customer (custkey int NOT NULL, nationkey int NOT NULL, name varchar(25) NOT NULL)
CREATE TABLE dbo.supplier (suppkey int NOT NULL, nationkey int NOT NULL)
CREATE TABLE dbo.nation (nationkey int NOT NULL, regionkey int NOT NULL, name varchar(25) NOT NULL)
CREATE TABLE dbo.region (regionkey int NOT NULL, name varchar(25) NOT NULL)
)";

constexpr char const* query = R"(
SELECT n.name, YEAR(o.orderdate) AS y, SUM(l.price * (1 - l.discount)) AS revenue, AVG(l.quantity) AS quantity, COUNT(*) AS n
FROM dbo.customer AS c
INNER JOIN dbo.orders AS o ON o.custkey = c.custkey
INNER JOIN dbo.lineitem AS l ON l.orderkey = o.orderkey
INNER JOIN dbo.supplier AS s ON s.suppkey = l.suppkey AND s.nationkey = c.nationkey
INNER JOIN dbo.nation AS n ON n.nationkey = s.nationkey
INNER JOIN dbo.region AS r ON r.regionkey = n.regionkey
WHERE r.name = 'ASIA' AND o.orderdate >= '19940101' AND o.orderdate < DATEADD(year, 1, '19940101') AND l.returnflag <> 'R'
GROUP BY n.name, YEAR(o.orderdate)
HAVING SUM(l.price) > 1000
)";

void parse_and_translate(benchmark::State& state) {
    auto const database = catalog::read_scripts({{"tables.sql", script}});
    translate::Translator translator(database);
    for (auto const& [name, table] : database.tables) translator.columns(name);
    for ([[maybe_unused]] auto _ : state) {
        auto const parsed = tsql::parse(std::make_unique<tsql::Source>("query.sql", query));
        auto const* const select = tsql::as<tsql::SelectStatement>(parsed.batches[0].statements[0]);
        auto translation = translator.query(parsed, *select->query);
        benchmark::DoNotOptimize(translation);
    }
}
BENCHMARK(parse_and_translate)->Unit(benchmark::kMicrosecond);

}  // namespace
