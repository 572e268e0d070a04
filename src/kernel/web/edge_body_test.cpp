// Bodies that do not fit into memory, replies from files, and streams.
#include "kernel/web/edge_testing.hpp"

#include <fstream>

namespace mainstay::web {
namespace {

using namespace testing;

class EdgeBody : public EdgeTest {
protected:
    static Admission to_file(std::uint64_t limit = 1 << 30) {
        Admission admission = lane(Lane::worker, limit);
        admission.body_to_file = true;
        return admission;
    }
};

std::string noise(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint64_t state = 88172645463325252ULL;
    for (char& byte : bytes) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        byte = static_cast<char>(state >> 32);
    }
    return bytes;
}

std::string content_of(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(EdgeBody, GoesToAFileThatIsRemovedAfterTheReply) {
    std::string const body = noise(8'000'000);
    application_.on("/upload", to_file(), [&](Request& request, Reply& reply) {
        EXPECT_TRUE(request.body.empty());
        EXPECT_EQ(request.body_size, body.size());
        EXPECT_EQ(std::filesystem::status(request.body_file).permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        reply.send(text(content_of(request.body_file) == body ? "equal" : "different"));
    });
    start();
    RawClient client = connect();
    EXPECT_EQ(client.ask(post("/upload", body)).body, "equal");
    std::string chunked = "POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 0x12345) {
        std::string const piece = body.substr(at, 0x12345);
        char size[16];
        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
        chunked += size + piece + "\r\n";
    }
    EXPECT_EQ(client.ask(chunked + "0\r\n\r\n").body, "equal");
    EXPECT_EQ(client.ask(get("/next")).status, 200);
    EXPECT_TRUE(eventually([&] { return spool_is_empty(); }));
}

TEST_F(EdgeBody, AFileThatTheHandlerMovedAwayStays) {
    application_.on("/upload", to_file(), [&](Request& request, Reply& reply) {
        std::filesystem::rename(request.body_file, folder_ / "kept");
        reply.send(text("moved"));
    });
    start();
    RawClient client = connect();
    EXPECT_EQ(client.ask(post("/upload", "content")).body, "moved");
    EXPECT_EQ(client.ask(get("/next")).status, 200);
    EXPECT_EQ(content_of(folder_ / "kept"), "content");
    EXPECT_TRUE(spool_is_empty());
}

TEST_F(EdgeBody, NothingIsLeftOfAnUploadThatBreaksOffOrIsTooLarge) {
    application_.on("/upload", to_file(1'000'000), [](Request&, Reply& reply) { reply.send(text("done")); });
    start();
    {
        RawClient client = connect();
        client.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + noise(500'000));
        EXPECT_TRUE(eventually([&] { return !spool_is_empty(); }));
    }
    EXPECT_TRUE(eventually([&] { return spool_is_empty(); }));
    RawClient client = connect();
    client.send("POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 30; ++i) client.send("10000\r\n" + noise(0x10000) + "\r\n");
    EXPECT_EQ(client.read_reply().status, 413);
    EXPECT_TRUE(eventually([&] { return spool_is_empty(); }));
    EXPECT_EQ(application_.handled, 0);
}

TEST_F(EdgeBody, WhatAnEarlierProcessLeftIsRemovedAtTheStart) {
    std::filesystem::create_directories(folder_ / "spool");
    std::ofstream(folder_ / "spool" / "upload-0123") << "left";
    start();
    EXPECT_TRUE(spool_is_empty());
}

// The folder is gone as a full disk would be: no body can be written, and the server lives.
TEST_F(EdgeBody, ADiskThatRefusesIsTheRequestsFailureAlone) {
    application_.on("/upload", to_file(), [](Request&, Reply& reply) { reply.send(text("done")); });
    start();
    std::filesystem::remove(folder_ / "spool");
    RawClient client = connect();
    EXPECT_EQ(client.ask(post("/upload", "content")).status, 500);
    std::filesystem::create_directories(folder_ / "spool");
    EXPECT_EQ(connect().ask(post("/upload", "content")).body, "done");
}

TEST_F(EdgeBody, AReplyFromAFileIsEqualToIt) {
    std::string const bytes = noise(20'000'000);
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "large", std::ios::binary) << bytes;
    application_.on("/file", lane(Lane::worker), [&](Request&, Reply& reply) {
        Response response;
        response.file = folder_ / "large";
        reply.send(std::move(response));
    });
    application_.on("/missing", lane(Lane::worker), [&](Request&, Reply& reply) {
        Response response;
        response.file = folder_ / "missing";
        reply.send(std::move(response));
    });
    start();
    RawClient client = connect();
    client.send("HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n" + get("/file") + get("/missing") + get("/next"));
    EXPECT_TRUE(client.read_reply(true).has("Content-Length: 20000000\r\n"));
    EXPECT_TRUE(client.read_reply().body == bytes);
    EXPECT_EQ(client.read_reply().status, 500);
    EXPECT_EQ(client.read_reply().status, 200);
    EXPECT_TRUE(std::filesystem::exists(folder_ / "large"));
}

TEST_F(EdgeBody, AFileIsRemovedAfterItWasSentWhenAskedSo) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "once") << "content";
    std::ofstream(folder_ / "empty") << "";
    application_.on("/file", lane(Lane::worker), [&](Request& request, Reply& reply) {
        Response response;
        response.file = folder_ / std::string(request.query());
        response.remove_file = true;
        reply.send(std::move(response));
    });
    start();
    EXPECT_EQ(connect().ask(get("/file?once")).body, "content");
    ClientReply const empty = connect().ask(get("/file?empty"));
    EXPECT_EQ(empty.status, 200);
    EXPECT_TRUE(empty.has("Content-Length: 0\r\n"));
    EXPECT_TRUE(eventually(
        [&] { return !std::filesystem::exists(folder_ / "once") && !std::filesystem::exists(folder_ / "empty"); }));
}

class EdgeStream : public EdgeTest {
protected:
    EdgeStream() {
        application_.on("/events", lane(Lane::worker), [this](Request&, Reply& reply) {
            Response response;
            response.headers = {{"Content-Type", "text/event-stream"}};
            response.open = [this](std::shared_ptr<Stream> stream) {
                stream->on_close([this] { ++closed_; });
                opened_.set_value(std::move(stream));
            };
            reply.send(std::move(response));
        });
    }

