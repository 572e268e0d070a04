#include "kernel/storage/guard_cases.hpp"
#include "kernel/storage/sqlite_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mainstay {
namespace {

using guard_cases::Case;
using guard_cases::Must;
using sqlite_test::Heard;
using testing::HasSubstr;
using testing::Not;

using Texts = std::vector<std::optional<std::string>>;

constexpr Migration migrations[] = {{"guard", 1, "0001_guard", guard_cases::schema}};

class GuardedDatabase {
public:
    GuardedDatabase()
        : database_(Database::open(SqliteOptions{.folder = folder_ / "data", .log = heard.log()}, system_clock())) {
        database_->migrate(migrations);
        database_->write(system_scope("test"), [&](Transaction& tx) {
            for (auto const* sql : guard_cases::rows) tx.execute(sql, bind("mine", mine), bind("theirs", theirs));
        });
    }

    Texts rows_of(TenantId whose) {
        return database_->read(system_scope("test"), [&](Snapshot& snapshot) {
            return snapshot.all<std::optional<std::string>>(guard_cases::all_rows_of, bind("whose", whose));
        });
    }
    Texts written_and_given(char const* sql) {
        return database_->write(
            mine, [&](Transaction& tx) { return tx.all<std::optional<std::string>>(sql, bind("theirs", theirs)); });
    }
    Texts read(char const* sql) {
        return database_->read(mine, [&](Snapshot& snapshot) {
            return snapshot.all<std::optional<std::string>>(sql, bind("theirs", theirs));
        });
    }
    Database& database() { return *database_; }

