// What the edge does with the bytes of HTTP, through a real socket.
#include "kernel/web/edge_testing.hpp"

namespace mainstay::web {
namespace {

using namespace testing;
using namespace std::string_literals;

class EdgeHttp : public EdgeTest {};

TEST_F(EdgeHttp, AnswersAndKeepsTheConnection) {
    start();
    RawClient client = connect();
    for (int i = 0; i < 3; ++i) {
        ClientReply const reply = client.ask(get("/hello?a=b"));
        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(reply.body, "GET /hello?a=b ");
        EXPECT_TRUE(reply.has("Date: "));
        EXPECT_TRUE(reply.has("Content-Type: text/plain\r\n"));
        EXPECT_FALSE(reply.has("Connection:"));
        EXPECT_FALSE(reply.has("Server:"));
    }
    EXPECT_EQ(edge_->counters().connections_total, 1u);
    EXPECT_EQ(edge_->counters().requests_total, 3u);
}

// Two requests in one packet; the first is malformed, so the second may be the smuggled one.
TEST_F(EdgeHttp, ClosesAfterAnythingAmbiguousAndNeverAnswersWhatFollows) {
    start();
    std::string const smuggled = get("/smuggled");
    for (std::string const& request : {
             std::string("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
             std::string("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
             std::string(
                 "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
             std::string(
                 "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
             std::string("POST / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
             std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n"),
             std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 0\r\n\r\n"),
             std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n Content-Length: 5\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n"),
             "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"s,
             std::string("GET / HTTP/1.1\nHost: x\n\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\n\r\n"),
             std::string("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
             std::string("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"),
             std::string("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\nConnection: a b\r\n\r\n"),
         }) {
        RawClient client = connect();
        ClientReply const reply = client.ask(request + smuggled);
        EXPECT_EQ(reply.status, 400) << request;
        EXPECT_EQ(reply.body, "bad_request");
        EXPECT_TRUE(reply.has("Connection: close\r\n")) << request;
        EXPECT_TRUE(client.ends()) << request;
    }
    EXPECT_EQ(application_.handled, 0);
}

TEST_F(EdgeHttp, RefusesUnknownMethodsVersionsAndExpectations) {
    start();
    EXPECT_EQ(connect().ask("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n").status, 501);
    EXPECT_EQ(connect().ask("GET / HTTP/1.2\r\nHost: x\r\n\r\n").status, 505);
    EXPECT_EQ(connect().ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status, 505);
    EXPECT_EQ(connect().ask(get("/", "Expect: 200-ok\r\n")).status, 417);
}

TEST_F(EdgeHttp, AnswersAPipelineInOrder) {
    application_.on("/pool", lane(Lane::worker),
                    [](Request& request, Reply& reply) { reply.send(text(std::string(request.query()))); });
    start();
    RawClient client = connect();
    std::string all;
    for (int i = 0; i < 200; ++i) {
        all += i % 3 == 0 ? get("/pool?" + std::to_string(i)) : get("/" + std::to_string(i));
        if (i % 5 == 0) all += post("/post", "body" + std::to_string(i));
    }
    client.send(all);
    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(client.read_reply().body, i % 3 == 0 ? std::to_string(i) : "GET /" + std::to_string(i) + " ");
        if (i % 5 == 0) {
            EXPECT_EQ(client.read_reply().body, "POST /post body" + std::to_string(i));
        }
    }
}

TEST_F(EdgeHttp, ReadsARequestThatComesByteByByte) {
    start();
    RawClient client = connect();
    for (char const c : "\r\n" + post("/slow", "body") +
                            "POST /chunks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                            "chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: x\r\n\r\n")
        client.send(std::string_view(&c, 1));
    EXPECT_EQ(client.read_reply().body, "POST /slow body");
    EXPECT_EQ(client.read_reply().body, "POST /chunks abc");
}

TEST_F(EdgeHttp, HeadHasTheLengthAndNoBody) {
    start();
    RawClient client = connect();
    client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n" + get("/next"));
    ClientReply const head = client.read_reply(true);
    EXPECT_TRUE(head.has("Content-Length: 12\r\n")) << head.head;
    EXPECT_EQ(client.read_reply().body, "GET /next ");
}

TEST_F(EdgeHttp, RepliesWithoutABodyHaveNoLength) {
    application_.on("/none", lane(Lane::edge), [](Request&, Reply& reply) { reply.send(text("ignored", 204)); });
    application_.on("/same", lane(Lane::edge), [](Request&, Reply& reply) { reply.send(text("ignored", 304)); });
    start();
    RawClient client = connect();
    client.send(get("/none") + get("/same") + get("/next"));
    ClientReply const none = client.read_reply();
    EXPECT_EQ(none.status, 204);
    EXPECT_FALSE(none.has("Content-Length"));
    EXPECT_EQ(client.read_reply().status, 304);
    EXPECT_EQ(client.read_reply().body, "GET /next ");
}

TEST_F(EdgeHttp, ContinuesOnlyWhatIsAdmitted) {
    application_.on("/small", lane(Lane::edge, 3),
                    [](Request& request, Reply& reply) { reply.send(text(request.body)); });
    Admission refusing = lane(Lane::edge);
    refusing.refusal = text("no", 403);
    application_.on("/refused", refusing, [](Request&, Reply&) {});
    start();
    RawClient client = connect();
    client.send("POST /small HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(client.read_reply().head, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.ask("abc").body, "abc");
    EXPECT_EQ(client.ask("POST /small HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n").status,
              413);
    EXPECT_TRUE(client.ends());

    RawClient other = connect();
    EXPECT_EQ(
        other.ask("POST /refused HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n").status,
        403);
    EXPECT_TRUE(other.ends());
    RawClient third = connect();
    EXPECT_EQ(third.ask(get("/refused")).status, 403);
    EXPECT_EQ(third.ask(get("/next")).status, 200);
}

TEST_F(EdgeHttp, Http10ClosesUnlessAskedToStay) {
    start();
    RawClient client = connect();
    ClientReply const kept = client.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(kept.has("Connection: keep-alive\r\n"));
    EXPECT_EQ(client.ask("GET /a HTTP/1.0\r\n\r\n").status, 200);
    EXPECT_TRUE(client.ends());
    RawClient modern = connect();
    EXPECT_TRUE(modern.ask(get("/", "Connection: close\r\n")).has("Connection: close\r\n"));
    EXPECT_TRUE(modern.ends());
}

TEST_F(EdgeHttp, AHalfClosedClientGetsItsReplies) {
    application_.on("/pool", lane(Lane::worker), [](Request&, Reply& reply) { reply.send(text("pool")); });
    start();
    RawClient client = connect();
    client.send(get("/pool") + get("/pool"));
    client.end_sending();
    EXPECT_EQ(client.read_reply().body, "pool");
    EXPECT_EQ(client.read_reply().body, "pool");
    EXPECT_TRUE(client.ends());
}

TEST_F(EdgeHttp, HoldsTheLimitsOfTheHead) {
    limits_.head_bytes = 2000;
    limits_.target_bytes = 500;
    limits_.header_count = 10;
    start();
    EXPECT_EQ(connect().ask(get("/" + std::string(400, 'a'))).status, 200);
    EXPECT_EQ(connect().ask(get("/" + std::string(600, 'a'))).status, 414);
    EXPECT_EQ(connect().ask(get("/" + std::string(9000, 'a'))).status, 414);
    EXPECT_EQ(connect().ask(get("/", "X: " + std::string(1000, 'a') + "\r\n")).status, 200);
    EXPECT_EQ(connect().ask(get("/", "X: " + std::string(9000, 'a') + "\r\n")).status, 431);
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += "A: b\r\n";
    RawClient client = connect();
    client.send(get("/", many));  // the server may close before it has taken all
    EXPECT_EQ(client.read_reply().status, 431);
    EXPECT_EQ(connect().ask(get("/", many.substr(0, 60))).status, 431);
    EXPECT_EQ(application_.handled, 2);
}

TEST_F(EdgeHttp, HoldsTheLimitOfTheBodyBeforeReadingItAndWhileReadingChunks) {
    application_.on("/small", lane(Lane::edge, 10),
                    [](Request& request, Reply& reply) { reply.send(text(request.body)); });
    start();
    EXPECT_EQ(connect().ask(post("/small", "0123456789")).status, 200);
    RawClient sized = connect();
    EXPECT_EQ(sized.ask("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000000\r\n\r\n").status, 413);
    EXPECT_TRUE(sized.ends());
    RawClient chunked = connect();
    chunked.send("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n");
    EXPECT_EQ(chunked.ask("5\r\n67890").status, 413);
    EXPECT_TRUE(chunked.ends());
    EXPECT_EQ(connect().ask(get("/small", "Content-Length: 11\r\n")).body, "payload_too_large");
}

TEST_F(EdgeHttp, TellsTheApplicationWhoCallsAndWhat) {
    application_.on("/who", lane(Lane::worker), [](Request& request, Reply& reply) {
        reply.send(text(request.remote_address + " " + std::string(request.header("x-b")) + " " +
                        std::string(request.query()) + " " + std::to_string(request.headers.size())));
    });
    start();
    EXPECT_EQ(connect().ask(get("/who?q=1", "X-A: a\r\nX-B:  b c \r\n")).body, "127.0.0.1 b c q=1 3");
}

TEST_F(EdgeHttp, BelievesATrustedProxyAloneWhoTheClientIs) {
    application_.on("/who", lane(Lane::worker), [](Request& request, Reply& reply) {
        reply.send(text(request.remote_address + (request.is_local ? " local" : "")));
    });
    start();
    EXPECT_EQ(connect().ask(get("/who")).body, "127.0.0.1 local");
    EXPECT_EQ(connect().ask(get("/who", "X-Forwarded-For: 203.0.113.7\r\n")).body, "127.0.0.1");
    EXPECT_EQ(connect().ask(get("/who", "Forwarded: for=203.0.113.7\r\n")).body, "127.0.0.1");
    proxies_ = {Network::parse("127.0.0.1").value()};
    start();
    EXPECT_EQ(connect().ask(get("/who")).body, "127.0.0.1 local");
    EXPECT_EQ(connect().ask(get("/who", "X-Forwarded-For: 127.0.0.1, 203.0.113.7\r\n")).body, "203.0.113.7");
    EXPECT_EQ(connect().ask(get("/who", "X-Forwarded-For: a\r\nX-Forwarded-For: 203.0.113.7\r\n")).body, "203.0.113.7");
    EXPECT_EQ(connect().ask(get("/who", "X-Forwarded-For: nonsense\r\n")).body, "127.0.0.1");
}

TEST_F(EdgeHttp, ARepliesHeadersCannotSplitIt) {
    application_.on("/split", lane(Lane::edge), [](Request&, Reply& reply) {
        Response response = text("body");
        response.headers = {{"X", "a\r\nSet-Cookie: b"}};
        reply.send(std::move(response));
    });
    start();
    ClientReply const reply = connect().ask(get("/split"));
    EXPECT_EQ(reply.status, 500);
    EXPECT_FALSE(reply.has("Set-Cookie"));
    EXPECT_EQ(reply.body, "");
}

TEST_F(EdgeHttp, WhatFailsIsA500AndTheServerLives) {
    application_.on("/throws", lane(Lane::worker), [](Request&, Reply&) { throw std::runtime_error("handler fails"); });
    application_.on("/throws-edge", lane(Lane::edge), [](Request&, Reply&) { throw 42; });
    application_.on("/drops", lane(Lane::worker), [](Request&, Reply& reply) { Reply const gone = std::move(reply); });
    start();
    RawClient client = connect();
    for (auto const* path : {"/throws", "/throws-edge", "/drops", "/admit-throws"}) {
        ClientReply const reply = client.ask(get(path));
        EXPECT_EQ(reply.status, 500) << path;
        EXPECT_EQ(reply.body, "internal_error");
    }
    EXPECT_EQ(client.ask(get("/next")).status, 200);
    for (auto const* note : {"handle: handler fails\n", "handle: of an unknown type\n", "admit: admit fails\n"})
        EXPECT_TRUE(eventually([&] { return application_.noted().find(note) != std::string::npos; })) << note;
}

TEST_F(EdgeHttp, AReplyMayComeFromAnyThread) {
    std::vector<std::thread> answering;
    std::mutex mutex;
    application_.on("/later", lane(Lane::edge), [&](Request& request, Reply& reply) {
        std::lock_guard const lock(mutex);
        answering.emplace_back([later = std::make_shared<Reply>(std::move(reply)),
                                query = std::string(request.query())] { later->send(text(query)); });
    });
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(connect());
        clients.back().send(get("/later?" + std::to_string(i)) + get("/next"));
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
        EXPECT_EQ(clients[i].read_reply().body, std::to_string(i));
        EXPECT_EQ(clients[i].read_reply().body, "GET /next ");
    }
    for (std::thread& thread : answering) thread.join();
}

TEST_F(EdgeHttp, APortThatIsTakenIsSaidSo) {
    start();
    try {
        Edge other(application_, "127.0.0.1", edge_->port(), limits_, folder_ / "other");
        FAIL() << "the port was bound twice";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, "address_in_use");
    }
    EXPECT_THROW(Edge(application_, "not an address", 0, limits_, folder_ / "other"), Fault);
}

}  // namespace
}  // namespace mainstay::web
