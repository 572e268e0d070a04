// Rounds: in one transaction, what is finished is completed and what may run is claimed.
#include "kernel/flow/engine_impl.hpp"

#include <algorithm>

namespace mainstay::flow {

void Engine::Impl::dispatch_loop() {
    bool must_load = false;
    std::unique_lock lock(mutex_);
    while (true) {
        if (memory_ && must_load && !is_stopping_) {
            lock.unlock();
            must_load = !try_load_ready();
            lock.lock();
            if (must_load) dispatch_.wait_for(lock, std::chrono::microseconds(error_pause.us));
        }
        std::size_t const want = wanted();
        bool const is_due = want > 0 && has_due();
        if (!is_due && finished_.empty()) {
            if (is_stopping_ && busy_ == 0) return;
            // Whatever makes room for more notifies.
            Duration const wait = want > 0 ? until_next_look() : minutes(1);
            dispatch_.wait_for(lock, std::chrono::microseconds(wait.us));
            continue;
        }
        Round round = begin_round(is_due ? want : 0, Place::ordinary);
        lock.unlock();
        try {
            run_round(round);
        } catch (std::exception const& e) {
            log("error", std::string("flow: a round failed: ") + e.what());
            undo_round(round);
            lock.lock();
            // Leases that cannot be completed now run out by themselves.
            if (is_stopping_ && busy_ == 0) return;
            dispatch_.wait_for(lock, std::chrono::microseconds(error_pause.us));
            continue;
        }
        end_round(round);
        lock.lock();
        must_load = must_load || (memory_ && memory_->is_low());
    }
}

// False: what is in the table is not known, and has to be read again.
bool Engine::Impl::try_load_ready() {
    try {
        load_ready();
        return true;
    } catch (std::exception const& e) {
        log("error", std::string("flow: what is ready could not be read: ") + e.what());
        return false;
    }
}

// Beside the ordinary rounds, so that nobody waits for what is claimed and completed of a flood; it goes to the
// newcomers' work alone. SQLite has one writer: there newcomers have the dispatcher's next round.
void Engine::Impl::newcomer_loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        // An engine that holds nothing has no flood: the ordinary round is as quick.
        newcomer_.wait(
            lock, [this] { return is_stopping_ || (!newcomers_.empty() && (rounds_open_ > 0 || !held_.empty())); });
        if (is_stopping_) return;
        std::size_t const want = claimed_ahead_at_most() == 0 ? 0 : std::min(room(), newcomers_.size());
        if (want == 0) {  // the ordinary rounds come to it
            newcomers_.clear();
            continue;
        }
        Round round = begin_round(want, Place::beside);
        lock.unlock();
        try {
            run_round(round);
            end_round(round);
            lock.lock();
        } catch (std::exception const& e) {
            log("error", std::string("flow: a round for newcomers failed: ") + e.what());
            undo_round(round);
            lock.lock();
            newcomer_.wait_for(lock, std::chrono::microseconds(error_pause.us), [this] { return is_stopping_.load(); });
        }
    }
}

// What idle workers take at once, and ahead of that what all of them begin within the horizon: quick work is claimed in
// large batches, slow work is left for other nodes until it can run. On SQLite there is a round at once for newcomers
// among quick work, however much is claimed ahead, and it is short: a turn for each of them and for each that was
// served last.
std::size_t Engine::Impl::wanted() const {
    if (is_stopping_) return 0;
    std::size_t const most = room();
    std::size_t const ahead = claimed_ahead_at_most();
    if (memory_ && !newcomers_.empty() && ahead > 0) return std::min(most, newcomers_.size() + served_.size());
    std::size_t const target = options_.workers - busy_ + ahead;
    if (buffer_.size() >= target || buffer_.size() > ahead / 2) return 0;
    return std::min(target - buffer_.size(), most);
}

std::size_t Engine::Impl::room() const {
    std::size_t const held_max = options_.workers + 4 * options_.claim_at_most;
    return held_.size() >= held_max ? 0 : std::min(options_.claim_at_most, held_max - held_.size());
}

