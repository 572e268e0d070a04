// Servers that are slow, endless, too large or lying: each ends at its limit, and says which.
#include "kernel/net/net_test_support.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <poll.h>

#include <future>

namespace mainstay::net {
namespace {

using testing::Asked;
using testing::failure_of;
using testing::Peer;
using testing::reply_of;
using testing::TestServer;

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<unsigned>(bytes.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = static_cast<unsigned>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string brotli(std::string_view bytes) {
    std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
    std::size_t size = out.size();
    BrotliEncoderCompress(5, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, bytes.size(),
                          reinterpret_cast<unsigned char const*>(bytes.data()), &size,
                          reinterpret_cast<unsigned char*>(out.data()));
    out.resize(size);
    return out;
}

class ClientLimitsTest : public ::testing::Test {
protected:
    FailureReason reason(Request request) { return failure_of(client.fetch(std::move(request))).reason; }
    Client client{testing::loopback_allowed(), system_clock()};
};

TEST_F(ClientLimitsTest, ASlowHeadEndsAtTheTotalTime) {
    TestServer server([](Peer& peer, Asked const&) { peer.fall_silent(); });
    EXPECT_EQ(reason({.url = server.url(), .limits = {.total_time = milliseconds(80)}}), FailureReason::timeout);
}

TEST_F(ClientLimitsTest, ABodyThatDripsEndsAtTheTotalTimeToo) {
    TestServer server([](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 200 OK\r\n\r\n");
        pollfd nothing{-1, 0, 0};
        while (peer.send("x")) ::poll(&nothing, 1, 5);
    });
    EXPECT_EQ(reason({.url = server.url(), .limits = {.total_time = milliseconds(150)}}), FailureReason::timeout);
}

TEST_F(ClientLimitsTest, AStalledBodyEndsAtTheIdleTime) {
    TestServer server([](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        peer.fall_silent();
    });
    Duration const began = system_clock().monotonic();
    EXPECT_EQ(reason({.url = server.url(), .limits = {.idle_time = seconds(1)}}), FailureReason::timeout);
    EXPECT_LT(system_clock().monotonic() - began, seconds(20)) << "long before the total time";
}

TEST_F(ClientLimitsTest, AnEndlessBodyEndsAtItsLimitHoweverItIsSent) {
    TestServer server([](Peer& peer, Asked const& asked) {
        bool const is_chunked = asked.target == "/chunked";
        peer.send(is_chunked ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" : "HTTP/1.1 200 OK\r\n\r\n");
        std::string const piece(0x4000, 'x');
        while (peer.send(is_chunked ? "4000\r\n" + piece + "\r\n" : piece)) {
        }
    });
    for (auto const* path : {"/plain", "/chunked"})
        EXPECT_EQ(reason({.url = server.url(path), .limits = {.reply_bytes = 1 << 20}}), FailureReason::too_large);
}

TEST_F(ClientLimitsTest, ALengthOverTheLimitEndsAtTheHead) {
    TestServer server([](Peer& peer, Asked const& asked) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
        if (asked.method != "HEAD") peer.fall_silent();
    });
    EXPECT_EQ(reason({.url = server.url(), .limits = {.reply_bytes = 1'000}}), FailureReason::too_large);
    auto const head = client.fetch({.method = "HEAD", .url = server.url(), .limits = {.reply_bytes = 1'000}});
    EXPECT_EQ(reply_of(head).header("content-length"), "1001") << "which announces what it does not send";
}

TEST_F(ClientLimitsTest, ABodyOfExactlyTheLimitIsTaken) {
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200, std::string(1'000, 'x')); });
    EXPECT_EQ(reply_of(client.fetch({.url = server.url(), .limits = {.reply_bytes = 1'000}})).body.size(), 1'000u);
}

TEST_F(ClientLimitsTest, AnEndlessHeadEndsAtItsLimit) {
    TestServer server([](Peer& peer, Asked const& asked) {
        peer.send("HTTP/1.1 200 OK\r\n");
        std::string const line = asked.target == "/many" ? "X-Header: value\r\n" : std::string(1'000, 'h');
        while (peer.send(line)) {
        }
    });
    EXPECT_EQ(reason({.url = server.url("/many")}), FailureReason::too_large);
    auto const long_line = reason({.url = server.url("/line")});
    EXPECT_TRUE(long_line == FailureReason::too_large || long_line == FailureReason::protocol);
}

TEST_F(ClientLimitsTest, CompressedRepliesAreReadAndBombsEndAtTheLimit) {
    std::string const zeros(64 << 20, '0');
    std::string const small = gzip("squeezed"), bomb = gzip(zeros), denser = brotli(zeros);
    ASSERT_LT(bomb.size() + denser.size(), 100'000u);
    std::string accepted;
    TestServer server([&](Peer& peer, Asked const& asked) {
        accepted = asked.header("Accept-Encoding");
        std::string encodings = "Content-Encoding: gzip\r\n";
        if (asked.target == "/nested") encodings = "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n";
        if (asked.target == "/denser") return peer.reply(200, denser, "Content-Encoding: br\r\n");
        peer.reply(200, asked.target == "/small" ? small : bomb, encodings);
    });
    EXPECT_EQ(reply_of(client.fetch({.url = server.url("/small")})).body, "squeezed");
    EXPECT_EQ(accepted, "gzip, deflate, br");
    EXPECT_EQ(reason({.url = server.url("/bomb"), .limits = {.reply_bytes = 1 << 20}}), FailureReason::too_large);
    EXPECT_EQ(reason({.url = server.url("/denser"), .limits = {.reply_bytes = 1 << 20}}), FailureReason::too_large);
    EXPECT_EQ(reply_of(client.fetch({.url = server.url("/denser"), .limits = {.reply_bytes = 64 << 20}})).body.size(),
              zeros.size());
    EXPECT_EQ(reason({.url = server.url("/nested"), .limits = {.reply_bytes = 1 << 20}}), FailureReason::protocol);
}

TEST_F(ClientLimitsTest, ConnectingEndsAtItsTime) {
    // A listening socket whose queue is full answers no further handshake.
    int const listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(listening, 0), 0);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
    std::vector<int> fillers;
    for (int i = 0; i < 4; ++i) {
        fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        [[maybe_unused]] auto const begun = ::connect(fillers.back(), reinterpret_cast<sockaddr*>(&address), size);
    }
    auto const url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    EXPECT_EQ(reason({.url = url, .limits = {.connect_time = milliseconds(100)}}), FailureReason::timeout);
    for (int const filler : fillers) ::close(filler);
    ::close(listening);
}

TEST_F(ClientLimitsTest, WaitingForATurnCountsToo) {
    TestServer server([](Peer& peer, Asked const&) { peer.fall_silent(); });
    std::promise<Outcome> first;
    auto const id = client.submit({.url = server.url(), .concurrent_per_host = 1},
                                  [&](Outcome outcome) { first.set_value(std::move(outcome)); });
    EXPECT_EQ(reason({.url = server.url(), .limits = {.total_time = milliseconds(80)}, .concurrent_per_host = 1}),
              FailureReason::timeout);
    EXPECT_EQ(server.requests(), 1);
    client.cancel(id);
    first.get_future().wait();
}

}  // namespace
}  // namespace mainstay::net
