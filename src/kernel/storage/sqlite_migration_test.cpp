#include "kernel/storage/sqlite_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace mainstay {
namespace {

using sqlite_test::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view tickets = R"(
    CREATE TABLE tickets (tenant_id TEXT NOT NULL, id TEXT NOT NULL, rank BIGINT, open BOOLEAN, weight DOUBLE PRECISION,
        PRIMARY KEY (tenant_id, id));
    -- postgres: CREATE TABLE only_there (tenant_id TEXT PRIMARY KEY);
    -- global: a list of words
    CREATE TABLE words (word TEXT NOT NULL PRIMARY KEY);
    INSERT INTO words VALUES ('one; or two');
)";

class SqliteMigrations : public testing::Test {
protected:
    std::unique_ptr<Database> open() { return Database::open(SqliteOptions{.folder = folder_ / "data"}, clock_); }

    // Why the migrations are refused; empty when they are not.
    std::string refusal(std::vector<Migration> const& migrations) {
        try {
            open()->migrate(migrations);
            return {};
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "schema_refused");
            return fault.public_text();
        }
    }
    std::vector<std::string> words() {
        return open()->read(system_scope("test"), [](Snapshot& snapshot) {
            return snapshot.all<std::string>("SELECT word FROM words ORDER BY word");
        });
    }

    ManualClock clock_;
    TemporaryFolder folder_;
};

TEST_F(SqliteMigrations, RunOnceHoweverOftenTheyAreGiven) {
    std::vector<Migration> migrations{{"a", 1, "0001_a", tickets}};
    for (int i = 0; i < 3; ++i) EXPECT_EQ(refusal(migrations), "");
    migrations.push_back({"a", 2, "0002_more", "INSERT INTO words VALUES ('three')"});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(refusal(migrations), "");
    EXPECT_THAT(words(), ElementsAre("one; or two", "three"));
}

TEST_F(SqliteMigrations, AreCountedByALookThatMakesNothing) {
    SqliteOptions const options{.folder = folder_ / "data"};
    std::vector<Migration> migrations{{"a", 1, "0001_a", tickets}};
    EXPECT_EQ(inspect(options, migrations).state, Inspection::State::absent);
    EXPECT_FALSE(std::filesystem::exists(options.folder));
    {
        auto const database = open();
        database->migrate(migrations);
        EXPECT_EQ(inspect(options, migrations).state, Inspection::State::in_use);
    }
    auto const names = [&] {
        std::vector<std::string> found;
        for (auto const& entry : std::filesystem::directory_iterator(options.folder))
            found.push_back(entry.path().filename());
        return found;
    };
    auto const before = names();
    EXPECT_EQ(inspect(options, migrations).pending, 0u);
    migrations.push_back({"a", 2, "0002_more", "INSERT INTO words VALUES ('three')"});
    EXPECT_EQ(inspect(options, migrations).state, Inspection::State::readable);
    EXPECT_EQ(inspect(options, migrations).pending, 1u);
    EXPECT_EQ(names(), before);
    EXPECT_THAT(words(), ElementsAre("one; or two"));
}

TEST_F(SqliteMigrations, LeaveNothingOfOneThatFailsHalfWay) {
    std::vector<Migration> migrations{
        {"a", 1, "0001_a", tickets},
        {"a", 2, "0002_more", "INSERT INTO words VALUES ('three'); INSERT INTO words VALUES ('three')"}};
    EXPECT_THROW(open()->migrate(migrations), ConstraintViolation);
    EXPECT_THAT(words(), ElementsAre("one; or two"));
    migrations[1].sql = "INSERT INTO words VALUES ('three'); INSERT INTO words VALUES ('four')";
    EXPECT_EQ(refusal(migrations), "");
    EXPECT_THAT(words(), ElementsAre("four", "one; or two", "three"));
}

TEST_F(SqliteMigrations, AreRefusedWhenChangedAfterwards) {
    EXPECT_EQ(refusal({{"a", 1, "0001_a", tickets}}), "");
    std::string const changed = std::string(tickets) + " ";
    EXPECT_THAT(refusal({{"a", 1, "0001_a", changed}}), HasSubstr("a/0001_a: was changed"));
}

