// Replies that are read while they come, and server-sent events in them. Included through net.hpp.
#pragma once
#include "kernel/net/exchange.hpp"

#include <memory>
#include <optional>

namespace mainstay::net {

// A 2xx reply's body, pulled by the thread that wants it. What it does not read stays with the sender: the transfer
// pauses once `buffer_bytes` wait.
class Stream {
public:
    static constexpr std::size_t buffer_bytes = 256 << 10;

    Stream(Transport&, Request);  // begins at once; the request has no sink of its own
    ~Stream();                    // cancels what is not read
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;

    // Waits for the head. The reply has no body when its status is 2xx, else the whole.
    Outcome const& head();
    // The next bytes as they came; nothing at the end and after a failure.
    std::optional<std::string> read();
    std::optional<Failure> const& failure() const;  // why it ended before its end; known once read() gave nothing

private:
    struct State;
    Transport& transport_;
    std::shared_ptr<State> state_;
    TransferId id_{};
};

struct ServerEvent {
    std::string type = "message";
    std::string data;
    std::string id;  // the last one seen, of this event or an earlier
};

// Reads an event stream (WHATWG HTML section 9.2.6) cut at any byte.
class EventReader {
public:
    static constexpr std::size_t event_bytes_max = 4 << 20;

    using Seen = std::function<void(ServerEvent)>;
    // False once an event is larger than event_bytes_max: the rest is not read.
    bool feed(std::string_view piece, Seen const&);
    std::optional<Duration> retry() const { return retry_; }  // the last wait that the server asked for

private:
    void take_line(Seen const&);
    void take_field(std::string_view name, std::string_view value);

    std::string line_, data_, type_, last_id_;
    std::optional<Duration> retry_;
    std::size_t bom_seen_ = 0;
    bool at_start_ = true, after_cr_ = false, is_too_large_ = false;
};

}  // namespace mainstay::net
