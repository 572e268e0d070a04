// For the tests of the edge: a client that sends any bytes, and an application whose answers a test decides.
#pragma once
#include "base/fault.hpp"
#include "kernel/web/edge.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace mainstay::web::testing {

constexpr int patience_ms = 10'000;  // longer than any answer takes, even under sanitizers

struct ClientReply {
    int status = 0;
    std::string head;
    std::string body;

    bool has(std::string_view header_line) const { return head.find(header_line) != std::string::npos; }
};

class RawClient {
public:
    // A small receive buffer makes a slow reader felt at once.
    explicit RawClient(std::uint16_t port, int receive_buffer = 0) {
        descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receive_buffer > 0)
            ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        int const at_once = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~RawClient() { disconnect(); }
    RawClient(RawClient&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)),
          connected_(other.connected_),
          received_(std::move(other.received_)) {}
    RawClient& operator=(RawClient&&) = delete;

    bool is_connected() const { return connected_; }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            ssize_t const size = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (size <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(size));
        }
        return true;
    }

    void end_sending() { ::shutdown(descriptor_, SHUT_WR); }

    void disconnect() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }

    // The next whole reply; status 0 when the connection ended first. `to_head`: the reply has no body.
    ClientReply read_reply(bool to_head = false) {
        ClientReply reply;
        while (received_.find("\r\n\r\n") == std::string::npos)
            if (!receive()) return reply;
        std::size_t const end = received_.find("\r\n\r\n") + 4;
        reply.head = received_.substr(0, end);
        received_.erase(0, end);
        std::from_chars(reply.head.data() + 9, reply.head.data() + 12, reply.status);
        if (to_head || reply.status < 200) return reply;
        if (auto const at = reply.head.find("Content-Length: "); at != std::string::npos) {
            std::size_t size = 0;
            std::from_chars(reply.head.data() + at + 16, reply.head.data() + reply.head.size(), size);
            while (received_.size() < size)
                if (!receive()) return {};
            reply.body = received_.substr(0, size);
            received_.erase(0, size);
        } else if (reply.has("Transfer-Encoding: chunked")) {
            while (auto chunk = read_chunk()) {
                if (chunk->empty()) return reply;
                reply.body += *chunk;
            }
            return {};
        }
        return reply;
    }

    // The next chunk of a chunked body; empty for the last, nothing when the connection ended first.
    std::optional<std::string> read_chunk() {
        while (received_.find("\r\n") == std::string::npos)
            if (!receive()) return std::nullopt;
        std::size_t size = 0;
        std::from_chars(received_.data(), received_.data() + received_.size(), size, 16);
        std::size_t const begin = received_.find("\r\n") + 2;
        while (received_.size() < begin + size + 2)
            if (!receive()) return std::nullopt;
        std::string chunk = received_.substr(begin, size);
        received_.erase(0, begin + size + 2);
        return chunk;
    }

    ClientReply ask(std::string_view request) {
        send(request);
        return read_reply();
    }

    // Whether the server closes, or has closed, without sending anything more.
    bool ends() {
        if (!received_.empty()) return false;
        return !receive();
    }

    std::string read_to_end() {
        while (receive()) {
        }
        return std::exchange(received_, {});
    }

private:
    bool receive() {
        pollfd waiting{descriptor_, POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) <= 0) {
            ADD_FAILURE() << "the server did not answer in time";
            return false;
        }
        std::array<char, 65536> bytes;
        ssize_t const size = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (size <= 0) return false;
        received_.append(bytes.data(), static_cast<std::size_t>(size));
        return true;
    }

    int descriptor_ = -1;
    bool connected_ = false;
    std::string received_;
};

inline std::string get(std::string_view path, std::string_view headers = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// Answers by path; a path that was not set is echoed with its body.
class TestApplication : public Application {
public:
    using Handler = std::function<void(Request&, Reply&)>;

    void on(std::string path, Admission admission, Handler handler) {
        routes_[std::move(path)] = {std::move(admission), std::move(handler)};
    }

    Admission admit(RequestHead const& head) override {
        ++admitted;
        if (head.path() == "/admit-throws") throw std::runtime_error("admit fails");
        auto const found = routes_.find(head.path());
        if (found != routes_.end()) return found->second.admission;
        Admission admission;
        admission.body_limit = 1 << 20;
        admission.lane = Lane::edge;
        return admission;
    }

    void handle(Request request, std::shared_ptr<void const>, Reply reply) override {
        ++handled;
        auto const found = routes_.find(request.path());
        if (found != routes_.end()) return found->second.handler(request, reply);
        Response response;
        response.headers = {{"Content-Type", "text/plain"}};
        response.body = std::string(to_string(request.method)) + " " + request.target + " " + request.body;
        reply.send(std::move(response));
    }

    Response refuse(int status, std::string_view code, std::string_view) override {
        Response response;
        response.status = status;
        response.body = code;
        return response;
    }

    void note_exception(std::string_view where, std::string_view what) noexcept override {
        std::lock_guard const lock(mutex_);
        noted_ += std::string(where) + ": " + std::string(what) + "\n";
    }

    std::string noted() {
        std::lock_guard const lock(mutex_);
        return noted_;
    }

    std::atomic<int> admitted = 0;
    std::atomic<int> handled = 0;

private:
    struct Route {
        Admission admission;
        Handler handler;
    };
    std::map<std::string, Route, std::less<>> routes_;
    std::mutex mutex_;
    std::string noted_;
};

inline Response text(std::string body, int status = 200) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

inline Admission lane(Lane lane, std::uint64_t body_limit = 1 << 20) {
    Admission admission;
    admission.lane = lane;
    admission.body_limit = body_limit;
    return admission;
}

// Holds workers until the test lets them go.
class Gateway {
public:
    void wait() {
        ++waiting_;
        opened_.wait();
    }
    void open() { promise_.set_value(); }
    int waiting() const { return waiting_; }

private:
    std::atomic<int> waiting_ = 0;
    std::promise<void> promise_;
    std::shared_future<void> opened_{promise_.get_future()};
};

inline bool eventually(std::function<bool()> const& holds) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

class EdgeTest : public ::testing::Test {
protected:
    EdgeTest() {
        static std::atomic<int> number = 0;
        folder_ = std::filesystem::temp_directory_path() /
                  ("mainstay-edge-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
        limits_.worker_threads = 4;
    }
    ~EdgeTest() override {
        edge_.reset();
        std::filesystem::remove_all(folder_);
    }

    void start() {
        edge_ = std::make_unique<Edge>(application_, "127.0.0.1", 0, limits_, folder_ / "spool");
        edge_->start();
    }
    RawClient connect(int receive_buffer = 0) { return RawClient(edge_->port(), receive_buffer); }
    bool spool_is_empty() const { return std::filesystem::is_empty(folder_ / "spool"); }

    std::filesystem::path folder_;
    Limits limits_;
    Gateway gateway_;
    TestApplication application_;
    std::unique_ptr<Edge> edge_;
};

}  // namespace mainstay::web::testing
