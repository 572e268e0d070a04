// Work crosses threads through the scheduler's mutex alone, so that Asio's fences add nothing; and the thread sanitizer
// does not understand fences.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK

#include "kernel/web/edge_io.hpp"

#include "kernel/web/web_errors.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

namespace mainstay::web {
namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr int listen_backlog = 4096;
constexpr int accepted_at_once = 64;  // then others on the loop have their turn
// A peer that has vanished without a word, or takes nothing, is given up by the kernel.
constexpr int unacknowledged_limit_ms = 30'000;
constexpr Duration accept_pause = milliseconds(100);  // when the process is out of descriptors
constexpr std::size_t headers_reserved = 16;

thread_local EventLoop const* current_loop = nullptr;

std::chrono::microseconds to_chrono(Duration duration) {
    return std::chrono::microseconds(duration.us);
}

// Beast splits what head_check has passed; what it still refuses is refused.
class HeadParser final : public http::basic_parser<true> {
public:
    explicit HeadParser(RequestHead& out) : out_(out) {}

private:
    using string_view = boost::beast::string_view;

    void on_request_impl(http::verb, string_view, string_view target, int version, error_code&) override {
        out_.target.assign(target.data(), target.size());
        out_.http_1_0 = version == 10;
    }
    void on_field_impl(http::field, string_view name, string_view value, error_code&) override {
        out_.headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(string_view, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view, error_code&) override { return 0; }
    void on_finish_impl(error_code&) override {}

    RequestHead& out_;
};

PeerAddress peer_of(tcp::endpoint const& endpoint) {
    PeerAddress peer;
    asio::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    peer.text = address.to_string();
    peer.is_loopback = address.is_loopback();
    if (address.is_v4()) {
        auto const bytes = address.to_v4().to_bytes();
        std::copy(bytes.begin(), bytes.end(), peer.network.begin() + 12);
    } else {
        auto const bytes = address.to_v6().to_bytes();
        std::copy(bytes.begin(), bytes.begin() + 8, peer.network.begin());
    }
    return peer;
}

}  // namespace

struct EventLoop::State {
    // One thread runs it: the reactor needs no locks, posts from other threads still do.
    asio::io_context io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
    asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
    asio::steady_timer ticker{io};
    std::function<bool()> on_tick;
};

namespace {
void arm_ticker(EventLoop::State& state, Duration period) {
    state.ticker.expires_after(to_chrono(period));
    state.ticker.async_wait([&state, period](error_code error) {
        if (!error && state.on_tick()) arm_ticker(state, period);
    });
}
}  // namespace

EventLoop::EventLoop() : state_(std::make_unique<State>()) {}
EventLoop::~EventLoop() = default;

void EventLoop::run() {
    current_loop = this;
    state_->io.run();
    current_loop = nullptr;
}

void EventLoop::stop() {
    state_->io.stop();
}

void EventLoop::post(std::function<void()> work) {
    asio::post(state_->io, std::move(work));
}

EventLoop const* EventLoop::current() {
    return current_loop;
}

void EventLoop::tick(Duration period, std::function<bool()> on_tick) {
    state_->on_tick = std::move(on_tick);
    arm_ticker(*state_, period);
}

struct Connection::Socket {
    tcp::socket stream;
};

Connection::Connection(EventLoop& loop, int descriptor)
    : socket_(std::make_unique<Socket>(Socket{tcp::socket(loop.state().io)})) {
    error_code error;
    socket_->stream.assign(tcp::v6(), descriptor, error);  // the family matters only to calls that we do not make
    if (error) {
        ::close(descriptor);  // the first read will tell
        return;
    }
    socket_->stream.non_blocking(true, error);
}

Connection::~Connection() = default;

void Connection::read(std::shared_ptr<ConnectionOwner> owner, std::span<char> into) {
    socket_->stream.async_read_some(
        asio::buffer(into.data(), into.size()),
        [owner = std::move(owner)](error_code error, std::size_t size) { owner->on_read(error ? 0 : size); });
}

std::optional<std::size_t> Connection::write(std::string_view first, std::string_view second) {
    std::array const pieces{asio::const_buffer(first.data(), first.size()),
                            asio::const_buffer(second.data(), second.size())};
    error_code error;
    std::size_t const size = socket_->stream.write_some(pieces, error);
    if (error == asio::error::would_block) return 0;
    if (error) return std::nullopt;
    return size;
}

void Connection::wait_until_writable(std::shared_ptr<ConnectionOwner> owner) {
    socket_->stream.async_wait(tcp::socket::wait_write,
                               [owner = std::move(owner)](error_code) { owner->on_writable(); });
}

void Connection::end_writing() {
    error_code ignored;
    socket_->stream.shutdown(tcp::socket::shutdown_send, ignored);
}

struct Listener::State : std::enable_shared_from_this<State> {
    explicit State(EventLoop& loop) : acceptor(loop.state().io), pause(loop.state().io) {}

