// The authorizer without the wall of the text before it: what a gap in the reading of SQL would let through.
#include "kernel/storage/sqlite_guard.hpp"
#include "kernel/storage/sqlite_error.hpp"
#include "kernel/storage/sqlite_test_support.hpp"

#include <gtest/gtest.h>

namespace mainstay {
namespace {

class SqliteGuardAlone : public ::testing::Test {
protected:
    SqliteGuardAlone() {
        sqlite3* opened = nullptr;
        if (sqlite3_open(":memory:", &opened) != SQLITE_OK) throw std::runtime_error("no database in memory");
        database_.reset(opened);
        execute_or_throw(opened, "CREATE TABLE tickets (tenant_id TEXT, id TEXT, title TEXT)");
        TableShape const tickets{.name = "tickets", .columns = {"tenant_id", "id", "title"}};
        guard_ = std::make_unique<SqliteGuard>(opened);
        guard_->adopt(SqliteSchema::of(std::span(&tickets, 1)));
        guard_->enter(sqlite_test::tenant(1));
    }

    bool is_denied(char const* sql) {
        GuardedText text;
        text.text = sql;
        SqliteGuard::Watch const watch(*guard_, text);
        sqlite3_stmt* statement = nullptr;
        int const result = sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr);
        sqlite3_finalize(statement);
        return result != SQLITE_OK && watch.is_denied();
    }

    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
    std::unique_ptr<SqliteGuard> guard_;
};

TEST_F(SqliteGuardAlone, LetsATenantsViewBeReadAndDeniesTheTableBehindIt) {
    EXPECT_FALSE(is_denied("SELECT title FROM tickets"));
    EXPECT_TRUE(is_denied("SELECT title FROM main.tickets"));
    EXPECT_TRUE(is_denied("SELECT (SELECT max(title) FROM main.tickets)"));
    EXPECT_TRUE(is_denied("DELETE FROM main.tickets RETURNING title"));
}

TEST_F(SqliteGuardAlone, DeniesWhatIsNoStatementOfRows) {
    for (auto const* sql :
         {"PRAGMA writable_schema = 1", "PRAGMA table_info(tickets)", "SELECT sql FROM sqlite_master",
          "SELECT name FROM pragma_table_info('tickets')", "ATTACH 'x.db' AS x", "CREATE TABLE x (a TEXT)",
          "CREATE TEMP TABLE x (a TEXT)", "CREATE TRIGGER x AFTER INSERT ON main.tickets BEGIN SELECT 1; END",
          "DROP TABLE main.tickets", "DROP VIEW tickets", "ALTER TABLE main.tickets RENAME TO x", "BEGIN",
          "SAVEPOINT x", "ANALYZE", "SELECT load_extension('x')"})
        EXPECT_TRUE(is_denied(sql)) << sql;
}

}  // namespace
}  // namespace mainstay
