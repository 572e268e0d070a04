// What is the bucket's own: faults on the way, parts, lists in pages, URLs, the cache.
#include "kernel/files/s3_bucket.hpp"
#include "kernel/files/s3_cache.hpp"
#include "kernel/files/s3_test_support.hpp"

#include <algorithm>
#include <fstream>

namespace mainstay::files {
namespace {

class S3FilesTest : public ::testing::Test {
protected:
    S3FilesTest() { transport.instead = {}; }
    static net::Outcome timeout() { return net::Failure{net::FailureReason::timeout, "the test says so"}; }
    static net::Outcome answer(int status, std::string const& code) {
        return net::Reply{.status = status, .body = "<Error><Code>" + code + "</Code></Error>"};
    }
    Fault fault(std::function<void()> const& act) {
        try {
            act();
        } catch (Fault const& failure) {
            return failure;
        }
        throw std::runtime_error("there was no fault");
    }
    std::size_t seen(std::string_view mark) const {
        return static_cast<std::size_t>(
            std::count_if(transport.seen.begin(), transport.seen.end(),
                          [&](auto const& one) { return one.find(mark) != std::string::npos; }));
    }
    std::string const large = std::string((11 << 20) + 3, 'l');

    mainstay::testing::TemporaryFolder folder;
    mainstay::testing::S3Server server;
    net::Client client{{.reach = net::Reach::anywhere}, system_clock()};
    testing::FaultyTransport transport{client};
    S3Options options = testing::options_of(server, folder.path() / "cache");
    S3Files files{transport, options, system_clock()};
    Instant const now = system_clock().now();
    TenantId const mine = TenantId::make(now);
};

TEST_F(S3FilesTest, AnUploadThatTimesOutIsAFaultSoThatNoRowIsWritten) {
    transport.instead = [](net::Request const&) { return timeout(); };
    auto const failure = fault([&] { files.put(mine, "bytes", now); });
    EXPECT_EQ(failure.code().name, "busy");
    EXPECT_GT(failure.retry_after_s, 0);
    transport.instead = {};
    EXPECT_TRUE(files.made_between(mine, {}, now + days(1)).empty());
    EXPECT_EQ(files.read(mine, files.put(mine, "bytes", now), 5), "bytes") << "it works again";
}

TEST_F(S3FilesTest, HalfAnUploadIsGivenUpAndTheFileStaysWithItsOwner) {
    std::filesystem::path const from = folder.path() / "upload";
    std::ofstream(from) << large;
    transport.instead = [](net::Request const& request) -> std::optional<net::Outcome> {
        if (request.url.find("partNumber=2") != std::string::npos) return timeout();
        return std::nullopt;
    };
    EXPECT_EQ(fault([&] { files.put_file(mine, from, now); }).code().name, "busy");
    EXPECT_TRUE(std::filesystem::exists(from)) << "another attempt may take it";
    EXPECT_EQ(seen("DELETE"), 1u);
    EXPECT_EQ(seen("partNumber=3"), 0u);
    transport.instead = {};
    EXPECT_TRUE(files.made_between(mine, {}, now + days(1)).empty());
    auto const id = files.put_file(mine, from, now);
    EXPECT_TRUE(files.read(mine, id, large.size()) == large);
}

TEST_F(S3FilesTest, AnUploadThatIsDoneThoughItsAnswerWasLostIsDone) {
    bool is_lost = false;
    transport.instead = [&](net::Request const& request) -> std::optional<net::Outcome> {
        if (request.method != "POST" || request.url.find("uploadId=") == std::string::npos || is_lost)
            return std::nullopt;
        is_lost = true;
        EXPECT_EQ(std::get<net::Reply>(client.fetch(request)).status, 200);
        return answer(404, "NoSuchUpload");  // as the next attempt is told
    };
    auto const id = files.put(mine, large, now);
    EXPECT_TRUE(is_lost);
    EXPECT_TRUE(files.read(mine, id, large.size()) == large);
}

TEST_F(S3FilesTest, AnErrorUnderStatus200IsNoSuccess) {
    transport.instead = [&](net::Request const& request) -> std::optional<net::Outcome> {
        if (request.method == "POST" && request.url.find("uploadId=") != std::string::npos)
            return answer(200, "InternalError");
        return std::nullopt;
    };
    EXPECT_EQ(fault([&] { files.put(mine, large, now); }).code().name, "busy");
    EXPECT_EQ(seen("DELETE"), 1u);
}

TEST_F(S3FilesTest, AWrongClockIsNamed) {
    ManualClock wrong(now - days(1));
    S3Files late(transport, options, wrong);
    auto const skewed = fault([&] { late.put(mine, "x", now); });
    EXPECT_NE(skewed.internal_text().find("clock"), std::string::npos) << skewed.internal_text();
}

// The server of npm takes any signature; this one computes it from what arrives.
TEST_F(S3FilesTest, WhatArrivesIsSignedAndNobodyElsesSecretIsTaken) {
    mainstay::testing::ChildProcess verifier({"python3", NET_TEST_SERVERS "/signature_server.py", "the/secret+key"});
    auto const port = verifier.line_with("port ").substr(5);
    for (bool const is_path_style : {true, false}) {
        options.is_path_style = is_path_style;
        options.endpoint = (is_path_style ? "http://127.0.0.1:" : "http://s3.localhost:") + port;
        options.secret_key = "the/secret+key";
        S3Bucket bucket(transport, options, system_clock());
        auto const source = [](std::uint64_t, std::span<char> into) {
            return std::string_view("abc").copy(into.data(), 3);
        };
        bucket.put("a key/with (odd) chars+=~é", {3, source});
        bucket.put("empty", {});
        EXPECT_EQ(bucket.get("a key", 1'000), "<ListBucketResult/>");
        EXPECT_TRUE(bucket.exists("a key"));
        bucket.remove("a key");
        bucket.list("pre fix/", "after/é", [](std::string const&) { return true; });
        bucket.end_cut_uploads("pre fix/", now);
        auto const url = bucket.presigned_url("GET", "a key/é", hours(1));
        EXPECT_EQ(std::get<net::Reply>(client.fetch({.url = url})).status, 200);
        EXPECT_EQ(std::get<net::Reply>(client.fetch({.url = url + "0"})).status, 403);
        EXPECT_EQ(std::get<net::Reply>(client.fetch({.method = "PUT", .url = url, .body = "x"})).status, 403);
        options.secret_key = "hunter2";
        auto const refused = fault([&] { S3Bucket(transport, options, system_clock()).put("a", {3, source}); });
        EXPECT_EQ(refused.code().name, "internal_error");
        EXPECT_NE(refused.internal_text().find("SignatureDoesNotMatch"), std::string::npos);
        EXPECT_EQ(std::string(refused.what()).find("hunter2"), std::string::npos);
    }
}

TEST_F(S3FilesTest, ADownloadThatBreaksLeavesNothingInTheCache) {
    auto const id = files.put(mine, large, now);
    transport.instead = [&](net::Request const& request) -> std::optional<net::Outcome> {
        if (!request.sink.is_set()) return std::nullopt;
        request.sink.head({.status = 200});
        request.sink.piece("half");
        return timeout();
    };
    EXPECT_EQ(fault([&] { files.local_path(mine, id); }).code().name, "busy");
    EXPECT_TRUE(std::filesystem::is_empty(options.cache_folder));
    transport.instead = {};
    EXPECT_EQ(std::filesystem::file_size(files.local_path(mine, id)), large.size());
    transport.instead = [](net::Request const&) { return timeout(); };
    EXPECT_EQ(std::filesystem::file_size(files.local_path(mine, id)), large.size()) << "from the cache";
}

TEST_F(S3FilesTest, ListsGoOnPastTheirPages) {
    S3Bucket bucket(transport, options, system_clock());
    std::vector<std::string> keys;
    for (int i = 0; i < 12; ++i) {
        keys.push_back("many/" + std::string(1, static_cast<char>('a' + i)));
        bucket.put(keys.back(), {});
    }
    std::vector<std::string> found;
    bucket.list(
        "many/", "many/b",
        [&](std::string const& key) {
            found.push_back(key);
            return true;
        },
        3);
    EXPECT_EQ(found, std::vector<std::string>(keys.begin() + 2, keys.end()));
    EXPECT_EQ(seen("list-type"), 4u);
    found.clear();
    bucket.list(
        "many/", "",
        [&](std::string const& key) {
            found.push_back(key);
            return found.size() < 3;
        },
        2);
    EXPECT_EQ(found, std::vector<std::string>(keys.begin(), keys.begin() + 3));
}

TEST_F(S3FilesTest, CutUploadsThatTheServerListsAreGivenUpOnceTheyAreOld) {
    S3Bucket bucket(transport, options, system_clock());
    std::vector<std::string> aborted;
    transport.instead = [&](net::Request const& request) -> std::optional<net::Outcome> {
        if (request.method == "DELETE") {
            aborted.push_back(request.url.substr(request.url.rfind('/') + 1));
            return net::Reply{.status = 204};
        }
        bool const is_second = request.url.find("upload-id-marker=1") != std::string::npos;
        std::string const row = is_second
                                    ? "<Upload><Key>in/here/t/new</Key><UploadId>2</UploadId>"
                                      "<Initiated>2026-11-21T00:00:00.000Z</Initiated></Upload>"
                                    : "<Upload><Key>in/here/t/old</Key><UploadId>1</UploadId>"
                                      "<Initiated>2026-11-19T00:00:00.000Z</Initiated></Upload>"
                                      "<IsTruncated>true</IsTruncated><NextKeyMarker>in/here/t/old</NextKeyMarker>"
                                      "<NextUploadIdMarker>1</NextUploadIdMarker>";
        return net::Reply{.status = 200,
                          .body = "<ListMultipartUploadsResult>" + row + "</ListMultipartUploadsResult>"};
    };
    bucket.end_cut_uploads("t/", *parse_rfc3339("2026-11-20T00:00:00Z"));
    EXPECT_EQ(aborted, std::vector<std::string>{"old?uploadId=1"});
}

TEST_F(S3FilesTest, UrlsReadAndWriteABlobUntilTheyAreOver) {
    auto const id = files.put(mine, "for all to read", now);
    auto const get = [&](std::string url) { return std::get<net::Reply>(client.fetch({.url = std::move(url)})); };
    auto const url = files.download_url(mine, id, minutes(5));
    EXPECT_EQ(get(url).body, "for all to read");
    auto const made = FileId::make(now);
    auto const put =
        client.fetch({.method = "PUT", .url = files.upload_url(mine, made, minutes(5)), .body = "uploaded"});
    EXPECT_EQ(std::get<net::Reply>(put).status, 200);
    EXPECT_EQ(files.read(mine, made, 100), "uploaded");
    ManualClock early(now - hours(2));
    EXPECT_GE(get(S3Files(transport, options, early).download_url(mine, id, hours(1))).status, 400) << "it is over";
}

TEST(S3Cache, KeepsWhatWasUsedLastWithinItsSizeAndWhatIsHeldWhateverItsSize) {
    mainstay::testing::TemporaryFolder folder;
    ManualClock clock;
    S3Cache cache(folder.path(), 250, clock);
    auto const add = [&](std::string const& name) {
        return cache.add(name, [](auto const& path) { std::ofstream(path) << std::string(100, 'x'); });
    };
    auto const path = add("a");
    add("b");
    add("c");
    EXPECT_TRUE(std::filesystem::exists(path)) << "it was given out just now";
    clock.advance(S3Cache::held_time);
    EXPECT_TRUE(cache.find("a"));
    add("d");
    EXPECT_TRUE(cache.find("a"));
    EXPECT_FALSE(cache.find("b"));
    EXPECT_FALSE(cache.find("c"));
    EXPECT_EQ(cache.bytes(), 200u);
    add("d");
    EXPECT_EQ(cache.bytes(), 200u) << "fetched twice at once";
    cache.remove("a");
    EXPECT_FALSE(std::filesystem::exists(path));
    std::ofstream(folder.path() / "e.7.part") << "cut";
    S3Cache again(folder.path(), 250, clock);
    EXPECT_EQ(again.bytes(), 100u);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "e.7.part"));
    EXPECT_THROW(again.add("f", [](auto const&) { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_FALSE(again.find("f"));
}

}  // namespace
}  // namespace mainstay::files
