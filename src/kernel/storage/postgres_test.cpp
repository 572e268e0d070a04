// What PostgreSQL alone has: roles, policies, sessions shared by a pooler, several nodes, errors by SQLSTATE.
#include "kernel/storage/postgres_guard.hpp"
#include "kernel/storage/postgres_retry.hpp"
#include "kernel/storage/postgres_unit.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>

#include <array>
#include <latch>
#include <thread>

namespace mainstay {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using testing::FreshPostgres;
using ::testing::HasSubstr;

constexpr Migration things{"things", 1, "0001_things", R"(
CREATE TABLE things (tenant_id TEXT NOT NULL, id TEXT NOT NULL, amount BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id));
)"};
constexpr char const* insert_thing = "INSERT INTO things (tenant_id, id) VALUES (:tenant, :id)";
constexpr char const* count_things = "SELECT count(*) FROM things";

struct Thing {
    std::string id;
};
fields::Table const& table_of(Thing const*) {
    static fields::Table const table{"Thing", {fields::field("id", &Thing::id, "")}};
    return table;
}

std::int64_t things_seen(Database& database, Scope const& scope) {
    return database.read(scope, [](Snapshot& snapshot) { return snapshot.one<std::int64_t>(count_things); });
}

class PostgresTest : public testing::Engines {
protected:
    void SetUp() override { migrate({std::span(&things, 1)}); }

