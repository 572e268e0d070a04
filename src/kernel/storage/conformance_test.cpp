// What units of work promise, the same on both engines.
#include "testing/testing.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <latch>
#include <mutex>
#include <thread>

namespace mainstay {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Migration things{"things", 1, "0001_things", R"(
CREATE TABLE things (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    amount BIGINT NOT NULL,
    note TEXT,
    PRIMARY KEY (tenant_id, id),
    CHECK (amount >= 0)
);
CREATE TABLE parts (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    thing_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, thing_id) REFERENCES things (tenant_id, id)
);
-- global: the same for every tenant
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
)"};

constexpr char const* insert_thing = "INSERT INTO things (tenant_id, id, amount) VALUES (:tenant, :id, :amount)";
constexpr char const* all_ids = "SELECT id FROM things WHERE tenant_id = :tenant ORDER BY id";
constexpr char const* total = "SELECT coalesce(sum(amount), 0) FROM things WHERE tenant_id = :tenant";

class ConformanceTest : public testing::Engines {
protected:
    void SetUp() override { migrate({std::span(&things, 1)}); }

    void insert(Transaction& tx, std::string const& id, std::int64_t amount = 1) {
        tx.execute(insert_thing, bind("id", id), bind("amount", amount));
    }
    void insert(Scope const& scope, std::string const& id, std::int64_t amount = 1) {
        database().write(scope, [&](Transaction& tx) { insert(tx, id, amount); });
    }
    std::vector<std::string> ids(Scope const& scope) {
        return database().read(scope, [](Snapshot& snapshot) { return snapshot.all<std::string>(all_ids); });
    }
    std::int64_t total_of(Scope const& scope) {
        return database().read(scope, [](Snapshot& snapshot) { return snapshot.one<std::int64_t>(total); });
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, ConformanceTest, testing::each_engine(), testing::engine_name);

TEST_P(ConformanceTest, UnitSeesItsOwnWritesAndOthersDoNotUntilItIsCommitted) {
    insert(mine, "before");
    database().write(mine, [&](Transaction& tx) {
        insert(tx, "new");
        EXPECT_THAT(tx.all<std::string>(all_ids), ElementsAre("before", "new"));
        std::vector<std::string> seen;
        std::thread([&] { seen = ids(mine); }).join();
        EXPECT_THAT(seen, ElementsAre("before"));
    });
    EXPECT_THAT(ids(mine), ElementsAre("before", "new"));
}

TEST_P(ConformanceTest, ReaderSeesOneMomentHoweverLongItReads) {
    insert(mine, "a");
    database().read(mine, [&](Snapshot& snapshot) {
        EXPECT_EQ(snapshot.one<std::int64_t>(total), 1);
        std::thread([&] { insert(mine, "b"); }).join();
        EXPECT_EQ(snapshot.one<std::int64_t>(total), 1);
    });
    EXPECT_EQ(total_of(mine), 2);
}

TEST_P(ConformanceTest, UnitThatThrowsLeavesNothing) {
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      insert(tx, "a");
                                      throw Fault(errors::conflict, "no");
                                  }),
                 Fault);
    EXPECT_THAT(ids(mine), IsEmpty());
    insert(mine, "b");
    EXPECT_THAT(ids(mine), ElementsAre("b"));
}

TEST_P(ConformanceTest, UnitAndReaderGiveWhatTheirFunctionGives) {
    EXPECT_EQ(database().write(mine, [](Transaction&) { return std::string("given"); }), "given");
    EXPECT_EQ(database().read(mine, [](Snapshot&) { return 7; }), 7);
}

TEST_P(ConformanceTest, UnitHasOneTimeThatTheClockSays) {
    Instant const start = clock.now();
    database().write(mine, [&](Transaction& tx) {
        EXPECT_EQ(tx.now(), start);
        EXPECT_EQ(tx.tenant(), mine);
    });
    clock.advance(seconds(5));
    database().read(mine, [&](Snapshot& snapshot) { EXPECT_EQ(snapshot.now(), start + seconds(5)); });
}

TEST_P(ConformanceTest, AfterCommitRunsOnceTheRowsAreThereAndNeverOnRollback) {
    int committed = 0, rolled_back = 0;
    database().write(mine, [&](Transaction& tx) {
        insert(tx, "a");
        tx.after_commit([&] { ++committed; });
        EXPECT_EQ(committed, 0);
    });
    EXPECT_EQ(committed, 1);
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      tx.after_commit([&] { ++rolled_back; });
                                      insert(tx, "a");
                                  }),
                 ConstraintViolation);
    EXPECT_EQ(rolled_back, 0);
}

