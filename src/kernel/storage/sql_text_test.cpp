#include "kernel/storage/sql_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace mainstay::sql_text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts(std::string_view sql) {
    std::vector<std::string> out;
    for (auto const& token : tokenize(sql)) out.emplace_back(token.text);
    return out;
}

std::vector<std::string> names(std::vector<Mention> const& mentions) {
    std::vector<std::string> out;
    for (auto const& m : mentions)
        out.push_back((m.schema.empty() ? "" : std::string(m.schema) + ".") + std::string(m.name));
    return out;
}

std::string numbered(std::string_view sql) {
    return with_numbered_parameters(sql, analyze(sql));
}

TEST(SqlText, TakesNothingWithinStringsNamesAndCommentsForSql) {
    auto const statement = analyze(R"(SELECT ':a', E'it\'s :b', "x:c", $q$ :d 'FROM t' $q$ -- :e FROM u
        /* :f FROM v */ FROM real_one WHERE a = 'it''s :g' AND b = :h)");
    EXPECT_THAT(statement.parameters, ElementsAre("h"));
    EXPECT_THAT(names(statement.tables), ElementsAre("real_one"));
}

TEST(SqlText, NumbersEachParameterOnceInOrderOfAppearance) {
    EXPECT_EQ(numbered("SELECT :b, :a, :b FROM t WHERE x = :tenant"), "SELECT $1, $2, $1 FROM t WHERE x = $3");
    EXPECT_THAT(analyze("SELECT :b, :a, :b").parameters, ElementsAre("b", "a"));
}

TEST(SqlText, TellsACastFromAParameter) {
    EXPECT_EQ(numbered("SELECT :a::bigint, x::text, y[1:2], a:=1"), "SELECT $1::bigint, x::text, y[1:2], a:=1");
    EXPECT_EQ(numbered("SELECT x::text"), "SELECT x::text");
}

TEST(SqlText, LeavesTheTextOfStringsAsItIs) {
    EXPECT_EQ(numbered("SELECT ':x', \":x\", :x -- :x"), "SELECT ':x', \":x\", $1 -- :x");
}

TEST(SqlText, ReadsNumbersWhole) {
    EXPECT_THAT(texts("1e-5 .5 0x1F 1+2 a.b1"), ElementsAre("1e-5", ".5", "0x1F", "1", "+", "2", "a", ".", "b1"));
}

TEST(SqlText, KnowsTheVerbBehindWith) {
    EXPECT_EQ(analyze("  -- why\n select 1").verb, Verb::select);
    EXPECT_EQ(analyze("WITH x AS (SELECT 1), y(a) AS (DELETE FROM b RETURNING a) INSERT INTO t SELECT * FROM x").verb,
              Verb::insert);
    EXPECT_EQ(analyze("WITH RECURSIVE x AS (INSERT INTO t VALUES (1)) SELECT 1").verb, Verb::select);
    EXPECT_EQ(analyze("VALUES (1)").verb, Verb::select);
    EXPECT_EQ(analyze("REPLACE INTO t VALUES (1)").verb, Verb::insert);
    EXPECT_EQ(analyze("update t set a = 1").verb, Verb::update);
    EXPECT_EQ(analyze("DELETE FROM t").verb, Verb::remove);
    EXPECT_EQ(analyze("PRAGMA table_info(t)").verb, Verb::other);
    EXPECT_EQ(analyze("EXPLAIN SELECT 1").verb, Verb::other);
    EXPECT_EQ(analyze("").verb, Verb::other);
}

TEST(SqlText, FindsTheTargets) {
    EXPECT_THAT(names(analyze("INSERT INTO t(a) SELECT a FROM u ON CONFLICT (a) DO UPDATE SET a = 1").targets),
                ElementsAre("t"));
    EXPECT_THAT(names(analyze("INSERT OR REPLACE INTO \"t\" VALUES (1)").targets), ElementsAre("t"));
    EXPECT_THAT(names(analyze("UPDATE OR IGNORE t SET a = (SELECT b FROM u)").targets), ElementsAre("t"));
    EXPECT_THAT(names(analyze("UPDATE ONLY public.t AS x SET a = 1 FROM u JOIN v ON 1").targets),
                ElementsAre("public.t"));
    EXPECT_THAT(names(analyze("DELETE FROM main.t WHERE a IN (SELECT a FROM u)").targets), ElementsAre("main.t"));
    EXPECT_THAT(names(analyze("SELECT a FROM t FOR NO KEY UPDATE OF t").targets), IsEmpty());
    EXPECT_THAT(names(analyze("SELECT a FROM t FOR UPDATE SKIP LOCKED").targets), IsEmpty());
}