    std::promise<std::shared_ptr<Stream>> opened_;
    std::atomic<int> closed_ = 0;
};

TEST_F(EdgeStream, PushesFromAnyThreadAndGoesOnWithTheConnection) {
    start();
    RawClient client = connect();
    client.send(get("/events"));
    std::shared_ptr<Stream> const stream = opened_.get_future().get();
    EXPECT_TRUE(stream->push("data: 1\n\n"));
    std::string received;
    while (received != "data: 1\n\n") received += client.read_reply(true).head.empty() ? "" : *client.read_chunk();
    std::thread other([&] { EXPECT_TRUE(stream->push("data: 2\n\n")); });
    other.join();
    EXPECT_EQ(client.read_chunk(), "data: 2\n\n");
    EXPECT_EQ(closed_, 0);
    stream->finish();
    EXPECT_EQ(client.read_chunk(), "");
    EXPECT_FALSE(stream->is_open());
    EXPECT_FALSE(stream->push("more"));
    EXPECT_EQ(client.ask(get("/next")).body, "GET /next ");
    EXPECT_EQ(closed_, 1);
}

TEST_F(EdgeStream, TellsWhenTheReaderHasGone) {
    start();
    RawClient client = connect();
    client.send(get("/events"));
    std::shared_ptr<Stream> const stream = opened_.get_future().get();
    EXPECT_TRUE(stream->is_open());
    client.disconnect();
    EXPECT_TRUE(eventually([&] { return closed_ == 1; }));
    EXPECT_FALSE(stream->push("data"));
    std::promise<void> late;
    stream->on_close([&] { late.set_value(); });
    EXPECT_EQ(late.get_future().wait_for(std::chrono::milliseconds(patience_ms)), std::future_status::ready);
}

TEST_F(EdgeStream, IsClosedWhenTheReaderFallsBehindTheBuffer) {
    limits_.stream_buffer_bytes = 100'000;
    start();
    RawClient client = connect(4096);
    client.send(get("/events"));
    std::shared_ptr<Stream> const stream = opened_.get_future().get();
    std::string const piece(10'000, 'x');
    int pushed = 0;
    while (stream->push(piece)) ASSERT_LT(++pushed, 100'000) << "the buffer has no limit";
    EXPECT_FALSE(stream->is_open());
    EXPECT_TRUE(eventually([&] { return closed_ == 1; }));
    EXPECT_TRUE(eventually([&] { return edge_->counters().connections_open == 0; }));
}

TEST_F(EdgeStream, AReaderWhoStallsIsCutOffThoughTheBufferHasRoom) {
    limits_.rate_window = milliseconds(60);
    limits_.stream_buffer_bytes = 100'000'000;
    start();
    RawClient client = connect(4096);
    client.send(get("/events"));
    std::shared_ptr<Stream> const stream = opened_.get_future().get();
    EXPECT_TRUE(stream->push(std::string(20'000'000, 'x')));
    EXPECT_TRUE(eventually([&] { return closed_ == 1; }));
}

TEST_F(EdgeStream, EndsWhenItIsLetGo) {
    start();
    RawClient client = connect();
    client.send(get("/events"));
    std::shared_ptr<Stream> stream = opened_.get_future().get();
    stream->push("last");
    stream.reset();
    EXPECT_EQ(client.read_reply().body, "last");
}

TEST_F(EdgeStream, EveryByteOfAFastStreamArrives) {
    start();
    RawClient client = connect();
    client.send(get("/events"));
    std::shared_ptr<Stream> const stream = opened_.get_future().get();
    std::string sent;
    std::thread pusher([&] {
        for (int i = 0; i < 20'000; ++i) {
            std::string const piece = std::to_string(i) + ",";
            if (!stream->push(piece)) break;
            sent += piece;
        }
        stream->finish();
    });
    std::string const received = client.read_reply().body;
    pusher.join();
    EXPECT_TRUE(received == sent) << received.size() << " of " << sent.size();
}

TEST_F(EdgeStream, HasNoChunksForHttp10AndNothingForHead) {
    start();
    RawClient head = connect();
    head.send("HEAD /events HTTP/1.1\r\nHost: x\r\n\r\n" + get("/next"));
    EXPECT_EQ(head.read_reply(true).status, 200);
    EXPECT_EQ(head.read_reply().body, "GET /next ");
    RawClient old = connect();
    old.send("GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    std::shared_ptr<Stream> const stream = opened_.get_future().get();
    stream->push("plain");
    stream->finish();
    ClientReply const reply = old.read_reply();
    EXPECT_TRUE(reply.has("Connection: close\r\n"));
    EXPECT_FALSE(reply.has("chunked"));
    EXPECT_EQ(old.read_to_end(), "plain");
}

TEST_F(EdgeStream, OutlivesTheEdgeClosed) {
    start();
    RawClient client = connect();
    client.send(get("/events"));
    std::shared_ptr<Stream> const stream = opened_.get_future().get();
    edge_.reset();
    EXPECT_EQ(closed_, 1);
    EXPECT_FALSE(stream->push("data"));
    stream->finish();
}

}  // namespace
}  // namespace mainstay::web
