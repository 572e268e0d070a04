// How often customers' keys were checked and with what outcome, by hour.
#pragma once
#include "platform/keys/keys_rules.hpp"

#include <map>
#include <mutex>
#include <tuple>

namespace mainstay::keys {

inline constexpr Duration counts_kept = days(400);

struct KeyCount {
    std::string key_id;  // empty: of keys that were not found
    Instant hour_at;
    Outcome outcome = Outcome::valid;
    std::int64_t verifications = 0;
    std::int64_t credits_spent = 0;
};
fields::Table const& table_of(KeyCount const*);

struct OutcomeCount {
    Instant at;  // the hour's or day's beginning
    Outcome outcome = Outcome::valid;
    std::int64_t verifications = 0;
    std::int64_t credits_spent = 0;
};
fields::Table const& table_of(OutcomeCount const*);

struct KeyTotal {
    KeyId key_id;
    std::int64_t verifications = 0;
    std::int64_t credits_spent = 0;
};
fields::Table const& table_of(KeyTotal const*);

Instant hour_of(Instant);

// In the tenant's own transaction or a system one.
void add_count(Transaction&, TenantId, KeyCount const&);
void remove_old_counts(Transaction&, TenantId, Instant before);

// By spans of that length, an hour or a day; of one key, or of all.
std::vector<OutcomeCount> counts_between(Snapshot&, std::optional<KeyId>, Instant from, Instant to, Duration span,
                                         std::int64_t limit);
std::vector<KeyTotal> busiest_keys(Snapshot&, Instant from, Instant to, std::int64_t limit);

// Counts that have not been written yet.
class KeyCounts {
public:
    static constexpr std::size_t pending_max = 200'000;  // rows; past it counts are dropped and said so

    void add(TenantId, std::optional<KeyId>, Outcome, Instant now);
    void note_use(TenantId, KeyId, Instant now);
    void flush(Database&);
    std::uint64_t dropped() const;

private:
    using Place = std::tuple<TenantId, KeyId, Instant, Outcome>;
    struct Batch {
        std::map<Place, std::int64_t> counts;
        std::map<std::pair<TenantId, KeyId>, Instant> used;
    };
    static void write(Database&, Batch&);
    void put_back(Batch&&);

    mutable std::mutex mutex_;
    Batch pending_;
    std::uint64_t dropped_ = 0;
};

}  // namespace mainstay::keys