std::size_t Engine::Impl::claimed_ahead_at_most() const {
    auto const ahead_of_one = static_cast<std::size_t>(prefetch_horizon.us / std::max<std::int64_t>(1, mean_run_us_));
    return std::min(options_.claim_at_most, options_.workers * ahead_of_one);
}

bool Engine::Impl::has_due() {
    if (memory_) return !is_paused_ && memory_->has_due(clock_.now(), may_take_abandoned());
    return is_hinted_ || clock_.monotonic() >= next_look_;
}

Duration Engine::Impl::until_next_look() {
    Duration wait = options_.poll;  // at most: somebody may set the wall clock meanwhile
    if (memory_) {
        if (auto const next = memory_->next_time(); next && !is_paused_) wait = std::min(wait, *next - clock_.now());
    } else {
        wait = {next_look_.us - clock_.monotonic().us};
    }
    // What is due and cannot be taken yet is looked at when a worker or a suspect is done, which notifies.
    return std::clamp(wait, milliseconds(1), minutes(1));
}

// Of a short round the completions are as few as the claims.
void Engine::Impl::take_finished(Round& round, std::size_t at_most) {
    if (at_most >= finished_.size()) {
        round.finished = std::exchange(finished_, {});
        return;
    }
    auto const taken = std::prev(finished_.end(), static_cast<std::ptrdiff_t>(at_most));
    round.finished.assign(taken, finished_.end());
    finished_.erase(taken, finished_.end());
}

// The mutex is held.
Engine::Impl::Round Engine::Impl::begin_round(std::size_t want, Place place) {
    Round round;
    bool const is_short = memory_ && want > 0 && !newcomers_.empty();
    if (place == Place::ordinary) take_finished(round, is_short ? want : finished_.size());
    if (place == Place::beside)
        for (auto const& [priority, tenant] : newcomers_)
            round.newcomers[priority].push_back(TenantId{tenant}.to_string());
    if (is_short || place == Place::beside || (want > 0 && held_.empty())) newcomers_.clear();
    round.want = want;
    round.begun = clock_.monotonic();
    bool const may_take_abandoned_now = place == Place::ordinary && may_take_abandoned();
    round.terms = {options_.queue, owner_, kinds_, "[]", cursors_, want, may_take_abandoned_now, options_.lease};
    ++rounds_open_;
    if (want == 0 || place == Place::beside) return round;
    if (memory_) {
        if (!is_paused_) round.candidates = memory_->take(clock_.now(), want, may_take_abandoned());
        return round;
    }
    is_hinted_ = false;
    if (round.begun >= std::min(next_look_, next_marking_)) {
        next_marking_ = {round.begun.us + marking_pause.us};
        round.marks_due = true;
    }
    next_look_ = {round.begun.us + options_.poll.us};
    if (round.terms.may_take_abandoned) {
        std::vector<std::string> held;
        for (auto const& [id, lease] : held_) held.push_back(id);
        round.terms.held = fields::to_json(held);
    }
    return round;
}

void Engine::Impl::run_round(Round& round) {
    if (round.finished.empty() && (memory_ ? round.candidates.empty() : round.want == 0)) return;
    std::vector<Completion> completions;
    for (auto const& lease : round.finished)
        completions.push_back({lease->id, lease->tenant, lease->fence, lease->attempt});
    auto const unit = [&](Transaction& tx) {
        round.claims.clear();
        round.missed.clear();
        round.parked = 0;
        round.lost.clear();
        if (complete_jobs(tx, completions, database_.engine()) < completions.size())
            round.lost = not_completed(tx, completions);
        if (memory_) {
            round.claims = claim_these(tx, round.candidates, round.terms);
            note_missed(tx, round);
            return;
        }
        if (round.marks_due) mark_due(tx, options_.queue);
        if (round.want == 0) return;
        auto claimed = round.newcomers.empty() ? claim_by_turn(tx, round.terms)
                                               : claim_of_tenants(tx, round.terms, round.newcomers);
        round.claims = std::move(claimed.claims);
        round.parked = claimed.parked;
        round.cursors = std::move(claimed.cursors);
    };
    database_.write(system_scope("flow: complete and claim"), unit, Isolation::read_committed);
}