    TenantId const mine = sqlite_test::tenant(1), theirs = sqlite_test::tenant(2);
    Heard heard;

private:
    sqlite_test::TemporaryFolder folder_;
    std::unique_ptr<Database> database_;
};

std::string joined(Texts const& texts) {
    std::string out;
    for (auto const& text : texts) out += text.value_or("NULL") + "\n";
    return out;
}

std::string name_of_case(testing::TestParamInfo<Case> const& info) {
    std::string name(info.param.what);
    for (char& c : name)
        if (c == ' ' || c == ',' || c == '-') c = '_';
    return name;
}

class Guard : public testing::TestWithParam<Case>, public GuardedDatabase {
protected:
    void expect_no_leak(Texts const& given) {
        EXPECT_THAT(joined(given), Not(HasSubstr("secret")));
        EXPECT_THAT(joined(given), Not(HasSubstr(theirs.to_string())));
    }
};

TEST_P(Guard, KeepsTenantsApart) {
    auto const before = rows_of(theirs);
    auto const mine_before = rows_of(mine);
    bool is_refused = false;
    try {
        auto const given = written_and_given(GetParam().sql);
        expect_no_leak(given);
        EXPECT_TRUE(GetParam().must != Must::work || !given.empty());
    } catch (Fault const& fault) {
        is_refused = true;
        EXPECT_EQ(fault.code().name, "internal_error");
        EXPECT_THAT(fault.internal_text(), HasSubstr("tenancy: "));
        EXPECT_THAT(fault.public_text(), Not(HasSubstr("tickets")));
    } catch (ConstraintViolation const&) {
        is_refused = true;
    }
    EXPECT_EQ(rows_of(theirs), before);
    EXPECT_THAT(joined(rows_of(mine)), Not(HasSubstr("secret")));
    EXPECT_FALSE(is_refused && GetParam().must == Must::work);
    EXPECT_TRUE(!is_refused || rows_of(mine) == mine_before);
}

class GuardOfReaders : public Guard {};

TEST_P(GuardOfReaders, KeepsTenantsApart) {
    auto const given = read(GetParam().sql);
    expect_no_leak(given);
    EXPECT_TRUE(GetParam().must != Must::work || !given.empty());
}

std::vector<Case> cases_that_read() {
    std::vector<Case> out;
    for (Case const& c : guard_cases::all)
        if (std::string_view(c.sql).starts_with("SELECT") || std::string_view(c.sql).starts_with("WITH"))
            out.push_back(c);
    return out;
}

INSTANTIATE_TEST_SUITE_P(Statements, Guard, testing::ValuesIn(guard_cases::all), name_of_case);
INSTANTIATE_TEST_SUITE_P(Statements, GuardOfReaders, testing::ValuesIn(cases_that_read()), name_of_case);

// What only SQLite has: other names for a table, its catalogue, and commands that are no statements of rows.
constexpr char const* attacks[] = {
    "SELECT title FROM main.tickets",
    "SELECT title FROM \"main\".tickets",
    "SELECT title FROM 'main'.'tickets'",
    "SELECT title FROM MAIN . \"tickets\"",
    "SELECT title FROM [main].[tickets]",
    "SELECT title FROM `main`.`tickets`",
    "SELECT title FROM main/**/./**/tickets",
    "UPDATE tickets SET title = (SELECT max(title) FROM main.tickets) WHERE tenant_id = :tenant RETURNING title",
    "INSERT INTO tickets (tenant_id, id, title) SELECT :tenant, 'x' || id, title FROM main.tickets RETURNING title",
    "DELETE FROM comments WHERE tenant_id = :tenant RETURNING (SELECT max(title) FROM main.tickets)",
    "UPDATE tickets SET title = (SELECT max(title) FROM [main].tickets) WHERE tenant_id = :tenant RETURNING title",
    "UPDATE tickets SET title = (SELECT max(title) FROM `main`.tickets) WHERE tenant_id = :tenant RETURNING title",
    "WITH tickets AS (SELECT title FROM main.tickets) SELECT title FROM tickets",
    "WITH tickets AS (SELECT 'x' AS title) SELECT title FROM tickets",
    "DELETE FROM temp.tickets",
    "SELECT sql FROM sqlite_master",
    "SELECT sql FROM sqlite_schema",
    "SELECT sql FROM sqlite_temp_master",
    "SELECT name FROM pragma_table_info('tickets')",
    "SELECT name FROM pragma_database_list",
    "SELECT sql FROM sqlite_stmt",
    "SELECT name FROM dbstat",
    "SELECT name FROM migrations",
    "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('simple')",
    "PRAGMA table_info(tickets)",
    "PRAGMA writable_schema = 1",
    "PRAGMA foreign_keys = 0",
    "ATTACH 'x.db' AS x",
    "VACUUM INTO 'x.db'",
    "CREATE TEMP TABLE x (a TEXT)",
    "DROP TABLE tickets",
    "DROP VIEW tickets",
    "ALTER TABLE tickets RENAME TO x",
    "CREATE TRIGGER x AFTER INSERT ON tickets BEGIN SELECT 1; END",
    "EXPLAIN SELECT title FROM tickets",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT x",
    "REINDEX",
    "ANALYZE",
};

TEST(SqliteGuard, RefusesOtherWaysToATable) {
    GuardedDatabase guarded;
    auto const before = guarded.rows_of(guarded.theirs);
    std::uint64_t refused = 0;
    for (auto const* attack : attacks) {
        EXPECT_THROW(guarded.written_and_given(attack), Fault) << attack;
        EXPECT_THROW(guarded.read(attack), std::runtime_error) << attack;
        EXPECT_GT(guarded.database().counters().tenancy_violations_total, refused) << attack;
        refused = guarded.database().counters().tenancy_violations_total;
    }
    EXPECT_EQ(guarded.rows_of(guarded.theirs), before);
    EXPECT_EQ(guarded.rows_of(guarded.mine).size(), 4u);
}

TEST(SqliteGuard, RefusesTwoStatementsInOne) {
    GuardedDatabase guarded;
    EXPECT_THROW(guarded.read("SELECT 'a'; SELECT 'b'"), std::logic_error);
}

TEST(SqliteGuard, TellsTheLogAndCountsWhatItRefused) {
    GuardedDatabase guarded;
    EXPECT_THROW(guarded.written_and_given("DELETE FROM comments"), Fault);
    EXPECT_EQ(guarded.database().counters().tenancy_violations_total, 1u);
    EXPECT_THAT(guarded.heard.all(),
                HasSubstr("tenancy: a row of another tenant was touched by: DELETE FROM comments"));
}

TEST(SqliteGuard, RollsTheWholeUnitBackEvenWhenItCaughtTheRefusal) {
    GuardedDatabase guarded;
    auto const before = guarded.rows_of(guarded.mine);
    EXPECT_THROW(guarded.database().write(guarded.mine,
                                          [](Transaction& tx) {
                                              tx.execute("DELETE FROM comments WHERE tenant_id = :tenant");
                                              try {
                                                  tx.execute("UPDATE tickets SET rank = 5");
                                              } catch (Fault const&) {
                                              }
                                          }),
                 Fault);
    EXPECT_EQ(guarded.rows_of(guarded.mine), before);
}

TEST(SqliteGuard, ShowsEveryTenantInSystemScope) {
    GuardedDatabase guarded;
    auto const titles = [&](char const* sql) {
        return guarded.database().read(system_scope("test"),
                                       [&](Snapshot& snapshot) { return snapshot.all<std::string>(sql); });
    };
    EXPECT_EQ(titles("SELECT title FROM tickets").size(), 5u);
    EXPECT_EQ(titles("WITH x AS (SELECT tenant_id, id FROM tickets) SELECT c.body FROM x JOIN comments c ON "
                     "c.tenant_id = x.tenant_id AND c.ticket_id = x.id")
                  .size(),
              4u);
    EXPECT_EQ(guarded.database().write(
                  system_scope("test"),
                  [](Transaction& tx) { return tx.execute("UPDATE tickets SET rank = tickets.rank + 1"); }),
              5);
    EXPECT_THROW(titles("SELECT a.title FROM settings s, tickets a"), std::logic_error);
    EXPECT_THROW(titles("SELECT sql FROM sqlite_master"), Fault);
}

TEST(SqliteGuard, FollowsTheTenantFromUnitToUnitOnCachedStatements) {
    GuardedDatabase guarded;
    auto const count = [&](Scope const& scope) {
        return guarded.database().read(scope, [](Snapshot& snapshot) {
            return snapshot.one<std::int64_t>("SELECT count(*) FROM tickets WHERE EXISTS (SELECT 1 FROM tickets)");
        });
    };
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(count(guarded.mine), 2);
        EXPECT_EQ(count(guarded.theirs), 3);
        EXPECT_EQ(count(system_scope("test")), 5);
        EXPECT_EQ(count(sqlite_test::tenant(7)), 0);
    }
}

