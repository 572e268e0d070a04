// TLS stands on buffers in memory: every byte goes through our own send and recv, which raise no SIGPIPE and keep the
// deadline.
#include "kernel/shared_state/redis_socket.hpp"

#include "base/network.hpp"

#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <type_traits>

namespace mainstay::shared_state {
namespace {

using Reason = RedisError::Reason;

constexpr std::size_t piece_bytes = 16u << 10;  // read from the socket at once

[[noreturn]] void fail(std::string const& what, int error) {
    throw RedisError(Reason::unreachable, what + ": " + std::generic_category().message(error));
}

[[noreturn]] void fail_tls(std::string const& what, SSL const* session = nullptr) {
    long const verdict = session == nullptr ? X509_V_OK : SSL_get_verify_result(session);
    if (verdict != X509_V_OK)
        throw RedisError(Reason::unreachable, what + ": " + X509_verify_cert_error_string(verdict));
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    throw RedisError(Reason::unreachable, what + ": " + text.data());
}

// For poll(): rounded up, so that it does not end just before the deadline.
int milliseconds_until(Duration deadline) {
    return static_cast<int>(
        std::clamp<std::int64_t>((deadline.us - system_clock().monotonic().us + 999) / 1000, 0, 3'600'000));
}

template <auto function>
struct Freeing {
    template <class Pointer>
    void operator()(Pointer* pointer) const {
        function(pointer);
    }
};

}  // namespace

struct RedisSocket::Tls {
    std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>> context{SSL_CTX_new(TLS_client_method())};
    std::unique_ptr<SSL, Freeing<SSL_free>> session;
    BIO* incoming = nullptr;  // the session owns both
    BIO* outgoing = nullptr;
};

Interrupt::Interrupt() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}
Interrupt::~Interrupt() {
    close(descriptor_);
}
void Interrupt::set() {
    eventfd_write(descriptor_, 1);  // fails only when it was set 2^64 times
}
bool Interrupt::wait_until(Duration deadline) const {
    for (;;) {
        pollfd waited{descriptor_, POLLIN, 0};
        int const ready = poll(&waited, 1, milliseconds_until(deadline));
        if (ready >= 0) return ready > 0;
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
    }
}

RedisSocket::RedisSocket(RedisUrl const& url, std::string const& ca_file, Duration deadline, Interrupt const& interrupt)
    : interrupt_(interrupt) {
    try {
        connect(url, deadline);
        if (url.is_tls) start_tls(url, ca_file, deadline);
    } catch (StoreAway const&) {
        if (descriptor_ >= 0) close(descriptor_);
        throw;
    }
}

RedisSocket::~RedisSocket() {
    if (descriptor_ >= 0) close(descriptor_);
}

void RedisSocket::connect(RedisUrl const& url, Duration deadline) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    int const problem = getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &wanted, &found);
    if (problem != 0) throw RedisError(Reason::unreachable, url.host + ": " + gai_strerror(problem));
    std::unique_ptr<addrinfo, Freeing<freeaddrinfo>> const addresses(found);
    std::int64_t left = 0;
    for (addrinfo const* at = found; at != nullptr; at = at->ai_next) ++left;
    for (addrinfo const* at = found; at != nullptr; at = at->ai_next, --left) {
        Duration const now = system_clock().monotonic();
        // One that does not answer leaves time for the others.
        Duration const share{now.us + std::max<std::int64_t>(0, deadline.us - now.us) / left};
        try {
            if (try_address({reinterpret_cast<char const*>(at->ai_addr), at->ai_addrlen}, share)) return;
        } catch (RedisError const& error) {
            if (left == 1 || error.reason == Reason::interrupted) throw;
        }
    }
    throw RedisError(Reason::unreachable, url.host + " has no address that can be used");
}

bool RedisSocket::try_address(std::string_view address, Duration deadline) {
    auto const* const raw = reinterpret_cast<sockaddr const*>(address.data());
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = socket(raw->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor_ < 0) return false;
    int const on = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(descriptor_, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    if (::connect(descriptor_, raw, static_cast<socklen_t>(address.size())) == 0) return true;
    if (errno != EINPROGRESS && errno != EINTR) fail("connect", errno);
    wait_for(POLLOUT, deadline);
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) fail("connect", error);
    return true;
}

