#include "kernel/duck/duck.hpp"

#include <gtest/gtest.h>

using namespace mainstay;
using namespace mainstay::duck;

TEST(Duck, SelectsOne) {
    DuckPool pool(DuckOptions{.program = DUCK_CHILD_PROGRAM});
    for (auto const& m : pool.confinement().missing) std::cerr << m << "\n";
    std::filesystem::create_directories("/tmp/dkf");
    auto session = pool.lease("t", "/tmp/dkf", FolderAccess::write);
    for (auto sql : {"SELECT 42 AS a, 'x' b, 1.5 c", "COPY (SELECT 1 a) TO '/tmp/dkf/a.parquet'", "FROM '/tmp/dkf/a.parquet'", "FROM 'a.parquet'", "SELECT count(*) FROM range(100000000)",
       "SELECT i, i::VARCHAR t FROM range(50000) x(i)"}) {
        auto start = system_clock().monotonic();
        auto outcome = session.execute(sql);
        std::cerr << sql << " " << (system_clock().monotonic().us - start.us) << " us: "
                  << (outcome.ok() ? std::to_string(outcome.value().row_count()) : std::string(to_string(outcome.error().type)) + outcome.error().message) << "\n";
    }
}
