// Bodies that are read while they come.
#include "kernel/net/net_test_support.hpp"

#include <poll.h>

#include <future>

namespace mainstay::net {
namespace {

using testing::Asked;
using testing::failure_of;
using testing::Peer;
using testing::reply_of;
using testing::TestServer;

class StreamTest : public ::testing::Test {
protected:
    Client client{testing::loopback_allowed(), system_clock()};
};

TEST_F(StreamTest, PiecesComeWhileTheServerStillSends) {
    std::promise<void> got_first;
    TestServer server([&](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 6\r\n\r\none");
        got_first.get_future().wait();
        peer.send("two");
    });
    Stream stream(client, {.url = server.url()});
    EXPECT_EQ(reply_of(stream.head()).header("content-type"), "text/event-stream");
    EXPECT_EQ(stream.read(), "one");
    got_first.set_value();
    EXPECT_EQ(stream.read(), "two");
    EXPECT_EQ(stream.read(), std::nullopt);
    EXPECT_FALSE(stream.failure());
}

TEST_F(StreamTest, AReaderThatIsSlowHoldsTheSenderBackAndStillGetsAll) {
    constexpr std::size_t total = 32 << 20;
    std::atomic<std::size_t> sent = 0;
    TestServer server([&](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(total) + "\r\n\r\n");
        std::string const piece(1 << 16, 'x');
        while (sent < total && peer.send(piece)) sent += piece.size();
    });
    Stream stream(client, {.url = server.url(), .limits = {.reply_bytes = total}});
    reply_of(stream.head());
    // The sender stands still once the buffers of both sockets and the stream are full.
    std::size_t before = 1;
    pollfd nothing{-1, 0, 0};
    while (before != sent || sent == 0) {
        before = sent;
        ::poll(&nothing, 1, 100);
    }
    EXPECT_LT(sent, total / 2);
    std::size_t received = 0;
    while (auto const piece = stream.read()) received += piece->size();
    EXPECT_EQ(received, total);
    EXPECT_FALSE(stream.failure());
}

TEST_F(StreamTest, AStreamThatBreaksSaysSoAfterItsPieces) {
    TestServer server([](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        peer.hang_up();
    });
    Stream stream(client, {.url = server.url(), .attempts_max = 5});
    EXPECT_EQ(stream.read(), "half");
    EXPECT_EQ(stream.read(), std::nullopt);
    ASSERT_TRUE(stream.failure());
    EXPECT_EQ(stream.failure()->reason, FailureReason::protocol);
    EXPECT_EQ(server.requests(), 1) << "what was delivered is not asked for again";
}

TEST_F(StreamTest, ARefusalIsGivenWholeAndNoPieceOfIt) {
    TestServer server([](Peer& peer, Asked const&) { peer.reply(429, "slow down"); });
    Stream stream(client, {.url = server.url()});
    EXPECT_EQ(reply_of(stream.head()).status, 429);
    EXPECT_EQ(reply_of(stream.head()).body, "slow down");
    EXPECT_EQ(stream.read(), std::nullopt);
}

TEST_F(StreamTest, LeavingAStreamEndsItsTransfer) {
    std::promise<void> gone;
    TestServer server([&](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 200 OK\r\n\r\ndata");
        peer.fall_silent();
        gone.set_value();
    });
    {
        Stream stream(client, {.url = server.url()});
        EXPECT_EQ(stream.read(), "data");
    }
    gone.get_future().wait();
}

TEST_F(StreamTest, NothingIsCompressedSoThatAPauseBoundsTheMemory) {
    TestServer server(
        [](Peer& peer, Asked const& asked) { peer.reply(200, "[" + asked.header("Accept-Encoding") + "]"); });
    Stream stream(client, {.url = server.url()});
    EXPECT_EQ(stream.read(), "[]");
}

TEST_F(StreamTest, EventsOfAStreamAreReadWhereverItIsCut) {
    TestServer server([](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 200 OK\r\n\r\n");
        for (char const c : std::string_view("data: one\r\n\r\nevent: end\ndata: two\n\n")) peer.send({&c, 1});
        peer.hang_up();
    });
    Stream stream(client, {.url = server.url()});
    EventReader reader;
    std::string events;
    while (auto const piece = stream.read())
        reader.feed(*piece, [&](ServerEvent const& event) { events += event.type + "=" + event.data + ";"; });
    EXPECT_EQ(events, "message=one;end=two;");
}

TEST_F(StreamTest, ASinkThatThrowsOrHasEnoughEndsTheTransferAlone) {
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200, "data"); });
    Sink const throws{{}, [](std::string_view) -> Take { throw std::runtime_error("broken"); }};
    Sink const enough{{}, [](std::string_view) { return Take::stop; }};
    for (auto const& sink : {throws, enough})
        EXPECT_EQ(failure_of(client.fetch({.url = server.url(), .sink = sink})).reason, FailureReason::cancelled);
    EXPECT_EQ(reply_of(client.fetch({.url = server.url()})).body, "data");
}

}  // namespace
}  // namespace mainstay::net
