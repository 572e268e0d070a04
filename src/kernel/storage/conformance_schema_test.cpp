// Tenants, scopes and migrations, the same on both engines.
#include "kernel/storage/guard_cases.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>

namespace mainstay {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr Migration guarded{"guard", 1, "0001_guard", guard_cases::schema};
Scope const everybody = system_scope("test");

using Texts = std::vector<std::optional<std::string>>;

class ConformanceSchemaTest : public testing::Engines {
protected:
    void lay_out_rows() {
        database().write(everybody, [&](Transaction& tx) {
            for (char const* table : {"DELETE FROM comments", "DELETE FROM tickets", "DELETE FROM settings"})
                tx.execute(table);
            for (char const* rows : guard_cases::rows) tx.execute(rows, bind("mine", mine), bind("theirs", theirs));
        });
    }
    Texts rows_of(TenantId whose) {
        return database().read(everybody, [&](Snapshot& snapshot) {
            return snapshot.all<std::optional<std::string>>(guard_cases::all_rows_of, bind("whose", whose));
        });
    }
    Texts texts(Scope const& scope, char const* sql) {
        return database().read(scope,
                               [&](Snapshot& snapshot) { return snapshot.all<std::optional<std::string>>(sql); });
    }
    std::string refusal_of(std::initializer_list<Migration> migrations) {
        try {
            database().migrate(std::vector<Migration>(migrations));
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "schema_refused");
            return fault.public_text() + fault.internal_text();
        }
        return "accepted";
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, ConformanceSchemaTest, testing::each_engine(), testing::engine_name);

std::string joined(Texts const& texts) {
    std::string out;
    for (auto const& text : texts) out += text.value_or("NULL") + "\n";
    return out;
}

TEST_P(ConformanceSchemaTest, StatementThatForgetsTheTenantNeitherGivesNorChangesRowsOfAnother) {
    migrate({std::span(&guarded, 1)});
    for (guard_cases::Case const& test : guard_cases::all) {
        SCOPED_TRACE(test.what);
        lay_out_rows();
        auto const before = rows_of(theirs);
        bool is_refused = false;
        Texts given;
        try {
            given = database().write(mine, [&](Transaction& tx) {
                return tx.all<std::optional<std::string>>(test.sql, bind("theirs", theirs));
            });
        } catch (Fault const& fault) {
            is_refused = true;
            EXPECT_THAT(fault.internal_text(), HasSubstr("tenancy: "));
            EXPECT_THAT(fault.public_text(), Not(HasSubstr("tickets")));
        } catch (ConstraintViolation const&) {
            is_refused = true;
        }
        EXPECT_EQ(rows_of(theirs), before);
        for (std::string const& seen : {joined(given), joined(rows_of(mine))}) {
            EXPECT_THAT(seen, Not(HasSubstr("secret")));
            EXPECT_THAT(seen, Not(HasSubstr(theirs.to_string())));
        }
        if (test.must == guard_cases::Must::work) {
            EXPECT_FALSE(is_refused);
            EXPECT_THAT(given, Not(IsEmpty()));
        }
    }
}

TEST_P(ConformanceSchemaTest, RefusedCrossingIsCountedAndTold) {
    std::string told;
    sqlite.log = postgres.log = [&](std::string_view line) { told += line; };
    migrate({std::span(&guarded, 1)});
    lay_out_rows();
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      tx.execute("INSERT INTO tickets (tenant_id, id) VALUES (:theirs, 'x')",
                                                 bind("theirs", theirs));
                                  }),
                 Fault);
    EXPECT_EQ(database().counters().tenancy_violations_total, 1u);
    EXPECT_THAT(told, HasSubstr("tenancy: "));
    EXPECT_THAT(rows_of(theirs), SizeIs(5));
}

TEST_P(ConformanceSchemaTest, StatementThatIsNotOfRowsIsRefused) {
    migrate({std::span(&guarded, 1)});
    for (char const* sql : {"DROP TABLE tickets", "ALTER TABLE tickets ADD COLUMN x TEXT", "BEGIN", "COMMIT", "ANALYZE",
                            "CREATE TABLE x (a TEXT)", ""})
        EXPECT_THROW(database().write(mine, [&](Transaction& tx) { tx.execute(sql); }), Fault) << sql;
    EXPECT_THAT(texts(mine, "SELECT title FROM tickets WHERE tenant_id = :tenant"), IsEmpty());
}

TEST_P(ConformanceSchemaTest, SystemScopeSeesAllAndATenantItsOwnAndWhatIsGlobal) {
    migrate({std::span(&guarded, 1)});
    lay_out_rows();
    EXPECT_THAT(texts(everybody, "SELECT title FROM tickets"), SizeIs(5));
    EXPECT_THAT(texts(mine, "SELECT title FROM tickets WHERE tenant_id = :tenant"), SizeIs(2));
    EXPECT_THAT(joined(texts(mine, "SELECT value FROM settings")), "onward\n");
    EXPECT_THAT(joined(texts(theirs, "SELECT value FROM settings")), "onward\n");
    EXPECT_EQ(database().write(everybody, [](Transaction& tx) { return tx.execute("UPDATE tickets SET rank = 7"); }),
              5);
}