TEST_F(SqliteMigrations, AreRefusedWithAGapOrWhenTheDatabaseIsNewer) {
    EXPECT_THAT(refusal({{"a", 2, "0002_a", tickets}}), HasSubstr("without a gap"));
    EXPECT_THAT(refusal({{"a", 1, "0001_a", tickets}, {"a", 3, "0003_a", "SELECT 1"}}), HasSubstr("without a gap"));
    EXPECT_THAT(refusal({{"a", 1, "0001_a", tickets}, {"a", 1, "0001_b", "SELECT 1"}}), HasSubstr("without a gap"));
    EXPECT_EQ(refusal({{"a", 1, "0001_a", tickets}, {"a", 2, "0002_a", "SELECT 1"}}), "");
    EXPECT_THAT(refusal({{"a", 1, "0001_a", tickets}}), HasSubstr("start the newer program"));
}

TEST_F(SqliteMigrations, AreRolledBackWhenTheirTablesBreakTheRules) {
    EXPECT_THAT(refusal({{"b", 1, "0001_b", "CREATE TABLE b (tenant_id TEXT NOT NULL, id TEXT NOT NULL PRIMARY KEY)"}}),
                HasSubstr("b: its primary key does not begin with tenant_id"));
    EXPECT_THAT(refusal({{"b", 1, "0001_b", "CREATE TABLE b (id TEXT NOT NULL PRIMARY KEY)"}}), HasSubstr("-- global"));
    EXPECT_THAT(refusal({{"a", 1, "0001_a", tickets}, {"a", 2, "0002_a", "CREATE INDEX i ON tickets (id)"}}),
                HasSubstr("its index i does not"));
    EXPECT_THAT(
        refusal({{"a", 1, "0001_a", tickets},
                 {"a", 2, "0002_a",
                  "CREATE TABLE c (tenant_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant_id, id),"
                  " FOREIGN KEY (tenant_id, id) REFERENCES tickets (tenant_id, id) DEFERRABLE INITIALLY DEFERRED)"}}),
        HasSubstr("a/0002_a: deferred constraints"));
    EXPECT_THAT(refusal({{"a", 1, "0001_a", tickets}, {"a", 2, "0002_a", "CREATE VIEW v AS SELECT * FROM tickets"}}),
                HasSubstr("v: views are not used"));
    EXPECT_THAT(
        refusal({{"a", 1, "0001_a", tickets},
                 {"a", 2, "0002_a",
                  "CREATE TABLE c (tenant_id TEXT NOT NULL, id TEXT NOT NULL, t TEXT, PRIMARY KEY (tenant_id, id),"
                  " UNIQUE (t))"}}),
        HasSubstr("c: its index"));
    EXPECT_THAT(refusal({{"a", 1, "0001_a", tickets},
                         {"a", 2, "0002_a",
                          "CREATE TABLE c (tenant_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant_id, id),"
                          " FOREIGN KEY (id, tenant_id) REFERENCES tickets (tenant_id, id))"}}),
                HasSubstr("c: its foreign key to tickets"));
    EXPECT_EQ(refusal({{"a", 1, "0001_a", tickets}, {"a", 2, "0002_a", "SELECT 1"}}), "") << "nothing of them was left";
}

TEST_F(SqliteMigrations, MayRebuildATableWithoutLosingItsChildren) {
    constexpr std::string_view child =
        "CREATE TABLE c (tenant_id TEXT NOT NULL, id TEXT NOT NULL, ticket_id TEXT, PRIMARY KEY (tenant_id, id),"
        " FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id) ON DELETE CASCADE)";
    std::vector<Migration> migrations{{"a", 1, "0001_a", tickets}, {"a", 2, "0002_a", child}};
    TenantId const tenant = sqlite_test::tenant(1);
    auto database = open();
    database->migrate(migrations);
    database->write(tenant, [](Transaction& tx) {
        tx.execute("INSERT INTO tickets (tenant_id, id) VALUES (:tenant, 't')");
        tx.execute("INSERT INTO c (tenant_id, id, ticket_id) VALUES (:tenant, 'c', 't')");
    });
    migrations.push_back({"a", 3, "0003_a",
                          "CREATE TABLE new (tenant_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant_id, id));"
                          "INSERT INTO new SELECT tenant_id, id FROM tickets; DROP TABLE tickets;"
                          "ALTER TABLE new RENAME TO tickets;"});
    database->migrate(migrations);
    auto const count = [](Snapshot& snapshot) {
        return snapshot.one<std::int64_t>("SELECT count(*) FROM c WHERE tenant_id = :tenant");
    };
    EXPECT_EQ(database->read(tenant, count), 1);

    migrations.push_back({"a", 4, "0004_a", "DELETE FROM tickets"});
    EXPECT_THROW(database->migrate(migrations), Fault) << "a child would be left without its parent";
    EXPECT_EQ(database->read(tenant, count), 1);
    database->write(tenant, [](Transaction& tx) { tx.execute("DELETE FROM tickets WHERE tenant_id = :tenant"); });
    EXPECT_EQ(database->read(tenant, count), 0) << "keys are enforced again after migrating";
}

