// For tests: a server of HTTP on loopback whose misbehaviour a test writes down.
#pragma once
#include "kernel/net/net.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <charconv>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

namespace mainstay::net::testing {

struct Asked {
    std::string method, target, head, body;

    // The value of a header; empty when there is none.
    std::string header(std::string_view name) const {
        std::string const mark = "\r\n" + std::string(name) + ": ";
        auto const at = head.find(mark);
        if (at == std::string::npos) return {};
        return head.substr(at + mark.size(), head.find("\r\n", at + 2) - at - mark.size());
    }
};

class Peer {
public:
    explicit Peer(int descriptor) : descriptor_(descriptor) {}

    std::optional<Asked> read_request() {
        while (received_.find("\r\n\r\n") == std::string::npos)
            if (!receive()) return std::nullopt;
        Asked asked;
        auto const end = received_.find("\r\n\r\n") + 4;
        asked.head = received_.substr(0, end);
        received_.erase(0, end);
        auto const space = asked.head.find(' ');
        asked.method = asked.head.substr(0, space);
        asked.target = asked.head.substr(space + 1, asked.head.find(' ', space + 1) - space - 1);
        std::size_t size = 0;
        auto const length = asked.header("Content-Length");
        std::from_chars(length.data(), length.data() + length.size(), size);
        while (received_.size() < size)
            if (!receive()) return std::nullopt;
        asked.body = received_.substr(0, size);
        received_.erase(0, size);
        return asked;
    }

    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            ssize_t const sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    void reply(int status, std::string_view body = {}, std::string const& headers = {}) const {
        send("HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
             headers + "\r\n" + std::string(body));
    }

    void hang_up() const { ::shutdown(descriptor_, SHUT_RDWR); }
    // Says nothing until the other side has gone.
    void fall_silent() {
        while (receive()) received_.clear();
    }

private:
    bool receive() {
        std::array<char, 65536> bytes;
        ssize_t const size = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (size > 0) received_.append(bytes.data(), static_cast<std::size_t>(size));
        return size > 0;
    }

    int descriptor_;
    std::string received_;
};

class TestServer {
public:
    using Handler = std::function<void(Peer&, Asked const&)>;

    explicit TestServer(Handler handler, int family = AF_INET) : handler_(std::move(handler)), family_(family) {
        listening_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_addr = in6addr_loopback;
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const address = family == AF_INET ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
        socklen_t size = family == AF_INET ? sizeof v4 : sizeof v6;
        if (::bind(listening_, address, size) != 0 || ::listen(listening_, 4'096) != 0)
            throw std::runtime_error(std::strerror(errno));
        ::getsockname(listening_, address, &size);
        port_ = ntohs(family == AF_INET ? v4.sin_port : v6.sin6_port);
        thread_ = std::thread([this] { accept_all(); });
    }

    ~TestServer() {
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        {
            std::lock_guard const lock(mutex_);
            for (int const descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
        }
        for (auto& peer : peers_) peer.join();
        for (int const descriptor : open_) ::close(descriptor);
        ::close(listening_);
    }

    int port() const { return port_; }
    std::string url(std::string_view path = "/") const {
        return (family_ == AF_INET ? "http://127.0.0.1:" : "http://[::1]:") + std::to_string(port_) + std::string(path);
    }
    int connections() const { return connections_; }
    int requests() const { return requests_; }

private:
    void accept_all() {
        for (;;) {
            int const descriptor = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
            if (descriptor < 0) return;
            ++connections_;
            std::lock_guard const lock(mutex_);
            open_.push_back(descriptor);
            peers_.emplace_back([this, descriptor] {
                Peer peer(descriptor);
                while (auto const asked = peer.read_request()) {
                    ++requests_;
                    handler_(peer, *asked);
                }
            });
        }
    }

    Handler handler_;
    int family_, listening_ = -1, port_ = 0;
    std::atomic<int> connections_ = 0, requests_ = 0;
    std::mutex mutex_;
    std::vector<int> open_;
    std::vector<std::thread> peers_;
    std::thread thread_;
};

// Moved by the test while the client's thread looks at it.
class SharedClock : public Clock {
public:
    Instant now() const override { return Instant{1'800'000'000'000'000} + monotonic(); }
    Duration monotonic() const override { return {us_}; }
    void advance(Duration d) { us_ += d.us; }

private:
    std::atomic<std::int64_t> us_ = 0;
};

inline Reply const& reply_of(Outcome const& outcome) {
    if (auto const* const failure = std::get_if<Failure>(&outcome))
        throw std::runtime_error(std::string(name_of(failure->reason)) + ": " + failure->text);
    return std::get<Reply>(outcome);
}

inline Failure const& failure_of(Outcome const& outcome) {
    if (auto const* const reply = std::get_if<Reply>(&outcome))
        throw std::runtime_error("a reply came: " + std::to_string(reply->status));
    return std::get<Failure>(outcome);
}

inline ClientOptions loopback_allowed() {
    return {.reach = Reach::internet_and_loopback};
}

}  // namespace mainstay::net::testing
