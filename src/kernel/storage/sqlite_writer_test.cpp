#include "kernel/storage/sqlite_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace mainstay {
namespace {

using sqlite_test::insert_note;
using sqlite_test::note_ids;
using testing::ElementsAre;
using testing::HasSubstr;

class SqliteWriting : public testing::Test {
protected:
    Database& open(SqliteOptions options = {}) {
        database_.reset();
        options.folder = folder_ / "data";
        options.log = heard_.log();
        database_ = sqlite_test::open_notes(options, clock_);
        return *database_;
    }

    // Holds the writer within a unit until let go, so that what is submitted meanwhile becomes one group.
    class Hold {
    public:
        explicit Hold(Database& database) {
            database.submit(
                system_scope("test"),
                [this](Transaction&) {
                    if (!std::exchange(was_held_, true)) {
                        holds_.set_value();
                        let_go_.get_future().wait();
                    }
                },
                [](std::exception_ptr) {});
            holds_.get_future().wait();
        }
        void let_go() { let_go_.set_value(); }

    private:
        bool was_held_ = false;
        std::promise<void> holds_, let_go_;
    };

    // Submits a unit and keeps what its done was told.
    std::future<void> submit(Database& database, Database::Unit unit) {
        auto outcome = std::make_shared<std::promise<void>>();
        database.submit(tenant_, std::move(unit), [outcome](std::exception_ptr failure) {
            failure ? outcome->set_exception(failure) : outcome->set_value();
        });
        return outcome->get_future();
    }

