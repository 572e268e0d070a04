// How what a meter counts adds up.
#include "platform/usage/rollups.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

constexpr std::size_t time_digits = 19;  // of an Instant: to the end of the year 9999

std::int64_t whole_seconds(Duration d) {
    return d.us / seconds(1).us;
}

std::string latest_peak(Instant at, Decimal value) {
    std::string const time = std::to_string(at.us);
    return std::string(time_digits - std::min(time_digits, time.size()), '0') + time + value.to_sortable();
}

void add_to(Rollup& to, Rollup const& more) {
    to.events += more.events;
    to.sum = to.sum + more.sum;
    to.moment = to.moment + more.moment;
    to.peak = std::max(to.peak, more.peak);
}

}  // namespace

void count(Tallies& tallies, Meter const& meter, std::string const& subject, Instant at, Measure const& measured) {
    BucketKey key{meter.id.to_string(), subject, start_of(bucket_width, at), measured.groups};
    Rollup one{1, {}, {}, {}};
    switch (meter.aggregation) {
        case Aggregation::count: break;
        case Aggregation::sum: one.sum = measured.value; break;
        case Aggregation::max: one.peak = measured.value.to_sortable(); break;
        case Aggregation::latest: one.peak = latest_peak(at, measured.value); break;
        case Aggregation::weighted_sum:
            one.sum = measured.value;
            one.moment = measured.value * whole_seconds(at - key.bucket_at);
            break;
        case Aggregation::unique: tallies.unique_values.insert({std::move(key), measured.text}); return;
    }
    add_to(tallies.rollups[std::move(key)], one);
}

void fold(Tallies& tallies, Aggregation aggregation, BucketKey const& key, Rollup const& rollup) {
    BucketKey of_day = key;
    of_day.bucket_at = start_of(days(1), key.bucket_at);
    Rollup moved = rollup;
    if (aggregation == Aggregation::weighted_sum)
        moved.moment = rollup.moment + rollup.sum * whole_seconds(key.bucket_at - of_day.bucket_at);
    add_to(tallies.rollups[std::move(of_day)], moved);
}

void fold(Tallies& tallies, UniqueValue const& one) {
    UniqueValue of_day = one;
    of_day.key.bucket_at = start_of(days(1), one.key.bucket_at);
    tallies.unique_values.insert(std::move(of_day));
}

Decimal peak_of(Aggregation aggregation, std::string_view peak) {
    return Decimal::from_sortable(aggregation == Aggregation::latest ? peak.substr(time_digits) : peak);
}

}  // namespace mainstay::usage
