// Golden cases: a folder each, input.sql and the tree that comes of it. MAINSTAY_REGENERATE=1 writes the trees anew;
// the difference is then read like any other change.
#include "products/migrate/tsql/tsql.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace mainstay::tsql {
namespace {

std::string read(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> case_names() {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator(MAINSTAY_TSQL_CASES))
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

class GoldenCase : public testing::TestWithParam<std::string> {};

TEST_P(GoldenCase, GivesItsTreeAndItsDiagnostics) {
    auto const folder = std::filesystem::path(MAINSTAY_TSQL_CASES) / GetParam();
    auto const result = parse_bytes("input.sql", read(folder / "input.sql"));
    auto actual = dump(result);
    for (auto const& diagnostic : result.diagnostics)
        if (diagnostic.severity() != Severity::note) actual += "\n" + render(diagnostic);
    if (std::getenv("MAINSTAY_REGENERATE") != nullptr) {
        std::ofstream(folder / "expected.ast", std::ios::binary) << actual;
        return;
    }
    EXPECT_EQ(actual, read(folder / "expected.ast"));
}

// A script that ends anywhere is still read: nothing crashes, and what can be told is told.
TEST_P(GoldenCase, IsReadWhereverItIsCutOff) {
    auto const input = read(std::filesystem::path(MAINSTAY_TSQL_CASES) / GetParam() / "input.sql");
    for (std::size_t length = 0; length <= input.size(); ++length) {
        auto const result = parse_bytes("input.sql", std::string_view(input).substr(0, length));
        EXPECT_EQ(result.counts.statements, result.counts.parsed + result.counts.skipped + result.counts.broken);
        EXPECT_TRUE(result.counts.broken == 0 || result.counts.errors > 0) << length;
    }
}

// Nor does it matter where it begins, or that a byte in it is another.
TEST_P(GoldenCase, IsReadFromAnywhereAndWithAnyByteChanged) {
    auto const input = read(std::filesystem::path(MAINSTAY_TSQL_CASES) / GetParam() / "input.sql");
    constexpr std::string_view replacements = "('\"[;/@\n";
    for (std::size_t at = 0; at < input.size(); ++at) {
        auto changed = input;
        changed[at] = replacements[at % replacements.size()];
        auto const result = parse_bytes("input.sql", changed);
        EXPECT_EQ(result.counts.statements, result.counts.parsed + result.counts.skipped + result.counts.broken);
        if (at % 7 == 0) (void)parse_bytes("input.sql", std::string_view(input).substr(at));
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenCase, testing::ValuesIn(case_names()),
                         [](testing::TestParamInfo<std::string> const& tested) { return tested.param; });

}  // namespace
}  // namespace mainstay::tsql
