#include "kernel/files/files.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace mainstay::files {
namespace {

class FolderFilesTest : public testing::Test {
protected:
    FolderFilesTest() {
        char pattern[] = "/tmp/mainstay-files-XXXXXX";
        folder_ = mkdtemp(pattern);
    }
    ~FolderFilesTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
    Instant now_{1'790'000'000'000'000};
    TenantId first_ = TenantId::make(now_), second_ = TenantId::make(now_);
};

TEST_F(FolderFilesTest, GivesBackExactlyTheBytes) {
    FolderFiles files(folder_ / "blobs");
    std::string bytes(300'000, 'x');
    bytes[7] = '\0';
    FileId const id = files.put(first_, bytes, now_);
    EXPECT_EQ(files.read(first_, id, 1 << 20), bytes);
    EXPECT_EQ(std::filesystem::file_size(files.local_path(first_, id)), bytes.size());
}

TEST_F(FolderFilesTest, AnotherTenantDoesNotFindIt) {
    FolderFiles files(folder_ / "blobs");
    FileId const id = files.put(first_, "secret", now_);
    EXPECT_THROW(files.read(second_, id, 100), Fault);
    EXPECT_NO_THROW(files.remove(second_, id));
    EXPECT_EQ(files.read(first_, id, 100), "secret");
}

TEST_F(FolderFilesTest, TakesAFileFromAnotherDiskToo) {
    std::filesystem::path const elsewhere = "/dev/shm/mainstay-files-" + FileId::make(now_).to_string();
    std::ofstream(elsewhere) << "12345";
    FolderFiles files(folder_ / "blobs");
    FileId const id = files.put_file(first_, elsewhere, now_);
    EXPECT_FALSE(std::filesystem::exists(elsewhere));
    EXPECT_EQ(files.read(first_, id, 5), "12345");
    EXPECT_EQ(files.made_between(first_, now_, now_ + seconds(1)), std::vector{id});
}

TEST_F(FolderFilesTest, PutIsAFaultWhereTheFolderCannotBeMade) {
    FolderFiles files(folder_ / "blobs");
    std::ofstream(folder_ / "blobs" / first_.to_string()) << "in the way";
    EXPECT_THROW(files.put(first_, "12345", now_), Fault);
}

TEST_F(FolderFilesTest, TakesAFileAwayAndRefusesOneOverTheLimit) {
    FolderFiles files(folder_ / "blobs");
    std::ofstream(folder_ / "upload") << "12345";
    FileId const id = files.put_file(first_, folder_ / "upload", now_);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "upload"));
    EXPECT_EQ(files.read(first_, id, 5), "12345");
    EXPECT_THROW(files.read(first_, id, 4), Fault);
    files.remove(first_, id);
    EXPECT_THROW(files.local_path(first_, id), Fault);
}

}  // namespace
}  // namespace mainstay::files
