// Sockets, the event loop and Beast's reading of a head: all of the edge that knows Asio and Beast. A connection and a
// listener are used on their loop's thread alone.
#pragma once
#include "base/time.hpp"
#include "kernel/web/edge.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mainstay::web {

class EventLoop {
public:
    EventLoop();
    ~EventLoop();
    EventLoop(EventLoop const&) = delete;
    EventLoop& operator=(EventLoop const&) = delete;

    void run();                             // on the calling thread, until stop()
    void stop();                            // from any thread
    void post(std::function<void()> work);  // from any thread; runs on the loop's, behind what is ready there
    static EventLoop const* current();      // the one that runs on the calling thread, or nullptr
    void tick(Duration period, std::function<bool()> on_tick);  // until it returns false

    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

// Who is told what happens on a connection.
class ConnectionOwner {
public:
    virtual ~ConnectionOwner() = default;
    virtual void on_read(std::size_t size) = 0;  // 0: the peer has ended, or the connection is broken or closed
    virtual void on_writable() = 0;
};

class Connection {
public:
    Connection(EventLoop&, int descriptor);  // takes the descriptor
    ~Connection();

    // One at a time; `into` and the owner live until on_read.
    void read(std::shared_ptr<ConnectionOwner>, std::span<char> into);
    // Writes both pieces as far as the kernel takes them at once: the number of bytes, or nothing when it is broken.
    std::optional<std::size_t> write(std::string_view first, std::string_view second);
    void wait_until_writable(std::shared_ptr<ConnectionOwner>);
    void end_writing();

private:
    struct Socket;
    std::unique_ptr<Socket> socket_;
};

struct PeerAddress {
    std::string text;
    std::array<unsigned char, 16> network{};  // what counts as one address: IPv4 whole, IPv6 to /64
    bool is_proxy = false;                    // one that is trusted: the limit for one address does not hold for it
    bool is_loopback = false;
};

class Listener {
public:
    // Binds. Throws Fault with errors::address_in_use.
    Listener(EventLoop&, std::string const& address, std::uint16_t port);
    ~Listener();

    std::uint16_t port() const { return port_; }
    void start(std::function<void(int descriptor, PeerAddress)> on_accepted);
    // Hands on what has connected already, then closes.
    void stop();

private:
    struct State;
    std::shared_ptr<State> state_;
    std::uint16_t port_ = 0;
};

struct ParsedHead {
    bool ok = false;
    bool keep_alive = false;
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
};

// Splits a head that check_head has passed into target and headers.
ParsedHead parse_head(std::string_view head, RequestHead& out);

}  // namespace mainstay::web
