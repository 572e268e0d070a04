// What the edge does when there is too much, too slow or too long: nobody else may suffer.
#include "kernel/web/edge_testing.hpp"

namespace mainstay::web {
namespace {

using namespace testing;

class EdgeLimits : public EdgeTest {};

TEST_F(EdgeLimits, ASlowHeadIsATimeout) {
    limits_.head_time = milliseconds(60);
    start();
    RawClient client = connect();
    client.send("GET / HTTP/1.1\r\nHo");
    ClientReply const reply = client.read_reply();
    EXPECT_EQ(reply.status, 408);
    EXPECT_EQ(reply.body, "request_timeout");
    EXPECT_TRUE(client.ends());
}

TEST_F(EdgeLimits, AnIdleConnectionIsClosedWithoutAWord) {
    limits_.idle_time = milliseconds(60);
    start();
    RawClient fresh = connect();
    EXPECT_TRUE(fresh.ends());
    RawClient used = connect();
    EXPECT_EQ(used.ask(get("/")).status, 200);
    EXPECT_TRUE(used.ends());
    EXPECT_TRUE(eventually([&] { return edge_->counters().connections_open == 0; }));
}

TEST_F(EdgeLimits, ABodySlowerThanTheMinimumIsATimeout) {
    limits_.rate_window = milliseconds(60);
    limits_.body_bytes_per_s = 10'000;
    start();
    RawClient client = connect();
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nsome");
    EXPECT_EQ(client.read_reply().status, 408);
    EXPECT_TRUE(client.ends());
    EXPECT_EQ(application_.handled, 0);
}

TEST_F(EdgeLimits, ABodyEndsWithinItsTimeHoweverSteadily) {
    limits_.body_time = milliseconds(150);
    limits_.body_bytes_per_s = 1;
    start();
    RawClient client = connect();
    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::atomic<bool> answered = false;
    std::thread sender([&] {
        while (!answered && client.send("1\r\na\r\n")) std::this_thread::yield();
    });
    EXPECT_EQ(client.read_reply().status, 408);
    answered = true;
    sender.join();
}

TEST_F(EdgeLimits, ASlowReaderIsCutOff) {
    limits_.rate_window = milliseconds(60);
    application_.on("/large", lane(Lane::edge),
                    [](Request&, Reply& reply) { reply.send(text(std::string(20'000'000, 'x'))); });
    start();
    RawClient client = connect(4096);
    client.send(get("/large"));
    EXPECT_TRUE(eventually([&] { return edge_->counters().requests_total == 1; }));
    EXPECT_TRUE(eventually([&] { return edge_->counters().connections_open == 0; }));
}

TEST_F(EdgeLimits, AReaderWhoKeepsUpGetsAllOfALargeReply) {
    application_.on("/large", lane(Lane::worker),
                    [](Request&, Reply& reply) { reply.send(text(std::string(20'000'000, 'x'))); });
    start();
    RawClient client = connect();
    client.send(get("/large") + get("/next"));
    EXPECT_EQ(client.read_reply().body.size(), 20'000'000u);
    EXPECT_EQ(client.read_reply().status, 200);
}

TEST_F(EdgeLimits, ConnectionsPastTheLimitAreTurnedAway) {
    limits_.connections = 3;
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(connect());
        EXPECT_EQ(clients.back().ask(get("/")).status, 200);
    }
    RawClient fourth = connect();
    ClientReply const reply = fourth.ask(get("/"));
    EXPECT_EQ(reply.status, 503);
    EXPECT_TRUE(reply.has("Retry-After: 1\r\n"));
    EXPECT_TRUE(fourth.ends());
    clients.pop_back();
    EXPECT_TRUE(eventually([&] { return edge_->counters().connections_open == 2; }));
    EXPECT_EQ(connect().ask(get("/")).status, 200);
}

TEST_F(EdgeLimits, OneAddressCannotTakeAllConnections) {
    limits_.connections_per_address = 2;
    start();
    RawClient first = connect();
    RawClient second = connect();
    EXPECT_EQ(first.ask(get("/")).status, 200);
    EXPECT_EQ(second.ask(get("/")).status, 200);
    EXPECT_EQ(connect().ask(get("/")).status, 503);
}

TEST_F(EdgeLimits, ATrustedProxysConnectionsCountAgainstTheOverallLimitAlone) {
    limits_.connections_per_address = 1;
    limits_.connections = 3;
    proxies_ = {Network::parse("127.0.0.0/8").value()};
    start();
    std::vector<RawClient> proxy;
    for (int i = 0; i < 3; ++i) {
        proxy.push_back(connect());
        EXPECT_EQ(proxy.back().ask(get("/")).status, 200) << i;
    }
    EXPECT_EQ(connect().ask(get("/")).status, 503);
}

TEST_F(EdgeLimits, TwoThousandIdleConnectionsDoNotDisturbTheOthers) {
    application_.on("/pool", lane(Lane::worker), [](Request&, Reply& reply) { reply.send(text("pool")); });
    start();
    std::vector<RawClient> idle;
    for (int i = 0; i < 2000; ++i) {
        idle.push_back(connect());
        ASSERT_TRUE(idle.back().is_connected()) << i;
        if (i % 2 == 0) idle.back().send("GET / HTTP/1.1\r\n");  // half of them within a head
    }
    RawClient client = connect();
    for (int i = 0; i < 200; ++i) ASSERT_EQ(client.ask(get(i % 2 ? "/pool" : "/")).status, 200);
    EXPECT_TRUE(eventually([&] { return edge_->counters().connections_open == 2001; }));
    for (std::size_t i = 0; i < idle.size(); i += 100) EXPECT_EQ(idle[i].ask("Host: x\r\n\r\n").status, 200);
}

TEST_F(EdgeLimits, AFullQueueAnswersAtOnceAndTheConnectionStays) {
    limits_.worker_threads = 1;
    limits_.queue = 2;
    application_.on("/wait", lane(Lane::worker), [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    });
    start();
    std::vector<RawClient> clients;
    for (std::size_t i = 0; i < 3; ++i) {
        clients.push_back(connect());
        clients.back().send(get("/wait"));
        EXPECT_TRUE(eventually([&] { return gateway_.waiting() == 1 && edge_->counters().queue_depth == i; }));
    }
    RawClient late = connect();
    ClientReply const reply = late.ask(post("/wait", "body"));
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.body, "busy");
    EXPECT_TRUE(reply.has("Retry-After: 1\r\n"));
    EXPECT_FALSE(reply.has("Connection: close"));
    EXPECT_EQ(late.ask(get("/")).status, 200);
    EXPECT_EQ(edge_->counters().queue_full_total, 1u);
    gateway_.open();
    for (RawClient& client : clients) EXPECT_EQ(client.read_reply().body, "done");
}

