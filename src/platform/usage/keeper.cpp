#include "platform/usage/intake.hpp"
#include "platform/usage/quotas.hpp"
#include "platform/usage/usage_store.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

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

void keep_house_of(Database& database, TenantId tenant, Instant now, Duration events_kept) {
    remove_events_and_counts(database, tenant, now - events_kept);
    database.write(tenant, [&](Transaction& tx) { remove_quotas_before(tx, now - events_kept); });
    auto const meters =
        database.read(tenant, [](Snapshot& snapshot) { return list_meters(snapshot, std::nullopt, meters_max); });
    for (Meter const& meter : meters) {
        if (meter.aggregation == Aggregation::unique)
            fold_unique_values(database, tenant, meter, hours_begin(now));
        else
            fold_rollups(database, tenant, meter, hours_begin(now));
    }
    in_slices(database, tenant, [&](Transaction& tx) { return remove_orphans(tx, slice); });
}

}  // namespace

void remove_events_and_counts(Database& database, TenantId tenant, Instant before) {
    in_slices(database, tenant, [&](Transaction& tx) { return remove_events_received_before(tx, before, slice); });
    in_slices(database, tenant, [&](Transaction& tx) { return remove_counts_before(tx, day_of(before), slice); });
}

void keep_house(Database& database, Clock& clock, std::int64_t events_kept_days, std::stop_token const& stops) {
    Duration const kept = days(std::max(events_kept_days, events_kept_days_min));
    std::optional<TenantId> tenant;
    while (!stops.stop_requested() &&
           (tenant = database.read(system_scope("tenants that have usage"),
                                   [&](Snapshot& snapshot) { return next_tenant(snapshot, tenant); })))
        keep_house_of(database, *tenant, clock.now(), kept);
}

}  // namespace mainstay::usage
