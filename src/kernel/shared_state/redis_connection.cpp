#include "kernel/shared_state/redis_connection.hpp"

#include <array>

namespace mainstay::shared_state {
namespace {

using Reason = RedisError::Reason;

constexpr std::size_t piece_bytes = 16u << 10;

Duration in(Duration time) {
    return system_clock().monotonic() + time;
}

// Runs it on an open connection, which is closed when it throws: what was under way may still come.
template <class F>
auto closing(RedisConnection& connection, F&& act) {
    try {
        return act();
    } catch (RedisError const&) {
        connection.close();
        throw;
    }
}

}  // namespace

void RedisConnection::open() {
    if (link_) return;
    Duration const deadline = in(redis_connect_time);
    link_ = std::make_unique<Link>(place_, deadline, interrupt_);
    closing(*this, [&] { greet(deadline); });
}

// The answer to PING says that the server works and does not only let the kernel take connections for it.
void RedisConnection::greet(Duration deadline) {
    std::vector<RedisCommand> commands;
    if (!place_.url.password.empty())
        commands.push_back(place_.url.user.empty() ? RedisCommand{"AUTH", place_.url.password}
                                                   : RedisCommand{"AUTH", place_.url.user, place_.url.password});
    if (place_.url.database != 0) commands.push_back({"SELECT", std::to_string(place_.url.database)});
    commands.push_back({"PING"});
    for (auto const& reply : exchange(commands, deadline)) reply.as_text();
}

RedisReply RedisConnection::run(RedisCommand const& command) {
    return std::move(run_all({&command, 1}).front());
}

std::vector<RedisReply> RedisConnection::run_all(std::span<RedisCommand const> commands) {
    open();
    return closing(*this, [&] { return exchange(commands, in(redis_answer_time)); });
}

void RedisConnection::send(RedisCommand const& command) {
    open();
    std::string bytes;
    append_command(bytes, command);
    closing(*this, [&] { link_->socket.send(bytes, in(redis_answer_time)); });
}

std::optional<RedisReply> RedisConnection::next(Duration wait) {
    open();
    try {
        return receive(in(wait));
    } catch (RedisError const& error) {
        if (error.reason == Reason::late) return std::nullopt;
        close();
        throw;
    }
}

std::vector<RedisReply> RedisConnection::exchange(std::span<RedisCommand const> commands, Duration deadline) {
    std::string bytes;
    for (auto const& command : commands) append_command(bytes, command);
    link_->socket.send(bytes, deadline);
    std::vector<RedisReply> replies;
    while (replies.size() < commands.size()) replies.push_back(receive(deadline));
    return replies;
}

RedisReply RedisConnection::receive(Duration deadline) {
    for (;;) {
        if (auto reply = link_->reader.next()) return std::move(*reply);
        std::array<char, piece_bytes> piece{};
        std::size_t const size = link_->socket.receive(piece, deadline);
        link_->reader.feed({piece.data(), size});
    }
}

}  // namespace mainstay::shared_state
