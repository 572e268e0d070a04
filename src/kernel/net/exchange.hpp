// What goes out and what comes back: a request with its limits, a reply or the reason why there is none.
// Included through net.hpp.
#pragma once
#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mainstay::net {

// Where a client may go. A request cannot widen it.
enum class Reach {
    internet,               // public addresses alone: for whatever a tenant or a remote server names
    internet_and_loopback,  // for tests
    anywhere,               // for what the operator configured, such as a mail relay or S3 in the own network
};

struct Header {
    std::string name, value;
    // A credential: never sent on to another origin, never recorded. Authorization and Cookie always are.
    bool is_secret = false;
};

struct Limits {
    Duration connect_time = seconds(10);  // name look-up, connection and TLS
    Duration total_time = seconds(60);    // from submit to the end: waiting, redirects and retries included
    Duration idle_time = seconds(30);  // in whole seconds, below minimum_rate for that long; the wait for the head too
    std::int64_t minimum_rate = 1;     // bytes a second, both ways together
    std::uint64_t reply_bytes = 10 << 20;  // of the body, after decompression
    std::uint64_t head_bytes = 64 << 10;
};

// A body that is read piece by piece and may be read again, for a retry or a redirect.
struct BodySource {
    std::uint64_t size = 0;
    // Fills from `offset` and gives the number of bytes; fewer than 1 before the end fails the transfer. Called on the
    // client's thread: brief.
    std::function<std::size_t(std::uint64_t offset, std::span<char>)> read;
};

struct Reply {
    int status = 0;
    std::vector<Header> headers{};
    std::string body{};
    std::string url{};  // that answered, behind the redirects
    int attempts = 1;

    // The first of that name in any case; empty when there is none.
    std::string_view header(std::string_view name) const;
};

enum class Take {
    taken,
    pause,  // not taken: it comes again after Transport::resume()
    stop,   // ends the transfer as cancelled
};

// Where the body of a 2xx reply goes as it comes; any other body is in Reply::body. Called on the client's thread:
// brief. Nothing is asked to be compressed, so that a pause bounds the memory.
struct Sink {
    std::function<void(Reply const& head)> head;
    std::function<Take(std::string_view piece)> piece;
    bool is_set() const { return static_cast<bool>(piece); }
};

struct Request {
    std::string method = "GET";
    std::string url{};  // http or https, ASCII, without user information
    std::vector<Header> headers{};
    std::string body{};
    BodySource source{};  // instead of body, when it has a read
    Sink sink{};
    Limits limits{};
    int redirects_max = 5;  // 0: a 3xx is the reply

    int attempts_max = 1;                     // of GET, HEAD, PUT, DELETE, OPTIONS
    bool has_idempotency_key = false;         // also others may be tried again
    Duration first_wait = milliseconds(500);  // doubles, with jitter
    Duration longest_wait = seconds(30);      // also for Retry-After: past it the reply is given at once

    std::size_t concurrent_per_host = 256;  // politeness: those under way to the host, whoever asked
    Duration delay_per_host{};              // from start to start
    std::string scope{};                    // whose failures open a breaker together, such as a tenant's id
};

enum class FailureReason {
    invalid_request,  // cannot be sent: URL, method, header
    refused_address,  // leads only to addresses that may not be reached
    dns,
    connect,
    tls,
    timeout,
    too_large,
    protocol,      // the reply broke off, or is none
    redirect,      // too many, or to where they may not go
    breaker_open,  // the host has failed often a short while ago
    cancelled,     // by the caller, its sink or source, or the end of the program
};
inline constexpr std::size_t failure_reasons = 11;

struct Failure {
    FailureReason reason;
    std::string text;  // for the log: names the host at most, no path, header or body
};

// A status of 400 or 500 is a reply. The members of Failure say why there is none.
using Outcome = std::variant<Reply, Failure>;
using Done = std::function<void(Outcome)>;

std::string_view name_of(FailureReason);

enum class TransferId : std::uint64_t {};

// The seam: the client that goes out, a recorder, a replayer.
class Transport {
public:
    virtual ~Transport() = default;
    // `done` is called once, on the transport's thread: brief, and without throwing. Throws Fault(errors::busy) when
    // too many wait, or the transport ends.
    virtual TransferId submit(Request, Done) = 0;
    virtual void cancel(TransferId) = 0;  // quietly when it is done
    virtual void resume(TransferId) = 0;  // after Take::pause

    // Waits. Not on the transport's own thread.
    Outcome fetch(Request);
};

}  // namespace mainstay::net