    void insert(Database& into, Scope const& scope, std::string const& id) {
        into.write(scope, [&](Transaction& tx) { tx.execute(insert_thing, bind("id", id)); });
    }
    void insert(Scope const& scope, std::string const& id) { insert(database(), scope, id); }
    std::unique_ptr<Database> another_node() { return Database::open(postgres, clock); }
    std::string refusal(Database& database) {
        try {
            things_seen(database, mine);
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "schema_refused");
            return fault.public_text();
        }
        return "accepted";
    }
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresTest);
INSTANTIATE_TEST_SUITE_P(Engines, PostgresTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(PostgresTest, NodeThatDoesNotMigrateRefusesToStartWhereTheGuardIsNotWhole) {
    struct Damage {
        char const* sql;
        char const* undo;
    };
    constexpr std::array damages{
        Damage{"CREATE TABLE loose (tenant_id TEXT NOT NULL, id TEXT NOT NULL)", "DROP TABLE loose"},
        Damage{"ALTER TABLE things DISABLE ROW LEVEL SECURITY", "ALTER TABLE things ENABLE ROW LEVEL SECURITY"},
        Damage{"ALTER TABLE things NO FORCE ROW LEVEL SECURITY", "ALTER TABLE things FORCE ROW LEVEL SECURITY"},
        Damage{"ALTER POLICY mainstay_tenant ON things RENAME TO other",
               "ALTER POLICY other ON things RENAME TO mainstay_tenant"},
        Damage{"DROP POLICY mainstay_system ON things",
               "CREATE POLICY mainstay_system ON things TO mainstay_system USING (true) WITH CHECK (true)"},
        Damage{"CREATE POLICY extra ON things FOR SELECT USING (true)", "DROP POLICY extra ON things"},
        Damage{"ALTER POLICY mainstay_system ON things TO mainstay_system, mainstay_app",
               "ALTER POLICY mainstay_system ON things TO mainstay_system"},
        Damage{"GRANT TRUNCATE ON things TO mainstay_app", "REVOKE TRUNCATE ON things FROM mainstay_app"},
        Damage{"CREATE VIEW seen AS SELECT * FROM things", "DROP VIEW seen"},
        Damage{"CREATE TABLE owned (id TEXT); ALTER TABLE owned OWNER TO mainstay_app", "DROP TABLE owned"},
        Damage{"ALTER TABLE migrations RENAME TO hidden", "ALTER TABLE hidden RENAME TO migrations"}};
    for (Damage const& damage : damages) {
        SCOPED_TRACE(damage.sql);
        FreshPostgres::as_superuser(damage.sql);
        EXPECT_THAT(refusal(*another_node()), AnyOf(HasSubstr("things"), HasSubstr("loose"), HasSubstr("seen"),
                                                    HasSubstr("owned"), HasSubstr("migrations")));
        EXPECT_THROW(another_node()->check(), Fault);
        FreshPostgres::as_superuser(damage.undo);
    }
    EXPECT_EQ(refusal(*another_node()), "accepted");
    FreshPostgres::as_superuser("ALTER POLICY mainstay_tenant ON things USING (true)");
    EXPECT_THAT(refusal(*another_node()), HasSubstr("mainstay_tenant"));
}

TEST_P(PostgresTest, MigratingGuardsATableThatLacksIt) {
    insert(mine, "a");
    FreshPostgres::as_superuser("ALTER TABLE things DISABLE ROW LEVEL SECURITY; DROP POLICY mainstay_tenant ON things");
    reopen();
    migrate({std::span(&things, 1)});
    EXPECT_EQ(things_seen(database(), theirs), 0);
    EXPECT_EQ(things_seen(database(), mine), 1);
}

TEST_P(PostgresTest, RoleThatPassesRowLevelSecurityIsAFault) {
    PostgresSession const session = connect_postgres(FreshPostgres::url_of_superuser());
    auto const run = [&](char const* sql) { return PostgresResult(PQexec(session.get(), sql)); };
    // Roles belong to the whole server, so the change is never committed.
    for (char const* change : {"ALTER ROLE mainstay_app BYPASSRLS", "ALTER ROLE mainstay_system SUPERUSER",
                               "GRANT mainstay_system TO mainstay_app"}) {
        run("BEGIN");
        run(set_up_guard);
        run(change);
        PostgresResult const faults = run(guard_faults);
        ASSERT_EQ(PQresultStatus(faults.get()), PGRES_TUPLES_OK) << PQerrorMessage(session.get());
        bool is_found = false;
        for (int i = 0; i < PQntuples(faults.get()); ++i)
            is_found |= std::string(PQgetvalue(faults.get(), i, 0)).starts_with("mainstay_");
        EXPECT_TRUE(is_found) << change;
        run("ROLLBACK");
    }
}

TEST_P(PostgresTest, EvenASuperusersLoginIsBoundToItsTenant) {
    insert(mine, "a");
    postgres.url = FreshPostgres::url_of_superuser();
    reopen();
    EXPECT_EQ(things_seen(database(), theirs), 0);
    EXPECT_EQ(things_seen(database(), mine), 1);
    EXPECT_EQ(things_seen(database(), system_scope("test")), 1);
}

TEST_P(PostgresTest, StatementCannotLeaveItsScope) {
    insert(theirs, "a");
    for (char const* sql :
         {"RESET ROLE", "SET ROLE mainstay_system", "SELECT set_config('role', 'mainstay_system', true)",
          "SELECT pg_catalog.\"set_config\"('app.tenant', 'x', true)", "TRUNCATE things"})
        EXPECT_THROW(database().write(mine, [&](Transaction& tx) { tx.execute(sql); }), Fault) << sql;
    EXPECT_EQ(database().counters().tenancy_violations_total, 5u);
    EXPECT_EQ(things_seen(database(), theirs), 1);
}

TEST_P(PostgresTest, SessionKeepsNothingOfAUnitSoThatAPoolerMayShareIt) {
    PostgresConnection connection(postgres.url, false);
    PostgresTexts texts;
    for (bool const is_committed : {true, false}) {
        PostgresUnit unit(mine, clock.now(), PostgresUnit::Mode::writing,
                          std::chrono::steady_clock::now() + std::chrono::seconds(5), connection, texts,
                          database().signals());
        EXPECT_EQ(static_cast<Snapshot&>(unit).one<std::string>(
                      "SELECT CAST(current_user AS TEXT) || current_setting('app.tenant')"),
                  "mainstay_app" + mine.to_string());
        is_committed ? unit.commit() : unit.end_without_waiting(true);
        connection.queue(
            "SELECT current_user = session_user AND coalesce(current_setting('app.tenant', true), '') = ''"
            " AND current_setting('statement_timeout') = '0' AND current_setting('enable_seqscan') = 'on'");
        auto const results = connection.round_trip(std::chrono::steady_clock::now() + std::chrono::seconds(5));
        EXPECT_STREQ(PQgetvalue(results.back().get(), 0, 0), "t");
    }
}

TEST_P(PostgresTest, LoginThatOwnsNothingWorksOnceTheOwnerHasMigrated) {
    std::string const login = FreshPostgres::name() + "_login";
    FreshPostgres::as_superuser("CREATE ROLE " + login + " LOGIN PASSWORD 'p'");
    std::string const owner_url = std::exchange(postgres.url, postgres.url + " user=" + login + " password=p");
    postgres.owner_url = owner_url;
    reopen();
    try {
        migrate({std::span(&things, 1)});
        ADD_FAILURE() << "an owner without the right to grant has granted";
    } catch (Fault const& fault) {
        EXPECT_THAT(fault.public_text(), HasSubstr("GRANT mainstay_app, mainstay_system TO \"" + login));
    }
    postgres.owner_url = FreshPostgres::url_of_superuser();
    reopen();
    migrate({std::span(&things, 1)});
    insert(mine, "a");
    EXPECT_EQ(things_seen(database(), mine), 1);

    postgres.owner_url.clear();
    reopen();
    migrate({std::span(&things, 1)});
    insert(mine, "b");
    EXPECT_EQ(things_seen(database(), mine), 2) << "nothing was missing, so no owner was needed";
    Migration const more{"more", 1, "0001_more",
                         "CREATE TABLE more (tenant_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant_id, id));"};
    try {
        migrate({std::span(&things, 1), std::span(&more, 1)});
        ADD_FAILURE() << "a role that owns nothing has changed tables";
    } catch (Fault const& fault) {
        EXPECT_THAT(fault.public_text(), HasSubstr("missing migrations: 1"));
        EXPECT_THAT(fault.public_text(), HasSubstr("mainstay migrate-db"));
    }
    Migration const both[] = {things, more};
    EXPECT_EQ(inspect(postgres, both).pending, 1u);
    FreshPostgres::empty();
    EXPECT_EQ(inspect(postgres, both).state, Inspection::State::absent);
    FreshPostgres::as_superuser("DROP ROLE " + login);
}

TEST_P(PostgresTest, FolderThatItIsGivenHasOneProcessAtATime) {
    testing::TemporaryFolder const folder;
    postgres.folder = folder.path() / "data";
    auto first = another_node();
    try {
        another_node();
        ADD_FAILURE() << "two have the folder";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "data_folder_in_use");
    }
    EXPECT_FALSE(std::filesystem::exists(postgres.folder / "mainstay.db"));
    first.reset();
    another_node();
}

