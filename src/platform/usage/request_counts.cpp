#include "platform/usage/usage_store.hpp"

namespace mainstay::usage {
namespace {

constexpr std::size_t rows_at_once = 500;  // in one transaction, so that others' wait is short

}  // namespace

Instant month_of(Instant now) {
    return *parse_rfc3339(day_of(now).substr(0, 8) + "01T00:00:00Z");
}
std::string day_of(Instant now) {
    return to_rfc3339(now).substr(0, 10);
}

void RequestCounts::add(TenantId tenant, std::string_view credential_id, std::string_view endpoint, int status,
                        Duration took) {
    std::lock_guard const lock(mutex_);
    if (pending_rows_ >= pending_max) {
        ++dropped_;
        return;
    }
    auto& of_tenant = pending_[tenant];
    auto place = of_tenant.find(KeyView(credential_id, endpoint, status));
    if (place == of_tenant.end()) {
        place = of_tenant.emplace(Key{credential_id, endpoint, status}, Count{}).first;
        ++pending_rows_;
    }
    place->second.requests += 1;
    place->second.total_us += took.us;
}

void RequestCounts::flush(Database& database, Clock& clock) {
    Pending batch;
    {
        std::lock_guard const lock(mutex_);
        batch.swap(pending_);
        pending_rows_ = 0;
    }
    std::string const day = day_of(clock.now());
    try {
        while (!batch.empty()) write_some(database, day, batch);
    } catch (Fault const&) {
        put_back(batch);
        throw;
    }
}

// Those of as many tenants as fit into one commit; they leave the batch.
void RequestCounts::write_some(Database& database, std::string const& day, Pending& batch) {
    auto end = batch.begin();
    std::map<int, Count> by_status;
    for (std::size_t rows = 0; end != batch.end() && rows < rows_at_once; ++end) {
        rows += end->second.size();
        for (auto const& [key, count] : end->second) {
            Count& sum = by_status[std::get<2>(key)];
            sum.requests += count.requests;
            sum.total_us += count.total_us;
        }
    }
    auto const write = [&](Transaction& tx) {
        for (auto at = batch.begin(); at != end; ++at)
            for (auto const& [key, count] : at->second)
                add_to_day(tx, at->first,
                           {day, std::get<0>(key), std::get<1>(key), std::get<2>(key), count.requests, count.total_us});
        // Every node writes these rows: last, so that the others wait for the commit alone.
        for (auto const& [status, count] : by_status)
            add_to_day(tx, installation_tenant, {day, "", "", status, count.requests, count.total_us});
    };
    database.write(system_scope("counts of requests of all tenants"), write, Isolation::read_committed);
    batch.erase(batch.begin(), end);
}

void RequestCounts::put_back(Pending const& batch) {
    std::lock_guard const lock(mutex_);
    for (auto const& [of, rows] : batch) {
        for (auto const& [key, count] : rows) {
            auto const [place, is_new] = pending_[of].try_emplace(key);
            pending_rows_ += is_new ? 1 : 0;
            place->second.requests += count.requests;
            place->second.total_us += count.total_us;
        }
    }
}

std::uint64_t RequestCounts::dropped() const {
    std::lock_guard const lock(mutex_);
    return dropped_;
}

}  // namespace mainstay::usage
