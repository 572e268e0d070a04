#include "testing/redis_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

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

int spawn(Words const& arguments, std::string const& log) {
    std::vector<char*> raw;
    for (auto const& argument : arguments) raw.push_back(const_cast<char*>(argument.c_str()));
    raw.push_back(nullptr);
    int const pid = fork();
    if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid > 0) return pid;
    int const out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(out, STDERR_FILENO) >= 0)
        execvp(raw[0], raw.data());
    _exit(127);
}

int wait_for(int pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

RedisServer::RedisServer(Words options, std::string scheme) : options_(std::move(options)), scheme_(std::move(scheme)) {
    start();
}

RedisServer::~RedisServer() {
    if (pid_ != 0) kill_it();
}

void RedisServer::start(Words const& more_options) {
    bool const is_chosen = port_ != 0;
    for (int attempt = 0; pid_ == 0; ++attempt) {
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
        pid_ = spawn(arguments, (folder_.path() / "redis.log").string());
        bool const has_started = comes_true([&] {
            if (waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
            return pid_ == 0 || can_connect();
        });
        if (!has_started) kill_it();
    }
}

void RedisServer::kill_it() {
    kill(pid_, SIGKILL);
    wait_for(std::exchange(pid_, 0));
}
void RedisServer::stop() const {
    kill(pid_, SIGSTOP);
}
void RedisServer::go_on() const {
    kill(pid_, SIGCONT);
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