TEST_P(PostgresTest, NodesThatMigrateAtOnceAreHeldApart) {
    constexpr std::string_view sql = R"(
        CREATE TABLE more (tenant_id TEXT NOT NULL, id TEXT NOT NULL, note TEXT, PRIMARY KEY (tenant_id, id));
        INSERT INTO more (tenant_id, id) VALUES ('t', 'once');)";
    std::vector<Migration> const both{things, {"more", 1, "0001_more", sql}};
    std::latch start(4);
    std::vector<std::jthread> nodes;
    for (int i = 0; i < 4; ++i)
        nodes.emplace_back([&] {
            auto const node = another_node();
            start.arrive_and_wait();
            EXPECT_NO_THROW(node->migrate(both));
        });
    nodes.clear();
    EXPECT_THAT(FreshPostgres::as_superuser("SELECT id FROM more"), ElementsAre("once"));
}

TEST_P(PostgresTest, StatementThatAnotherNodesMigrationMadeStaleIsPreparedAnew) {
    postgres.connections = 1;
    reopen();
    insert(mine, "a");
    constexpr char const* everything = "SELECT * FROM (SELECT t.* FROM things t) AS s WHERE tenant_id = :tenant";
    auto const count = [&] {
        return database().read(mine, [&](Snapshot& snapshot) { return snapshot.all<Thing>(everything).size(); });
    };
    EXPECT_EQ(count(), 1u);
    another_node()->migrate(
        std::vector{things, Migration{"things", 2, "0002_note", "ALTER TABLE things ADD COLUMN note TEXT"}});
    EXPECT_EQ(count(), 1u);
    EXPECT_EQ(database().counters().retries_total, 1u);
}

