#include "kernel/flow/pruner.hpp"

#include "kernel/events/events.hpp"
#include "kernel/flow/runs.hpp"

namespace mainstay::flow {
namespace {

using fields::field;

struct Old {
    std::string id;
    std::optional<Instant> finished_at;
};

fields::Table const& table_of(Old const*) {
    static fields::Table const table{"FlowOld",
                                     {field("id", &Old::id, ""), field("finished_at", &Old::finished_at, "")}};
    return table;
}

}  // namespace

std::int64_t Pruner::prune(Transaction& tx) {
    // The transaction may run again: the places are moved on at its commit alone.
    bool const begins_anew = is_through();
    Place jobs = begins_anew ? Place() : jobs_, runs = begins_anew ? Place() : runs_,
          events = begins_anew ? Place() : events_;
    std::int64_t const removed = prune_jobs(tx, jobs) + prune_runs(tx, runs) + prune_events(tx, events);
    tx.after_commit([this, jobs, runs, events] {
        jobs_ = jobs;
        runs_ = runs;
        events_ = events;
    });
    return removed;
}

// Goes on to the next tenant when the last one is done. False when there is none.
template <class Next>
bool Pruner::enter_tenant(Place& place, Next const& next_tenant) {
    if (place.is_through) return false;
    if (place.is_within_tenant) return true;
    std::optional<std::string> const next = next_tenant(place.tenant);
    place = {next.value_or(""), "", next.has_value(), !next.has_value()};
    return next.has_value();
}

std::int64_t Pruner::prune_jobs(Transaction& tx, Place& place) const {
    bool const is_entered = enter_tenant(place, [&](std::string const& last) {
        return tx.maybe_one<std::string>(
            "SELECT tenant_id FROM flow_jobs WHERE tenant_id > :after ORDER BY tenant_id LIMIT 1", bind("after", last));
    });
    if (!is_entered) return 0;
    Instant const before = tx.now() - kept_;
    auto const old = tx.all<Old>(R"(
        SELECT id, finished_at FROM flow_jobs
         WHERE tenant_id = :tenant_id AND id > :after AND id < :bound
         ORDER BY id LIMIT :slice)",
                                 bind("tenant_id", place.tenant), bind("after", place.id),
                                 bind("bound", JobId::first_at(before)), bind("slice", prune_slice));
    std::int64_t removed = 0;
    for (auto const& job : old)
        if (job.finished_at && *job.finished_at < before)
            removed += tx.execute("DELETE FROM flow_jobs WHERE tenant_id = :tenant_id AND id = :id",
                                  bind("tenant_id", place.tenant), bind("id", job.id));
    if (!old.empty()) place.id = old.back().id;
    place.is_within_tenant = std::ssize(old) == prune_slice;
    return removed;
}

// A run and those that it started, the last made first, so that what is left of it still hangs together: long ones go
// in several slices. Gives the rows removed, fewer than `at_most` once nothing is left.
std::int64_t Pruner::prune_run(Transaction& tx, std::string const& tenant, std::string const& root,
                               std::int64_t at_most) {
    auto const runs = tx.all<std::string>(R"(
        SELECT id FROM flow_runs WHERE tenant_id = :tenant_id AND root_id = :root ORDER BY id DESC LIMIT :slice)",
                                          bind("tenant_id", tenant), bind("root", root), bind("slice", at_most));
    std::int64_t removed = 0;
    for (auto const& id : runs) {
        removed += tx.execute(R"(
            DELETE FROM flow_steps
             WHERE tenant_id = :tenant_id AND run_id = :id AND number IN (
                   SELECT number FROM flow_steps WHERE tenant_id = :tenant_id AND run_id = :id
                    ORDER BY number LIMIT :slice))",
                              bind("tenant_id", tenant), bind("id", id), bind("slice", at_most - removed));
        if (removed >= at_most) return removed;
        removed += tx.execute("DELETE FROM flow_waits WHERE tenant_id = :tenant_id AND run_id = :id",
                              bind("tenant_id", tenant), bind("id", id));
        removed += tx.execute("DELETE FROM flow_runs WHERE tenant_id = :tenant_id AND id = :id",
                              bind("tenant_id", tenant), bind("id", id));
        if (removed >= at_most) return removed;
    }
    return removed;
}

std::int64_t Pruner::prune_runs(Transaction& tx, Place& place) const {
    bool const is_entered = enter_tenant(place, [&](std::string const& last) {
        return tx.maybe_one<std::string>(
            "SELECT tenant_id FROM flow_runs WHERE tenant_id > :after ORDER BY tenant_id LIMIT 1", bind("after", last));
    });
    if (!is_entered) return 0;
    Instant const before = tx.now() - kept_;
    auto const old = tx.all<Old>(R"(
        SELECT id, finished_at FROM flow_runs
         WHERE tenant_id = :tenant_id AND id > :after AND id < :bound AND parent_wait_id IS NULL
         ORDER BY id LIMIT :slice)",
                                 bind("tenant_id", place.tenant), bind("after", place.id),
                                 bind("bound", RunId::first_at(before)), bind("slice", prune_slice));
    std::int64_t removed = 0;
    for (auto const& root : old) {
        if (root.finished_at && *root.finished_at < before) {
            removed += prune_run(tx, place.tenant, root.id, prune_slice - removed);
            if (removed >= prune_slice) return removed;
        }
        place.id = root.id;
    }
    place.is_within_tenant = std::ssize(old) == prune_slice;
    return removed;
}

std::int64_t Pruner::prune_events(Transaction& tx, Place& place) const {
    if (!enter_tenant(place, [&](std::string const& last) { return events::next_tenant(tx, last); })) return 0;
    auto const removed = events::remove_emitted_before(tx, place.tenant, tx.now() - events_kept_, prune_slice);
    place.is_within_tenant = removed == prune_slice;
    return removed;
}

}  // namespace mainstay::flow
