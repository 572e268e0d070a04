#include "products/migrate/catalog/catalog.hpp"

#include "base/fault.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace mainstay::catalog {
namespace {

std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Database read(std::string text) {
    return read_scripts({{"test.sql", std::move(text)}});
}

std::size_t count_diagnostics(Database const& database, std::string_view code) {
    return static_cast<std::size_t>(
        std::count_if(database.diagnostics.begin(), database.diagnostics.end(),
                      [&](tsql::Diagnostic const& diagnostic) { return diagnostic.code->code == code; }));
}

std::size_t count_modules(Database const& database, ModuleKind kind) {
    return static_cast<std::size_t>(std::count_if(database.modules.begin(), database.modules.end(),
                                                  [&](auto const& item) { return item.second.kind == kind; }));
}

std::size_t count_constraints(Database const& database, ConstraintKind kind) {
    std::size_t count = 0;
    for (auto const& [name, table] : database.tables)
        for (auto const& constraint : table.constraints) count += constraint.kind == kind ? 1 : 0;
    return count;
}

TEST(Unread, AnObjectWhoseStatementIsBrokenIsKeptWithItsReason) {
    auto const database = read(
        "CREATE TABLE t (a int)\nGO\nCREATE VIEW v AS SELECT a FROM FROM t\nGO\nCREATE OR ALTER VIEW Sales.[deep one] "
        "AS SELECT " +
        std::string(tsql::max_nesting + 1, '(') + '1' + std::string(tsql::max_nesting + 1, ')') +
        " AS a\nGO\nCREATE TABLE shop..u (a int,, b int)\nGO\nCREATE PROC p @a AS SELECT 1\nGO\nCREATE FUNCTION f (@a "
        "int RETURNS int AS BEGIN RETURN 1 END\nGO\nCREATE TRIGGER r ON ON t AFTER INSERT AS SELECT 1\nGO\nCREATE "
        "TABLE #local (a int,, b int)\nGO\nCREATE VIEW\nGO\nCREATE VIEW w AS SELECT FROM t\nGO\nCREATE VIEW w AS "
        "SELECT a FROM t");
    std::string kept;
    for (auto const& [name, unread] : database.unread)
        kept += unread.kind + ' ' + to_string(name) + ' ' + std::to_string(unread.position.line) + ' ' +
                unread.reason.substr(0, unread.reason.find(':')) + '\n';
    EXPECT_EQ(kept,
              "function dbo.f 11 TSQL1201\nprocedure dbo.p 9 TSQL1201\ntrigger dbo.r 13 TSQL1201\n"
              "table dbo.u 7 TSQL1201\nview dbo.v 3 TSQL1201\nview Sales.deep one 5 TSQL1203\n");
    EXPECT_EQ(database.unread.at({"dbo", "v"}).reason, "TSQL1201: expected a table, found \"FROM\"");
    EXPECT_EQ(database.unread.at({"dbo", "v"}).file, "test.sql");
    EXPECT_EQ(database.views.size(), 1U);
    EXPECT_EQ(database.tables.size(), 1U);
}

// The numbers of examples/retail/expected.json, which another program counts.
TEST(Retail, EveryObjectIsInTheCatalogOnce) {
    auto const database =
        read_scripts({{"retail.sql", read_file(std::filesystem::path(MAINSTAY_EXAMPLES) / "retail" / "retail.sql")}});
    EXPECT_EQ(database.name, "HarbourVale");
    EXPECT_EQ(database.collation, "Latin1_General_100_CI_AS");
    EXPECT_EQ(database.tables.size(), 33U);
    std::size_t columns = 0, rows = 0, defaults = 0, described_tables = 0, described_columns = 0;
    for (auto const& [name, table] : database.tables) {
        columns += table.columns.size();
        described_tables += table.description.empty() ? 0 : 1;
        for (auto const& column : table.columns) {
            defaults += column.default_value != nullptr ? 1 : 0;
            described_columns += column.description.empty() ? 0 : 1;
        }
    }
    for (auto const& [name, blocks] : database.rows)
        for (auto const& block : blocks) rows += block.values.size();
    EXPECT_EQ(columns, 257U);
    EXPECT_EQ(rows, 2106U);
    EXPECT_EQ(defaults, 50U);
    EXPECT_EQ(described_tables, 33U);
    EXPECT_EQ(described_columns, 55U);
    EXPECT_EQ(database.views.size(), 18U);
    EXPECT_EQ(database.schemas.size(), 4U);
    EXPECT_EQ(count_modules(database, ModuleKind::procedure), 11U);
    EXPECT_EQ(count_modules(database, ModuleKind::trigger), 3U);
    EXPECT_EQ(count_modules(database, ModuleKind::type), 3U);
    EXPECT_EQ(count_modules(database, ModuleKind::synonym), 1U);
    EXPECT_EQ(count_modules(database, ModuleKind::sequence), 1U);
    EXPECT_EQ(count_constraints(database, ConstraintKind::primary_key), 31U);
    EXPECT_EQ(count_constraints(database, ConstraintKind::unique), 16U);
    EXPECT_EQ(count_constraints(database, ConstraintKind::foreign_key), 43U);
    EXPECT_EQ(count_constraints(database, ConstraintKind::check), 44U);
    EXPECT_EQ(database.statements.broken, 0U);
    EXPECT_EQ(database.statements.used + database.statements.no_place + database.statements.skipped,
              database.sources.front()->counts.statements);
    for (auto const& [name, view] : database.views) EXPECT_NE(view.query, nullptr) << to_string(name);
}

TEST(Catalog, NamesAreFoundWithoutRegardToCase) {
    auto const database = read("CREATE TABLE Sales.[Order Details] (Id int NOT NULL PRIMARY KEY, Note varchar)");
    auto const found = database.tables.find(ObjectName{"SALES", "order details"});
    ASSERT_NE(found, database.tables.end());
    EXPECT_EQ(to_string(found->first), "Sales.Order Details");
    EXPECT_EQ(to_string(found->second.find_column("note")->type), "varchar(1)");
    EXPECT_EQ(found->second.primary_key()->columns, std::vector<std::string>{"Id"});
}

TEST(Catalog, AliasTypesStandForTheirBase) {
    auto const database =
        read("CREATE TYPE dbo.Email FROM nvarchar(120) NULL;\nGO\nCREATE TABLE t (e dbo.Email, n Email)");
    auto const& table = database.tables.at({"dbo", "t"});
    EXPECT_EQ(to_string(table.columns[0].type), "nvarchar(120)");
    EXPECT_EQ(table.columns[0].type.alias, "dbo.Email");
    EXPECT_EQ(to_string(table.columns[1].type), "nvarchar(120)");
}

TEST(Catalog, LaterStatementsCompleteTables) {
    auto const database = read(R"(
CREATE TABLE a (id int IDENTITY(100, 10), b int)
ALTER TABLE a WITH NOCHECK ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES c (id), d datetime2(3) NULL
ALTER TABLE a ADD CONSTRAINT df DEFAULT ((5)) FOR b
ALTER TABLE a ADD CONSTRAINT ck CHECK (b > 0 AND B < d)
ALTER TABLE a NOCHECK CONSTRAINT ck
)");
    auto const& table = database.tables.at({"dbo", "a"});
    ASSERT_EQ(table.columns.size(), 3U);
    EXPECT_TRUE(table.columns[0].is_identity);
    EXPECT_EQ(table.columns[0].identity_seed, 100);
    EXPECT_EQ(table.columns[0].identity_increment, 10);
    EXPECT_EQ(table.columns[1].default_sql, "5");
    ASSERT_EQ(table.constraints.size(), 2U);
    EXPECT_FALSE(table.constraints[0].is_trusted);
    EXPECT_TRUE(table.constraints[0].is_enabled);
    EXPECT_FALSE(table.constraints[1].is_trusted);
    EXPECT_FALSE(table.constraints[1].is_enabled);
    EXPECT_EQ(table.constraints[1].columns, (std::vector<std::string>{"b", "d"}));
}

TEST(Catalog, TemporaryTablesAreNotObjects) {
    auto const database = read("CREATE TABLE #t (a int)\nINSERT #t VALUES (1)");
    EXPECT_TRUE(database.tables.empty());
    EXPECT_TRUE(database.rows.empty());
    EXPECT_EQ(database.statements.no_place, 2U);
}

TEST(Catalog, TemporalTablesHaveAHistoryEvenWhenNoStatementMakesIt) {
    auto const database =
        read(R"(CREATE TABLE p (id int NOT NULL PRIMARY KEY, f datetime2 GENERATED ALWAYS AS ROW START,
 t datetime2 GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (f, t)) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [x].[ph])))");
    ASSERT_EQ(database.tables.size(), 2U);
    EXPECT_EQ(database.tables.at({"dbo", "p"}).history, (ObjectName{"x", "ph"}));
    auto const& history = database.tables.at({"x", "ph"});
    EXPECT_EQ(history.history_of, (ObjectName{"dbo", "p"}));
    EXPECT_TRUE(history.constraints.empty());
    EXPECT_EQ(history.columns.size(), 3U);
}