TEST(SqlText, FindsEveryTableThatIsNamed) {
    EXPECT_THAT(
        names(analyze("UPDATE t SET a = 1 FROM u JOIN main.v ON 1 LEFT JOIN LATERAL (SELECT 1 FROM w) q ON 1").tables),
        ElementsAre("t", "u", "main.v", "w"));
    EXPECT_THAT(names(analyze("SELECT * FROM json_each(:x) j, t WHERE a IS DISTINCT FROM b").tables), IsEmpty());
    EXPECT_THAT(names(analyze("SELECT * FROM 'main'.'t'").tables), ElementsAre("main.t"));
    EXPECT_EQ(analyze("SELECT * FROM  \"t\"").tables[0].at, 15u);
}

TEST(SqlText, FindsWhatWithDefines) {
    EXPECT_THAT(
        analyze("WITH a AS (SELECT 1), b (x, y) AS NOT MATERIALIZED (SELECT 2, CAST(1 AS text)) SELECT 1 AS c").defined,
        ElementsAre("a", "b"));
}

TEST(SqlText, SeesSeveralStatementsAndReturning) {
    EXPECT_FALSE(analyze("SELECT 1;").is_several);
    EXPECT_TRUE(analyze("SELECT 1; DELETE FROM t").is_several);
    EXPECT_TRUE(analyze("DELETE FROM t RETURNING a").is_returning);
    EXPECT_FALSE(analyze("DELETE FROM t WHERE t.returning = 'RETURNING'").is_returning);
}

TEST(SqlText, RefusesTextWithoutAnEnd) {
    for (auto const* sql : {"SELECT 'a", "SELECT \"a", "SELECT /* a", "SELECT $x$ a $x", "SELECT 'it''",
                            "/* a /* b */ c */", "SELECT E'a\\'"}) {
        EXPECT_THROW(analyze(sql), std::logic_error) << sql;
        EXPECT_THROW(split_statements(sql), std::logic_error) << sql;
    }
}

TEST(SqlText, SplitsAtSemicolonsOutsideStringsAndTriggers) {
    EXPECT_THAT(
        split_statements("CREATE TABLE a (b TEXT DEFAULT ';');; -- end;\nINSERT INTO a VALUES ('x'); /* ; */ ;"),
        ElementsAre("CREATE TABLE a (b TEXT DEFAULT ';')", " -- end;\nINSERT INTO a VALUES ('x')"));
    EXPECT_THAT(split_statements("CREATE TRIGGER t AFTER INSERT ON a BEGIN\n"
                                 "UPDATE a SET b = CASE WHEN 1 THEN 2 END; DELETE FROM c; END; SELECT 1"),
                ElementsAre("CREATE TRIGGER t AFTER INSERT ON a BEGIN\n"
                            "UPDATE a SET b = CASE WHEN 1 THEN 2 END; DELETE FROM c; END",
                            " SELECT 1"));
    EXPECT_THAT(split_statements("CREATE FUNCTION f() AS $$ BEGIN; END; $$; SELECT CASE WHEN 1 THEN 2 END; SELECT 2"),
                ElementsAre("CREATE FUNCTION f() AS $$ BEGIN; END; $$", " SELECT CASE WHEN 1 THEN 2 END", " SELECT 2"));
}

TEST(SqlText, TokensOfAnyTextStandInOrderAndWithinIt) {
    EXPECT_TRUE(rc::check([] {
        auto const alphabet = rc::gen::elementOf(std::string("ab1 '\"$:;-/*\\\n().eE"));
        auto const sql = *rc::gen::container<std::string>(alphabet);
        std::size_t end = 0;
        for (auto const& token : tokenize(sql)) {
            RC_ASSERT(token.at >= end);
            RC_ASSERT(!token.text.empty());
            RC_ASSERT(sql.substr(token.at, token.text.size()) == token.text);
            end = token.at + token.text.size();
        }
    }));
}

}  // namespace
}  // namespace mainstay::sql_text
