// Redirects, retries, breakers and politeness, as a server sees them.
#include "kernel/net/net_test_support.hpp"

#include <future>

namespace mainstay::net {
namespace {

using testing::Asked;
using testing::failure_of;
using testing::Peer;
using testing::reply_of;
using testing::TestServer;

class ClientRulesTest : public ::testing::Test {
protected:
    Client client{testing::loopback_allowed(), system_clock()};
};

std::string location(std::string const& url) {
    return "Location: " + url + "\r\n";
}

TEST_F(ClientRulesTest, RedirectsAreFollowedAndCredentialsStayWithTheirOrigin) {
    Asked at_other, at_same;
    TestServer other([&](Peer& peer, Asked const& asked) {
        at_other = asked;
        peer.reply(200, "other");
    });
    TestServer server([&](Peer& peer, Asked const& asked) {
        if (asked.target == "/same") at_same = asked;
        if (asked.target == "/same") return peer.reply(302, "on", location(other.url("/there")));
        peer.reply(301, "on", location("same"));
    });
    auto const outcome = client.fetch(
        {.url = server.url("/start"),
         .headers = {
             {"Authorization", "Bearer secret"}, {"Cookie", "a=b"}, {"X-Key", "secret", true}, {"X-Open", "yes"}}});
    EXPECT_EQ(reply_of(outcome).body, "other");
    EXPECT_EQ(reply_of(outcome).url, other.url("/there"));
    EXPECT_EQ(at_same.header("Authorization"), "Bearer secret");
    EXPECT_EQ(at_same.header("X-Key"), "secret");
    EXPECT_EQ(at_other.header("X-Open"), "yes");
    EXPECT_EQ(at_other.head.find("secret"), std::string::npos);
    EXPECT_EQ(at_other.header("Cookie"), "");
}

TEST_F(ClientRulesTest, PostBecomesGetWhereBrowsersDoThat) {
    Asked seen;
    TestServer server([&](Peer& peer, Asked const& asked) {
        if (asked.target == "/done") {
            seen = asked;
            return peer.reply(200);
        }
        peer.reply(std::stoi(asked.target.substr(1)), "", location("/done"));
    });
    for (auto const* status : {"301", "302", "303", "307", "308"}) {
        bool const stays = std::string_view(status) > "305";
        reply_of(client.fetch({.method = "POST",
                               .url = server.url(std::string("/") + status),
                               .headers = {{"Content-Type", "text/plain"}},
                               .body = "body"}));
        EXPECT_EQ(seen.method, stays ? "POST" : "GET") << status;
        EXPECT_EQ(seen.body, stays ? "body" : "") << status;
        EXPECT_EQ(seen.header("Content-Type"), stays ? "text/plain" : "") << status;
    }
}

TEST_F(ClientRulesTest, LoopsEndAndPlacesThatMayNotBeReachedAreRefused) {
    TestServer server([](Peer& peer, Asked const& asked) {
        if (asked.target == "/loop") return peer.reply(302, "", location("/loop"));
        if (asked.target == "/metadata") return peer.reply(302, "", location("http://169.254.169.254/latest/"));
        if (asked.target == "/private") return peer.reply(302, "", location("http://10.0.0.1/"));
        if (asked.target == "/file") return peer.reply(302, "", location("file:///etc/passwd"));
        if (asked.target == "/user") return peer.reply(302, "", location("http://me:secret@127.0.0.1/"));
        peer.send("HTTP/1.1 302 Found\r\n" + location("/end") + "\r\n");
        std::string const piece(0x4000, 'x');
        while (peer.send(piece)) {
        }
    });
    auto const reason = [&](std::string_view path) {
        return failure_of(client.fetch({.url = server.url(path)})).reason;
    };
    EXPECT_EQ(reason("/loop"), FailureReason::redirect);
    EXPECT_EQ(server.requests(), 6) << "the first and five redirects";
    EXPECT_EQ(reason("/metadata"), FailureReason::refused_address);
    EXPECT_EQ(reason("/private"), FailureReason::refused_address);
    EXPECT_EQ(reason("/file"), FailureReason::redirect);
    EXPECT_EQ(reason("/user"), FailureReason::redirect);
    EXPECT_EQ(reason("/endless"), FailureReason::redirect) << "its body is not read to the end";
}

TEST_F(ClientRulesTest, ARedirectIsTheReplyWhenNoneMayBeFollowed) {
    TestServer server([](Peer& peer, Asked const& asked) {
        peer.reply(302, "body", asked.target == "/nowhere" ? "" : location("/x"));
    });
    EXPECT_EQ(reply_of(client.fetch({.url = server.url(), .redirects_max = 0})).body, "body");
    EXPECT_EQ(reply_of(client.fetch({.url = server.url("/nowhere")})).body, "body");
}

TEST_F(ClientRulesTest, WhatFailsInPassingIsTriedAgainAndNoOther) {
    std::atomic<int> left = 2;
    TestServer server([&](Peer& peer, Asked const& asked) {
        if (asked.target == "/404") return peer.reply(404);
        if (left-- <= 0) return peer.reply(200, "body of " + asked.body);
        if (asked.target == "/cut") return peer.hang_up();
        peer.reply(503);
    });
    Request request{.method = "PUT", .url = server.url("/503"), .body = "b", .attempts_max = 3};
    request.first_wait = milliseconds(2);
    auto const tried = [&] {
        left = 2;
        return client.fetch(request);
    };
    auto outcome = tried();
    EXPECT_EQ(reply_of(outcome).body, "body of b");
    EXPECT_EQ(reply_of(outcome).attempts, 3);
    request.url = server.url("/cut");
    outcome = tried();
    EXPECT_EQ(reply_of(outcome).status, 200);
    EXPECT_GE(reply_of(outcome).attempts, 2);
    request.url = server.url("/404");
    outcome = tried();
    EXPECT_EQ(reply_of(outcome).attempts, 1);
    request.url = server.url("/503");
    request.attempts_max = 2;
    outcome = tried();
    EXPECT_EQ(reply_of(outcome).status, 503) << "the last reply is given";
    request.method = "POST";
    outcome = tried();
    EXPECT_EQ(reply_of(outcome).attempts, 1) << "it may have been done";
    request.has_idempotency_key = true;
    outcome = tried();
    EXPECT_EQ(reply_of(outcome).attempts, 2);
}

TEST_F(ClientRulesTest, APostIsNotSentAgainWhenAKeptConnectionEndsWithoutAnAnswer) {
    TestServer server([](Peer& peer, Asked const& asked) {
        if (asked.method == "GET") return peer.reply(200);
        peer.hang_up();
    });
    for (auto const* body : {"", "body"}) {
        reply_of(client.fetch({.url = server.url()}));
        int const before = server.requests();
        auto const outcome = client.fetch({.method = "POST", .url = server.url(), .body = body, .attempts_max = 3});
        EXPECT_EQ(failure_of(outcome).reason, FailureReason::protocol);
        EXPECT_EQ(server.requests(), before + 1);
    }
}

TEST(ClientTimes, RetryAfterIsHeededToTheSecondAndGivenBackPastTheLongestWait) {
    testing::SharedClock clock;
    Client client(testing::loopback_allowed(), clock);
    std::atomic<int> after_s = 20;
    TestServer server([&](Peer& peer, Asked const&) {
        int const wait = after_s;
        if (wait == 0) return peer.reply(200);
        if (wait < 30) after_s = 0;
        peer.reply(429, "", "Retry-After: " + std::to_string(wait) + "\r\n");
    });
    Request const request{.url = server.url(), .attempts_max = 3};
    std::promise<Outcome> promise;
    client.submit(request, [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
    while (client.counters().retries == 0) std::this_thread::yield();
    clock.advance(milliseconds(19'999));
    client.look_at_the_clock();
    reply_of(client.fetch({.url = server.url()}));
    EXPECT_EQ(server.requests(), 2) << "the one that waits has not come back";
    clock.advance(milliseconds(1));
    client.look_at_the_clock();
    EXPECT_EQ(reply_of(promise.get_future().get()).attempts, 2);

    after_s = 31;
    auto const outcome = client.fetch(request);
    EXPECT_EQ(reply_of(outcome).status, 429);
    EXPECT_EQ(reply_of(outcome).attempts, 1);
}

TEST(ClientTimes, AFailingHostIsLeftAloneAndThenTriedByOne) {
    testing::SharedClock clock;
    auto options = testing::loopback_allowed();
    options.breaker = {.failures = 3, .window = seconds(10), .open_time = seconds(30)};
    Client client(options, clock);
    std::atomic<int> status = 503;
    TestServer server([&](Peer& peer, Asked const&) { peer.reply(status); });
    Request const request{.url = server.url(), .scope = "ten_a"};
    for (int i = 0; i < 3; ++i) EXPECT_EQ(reply_of(client.fetch(request)).status, 503);
    EXPECT_EQ(failure_of(client.fetch(request)).reason, FailureReason::breaker_open);
    EXPECT_EQ(server.requests(), 3);
    EXPECT_EQ(reply_of(client.fetch({.url = server.url(), .scope = "ten_b"})).status, 503)
        << "another tenant's failures are its own";
    clock.advance(seconds(30));
    EXPECT_EQ(reply_of(client.fetch(request)).status, 503);
    EXPECT_EQ(failure_of(client.fetch(request)).reason, FailureReason::breaker_open);
    status = 200;
    clock.advance(seconds(30));
    EXPECT_EQ(reply_of(client.fetch(request)).status, 200);
    EXPECT_EQ(reply_of(client.fetch(request)).status, 200);
    status = 404;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(reply_of(client.fetch(request)).status, 404) << "says nothing of the host";
}

TEST(ClientTimes, RequestsToAHostAreApartByTheDelayAndTheDeadlineGoesByTheClock) {
    testing::SharedClock clock;
    Client client(testing::loopback_allowed(), clock);
    TestServer server([](Peer& peer, Asked const&) { peer.reply(200); });
    Request request{.url = server.url(), .concurrent_per_host = 1, .delay_per_host = seconds(5)};
    EXPECT_EQ(reply_of(client.fetch(request)).status, 200);
    std::promise<Outcome> second, third;
    client.submit(request, [&](Outcome outcome) { second.set_value(std::move(outcome)); });
    request.limits.total_time = seconds(6);
    client.submit(request, [&](Outcome outcome) { third.set_value(std::move(outcome)); });
    while (client.counters().waiting < 2) std::this_thread::yield();
    EXPECT_EQ(server.requests(), 1);
    clock.advance(seconds(5));
    client.look_at_the_clock();
    EXPECT_EQ(reply_of(second.get_future().get()).status, 200);
    clock.advance(seconds(1));
    client.look_at_the_clock();
    EXPECT_EQ(failure_of(third.get_future().get()).reason, FailureReason::timeout);
    EXPECT_EQ(server.requests(), 2);
}

}  // namespace
}  // namespace mainstay::net
