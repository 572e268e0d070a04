// Names, literals, rows and the expressions of constraints. What queries give is in translate_cases_test.cpp.
#include "products/migrate/translate/translate.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mainstay::translate {
namespace {

catalog::Database read(std::string script) {
    return catalog::read_scripts({{"test.sql", std::move(script)}});
}

Translation translate_view(std::string script, Naming naming = {}) {
    auto const database = read(std::move(script));
    return Translator(database, std::move(naming)).view(database.views.at({"dbo", "v"}));
}

std::vector<std::string> codes_of(Translation const& translation) {
    std::vector<std::string> codes;
    for (auto const& diagnostic : translation.diagnostics) codes.emplace_back(diagnostic.code->code);
    return codes;
}

TEST(Naming, RelationsColumnsAndMadeUpNamesAreAskedFor) {
    Naming naming;
    naming.relation = [](catalog::ObjectName const& name) { return "{{ ref('stg_" + name.name + "') }}"; };
    naming.column = [](catalog::ObjectName const&, std::string_view column) { return "c_" + std::string(column); };
    naming.identifier = [](std::string_view name) { return "i_" + std::string(name); };
    auto const translation = translate_view(
        "CREATE TABLE t (a int, b int)\nGO\nCREATE VIEW v AS WITH w AS (SELECT a, b AS x FROM t) SELECT w.a, w.x + 1 "
        "AS y FROM w",
        naming);
    EXPECT_EQ(
        translation.sql,
        "with i_w as (\n    select\n        c_a as i_a,\n        c_b as i_x\n    from {{ ref('stg_t') }} as i_t\n)\n\n"
        "select\n    i_w.i_a,\n    i_w.i_x + 1 as i_y\nfrom i_w");
    ASSERT_EQ(translation.columns.size(), 2U);
    EXPECT_EQ(translation.columns[0].name, "i_a");
    EXPECT_EQ(translation.columns[0].source_name, "a");
    ASSERT_TRUE(translation.columns[0].origin.has_value());
    EXPECT_EQ(translation.columns[0].origin->column, "a");
    EXPECT_FALSE(translation.columns[1].origin.has_value());
    EXPECT_EQ(translation.sources, (std::vector<catalog::ObjectName>{{"dbo", "t"}}));
}

TEST(Naming, WordsOfDuckDbAreQuoted) {
    EXPECT_EQ(quote_identifier("select"), "\"select\"");
    EXPECT_EQ(quote_identifier("Order ID"), "\"Order ID\"");
    EXPECT_EQ(quote_identifier("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(quote_identifier("1st"), "\"1st\"");
    EXPECT_EQ(quote_identifier("order_id"), "order_id");
    EXPECT_EQ(quote_text("it's"), "'it''s'");
}

TEST(Translation, TheWorstPartDecidesTheClass) {
    std::string const table = "CREATE TABLE t (a int NOT NULL, x varchar(5) NOT NULL)\nGO\nCREATE VIEW v AS ";
    EXPECT_EQ(translate_view(table + "SELECT a FROM t WITH (NOLOCK)").fidelity, Fidelity::exact);
    EXPECT_EQ(translate_view(table + "SELECT a FROM t WHERE x = 'A'").fidelity, Fidelity::equal_with_note);
    EXPECT_EQ(translate_view(table + "SELECT TOP 1 a FROM t WHERE x = 'A'").fidelity, Fidelity::needs_review);
    auto const refused = translate_view(table + "SELECT TOP 1 SOUNDEX(x) AS s FROM t");
    EXPECT_EQ(refused.fidelity, Fidelity::not_translated);
    EXPECT_EQ(refused.sql, "");
    EXPECT_TRUE(refused.columns.empty());
}

TEST(Translation, ADiagnosticHasItsPlace) {
    auto const translation =
        translate_view("CREATE TABLE t (a int)\nGO\nCREATE VIEW v AS\nSELECT a,\n       nosuch AS b\nFROM t");
    ASSERT_EQ(codes_of(translation), std::vector<std::string>{"TSQL3004"});
    EXPECT_EQ(translation.diagnostics[0].position.line, 5U);
    EXPECT_EQ(translation.diagnostics[0].position.column, 8U);
    EXPECT_EQ(translation.diagnostics[0].source_line, "       nosuch AS b");
}

TEST(Translation, AViewOverAViewThatFailsFailsWithItsReason) {
    auto const translation = translate_view(
        "CREATE TABLE t (a int)\nGO\nCREATE VIEW w AS SELECT SOUNDEX(a) AS s FROM t\nGO\nCREATE VIEW v AS SELECT s "
        "FROM w");
    EXPECT_EQ(codes_of(translation), std::vector<std::string>{"TSQL3023"});
}

TEST(Translation, ViewsThatReadEachOtherEnd) {
    auto const translation = translate_view("CREATE VIEW v AS SELECT a FROM w\nGO\nCREATE VIEW w AS SELECT a FROM v");
    EXPECT_EQ(translation.fidelity, Fidelity::not_translated);
}

TEST(Translation, DeepAndLongQueriesEnd) {
    std::string deep = "1";
    for (int i = 0; i < 150; ++i) deep = "(" + deep + " + 1)";
    EXPECT_TRUE(
        translate_view("CREATE TABLE t (a int)\nGO\nCREATE VIEW v AS SELECT " + deep + " AS n FROM t").is_translated());
    std::string unions = "SELECT a FROM t";
    for (int i = 0; i < 500; ++i) unions += " UNION ALL SELECT a FROM t";
    EXPECT_TRUE(translate_view("CREATE TABLE t (a int)\nGO\nCREATE VIEW v AS " + unions).is_translated());
}

TEST(Translation, ColumnsThatDoubleWithEachViewEndAtTheFirst) {
    std::string script = "CREATE TABLE v0 (a int)";
    for (int i = 1; i <= 25; ++i) {
        auto const below = std::to_string(i - 1);
        script += "\nGO\nCREATE VIEW v" + std::to_string(i) + " AS SELECT x.*, y.* FROM v" + below + " x CROSS JOIN v" +
                  below + " y";
    }
    auto const database = read(script);
    Translator translator(database);
    EXPECT_EQ(codes_of(translator.view(database.views.at({"dbo", "v25"}))).front(), "TSQL3023");
    EXPECT_EQ(codes_of(translator.view(database.views.at({"dbo", "v1"}))), std::vector<std::string>{"TSQL3024"});
}

TEST(Translation, ColumnsAreTakenUpToTheLimitsOfSqlServer) {
    auto const view_of = [](std::size_t columns, std::string const& before, std::string const& behind) {
        std::string list;
        for (std::size_t i = 0; i < columns; ++i) list += (i == 0 ? "1 AS c" : ", 1 AS c") + std::to_string(i);
        return codes_of(translate_view("CREATE VIEW v AS " + before + "SELECT " + list + behind));
    };
    EXPECT_EQ(view_of(max_view_columns, "", ""), std::vector<std::string>{});
    EXPECT_EQ(view_of(max_view_columns + 1, "", ""), std::vector<std::string>{"TSQL3025"});
    EXPECT_EQ(view_of(max_select_columns, "SELECT c0 FROM (", ") AS d"), std::vector<std::string>{});
    EXPECT_EQ(view_of(max_select_columns + 1, "SELECT c0 FROM (", ") AS d"), std::vector<std::string>{"TSQL3025"});
    // * is counted before its columns are made.
    EXPECT_EQ(view_of(max_select_columns, "SELECT 1 AS one WHERE EXISTS (SELECT TOP 1 d.*, d.* FROM (", ") AS d)"),
              std::vector<std::string>{"TSQL2202"});
    EXPECT_EQ(view_of(max_select_columns, "SELECT 1 AS one WHERE 1 IN (SELECT d.*, d.* FROM (", ") AS d)"),
              std::vector<std::string>{"TSQL3025"});
}

TEST(Translation, FunctionsThatCallEachOtherTwiceEnd) {
    std::string script = "CREATE TABLE t (a int)\nGO\nCREATE FUNCTION f0 (@x int) RETURNS int AS BEGIN RETURN @x END";
    std::string rows = "\nGO\nCREATE FUNCTION g0 () RETURNS TABLE AS RETURN SELECT a FROM t";
    for (int i = 1; i <= 40; ++i) {
        auto const own = std::to_string(i);
        auto const below = std::to_string(i - 1);
        script += "\nGO\nCREATE FUNCTION f" + own + " (@x int) RETURNS int AS BEGIN RETURN dbo.f" + below +
                  "(1) + dbo.f" + below + "(2) END";
        rows += "\nGO\nCREATE FUNCTION g" + own + " () RETURNS TABLE AS RETURN SELECT x.a FROM dbo.g" + below +
                "() AS x CROSS JOIN dbo.g" + below + "() AS y";
    }
    auto const large = [](std::string const& query) {
        auto const codes = codes_of(translate_view(query));
        return std::count(codes.begin(), codes.end(), "TSQL3002");
    };
    EXPECT_EQ(large(script + "\nGO\nCREATE VIEW v AS SELECT dbo.f40(a) AS n FROM t"), 1);
    EXPECT_EQ(large(script + rows + "\nGO\nCREATE VIEW v AS SELECT g.a FROM dbo.g40() AS g"), 1);
    // A parameter that stands twice in its body.
    std::string call = "a";
    for (int i = 0; i < 60; ++i) call = "dbo.twice(" + call + ")";
    EXPECT_EQ(large("CREATE TABLE t (a int)\nGO\nCREATE FUNCTION twice (@x int) RETURNS int AS BEGIN RETURN @x + @x "
                    "END\nGO\nCREATE VIEW v AS SELECT " +
                    call + " AS n FROM t"),
              1);
}

TEST(Translation, VariablesAndTemporaryTablesComeFromTheirSurroundings) {
    auto const database =
        read("CREATE TABLE t (a int)\nGO\nSELECT t.a, w.b FROM t JOIN #w AS w ON w.b = t.a WHERE t.a > @least");
    auto const& script = *database.sources.front();
    tsql::Query const* query = nullptr;
    tsql::for_each_statement(script, [&](tsql::Statement const& statement) {
        if (auto const* select = tsql::as<tsql::SelectStatement>(&statement)) query = select->query;
    });
    ASSERT_NE(query, nullptr);
    Translator translator(database);
    EXPECT_EQ(translator.query(script, *query).fidelity, Fidelity::not_translated);
    Surroundings surroundings;
    catalog::Type integer;
    integer.name = "int";
    surroundings.variables["@LEAST"] = {"{{ var('least') }}", integer};
    surroundings.tables["#w"] = {"{{ ref('int_w') }}", {{"b", "b", integer, false, "integer", {}}}};
    auto const translation = translator.query(script, *query, surroundings);
    EXPECT_EQ(translation.sql,
              "select\n    t.a,\n    w.b\nfrom dbo.t as t\ninner join {{ ref('int_w') }} as w\n    on w.b = t.a\nwhere "
              "t.a > {{ var('least') }}");
}

TEST(Constraints, ConditionsAreOverTheTablesOwnColumns) {
    auto const database = read(
        "CREATE TABLE t (k varchar(5), a int, b int, CHECK (k IN ('X', 'y') AND a < b), CHECK (k LIKE 'v[0-9]'), c AS "
        "(a * 2))");
    auto const& table = database.tables.at({"dbo", "t"});
    Translator translator(database);
    auto const first = translator.condition(table, *table.constraints[0].script, *table.constraints[0].check);
    EXPECT_EQ(first.sql, "lower(rtrim(k, ' ')) in ('x', 'y')\nand a < b");
    auto const second = translator.condition(table, *table.constraints[1].script, *table.constraints[1].check);
    EXPECT_EQ(second.sql, "regexp_full_match(rtrim(k, ' '), '(?is)v[0-9]')");
    auto const& computed = table.columns[3];
    auto const value = translator.value(table, *computed.computed_script, *computed.computed);
    EXPECT_EQ(value.sql, "a * 2");
    EXPECT_EQ(catalog::to_string(value.type), "int");
    EXPECT_EQ(translator.columns(table.name)[3].duckdb_type, "integer");
}

TEST(Types, EachHasItsTypeAndSaysWhatItLoses) {
    auto const type_of = [](std::string const& written) {
        auto const database = read("CREATE TABLE t (a " + written + ")");
        return duckdb_type(database.tables.at({"dbo", "t"}).columns[0].type);
    };
    EXPECT_EQ(type_of("decimal(10, 2)").name, "decimal(10, 2)");
    EXPECT_EQ(type_of("money").name, "decimal(19, 4)");
    EXPECT_EQ(type_of("tinyint").name, "utinyint");
    EXPECT_EQ(type_of("nvarchar(max)").name, "varchar");
    EXPECT_EQ(type_of("bit").name, "boolean");
    EXPECT_EQ(type_of("float").name, "double");
    EXPECT_EQ(type_of("float(10)").name, "float");
    EXPECT_EQ(type_of("datetime2(3)").note, nullptr);
    ASSERT_NE(type_of("datetime2").note, nullptr);
    EXPECT_EQ(type_of("datetime2").note->code, "TSQL2106");
    EXPECT_EQ(type_of("geography").note->code, "TSQL2205");
}

std::vector<std::vector<Cell>> rows_of(catalog::Database const& database, std::string const& table) {
    auto const rows = insert_rows(database, database.tables.at({"dbo", table}), "2024-05-06 07:08:09");
    for (auto const& diagnostic : rows.diagnostics) ADD_FAILURE() << tsql::render(diagnostic);
    return rows.rows;
}

TEST(Rows, ValuesTakeTheTypesOfTheirColumns) {
    auto const database = read(
        R"(CREATE TABLE t (b bit, i int, d decimal(5, 2), m money, c char(4), v varchar(5), n nvarchar(9), y date, z datetime, w time(0), x varbinary(4), f float)
INSERT t VALUES ('TRUE', 2.9, 1.005, $12.5, 'ab', 5, N'Ö''x', '20240131', '31 Jan 2024 10:00', '09:30', 0xAB0, -1.5e3))");
    EXPECT_EQ(rows_of(database, "t"),
              (std::vector<std::vector<Cell>>{{"true", "2", "1.01", "12.5000", "ab  ", "5", "Ö'x", "2024-01-31",
                                               "2024-01-31 10:00:00", "09:30:00", "\\x0A\\xB0", "-1.5e3"}}));
}

TEST(Rows, IdentityDefaultsAndComputedColumnsAreTheTables) {
    auto const database = read(R"(CREATE SEQUENCE s START WITH 100 INCREMENT BY 5
CREATE TABLE t (id int IDENTITY(10, 10), a int DEFAULT (7), b AS (a + 1), c datetime DEFAULT GETDATE(), s int DEFAULT (NEXT VALUE FOR s), u varchar(3))
INSERT t (u) VALUES ('x')
SET IDENTITY_INSERT t ON
INSERT t (id, a, u) VALUES (50, DEFAULT, NULL)
INSERT t DEFAULT VALUES)");
    auto const rows = insert_rows(database, database.tables.at({"dbo", "t"}), "2024-05-06 07:08:09");
    EXPECT_EQ(rows.columns, (std::vector<std::string>{"id", "a", "c", "s", "u"}));
    EXPECT_EQ(rows.rows, (std::vector<std::vector<Cell>>{{"10", "7", "2024-05-06 07:08:09", "100", "x"},
                                                         {"50", "7", "2024-05-06 07:08:09", "105", std::nullopt},
                                                         {"60", "7", "2024-05-06 07:08:09", "110", std::nullopt}}));
}

TEST(Rows, SimpleExpressionsAreWorkedOut) {
    auto const database = read(R"(CREATE TABLE t (a int, b varchar(20), c date, d datetime2(0))
INSERT t SELECT (2 + 3) * -4, 'a' + 'b', DATEADD(month, 1, '20240131'), CONVERT(datetime, '25/12/2023 10:30', 103)
INSERT t VALUES (7 / 2, CAST('long text' AS varchar(4)), {d '1990-12-31'}, CAST(0 AS datetime)))");
    EXPECT_EQ(rows_of(database, "t"),
              (std::vector<std::vector<Cell>>{{"-20", "ab", "2024-02-29", "2023-12-25 10:30:00"},
                                              {"3", "long", "1990-12-31", "1900-01-01 00:00:00"}}));
}

TEST(Rows, WhatNeedsAServerIsNamedAndLeftOut) {
    auto const database =
        read("CREATE TABLE t (a int, b varchar(9))\nINSERT t VALUES (1, 'ok'), ((SELECT 1), 'no'), ('x', 'no')");
    auto const rows = insert_rows(database, database.tables.at({"dbo", "t"}));
    EXPECT_EQ(rows.rows.size(), 1U);
    ASSERT_EQ(rows.diagnostics.size(), 2U);
    EXPECT_EQ(rows.diagnostics[0].code->code, "TSQL3021");
    EXPECT_EQ(rows.diagnostics[0].position.line, 2U);
}

TEST(Rows, NewIdentifiersAreTheSameInEveryRun) {
    auto const database =
        read("CREATE TABLE t (g uniqueidentifier DEFAULT NEWID(), a int)\nINSERT t (a) VALUES (1), (2)");
    auto const rows = rows_of(database, "t");
    EXPECT_EQ(rows, rows_of(database, "t"));
    EXPECT_NE(rows[0][0], rows[1][0]);
}

TEST(Codes, RiseAndSayWhatToDo) {
    std::string_view last;
    for (auto const* code : diagnostic_codes()) {
        EXPECT_LT(last, code->code);
        EXPECT_FALSE(code->explanation.empty());
        EXPECT_FALSE(code->help.empty());
        bool const is_error = code->code[4] == '3';
        EXPECT_EQ(is_error, code->severity == tsql::Severity::error) << code->code;
        EXPECT_EQ(code->code.starts_with("TSQL22"), code->severity == tsql::Severity::warning) << code->code;
        last = code->code;
    }
}

}  // namespace
}  // namespace mainstay::translate
