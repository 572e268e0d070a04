// The client against a real server on loopback.
#include "kernel/net/net_test_support.hpp"
#include "testing/testing.hpp"

#include "base/fault.hpp"

#include <sys/resource.h>

#include <future>

namespace mainstay::net {
namespace {

using testing::Asked;
using testing::failure_of;
using testing::Peer;
using testing::reply_of;
using testing::TestServer;

class ClientTest : public ::testing::Test {
protected:
    Client client{testing::loopback_allowed(), system_clock()};
};

TEST_F(ClientTest, SendsWhatWasAskedAndGivesTheReply) {
    Asked seen;
    TestServer server([&](Peer& peer, Asked const& asked) {
        seen = asked;
        peer.reply(201, "made", "X-One: 1\r\nX-One: 2\r\nX-Folded: a\r\n  b\r\n");
    });
    auto const outcome = client.fetch({.method = "PATCH",
                                       .url = server.url("/a?b=c#d"),
                                       .headers = {{"X-Asked", "yes"}, {"X-Empty", ""}},
                                       .body = "hello"});
    auto const& reply = reply_of(outcome);
    EXPECT_EQ(reply.status, 201);
    EXPECT_EQ(reply.body, "made");
    EXPECT_EQ(reply.header("x-one"), "1");
    EXPECT_EQ(reply.header("X-FOLDED"), "a b");
    EXPECT_EQ(reply.header("X-None"), "");
    EXPECT_EQ(reply.url, server.url("/a?b=c"));
    EXPECT_EQ(seen.method, "PATCH");
    EXPECT_EQ(seen.target, "/a?b=c");
    EXPECT_EQ(seen.body, "hello");
    EXPECT_EQ(seen.header("X-Asked"), "yes");
    EXPECT_NE(seen.head.find("\r\nX-Empty:"), std::string::npos);
    EXPECT_EQ(seen.header("User-Agent"), "Mainstay");
    EXPECT_EQ(seen.header("Expect"), "");
}

TEST_F(ClientTest, ABodyWithoutBytesIsOneToo) {
    std::string seen;
    TestServer server([&](Peer& peer, Asked const& asked) {
        seen += asked.method + asked.header("Content-Length") + " ";
        peer.reply(204);
    });
    for (auto const* method : {"POST", "PUT", "GET", "DELETE", "HEAD"})
        EXPECT_EQ(reply_of(client.fetch({.method = method, .url = server.url()})).status, 204) << method;
    EXPECT_EQ(seen, "POST0 PUT0 GET DELETE HEAD ");
}

TEST_F(ClientTest, SpeaksIpv6) {
    if (!mainstay::testing::has_ipv6_loopback()) {
        EXPECT_TRUE(std::holds_alternative<Failure>(client.fetch({.url = "http://[::1]:9/"})));
        return;
    }
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200, "six"); }, AF_INET6);
    EXPECT_EQ(reply_of(client.fetch({.url = server.url()})).body, "six");
}

TEST_F(ClientTest, KeepsConnections) {
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200, "x"); });
    for (int i = 0; i < 5; ++i) EXPECT_EQ(reply_of(client.fetch({.url = server.url()})).status, 200);
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(ClientTest, AStatusIsAReplyWhateverItSays) {
    TestServer server([](Peer& peer, Asked const& asked) { peer.reply(std::stoi(asked.target.substr(1)), "body"); });
    for (auto const* status : {"200", "400", "404", "500", "503"})
        EXPECT_EQ(reply_of(client.fetch({.url = server.url(std::string("/") + status)})).status, std::stoi(status));
}

TEST_F(ClientTest, InterimRepliesArePassedOver) {
    TestServer server([](Peer& peer, Asked const&) {
        peer.send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n");
        peer.reply(200, "final");
    });
    auto const outcome = client.fetch({.url = server.url()});
    EXPECT_EQ(reply_of(outcome).body, "final");
    EXPECT_EQ(reply_of(outcome).header("X-Early"), "");
}