TEST(Catalog, ViewsKnowWhatTheyReadWhateverTheOrder) {
    auto const database = read(R"(
CREATE VIEW v AS WITH w AS (SELECT a FROM later) SELECT w.a, dbo.f(w.a) x FROM w JOIN syn ON 1 = 1
GO
CREATE TABLE t (a int)
CREATE SYNONYM syn FOR dbo.t
GO
CREATE FUNCTION dbo.f (@a int) RETURNS int AS BEGIN RETURN @a END
GO
CREATE VIEW later AS SELECT a FROM T
GO
CREATE OR ALTER VIEW later AS SELECT a AS b FROM T
)");
    auto const& view = database.views.at({"dbo", "v"});
    EXPECT_EQ(view.uses, (std::vector<ObjectName>{{"dbo", "later"}, {"dbo", "t"}, {"dbo", "f"}}));
    EXPECT_EQ(database.views.at({"dbo", "LATER"}).uses, (std::vector<ObjectName>{{"dbo", "t"}}));
    EXPECT_EQ(database.views.at({"dbo", "later"}).definition, "SELECT a AS b FROM T");
    EXPECT_EQ(count_diagnostics(database, "TSQL1501"), 0U);
}

TEST(Catalog, RowsAreFoundInBlocksAndBehindIf) {
    auto const database = read(R"(CREATE TABLE t (a int)
IF NOT EXISTS (SELECT 1 FROM t) BEGIN INSERT t VALUES (1), (2) END
INSERT INTO t (a) SELECT 3 UNION ALL SELECT 4
INSERT INTO t SELECT a FROM t)");
    auto const& blocks = database.rows.at({"dbo", "t"});
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0].values.size(), 2U);
    EXPECT_EQ(blocks[1].values.size(), 2U);
    EXPECT_EQ(count_diagnostics(database, "TSQL1504"), 1U);
}