TEST_F(SqliteMigrations, GuardNewTablesAndColumnsForOpenReadersAndWriters) {
    TenantId const tenant = sqlite_test::tenant(1), other = sqlite_test::tenant(2);
    std::vector<Migration> migrations{{"a", 1, "0001_a", tickets}};
    auto database = open();
    database->migrate(migrations);
    database->write(other,
                    [](Transaction& tx) { tx.execute("INSERT INTO tickets (tenant_id, id) VALUES (:tenant, 't')"); });
    auto const count = [](Snapshot& snapshot) { return snapshot.one<std::int64_t>("SELECT count(*) FROM tickets"); };
    EXPECT_EQ(database->read(other, count), 1);
    migrations.push_back({"a", 2, "0002_a",
                          "ALTER TABLE tickets ADD COLUMN late BIGINT; CREATE TABLE later (tenant_id TEXT NOT NULL "
                          "PRIMARY KEY)"});
    database->migrate(migrations);
    EXPECT_EQ(database->read(tenant, count), 0);
    database->write(other, [](Transaction& tx) { tx.execute("INSERT INTO later (tenant_id) VALUES (:tenant)"); });
    auto const later = [](Snapshot& snapshot) { return snapshot.one<std::int64_t>("SELECT count(*) FROM later"); };
    EXPECT_EQ(database->read(tenant, later), 0);
    EXPECT_EQ(database->read(other, later), 1);
    EXPECT_EQ(database->read(other,
                             [](Snapshot& snapshot) {
                                 return snapshot.one<std::int64_t>("SELECT count(*) FROM tickets WHERE late IS NULL");
                             }),
              1);
}

TEST_F(SqliteMigrations, MakeColumnsThatHoldTheirTypeAlone) {
    auto database = open();
    database->migrate(std::vector<Migration>{{"a", 1, "0001_a", tickets}});
    auto const insert = [&](char const* values) {
        std::string const sql =
            std::string("INSERT INTO tickets (tenant_id, id, rank, open, weight) VALUES (:tenant, ") + values;
        database->write(sqlite_test::tenant(1), [&](Transaction& tx) { tx.execute(sql.c_str()); });
    };
    EXPECT_NO_THROW(insert("'1', 1, TRUE, 1.5)"));
    EXPECT_NO_THROW(insert("'2', NULL, NULL, NULL)"));
    EXPECT_NO_THROW(insert("'3', -5, 0, 2)"));
    EXPECT_THROW(insert("'4', 'abc', TRUE, 1)"), ConstraintViolation);
    EXPECT_THROW(insert("'5', 1.5, TRUE, 1)"), ConstraintViolation);
    EXPECT_THROW(insert("'6', 1, 'perhaps', 1)"), ConstraintViolation);
    EXPECT_THROW(insert("'7', 1, 2, 1)"), ConstraintViolation);
    EXPECT_THROW(insert("'8', 1, TRUE, 'heavy')"), ConstraintViolation);
}

TEST_F(SqliteMigrations, KeepASecondOpenerOutAndSayWhoIsThere) {
    auto const first = open();
    try {
        open();
        FAIL() << "it was opened twice";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "data_folder_in_use");
        EXPECT_THAT(fault.public_text(), HasSubstr("process " + std::to_string(::getpid())));
    }
}

TEST_F(SqliteMigrations, MakeAFolderAndFilesForTheirOwnerAlone) {
    auto const database = open();
    for (auto const* name : {"mainstay.db", "mainstay.db-wal", "mainstay.db-shm", "mainstay.lock"})
        EXPECT_EQ(std::filesystem::status(folder_ / "data" / name).permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
            << name;
    EXPECT_EQ(std::filesystem::status(folder_ / "data").permissions(), std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace mainstay
