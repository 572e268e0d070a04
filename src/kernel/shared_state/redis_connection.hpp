// A connection to Redis, for one thread: opened when first needed and again after a failure, with a pause that grows.
#pragma once
#include "kernel/shared_state/redis_reply.hpp"

namespace mainstay::shared_state {

inline constexpr Duration redis_connect_time = seconds(2);  // with TLS and the greeting
inline constexpr Duration redis_answer_time = seconds(1);   // of one command or pipeline

using RedisCommand = std::vector<std::string>;

struct RedisPlace {
    RedisUrl url;
    std::string ca_file;  // for TLS; empty: the system's certificates
};

// All throw RedisError and close the connection with it.
class RedisConnection {
public:
    RedisConnection(RedisPlace place, Interrupt const& interrupt) : place_(std::move(place)), interrupt_(interrupt) {}

    // Connects, names the user, chooses the database and waits until the server answers. At once when it is open.
    void open();
    bool is_open() const { return link_ != nullptr; }
    void close() { link_.reset(); }

    RedisReply run(RedisCommand const&);
    // All sent before the first reply is read; a reply to each, errors among them.
    std::vector<RedisReply> run_all(std::span<RedisCommand const>);

    // For a connection that listens.
    void send(RedisCommand const&);
    std::optional<RedisReply> next(Duration wait);  // nothing when nothing came in time

private:
    struct Link {
        Link(RedisPlace const& place, Duration deadline, Interrupt const& interrupt)
            : socket(place.url, place.ca_file, deadline, interrupt) {}
        RedisSocket socket;
        RedisReader reader;
    };
    void greet(Duration deadline);
    std::vector<RedisReply> exchange(std::span<RedisCommand const>, Duration deadline);
    RedisReply receive(Duration deadline);

    RedisPlace place_;
    Interrupt const& interrupt_;
    std::unique_ptr<Link> link_;
};

}  // namespace mainstay::shared_state
