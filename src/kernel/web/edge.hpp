// The HTTP edge: owns the sockets, reads requests whole, hands them on, writes replies. It knows nothing of routes,
// tenants or JSON; an Application tells it how each request is to be read and answers it.
#pragma once
#include "base/network.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::web {

enum class Method { get, head, post, put, patch, delete_, options };
std::string_view to_string(Method);

struct Header {
    std::string name;
    std::string value;
};

// What is known once the head has been read and passed every check of its form.
struct RequestHead {
    Method method = Method::get;
    std::string target;  // origin form as sent: path and query, percent-escapes untouched
    std::vector<Header> headers;
    std::string remote_address;  // of the client: the socket's, or what a trusted proxy says
    bool is_local = false;       // from this machine, and not passed on by a proxy as far as it says so
    bool http_1_0 = false;

    // The first header of that name (case-insensitive), or an empty view.
    std::string_view header(std::string_view name) const;
    std::string_view path() const;   // up to '?'
    std::string_view query() const;  // behind '?'
};

struct Request : RequestHead {
    std::string body;                 // when the admission asked for memory
    std::filesystem::path body_file;  // when it asked for a file: removed after the reply unless moved away
    std::uint64_t body_size = 0;
    Duration arrived{};  // monotonic, when it was complete; Admission::deadline counts from here, not from the upload
};

// A reply that is written bit by bit by whoever holds it; safe from any thread.
class Stream {
public:
    virtual ~Stream() = default;
    // False, and nothing is taken, behind finish() and when the reader is gone or has fallen behind by more than
    // Limits::stream_buffer_bytes; then it is closed.
    virtual bool push(std::string chunk) = 0;
    virtual void finish() = 0;
    virtual bool is_open() const = 0;
    // Runs once, on the edge, when the reader has gone or all was written. It must not throw.
    virtual void on_close(std::function<void()>) = 0;
};

struct Response {
    int status = 200;
    std::vector<Header> headers;      // without Content-Length, Connection, Date
    std::string_view header_lines{};  // further headers as they are sent, living as long as the program
    std::string body;
    std::string_view static_body{};                     // bytes that live as long as the program; instead of body
    std::filesystem::path file{};                       // sent from disk with back-pressure; instead of body
    bool remove_file = false;                           // after it was sent
    std::function<void(std::shared_ptr<Stream>)> open;  // instead of body: chunked, called once the head is written
    bool close = false;                                 // close the connection after this reply
};

// The one chance to answer a request; movable, usable from any thread. Dropped without an answer, it sends a 500.
class Reply {
public:
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void send(Response) = 0;
        virtual void drop() = 0;  // the Reply has gone without an answer
        virtual void hand_over(std::function<void(Reply)> rest) = 0;
    };
    explicit Reply(std::shared_ptr<Sink> sink) : sink_(std::move(sink)) {}
    Reply(Reply&&) = default;
    Reply& operator=(Reply&&) = delete;  // it would have to answer the one that is overwritten
    ~Reply();
    void send(Response);  // once; later calls do nothing
    // Within handle() of Lane::edge alone: what is left to do runs on a worker, which gets the chance to answer. Where
    // none is free the edge answers as if the request had been meant for a worker, and `rest` is forgotten.
    void hand_over(std::function<void(Reply)> rest);

private:
    std::shared_ptr<Sink> sink_;
};

enum class Lane {
    edge,    // runs on the edge's own thread: memory only, microseconds
    worker,  // the bounded pool
    staged,  // a pool of its own, for what waits for the outside or hashes passwords
};

// How the rest of a request is to be read, decided from its head on the edge's thread.
struct Admission {
    std::uint64_t body_limit = 0;  // bytes; more is 413
    bool body_to_file = false;
    Lane lane = Lane::worker;
    std::uint64_t fairness_key = 0;  // requests of one key may not fill the pool's queue alone
    Duration deadline = seconds(30);
    std::shared_ptr<void const> route{};  // handed back to handle()
    std::optional<Response>
        refusal{};  // answers at once; the body is not read, and if one follows the connection closes
};

class Application {
public:
    virtual ~Application() = default;
    virtual Admission admit(RequestHead const&) = 0;
    // Runs in the admission's lane. May answer later from any thread.
    virtual void handle(Request, std::shared_ptr<void const> route, Reply) = 0;
    // Makes the body of a refusal that the edge itself decides on (web_errors.hpp, and internal_error, busy,
    // deadline_exceeded, storage_full of base). On the edge's thread.
    virtual Response refuse(int status, std::string_view code, std::string_view detail) = 0;
    // An exception left admit(), handle(), refuse() or Response::open; the caller got a 500. For the log; any thread.
    virtual void note_exception(std::string_view where, std::string_view what) noexcept = 0;
};

struct Limits {
    std::size_t head_bytes = 16 * 1024;
    std::size_t target_bytes = 8 * 1024;
    std::size_t header_count = 100;
    Duration head_time = seconds(10);  // from the first byte of a head to its end
    Duration idle_time = seconds(75);  // between requests of a connection
    Duration body_time = minutes(10);
    Duration rate_window = seconds(5);       // over which the two rates below are measured, again and again
    std::uint64_t body_bytes_per_s = 1024;   // slower is 408; time in which we did not read does not count
    std::uint64_t reply_bytes_per_s = 1024;  // a reader slower than that is cut off
    std::size_t stream_buffer_bytes = 1 << 20;
    std::size_t connections = 20'000;              // past it new ones get 503; needs as many descriptors
    std::size_t connections_per_address = 10'000;  // an IPv6 client is its /64 network
    std::size_t queue = 4096;                      // requests waiting for a worker; past it 503 with Retry-After
    std::size_t queue_per_key = 1024;
    std::size_t edge_threads = 2;
    std::size_t worker_threads = 0;  // 0: from the number of cores
    std::size_t staged_threads = 4;
    Duration drain_time = seconds(25);
};

struct EdgeCounters {
    std::uint64_t connections_open = 0, connections_total = 0, requests_total = 0, refused_total = 0, queue_depth = 0,
                  queue_full_total = 0;
};

class Edge {
public:
    // Binds at once (throws Fault with errors::address_in_use when the port is taken), serves after start().
    // Peers in `proxies` are believed who the client is, and may open any number of connections.
    Edge(Application&, std::string const& address, std::uint16_t port, Limits, std::filesystem::path spool_folder,
         std::vector<Network> proxies = {});
    ~Edge();
    std::uint16_t port() const;  // the one really bound, when 0 was asked for
    void start();
    // Stops accepting, lets requests in flight finish (at most Limits::drain_time), closes. Safe from any thread but
    // the edge's own; returns when all is done.
    void drain();
    EdgeCounters counters() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mainstay::web