TEST_F(EdgeLimits, OneKeyCannotFillTheQueue) {
    limits_.worker_threads = 1;
    limits_.queue = 100;
    limits_.queue_per_key = 5;
    auto const wait = [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    };
    Admission noisy = lane(Lane::worker);
    noisy.fairness_key = 1;
    Admission quiet = lane(Lane::worker);
    quiet.fairness_key = 2;
    application_.on("/noisy", noisy, wait);
    application_.on("/quiet", quiet, wait);
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(connect());
        clients.back().send(get("/noisy"));
        EXPECT_TRUE(eventually([&] { return gateway_.waiting() == 1; }));
    }
    EXPECT_TRUE(eventually([&] { return edge_->counters().queue_full_total == 14; }));  // one runs, five wait
    RawClient other = connect();
    other.send(get("/quiet"));
    EXPECT_TRUE(eventually([&] { return edge_->counters().queue_depth == 6; }));
    gateway_.open();
    EXPECT_EQ(other.read_reply().body, "done");
    int done = 0;
    for (RawClient& client : clients) done += client.read_reply().status == 200;
    EXPECT_EQ(done, 6);
}

TEST_F(EdgeLimits, ARequestPastItsDeadlineInTheQueueIsAnsweredAndNeverRuns) {
    limits_.worker_threads = 1;
    application_.on("/wait", lane(Lane::worker), [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    });
    Admission brief = lane(Lane::worker);
    brief.deadline = milliseconds(50);
    std::atomic<int> ran = 0;
    application_.on("/brief", brief, [&](Request&, Reply& reply) {
        ++ran;
        reply.send(text("ran"));
    });
    start();
    RawClient blocking = connect();
    blocking.send(get("/wait"));
    EXPECT_TRUE(eventually([&] { return gateway_.waiting() == 1; }));
    RawClient client = connect();
    for (int i = 0; i < 3; ++i) {  // the worker is still blocked: the edge itself answers
        ClientReply const reply = client.ask(get("/brief"));
        EXPECT_EQ(reply.status, 503);
        EXPECT_EQ(reply.body, "deadline_exceeded");
        EXPECT_TRUE(reply.has("Retry-After: "));
    }
    gateway_.open();
    EXPECT_EQ(blocking.read_reply().body, "done");
    EXPECT_EQ(client.ask(get("/brief")).body, "ran");
    EXPECT_EQ(ran, 1);
}

