#include "kernel/storage/schema_rules.hpp"
#include "kernel/storage/migration_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mainstay {
namespace {

using testing::HasSubstr;

TableShape tickets() {
    return {.name = "tickets",
            .columns = {"id", "tenant_id", "title"},
            .primary_key = {"tenant_id", "id"},
            .indexes = {{"tickets_title", {"tenant_id", "title"}}}};
}
TableShape comments() {
    return {.name = "comments",
            .columns = {"tenant_id", "id", "ticket_id"},
            .primary_key = {"tenant_id", "id"},
            .foreign_keys = {{{"tenant_id", "ticket_id"}, "tickets", {"tenant_id", "id"}}}};
}
TableShape tenants() {
    return {.name = "tenants", .columns = {"id"}, .primary_key = {"id"}};
}

std::string why(std::vector<TableShape> const& tables,
                std::set<std::string, std::less<>> const& globals = {"tenants"}) {
    return refusal(tables, globals).value_or("");
}

TEST(SchemaRules, LetTenantTablesAndDeclaredGlobalsPass) {
    auto with_tenant_key = tickets();
    with_tenant_key.foreign_keys.push_back({{"tenant_id"}, "tenants", {"id"}});
    EXPECT_EQ(why({with_tenant_key, comments(), tenants()}), "");
    EXPECT_EQ(why({{.name = "migrations", .columns = {"module"}}}), "");
}

TEST(SchemaRules, RefuseKeysAndIndexesThatDoNotBeginWithTheTenant) {
    auto table = tickets();
    table.primary_key = {"id", "tenant_id"};
    EXPECT_EQ(why({table}), "tickets: its primary key does not begin with tenant_id");
    table.primary_key = {};
    EXPECT_EQ(why({table}), "tickets: its primary key does not begin with tenant_id");
    table = tickets();
    table.indexes.push_back({"by_title", {"title", "tenant_id"}});
    EXPECT_EQ(why({table}), "tickets: its index by_title does not begin with tenant_id");
    table.indexes.back() = {"by_expression", {""}};
    EXPECT_THAT(why({table}), HasSubstr("by_expression"));
}

TEST(SchemaRules, RefuseForeignKeysThatCouldCrossTenants) {
    auto table = comments();
    table.foreign_keys = {{{"ticket_id"}, "tickets", {"id"}}};
    EXPECT_THAT(why({tickets(), table}), HasSubstr("comments: its foreign key to tickets"));
    table.foreign_keys = {{{"ticket_id", "tenant_id"}, "tickets", {"tenant_id", "id"}}};
    EXPECT_THAT(why({tickets(), table}), HasSubstr("comments: its foreign key to tickets"));
    auto global = tenants();
    global.foreign_keys = {{{"id"}, "tickets", {"id"}}};
    EXPECT_THAT(why({tickets(), global}), HasSubstr("may not refer to tickets"));
}

TEST(SchemaRules, RefuseWhatIsGlobalWithoutSayingSo) {
    EXPECT_THAT(why({tenants()}, {}), HasSubstr("tenants: it has no tenant_id and no line"));
    EXPECT_THAT(why({tickets()}, {"tickets"}), HasSubstr("is declared global and has a tenant_id"));
}

TEST(SchemaRules, RefuseViewsAndUndeclaredVirtualTables) {
    EXPECT_THAT(why({{.name = "v", .kind = TableShape::Kind::view, .columns = {"tenant_id"}}}), HasSubstr("views"));
    TableShape search{.name = "s", .kind = TableShape::Kind::virtual_table, .columns = {"tenant_id", "text"}};
    EXPECT_THAT(why({search}), HasSubstr("virtual table"));
    search.columns = {"text"};
    EXPECT_EQ(why({search}, {"s"}), "");
}

std::vector<MigrationStatement> sqlite_statements(std::string_view sql) {
    return statements_of({"m", 1, "0001_m", sql}, Database::Engine::sqlite);
}

TEST(MigrationText, KeepsTheLinesOfOneEngine) {
    constexpr std::string_view sql =
        "CREATE TABLE t (tenant_id TEXT\n  -- sqlite: , a TEXT);\n-- postgres: , b JSONB);\n";
    auto const sqlite = statements_of({"m", 1, "0001_m", sql}, Database::Engine::sqlite);
    auto const postgres = statements_of({"m", 1, "0001_m", sql}, Database::Engine::postgres);
    ASSERT_EQ(sqlite.size(), 1u);
    EXPECT_EQ(sqlite[0].text, "CREATE TABLE t (tenant_id TEXT\n , a TEXT)");
    ASSERT_EQ(postgres.size(), 1u);
    EXPECT_EQ(postgres[0].text, "CREATE TABLE t (tenant_id TEXT\n\n , b JSONB)");
}

TEST(MigrationText, ReadsWhichTablesAreGlobal) {
    auto const statements = sqlite_statements(
        "-- What tenants are.\n-- global: they are what all else belongs to\n\nCREATE TABLE IF NOT EXISTS \"tenants\" "
        "(id TEXT);\n"
        "CREATE TABLE t (tenant_id TEXT); -- global\n-- sqlite: -- global: it is an index\n-- sqlite: CREATE VIRTUAL "
        "TABLE f USING fts5(a);\n");
    ASSERT_EQ(statements.size(), 3u);
    EXPECT_EQ(statements[0].global_table, "tenants");
    EXPECT_EQ(statements[1].global_table, "");
    EXPECT_EQ(statements[2].global_table, "f");
}

TEST(MigrationText, RefusesADeclarationThatDeclaresNothing) {
    EXPECT_THROW(sqlite_statements("-- global: reason\nCREATE INDEX i ON t(a);"), std::logic_error);
    EXPECT_THROW(sqlite_statements("-- global:\nCREATE TABLE t (a TEXT);"), std::logic_error);
    EXPECT_THROW(sqlite_statements("-- global: reason\n-- more\nCREATE TABLE t (a TEXT);"), std::logic_error);
    EXPECT_THROW(sqlite_statements("CREATE TABLE t (a TEXT);\n-- global: reason\n"), std::logic_error);
}

TEST(ErasingStatements, AreThoseOfEveryTableThatSaysWhoseARowIsChildrenFirst) {
    TableShape const index{.name = "ticket_index", .columns = {"tenant", "word"}, .primary_key = {"word"}};
    EXPECT_THAT(
        erasing_statements(std::vector{tickets(), tenants(), comments(), index}),
        testing::ElementsAre(
            "DELETE FROM comments WHERE tenant_id = :tenant AND (tenant_id, id) IN (SELECT tenant_id, id FROM comments "
            "WHERE tenant_id = :tenant LIMIT :at_most)",
            "DELETE FROM tickets WHERE tenant_id = :tenant AND (tenant_id, id) IN (SELECT tenant_id, id FROM tickets "
            "WHERE tenant_id = :tenant LIMIT :at_most)",
            "DELETE FROM ticket_index WHERE tenant = :tenant AND (word) IN (SELECT word FROM ticket_index WHERE tenant "
            "= :tenant LIMIT :at_most)"));
}

}  // namespace
}  // namespace mainstay