TEST_P(ConformanceTest, EverySubmittedUnitIsAnsweredOnce) {
    std::atomic<int> succeeded = 0, failed = 0;
    std::latch all(20);
    for (int i = 0; i < 20; ++i) {
        database().submit(
            mine, [&, i](Transaction& tx) { insert(tx, std::to_string(i / 2)); },
            [&](std::exception_ptr failure) {
                ++(failure ? failed : succeeded);
                all.count_down();
            });
    }
    all.wait();
    EXPECT_EQ(succeeded, 10);
    EXPECT_EQ(failed, 10);
    EXPECT_EQ(total_of(mine), 10);
}

TEST_P(ConformanceTest, WorkThatWouldWaitForItselfIsRefused) {
    database().write(mine, [&](Transaction&) {
        EXPECT_THROW(insert(mine, "nested"), std::logic_error);
        EXPECT_THROW(ids(mine), std::logic_error);
    });
    database().read(mine, [&](Snapshot&) { EXPECT_THROW(insert(mine, "nested"), std::logic_error); });
    bool is_refused = false;
    database().write(mine, [&](Transaction& tx) {
        tx.after_commit([&] {
            try {
                insert(mine, "later");
            } catch (std::logic_error const&) {
                is_refused = true;
            }
        });
    });
    EXPECT_TRUE(is_refused);
    EXPECT_THAT(ids(mine), IsEmpty());
}

TEST_P(ConformanceTest, WhatThrowsAfterTheCommitIsLoggedAndChangesNoAnswer) {
    std::mutex mutex;
    std::vector<std::string> logged;
    sqlite.log = postgres.log = [&](std::string_view line) {
        std::lock_guard const lock(mutex);
        logged.emplace_back(line);
    };
    reopen();
    int called = 0;
    EXPECT_NO_THROW(database().write(mine, [&](Transaction& tx) {
        insert(tx, "a");
        tx.after_commit([] { throw std::runtime_error("no room for it"); });
        tx.after_commit([&] { ++called; });
    }));
    EXPECT_EQ(called, 1);
    EXPECT_THAT(ids(mine), ElementsAre("a"));
    close();
    EXPECT_THAT(logged, ::testing::Contains("after_commit failed: no room for it"));
}

TEST_P(ConformanceTest, BrokenRulesAreToldApart) {
    using Rule = ConstraintViolation::Rule;
    insert(mine, "a");
    auto const rule_broken_by = [&](char const* sql) -> std::optional<Rule> {
        try {
            database().write(mine, [&](Transaction& tx) { tx.execute(sql); });
        } catch (ConstraintViolation const& violation) {
            return violation.rule;
        }
        return std::nullopt;
    };
    EXPECT_EQ(rule_broken_by("INSERT INTO things (tenant_id, id, amount) VALUES (:tenant, 'a', 1)"), Rule::unique);
    EXPECT_EQ(rule_broken_by("INSERT INTO things (tenant_id, id, amount) VALUES (:tenant, 'b', -1)"), Rule::check);
    EXPECT_EQ(rule_broken_by("INSERT INTO things (tenant_id, id, amount) VALUES (:tenant, 'b', NULL)"), Rule::not_null);
    EXPECT_EQ(rule_broken_by("INSERT INTO parts (tenant_id, id, thing_id) VALUES (:tenant, 'p', 'none')"),
              Rule::foreign_key);
    EXPECT_EQ(rule_broken_by("INSERT INTO parts (tenant_id, id, thing_id) VALUES (:tenant, 'p', 'a')"), std::nullopt);
}

TEST_P(ConformanceTest, StatementThatFailedEndsTheUnitEvenWhenItsErrorWasCaught) {
    insert(mine, "a");
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      insert(tx, "b");
                                      EXPECT_THROW(insert(tx, "a"), ConstraintViolation);
                                      EXPECT_THROW(insert(tx, "c"), ConstraintViolation);
                                  }),
                 ConstraintViolation);
    EXPECT_THAT(ids(mine), ElementsAre("a"));
}

