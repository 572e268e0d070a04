// Renews leases at a third of their time, and prunes.
#include "kernel/flow/engine_impl.hpp"

#include <algorithm>

namespace mainstay::flow {

void Engine::Impl::keep_loop() {
    std::unique_lock lock(mutex_);
    while (!is_keeper_stopping_) {
        Duration const now = clock_.monotonic();
        if (now < next_renewal_) {
            keep_.wait_for(lock, std::chrono::microseconds(next_renewal_.us - now.us));
            continue;
        }
        next_renewal_ = {now.us + options_.lease.us / 3};
        lock.unlock();
        try {
            renew_leases();
            prune();
        } catch (std::exception const& e) {
            log("error", std::string("flow: leases could not be renewed or work not pruned: ") + e.what());
        }
        lock.lock();
    }
}

void Engine::Impl::renew_leases() {
    Duration const begun = clock_.monotonic();
    std::vector<Hold> holds;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& [id, lease] : held_) holds.push_back(lease->hold());
    }
    if (holds.empty()) return;
    Instant until;
    auto const renewed = database_.write(system_scope("flow: renew leases"), [&](Transaction& tx) {
        until = tx.now() + options_.lease;
        return renew(tx, holds, until, database_.engine());
    });
    std::lock_guard const lock(mutex_);
    counters_.leases_renewed_total += renewed.size();
    std::set<std::string> lost;
    for (auto const& hold : holds) lost.insert(hold.id);
    for (auto const& [id, is_cancelled] : renewed) {
        lost.erase(id);
        auto const found = held_.find(id);
        if (found == held_.end()) continue;
        found->second->valid_until_us = begun.us + options_.lease.us;
        found->second->run_at_us = until.us;
        if (is_cancelled) found->second->is_cancel_asked = true;
    }
    // One that was ended or claimed anew meanwhile is another lease by now, or none.
    for (auto const& hold : holds)
        if (auto const found = held_.find(hold.id);
            lost.contains(hold.id) && found != held_.end() && found->second->fence == hold.fence)
            found->second->is_lost = true;
}

void Engine::Impl::prune() {
    Duration const now = clock_.monotonic();
    if (!options_.prunes || now < next_prune_) return;
    for (int slices = 0; slices < prune_slices_max; ++slices) {
        auto const removed = database_.write(system_scope("flow: prune finished work"),
                                             [&](Transaction& tx) { return pruner_.prune(tx); });
        {
            std::lock_guard const lock(mutex_);
            counters_.pruned_total += static_cast<std::uint64_t>(removed);
        }
        if (pruner_.is_through()) {
            next_prune_ = {now.us + prune_pause.us};
            return;
        }
    }
}

}  // namespace mainstay::flow
