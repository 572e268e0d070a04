#include "platform/usage/intake.hpp"
#include "platform/usage/quotas.hpp"
#include "platform/usage/usage_store.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

constexpr auto interval = std::chrono::hours(1);
constexpr std::int64_t slice = 500;  // rows in a transaction

template <class Remove>
void in_slices(Database& database, TenantId tenant, Remove const& remove) {
    while (database.write(tenant, remove) >= slice) {
    }
}

// The first of the keys to begin behind: no bucket is as old.
BucketKey before_all(Meter const& meter) {
    return {meter.id.to_string(), "", {-1}, ""};
}

bool is_to_be_folded(BucketKey const& key, Instant before) {
    return key.bucket_at < before && key.bucket_at != start_of(days(1), key.bucket_at);
}

// Walks a meter's keys, and writes only where a slice has old hours.
void fold_rollups(Database& database, TenantId tenant, Meter const& meter, Instant before) {
    for (BucketKey after = before_all(meter);;) {
        auto const keys =
            database.read(tenant, [&](Snapshot& snapshot) { return next_buckets(snapshot, after, slice); });
        if (keys.empty()) return;
        if (std::any_of(keys.begin(), keys.end(), [&](auto const& key) { return is_to_be_folded(key, before); }))
            database.write(tenant, [&](Transaction& tx) {
                Tallies of_days;
                for (auto const& [key, one] : take_hours(tx, after, keys.back(), before))
                    fold(of_days, meter.aggregation, key, one);
                add(tx, database.engine(), of_days);
            });
        after = keys.back();
    }
}

void fold_unique_values(Database& database, TenantId tenant, Meter const& meter, Instant before) {
    for (UniqueValue after{before_all(meter), ""};;) {
        auto const values =
            database.read(tenant, [&](Snapshot& snapshot) { return next_unique_values(snapshot, after, slice); });
        if (values.empty()) return;
        if (std::any_of(values.begin(), values.end(),
                        [&](auto const& one) { return is_to_be_folded(one.key, before); }))
            database.write(tenant, [&](Transaction& tx) {
                Tallies of_days;
                for (auto const& one : take_hours(tx, after, values.back(), before)) fold(of_days, one);
                add(tx, database.engine(), of_days);
            });
        after = values.back();
    }
}

}  // namespace

Keeper::Keeper(Database& database, Clock& clock, std::int64_t events_kept_days)
    : database_(database), clock_(clock), events_kept_days_(std::max(events_kept_days, events_kept_days_min)) {}

Keeper::~Keeper() {
    stop();
}

void Keeper::start() {
    thread_ = std::thread([this] { run(); });
}

void Keeper::stop() {
    {
        std::lock_guard const lock(mutex_);
        stops_ = true;
    }
    wakes_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Keeper::run() {
    std::unique_lock lock(mutex_);
    do {
        lock.unlock();
        try {
            keep_house();
        } catch (std::exception const& failure) {
            log("warning", std::string("old usage waits for the next hour: ") + failure.what());
        }
        lock.lock();
    } while (!wakes_.wait_for(lock, interval, [this] { return stops_; }));
}

void Keeper::keep_house() {
    std::optional<TenantId> tenant;
    while ((tenant = database_.read(system_scope("tenants that have usage"),
                                    [&](Snapshot& snapshot) { return next_tenant(snapshot, tenant); })))
        keep_house(*tenant);
}

void remove_events_and_counts(Database& database, TenantId tenant, Instant before) {
    in_slices(database, tenant, [&](Transaction& tx) { return remove_events_received_before(tx, before, slice); });
    in_slices(database, tenant, [&](Transaction& tx) { return remove_counts_before(tx, day_of(before), slice); });
}

void Keeper::keep_house(TenantId tenant) {
    Instant const now = clock_.now(), kept_from = now - days(events_kept_days_);
    remove_events_and_counts(database_, tenant, kept_from);
    database_.write(tenant, [&](Transaction& tx) { remove_quotas_before(tx, kept_from); });
    auto const meters =
        database_.read(tenant, [](Snapshot& snapshot) { return list_meters(snapshot, std::nullopt, meters_max); });
    for (Meter const& meter : meters) {
        if (meter.aggregation == Aggregation::unique)
            fold_unique_values(database_, tenant, meter, hours_begin(now));
        else
            fold_rollups(database_, tenant, meter, hours_begin(now));
    }
    in_slices(database_, tenant, [&](Transaction& tx) { return remove_orphans(tx, slice); });
}

}  // namespace mainstay::usage
