// For tests: a client of HTTP that sends any bytes and reads replies as they come.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

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
        if (::poll(&waiting, 1, patience_ms) <= 0) throw std::runtime_error("the server did not answer in time");
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

}  // namespace mainstay::web::testing