// The deadline is for the work: a client that uploads for longer than that is not late.
TEST_F(EdgeLimits, TheTimeOfAnUploadIsNotTheRequestsDeadline) {
    Admission brief = lane(Lane::worker);
    brief.deadline = milliseconds(300);
    application_.on("/brief", brief, [&](Request& request, Reply& reply) { reply.send(text(request.body)); });
    limits_.head_time = milliseconds(400);
    start();
    RawClient slow = connect();
    slow.send("POST /brief HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbo");
    RawClient clock = connect();  // its head runs out of time after the deadline of the other
    clock.send("GET");
    EXPECT_EQ(clock.read_reply().status, 408);
    EXPECT_EQ(slow.ask("dy").body, "body");
}

TEST_F(EdgeLimits, TheStagedPoolIsItsOwn) {
    limits_.worker_threads = 1;
    limits_.staged_threads = 1;
    application_.on("/wait", lane(Lane::staged), [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    });
    application_.on("/pool", lane(Lane::worker), [](Request&, Reply& reply) { reply.send(text("pool")); });
    start();
    RawClient blocking = connect();
    blocking.send(get("/wait"));
    EXPECT_TRUE(eventually([&] { return gateway_.waiting() == 1; }));
    EXPECT_EQ(connect().ask(get("/pool")).body, "pool");
    gateway_.open();
    EXPECT_EQ(blocking.read_reply().body, "done");
}

TEST_F(EdgeLimits, WhatTheEdgeHandsOverIsAnsweredByAWorker) {
    application_.on("/both", lane(Lane::edge), [](Request& request, Reply& reply) {
        if (request.body == "quick") return reply.send(text("edge"));
        reply.hand_over([edge = std::this_thread::get_id()](Reply given) {
            given.send(text(std::this_thread::get_id() == edge ? "edge" : "worker"));
        });
    });
    application_.on("/throws", lane(Lane::edge), [](Request&, Reply& reply) {
        reply.hand_over([](Reply) { throw std::runtime_error("the rest fails"); });
    });
    start();
    RawClient client = connect();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(client.ask(get("/both")).body, "worker");
        EXPECT_EQ(client.ask("POST /both HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nquick").body, "edge");
    }
    EXPECT_EQ(client.ask(get("/throws")).status, 500);
    EXPECT_EQ(client.ask(get("/both")).body, "worker");
}

TEST_F(EdgeLimits, WhatIsHandedOverAndFindsNoWorkerInTimeIsAnsweredByTheEdge) {
    limits_.worker_threads = 1;
    limits_.queue = 1;
    std::atomic<int> ran = 0;
    Admission brief = lane(Lane::edge);
    brief.deadline = milliseconds(300);
    application_.on("/wait", lane(Lane::worker), [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    });
    application_.on("/both", brief, [&](Request&, Reply& reply) {
        reply.hand_over([&](Reply given) {
            ++ran;
            given.send(text("rest"));
        });
    });
    start();
    RawClient blocking = connect(), late = connect(), refused = connect();
    blocking.send(get("/wait"));
    EXPECT_TRUE(eventually([&] { return gateway_.waiting() == 1; }));
    late.send(get("/both"));
    EXPECT_TRUE(eventually([&] { return edge_->counters().queue_depth == 1; }));
    EXPECT_EQ(refused.ask(get("/both")).body, "busy");
    EXPECT_EQ(late.read_reply().body, "deadline_exceeded");
    gateway_.open();
    EXPECT_EQ(blocking.read_reply().body, "done");
    EXPECT_TRUE(eventually([&] { return edge_->counters().queue_depth == 0; }));
    EXPECT_EQ(late.ask(get("/both")).body, "rest");
    EXPECT_EQ(ran, 1);
}

// The client goes while its request waits or runs; the reply comes to nobody.
TEST_F(EdgeLimits, AClientThatGoesAwayHarmsNobody) {
    application_.on("/wait", lane(Lane::worker), [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    });
    start();
    for (int i = 0; i < 20; ++i) connect().send(get("/wait"));
    EXPECT_TRUE(eventually([&] { return edge_->counters().requests_total == 20; }));
    gateway_.open();
    EXPECT_TRUE(eventually([&] { return edge_->counters().connections_open == 0; }));
    EXPECT_EQ(connect().ask(get("/")).status, 200);
}

TEST_F(EdgeLimits, AReplyMayOutliveTheEdge) {
    std::promise<Reply> kept;
    application_.on("/keep", lane(Lane::worker), [&](Request&, Reply& reply) { kept.set_value(std::move(reply)); });
    start();
    RawClient client = connect();
    client.send(get("/keep"));
    Reply reply = kept.get_future().get();
    edge_.reset();
    reply.send(text("too late"));
    EXPECT_EQ(client.read_to_end(), "");
}

}  // namespace
}  // namespace mainstay::web
