// Polls the log with an overlap, so that a revocation whose transaction committed late is not missed; what was heard
// within the overlap is remembered and not said again.
#include "kernel/shared_state/revocations_store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace mainstay::shared_state {

struct RevocationWatch::State {
    State(Database& d, Clock& c, Heard h, Duration p)
        : database(d), clock(c), heard(std::move(h)), interval(p), started(c.now()) {}

    Database& database;
    Clock& clock;
    Heard heard;
    Duration interval;
    Instant started;
    std::map<RevocationId, Instant> seen;  // guarded by poll_mutex
    std::mutex poll_mutex;
    std::atomic<std::int64_t> polled_monotonic_us{std::numeric_limits<std::int64_t>::min() / 2};
    Instant next_pruning{};

    std::mutex mutex;
    std::condition_variable changed;
    bool stopping = false;
    bool hurries = false;  // somebody said that there is something to hear
    Signals::Listening listening;
    std::thread thread;

    void poll() {
        std::lock_guard const lock(poll_mutex);
        Duration const began = clock.monotonic();
        Instant const now = clock.now();
        Instant const since = std::max(started, now) - revocation_overlap;
        auto const rows = database.read(system_scope("revocations of all tenants"),
                                        [&](Snapshot& snapshot) { return revocations_since(snapshot, since); });
        for (Revocation const& row : rows)
            if (seen.emplace(row.id, now).second) heard(row.subject);
        std::erase_if(seen, [&](auto const& entry) { return entry.second + revocation_overlap + seconds(1) < since; });
        polled_monotonic_us = began.us;
        if (now >= next_pruning) {
            next_pruning = now + hours(1);
            database.write(system_scope("old revocations"),
                           [&](Transaction& tx) { remove_revocations_before(tx, now - revocation_kept); });
        }
    }

    template <class Condition>
    void wait(std::unique_lock<std::mutex>& lock, Duration time, Condition const& condition) {
        changed.wait_for(lock, std::chrono::microseconds(time.us), condition);
    }

    void hurry() {
        {
            std::lock_guard const lock(mutex);
            hurries = true;
        }
        changed.notify_all();
    }

    void follow() {
        std::unique_lock lock(mutex);
        while (!stopping) {
            hurries = false;  // what is said from here on may not be seen by this poll
            lock.unlock();
            try {
                poll();
            } catch (std::exception const&) {
                // is_fresh() turns false by itself: caches are not believed until a poll succeeds again.
            }
            lock.lock();
            wait(lock, revocation_hurry_pause, [&] { return stopping; });
            wait(lock, interval - revocation_hurry_pause, [&] { return stopping || hurries; });
        }
    }
};

RevocationWatch::RevocationWatch(Database& database, Clock& clock, Heard heard, Duration poll)
    : state_(std::make_unique<State>(database, clock, std::move(heard), poll)) {}

RevocationWatch::~RevocationWatch() {
    stop();
}

void RevocationWatch::start() {
    state_->listening =
        state_->database.signals().listen<Revoked>([state = state_.get()](Revoked const&) { state->hurry(); });
    state_->thread = std::thread([this] { state_->follow(); });
}

void RevocationWatch::stop() {
    state_->listening = {};
    {
        std::lock_guard const lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_all();
    if (state_->thread.joinable()) state_->thread.join();
}

void RevocationWatch::poll_now() {
    state_->poll();
}

bool RevocationWatch::is_fresh() const {
    return state_->clock.monotonic().us - state_->polled_monotonic_us.load() <= revocation_trust.us;
}

}  // namespace mainstay::shared_state
