// A TCP proxy before PostgreSQL that cuts a connection at its COMMIT, for tests.
#pragma once
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

namespace mainstay::postgres_test {

class CuttingProxy {
public:
    enum class Cut {
        none,
        before,       // the server never sees the COMMIT, and its connection is closed
        before_held,  // the same, but the server's connection stays open: the transaction stays in progress
        after         // the server has committed, but its reply is lost
    };

    explicit CuttingProxy(std::uint16_t server_port) : server_port_(server_port) {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 16) != 0 ||
            getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::system_error(errno, std::generic_category(), "proxy");
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
    }
    ~CuttingProxy() {
        thread_.request_stop();
        thread_.join();
        for (auto const& pair : pairs_) close_both(pair);
        for (int const held : held_) close(held);
        close(listener_);
    }
    CuttingProxy(CuttingProxy const&) = delete;
    CuttingProxy& operator=(CuttingProxy const&) = delete;

    std::uint16_t port() const { return port_; }
    void cut_next_commit(Cut how) { how_ = how; }
    int cuts() const { return cuts_; }

private:
    static constexpr int poll_ms = 20;  // how long the end of the test may take to be seen
    struct Pair {
        int client, server;
        bool is_cut_after = false;
    };

    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }
    static void close_both(Pair const& pair) {
        close(pair.client);
        close(pair.server);
    }

    void run(std::stop_token const& stop) {
        while (!stop.stop_requested()) {
            std::vector<pollfd> sockets{{listener_, POLLIN, 0}};
            for (auto const& pair : pairs_) {
                sockets.push_back({pair.client, POLLIN, 0});
                sockets.push_back({pair.server, POLLIN, 0});
            }
            poll(sockets.data(), sockets.size(), poll_ms);
            for (std::size_t i = pairs_.size(); i-- > 0;) {
                bool const is_open = (sockets[1 + 2 * i].revents == 0 || from_client(pairs_[i])) &&
                                     (sockets[2 + 2 * i].revents == 0 || from_server(pairs_[i]));
                if (!is_open) pairs_.erase(pairs_.begin() + static_cast<std::ptrdiff_t>(i));
            }
            if (sockets[0].revents != 0) accept_one();
        }
    }

    void accept_one() {
        Pair pair{accept(listener_, nullptr, nullptr), socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        sockaddr_in const address = loopback(server_port_);
        if (connect(pair.server, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0)
            pairs_.push_back(pair);
        else
            close_both(pair);
    }

    // False when the pair is gone.
    bool from_client(Pair& pair) {
        ssize_t const size = recv(pair.client, room_.data(), room_.size(), 0);
        std::string_view const bytes(room_.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
        Cut const how = bytes.find("COMMIT") == std::string_view::npos ? Cut::none : how_.exchange(Cut::none);
        cuts_ += how != Cut::none;
        if (how == Cut::before_held) {
            held_.push_back(pair.server);
            close(pair.client);
            return false;
        }
        if (size <= 0 || how == Cut::before) {
            close_both(pair);
            return false;
        }
        pair.is_cut_after = how == Cut::after;
        send(pair.server, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        return true;
    }

    bool from_server(Pair& pair) {
        ssize_t const size = recv(pair.server, room_.data(), room_.size(), 0);
        if (size <= 0 || pair.is_cut_after) {
            close_both(pair);
            return false;
        }
        send(pair.client, room_.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
        return true;
    }

    std::uint16_t const server_port_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    std::atomic<Cut> how_ = Cut::none;
    std::atomic<int> cuts_ = 0;
    std::vector<Pair> pairs_;
    std::vector<int> held_;
    std::array<char, 1 << 16> room_;
    std::jthread thread_;
};

}  // namespace mainstay::postgres_test
