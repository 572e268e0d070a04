// Diagnostics as people read them, and the table that their pages are made from.
#include "products/migrate/tsql/diagnostic_codes.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace mainstay::tsql {
namespace {

TEST(DiagnosticTable, IsSortedAndSaysEverythingOfEachCode) {
    std::set<std::string_view> titles;
    std::string_view last;
    for (auto const* code : diagnostic_codes()) {
        EXPECT_LT(last, code->code);
        last = code->code;
        EXPECT_TRUE(code->code.starts_with("TSQL1") && code->code.size() == 8) << code->code;
        EXPECT_TRUE(titles.insert(code->title).second) << code->code;
        EXPECT_FALSE(code->explanation.empty() || code->help.empty()) << code->code;
        EXPECT_NE(code->title.back(), '.') << code->code;
    }
    EXPECT_EQ(last, codes::skipped_other.code);
}

TEST(Rendering, PutsTheCaretUnderThePlaceThroughTabsAndUmlauts) {
    auto const result = parse_bytes("dir/a.sql", "SELECT 1\r\n\tSELECT 'ä' x zzz\r\n");
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(render(result.diagnostics[0]),
              "error[TSQL1206]: no statement begins with \"zzz\"\n"
              " --> dir/a.sql:2:15\n"
              "  |\n"
              "2 | \tSELECT 'ä' x zzz\n"
              "  | \t             ^^^\n"
              "  = help: Check the spelling; write EXECUTE before a procedure's name.\n");
}

TEST(Rendering, ShowsAWindowOfALongLine) {
    auto const result =
        parse_bytes("a.sql", "SELECT '" + std::string(100'000, 'x') + "' a b, " + std::string(100'000, 'y'));
    ASSERT_EQ(result.diagnostics.size(), 1U);
    auto const text = render(result.diagnostics[0]);
    EXPECT_LT(text.size(), 800U);
    EXPECT_NE(text.find("xxx' a b, yyy"), std::string::npos);
    EXPECT_EQ(result.diagnostics[0].position.column, 100'013U);
}

TEST(Diagnostics, AreCountedPastTheNumberThatIsKept) {
    std::string script;
    for (int i = 0; i < 3'000; ++i) script += "SELECT FROM;\n";
    auto const result = parse_bytes("a.sql", script);
    EXPECT_EQ(result.counts.errors, 3'000U);
    EXPECT_EQ(result.counts.broken, 3'000U);
    ASSERT_EQ(result.diagnostics.size(), max_diagnostics + 1);
    EXPECT_EQ(result.diagnostics.back().message, "2000 further diagnostics are not shown");
}

TEST(Diagnostics, OfSkippedStatementsTellChangesFromTheRest) {
    auto const result =
        parse_bytes("a.sql", "PRINT 'x'\nMERGE t USING u ON 1 = 1 WHEN MATCHED THEN DELETE;\nGRANT SELECT ON t TO u");
    ASSERT_EQ(result.diagnostics.size(), 3U);
    EXPECT_EQ(result.diagnostics[0].severity(), Severity::note);
    EXPECT_EQ(result.diagnostics[1].severity(), Severity::warning);
    EXPECT_EQ(result.diagnostics[1].message, "MERGE was not read");
    EXPECT_EQ(result.diagnostics[2].severity(), Severity::note);
}

}  // namespace
}  // namespace mainstay::tsql
