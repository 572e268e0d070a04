#include "kernel/shared_state/shared_state.hpp"

#include <array>
#include <mutex>
#include <unordered_map>

namespace mainstay::shared_state {
namespace {

constexpr std::size_t shards = 64;

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> arrivals;
};

}  // namespace

struct RateLimits::State {
    std::array<Shard, shards> shards_of_keys;
};

// Generic cell rate algorithm (ITU-T I.371): requests are spaced by per/count, and may run ahead by the burst.
Decision decide(Limit const& limit, std::int64_t& arrival_us, std::int64_t now_us) {
    std::int64_t const spacing = std::max<std::int64_t>(1, limit.per.us / std::max<std::int64_t>(1, limit.count));
    std::int64_t const burst = limit.burst > 0 ? limit.burst : limit.count;
    std::int64_t const tolerance = spacing * burst;
    std::int64_t const next = std::max(arrival_us, now_us) + spacing;
    Decision decision;
    if (next - now_us > tolerance) {
        decision.allowed = false;
        decision.retry_after = {next - now_us - tolerance};
        decision.reset = {arrival_us - now_us};
        return decision;
    }
    arrival_us = next;
    decision.remaining = (tolerance - (next - now_us)) / spacing;
    decision.reset = {next - now_us};
    return decision;
}

RateLimits::RateLimits() : state_(std::make_unique<State>()) {}
RateLimits::~RateLimits() = default;

Decision RateLimits::take(std::string_view key, Limit const& limit, Duration now) {
    Shard& shard = state_->shards_of_keys[std::hash<std::string_view>()(key) % shards];
    std::lock_guard const lock(shard.mutex);
    auto found = shard.arrivals.find(key);
    if (found == shard.arrivals.end()) {
        // A key whose arrival time has passed is as good as one never seen.
        if (shard.arrivals.size() >= keys_max / shards)
            std::erase_if(shard.arrivals, [&](auto const& entry) { return entry.second <= now.us; });
        found = shard.arrivals.emplace(std::string(key), 0).first;
    }
    return decide(limit, found->second, now.us);
}

}  // namespace mainstay::shared_state
