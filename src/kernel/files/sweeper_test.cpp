// Files and their owners: what a unit kept stays, what none kept goes.
#include "kernel/files/files.hpp"
#include "testing/testing.hpp"

#include <fstream>

namespace mainstay::files {
namespace {

class FileOwnersTest : public testing::Engines {
protected:
    void SetUp() override { migrate({migrations()}); }

    FileId put(std::string_view bytes = "bytes") { return files.put(mine, bytes, clock.now()); }
    void write(std::function<void(Transaction&)> const& unit) { database().write(mine, unit); }
    bool exists(FileId id) {
        try {
            files.local_path(mine, id);
            return true;
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "not_found");
            return false;
        }
    }

    testing::TemporaryFolder folder;
    FolderFiles files{folder.path() / "blobs"};
};

INSTANTIATE_TEST_SUITE_P(Engines, FileOwnersTest, testing::each_engine(), testing::engine_name);

TEST_P(FileOwnersTest, OwnedFileIsNeverSweptAndOneThatNobodyKeptIsSweptADayLater) {
    auto const kept = put(), rolled_back = put(), never_kept = put();
    std::ofstream(files.local_path(mine, kept).parent_path() / (FileId::make(clock.now()).to_string() + ".part"))
        << "cut";
    write([&](Transaction& tx) { keep(tx, kept, "upl_1"); });
    EXPECT_ANY_THROW(write([&](Transaction& tx) {
        keep(tx, rolled_back, "upl_2");
        throw std::runtime_error("rolls back");
    }));
    Sweeper sweeper(files, database(), clock);
    clock.advance(Sweeper::unowned_time);
    EXPECT_EQ(sweeper.sweep(), 0u) << "a unit may still come to keep them";
    clock.advance(seconds(1));
    EXPECT_EQ(sweeper.sweep(), 3u);
    EXPECT_TRUE(exists(kept));
    EXPECT_FALSE(exists(rolled_back));
    EXPECT_FALSE(exists(never_kept));
    EXPECT_FALSE(std::filesystem::is_empty(files.local_path(mine, kept).parent_path()));

    auto const later = put();
    clock.advance(Sweeper::unowned_time + seconds(1));
    EXPECT_EQ(sweeper.sweep(), 1u) << "what came since the last time";
    EXPECT_FALSE(exists(later));
    EXPECT_EQ(Sweeper(files, database(), clock).sweep(), 0u) << "as after a restart";
    EXPECT_TRUE(exists(kept));
}

TEST_P(FileOwnersTest, FileGoesWithItsLastOwnerOnceThatIsCommitted) {
    auto const shared = put(), own = put();
    write([&](Transaction& tx) {
        keep(tx, shared, "upl_1");
        keep(tx, shared, "mig_1");
        keep(tx, shared, "mig_1");
        keep(tx, own, "mig_1");
    });
    EXPECT_ANY_THROW(write([&](Transaction& tx) {
        let_go_of_all(tx, files, "mig_1");
        throw std::runtime_error("rolls back");
    }));
    EXPECT_TRUE(exists(own));
    write([&](Transaction& tx) { let_go_of_all(tx, files, "mig_1"); });
    EXPECT_FALSE(exists(own));
    EXPECT_TRUE(exists(shared));
    write([&](Transaction& tx) { let_go(tx, files, shared, "somebody else"); });
    EXPECT_TRUE(exists(shared));
    write([&](Transaction& tx) { let_go(tx, files, shared, "upl_1"); });
    EXPECT_FALSE(exists(shared));
}

TEST_P(FileOwnersTest, FilesOfAnotherDatabaseAreLeftAlone) {
    auto const unknown = put();
    auto const of_them = files.put(theirs, "bytes", clock.now());
    database().write(theirs, [&](Transaction& tx) { keep(tx, of_them, "upl_1"); });
    clock.advance(days(30));
    EXPECT_EQ(Sweeper(files, database(), clock).sweep(), 0u);
    EXPECT_TRUE(exists(unknown));
    EXPECT_EQ(files.read(theirs, of_them, 100), "bytes");
}

}  // namespace
}  // namespace mainstay::files
