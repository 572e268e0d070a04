#include "kernel/shared_state/rate_table.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <bitset>

namespace mainstay::shared_state {
namespace {

std::int64_t spacing_of(Limit const& limit) {
    return std::max<std::int64_t>(1, limit.per.us / std::max<std::int64_t>(1, limit.count));
}

}  // namespace

// Generic cell rate algorithm (ITU-T I.371): requests are spaced by per/count, and may run ahead by the burst.
Decision decide(Limit const& limit, std::int64_t& arrival_us, std::int64_t now_us, std::int64_t cost) {
    std::int64_t const spacing = spacing_of(limit);
    std::int64_t const burst = limit.burst > 0 ? limit.burst : limit.count;
    std::int64_t const tolerance = spacing * burst;
    std::int64_t const begun = std::max(arrival_us, now_us);
    std::int64_t const next = begun + spacing * cost;
    Decision decision;
    if (cost > 0 && next - now_us > tolerance) {
        decision.allowed = false;
        decision.remaining = std::max<std::int64_t>(0, (tolerance - (begun - now_us)) / spacing);
        decision.retry_after = {next - now_us - tolerance};
        decision.reset = {begun - now_us};
        return decision;
    }
    if (cost > 0) arrival_us = next;
    decision.remaining = std::max<std::int64_t>(0, (tolerance - (next - now_us)) / spacing);
    decision.reset = {next - now_us};
    return decision;
}

Decision RateTable::take(std::string_view key, Limit const& limit, Duration now) {
    if (key.size() > key_bytes_max) return take(to_hex(sha256(key)), limit, now);
    Shard& shard = shard_of(key);
    std::lock_guard const lock(shard.mutex);
    return book(shard, {key, limit, 1}, now);
}

std::vector<Decision> RateTable::take_all(std::span<Ask const> asked, Duration now) {
    std::vector<std::string> digests;
    digests.reserve(asked.size());  // views into it stay good
    std::vector<Ask> asks(asked.begin(), asked.end());
    std::bitset<shards> places;
    for (Ask& ask : asks) {
        if (ask.key.size() > key_bytes_max) ask.key = digests.emplace_back(to_hex(sha256(ask.key)));
        places.set(place_of(ask.key));
    }
    // In the order of the shards, so that two of these never wait for each other.
    std::vector<std::unique_lock<std::mutex>> locks;
    locks.reserve(asks.size());
    for (std::size_t place = 0; place < shards; ++place)
        if (places.test(place)) locks.emplace_back(shards_[place].mutex);

    std::vector<Decision> decisions;
    decisions.reserve(asks.size());
    bool all_allowed = true;
    auto const look = [&](Ask const& ask, std::int64_t cost) {
        Shard const& shard = shard_of(ask.key);
        auto const found = shard.entries.find(ask.key);
        std::int64_t arrival_us = found == shard.entries.end() ? 0 : found->second.arrival_us;
        return decide(ask.limit, arrival_us, now.us, cost);
    };
    for (Ask const& ask : asks) {
        decisions.push_back(look(ask, ask.cost));
        all_allowed = all_allowed && decisions.back().allowed;
    }
    for (std::size_t i = 0; i < asks.size(); ++i) {
        if (!all_allowed && decisions[i].allowed) decisions[i] = look(asks[i], 0);
        if (all_allowed && asks[i].cost > 0) book(shard_of(asks[i].key), asks[i], now);
    }
    return decisions;
}

// With the shard locked.
Decision RateTable::book(Shard& shard, Ask const& ask, Duration now) {
    auto found = shard.entries.find(ask.key);
    if (found == shard.entries.end()) {
        if (shard.entries.size() >= shard_capacity_) make_room(shard, now.us);
        found = shard.entries.emplace(ask.key, Entry{}).first;
    }
    Entry& entry = found->second;
    Decision const decision = decide(ask.limit, entry.arrival_us, now.us, ask.cost);
    if (!decision.allowed) return decision;
    if (entry.untold_at == 0) {
        shard.untold.push_back(&*found);
        entry.untold_at = shard.untold.size();
        entry.first_us = now.us;
        entry.work_us = 0;
    }
    entry.work_us += spacing_of(ask.limit) * ask.cost;
    return decision;
}

std::vector<Taken> RateTable::drain(std::size_t most) {
    std::vector<Taken> taken;
    std::size_t const first = drained_from_.fetch_add(1, std::memory_order_relaxed);
    for (std::size_t i = 0; i < shards && taken.size() < most; ++i) {
        Shard& shard = shards_[(first + i) % shards];
        std::lock_guard const lock(shard.mutex);
        while (!shard.untold.empty() && taken.size() < most) {
            auto& [key, entry] = *shard.untold.back();
            shard.untold.pop_back();
            taken.push_back({key, entry.first_us, entry.work_us, entry.known_us, entry.arrival_us});
            entry.untold_at = 0;
            entry.work_us = 0;
        }
    }
    return taken;
}

void RateTable::carry_over(Taken& taken, Duration now) {
    if (now.us - taken.first_us <= carried.us) return;
    taken.first_us = std::max(now.us, taken.arrival_us);
    taken.work_us = 0;
}

void RateTable::learn(std::string_view key, Duration shared_arrival, Duration now) {
    Shard& shard = shard_of(key);
    std::lock_guard const lock(shard.mutex);
    auto const found = shard.entries.find(key);
    if (found == shard.entries.end()) return;
    Entry& entry = found->second;
    entry.known_us = shared_arrival.us;
    bool const has_untold = entry.work_us > 0 && now.us - entry.first_us <= carried.us;
    std::int64_t const with_untold =
        has_untold ? std::max(shared_arrival.us, entry.first_us) + entry.work_us : shared_arrival.us;
    entry.arrival_us = std::max(entry.arrival_us, with_untold);
}

std::size_t RateTable::size() const {
    std::size_t sum = 0;
    for (Shard const& shard : shards_) {
        std::lock_guard const lock(shard.mutex);
        sum += shard.entries.size();
    }
    return sum;
}

// A key whose arrival time has passed is as good as one never seen. Few are looked at, so that whoever invents keys
// costs no more than others.
void RateTable::make_room(Shard& shard, std::int64_t now_us) {
    std::vector<std::string> idle;
    std::string soonest;
    std::int64_t soonest_us = std::numeric_limits<std::int64_t>::max();
    std::size_t const buckets = shard.entries.bucket_count();
    std::size_t looked = 0;
    for (std::size_t i = 0; i < buckets && looked < looked_at; ++i, ++shard.hand) {
        std::size_t const bucket = shard.hand % buckets;
        for (auto at = shard.entries.begin(bucket); at != shard.entries.end(bucket); ++at, ++looked) {
            if (at->second.arrival_us <= now_us) idle.push_back(at->first);
            if (at->second.arrival_us >= soonest_us) continue;
            soonest = at->first;
            soonest_us = at->second.arrival_us;
        }
    }
    if (idle.empty()) idle.push_back(std::move(soonest));
    for (auto const& key : idle) {
        auto const found = shard.entries.find(key);
        forget_untold(shard, found->second);
        shard.entries.erase(found);
    }
}

void RateTable::forget_untold(Shard& shard, Entry& entry) {
    if (entry.untold_at == 0) return;
    auto* const last = shard.untold.back();
    shard.untold[entry.untold_at - 1] = last;
    last->second.untold_at = entry.untold_at;
    shard.untold.pop_back();
    entry.untold_at = 0;
}

}  // namespace mainstay::shared_state