TEST(Catalog, WhatIsWrongIsSaidWithItsPlace) {
    auto const database = read("CREATE TABLE t (a nothing.known)\nGO\nCREATE TABLE T (a int)\nINSERT u VALUES (1)");
    EXPECT_EQ(count_diagnostics(database, "TSQL1501"), 1U);
    EXPECT_EQ(count_diagnostics(database, "TSQL1502"), 1U);
    EXPECT_EQ(count_diagnostics(database, "TSQL1505"), 1U);
    EXPECT_EQ(database.tables.size(), 1U);
}

TEST(Catalog, BodiesOfModulesAreSearchedForWhatTheyUse) {
    auto const database = read(R"(CREATE TABLE s.t (a int)
GO
CREATE TABLE u (a int)
GO
CREATE PROCEDURE p AS BEGIN /* FROM u */ UPDATE s.t SET a = 1; PRINT 'FROM u'; EXEC dbo.q END
GO
CREATE PROC q AS SELECT a FROM [u])");
    EXPECT_EQ(database.modules.at({"dbo", "p"}).uses, (std::vector<ObjectName>{{"s", "t"}, {"dbo", "q"}}));
    EXPECT_EQ(database.modules.at({"dbo", "q"}).uses, (std::vector<ObjectName>{{"dbo", "u"}}));
}