TEST_P(PostgresTest, WhoFindsNoFreeConnectionWaitsForABoundedTime) {
    postgres.connections = 1;
    reopen();
    std::latch is_held(1), is_done(1);
    std::jthread const holder([&] {
        database().read(mine, [&](Snapshot&) {
            is_held.count_down();
            is_done.wait();
        });
    });
    is_held.wait();
    try {
        database().read(
            mine, [](Snapshot&) {}, ReadLimits{milliseconds(30)});
        ADD_FAILURE() << "found a connection";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "busy");
        EXPECT_GT(fault.retry_after_s, 0);
    }
    is_done.count_down();
    EXPECT_EQ(things_seen(database(), mine), 0);
}

TEST_P(PostgresTest, DeadlineHoldsForAllStatementsTogetherAndTheSessionGoesOn) {
    auto const started = std::chrono::steady_clock::now();
    try {
        database().read(
            mine,
            [](Snapshot& snapshot) {
                for (int i = 0; i < 100; ++i) snapshot.all<std::string>("SELECT CAST(pg_sleep(0.09) AS TEXT)");
            },
            ReadLimits{milliseconds(200)});
        ADD_FAILURE() << "came to an end";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "deadline_exceeded");
    }
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(1));
    EXPECT_EQ(things_seen(database(), mine), 0);
}

TEST_P(PostgresTest, ServerIsToldWhenTheUnitsTimeRunsShort) {
    constexpr char const* timeout_ms =
        "SELECT CAST(extract(epoch FROM CAST(current_setting('statement_timeout') AS"
        " INTERVAL)) * 1000 AS BIGINT)";
    database().read(
        mine,
        [](Snapshot& snapshot) {
            EXPECT_LE(snapshot.one<std::int64_t>(timeout_ms), 1000);
            snapshot.all<std::string>("SELECT CAST(pg_sleep(0.3) AS TEXT)");
            EXPECT_LE(snapshot.one<std::int64_t>(timeout_ms), 700);
        },
        ReadLimits{milliseconds(1000)});
}

TEST_P(PostgresTest, BackupIsRefusedWithWhatToUseInstead) {
    try {
        database().backup("/nowhere");
        ADD_FAILURE();
    } catch (Fault const& fault) {
        EXPECT_THAT(fault.public_text(), HasSubstr("pg_dump"));
    }
}

TEST(PostgresErrors, BecomeWhatTheContractPromises) {
    auto const code_of = [](char const* state) -> std::string {
        try {
            std::rethrow_exception(public_error(PostgresError(state, "m"), "s"));
        } catch (Fault const& fault) {
            return std::string(fault.code().name);
        } catch (ConstraintViolation const&) {
            return "constraint";
        } catch (std::logic_error const&) {
            return "logic";
        }
    };
    EXPECT_EQ(code_of("53100"), "storage_full");
    EXPECT_EQ(code_of("57014"), "deadline_exceeded");
    EXPECT_EQ(code_of("25P03"), "deadline_exceeded");
    for (char const* state : {"53300", "53200", "57P03", "57P01", "08006", "40001", "40P01", "25006"})
        EXPECT_EQ(code_of(state), "busy") << state;
    EXPECT_EQ(code_of("42501"), "internal_error");
    for (char const* state : {"23505", "23514", "23502", "23503"}) EXPECT_EQ(code_of(state), "constraint") << state;
    for (char const* state : {"42601", "42P01", "22003", "42P18", "26000"}) EXPECT_EQ(code_of(state), "logic") << state;
}

TEST(PostgresRetry, PausesGrowWithinTheirBoundAndEnd) {
    PostgresRetry retry;
    std::chrono::microseconds sum{0};
    int runs = 0;
    while (auto const pause = retry.next_pause(PostgresFailure::conflict, {}, ~std::uint64_t{0} >> 1)) {
        EXPECT_LE(*pause, PostgresRetry::longest_pause);
        sum += *pause;
        ++runs;
    }
    EXPECT_EQ(runs, PostgresRetry::conflict_limit - 1);
    EXPECT_LT(sum, std::chrono::seconds(5));
    EXPECT_FALSE(PostgresRetry().next_pause(PostgresFailure::final, {}, 0));
    EXPECT_EQ(PostgresRetry().next_pause(PostgresFailure::connection_lost, {}, 77), std::chrono::microseconds(0));
    EXPECT_FALSE(PostgresRetry().next_pause(PostgresFailure::connection_lost, PostgresRetry::reconnect_limit, 0));
}

}  // namespace
}  // namespace mainstay
