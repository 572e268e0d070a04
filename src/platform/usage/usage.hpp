// Usage: what a tenant used. Billable quantities are exact, written in the transaction that earns them. Counts of
// requests are summed in memory and flushed once a second; a crash may lose that second.
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"

#include <map>
#include <mutex>
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

void add_routes(web::Routes&);
std::span<Migration const> migrations();

}  // namespace mainstay::usage
