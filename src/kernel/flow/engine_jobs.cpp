// Carries out one job, and what all work has in common: how a lease ends.
#include "kernel/flow/engine_impl.hpp"

namespace mainstay::flow {
void Engine::Impl::carry_out(LeasePtr const& lease) {
    if (lease->kind == schedule_kind) return end_lease(lease, [&] { carry_out_schedule(*lease); });
    Known const& known = known_.find(lease->kind)->second;
    if (known.graph == nullptr) return carry_out_job(lease, known.job);
    end_lease(lease, [&] { carry_out_run(*lease, *known.graph); });
}

void Engine::Impl::carry_out_job(LeasePtr const& lease, JobKind const& kind) {
    if (lease->is_cancel_asked) return end_lease(lease, [&] { end_job(*lease, JobEvent::cancel, {}, nullptr); });
    if (lease->attempt > kind.retry.max_attempts) {
        return end_lease(lease, [&] {
            std::string const why = "its process or its lease ended during the last attempt";
            log_failed(*lease, lease->kind, lease->attempt - 1, kind.retry.max_attempts, why);
            end_job(*lease, JobEvent::give_up, why, nullptr);
        });
    }
    LeaseContext context(database_, clock_, *lease, kind.time_limit, is_draining_);
    Attempt attempt = context.run([&] {
        if (!kind.permission.empty() && !may_still(*lease, kind.permission))
            throw Discard("who caused it has no right to " + kind.permission + " any more");
        kind.run(context, lease->payload);
    });
    if (attempt.end == AttemptEnd::done && !context.has_writes() && !lease->has_place) {
        std::lock_guard const lock(mutex_);
        finished_.push_back(lease);
        dispatch_.notify_one();
        return;
    }
    end_lease(lease, [&] {
        if (attempt.end == AttemptEnd::done) {
            try {
                return end_job(*lease, JobEvent::complete, {}, &context);
            } catch (LeaseLost const&) {
                throw;
            } catch (std::exception const& e) {
                attempt = {AttemptEnd::failed, short_error(std::string("its rows were refused: ") + e.what()),
                           std::nullopt};
            }
        }
        bool const is_last = lease->attempt >= kind.retry.max_attempts;
        if (attempt.end == AttemptEnd::failed || attempt.end == AttemptEnd::hopeless)
            log_failed(*lease, lease->kind, lease->attempt, kind.retry.max_attempts, attempt.error);
        switch (attempt.end) {
            case AttemptEnd::lost: throw LeaseLost(attempt.error);
            case AttemptEnd::cancelled: return end_job(*lease, JobEvent::cancel, attempt.error, nullptr);
            case AttemptEnd::released:
                return write(*lease, [&](Transaction& tx) {
                    release(tx, lease->hold());
                    tx.tell(lease->ready(tx.now()));
                });
            case AttemptEnd::failed:
                if (!is_last) return put_back_failed(*lease, kind.retry, attempt);
                [[fallthrough]];
            default: return end_job(*lease, JobEvent::give_up, attempt.error, nullptr);
        }
    });
}

bool Engine::Impl::may_still(Lease const& lease, std::string const& permission) {
    return database_.read(lease.scope(),
                          [&](Snapshot& snapshot) { return options_.may(snapshot, lease.originator, permission); });
}

// In the tenant's scope; patient while the database is too busy.
void Engine::Impl::write(Lease const& lease, std::function<void(Transaction&)> const& unit) {
    for (int tries = 1;; ++tries) {
        try {
            return database_.write(lease.scope(), unit);
        } catch (Fault const& fault) {
            if (fault.code().status != service_unavailable || tries == write_tries_max) throw;
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, std::chrono::microseconds(error_pause.us), [this] { return is_draining_.load(); });
        }
    }
}

template <class Work>
void Engine::Impl::end_lease(LeasePtr const& lease, Work const& work) {
    try {
        work();
        forget(lease);
    } catch (LeaseLost const& lost) {
        log("warning", std::string("flow: ") + lost.what());
        abandon(lease, {});
    } catch (std::exception const& e) {
        abandon(lease, e.what());
    }
}

void Engine::Impl::end_job(Lease const& lease, JobEvent event, std::string const& error, LeaseContext const* writes) {
    write(lease, [&](Transaction& tx) {
        leave(tx, lease.hold());
        if (writes != nullptr) writes->apply_writes(tx);
        finish_job(tx, lease.tenant, lease.hold(), lease.attempt, after(JobState::running, event),
                   error.empty() ? std::nullopt : std::optional(error),
                   writes != nullptr ? writes->result() : std::nullopt);
    });
    std::lock_guard const lock(mutex_);
    if (event == JobEvent::complete) ++counters_of(lease).completed_total;
    if (event == JobEvent::give_up) ++counters_of(lease).failed_total, ++counters_of(lease).dead_total;
}

void Engine::Impl::put_back_failed(Lease const& lease, RetryPolicy const& policy, Attempt const& attempt) {
    Duration const delay = attempt.delay.value_or(random_delay_before(policy, lease.attempt + 1));
    write(lease, [&](Transaction& tx) {
        put_back(tx, lease.hold(), tx.now() + delay);
        note_failure(tx, lease.hold(), attempt.error);
        tx.tell(lease.ready(tx.now() + delay));
    });
    std::lock_guard const lock(mutex_);
    ++counters_of(lease).failed_total;
}

void Engine::Impl::log_failed(Lease const& lease, std::string const& what, std::int64_t attempt,
                              std::int64_t max_attempts, std::string const& error) const {
    log("warning", "flow: " + lease.id + ", " + what + ", attempt " + std::to_string(attempt) + " of " +
                       std::to_string(max_attempts) + " failed: " + error);
}

void Engine::Impl::forget(LeasePtr const& lease) {
    std::lock_guard const lock(mutex_);
    held_.erase(lease->id);
    suspects_held_ -= lease->is_suspect ? 1 : 0;
    dispatch_.notify_one();
}

// Nothing more is done for it: another takes it when its lease has run out, this engine among others.
void Engine::Impl::abandon(LeasePtr const& lease, std::string const& why) {
    if (!why.empty()) log("error", "flow: " + lease->id + " is abandoned: " + why);
    forget(lease);
    std::lock_guard const lock(mutex_);
    if (!memory_) return;
    Ready ready = lease->ready({lease->run_at_us});
    ready.is_abandoned = true;
    memory_->offer(ready, clock_.now());
}

}  // namespace mainstay::flow