TEST(Metadata, TheFirstShapeListsViewsWithoutTheirText) {
    auto const database = read_metadata(R"({"tables":[
 {"schema":"dbo","name":"a","object_type":"USER_TABLE","columns":[{"name":"id","data_type":"int","is_nullable":false,"max_length":4,
  "precision":10,"scale":0,"default_value":null},{"name":"t","data_type":"nvarchar","is_nullable":true,"max_length":100},
  {"name":"d","data_type":"decimal","is_nullable":true,"max_length":9,"precision":12,"scale":3},
  {"name":"m","data_type":"datetime2","max_length":8,"precision":27,"scale":7}],"row_count":5,"dependencies":[],"extra":1},
 {"schema":"dbo","name":"v","object_type":"VIEW","columns":[{"name":"id","data_type":"int"}],"row_count":null,"dependencies":["dbo.a"]}],
 "stored_procedures":[{"schema":"dbo","name":"p","definition":"CREATE PROC p AS SELECT id FROM a","parameters":[],"dependencies":["dbo.a"]}],
 "dependencies":[],"summary":{"tables":1}})");
    auto const& table = database.tables.at({"dbo", "a"});
    EXPECT_EQ(to_string(table.columns[1].type), "nvarchar(50)");
    EXPECT_EQ(to_string(table.columns[2].type), "decimal(12,3)");
    EXPECT_EQ(to_string(table.columns[3].type), "datetime2(7)");
    EXPECT_EQ(table.row_count, 5);
    auto const& view = database.views.at({"dbo", "v"});
    EXPECT_EQ(view.query, nullptr);
    EXPECT_EQ(view.columns.size(), 1U);
    EXPECT_EQ(view.uses, (std::vector<ObjectName>{{"dbo", "a"}}));
    EXPECT_EQ(count_diagnostics(database, "TSQL1506"), 1U);
    EXPECT_EQ(database.modules.at({"dbo", "p"}).uses, (std::vector<ObjectName>{{"dbo", "a"}}));
}

TEST(Metadata, TheSecondShapeHasDefinitionsKeysAndIndexes) {
    auto const database = read_metadata(R"({"tables":[
 {"schema":"s","name":"a","columns":[{"name":"id","data_type":"int","is_nullable":false,"is_primary_key":true,"description":"The key."}]},
 {"schema":"s","name":"b","columns":[{"name":"x","data_type":"int"},{"name":"y","data_type":"int"}]}],
 "views":[{"schema":"s","name":"v","definition":"CREATE VIEW s.v AS SELECT id FROM s.a"},{"schema":"s","name":"w","definition":"SELECT x FROM s.b"},
          {"schema":"s","name":"broken","definition":"CREATE VIEW s.broken AS SELEC"}],
 "foreign_keys":[{"name":"fk","source_schema":"s","source_table":"b","source_column":"x","target_schema":"s","target_table":"a","target_column":"id"},
                 {"name":"fk","source_schema":"s","source_table":"b","source_column":"y","target_schema":"s","target_table":"a","target_column":"id"}],
 "indexes":[{"name":"u","schema":"s","table_name":"b","columns":["y"],"is_unique":true,"is_primary_key":false,"is_clustered":false}]})");
    EXPECT_EQ(database.tables.at({"s", "a"}).primary_key()->columns, std::vector<std::string>{"id"});
    EXPECT_EQ(database.tables.at({"s", "a"}).columns[0].description, "The key.");
    auto const& b = database.tables.at({"s", "b"});
    ASSERT_EQ(b.constraints.size(), 1U);
    EXPECT_EQ(b.constraints[0].columns, (std::vector<std::string>{"x", "y"}));
    ASSERT_EQ(b.indexes.size(), 1U);
    EXPECT_TRUE(b.indexes[0].is_unique);
    EXPECT_EQ(database.views.size(), 3U);
    EXPECT_EQ(database.views.at({"s", "v"}).uses, (std::vector<ObjectName>{{"s", "a"}}));
    EXPECT_NE(database.views.at({"s", "w"}).query, nullptr);
    EXPECT_EQ(database.views.at({"s", "broken"}).query, nullptr);
    EXPECT_EQ(count_diagnostics(database, "TSQL1507"), 1U);
}

TEST(Metadata, EveryFaultHasItsPointer) {
    try {
        read_metadata(R"({"tables":[{"schema":1,"name":"a","columns":[{"name":"x"}]}]})");
        FAIL();
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "invalid_input");
        ASSERT_EQ(fault.problems().size(), 2U);
        EXPECT_EQ(fault.problems()[0].pointer, "/tables/0/schema");
        EXPECT_EQ(fault.problems()[1].pointer, "/tables/0/columns/0/data_type");
    }
}

TEST(DiagnosticCodes, RiseAndSayWhatToDo) {
    std::string_view last;
    for (auto const* code : diagnostic_codes()) {
        EXPECT_LT(last, code->code);
        EXPECT_FALSE(code->help.empty());
        last = code->code;
    }
}

}  // namespace
}  // namespace mainstay::catalog