    TenantId const tenant_ = sqlite_test::tenant(1);
    ManualClock clock_;
    sqlite_test::Heard heard_;
    sqlite_test::TemporaryFolder folder_;
    std::unique_ptr<Database> database_;
};

TEST_F(SqliteWriting, CommitsWhatWaitsAsOneGroup) {
    Database& database = open();
    Hold hold(database);
    auto const before = database.counters();
    std::vector<std::future<void>> done;
    for (int i = 0; i < 50; ++i) done.push_back(submit(database, [i](Transaction& tx) { insert_note(tx, i); }));
    EXPECT_EQ(database.counters().queue_depth, 50u);
    hold.let_go();
    for (auto& each : done) each.get();
    EXPECT_EQ(database.counters().groups_total, before.groups_total + 1);
    EXPECT_EQ(database.counters().writes_total, before.writes_total + 51);
    EXPECT_EQ(note_ids(database, tenant_).size(), 50u);
}

TEST_F(SqliteWriting, OneFailingMemberDoesNotHarmTheOthers) {
    for (int failing = 0; failing < 3; ++failing) {
        Database& database = open();
        database.write(tenant_, [](Transaction& tx) { tx.execute("DELETE FROM notes WHERE tenant_id = :tenant"); });
        Hold hold(database);
        std::vector<std::future<void>> done;
        for (int i = 0; i < 3; ++i)
            done.push_back(submit(database, [=](Transaction& tx) {
                insert_note(tx, 10 + i);
                insert_note(tx, 20 + i);
                if (i == failing) throw std::runtime_error("changed its mind");
            }));
        hold.let_go();
        for (int i = 0; i < 3; ++i) {
            if (i == failing)
                EXPECT_THROW(done[static_cast<std::size_t>(i)].get(), std::runtime_error);
            else
                EXPECT_NO_THROW(done[static_cast<std::size_t>(i)].get());
        }
        EXPECT_EQ(note_ids(database, tenant_).size(), 4u) << "failing: " << failing;
        EXPECT_EQ(database.counters().retries_total, 0u);
    }
}

TEST_F(SqliteWriting, TellsWhichRuleWasBroken) {
    Database& database = open();
    auto const rule_of = [&](Database::Unit const& unit) {
        try {
            database.write(tenant_, unit);
        } catch (ConstraintViolation const& violation) {
            return violation.rule;
        }
        throw std::logic_error("nothing was broken");
    };
    using Rule = ConstraintViolation::Rule;
    EXPECT_EQ(rule_of([](Transaction& tx) { insert_note(tx, 1), insert_note(tx, 1); }), Rule::unique);
    EXPECT_EQ(rule_of([](Transaction& tx) {
                  tx.execute("INSERT INTO notes (tenant_id, id, text) VALUES (:tenant, 1, NULL)");
              }),
              Rule::not_null);
    EXPECT_EQ(rule_of([](Transaction& tx) {
                  tx.execute("INSERT INTO notes (tenant_id, id, text) VALUES (:tenant, 'abc', 'x')");
              }),
              Rule::check);
    EXPECT_TRUE(note_ids(database, tenant_).empty());
}

TEST_F(SqliteWriting, CommitsNothingAfterAStatementFailedThoughItWasCaught) {
    Database& database = open();
    EXPECT_THROW(database.write(tenant_,
                                [](Transaction& tx) {
                                    insert_note(tx, 1);
                                    try {
                                        insert_note(tx, 1);
                                    } catch (ConstraintViolation const&) {
                                    }
                                    insert_note(tx, 2);
                                }),
                 ConstraintViolation);
    EXPECT_TRUE(note_ids(database, tenant_).empty());
}

TEST_F(SqliteWriting, RunsCallbacksInOrderAfterTheCommitAndBeforeDone) {
    Database& database = open();
    std::vector<std::string> seen;
    Hold hold(database);
    std::vector<std::future<void>> done;
    for (int i = 0; i < 3; ++i) {
        auto outcome = std::make_shared<std::promise<void>>();
        done.push_back(outcome->get_future());
        database.submit(
            tenant_,
            [&, i](Transaction& tx) {
                insert_note(tx, i);
                for (auto const* which : {" first", " second"})
                    tx.after_commit([&, i, which] { seen.push_back(std::to_string(i) + which); });
                if (i == 1) throw std::runtime_error("no");
            },
            [&, i, outcome](std::exception_ptr) {
                seen.push_back(std::to_string(i) + " done");
                outcome->set_value();
            });
    }
    hold.let_go();
    for (auto& each : done) each.get();
    EXPECT_THAT(seen, ElementsAre("0 first", "0 second", "0 done", "1 done", "2 first", "2 second", "2 done"));
}

TEST_F(SqliteWriting, SeesItsOwnRowsAndThoseOfTheMembersBefore) {
    Database& database = open();
    Hold hold(database);
    auto first = submit(database, [](Transaction& tx) { insert_note(tx, 1); });
    std::int64_t seen = 0;
    auto second = submit(database, [&](Transaction& tx) {
        seen = tx.one<std::int64_t>("SELECT count(*) FROM notes WHERE tenant_id = :tenant");
    });
    EXPECT_TRUE(note_ids(database, tenant_).empty()) << "no reader sees what is not committed";
    hold.let_go();
    first.get();
    second.get();
    EXPECT_EQ(seen, 1);
}

TEST_F(SqliteWriting, GivesChangedRowsAndRunsReturningToItsEnd) {
    Database& database = open();
    database.write(tenant_, [](Transaction& tx) {
        for (int i = 0; i < 10; ++i) insert_note(tx, i);
        EXPECT_EQ(tx.execute("UPDATE notes SET text = 'y' WHERE tenant_id = :tenant AND id < 4"), 4);
        EXPECT_EQ(tx.maybe_one<std::int64_t>("UPDATE notes SET text = 'z' WHERE tenant_id = :tenant RETURNING id"), 0);
        EXPECT_EQ(tx.execute("UPDATE notes SET text = 'z' WHERE tenant_id = :tenant AND id = 77"), 0);
    });
    EXPECT_EQ(database.read(tenant_,
                            [](Snapshot& snapshot) {
                                return snapshot.one<std::int64_t>(
                                    "SELECT count(*) FROM notes WHERE tenant_id = :tenant AND text = 'z'");
                            }),
              10);
}

TEST_F(SqliteWriting, RefusesAtOnceWhenTheQueueIsFull) {
    Database& database = open({.queue_limit = 3});
    Hold hold(database);
    std::vector<std::future<void>> done;
    for (int i = 0; i < 3; ++i) done.push_back(submit(database, [i](Transaction& tx) { insert_note(tx, i); }));
    try {
        submit(database, [](Transaction& tx) { insert_note(tx, 9); });
        ADD_FAILURE() << "there was room";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "busy");
        EXPECT_EQ(fault.retry_after_s, 1);
    }
    hold.let_go();
    for (auto& each : done) each.get();
    EXPECT_THAT(note_ids(database, tenant_), ElementsAre(0, 1, 2));
}

TEST_F(SqliteWriting, RefusesAUnitThatWouldWaitForItself) {
    Database& database = open();
    auto const nested = [&](auto work) {
        EXPECT_THROW(database.write(tenant_, [&](Transaction&) { work(); }), std::logic_error);
        EXPECT_THROW(database.read(tenant_, [&](Snapshot&) { work(); }), std::logic_error);
    };
    nested([&] { database.write(tenant_, [](Transaction&) {}); });
    nested([&] { database.read(tenant_, [](Snapshot&) {}); });
    nested([&] {
        database.submit(
            tenant_, [](Transaction&) {}, [](std::exception_ptr) {});
    });
    nested([&] { database.backup(folder_ / "copy.db"); });
    nested([&] { database.migrate(sqlite_test::notes_migrations); });
    EXPECT_NO_THROW(database.write(tenant_, [](Transaction&) {}));
}

