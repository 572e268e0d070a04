// Whole conversions: the example and what of the corpus is there.
#include "products/migrate/dbt/dbt_fixture.hpp"

#include <chrono>
#include <iostream>

namespace mainstay::dbt {
namespace {

class Convert : public DbtTest {};

TEST_F(Convert, RetailHasAModelForEveryTableThatRan) {
    auto const start = std::chrono::steady_clock::now();
    auto const conversion = convert_scripts(retail(), {.project_name = "harbour_vale"});
    std::cout << "retail: " << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() << " s\n" << failures_of(conversion);
    std::cout << conversion.evaluation.score << ' ' << conversion.evaluation.tests_total << ' ' << conversion.run.script_rows << ' ' << conversion.run.generated_rows << '\n';
    if (auto const* const folder = std::getenv("MAINSTAY_WRITE_PROJECT")) write_project(conversion.files, std::filesystem::path(folder) / "retail");
    EXPECT_EQ(conversion.assessment.tables, 33);
}

TEST_F(Convert, AdventureWorks) {
    auto const scripts = corpus("microsoft-sql-server-samples/databases/adventure-works/oltp-install-script");
    if (scripts.empty()) GTEST_SKIP() << "no corpus";
    auto const start = std::chrono::steady_clock::now();
    auto const conversion = convert_scripts(scripts, {.project_name = "adventure_works"});
    std::cout << "aw: " << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() << " s\n" << failures_of(conversion);
    std::cout << conversion.evaluation.score << ' ' << conversion.evaluation.tests_total << ' ' << conversion.run.script_rows << ' ' << conversion.run.generated_rows << '\n';
    if (auto const* const folder = std::getenv("MAINSTAY_WRITE_PROJECT")) write_project(conversion.files, std::filesystem::path(folder) / "aw");
}

}  // namespace
}  // namespace mainstay::dbt
