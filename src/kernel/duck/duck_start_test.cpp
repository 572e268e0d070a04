// What the pool says of children that do not start, and of walls that are missing.
#include "kernel/duck/duck_fixture.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace mainstay::duck {
namespace {

TEST(DuckPoolTest, ChildrenThatDoNotStartAreToldOnceAndCounted) {
    Folder const folder;
    std::vector<std::string> lines;
    DuckOptions options{.program = "/bin/false", .ahead = false, .lease_time = seconds(60)};
    options.log = [&](std::string_view level, std::string_view text) {
        lines.push_back(std::string(level) + ' ' + std::string(text));
    };
    DuckPool pool(options);
    for (int i = 0; i < 3; ++i) {
        try {
            pool.lease("tenant", folder.path());
            ADD_FAILURE() << "it started";
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "query_engine_unavailable");
            EXPECT_EQ(fault.public_text().find('/'), std::string::npos) << "a path is not for the public";
        }
    }
    EXPECT_THROW(pool.confinement(), Fault);
    EXPECT_GE(pool.counters().start_failures, 1u);
    EXPECT_EQ(pool.counters().sessions, 0u);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_NE(lines[0].find("error DuckDB does not start: /bin/false ended early"), std::string::npos) << lines[0];
}

TEST(DuckPoolTest, MissingWallsAreToldWhenTheFirstChildHasToldThem) {
    std::vector<std::string> lines;
    DuckOptions options{.program = DUCK_CHILD_PROGRAM, .start_time = seconds(60)};
    options.log = [&](std::string_view, std::string_view text) { lines.emplace_back(text); };
    DuckPool pool(options);
    auto const walls = pool.confinement();
    ASSERT_EQ(lines.size(), walls.complete() ? 0u : 1u);
    for (auto const& wall : walls.missing) EXPECT_NE(lines[0].find(wall), std::string::npos) << lines[0];
}

}  // namespace
}  // namespace mainstay::duck
