// What the golden cases cannot show: places, limits, and how the parser goes on after an error.
#include "products/migrate/tsql/tsql.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mainstay::tsql {
namespace {

ParseResult parse_text(std::string_view text) {
    return parse_bytes("a.sql", text);
}

std::vector<std::string> codes_of(ParseResult const& result) {
    std::vector<std::string> codes;
    for (auto const& diagnostic : result.diagnostics) codes.emplace_back(diagnostic.code->code);
    return codes;
}

std::vector<std::string> kinds_of(ParseResult const& result) {
    std::vector<std::string> kinds;
    for_each_statement(result, [&](Statement const& statement) { kinds.emplace_back(name_of(statement.kind)); });
    return kinds;
}

std::string repeated(std::string_view text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

using Words = std::vector<std::string>;

TEST(Spans, CoverExactlyTheTextOfEachNode) {
    auto const result = parse_text(
        "SELECT a.b + 1 AS x FROM dbo.t /* c */ WHERE (a = 1 AND b IN (2, 3)) ; CREATE TABLE u (id int NOT NULL)");
    auto const* const first = as<SelectStatement>(result.batches[0].statements[0]);
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(result.text(*first), "SELECT a.b + 1 AS x FROM dbo.t /* c */ WHERE (a = 1 AND b IN (2, 3))");
    auto const* const select = as<Select>(first->query->body);
    EXPECT_EQ(result.text(select->items[0].span), "a.b + 1 AS x");
    EXPECT_EQ(result.text(*select->items[0].expression), "a.b + 1");
    EXPECT_EQ(result.text(*select->from[0]), "dbo.t");
    EXPECT_EQ(result.text(*select->where), "a = 1 AND b IN (2, 3)");
    auto const* const table = as<CreateTable>(result.batches[0].statements[1]);
    EXPECT_EQ(result.text(*table), "CREATE TABLE u (id int NOT NULL)");
    EXPECT_EQ(result.text(table->definition->columns[0]->span), "id int NOT NULL");
}

TEST(Bodies, ReachFromAsToTheEndOfTheBatch) {
    auto const result = parse_text(
        "CREATE PROC p AS -- c\n  BEGIN SELECT 1 END\n  SELECT 2\nGO\nCREATE FUNCTION f() RETURNS TABLE AS RETURN "
        "(SELECT 1 a)\n");
    auto const* const procedure = as<CreateModule>(result.batches[0].statements[0]);
    ASSERT_NE(procedure, nullptr);
    EXPECT_EQ(result.text(procedure->body), "BEGIN SELECT 1 END\n  SELECT 2");
    EXPECT_EQ(result.text(as<CreateModule>(result.batches[1].statements[0])->body), "(SELECT 1 a)");
    EXPECT_TRUE(result.diagnostics.empty());
}

TEST(Recovery, KeepsWhatStandsAroundABrokenStatement) {
    auto const result = parse_text(
        "CREATE TABLE a (id int)\nCREATE TABLE b (id int NOT, x int)\nCREATE TABLE c (id int)\nSELECT * FROM c");
    EXPECT_EQ(kinds_of(result), (Words{"create_table", "broken", "create_table", "select_statement"}));
    ASSERT_EQ(codes_of(result), (Words{"TSQL1201"}));
    EXPECT_EQ(result.diagnostics[0].message, "expected NULL, found \",\"");
    EXPECT_EQ(result.diagnostics[0].position.line, 2U);
    EXPECT_EQ(result.diagnostics[0].position.column, 27U);
}

TEST(Recovery, KeepsTheOtherStatementsOfABlock) {
    auto const result =
        parse_text("IF 1 = 1 BEGIN\n SELECT 1\n SELECT FROM x\n CREATE TABLE t (id int)\nEND\nELSE SELECT 2\nSELECT 3");
    EXPECT_EQ(kinds_of(result), (Words{"if_statement", "block", "select_statement", "broken", "create_table",
                                       "select_statement", "select_statement"}));
}

TEST(Recovery, ReportsAStrayEndAndGoesOn) {
    auto const result = parse_text("SELECT 1 END SELECT 2 END TRY SELECT 3");
    EXPECT_EQ(kinds_of(result), (Words{"select_statement", "select_statement", "select_statement"}));
    EXPECT_EQ(codes_of(result), (Words{"TSQL1205", "TSQL1205"}));
}

TEST(Recovery, KeepsWhatAnUnfinishedBlockHolds) {
    auto const result = parse_text("BEGIN CREATE TABLE t (id int)\nGO\nSELECT 1");
    EXPECT_EQ(kinds_of(result), (Words{"block", "create_table", "select_statement"}));
    EXPECT_EQ(codes_of(result), (Words{"TSQL1202"}));
}

TEST(Recovery, SkippedStatementsAreCountedAndNeverSwallowTheirNeighbours) {
    auto const result = parse_text("UPDATE t SET a = 1 WHERE b = 2 SELECT 1 DELETE t CREATE TABLE u (id int)");
    EXPECT_EQ(kinds_of(result), (Words{"skipped", "select_statement", "skipped", "create_table"}));
    EXPECT_EQ(result.counts.statements, 4U);
    EXPECT_EQ(result.counts.skipped, 2U);
    EXPECT_EQ(result.counts.parsed, 2U);
}

TEST(Limits, DeepNestingIsADiagnosticWhateverNests) {
    for (auto const& text : {
             "SELECT " + repeated("(", 100'000) + "1" + repeated(")", 100'000),
             "SELECT " + repeated("(SELECT ", 100'000) + "1" + repeated(")", 100'000),
             "SELECT " + repeated("f(", 100'000) + "1" + repeated(")", 100'000),
             "SELECT " + repeated("CASE WHEN 1=1 THEN ", 100'000) + "1",
             "SELECT " + repeated("- ", 100'000) + "1",
             "SELECT 1 WHERE " + repeated("NOT ", 100'000) + "1=1",
             "SELECT * FROM " + repeated("(", 100'000) + "a" + repeated(")", 100'000),
             "SELECT * FROM " + repeated("a JOIN ", 100'000) + "a",
             repeated("BEGIN ", 100'000) + repeated("END ", 100'000),
             repeated("IF 1=1 ", 100'000) + "SELECT 1",
             repeated("WHILE 1=1 ", 100'000) + "SELECT 1",
             repeated("(", 100'000) + "SELECT 1",
             "CREATE TABLE t (a int) WITH " + repeated("(a = ON ", 100'000),
             "DECLARE @t TABLE " + repeated("(", 100'000),
             "CREATE FUNCTION f(@a TABLE (b " + repeated("TABLE (c ", 100'000),
             "SELECT x GROUP BY " + repeated("GROUPING SETS (", 100'000),
         }) {
        auto const result = parse_text(text);
        EXPECT_GE(result.counts.statements, 1U);
        (void)dump(result);
    }
    EXPECT_EQ(codes_of(parse_text("SELECT " + repeated("(", 1'000) + "1" + repeated(")", 1'000))), (Words{"TSQL1203"}));
}

TEST(Limits, LongChainsAreFlatOrADiagnostic) {
    EXPECT_TRUE(parse_text("SELECT 1 WHERE a = 1" + repeated(" OR a = 1", 50'000)).diagnostics.empty());
    EXPECT_TRUE(parse_text("SELECT 1 WHERE a IN (1" + repeated(", 1", 50'000) + ")").diagnostics.empty());
    EXPECT_TRUE(parse_text("SELECT 1" + repeated(" UNION ALL SELECT 1", 50'000)).diagnostics.empty());
    EXPECT_TRUE(parse_text("SELECT 'a'" + repeated(" + 'a'", 2'000)).diagnostics.empty());
    EXPECT_EQ(codes_of(parse_text("SELECT 'a'" + repeated(" + 'a'", 50'000))), (Words{"TSQL1204"}));
    EXPECT_EQ(codes_of(parse_text("SELECT a" + repeated(".f()", 50'000))), (Words{"TSQL1204"}));
    EXPECT_EQ(codes_of(parse_text("SELECT * FROM a" + repeated(" CROSS JOIN a", 50'000))), (Words{"TSQL1204"}));
}

TEST(Limits, HeightsOfNestedChainsAddUp) {
    std::string text = "1";
    for (int i = 0; i < 150; ++i) text = "(" + text + ")" + repeated(" + 1", 100);
    auto const result = parse_text("SELECT " + text);
    EXPECT_EQ(codes_of(result), (Words{"TSQL1204"}));
    (void)dump(result);
}

TEST(Limits, AScriptOfErrorsIsNotReadToItsEnd) {
    auto const result = parse_text(repeated("EXEC ", 100'000) + "\nGO\nSELECT 1");
    EXPECT_EQ(result.counts.broken, max_broken_statements);
    EXPECT_EQ(result.counts.parsed, 0U);
    EXPECT_EQ(result.counts.errors, max_broken_statements + 1);
}

// Reading takes a time in proportion to the length, whatever is left open: these would take minutes otherwise.
TEST(Limits, NothingIsSearchedForAgainAndAgain) {
    for (std::string_view const unit :
         {"$(", "\r", "[", "'", "/*", "WITH a (", "IN (", "((SELECT 1) UNION ", "'\nGO\n", "$(a) "})
        EXPECT_GE(parse_text(repeated(unit, 200'000)).source->text().size(), 200'000U);
}

TEST(Limits, NumbersOfTypesAreChecked) {
    EXPECT_EQ(codes_of(parse_text("SELECT CAST(a AS varchar(99999999999))")), (Words{"TSQL1207"}));
}

TEST(ExtendedProperties, AreReadFromNamedAndPositionalArguments) {
    auto const result = parse_text(
        "EXEC sys.sp_addextendedproperty N'MS_Description', N'Key', N'SCHEMA', [dbo], N'TABLE', [t], N'COLUMN', [id];\n"
        "EXECUTE sp_addextendedproperty @level0name = dbo, @name = 'MS_Description', @value = 'x', @level0type = "
        "'SCHEMA'\n"
        "EXEC sys.sp_addextendedproperty 'v', NULL, NULL, NULL, NULL, NULL\nEXEC other 'MS_Description'");
    auto const& statements = result.batches[0].statements;
    auto const first = extended_property(*statements[0]);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->name, "MS_Description");
    EXPECT_EQ(as<Literal>(first->value)->text, "Key");
    EXPECT_EQ(first->level1_type, "TABLE");
    EXPECT_EQ(first->level2_name, "id");
    auto const second = extended_property(*statements[1]);
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->level0_name, "dbo");
    EXPECT_EQ(second->level1_type, "");
    EXPECT_EQ(extended_property(*statements[2])->level0_type, "");
    EXPECT_FALSE(extended_property(*statements[3]).has_value());
}

TEST(ParseResults, MayBeMovedWithoutTheirTreesMoving) {
    auto result = parse_text("SELECT 'x' FROM t");
    auto const before = dump(result);
    ParseResult const moved = std::move(result);
    EXPECT_EQ(dump(moved), before);
    EXPECT_EQ(moved.text(*moved.batches[0].statements[0]), "SELECT 'x' FROM t");
}

}  // namespace
}  // namespace mainstay::tsql