TEST_F(ClientTest, AStreamedBodyArrivesWholeAndIsReadAgainForARedirect) {
    std::string const bytes(3'000'000, 'b');
    TestServer server([&](Peer& peer, Asked const& asked) {
        EXPECT_EQ(asked.body.size(), bytes.size());
        if (asked.target == "/first") return peer.reply(307, "", "Location: /second\r\n");
        peer.reply(200, asked.body == bytes ? "same" : "other");
    });
    BodySource const source{bytes.size(), [&](std::uint64_t offset, std::span<char> into) {
                                return bytes.copy(into.data(), into.size(), offset);
                            }};
    EXPECT_EQ(reply_of(client.fetch({.method = "PUT", .url = server.url("/first"), .source = source})).body, "same");
    BodySource const broken{100,
                            [](std::uint64_t offset, std::span<char>) -> std::size_t { return offset == 0 ? 10 : 0; }};
    EXPECT_EQ(failure_of(client.fetch({.method = "PUT", .url = server.url("/x"), .source = broken})).reason,
              FailureReason::cancelled);
}

TEST_F(ClientTest, WhatCannotBeSentIsSaidAndNothingIsConnected) {
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200); });
    auto const refused = [&](Request request) {
        return failure_of(client.fetch(std::move(request))).reason == FailureReason::invalid_request;
    };
    EXPECT_TRUE(refused({.url = "ftp://127.0.0.1/"}));
    EXPECT_TRUE(refused({.url = "http://user:secret@127.0.0.1:" + std::to_string(server.port())}));
    EXPECT_TRUE(refused({.url = server.url(), .headers = {{"X", "a\r\nX-Smuggled: b"}}}));
    EXPECT_TRUE(refused({.url = server.url(), .headers = {{"Content-Length", "7"}}}));
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(ClientTest, FailuresNameTheirReasonAndNoSecret) {
    int free_port = 0;
    {
        TestServer gone([](Peer&, Asked const&) {});
        free_port = gone.port();
    }
    auto const outcome = client.fetch({.url = "http://127.0.0.1:" + std::to_string(free_port) + "/path?token=secret"});
    EXPECT_EQ(failure_of(outcome).reason, FailureReason::connect);
    EXPECT_EQ(failure_of(outcome).text.find("secret"), std::string::npos);
    EXPECT_EQ(failure_of(client.fetch({.url = "http://name.invalid/"})).reason, FailureReason::dns);

    TestServer rude([](Peer& peer, Asked const& asked) {
        if (asked.target == "/cut")
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        else if (asked.target == "/chunk")
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        else if (asked.target == "/other")
            peer.send("SSH-2.0-OpenSSH_9.2\r\n");
        peer.hang_up();
    });
    for (auto const* path : {"/cut", "/chunk", "/other", "/empty"})
        EXPECT_EQ(failure_of(client.fetch({.url = rude.url(path)})).reason, FailureReason::protocol) << path;
}

TEST_F(ClientTest, CancelEndsARunningTransferAndOneThatWaits) {
    std::promise<void> arrived;
    TestServer server([&](Peer& peer, Asked const&) {
        arrived.set_value();
        peer.fall_silent();
    });
    std::promise<Outcome> running, waiting;
    Request const request{.url = server.url(), .concurrent_per_host = 1};
    auto const first = client.submit(request, [&](Outcome outcome) { running.set_value(std::move(outcome)); });
    auto const second = client.submit(request, [&](Outcome outcome) { waiting.set_value(std::move(outcome)); });
    arrived.get_future().wait();
    client.cancel(second);
    EXPECT_EQ(failure_of(waiting.get_future().get()).reason, FailureReason::cancelled);
    client.cancel(first);
    EXPECT_EQ(failure_of(running.get_future().get()).reason, FailureReason::cancelled);
    client.cancel(first);
    EXPECT_EQ(server.requests(), 1);
}