TEST_P(ConformanceSchemaTest, ScopesTakeTurnsOnTheSameStatementAndConnection) {
    sqlite.readers = 1;
    postgres.connections = 1;
    migrate({std::span(&guarded, 1)});
    lay_out_rows();
    for (int i = 0; i < 3; ++i) {
        EXPECT_THAT(texts(mine, "SELECT title FROM tickets"), SizeIs(2));
        EXPECT_THAT(texts(theirs, "SELECT title FROM tickets"), SizeIs(3));
        EXPECT_THAT(texts(everybody, "SELECT title FROM tickets"), SizeIs(5));
    }
}

TEST_P(ConformanceSchemaTest, UnitWithoutATenantIsRefused) {
    EXPECT_THROW(Scope(TenantId{}), std::logic_error);
    migrate({std::span(&guarded, 1)});
    EXPECT_THROW(texts(everybody, "SELECT title FROM tickets WHERE tenant_id = :tenant"), std::logic_error);
}

TEST_P(ConformanceSchemaTest, MigratingTwiceAndAfterARestartChangesNothing) {
    migrate({std::span(&guarded, 1)});
    lay_out_rows();
    migrate({std::span(&guarded, 1)});
    reopen();
    migrate({std::span(&guarded, 1)});
    EXPECT_THAT(rows_of(mine), SizeIs(4));
}

TEST_P(ConformanceSchemaTest, ChangedOrUnknownMigrationIsRefused) {
    migrate({std::span(&guarded, 1)});
    EXPECT_THAT(refusal_of({{"guard", 1, "0001_guard", "CREATE TABLE other (id TEXT)"}}), HasSubstr("changed"));
    EXPECT_THAT(refusal_of({guarded, {"guard", 3, "0003_gap", "SELECT 1"}}), HasSubstr("gap"));
    EXPECT_EQ(refusal_of({guarded, {"guard", 2, "0002_next", "ALTER TABLE tickets ADD COLUMN note TEXT"}}), "accepted");
    EXPECT_THAT(refusal_of({guarded}), HasSubstr("newer program"));
}

TEST_P(ConformanceSchemaTest, MigrationThatFailsLeavesNothingAndCanBeMended) {
    constexpr Migration broken{"more", 1, "0001_more",
                               "-- global: test\nCREATE TABLE one (id TEXT NOT NULL PRIMARY KEY);\nCREATE TABL two;"};
    constexpr Migration mended{"more", 1, "0001_more",
                               "-- global: test\nCREATE TABLE one (id TEXT NOT NULL PRIMARY KEY);"};
    EXPECT_ANY_THROW(database().migrate(std::span(&broken, 1)));
    EXPECT_EQ(refusal_of({mended}), "accepted");
}

TEST_P(ConformanceSchemaTest, TenantTableThatTheGuardOrCitusCannotHoldIsRefused) {
    EXPECT_THAT(refusal_of({{"bad", 1, "0001_bad", "CREATE TABLE bad (tenant_id TEXT NOT NULL, id TEXT PRIMARY KEY)"}}),
                HasSubstr("bad"));
    EXPECT_THAT(refusal_of({guarded, {"bad", 1, "0001_bad", "CREATE INDEX by_title ON tickets (title)"}}),
                HasSubstr("by_title"));
    EXPECT_THAT(refusal_of({guarded, {"bad", 1, "0001_bad", "CREATE VIEW seen AS SELECT title FROM tickets"}}),
                HasSubstr("seen"));
    EXPECT_THAT(refusal_of({guarded, {"bad", 1, "0001_bad", "CREATE TABLE loose (id TEXT PRIMARY KEY)"}}),
                HasSubstr("loose"));
    EXPECT_EQ(refusal_of({guarded}), "accepted");
}

TEST_P(ConformanceSchemaTest, MigrationChangesRowsOfAllTenantsAndNewTablesAreGuarded) {
    migrate({std::span(&guarded, 1)});
    lay_out_rows();
    constexpr Migration next{"guard", 2, "0002_marks", R"(
        ALTER TABLE tickets ADD COLUMN mark TEXT;
        UPDATE tickets SET mark = 'secret mark';
        CREATE TABLE marks (tenant_id TEXT NOT NULL, id TEXT NOT NULL, mark TEXT, PRIMARY KEY (tenant_id, id));
        INSERT INTO marks (tenant_id, id, mark) SELECT tenant_id, id, mark FROM tickets;)"};
    database().migrate(std::vector{guarded, next});
    EXPECT_THAT(texts(everybody, "SELECT mark FROM marks"), SizeIs(5));
    EXPECT_THAT(texts(mine, "SELECT mark FROM marks"), SizeIs(2));
    EXPECT_THAT(texts(theirs, "SELECT mark FROM tickets WHERE mark IS NOT NULL"), SizeIs(3));
}

}  // namespace
}  // namespace mainstay
