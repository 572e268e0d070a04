// What the connections of an edge share: all of them (EdgeShared), and those of one thread (EdgeThread).
#pragma once
#include "base/fault.hpp"
#include "kernel/web/edge.hpp"
#include "kernel/web/edge_deadlines.hpp"
#include "kernel/web/edge_disk.hpp"
#include "kernel/web/edge_io.hpp"
#include "kernel/web/response_head.hpp"
#include "kernel/web/worker_pool.hpp"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace mainstay::web {

class Session;

// Counts connections, overall and by network, and lets no more in than the limits allow; those of a trusted proxy count
// overall alone. Some of those that find no room are let in to be told so. Any thread.
class ConnectionGate {
public:
    explicit ConnectionGate(Limits const& limits) : limits_(limits) {}

    enum class Pass { none, refusal, full };

    Pass enter(PeerAddress const&);
    void leave(PeerAddress const&, Pass);
    // Whether all have left within that time.
    bool wait_until_empty(Duration);
    std::size_t open() const;
    std::uint64_t total() const;

private:
    Limits const& limits_;
    mutable std::mutex mutex_;
    std::condition_variable empty_;
    std::map<std::array<unsigned char, 16>, std::size_t> by_network_;
    std::size_t open_ = 0;
    std::size_t refusals_ = 0;
    std::uint64_t total_ = 0;
};

struct EdgeShared {
    EdgeShared(Application&, Limits const&, std::filesystem::path spool_folder, std::vector<Network> proxies);

    Application& application;
    Limits const limits;
    std::filesystem::path const spool_folder;
    std::vector<Network> const proxies;
    ConnectionGate gate;
    WorkerPool workers;
    WorkerPool staged;
    DiskThreads disk;
    std::atomic<bool> draining = false;
};

// Through which other threads reach a loop's connections. It outlives the loop, since a Reply or a Stream may.
class Mailbox {
public:
    explicit Mailbox(EventLoop& loop) : loop_(&loop), identity_(&loop) {}

    bool is_on_loop() const;
    // The session's answer is there. One wake-up serves all that come before the loop looks. When the loop has gone,
    // nothing happens.
    void answered(std::shared_ptr<Session>);
    bool post(std::function<void()>);  // false when the loop has gone
    void close();

private:
    void deliver();

    std::mutex mutex_;
    EventLoop* loop_;
    EventLoop const* const identity_;
    std::vector<std::shared_ptr<Session>> answered_;
    std::vector<std::shared_ptr<Session>> delivered_;  // the loop's; swapped, for its memory
};

struct EdgeThread {
    explicit EdgeThread(EdgeShared&);

    void run();  // until the loop is stopped
    void adopt(int descriptor, PeerAddress const&);
    void begin_drain();
    void close_all();
    void set_deadline(DeadlineWheel::Entry&, Duration due);
    Duration now() const;  // monotonic, and remembered in coarse_now

    EdgeShared& shared;
    EventLoop loop;
    std::shared_ptr<Mailbox> mailbox;
    DeadlineWheel deadlines;
    bool ticking = false;
    mutable Duration coarse_now{};  // at most a tick old while there are connections
    HttpDate date;
    std::atomic<std::uint64_t> requests = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::thread thread;

private:
    bool on_tick();
};

// Counters have one writer, so that a plain store does.
inline void add_one(std::atomic<std::uint64_t>& counter) {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

// Application::refuse, or a bare reply when that throws.
Response make_refusal(Application&, ErrorCode const&, std::string_view detail);

}  // namespace mainstay::web
