// What is not translated is refused by a named code, and what differs in a corner says so: a query for every code.
#include "products/migrate/translate/diagnostic_codes.hpp"
#include "products/migrate/translate/translate_fixture.hpp"

#include <gtest/gtest.h>

namespace mainstay::translate {
namespace {

constexpr std::string_view schema = R"(
CREATE TABLE t (i int NOT NULL, k int NULL, x varchar(20) NOT NULL, n nvarchar(20) NULL, f float NOT NULL, p decimal(9, 2) NOT NULL, d datetime NOT NULL, e date NOT NULL,
    o datetimeoffset NOT NULL, g uniqueidentifier NOT NULL, m xml NULL, h hierarchyid NULL, v varbinary(9) NOT NULL, z datetime2(7) NOT NULL)
CREATE TABLE u (i int NOT NULL, x varchar(20) NOT NULL)
GO
CREATE FUNCTION dbo.steps (@n int) RETURNS int AS BEGIN DECLARE @r int = 0; WHILE @n > 0 SET @n = @n - 1; RETURN @r END
GO
CREATE VIEW broken AS SELECT SOUNDEX(x) AS s FROM t
GO
CREATE VIEW loop_a AS SELECT b FROM loop_b
GO
CREATE VIEW loop_b AS SELECT b FROM loop_a
GO
CREATE VIEW v AS
)";

struct Said {
    std::string_view code;
    std::string_view query;
};

Translation translated(std::string_view query) {
    auto const database = catalog::read_scripts({{"test.sql", std::string(schema) + std::string(query)}});
    return Translator(database).view(database.views.at({"dbo", "v"}));
}

std::set<std::string_view> codes_of(Translation const& translation) {
    std::set<std::string_view> codes;
    for (auto const& diagnostic : translation.diagnostics) codes.insert(diagnostic.code->code);
    return codes;
}

constexpr Said said[] = {
    {"TSQL2001", "SELECT i FROM t WITH (NOLOCK, INDEX (a))"},
    {"TSQL2001", "SELECT t.i FROM t INNER HASH JOIN u ON u.i = t.i"},
    {"TSQL2001", "SELECT i FROM t OPTION (RECOMPILE)"},
    {"TSQL2002", "SELECT TOP 100 PERCENT i FROM t ORDER BY i"},
    {"TSQL2003", "WITH r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r"},
    {"TSQL2004", "SELECT i FROM other.dbo.t"},
    {"TSQL2101", "SELECT i FROM t WHERE x = 'a'"},
    {"TSQL2102", "SELECT MAX(x) AS x FROM t"},
    {"TSQL2103", "SELECT x, COUNT(*) AS n FROM t GROUP BY x"},
    {"TSQL2104", "SELECT i / k AS q FROM t"},
    {"TSQL2105", "SELECT CAST(x AS int) AS n FROM t"},
    {"TSQL2106", "SELECT CAST(z AS datetime2(1)) AS z FROM t"},
    {"TSQL2107", "SELECT (SELECT x + ',' FROM u FOR XML PATH('')) AS l"},
    {"TSQL2108", "SELECT STRING_AGG(x, ',') AS l FROM t"},
    {"TSQL2109", "SELECT CAST(o AS datetime2(7)) AS z FROM t"},
    {"TSQL2110", "SELECT GETDATE() AS now"},
    {"TSQL2111", "SELECT DATENAME(month, d) AS m FROM t"},
    {"TSQL2112", "SELECT CAST(z AS datetime) AS z FROM t"},
    {"TSQL2113", "SELECT DATEPART(week, d) AS w FROM t"},
    {"TSQL2115", "SELECT i FROM t WHERE x LIKE n"},
    {"TSQL2116", "SELECT ROW_NUMBER() OVER (ORDER BY g) AS n FROM t"},
    {"TSQL2117", "SELECT SUM(f) AS f FROM t"},
    {"TSQL2118", "SELECT CAST(i AS varchar(3)) AS x FROM t"},
    {"TSQL2119", "SELECT LEFT(x, CHARINDEX('-', x) - 1) AS x FROM t"},
    {"TSQL2120", "SELECT ASCII(x) AS a FROM t"},
    {"TSQL2121", "SELECT JSON_QUERY(x, '$.a') AS j FROM t"},
    {"TSQL2201", "SELECT CAST(x AS date) AS d FROM t"},
    {"TSQL2202", "SELECT TOP 3 i FROM t"},
    {"TSQL2203", "SELECT FORMAT(p, 'N2') AS x FROM t"},
    {"TSQL2204", "SELECT CAST('3/4/2024' AS date) AS d"},
    {"TSQL2205", "SELECT CAST(m AS nvarchar(max)) AS m FROM t"},
    {"TSQL2206", "SELECT CAST(f AS varchar(30)) AS x FROM t"},
    {"TSQL2207", "SELECT ISNUMERIC(x) AS n FROM t"},
    {"TSQL2208", "WITH r AS (SELECT 1 AS n UNION ALL SELECT ROW_NUMBER() OVER (ORDER BY n) FROM r) SELECT n FROM r"},
    {"TSQL3003", "SELECT a FROM nowhere"},
    {"TSQL3003", "SELECT a FROM #local"},
    {"TSQL3004", "SELECT nothing FROM t"},
    {"TSQL3005", "SELECT i FROM t CROSS JOIN u"},
    {"TSQL3006", "SELECT SOUNDEX(x) AS s FROM t"},
    {"TSQL3006", "SELECT NEWSEQUENTIALID() AS s FROM t"},
    {"TSQL3006", "SELECT CHECKSUM(x) AS s FROM t"},
    {"TSQL3006", "SELECT PARSE(x AS int) AS s FROM t"},
    {"TSQL3006", "SELECT dbo.nowhere(i) AS s FROM t"},
    {"TSQL3007", "SELECT dbo.steps(i) AS s FROM t"},
    {"TSQL3008", "SELECT m.value('(/a)[1]', 'int') AS s FROM t"},
    {"TSQL3008", "SELECT m.query('/a') AS s FROM t"},
    {"TSQL3008", "SELECT i FROM t WHERE m.exist('/a') = 1"},
    {"TSQL3008", "SELECT t.i FROM t CROSS APPLY t.m.nodes('/a') AS n (item)"},
    {"TSQL3009", "SELECT h.GetLevel() AS s FROM t"},
    {"TSQL3009", "SELECT hierarchyid::GetRoot() AS s FROM t"},
    {"TSQL3010", "SELECT (SELECT i FROM t FOR JSON PATH) AS j"},
    {"TSQL3010", "SELECT (SELECT i FROM t FOR XML AUTO) AS j"},
    {"TSQL3010", "SELECT (SELECT x + ',' FROM t FOR XML PATH('row')) AS j"},
    {"TSQL3011", "SELECT a.value FROM t CROSS APPLY OPENJSON(t.x) AS a"},
    {"TSQL3011", "SELECT a.i FROM OPENQUERY(far, 'SELECT i') AS a"},
    {"TSQL3012", "SELECT @given AS g"},
    {"TSQL3013", "SELECT CAST(i AS date) AS d FROM t"},
    {"TSQL3013", "SELECT CAST('never' AS date) AS d"},
    {"TSQL3013", "SELECT GREATEST(x, 'a') AS s FROM t"},
    {"TSQL3013", "SELECT HASHBYTES('MD5', n) AS s FROM t"},
    {"TSQL3013", "SELECT RADIANS(p) AS s FROM t"},
    {"TSQL3014", "SELECT i FROM t TABLESAMPLE (10 PERCENT)"},
    {"TSQL3014", "SELECT i FROM t WHERE CONTAINS(x, 'a')"},
    {"TSQL3014", "SELECT i, COUNT(*) AS n FROM t GROUP BY ALL i"},
    {"TSQL3014", "SELECT NEXT VALUE FOR s AS n FROM t"},
    {"TSQL3015", "SELECT ROUND(p, k) AS s FROM t"},
    {"TSQL3015", "SELECT DATEADD(fortnight, 1, d) AS s FROM t"},
    {"TSQL3015", "SELECT PATINDEX(n, x) AS s FROM t"},
    {"TSQL3015", "SELECT RAND(5) AS s FROM t"},
    {"TSQL3015", "SELECT JSON_VALUE(x, 'strict $.a') AS s FROM t"},
    {"TSQL3015", "SELECT d AT TIME ZONE x AS s FROM t"},
    {"TSQL3016", "SELECT i FROM t FOR SYSTEM_TIME ALL"},
    {"TSQL3017", "SELECT CONVERT(varchar(30), d, 130) AS s FROM t"},
    {"TSQL3017", "SELECT FORMAT(p, 'C') AS s FROM t"},
    {"TSQL3018", "SELECT i FROM far.other.dbo.t"},
    {"TSQL3019", "SELECT x, (SELECT MAX(u.x) + t.x FROM u) AS n FROM t GROUP BY x"},
    {"TSQL3019", "SELECT x, (SELECT COUNT(*) FROM u WHERE u.x = t.x) AS n FROM t GROUP BY ROLLUP (x)"},
    {"TSQL3020", "SELECT LEN(x, x) AS s FROM t"},
    {"TSQL3020", "SELECT LEFT(x, -1) AS s FROM t"},
    {"TSQL3020", "SELECT SUM(x) AS s FROM t"},
    {"TSQL3020", "SELECT DATEPART(hour, e) AS s FROM t"},
    {"TSQL3020", "SELECT RANK() AS s FROM t"},
    {"TSQL3020", "SELECT i FROM t UNION ALL SELECT i, x FROM u"},
    {"TSQL3023", "SELECT s FROM broken"},
    {"TSQL3023", "SELECT b FROM loop_a"},
    {"TSQL3024", "SELECT t.*, u.* FROM t CROSS JOIN u"},
    {"TSQL3024", "SELECT d.k FROM (SELECT i, k, i FROM t) AS d"},
    {"TSQL3024", "WITH c AS (SELECT i, x AS I, k FROM t) SELECT k FROM c"},
};

TEST(Diagnostics, WhatIsNotTranslatedIsNamedAndGivesNoSql) {
    for (auto const& [code, query] : said) {
        if (code[4] != '3') continue;
        auto const translation = translated(query);
        EXPECT_EQ(translation.fidelity, Fidelity::not_translated) << query << '\n' << translation.sql;
        EXPECT_EQ(translation.sql, "") << query;
        EXPECT_EQ(codes_of(translation).count(code), 1U) << query;
    }
}

TEST(Diagnostics, WhatMayDifferIsTranslatedWithANote) {
    for (auto const& [code, query] : said) {
        if (code[4] == '3') continue;
        auto const translation = translated(query);
        auto const least = code.starts_with("TSQL22")   ? Fidelity::needs_review
                           : code.starts_with("TSQL21") ? Fidelity::equal_with_note
                                                        : Fidelity::exact;
        EXPECT_TRUE(translation.is_translated()) << query;
        EXPECT_GE(translation.fidelity, least) << query;
        EXPECT_EQ(codes_of(translation).count(code), 1U) << query;
    }
}

TEST(Diagnostics, TheSameQueryWithoutItsCornerIsExact) {
    for (std::string_view const query :
         {"SELECT i FROM t WHERE i = 1", "SELECT i / 2 AS q FROM t", "SELECT TOP 3 i FROM t ORDER BY i",
          "SELECT t.i FROM t INNER JOIN u ON u.i = t.i", "SELECT LEFT(x, 3) AS x FROM t",
          "SELECT i FROM t GROUP BY i"}) {
        auto const translation = translated(query);
        EXPECT_EQ(translation.fidelity, Fidelity::exact) << query;
        EXPECT_TRUE(translation.diagnostics.empty()) << query;
    }
}

TEST(Diagnostics, TheMethodAndItsPathAreNamed) {
    auto const translation = translated(
        "SELECT m.value('declare namespace p=\"urn:p\"; (/p:a/p:b)[1]', 'int') AS s, t.i FROM t CROSS APPLY "
        "t.m.nodes('/a') AS n (item)");
    std::string messages;
    for (auto const& diagnostic : translation.diagnostics) messages += diagnostic.message + '\n';
    EXPECT_EQ(messages, ".value('(/p:a/p:b)[1]') is not translated\n.nodes('/a') is not translated\n");
}

// No text, too large a text and too many columns do not come from a short query; rows have their own tests.
TEST(Diagnostics, EveryCodeIsSaidBySomeQuery) {
    std::set<std::string_view> seen{codes::no_text.code, codes::too_large.code, codes::too_many_columns.code,
                                    codes::not_a_constant.code};
    for (auto const& [code, query] : said) seen.insert(code);
    for (auto const* code : diagnostic_codes()) EXPECT_EQ(seen.count(code->code), 1U) << code->code;
}

}  // namespace
}  // namespace mainstay::translate