// Write skew: each of two units sees that both are on duty and takes itself off. Run one after the other, one stays.
TEST_P(ConformanceTest, CheckThenActOfTwoUnitsIsAsIfOneCameAfterTheOther) {
    insert(mine, "ann", 1);
    insert(mine, "bob", 1);
    constexpr int rounds = 25;
    std::barrier both(2);
    auto const leave_duty = [&](std::string const& who) {
        for (int round = 0; round < rounds; ++round) {
            both.arrive_and_wait();
            database().write(mine, [&](Transaction& tx) {
                if (tx.one<std::int64_t>(total) < 2) return;
                tx.execute("UPDATE things SET amount = 0 WHERE tenant_id = :tenant AND id = :id", bind("id", who));
            });
            both.arrive_and_wait();
            if (who == "ann") {
                EXPECT_EQ(total_of(mine), 1);
                database().write(mine, [](Transaction& tx) {
                    tx.execute("UPDATE things SET amount = 1 WHERE tenant_id = :tenant");
                });
            }
        }
    };
    std::thread ann(leave_duty, "ann"), bob(leave_duty, "bob");
    ann.join();
    bob.join();
}

TEST_P(ConformanceTest, CountersOfManyThreadsAddUp) {
    insert(mine, "sum", 0);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 10; ++n)
                database().write(mine, [&](Transaction& tx) {
                    auto const seen = tx.one<std::int64_t>(total);
                    tx.execute("UPDATE things SET amount = :next WHERE tenant_id = :tenant AND id = 'sum'",
                               bind("next", seen + 1));
                });
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(total_of(mine), 40);
    EXPECT_GE(database().counters().writes_total, 41u);
}

// On PostgreSQL a serializable unit would run again for each row that another changed meanwhile.
TEST_P(ConformanceTest, UnitsOfCommittedReadsTakeARowAsTheOtherLeftItAndRunOnce) {
    constexpr int threads = 4, units = 50;
    insert(mine, "shared", 0);
    std::atomic<int> runs = 0;
    std::barrier together(threads);
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i)
        all.emplace_back([&] {
            together.arrive_and_wait();
            for (int j = 0; j < units; ++j)
                database().write(
                    mine,
                    [&](Transaction& tx) {
                        ++runs;
                        tx.one<std::int64_t>(total);
                        tx.execute("UPDATE things SET amount = amount + 1 WHERE tenant_id = :tenant");
                    },
                    Isolation::read_committed);
        });
    for (auto& thread : all) thread.join();
    EXPECT_EQ(total_of(mine), threads * units);
    EXPECT_EQ(runs, threads * units);
}

TEST_P(ConformanceTest, ReaderPastItsTimeIsStoppedAndTheDatabaseGoesOn) {
    constexpr char const* endless =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0";
    reopen(system_clock());
    try {
        database().read(
            mine, [&](Snapshot& snapshot) { snapshot.one<std::int64_t>(endless); }, ReadLimits{milliseconds(50)});
        FAIL() << "came to an end";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "deadline_exceeded");
    }
    EXPECT_THAT(ids(mine), IsEmpty());
}

TEST_P(ConformanceTest, ReaderWritesNothing) {
    EXPECT_THROW(database().read(mine,
                                 [](Snapshot& snapshot) {
                                     snapshot.all<std::string>(
                                         "INSERT INTO things (tenant_id, id, amount)"
                                         " VALUES (:tenant, 'x', 1) RETURNING id");
                                 }),
                 std::logic_error);
    EXPECT_THAT(ids(mine), IsEmpty());
}

TEST_P(ConformanceTest, WhatWasWrittenIsThereAfterARestart) {
    insert(mine, "a");
    reopen();
    EXPECT_THAT(ids(mine), ElementsAre("a"));
    EXPECT_NO_THROW(database().check());
    EXPECT_FALSE(database().is_durable_path_failed());
}

TEST_P(ConformanceTest, InstallationScopeReachesEveryTenantAndHasRowsOfItsOwn) {
    insert(mine, "mine", 3);
    Scope const installation = installation_scope("test", "usr_operator");
    insert(installation, "own", 5);
    EXPECT_EQ(total_of(installation), 5);
    EXPECT_EQ(total_of(mine), 3);
    auto const of_all = [](Snapshot& snapshot) { return snapshot.one<std::int64_t>("SELECT count(*) FROM things"); };
    EXPECT_EQ(database().read(installation, of_all), 2);
    EXPECT_EQ(installation.actor(), "usr_operator");
    EXPECT_EQ(ids(installation_tenant), std::vector<std::string>{"own"});
}

TEST_P(ConformanceTest, SystemScopeHasNoTenantToSupply) {
    EXPECT_THROW(insert(system_scope("test"), "nobody's"), std::logic_error);
}

}  // namespace
}  // namespace mainstay
