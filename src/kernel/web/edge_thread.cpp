#include "kernel/web/edge_thread.hpp"

#include "base/text.hpp"
#include "kernel/web/edge_session.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace mainstay::web {
namespace {

constexpr std::size_t disk_threads = 2;
constexpr std::size_t refusals_at_once = 256;  // past them, connections without room are closed without a word

PoolLimits worker_limits(Limits const& limits) {
    std::size_t const by_cores = std::max<std::size_t>(4, 2 * std::thread::hardware_concurrency());
    return {limits.worker_threads == 0 ? by_cores : limits.worker_threads, limits.queue, limits.queue_per_key};
}

bool has_header(Response const& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](Header const& header) { return equals_ignoring_case(header.name, name); });
}

}  // namespace

ConnectionGate::Pass ConnectionGate::enter(PeerAddress const& peer) {
    std::lock_guard const lock(mutex_);
    bool const has_room = open_ < limits_.connections;
    std::size_t* const of_network = has_room ? &by_network_[peer.network] : nullptr;
    if (of_network != nullptr && (peer.is_proxy || *of_network < limits_.connections_per_address)) {
        ++*of_network;
        ++open_;
        ++total_;
        return Pass::full;
    }
    if (refusals_ >= refusals_at_once) return Pass::none;
    ++refusals_;
    return Pass::refusal;
}

void ConnectionGate::leave(PeerAddress const& peer, Pass pass) {
    std::lock_guard const lock(mutex_);
    if (pass == Pass::full) {
        auto const found = by_network_.find(peer.network);
        if (--found->second == 0) by_network_.erase(found);
        --open_;
    } else {
        --refusals_;
    }
    if (open_ + refusals_ == 0) empty_.notify_all();
}

bool ConnectionGate::wait_until_empty(Duration duration) {
    std::unique_lock lock(mutex_);
    return empty_.wait_for(lock, std::chrono::microseconds(duration.us), [this] { return open_ + refusals_ == 0; });
}

std::size_t ConnectionGate::open() const {
    std::lock_guard const lock(mutex_);
    return open_;
}

std::uint64_t ConnectionGate::total() const {
    std::lock_guard const lock(mutex_);
    return total_;
}

EdgeShared::EdgeShared(Application& app, Limits const& given, std::filesystem::path folder,
                       std::vector<Network> trusted)
    : application(app),
      limits(given),
      spool_folder(std::move(folder)),
      proxies(std::move(trusted)),
      gate(limits),
      workers(worker_limits(limits)),
      staged({limits.staged_threads, limits.queue, limits.queue_per_key}),
      disk(disk_threads) {}

bool Mailbox::is_on_loop() const {
    return EventLoop::current() == identity_;
}

void Mailbox::answered(std::shared_ptr<Session> session) {
    std::lock_guard const lock(mutex_);
    if (!loop_) return;
    answered_.push_back(std::move(session));
    if (answered_.size() == 1) loop_->post([this] { deliver(); });
}

bool Mailbox::post(std::function<void()> work) {
    std::lock_guard const lock(mutex_);
    if (loop_) loop_->post(std::move(work));
    return loop_ != nullptr;
}

void Mailbox::close() {
    std::lock_guard const lock(mutex_);
    loop_ = nullptr;
}

void Mailbox::deliver() {
    {
        std::lock_guard const lock(mutex_);
        answered_.swap(delivered_);
    }
    for (std::shared_ptr<Session>& session : delivered_) session->on_answer();
    delivered_.clear();
}

EdgeThread::EdgeThread(EdgeShared& all)
    : shared(all), mailbox(std::make_shared<Mailbox>(loop)), deadlines(system_clock().monotonic()) {}

void EdgeThread::run() {
    loop.run();
}

void EdgeThread::adopt(int descriptor, PeerAddress const& peer) {
    auto const pass = shared.gate.enter(peer);
    if (pass == ConnectionGate::Pass::none) {
        Connection const closed_at_once(loop, descriptor);
        return;
    }
    std::make_shared<Session>(*this, descriptor, peer, pass)->start();
}

void EdgeThread::begin_drain() {
    deadlines.for_each([](DeadlineWheel::Entry& entry) { static_cast<Session&>(entry).begin_drain(); });
}

void EdgeThread::close_all() {
    deadlines.for_each([](DeadlineWheel::Entry& entry) { static_cast<Session&>(entry).close(); });
    mailbox->close();
}

void EdgeThread::set_deadline(DeadlineWheel::Entry& entry, Duration due) {
    deadlines.set(entry, due);
    if (ticking) return;
    ticking = true;
    loop.tick(DeadlineWheel::tick_length, [this] { return on_tick(); });
}

Duration EdgeThread::now() const {
    return coarse_now = system_clock().monotonic();
}

bool EdgeThread::on_tick() {
    Duration const current = now();
    while (DeadlineWheel::Entry* const entry = deadlines.next_due(current)) {
        auto const session = static_cast<Session&>(*entry).shared_from_this();  // it may close itself
        session->on_deadline(current);
    }
    ticking = !deadlines.is_empty();
    return ticking;
}

Response make_refusal(Application& application, ErrorCode const& code, std::string_view detail) {
    std::string why = "of an unknown type";
    try {
        Response response = application.refuse(code.status, code.name, detail);
        if (code.status == 503 && !has_header(response, "retry-after"))
            response.headers.push_back({"Retry-After", "1"});
        return response;
    } catch (std::exception const& error) {
        why = error.what();
    } catch (...) {
    }
    application.note_exception("refuse", why);
    Response bare;
    bare.status = code.status;
    return bare;
}

}  // namespace mainstay::web
