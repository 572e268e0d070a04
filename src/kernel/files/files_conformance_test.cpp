// What every Files must do, in a folder and in a bucket.
#include "kernel/files/s3_test_support.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace mainstay::files {
namespace {

enum class Kind { folder, s3_path_style, s3_virtual_host };

class FilesConformanceTest : public ::testing::TestWithParam<Kind> {
protected:
    FilesConformanceTest() {
        if (GetParam() == Kind::folder) {
            files = std::make_unique<FolderFiles>(folder.path() / "blobs");
            return;
        }
        server = std::make_unique<mainstay::testing::S3Server>();
        files = std::make_unique<S3Files>(
            client, testing::options_of(*server, folder.path() / "cache", GetParam() == Kind::s3_path_style),
            system_clock());
    }
    std::string fault(std::function<void()> const& act) {
        try {
            act();
            return "";
        } catch (Fault const& failure) {
            return std::string(failure.code().name);
        }
    }
    std::filesystem::path upload(std::string_view bytes) {
        std::ofstream(folder.path() / "upload", std::ios::binary) << bytes;
        return folder.path() / "upload";
    }

    mainstay::testing::TemporaryFolder folder;
    net::Client client{{.reach = net::Reach::anywhere}, system_clock()};
    std::unique_ptr<mainstay::testing::S3Server> server;
    std::unique_ptr<Files> files;
    Instant const now{1'790'000'000'000'000};
    TenantId const first = TenantId::make(now), second = TenantId::make(now);
};

std::string kind_name(::testing::TestParamInfo<Kind> const& kind) {
    constexpr std::array names{"Folder", "S3PathStyle", "S3VirtualHost"};
    return names.at(static_cast<std::size_t>(kind.param));
}

INSTANTIATE_TEST_SUITE_P(Kinds, FilesConformanceTest,
                         ::testing::Values(Kind::folder, Kind::s3_path_style, Kind::s3_virtual_host), kind_name);

TEST_P(FilesConformanceTest, GivesBackExactlyTheBytes) {
    std::string bytes(300'000, 'x');
    bytes[7] = '\0';
    for (auto const& one : {bytes, std::string(), std::string("short")}) {
        auto const id = files->put(first, one, now);
        EXPECT_EQ(files->read(first, id, 1 << 20), one);
        EXPECT_EQ(std::filesystem::file_size(files->local_path(first, id)), one.size());
        EXPECT_EQ(files->local_path(first, id), files->local_path(first, id));
    }
}

TEST_P(FilesConformanceTest, TakesAFileAwayHoweverLargeItIs) {
    for (std::size_t const size : {5u, (5u << 20), (5u << 20) + 1, (11u << 20) + 7}) {
        std::string bytes(size, 'b');
        for (std::size_t i = 0; i < size; i += 4'096) bytes[i] = static_cast<char>(i / 4'096);
        auto const id = files->put_file(first, upload(bytes), now);
        EXPECT_FALSE(std::filesystem::exists(folder.path() / "upload"));
        EXPECT_TRUE(files->read(first, id, size) == bytes) << size;
        EXPECT_EQ(fault([&] { files->read(first, id, size - 1); }), "file_too_large");
    }
}

TEST_P(FilesConformanceTest, WhatIsNotThereIsNotFoundAndRemovedQuietly) {
    auto const absent = FileId::make(now);
    EXPECT_EQ(fault([&] { files->read(first, absent, 100); }), "not_found");
    EXPECT_EQ(fault([&] { files->read(first, absent, 0); }), "not_found");
    EXPECT_EQ(fault([&] { files->local_path(first, absent); }), "not_found");
    EXPECT_EQ(fault([&] { files->remove(first, absent); }), "");
    auto const id = files->put(first, "bytes", now);
    files->local_path(first, id);
    files->remove(first, id);
    EXPECT_EQ(fault([&] { files->read(first, id, 100); }), "not_found");
    EXPECT_EQ(fault([&] { files->local_path(first, id); }), "not_found");
}

TEST_P(FilesConformanceTest, AnotherTenantDoesNotFindIt) {
    auto const id = files->put(first, "secret", now);
    files->local_path(first, id);
    EXPECT_EQ(fault([&] { files->read(second, id, 100); }), "not_found");
    EXPECT_EQ(fault([&] { files->local_path(second, id); }), "not_found");
    files->remove(second, id);
    EXPECT_EQ(files->read(first, id, 100), "secret");
    EXPECT_TRUE(files->made_between(second, {}, now + days(1)).empty());
}

TEST_P(FilesConformanceTest, TellsWhatWasMadeBetween) {
    std::vector<FileId> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(files->put(first, "x", now + seconds(i)));
    auto const between = [&](int from, int before) {
        auto found = files->made_between(first, now + seconds(from), now + seconds(before));
        std::sort(found.begin(), found.end());
        return found;
    };
    EXPECT_EQ(between(0, 5), ids);
    EXPECT_EQ(between(1, 3), (std::vector{ids[1], ids[2]}));
    EXPECT_TRUE(between(5, 9).empty());
}

}  // namespace
}  // namespace mainstay::files
