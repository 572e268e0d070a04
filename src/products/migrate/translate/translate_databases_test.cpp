// Whole databases: the example that the project ships, and Microsoft's samples where they stand beside the project.
#include "products/migrate/translate/translate_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace mainstay::translate {
namespace {

namespace fs = std::filesystem;

struct Outcome {
    std::size_t views = 0;
    std::size_t ran = 0;
    std::size_t by_class[4] = {};
    std::string faults;
};

Outcome run_database(std::vector<catalog::ScriptFile> const& scripts) {
    mainstay::testing::TemporaryFolder const folder;
    auto const pool = make_pool();
    auto const database = catalog::read_scripts(scripts);
    Outcome out;
    {
        DuckDatabase duck_database(pool->lease("tests", folder.path()), database);
        out.faults = duck_database.make_tables();
        for (auto const& view : duck_database.run_views()) {
            ++out.views;
            ++out.by_class[static_cast<std::size_t>(view.translation.fidelity)];
            if (view.translation.is_translated() && view.error.empty()) ++out.ran;
            if (!view.error.empty()) out.faults += catalog::to_string(view.name) + ": " + view.error + '\n';
            EXPECT_TRUE(view.translation.is_translated() || !view.translation.diagnostics.empty())
                << catalog::to_string(view.name);
        }
    }
    wait_for_children(*pool);
    return out;
}

std::optional<fs::path> sample(std::string_view relative) {
    auto const* const given = std::getenv("MAINSTAY_CORPUS");
    auto const path = fs::path(given != nullptr ? given : MAINSTAY_DEFAULT_CORPUS) /
                      "tsql/microsoft-sql-server-samples/databases" / relative;
    return fs::exists(path) ? std::optional(path) : std::nullopt;
}

TEST(Databases, EveryViewOfTheExampleRuns) {
    auto const outcome =
        run_database({{"retail.sql", read_whole_file(fs::path(MAINSTAY_EXAMPLES) / "retail" / "retail.sql")}});
    EXPECT_EQ(outcome.faults, "");
    EXPECT_EQ(outcome.views, 18U);
    EXPECT_EQ(outcome.ran, 18U);
}

struct Sample {
    std::string name;
    std::string path;
    std::size_t views;
    std::size_t at_least;
};

class CorpusDatabase : public ::testing::TestWithParam<Sample> {};

TEST_P(CorpusDatabase, ItsViewsRunOrSayWhyNot) {
    auto const& expected = GetParam();
    auto const path = sample(expected.path);
    if (!path) GTEST_SKIP() << "the sample databases are not beside the project";
    auto const outcome = run_database({{expected.name, read_whole_file(*path)}});
    EXPECT_EQ(outcome.views, expected.views);
    EXPECT_GE(outcome.ran, expected.at_least) << outcome.faults;
    EXPECT_EQ(outcome.ran + outcome.by_class[static_cast<std::size_t>(Fidelity::not_translated)], outcome.views)
        << outcome.faults;
}

INSTANTIATE_TEST_SUITE_P(Microsoft, CorpusDatabase,
                         ::testing::Values(Sample{"AdventureWorks", "adventure-works/oltp-install-script/instawdb.sql",
                                                  20, 12},
                                           Sample{"Northwind", "northwind-pubs/instnwnd.sql", 16, 16},
                                           Sample{"pubs", "northwind-pubs/instpubs.sql", 1, 1}),
                         [](auto const& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace mainstay::translate
