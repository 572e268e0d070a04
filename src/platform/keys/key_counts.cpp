#include "platform/keys/key_counts.hpp"

namespace mainstay::keys {
namespace {

constexpr std::size_t rows_at_once = 500;  // in one transaction, so that others' wait is short

std::string text_of(KeyId key) {
    return key.is_set() ? key.to_string() : std::string();
}

}  // namespace

Instant hour_of(Instant t) {
    return {t.us - t.us % hours(1).us};
}

void KeyCounts::add(TenantId tenant, std::optional<KeyId> key, Outcome outcome, Instant now) {
    Place const place{tenant, key.value_or(KeyId{}), hour_of(now), outcome};
    std::lock_guard const lock(mutex_);
    auto const found = pending_.counts.find(place);
    if (found != pending_.counts.end())
        ++found->second;
    else if (pending_.counts.size() < pending_max)
        pending_.counts.emplace(place, 1);
    else
        ++dropped_;
}

void KeyCounts::note_use(TenantId tenant, KeyId key, Instant now) {
    std::lock_guard const lock(mutex_);
    if (pending_.used.size() < pending_max) pending_.used[{tenant, key}] = now;
}

void KeyCounts::flush(Database& database) {
    Batch batch;
    {
        std::lock_guard const lock(mutex_);
        std::swap(batch, pending_);
    }
    try {
        while (!batch.counts.empty() || !batch.used.empty()) write(database, batch);
    } catch (Fault const&) {
        put_back(std::move(batch));
        throw;
    }
}

// The first of the batch, many tenants' in one commit; what was written leaves it.
void KeyCounts::write(Database& database, Batch& batch) {
    auto counts_end = batch.counts.begin();
    auto used_end = batch.used.begin();
    for (std::size_t rows = 0; rows < rows_at_once && counts_end != batch.counts.end(); ++rows) ++counts_end;
    for (std::size_t rows = 0; rows < rows_at_once && used_end != batch.used.end(); ++rows) ++used_end;
    database.write(
        system_scope("counts of the keys of all tenants' customers"),
        [&](Transaction& tx) {
            TenantId last;
            for (auto at = batch.counts.begin(); at != counts_end; ++at) {
                auto const& [tenant, key, hour, outcome] = at->first;
                add_count(tx, tenant, {text_of(key), hour, outcome, at->second, 0});
                if (std::exchange(last, tenant) != tenant) remove_old_counts(tx, tenant, tx.now() - counts_kept);
            }
            for (auto at = batch.used.begin(); at != used_end; ++at)
                mark_used(tx, at->first.first, at->first.second, at->second);
        },
        Isolation::read_committed);
    batch.counts.erase(batch.counts.begin(), counts_end);
    batch.used.erase(batch.used.begin(), used_end);
}

void KeyCounts::put_back(Batch&& batch) {
    std::lock_guard const lock(mutex_);
    for (auto const& [place, count] : batch.counts) pending_.counts[place] += count;
    pending_.used.merge(batch.used);
}

std::uint64_t KeyCounts::dropped() const {
    std::lock_guard const lock(mutex_);
    return dropped_;
}

}  // namespace mainstay::keys