void RedisSocket::start_tls(RedisUrl const& url, std::string const& ca_file, Duration deadline) {
    ERR_clear_error();
    tls_ = std::make_unique<Tls>();
    SSL_CTX* const context = tls_->context.get();
    if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) fail_tls("TLS");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    bool const has_authorities = ca_file.empty()
                                     ? SSL_CTX_set_default_verify_paths(context) == 1
                                     : SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr) == 1;
    if (!has_authorities) fail_tls("the certificates of " + (ca_file.empty() ? "the system" : ca_file));
    tls_->session.reset(SSL_new(context));
    SSL* const session = tls_->session.get();
    tls_->incoming = BIO_new(BIO_s_mem());
    tls_->outgoing = BIO_new(BIO_s_mem());
    if (session == nullptr || tls_->incoming == nullptr || tls_->outgoing == nullptr) fail_tls("TLS");
    SSL_set_bio(session, tls_->incoming, tls_->outgoing);
    bool const is_address = IpAddress::parse(url.host).has_value();
    bool const is_named = is_address ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), url.host.c_str()) == 1
                                     : SSL_set1_host(session, url.host.c_str()) == 1 &&
                                           SSL_set_tlsext_host_name(session, url.host.c_str()) == 1;
    if (!is_named) fail_tls("TLS");
    for (;;) {
        int const done = SSL_connect(session);
        int const why = done == 1 ? SSL_ERROR_NONE : SSL_get_error(session, done);
        if (done != 1 && why != SSL_ERROR_WANT_READ) fail_tls("TLS", session);
        send_sealed(deadline);
        if (done == 1) return;
        receive_sealed(deadline);
    }
}

void RedisSocket::send(std::string_view bytes, Duration deadline) {
    if (!tls_) return send_plain(bytes, deadline);
    while (!bytes.empty()) {
        ERR_clear_error();
        std::size_t written = 0;
        if (SSL_write_ex(tls_->session.get(), bytes.data(), std::min(bytes.size(), piece_bytes), &written) != 1)
            fail_tls("TLS");
        bytes.remove_prefix(written);
        send_sealed(deadline);
    }
}

std::size_t RedisSocket::receive(std::span<char> into, Duration deadline) {
    if (!tls_) return receive_plain(into, deadline);
    for (;;) {
        ERR_clear_error();
        std::size_t got = 0;
        int const done = SSL_read_ex(tls_->session.get(), into.data(), into.size(), &got);
        if (done == 1) return got;
        int const why = SSL_get_error(tls_->session.get(), done);
        if (why == SSL_ERROR_ZERO_RETURN) throw RedisError(Reason::unreachable, "the server closed the connection");
        if (why != SSL_ERROR_WANT_READ) fail_tls("TLS");
        send_sealed(deadline);
        receive_sealed(deadline);
    }
}

void RedisSocket::send_sealed(Duration deadline) {
    std::array<char, piece_bytes> piece{};
    while (BIO_ctrl_pending(tls_->outgoing) > 0) {
        int const size = BIO_read(tls_->outgoing, piece.data(), static_cast<int>(piece.size()));
        if (size <= 0) fail_tls("TLS");
        send_plain({piece.data(), static_cast<std::size_t>(size)}, deadline);
    }
}

void RedisSocket::receive_sealed(Duration deadline) {
    std::array<char, piece_bytes> piece{};
    std::size_t const size = receive_plain(piece, deadline);
    if (BIO_write(tls_->incoming, piece.data(), static_cast<int>(size)) != static_cast<int>(size)) fail_tls("TLS");
}

void RedisSocket::send_plain(std::string_view bytes, Duration deadline) const {
    while (!bytes.empty()) {
        ssize_t const sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno == EAGAIN)
            wait_for(POLLOUT, deadline);
        else if (errno != EINTR)
            fail("send", errno);
    }
}

std::size_t RedisSocket::receive_plain(std::span<char> into, Duration deadline) const {
    for (;;) {
        ssize_t const got = recv(descriptor_, into.data(), into.size(), 0);
        if (got > 0) return static_cast<std::size_t>(got);
        if (got == 0) throw RedisError(Reason::unreachable, "the server closed the connection");
        if (errno == EAGAIN)
            wait_for(POLLIN, deadline);
        else if (errno != EINTR)
            fail("recv", errno);
    }
}

void RedisSocket::wait_for(short events, Duration deadline) const {
    for (;;) {
        std::array<pollfd, 2> waited{pollfd{descriptor_, events, 0}, pollfd{interrupt_.descriptor(), POLLIN, 0}};
        int const ready = poll(waited.data(), waited.size(), milliseconds_until(deadline));
        if (ready < 0 && errno != EINTR) fail("poll", errno);
        if (ready > 0 && waited[1].revents != 0) throw RedisError(Reason::interrupted, "interrupted");
        if (ready > 0) return;
        if (ready == 0) throw RedisError(Reason::late, "no answer in time");
    }
}

}  // namespace mainstay::shared_state
