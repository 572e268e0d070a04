#include "testing/redis_server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace mainstay::testing {
namespace {

constexpr int attempts_max = 5;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::uint16_t free_port() {
    auto const [listener, port] = listen_anywhere();
    close(listener);
    return port;
}

}  // namespace

std::pair<int, std::uint16_t> listen_anywhere() {
    int const listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::system_error(errno, std::generic_category(), "listen");
    return {listener, ntohs(address.sin_port)};
}

RedisServer::RedisServer(Words options, std::string scheme) : options_(std::move(options)), scheme_(std::move(scheme)) {
    start();
}

RedisServer::~RedisServer() = default;

void RedisServer::start(Words const& more_options) {
    bool const is_chosen = port_ != 0;
    for (int attempt = 0; !process_; ++attempt) {
        if (attempt == attempts_max) throw std::runtime_error("redis-server does not start");
        if (!is_chosen) port_ = free_port();  // another may take it before the server does
        bool const is_tls = scheme_ == "rediss://";
        Words arguments{"redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder_.path().string(),
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--port",
                        is_tls ? "0" : std::to_string(port_)};
        if (is_tls) arguments.insert(arguments.end(), {"--tls-port", std::to_string(port_)});
        arguments.insert(arguments.end(), options_.begin(), options_.end());
        arguments.insert(arguments.end(), more_options.begin(), more_options.end());
        process_ = std::make_unique<ChildProcess>(arguments, folder_.path() / "redis.log");
        if (!comes_true([&] { return !process_->is_running() || can_connect(); }) || !process_->is_running())
            process_.reset();
    }
}

void RedisServer::kill_it() {
    process_.reset();
}
void RedisServer::stop() const {
    process_->tell(SIGSTOP);
}
void RedisServer::go_on() const {
    process_->tell(SIGCONT);
}

std::string RedisServer::url(std::string const& user_and_at, std::string const& of_host) const {
    return scheme_ + user_and_at + of_host + ':' + std::to_string(port_);
}

bool RedisServer::can_connect() const {
    int const client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in const address = loopback(port_);
    bool const can = connect(client, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    close(client);
    return can;
}

}  // namespace mainstay::testing
