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

constexpr char const* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

struct Note {
    std::int64_t id = 0;
    std::string text;
};
fields::Table const& table_of(Note const*) {
    static fields::Table const table{
        "Note", {fields::field("id", &Note::id, "Number."), fields::field("text", &Note::text, "Text.")}};
    return table;
}

class SqliteReading : public testing::Test {
protected:
    void open(std::size_t readers = 2) {
        database_ = sqlite_test::open_notes({.folder = folder_ / "data", .readers = readers}, clock_);
    }
    Database& database() { return *database_; }

    TenantId const tenant_ = sqlite_test::tenant(1);
    ManualClock clock_;
    sqlite_test::TemporaryFolder folder_;
    std::unique_ptr<Database> database_;
};

TEST_F(SqliteReading, SeesOneStateHoweverManyStatements) {
    open();
    database().write(tenant_, [](Transaction& tx) { insert_note(tx, 1); });
    database().read(tenant_, [&](Snapshot& snapshot) {
        auto const count = [&] {
            return snapshot.one<std::int64_t>("SELECT count(*) FROM notes WHERE tenant_id = :tenant");
        };
        EXPECT_EQ(count(), 1);
        std::thread([&] { database().write(tenant_, [](Transaction& tx) { insert_note(tx, 2); }); }).join();
        EXPECT_EQ(count(), 1);
    });
    EXPECT_THAT(note_ids(database(), tenant_), ElementsAre(1, 2));
}

TEST_F(SqliteReading, MatchesColumnsToFieldsByName) {
    open();
    database().write(tenant_, [](Transaction& tx) {
        Note const note{7, "seven"};
        tx.execute("INSERT INTO notes (tenant_id, id, text) VALUES (:tenant, :id, :text)", note);
    });
    database().read(tenant_, [](Snapshot& snapshot) {
        auto const note = snapshot.maybe_one<Note>("SELECT text, tenant_id, id FROM notes WHERE tenant_id = :tenant");
        ASSERT_TRUE(note);
        EXPECT_EQ(note->id, 7);
        EXPECT_EQ(note->text, "seven");
        EXPECT_FALSE(snapshot.maybe_one<Note>("SELECT id, text FROM notes WHERE tenant_id = :tenant AND id = 8"));
    });
    auto const read = [&](char const* sql) { database().read(tenant_, [&](Snapshot& s) { s.all<Note>(sql); }); };
    EXPECT_THROW(read("SELECT id FROM notes WHERE tenant_id = :tenant"), std::logic_error);
    EXPECT_THROW(database().read(tenant_, [](Snapshot& s) { s.one<std::int64_t>("SELECT 1 AS a, 2 AS b"); }),
                 std::logic_error);
    EXPECT_THROW(database().read(tenant_, [](Snapshot& s) { s.one<Note>("SELECT id, text FROM notes WHERE id = 9"); }),
                 std::logic_error);
}

TEST_F(SqliteReading, RefusesToWrite) {
    open();
    for (auto const* sql : {"DELETE FROM notes WHERE tenant_id = :tenant", "UPDATE notes SET text = 'x' RETURNING id"})
        EXPECT_THROW(database().read(tenant_, [&](Snapshot& s) { s.all<std::int64_t>(sql); }), std::logic_error);
}

TEST_F(SqliteReading, EndsAtItsDeadline) {
    open();
    try {
        database().read(tenant_,
                        [&](Snapshot& snapshot) {
                            clock_.advance(milliseconds(501));
                            snapshot.one<std::int64_t>(endless);
                        },
                        {.time = milliseconds(500)});
        FAIL() << "an endless query ended";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "deadline_exceeded");
    }
    EXPECT_TRUE(note_ids(database(), tenant_).empty()) << "the connection is as good as before";
}

TEST_F(SqliteReading, DeadlineIsNotOfTheNextReader) {
    open(1);
    clock_.advance(seconds(100));
    database().read(tenant_, [](Snapshot& snapshot) {
        EXPECT_EQ(snapshot.one<std::int64_t>(
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                      " SELECT count(*) FROM n"),
                  100'000);
    });
}

TEST_F(SqliteReading, WaitsForAFreeConnectionNoLongerThanItMayRead) {
    open(1);
    std::promise<void> reads, let_go;
    std::thread holder([&] {
        database().read(tenant_, [&](Snapshot&) {
            reads.set_value();
            let_go.get_future().wait();
        });
    });
    reads.get_future().wait();
    try {
        database().read(tenant_, [](Snapshot&) {}, {.time = milliseconds(20)});
        ADD_FAILURE() << "two readers had one connection";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "busy");
        EXPECT_EQ(fault.retry_after_s, 1);
    }
    let_go.set_value();
    holder.join();
    EXPECT_NO_THROW(database().read(tenant_, [](Snapshot&) {}));
}

TEST_F(SqliteReading, FailsAsAWholeWhenAStatementFailedThoughItWasCaught) {
    open();
    EXPECT_THROW(database().read(tenant_,
                                 [](Snapshot& snapshot) {
                                     try {
                                         snapshot.all<std::int64_t>("SELECT missing FROM notes");
                                     } catch (std::logic_error const&) {
                                     }
                                 }),
                 std::logic_error);
    EXPECT_EQ(database().counters().reads_total, 1u);
}

TEST_F(SqliteReading, BackupHoldsWhatIsWrittenMeanwhileAndIsWhole) {
    open();
    std::string const text(2000, 'x');
    for (int i = 0; i < 20; ++i)
        database().write(tenant_, [&](Transaction& tx) {
            for (int j = 0; j < 100; ++j) insert_note(tx, i * 100 + j, text);
        });
    std::thread writer([&] {
        for (int i = 0; i < 50; ++i)
            database().write(tenant_, [&](Transaction& tx) { insert_note(tx, 100'000 + i, text); });
    });
    std::filesystem::path const to = folder_ / "copy" / "mainstay.db";
    std::filesystem::create_directory(to.parent_path());
    database().backup(to);
    writer.join();
    EXPECT_FALSE(std::filesystem::exists(to.string() + ".part"));

    EXPECT_EQ(sqlite_test::integrity(to), "ok");
    auto copy = Database::open(SqliteOptions{.folder = to.parent_path()}, clock_);
    auto const ids = note_ids(*copy, tenant_);
    ASSERT_GE(ids.size(), 2000u);
    for (std::size_t i = 0; i < ids.size(); ++i)
        ASSERT_EQ(ids[i], static_cast<std::int64_t>(i < 2000 ? i : 100'000 + i - 2000))
            << "a write in the middle is missing";
    EXPECT_EQ(std::filesystem::status(to).permissions() & std::filesystem::perms::others_all,
              std::filesystem::perms::none);
}

TEST_F(SqliteReading, BackupThatFailsLeavesNothing) {
    open();
    EXPECT_THROW(database().backup(folder_ / "missing" / "copy.db"), std::system_error);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "missing"));
    EXPECT_NO_THROW(database().write(tenant_, [](Transaction& tx) { insert_note(tx, 1); }));
}

TEST_F(SqliteReading, CheckIsContentWithADatabaseThatWorks) {
    open();
    EXPECT_NO_THROW(database().check());
    EXPECT_FALSE(database().is_durable_path_failed());
    EXPECT_EQ(database().engine(), Database::Engine::sqlite);
}

}  // namespace
}  // namespace mainstay
