#pragma once
#include "kernel/shared_state/redis_socket.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::shared_state {

inline constexpr std::size_t reply_bytes_max = 1u << 20;  // of one reply as it is sent
inline constexpr int reply_items_max = 4'096;             // of one list

struct RedisReply {
    enum class Kind { nil, text, status, error, integer, list };
    Kind kind = Kind::nil;
    std::int64_t integer = 0;
    std::string text;  // of a text, status or error
    std::vector<RedisReply> items{};

    // Each throws RedisError when the reply is another: an error reply as refused, with its text, the rest as
    // malformed.
    std::int64_t as_integer() const;
    std::string const& as_text() const;  // of a status too
    std::vector<RedisReply> const& as_list() const;
};

// Takes the stream of bytes apart. A server may send anything: past the limits, or where it is no RESP, that is a
// RedisError, before memory is taken for what was only announced.
class RedisReader {
public:
    RedisReader();
    ~RedisReader();
    void feed(std::string_view bytes);
    std::optional<RedisReply> next();  // nothing as long as it is not whole

private:
    struct State;
    std::unique_ptr<State> state_;
};

// The bytes of a command.
void append_command(std::string& out, std::vector<std::string> const& arguments);

}  // namespace mainstay::shared_state