TEST_F(SqliteWriting, LetsCallbacksSubmitButNotWait) {
    Database& database = open();
    std::promise<void> submitted;
    bool has_refused = false;
    database.write(tenant_, [&](Transaction& tx) {
        tx.after_commit([&] {
            try {
                database.write(tenant_, [](Transaction&) {});
            } catch (std::logic_error const&) {
                has_refused = true;
            }
            database.submit(
                tenant_, [](Transaction& later) { insert_note(later, 1); },
                [&](std::exception_ptr) { submitted.set_value(); });
        });
    });
    submitted.get_future().wait();
    EXPECT_TRUE(has_refused);
    EXPECT_THAT(note_ids(database, tenant_), ElementsAre(1));
}

TEST_F(SqliteWriting, CountsAndTellsOfSlowUnits) {
    Database& database = open();
    database.write(tenant_, [&](Transaction& tx) {
        insert_note(tx, 1);
        clock_.advance(milliseconds(4));
    });
    EXPECT_EQ(database.counters().slow_units_total, 0u);
    database.write(tenant_, [&](Transaction& tx) {
        insert_note(tx, 2);
        clock_.advance(milliseconds(6));
    });
    EXPECT_EQ(database.counters().slow_units_total, 1u);
    EXPECT_THAT(heard_.all(), HasSubstr("held the writer for 6 ms; its last statement: INSERT INTO notes"));
}

TEST_F(SqliteWriting, GivesAUnitOneTime) {
    Database& database = open();
    Instant const start = clock_.now();
    database.write(tenant_, [&](Transaction& tx) {
        clock_.advance(seconds(1));
        EXPECT_EQ(tx.now(), start);
    });
}

TEST_F(SqliteWriting, RunsWhatWasSubmittedBeforeItCloses) {
    std::vector<std::future<void>> done;
    {
        Database& database = open();
        for (int i = 0; i < 500; ++i) done.push_back(submit(database, [i](Transaction& tx) { insert_note(tx, i); }));
        database_.reset();
    }
    for (auto& each : done) EXPECT_NO_THROW(each.get());
    EXPECT_EQ(note_ids(open(), tenant_).size(), 500u);
}

TEST_F(SqliteWriting, RefusesParametersThatAreMissingOrCannotBeKept) {
    Database& database = open();
    EXPECT_THROW(database.write(tenant_, [](Transaction& tx) { tx.execute("DELETE FROM notes WHERE text = :text"); }),
                 std::logic_error);
    EXPECT_THROW(database.write(system_scope("test"),
                                [](Transaction& tx) { tx.execute("DELETE FROM notes WHERE tenant_id = :tenant"); }),
                 std::logic_error);
    EXPECT_THROW(database.write(tenant_, [](Transaction& tx) { insert_note(tx, 1, std::string_view("a\0b", 3)); }),
                 Fault);
    EXPECT_THROW(Scope(TenantId{}), std::logic_error);
    database.write(tenant_, [](Transaction& tx) { insert_note(tx, 1, std::string_view()); });
    EXPECT_THAT(note_ids(database, tenant_), ElementsAre(1)) << "an empty text is not NULL";
}

TEST_F(SqliteWriting, TakesTheTenantFromTheScopeWhateverIsGiven) {
    Database& database = open();
    TenantId const other = sqlite_test::tenant(2);
    database.write(tenant_, [&](Transaction& tx) {
        tx.execute("INSERT INTO notes (tenant_id, id, text) VALUES (:tenant, 1, 'x')", bind("tenant", other));
    });
    EXPECT_THAT(note_ids(database, tenant_), ElementsAre(1));
    EXPECT_TRUE(note_ids(database, other).empty());
}

TEST_F(SqliteWriting, KeepsEveryWriteOfManyThreads) {
    Database& database = open({.group_limit = 8});
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i) {
                database.write(tenant_, [&](Transaction& tx) { insert_note(tx, t * 1000 + i); });
                if (i % 10 == 0) note_ids(database, tenant_);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(note_ids(database, tenant_).size(), 800u);
}

TEST_F(SqliteWriting, KeepsMoreStatementsThanItsCacheHolds) {
    Database& database = open();
    for (int round = 0; round < 2; ++round)
        for (int i = 0; i < 600; ++i) {
            std::string const sql = "SELECT " + std::to_string(i) + " AS n FROM (SELECT 1)";
            EXPECT_EQ(database.read(tenant_, [&](Snapshot& s) { return s.one<std::int64_t>(sql.c_str()); }), i);
        }
}

}  // namespace
}  // namespace mainstay
