#include "testing/http_client.hpp"

#include "base/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace mainstay::testing {
namespace {
constexpr timeval patience{30, 0};
}

HttpClient::HttpClient(std::uint16_t port) : port_(port) {}

HttpClient::~HttpClient() {
    if (fd_ >= 0) close(fd_);
}

void HttpClient::connect() {
    if (fd_ >= 0) close(fd_);
    buffer_.clear();
    fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("nobody listens");
}

bool HttpClient::receive_more() {
    std::array<char, 16384> room{};
    ssize_t const got = recv(fd_, room.data(), room.size(), 0);
    if (got <= 0) return false;
    buffer_.append(room.data(), static_cast<std::size_t>(got));
    return true;
}

std::string HttpClient::receive_until(std::string_view mark) {
    for (;;) {
        if (auto const at = buffer_.find(mark); at != std::string::npos) {
            std::string taken = buffer_.substr(0, at);
            buffer_.erase(0, at + mark.size());
            return taken;
        }
        if (!receive_more()) throw std::runtime_error("the connection closed within a reply");
    }
}

std::string HttpClient::receive_exactly(std::size_t size) {
    while (buffer_.size() < size)
        if (!receive_more()) throw std::runtime_error("the connection closed within a body");
    std::string taken = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return taken;
}

void HttpClient::disconnect() {
    close(fd_);
    fd_ = -1;
}

void HttpClient::send_request(std::string_view method, std::string const& target, Headers const& headers,
                              std::string const& body) {
    std::string bytes = std::string(method) + ' ' + target + " HTTP/1.1\r\n";
    bool has_host = false;
    for (auto const& [name, value] : headers) {
        bytes += name + ": " + value + "\r\n";
        has_host = has_host || equals_ignoring_case(name, "host");
    }
    if (!has_host) bytes += "Host: localhost\r\n";
    if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH")
        bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    bytes += "\r\n" + body;
    if (fd_ < 0) connect();
    if (send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()) ||
        (buffer_.empty() && !receive_more())) {
        connect();
        send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
}

HttpReply HttpClient::receive_head() {
    std::string const head = receive_until("\r\n\r\n");
    HttpReply reply;
    auto lines = split(head, '\n');
    reply.status = std::stoi(std::string(lines.front().substr(9, 3)));
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto const colon = lines[i].find(':');
        reply.headers[lower_ascii(lines[i].substr(0, colon))] = trim(lines[i].substr(colon + 1));
    }
    return reply;
}

HttpReply HttpClient::head_of(std::string_view method, std::string const& target, Headers const& headers) {
    send_request(method, target, headers, {});
    HttpReply reply = receive_head();
    disconnect();
    return reply;
}

HttpReply HttpClient::request(std::string_view method, std::string const& target, Headers const& headers,
                              std::string const& body) {
    send_request(method, target, headers, body);
    HttpReply reply = receive_head();
    if (reply.headers["transfer-encoding"] == "chunked") {
        for (;;) {
            std::size_t const size = std::stoul(receive_until("\r\n"), nullptr, 16);
            reply.body += receive_exactly(size);
            receive_until("\r\n");
            if (size == 0) break;
        }
    } else if (method != "HEAD" && reply.headers.contains("content-length")) {
        reply.body = receive_exactly(std::stoul(reply.headers["content-length"]));
    }
    if (reply.headers["connection"] == "close") disconnect();
    return reply;
}

}  // namespace mainstay::testing