    void wait() {
        acceptor.async_wait(tcp::acceptor::wait_read, [self = shared_from_this()](error_code error) {
            if (error) return;
            if (self->accept(accepted_at_once)) {
                self->wait();
            } else {
                self->wait_for_descriptors();
            }
        });
    }

    void wait_for_descriptors() {
        pause.expires_after(to_chrono(accept_pause));
        pause.async_wait([self = shared_from_this()](error_code error) {
            if (!error) self->wait();
        });
    }

    // False when the process or the machine has no descriptor left.
    bool accept(int most) {
        for (int i = 0; i < most; ++i) {
            tcp::endpoint peer;
            auto size = static_cast<socklen_t>(peer.capacity());
            int const descriptor =
                ::accept4(acceptor.native_handle(), peer.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (descriptor < 0) {
                if (errno == EINTR || errno == ECONNABORTED) continue;
                return errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM;
            }
            peer.resize(size);
            on_accepted(descriptor, peer_of(peer));
        }
        return true;
    }

    tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::function<void(int, PeerAddress)> on_accepted;
};

Listener::Listener(EventLoop& loop, std::string const& address, std::uint16_t port)
    : state_(std::make_shared<State>(loop)) {
    error_code error;
    tcp::acceptor& acceptor = state_->acceptor;
    auto const parsed = asio::ip::make_address(address, error);
    tcp::endpoint const endpoint(parsed, port);
    if (!error) acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(listen_backlog, error);
    if (!error) acceptor.non_blocking(true, error);
    // Accepted sockets inherit these two.
    if (!error) acceptor.set_option(tcp::no_delay(true), error);
    if (!error)
        acceptor.set_option(
            asio::detail::socket_option::integer<IPPROTO_TCP, TCP_USER_TIMEOUT>(unacknowledged_limit_ms), error);
    if (error)
        throw Fault(errors::address_in_use,
                    "Cannot listen on " + address + " port " + std::to_string(port) + ": " + error.message() + ".");
    port_ = acceptor.local_endpoint().port();
}

Listener::~Listener() = default;

void Listener::start(std::function<void(int, PeerAddress)> on_accepted) {
    state_->on_accepted = std::move(on_accepted);
    state_->wait();
}

void Listener::stop() {
    if (!state_->acceptor.is_open()) return;
    if (state_->on_accepted) state_->accept(listen_backlog);
    error_code ignored;
    state_->acceptor.close(ignored);
    state_->pause.cancel();
}

ParsedHead parse_head(std::string_view head, RequestHead& out) {
    out.headers.reserve(headers_reserved);
    HeadParser parser(out);
    parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
    parser.body_limit(boost::none);
    error_code error;
    std::size_t const used = parser.put(asio::const_buffer(head.data(), head.size()), error);
    ParsedHead result;
    result.ok = !error && used == head.size() && parser.is_header_done();
    if (!result.ok) return result;
    result.keep_alive = parser.keep_alive();
    result.chunked = parser.chunked();
    if (auto const length = parser.content_length()) result.content_length = *length;
    return result;
}

}  // namespace mainstay::web