TEST(SqliteGuard, LeavesForeignKeysInForceForAChangeThatReturns) {
    GuardedDatabase guarded;
    EXPECT_THROW(guarded.database().write(guarded.mine,
                                          [](Transaction& tx) {
                                              tx.maybe_one<std::string>(
                                                  "INSERT INTO comments (tenant_id, id, ticket_id) VALUES "
                                                  "(:tenant, 'c4', 'missing') RETURNING id");
                                          }),
                 ConstraintViolation);
}

TEST(SqliteGuard, LetsAGlobalFullTextTableBeUsed) {
    constexpr Migration with_search[] = {
        migrations[0],
        {"guard", 2, "0002_search",
         "-- global: help texts\n-- sqlite: CREATE VIRTUAL TABLE help USING fts5 (title, body);"}};
    GuardedDatabase guarded;
    guarded.database().migrate(with_search);
    for (char const* const title : {"moving house", "moving on", "staying"})
        guarded.database().write(guarded.mine, [&](Transaction& tx) {
            tx.execute("INSERT INTO help (title, body) VALUES (:title, 'text')", bind("title", title));
        });
    guarded.database().write(guarded.mine, [](Transaction& tx) {
        tx.execute("UPDATE help SET title = 'moved' WHERE title MATCH 'house'");
        tx.execute("DELETE FROM help WHERE help MATCH 'on'");
    });
    EXPECT_EQ(guarded.read("SELECT title FROM help WHERE help MATCH 'mov*' ORDER BY rank"), Texts{"moved"});
    EXPECT_THROW(guarded.read("SELECT data_version FROM pragma_data_version"), Fault);
}

TEST(SqliteGuard, LetsAListBeGivenAsJson) {
    GuardedDatabase guarded;
    EXPECT_EQ(guarded.read("SELECT value FROM json_each('[\"a\",\"b\"]')"), (Texts{"a", "b"}));
    EXPECT_EQ(guarded.read("SELECT value FROM json_tree('\"a\"')"), Texts{"a"});
}

}  // namespace
}  // namespace mainstay