TEST_F(ClientTest, DrainLetsFinishWhatRunsRefusesWhatComesAndEndsTheRest) {
    std::promise<void> arrived, drained;
    TestServer server([&](Peer& peer, Asked const& asked) {
        if (asked.target == "/never") return peer.fall_silent();
        arrived.set_value();
        peer.reply(200, "in time");
    });
    std::promise<Outcome> quick, never;
    client.submit({.url = server.url("/never")}, [&](Outcome outcome) { never.set_value(std::move(outcome)); });
    client.submit({.url = server.url("/quick")}, [&](Outcome outcome) { quick.set_value(std::move(outcome)); });
    arrived.get_future().wait();
    client.drain(seconds(1));
    EXPECT_EQ(reply_of(quick.get_future().get()).body, "in time");
    EXPECT_EQ(failure_of(never.get_future().get()).reason, FailureReason::cancelled);
    EXPECT_THROW(client.submit({.url = server.url()}, [](Outcome const&) {}), Fault);
}

TEST_F(ClientTest, AFullQueueIsAFault) {
    Client small({.reach = Reach::internet_and_loopback, .running_max = 1, .waiting_max = 2}, system_clock());
    TestServer server([](Peer& peer, Asked const&) { peer.fall_silent(); });
    for (int i = 0; i < 3; ++i) small.submit({.url = server.url()}, [](Outcome const&) {});
    try {
        small.submit({.url = server.url()}, [](Outcome const&) { FAIL(); });
        FAIL();
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "busy");
    }
}

TEST_F(ClientTest, CountersTellWhatHappened) {
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200, "12345"); });
    reply_of(client.fetch({.method = "POST", .url = server.url(), .body = "123"}));
    failure_of(client.fetch({.url = "nothing"}));
    auto const counters = client.counters();
    EXPECT_EQ(counters.started, 1u);
    EXPECT_EQ(counters.replies, 1u);
    EXPECT_EQ(counters.failures[static_cast<std::size_t>(FailureReason::invalid_request)], 1u);
    EXPECT_EQ(counters.bytes_sent, 3u);
    EXPECT_EQ(counters.bytes_received, 5u);
}

std::size_t resident_bytes() {
    std::size_t pages = 0, ignored = 0;
    std::unique_ptr<FILE, int (*)(FILE*)> const file(fopen("/proc/self/statm", "r"), &fclose);
    if (fscanf(file.get(), "%zu %zu", &ignored, &pages) != 2) return 0;
    return pages * 4096;
}

// Accepts until `count` connections have sent their request, then answers them all.
void answer_together(int listening, std::size_t count) {
    std::vector<int> peers;
    std::array<char, 4096> bytes;
    while (peers.size() < count) {
        int const peer = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (peer < 0 || ::recv(peer, bytes.data(), bytes.size(), 0) <= 0) break;
        peers.push_back(peer);
    }
    std::string const reply = "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x');
    for (int const peer : peers) ::send(peer, reply.data(), reply.size(), MSG_NOSIGNAL);
    for (int const peer : peers) ::close(peer);
}

TEST_F(ClientTest, TwoThousandRequestsAreUnderWayAtOnceOnOneThread) {
    constexpr std::size_t count = 2'000;
    constexpr std::size_t bytes_each_max = 256 << 10;  // also under sanitizers
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int const listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(listening, 4'096), 0);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
    std::thread server([&] { answer_together(listening, count); });

    std::size_t const before = resident_bytes();
    std::atomic<std::size_t> good = 0, done = 0, on_one_thread = 0;
    std::atomic<std::thread::id> thread{};
    std::promise<void> all_done;
    for (std::size_t i = 0; i < count; ++i)
        client.submit({.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/" + std::to_string(i),
                       .concurrent_per_host = count},
                      [&](Outcome const& outcome) {
                          auto const* const reply = std::get_if<Reply>(&outcome);
                          if (reply != nullptr && reply->body.size() == 2'000) ++good;
                          std::thread::id expected{};
                          thread.compare_exchange_strong(expected, std::this_thread::get_id());
                          if (thread.load() == std::this_thread::get_id()) ++on_one_thread;
                          if (++done == count) all_done.set_value();
                      });
    all_done.get_future().wait();
    server.join();
    ::close(listening);
    EXPECT_EQ(good, count);
    EXPECT_EQ(on_one_thread, count);
    EXPECT_LT(resident_bytes() - std::min(before, resident_bytes()), count * bytes_each_max);
    RecordProperty("megabytes", static_cast<int>((resident_bytes() - before) >> 20));
}

}  // namespace
}  // namespace mainstay::net
