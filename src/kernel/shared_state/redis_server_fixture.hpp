// A Redis server of the test's own, and what is asked of it by hand.
#pragma once
#include "kernel/shared_state/redis_connection.hpp"
#include "testing/redis_server.hpp"

namespace mainstay::redis_test {

using testing::comes_true;

class RedisServer : public testing::RedisServer {
public:
    using testing::RedisServer::RedisServer;

    shared_state::RedisPlace place() const { return {shared_state::RedisUrl::parse(url()).value(), {}}; }

    shared_state::RedisReply run(shared_state::RedisCommand const& command) const {
        shared_state::Interrupt const never;
        shared_state::RedisConnection connection(place(), never);
        return connection.run(command);
    }
};

}  // namespace mainstay::redis_test
