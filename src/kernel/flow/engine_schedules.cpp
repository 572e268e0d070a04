// Fires schedules. One transaction makes what is due, notes it with the schedule and puts it back with its next time,
// so that one whose engine is killed anywhere is due still, and one that was taken over makes nothing.
#include "kernel/flow/engine_impl.hpp"
#include "kernel/flow/schedules_store.hpp"

namespace mainstay::flow {
namespace {

constexpr std::int64_t firing_attempts_max = 5;

}  // namespace

void Engine::Impl::carry_out_schedule(Lease& lease) {
    ScheduleId const id = ScheduleId::parse(lease.id).value();
    while (true) {
        auto const schedule = database_.read(lease.tenant, [&](Snapshot& s) { return load_schedule(s, id); });
        if (!schedule) return;  // it was deleted, and its place in the ready index with it
        lease.originator = schedule->originator;
        if (fire_schedule(lease, id)) return;
    }
}

// False when it is not what was read any more.
bool Engine::Impl::fire_schedule(Lease const& lease, ScheduleId id) {
    if (lease.attempt > firing_attempts_max)
        return end_firing(lease, id, "its process or its lease ended during the last attempt");
    try {
        return end_firing(lease, id, {});
    } catch (LeaseLost const&) {
        throw;
    } catch (Fault const& fault) {
        if (fault.code().status == service_unavailable) throw;
        return end_firing(lease, id, short_error(fault.what()));
    } catch (std::exception const& e) {
        return end_firing(lease, id, short_error(e.what()));
    }
}

// With a failure nothing is made.
bool Engine::Impl::end_firing(Lease const& lease, ScheduleId id, std::string const& failure) {
    bool is_ended = false;
    Firing firing;
    write(lease, [&](Transaction& tx) {
        is_ended = false;
        auto schedule = load_schedule(tx, id);
        if (!schedule || schedule->originator != lease.originator) return;
        firing = firing_of(*schedule, tx.now());
        if (!failure.empty()) firing.fault = failure;
        put_to_wait(tx, lease.hold(), firing.next);
        if (firing.next != never) tx.tell(lease.ready(firing.next));
        if (failure.empty()) make_all(tx, *schedule, firing);
        schedule->done_until = firing.done_until;
        schedule->asked_at.reset();
        if (!firing.due.empty()) schedule->last_due_at = firing.due.back();
        if (!firing.fault.empty()) schedule->last_error = firing.fault;
        save_firing(tx, *schedule);
        is_ended = true;
    });
    if (!is_ended) return false;
    if (firing.is_cut)
        log("warning", "flow: " + lease.id + " makes up for the latest " + std::to_string(catch_up_max) +
                           " of its times; older ones are left out");
    if (!firing.fault.empty()) log("warning", "flow: " + lease.id + " could not make what was due: " + firing.fault);
    std::lock_guard const lock(mutex_);
    ++(firing.fault.empty() ? counters_of(lease).completed_total : counters_of(lease).failed_total);
    return true;
}

void Engine::Impl::make_all(Transaction& tx, ScheduleRecord& schedule, Firing const& firing) const {
    if (!firing.is_asked && firing.due.empty()) return;
    Graph const* graph = nullptr;
    if (schedule.graph)
        if (auto const known = known_.find(run_kind(*schedule.graph, *schedule.version)); known != known_.end())
            graph = known->second.graph;
    if (firing.is_asked) make_due(tx, schedule, graph, *schedule.asked_at, true);
    for (Instant const due : firing.due) make_due(tx, schedule, graph, due, false);
    schedule.last_fired_at = tx.now();
    schedule.last_error.reset();
}

}  // namespace mainstay::flow
