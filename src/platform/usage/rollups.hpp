// Roll-ups: what each meter counted, by hour, subject and group. They are added to in the transaction that takes the
// events, so that the two always say the same. Within usage alone.
#pragma once
#include "platform/usage/meters.hpp"

#include <map>
#include <set>

namespace mainstay::usage {

inline constexpr Duration bucket_width = hours(1);
// Then a day's hours are folded into its first. Longer than an event may be late, so that nothing comes to them
// anymore.
inline constexpr Duration hours_kept = days(62);

constexpr Instant start_of(Duration width, Instant t) {
    return {t.us - t.us % width.us};
}

// From then on figures are kept by the hour, before it by the day (UTC).
constexpr Instant hours_begin(Instant now) {
    return start_of(days(1), now - hours_kept);
}

struct BucketKey {
    std::string meter_id;
    std::string subject;
    Instant bucket_at;
    std::string groups;
    friend auto operator<=>(BucketKey const&, BucketKey const&) = default;
};

fields::Table const& table_of(BucketKey const*);

// All of it adds up, or the greater stays: in whichever order events come, the outcome is the same.
struct Rollup {
    std::int64_t events = 0;
    Decimal sum;       // of sum and weighted_sum
    Decimal moment;    // of weighted_sum: each value times the whole seconds from the bucket's start
    std::string peak;  // of max and latest: sorts as what it holds
};

struct UniqueValue {
    BucketKey key;
    std::string value;
    friend auto operator<=>(UniqueValue const&, UniqueValue const&) = default;
};

// Sorted, so that transactions that add to the same ones meet in one order.
struct Tallies {
    std::map<BucketKey, Rollup> rollups;
    std::set<UniqueValue> unique_values;
};

void count(Tallies&, Meter const&, std::string const& subject, Instant at, Measure const&);

// Moves a bucket into that of its day.
void fold(Tallies&, Aggregation, BucketKey const&, Rollup const&);
void fold(Tallies&, UniqueValue const&);

// What a peak holds.
Decimal peak_of(Aggregation, std::string_view peak);

// --- the store -----------------------------------------------------------------------------------------------------

// On SQLite a statement for each row: that costs a third of what one over them all as JSON does. On PostgreSQL the one,
// since there each statement is a journey.
void add(Transaction&, Database::Engine, Tallies const&);

// Keys of a meter behind the given one in their order, whatever their age.
std::vector<BucketKey> next_buckets(Snapshot&, BucketKey const& after, std::int64_t limit);
std::vector<UniqueValue> next_unique_values(Snapshot&, UniqueValue const& after, std::int64_t limit);

// Takes out what lies behind the one and up to the other, and before the bound, unless it is its day's first hour.
std::map<BucketKey, Rollup> take_hours(Transaction&, BucketKey const& after, BucketKey const& up_to, Instant before);
std::set<UniqueValue> take_hours(Transaction&, UniqueValue const& after, UniqueValue const& up_to, Instant before);

// Figures of meters that are no more. Gives the rows removed.
std::int64_t remove_orphans(Transaction&, std::int64_t at_most);

}  // namespace mainstay::usage
