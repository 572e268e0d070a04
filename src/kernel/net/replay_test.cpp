// What was recorded once is answered again without a network, and nothing else is.
#include "kernel/net/net_test_support.hpp"
#include "testing/testing.hpp"

#include <fstream>
#include <sstream>

namespace mainstay::net {
namespace {

using testing::Asked;
using testing::failure_of;
using testing::Peer;
using testing::reply_of;
using testing::TestServer;

class ReplayTest : public ::testing::Test {
protected:
    std::string recorded() const {
        std::ostringstream text;
        text << std::ifstream(file).rdbuf();
        return text.str();
    }
    mainstay::testing::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "exchanges.jsonl";
    Client client{testing::loopback_allowed(), system_clock()};
};

TEST_F(ReplayTest, AnswersWhatWasRecordedInItsOrderAndNothingElse) {
    int count = 0;
    std::string url;
    {
        TestServer server([&](Peer& peer, Asked const& asked) {
            if (asked.target == "/bytes") return peer.reply(200, std::string("\xff\0\x01", 3));
            if (asked.target == "/cut") return peer.hang_up();
            peer.reply(201, asked.body + std::to_string(++count), "X-One: 1\r\n");
        });
        url = server.url();
        Recorder recorder(client, file);
        for (auto const* body : {"a", "a", "b"}) reply_of(recorder.fetch({.method = "POST", .url = url, .body = body}));
        reply_of(recorder.fetch({.url = url + "bytes"}));
        failure_of(recorder.fetch({.url = url + "cut"}));
    }
    Replayer replayer(file);
    EXPECT_EQ(replayer.left(), 5u);
    auto const post = [&](std::string body) {
        return reply_of(replayer.fetch({.method = "POST", .url = url, .body = std::move(body)})).body;
    };
    EXPECT_EQ(post("b"), "b3");
    EXPECT_EQ(post("a"), "a1");
    EXPECT_EQ(post("a"), "a2");
    EXPECT_THROW(post("a"), std::runtime_error) << "asked once more than recorded";
    EXPECT_THROW(post("c"), std::runtime_error);
    EXPECT_THROW(replayer.fetch({.url = url}), std::runtime_error);
    EXPECT_EQ(reply_of(replayer.fetch({.url = url + "bytes"})).body, std::string("\xff\0\x01", 3));
    EXPECT_EQ(failure_of(replayer.fetch({.url = url + "cut"})).reason, FailureReason::protocol);
    EXPECT_EQ(replayer.left(), 0u);
}

TEST_F(ReplayTest, SecretsAreNotWrittenAndAnotherSecretFindsTheSameAnswer) {
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200, "ok", "Set-Cookie: session=hunter2\r\n"); });
    Recorder recorder(client, file);
    auto const with = [&](std::string const& secret) {
        return Request{.url = server.url("/x?key=" + secret + "&page=2"),
                       .headers = {{"Authorization", "Bearer " + secret},
                                   {"X-Api-Key", secret},
                                   {"X-Marked", secret, true},
                                   {"X-Open", "shown"}}};
    };
    reply_of(recorder.fetch(with("hunter2")));
    EXPECT_EQ(recorded().find("hunter2"), std::string::npos) << recorded();
    EXPECT_NE(recorded().find("shown"), std::string::npos);
    EXPECT_NE(recorded().find("page=2"), std::string::npos);
    Replayer replayer(file);
    EXPECT_EQ(reply_of(replayer.fetch(with("other"))).body, "ok");
}

TEST_F(ReplayTest, StreamsAreRecordedAndReplayedWithTheirPauses) {
    std::string const bytes(Stream::buffer_bytes * 3, 's');
    TestServer server([&](Peer& peer, Asked const&) { peer.reply(200, bytes); });
    auto const read_all = [&](Transport& transport) {
        Stream stream(transport, {.url = server.url()});
        EXPECT_EQ(reply_of(stream.head()).status, 200);
        std::string all;
        while (auto const piece = stream.read()) all += *piece;
        EXPECT_FALSE(stream.failure());
        return all;
    };
    Recorder recorder(client, file);
    EXPECT_EQ(read_all(recorder), bytes);
    Replayer replayer(file);
    EXPECT_EQ(read_all(replayer), bytes);
}

TEST_F(ReplayTest, AFileThatIsNoRecordingIsRefused) {
    EXPECT_THROW(Replayer(folder.path() / "absent"), std::runtime_error);
    std::ofstream(file) << "{\"method\": \"GET\"}\n";
    EXPECT_THROW(Replayer{file}, std::runtime_error);
}

}  // namespace
}  // namespace mainstay::net
