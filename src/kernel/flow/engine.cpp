#include "base/random.hpp"
#include "base/text.hpp"
#include "kernel/flow/engine_impl.hpp"

#include <algorithm>

#include <unistd.h>

namespace mainstay::flow {
namespace {

// Tells this process from all others, so that what a dead one held is free at once where the folder is ours alone.
std::string const& process_name() {
    static std::string const name = [] {
        std::array<unsigned char, 8> bytes;
        random_bytes(bytes);
        return std::to_string(getpid()) + '-' + to_hex(bytes) + '/';
    }();
    return name;
}

std::string engine_name() {
    std::array<unsigned char, 4> bytes;
    random_bytes(bytes);
    return process_name() + to_hex(bytes);
}

}  // namespace

void KindCounters::note_run(Duration time) {
    double const run_seconds = static_cast<double>(time.us) / 1e6;
    auto const bound = std::lower_bound(run_seconds_bounds.begin(), run_seconds_bounds.end(), run_seconds);
    ++runs_by_bound[static_cast<std::size_t>(bound - run_seconds_bounds.begin())];
    run_seconds_sum += run_seconds;
}

Engine::Engine(Database& database, Clock& clock, EngineOptions options)
    : impl_(std::make_unique<Impl>(*this, database, clock, std::move(options))) {}
Engine::~Engine() = default;
void Engine::add(JobKind kind) {
    impl_->add(std::move(kind));
}
void Engine::add(Graph const& graph) {
    impl_->add(graph);
}
Graph const* Engine::find_graph(std::string_view name, std::int64_t version) const {
    return impl_->find_graph(name, version);
}
std::string const& Engine::queue() const {
    return impl_->queue();
}
void Engine::start() {
    impl_->start();
}
void Engine::drain(Duration grace) {
    impl_->drain(grace);
}
void Engine::wake() {
    impl_->wake();
}
EngineCounters Engine::counters() const {
    return impl_->counters();
}
void Engine::run_until_idle() {
    impl_->run_until_idle();
}

Engine::Impl::Impl(Engine const& engine, Database& database, Clock& clock, EngineOptions options)
    : engine_(engine),
      database_(database),
      clock_(clock),
      options_(std::move(options)),
      owner_(engine_name()),
      pruner_(options_.kept, options_.events_kept) {
    if (options_.workers == 0 || options_.claim_at_most == 0 || options_.lease <= Duration{})
        throw std::logic_error("an engine needs workers, claims and a lease");
}

Engine::Impl::~Impl() {
    drain({});
}

void Engine::Impl::add(JobKind kind) {
    if (!is_job_kind(kind.name) || kind.name.empty() || !kind.run) throw std::logic_error("a job kind is incomplete");
    if (kind.retry.max_attempts < 1) throw std::logic_error("job kind " + kind.name + " must have at least 1 attempt");
    std::string name = kind.name;
    if (is_prepared_ || !known_.emplace(name, Known{std::move(kind)}).second)
        throw std::logic_error("job kind " + name + " is added twice or too late");
}

void Engine::Impl::add(Graph const& graph) {
    check_graph(graph);
    if (is_prepared_ || !known_.emplace(run_kind(graph.name, graph.version), Known{{}, &graph}).second)
        throw std::logic_error("graph " + graph.name + " is added twice or too late");
}

Graph const* Engine::Impl::find_graph(std::string_view name, std::int64_t version) const {
    auto const found = known_.find(run_kind(name, version));
    return found == known_.end() ? nullptr : found->second.graph;
}

void Engine::Impl::prepare() {
    if (is_prepared_) return;
    is_prepared_ = true;
    std::vector<std::string> kinds{std::string(schedule_kind)};
    for (auto const& [name, known] : known_) kinds.push_back(name);
    kinds_ = fields::to_json(kinds);
    {
        std::lock_guard const lock(mutex_);
        for (auto const& kind : kinds) counters_.kinds[kind];  // a counter begins with 0, not with its first event
    }
    if (database_.engine() == Database::Engine::sqlite) memory_.emplace(std::move(kinds));
    next_renewal_ = {clock_.monotonic().us + options_.lease.us / 3};
    Signals& signals = database_.signals();
    listening_.push_back(signals.listen<Ready>([this](Ready const& ready) { on_ready({&ready, 1}); }));
    listening_.push_back(signals.listen<std::vector<Ready>>([this](std::vector<Ready> const& all) { on_ready(all); }));
    listening_.push_back(signals.listen<QueueChanged>([this](QueueChanged const& word) { on_queue_changed(word); }));
    listening_.push_back(signals.listen<CancelAsked>([this](CancelAsked const& asked) { on_cancel(asked.id); }));
    listening_.push_back(signals.listen<ReadyElsewhere>([this](ReadyElsewhere const& word) {
        if (word.queue == options_.queue) wake();
    }));
    listening_.push_back(signals.listen<CancelAskedElsewhere>(
        [this](CancelAskedElsewhere const& asked) { on_cancel_elsewhere(asked.id); }));
    if (!memory_) return;
    is_paused_ = database_.read(system_scope("flow: whether the queue is paused"),
                                [&](Snapshot& snapshot) { return is_paused(snapshot, options_.queue); });
    database_.write(system_scope("flow: leases of processes that are gone"),
                    [](Transaction& tx) { expire_leases_of_others(tx, process_name()); });
    load_ready();
}

void Engine::Impl::start() {
    prepare();
    for (std::size_t i = 0; i < options_.workers; ++i) workers_.emplace_back([this] { work_loop(); });
    dispatcher_ = std::thread([this] { dispatch_loop(); });
    keeper_ = std::thread([this] { keep_loop(); });
    if (!memory_) newcomer_dispatcher_ = std::thread([this] { newcomer_loop(); });
}

void Engine::Impl::drain(Duration grace) {
    std::unique_lock lock(mutex_);
    if (!dispatcher_.joinable()) return;
    is_stopping_ = true;
    work_.notify_all();
    dispatch_.notify_all();
    newcomer_.notify_all();
    lock.unlock();
    give_back_buffer();
    lock.lock();
    changed_.wait_for(lock, std::chrono::microseconds(grace.us), [this] { return busy_ == 0; });
    is_draining_ = true;
    changed_.wait(lock, [this] { return busy_ == 0; });
    dispatch_.notify_all();
    lock.unlock();
    for (auto& worker : workers_) worker.join();
    dispatcher_.join();
    if (newcomer_dispatcher_.joinable()) newcomer_dispatcher_.join();
    give_back_buffer();
    lock.lock();
    is_keeper_stopping_ = true;
    keep_.notify_all();
    lock.unlock();
    keeper_.join();
    listening_.clear();
}

void Engine::Impl::wake() {
    std::lock_guard const lock(mutex_);
    is_hinted_ = true;
    dispatch_.notify_all();
    keep_.notify_all();
}

EngineCounters Engine::Impl::counters() const {
    std::lock_guard const lock(mutex_);
    EngineCounters counters = counters_;
    for (auto const& [kind, of_kind] : counters.kinds) {
        counters.completed_total += of_kind.completed_total;
        counters.failed_total += of_kind.failed_total;
        counters.dead_total += of_kind.dead_total;
        counters.leases_lost_total += of_kind.leases_lost_total;
    }
    counters.waiting = buffer_.size() + (memory_ ? memory_->size() : 0);
    counters.running = busy_;
    return counters;
}

// The same rounds and workers' turns as with threads, one job at a time.
void Engine::Impl::run_until_idle() {
    prepare();
    while (true) {
        std::unique_lock lock(mutex_);
        is_hinted_ = true;
        next_marking_ = {};
        Round round = begin_round(1, Place::ordinary);
        lock.unlock();
        try {
            run_round(round);
        } catch (...) {  // passed on
            undo_round(round);
            throw;
        }
        end_round(round);
        lock.lock();
        if (buffer_.empty()) {
            if ((!round.candidates.empty() && round.missed.empty()) || round.parked > 0) continue;
            break;
        }
        LeasePtr const lease = buffer_.take_next().lease;
        lock.unlock();
        carry_out(lease);
    }
    prune();
}

void Engine::Impl::on_ready(std::span<Ready const> all) {
    Instant const now = clock_.now();
    std::lock_guard const lock(mutex_);
    for (auto const& ready : all) {
        if (ready.queue != options_.queue || ready.run_at == never) continue;
        Duration const wait = ready.run_at - now;
        if (wait <= Duration{}) note_newcomer(ready);
        if (memory_)
            memory_->offer(ready, now);
        else if (wait <= Duration{})
            is_hinted_ = true;
        else
            next_look_ = std::min(next_look_, Duration{clock_.monotonic().us + wait.us});
    }
    dispatch_.notify_one();
    if (!newcomers_.empty()) newcomer_.notify_one();
}

// The mutex is held. On SQLite whoever was served in the last round is among the next that are claimed anyway.
void Engine::Impl::note_newcomer(Ready const& ready) {
    Turn const turn{ready.priority, ready.tenant.uuid};
    if (newcomers_.size() < options_.claim_at_most && !served_.contains(turn) &&
        buffer_.would_lead(ready.priority, ready.tenant.uuid))
        newcomers_.insert(turn);
}

void Engine::Impl::on_cancel(std::string const& id) {
    std::lock_guard const lock(mutex_);
    if (rounds_open_ > 0) cancels_meanwhile_.insert(id);
    if (auto const found = held_.find(id); found != held_.end()) found->second->is_cancel_asked = true;
}

// The renewal tells which leases are to be cancelled.
void Engine::Impl::on_cancel_elsewhere(std::string const& id) {
    std::lock_guard const lock(mutex_);
    if (!held_.contains(id)) return;
    next_renewal_ = {};
    keep_.notify_all();
}

void Engine::Impl::on_queue_changed(QueueChanged const& word) {
    if (word.queue != options_.queue) return;
    std::lock_guard const lock(mutex_);
    is_paused_ = word.is_paused;
    is_hinted_ = true;
    dispatch_.notify_one();
}

void Engine::Impl::work_loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        work_.wait(lock, [this] { return is_stopping_ || !buffer_.empty(); });
        if (is_stopping_) return;
        LeasePtr const lease = buffer_.take_next().lease;
        ++busy_;
        lock.unlock();
        Duration const began = clock_.monotonic();
        carry_out(lease);
        Duration const ended = clock_.monotonic();
        lock.lock();
        --busy_;
        mean_run_us_ += (ended.us - began.us - mean_run_us_) / 8;
        counters_of(*lease).note_run(ended - began);
        dispatch_.notify_one();
        if (is_stopping_) changed_.notify_all();
    }
}

}  // namespace mainstay::flow
