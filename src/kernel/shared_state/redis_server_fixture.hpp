// A Redis server of the test's own, on a free port of the loopback address, in a folder that goes away.
#pragma once
#include "kernel/shared_state/redis_connection.hpp"
#include "testing/testing.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <system_error>
#include <utility>
#include <vector>

namespace mainstay::redis_test {

using Words = std::vector<std::string>;

// Waits for what other threads or processes bring about; false when it did not come.
template <class Condition>
bool comes_true(Condition const& condition, Duration within = seconds(30)) {
    Duration const end = system_clock().monotonic() + within;
    while (!condition()) {
        if (system_clock().monotonic() > end) return false;
        poll(nullptr, 0, 1);
    }
    return true;
}

inline sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// A socket that listens on a free port.
inline std::pair<int, std::uint16_t> listen_anywhere() {
    int const listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::system_error(errno, std::generic_category(), "listen");
    return {listener, ntohs(address.sin_port)};
}

// What is started dies with the test.
inline int spawn(Words const& arguments, std::string const& log) {
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

inline int wait_for(int pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

class RedisServer {
public:
    explicit RedisServer(Words options = {}, std::string scheme = "redis://")
        : options_(std::move(options)), scheme_(std::move(scheme)) {
        start();
    }
    ~RedisServer() {
        if (pid_ != 0) kill_it();
    }
    RedisServer(RedisServer const&) = delete;
    RedisServer& operator=(RedisServer const&) = delete;

    // On the same port as before; empty, unless it saved what it had.
    void start() { start({}); }
    void start(Words const& more_options) {
        for (int attempt = 0; pid_ == 0; ++attempt) {
            if (attempt == attempts_max) throw std::runtime_error("redis-server does not start");
            if (port_ == 0) port_ = free_port();
            bool const is_tls = scheme_ == "rediss://";
            Words arguments{"redis-server",
                            "--bind",
                            host,
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
            if (pid_ == 0) port_ = attempt == 0 ? port_ : 0;  // another has taken it
        }
    }
    void kill_it() {
        kill(pid_, SIGKILL);
        wait_for(std::exchange(pid_, 0));
    }
    void stop() const { kill(pid_, SIGSTOP); }  // it still holds its port, and the kernel takes connections for it
    void go_on() const { kill(pid_, SIGCONT); }

    std::uint16_t port() const { return port_; }
    std::string url(std::string const& user_and_at = {}, std::string const& of_host = {}) const {
        return scheme_ + user_and_at + (of_host.empty() ? host : of_host) + ':' + std::to_string(port_);
    }
    shared_state::RedisPlace place() const { return {shared_state::RedisUrl::parse(url()).value(), {}}; }

    shared_state::RedisReply run(Words const& command) const {
        shared_state::Interrupt const never;
        shared_state::RedisConnection connection(place(), never);
        return connection.run(command);
    }

private:
    static constexpr int attempts_max = 5;
    static constexpr char const* host = "127.0.0.1";

    static std::uint16_t free_port() {
        auto const [listener, port] = listen_anywhere();
        close(listener);
        return port;
    }
    bool can_connect() const {
        int const client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in const address = loopback(port_);
        bool const can = connect(client, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
        close(client);
        return can;
    }

    testing::TemporaryFolder folder_;
    Words options_;
    std::string scheme_;
    std::uint16_t port_ = 0;
    int pid_ = 0;
};

}  // namespace mainstay::redis_test
