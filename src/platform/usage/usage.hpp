// Usage: what a tenant used. Billable quantities are exact, written in the transaction that earns them. Counts of
// requests are summed in memory and flushed once a second; a crash may lose that second.
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"

#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <tuple>

namespace mainstay::usage {

// Adds to a meter once per key, however often it is called with it.
void bill(Transaction&, std::string_view meter, std::string_view event_key, std::int64_t quantity);
std::int64_t billed_since(Snapshot&, std::string_view meter, Instant since);

// The first moment of the month of `now`, in UTC.
Instant month_of(Instant now);
std::string day_of(Instant now);  // "2026-11-20", in UTC

// Counts of requests that have not been written yet.
class RequestCounts {
public:
    static constexpr std::size_t pending_max = 100'000;  // rows; past it counts are dropped and said so

    void add(TenantId, std::string_view credential_id, std::string_view endpoint, int status, Duration took);
    // Writes what has gathered, many tenants' in one commit; what cannot be written is kept for the next time.
    void flush(Database&, Clock&);
    std::uint64_t dropped() const;

private:
    struct Count {
        std::int64_t requests = 0;
        std::int64_t total_us = 0;
    };
    using Key = std::tuple<std::string, std::string, int>;  // credential, endpoint, status
    using KeyView = std::tuple<std::string_view, std::string_view, int>;
    struct ByKey {
        using is_transparent = void;
        bool operator()(KeyView const& a, KeyView const& b) const { return a < b; }
    };
    using Pending = std::map<TenantId, std::map<Key, Count, ByKey>>;
    static void write_some(Database&, std::string const& day, Pending&);
    void put_back(Pending const&);

    mutable std::mutex mutex_;
    Pending pending_;
    std::size_t pending_rows_ = 0;
    std::uint64_t dropped_ = 0;
};

// All tenants' requests of a day, kept beside each tenant's own.
struct DayOfRequests {
    std::string day;
    std::int64_t requests = 0;
    std::int64_t failures = 0;  // answered with 5xx
};
fields::Table const& table_of(DayOfRequests const*);
// In order, from the day on. Reads a row a day and status.
std::vector<DayOfRequests> requests_by_day(Snapshot& system, std::string const& from_day);

// --- quotas of the plan ---------------------------------------------------------------------------------------------

// A tenant's month: from the day on which it was made, or the last of a shorter month, at midnight (UTC).
struct QuotaPeriod {
    Instant from, to;
    friend bool operator==(QuotaPeriod const&, QuotaPeriod const&) = default;
};
QuotaPeriod period_of(Instant anchor, Instant now);

// hard: what goes past the quota is refused. soft: it is counted and told of.
enum class QuotaKind { hard, soft };

// Adds n to what the tenant used of a quota of its plan in its month, exactly: the quota is a member of
// entitlements::Entitlements that ends in _per_month. Emits usage.quota_warned at 80 % and usage.quota_reached at 100
// %, each once a month. Throws Fault(errors::quota_exceeded), with nothing added, for what is past a hard one.
void require_quota(Transaction&, std::string_view quota, std::int64_t n, QuotaKind = QuotaKind::hard);

// What is emitted, about the tenant.
struct QuotaWarned {
    static constexpr std::string_view event_type = "usage.quota_warned";
    std::string quota;
    std::int64_t used = 0, limit = 0;
    Instant from, to;
};
fields::Table const& table_of(QuotaWarned const*);
struct QuotaReached : QuotaWarned {
    static constexpr std::string_view event_type = "usage.quota_reached";
};
fields::Table const& table_of(QuotaReached const*);

// --- housekeeping ---------------------------------------------------------------------------------------------------

inline constexpr std::int64_t events_kept_days_min = 36;  // an event may be 35 days late, and is known until then

// Removes a tenant's events and counts of requests from before then, in slices.
void remove_events_and_counts(Database&, TenantId, Instant before);

// Removes events and counts of requests past their time, folds old hours into days, and removes figures of meters that
// are no more: tenant after tenant, in slices that are brief. Several nodes may.
inline constexpr Duration house_pause = hours(1);
void keep_house(Database&, Clock&, std::int64_t events_kept_days, std::stop_token const& stops = {});

void add_routes(web::Routes&);
std::span<Migration const> migrations();

}  // namespace mainstay::usage