// What was not due or found no place after all is offered again, unless something else will wake it.
void Engine::Impl::note_missed(Snapshot& snapshot, Round& round) {
    if (round.claims.size() == round.candidates.size()) return;
    std::set<std::string_view> claimed;
    for (auto const& claim : round.claims) claimed.insert(claim.id);
    for (auto const& ready : round.candidates) {
        if (claimed.contains(ready.id)) continue;
        if (auto now_is = find_ready(snapshot, ready.id); now_is && now_is->run_at != never)
            round.missed.push_back(std::move(*now_is));
    }
}

void Engine::Impl::end_round(Round& round) {
    std::unique_lock lock(mutex_);
    --rounds_open_;
    for (auto const& lease : round.finished) {
        if (!round.lost.contains(lease->id)) ++counters_of(*lease).completed_total;
        held_.erase(lease->id);
        suspects_held_ -= lease->is_suspect ? 1 : 0;
    }
    for (auto const& ready : round.missed)
        if (!held_.contains(ready.id)) memory_->offer(ready, clock_.now());
    for (auto const& claim : round.claims) {
        auto lease = std::make_shared<Lease>(claim, options_.queue);
        lease->valid_until_us = round.begun.us + options_.lease.us;
        lease->run_at_us = clock_.now().us + options_.lease.us;
        if (cancels_meanwhile_.contains(claim.id)) lease->is_cancel_asked = true;
        suspects_held_ += lease->is_suspect ? 1 : 0;
        counters_of(*lease).leases_lost_total += claim.was_held ? 1 : 0;
        held_[claim.id] = lease;
        buffer_.insert({claim.priority, claim.tenant.uuid, ++claims_numbered_, std::move(lease)});
    }
    if (memory_) {
        if (!round.claims.empty()) served_.clear();
        for (auto const& claim : round.claims) served_.emplace(claim.priority, claim.tenant.uuid);
    }
    if (rounds_open_ == 0) cancels_meanwhile_.clear();
    if (!memory_ && round.want > 0 && round.newcomers.empty()) cursors_ = std::move(round.cursors);
    // Where something was, there may be more: of another tenant, of a lower priority, behind what was parked.
    if (!round.claims.empty() || round.parked > 0) is_hinted_ = true;
    bool const is_late = is_stopping_;
    lock.unlock();
    if (round.claims.size() > 1)
        work_.notify_all();
    else if (!round.claims.empty())
        work_.notify_one();
    if (is_late) give_back_buffer();
}

void Engine::Impl::undo_round(Round& round) {
    std::lock_guard const lock(mutex_);
    if (--rounds_open_ == 0) cancels_meanwhile_.clear();
    finished_.insert(finished_.end(), round.finished.begin(), round.finished.end());
    for (auto const& ready : round.candidates) memory_->offer(ready, clock_.now());
    is_hinted_ = true;
}

void Engine::Impl::load_ready() {
    {
        std::lock_guard const lock(mutex_);
        memory_->clear();
    }
    auto const room = static_cast<std::int64_t>(memory_->room());
    auto const all = database_.read(
        system_scope("flow: what is ready"),
        [&](Snapshot& snapshot) { return list_ready(snapshot, options_.queue, kinds_, room); }, {minutes(1)});
    std::lock_guard const lock(mutex_);
    for (auto const& ready : all)
        if (!held_.contains(ready.id)) memory_->offer(ready, clock_.now());
    if (std::ssize(all) == room) memory_->mark_partial(all.back(), clock_.now());
}

void Engine::Impl::give_back_buffer() {
    std::unique_lock lock(mutex_);
    std::vector<LeasePtr> unbegun;
    while (!buffer_.empty()) unbegun.push_back(buffer_.take_next().lease);
    lock.unlock();
    for (auto const& lease : unbegun) {
        try {
            database_.write(system_scope("flow: give back what was not begun"), [&](Transaction& tx) {
                release(tx, lease->hold());
                tx.tell(lease->ready(tx.now()));
            });
            forget(lease);
        } catch (std::exception const& e) {
            abandon(lease, e.what());
        }
    }
}

}  // namespace mainstay::flow
