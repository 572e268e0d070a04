// SIGTERM under load: no request fails, and the end comes within drain_time.
#include "kernel/web/edge_testing.hpp"

namespace mainstay::web {
namespace {

using namespace testing;

class EdgeDrain : public EdgeTest {};

// Clients that ask without a pause and stop only when told to close; whoever loses a reply has failed.
TEST_F(EdgeDrain, FailsNoRequestUnderLoad) {
    application_.on("/pool", lane(Lane::worker), [](Request&, Reply& reply) { reply.send(text("pool")); });
    start();
    std::atomic<int> answered = 0;
    std::atomic<int> failed = 0;
    std::atomic<int> told_to_close = 0;
    std::vector<std::thread> hammers;
    for (int i = 0; i < 8; ++i) {
        hammers.emplace_back([&, i] {
            RawClient client = connect();
            while (true) {
                ClientReply const reply = client.ask(i % 2 ? get("/pool") : post("/echo", "body"));
                if (reply.status != 200) {
                    ++failed;
                    return;
                }
                ++answered;
                if (reply.has("Connection: close")) {
                    ++told_to_close;
                    EXPECT_TRUE(client.ends());
                    return;
                }
            }
        });
    }
    EXPECT_TRUE(eventually([&] { return answered > 1000; }));
    edge_->drain();
    for (std::thread& hammer : hammers) hammer.join();
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(told_to_close, 8);
    EXPECT_EQ(edge_->counters().connections_open, 0u);
    EXPECT_FALSE(connect().is_connected());
}

TEST_F(EdgeDrain, WaitsForTheRequestInFlightAndClosesBehindIt) {
    application_.on("/wait", lane(Lane::worker), [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    });
    start();
    RawClient client = connect();
    client.send(get("/wait"));
    EXPECT_TRUE(eventually([&] { return gateway_.waiting() == 1; }));
    std::future<void> drained = std::async(std::launch::async, [&] { edge_->drain(); });
    EXPECT_TRUE(eventually([&] { return !connect().is_connected(); }));
    EXPECT_EQ(drained.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    gateway_.open();
    ClientReply const reply = client.read_reply();
    EXPECT_EQ(reply.body, "done");
    EXPECT_TRUE(reply.has("Connection: close\r\n"));
    client.disconnect();
    drained.wait();
}

TEST_F(EdgeDrain, FinishesStreamsAndClosesIdleConnections) {
    std::promise<std::shared_ptr<Stream>> opened;
    application_.on("/events", lane(Lane::edge), [&](Request&, Reply& reply) {
        Response response;
        response.open = [&](std::shared_ptr<Stream> stream) { opened.set_value(std::move(stream)); };
        reply.send(std::move(response));
    });
    start();
    RawClient idle = connect();
    EXPECT_EQ(idle.ask(get("/")).status, 200);
    RawClient reader = connect();
    reader.send(get("/events"));
    std::shared_ptr<Stream> const stream = opened.get_future().get();
    stream->push("before");
    std::future<void> drained = std::async(std::launch::async, [&] { edge_->drain(); });
    EXPECT_EQ(reader.read_reply().body, "before");
    EXPECT_TRUE(idle.ends());
    reader.disconnect();
    drained.wait();
    EXPECT_FALSE(stream->is_open());
}

TEST_F(EdgeDrain, EndsAfterItsTimeThoughAClientHoldsOn) {
    limits_.drain_time = milliseconds(100);
    application_.on("/wait", lane(Lane::worker), [&](Request&, Reply& reply) {
        gateway_.wait();
        reply.send(text("done"));
    });
    start();
    RawClient client = connect();
    client.send(get("/wait"));
    EXPECT_TRUE(eventually([&] { return gateway_.waiting() == 1; }));
    edge_->drain();
    EXPECT_TRUE(client.ends());
    gateway_.open();
}

}  // namespace
}  // namespace mainstay::web
