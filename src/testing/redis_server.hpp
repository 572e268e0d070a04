// A Redis server of the test's own, on a free port of the loopback address, in a folder that goes away.
#pragma once
#include "testing/testing.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mainstay::testing {

using Words = std::vector<std::string>;

std::pair<int, std::uint16_t> listen_anywhere();  // a socket that listens on a free port, and the port

class RedisServer {
public:
    explicit RedisServer(Words options = {}, std::string scheme = "redis://");
    ~RedisServer();
    RedisServer(RedisServer const&) = delete;
    RedisServer& operator=(RedisServer const&) = delete;

    // On the same port as before; empty, unless it saved what it had.
    void start(Words const& more_options = {});
    void kill_it();
    void stop() const;  // it still holds its port, and the kernel takes connections for it
    void go_on() const;

    std::uint16_t port() const { return port_; }
    std::string url(std::string const& user_and_at = {}, std::string const& of_host = "127.0.0.1") const;

private:
    bool can_connect() const;

    TemporaryFolder folder_;
    Words options_;
    std::string scheme_;
    std::uint16_t port_ = 0;
    std::unique_ptr<ChildProcess> process_;
};

}  // namespace mainstay::testing
