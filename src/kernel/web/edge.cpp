#include "kernel/web/edge.hpp"

#include "base/text.hpp"
#include "kernel/web/client_address.hpp"
#include "kernel/web/edge_session.hpp"
#include "kernel/web/edge_thread.hpp"
#include "kernel/web/web_errors.hpp"

#include <algorithm>
#include <functional>
#include <latch>
#include <utility>

namespace mainstay::web {

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::delete_: return "DELETE";
        case Method::options: return "OPTIONS";
    }
    return "";
}

std::string_view RequestHead::header(std::string_view name) const {
    auto const found = std::find_if(headers.begin(), headers.end(),
                                    [&](Header const& header) { return equals_ignoring_case(header.name, name); });
    return found == headers.end() ? std::string_view() : found->value;
}

std::string_view RequestHead::path() const {
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view RequestHead::query() const {
    auto const mark = target.find('?');
    return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

Reply::~Reply() {
    if (sink_) sink_->drop();
}

void Reply::send(Response response) {
    if (auto const sink = std::exchange(sink_, nullptr)) sink->send(std::move(response));
}

void Reply::hand_over(std::function<void(Reply)> rest) {
    if (auto const sink = std::exchange(sink_, nullptr)) sink->hand_over(std::move(rest));
}

struct Edge::State {
    State(Application& application, Limits const& limits, std::filesystem::path folder, std::vector<Network> proxies)
        : shared(application, limits, std::move(folder), std::move(proxies)) {
        for (std::size_t i = 0; i < std::max<std::size_t>(1, limits.edge_threads); ++i)
            threads.push_back(std::make_unique<EdgeThread>(shared));
    }

    // Runs on every loop's thread and returns when all have.
    void on_every_thread(std::function<void(EdgeThread&)> const& work) {
        std::latch done(static_cast<std::ptrdiff_t>(threads.size()));
        for (auto const& thread : threads) {
            thread->loop.post([&] {
                work(*thread);
                done.count_down();
            });
        }
        done.wait();
    }

    // What has connected by now is handed on before this returns.
    void stop_listening() {
        std::latch done(1);
        threads.front()->loop.post([&] {
            listener->stop();
            done.count_down();
        });
        done.wait();
    }

    EdgeShared shared;
    std::vector<std::unique_ptr<EdgeThread>> threads;
    std::unique_ptr<Listener> listener;  // on the first thread
    std::size_t next_thread = 0;
    bool started = false;
};

Edge::Edge(Application& application, std::string const& address, std::uint16_t port, Limits limits,
           std::filesystem::path spool_folder, std::vector<Network> proxies)
    : state_(std::make_unique<State>(application, limits, std::move(spool_folder), std::move(proxies))) {
    state_->listener = std::make_unique<Listener>(state_->threads.front()->loop, address, port);
    prepare_spool_folder(state_->shared.spool_folder);
}

Edge::~Edge() {
    State& state = *state_;
    if (!state.started) return;
    state.stop_listening();
    state.on_every_thread([](EdgeThread& thread) { thread.close_all(); });
    state.shared.workers.stop();
    state.shared.staged.stop();
    for (auto const& thread : state.threads) {
        thread->loop.stop();
        thread->thread.join();
    }
}

std::uint16_t Edge::port() const {
    return state_->listener->port();
}

// One listener hands connections to the threads in turn. SO_REUSEPORT would spread them unevenly, would let a second
// server take the same port unnoticed, and would lose what waits in a queue that is closed.
void Edge::start() {
    State& state = *state_;
    state.started = true;
    state.shared.workers.start();
    state.shared.staged.start();
    state.listener->start([&state](int descriptor, PeerAddress peer) {
        peer.is_proxy = is_trusted(peer.text, state.shared.proxies);
        EdgeThread& thread = *state.threads[state.next_thread++ % state.threads.size()];
        if (&thread == state.threads.front().get()) return thread.adopt(descriptor, peer);
        thread.loop.post([&thread, descriptor, peer] { thread.adopt(descriptor, peer); });
    });
    for (auto const& thread : state.threads) thread->thread = std::thread([&thread = *thread] { thread.run(); });
}

void Edge::drain() {
    State& state = *state_;
    if (!state.started || state.shared.draining.exchange(true)) return;
    state.stop_listening();
    state.on_every_thread([](EdgeThread& thread) { thread.begin_drain(); });
    state.shared.gate.wait_until_empty(state.shared.limits.drain_time);
    state.on_every_thread([](EdgeThread& thread) { thread.close_all(); });
}

EdgeCounters Edge::counters() const {
    EdgeCounters counters;
    counters.connections_open = state_->shared.gate.open();
    counters.connections_total = state_->shared.gate.total();
    for (auto const& thread : state_->threads) {
        counters.requests_total += thread->requests.load(std::memory_order_relaxed);
        counters.refused_total += thread->refused.load(std::memory_order_relaxed);
    }
    counters.queue_depth = state_->shared.workers.depth() + state_->shared.staged.depth();
    counters.queue_full_total = state_->shared.workers.refused() + state_->shared.staged.refused();
    return counters;
}

}  // namespace mainstay::web
