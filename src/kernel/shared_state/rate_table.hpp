// The keys of rate limits in the memory of this node, and what it has not yet told the others of them. Bounded: past
// its capacity idle keys go, and where there is none one of those that come soonest to be idle.
#pragma once
#include "kernel/shared_state/shared_state.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <unordered_map>

namespace mainstay::shared_state {

// Takes of one key, by this node's monotonic clock.
struct Taken {
    std::string key;
    std::int64_t first_us = 0;    // the first of them
    std::int64_t work_us = 0;     // their spacings
    std::int64_t known_us = 0;    // the shared arrival time as it was last learned
    std::int64_t arrival_us = 0;  // the one that this node goes by
};

class RateTable {
public:
    // Longer keys are kept as their digest.
    static constexpr std::size_t key_bytes_max = 200;
    // Takes that could be told nobody for so long are not told one by one: the shared arrival time is raised to the one
    // that this node goes by. Each node has let through what the limit allows, and nobody has to pay for that.
    static constexpr Duration carried = seconds(2);

    explicit RateTable(std::size_t capacity) : shard_capacity_(std::max<std::size_t>(1, capacity / shards)) {}

    Decision take(std::string_view key, Limit const&, Duration now);
    std::vector<Decision> take_all(std::span<Ask const>, Duration now);
    std::vector<Taken> drain(std::size_t most);
    // Makes of the takes what is told now, see carried.
    static void carry_over(Taken&, Duration now);
    // The arrival time of all nodes together, takes after the last drain() aside.
    void learn(std::string_view key, Duration shared_arrival, Duration now);
    std::size_t size() const;

private:
    static constexpr std::size_t shards = 64;
    static constexpr std::size_t looked_at = 8;  // keys, for one to drop

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Entry {
        std::int64_t arrival_us = 0;  // theoretical, of this node's and all known takes
        std::int64_t known_us = 0;
        std::int64_t first_us = 0, work_us = 0;  // see Taken; since the last drain()
        std::size_t untold_at = 0;               // its place in untold, counted from 1; 0: not in there
    };
    using Entries = std::unordered_map<std::string, Entry, TextHash, std::equal_to<>>;
    struct Shard {
        mutable std::mutex mutex;
        Entries entries;
        std::vector<Entries::value_type*> untold;
        std::size_t hand = 0;  // the bucket to look at next for keys to drop
    };

    static std::size_t place_of(std::string_view key) { return std::hash<std::string_view>()(key) % shards; }
    Shard& shard_of(std::string_view key) { return shards_[place_of(key)]; }
    Decision book(Shard&, Ask const&, Duration now);
    static void make_room(Shard&, std::int64_t now_us);
    static void forget_untold(Shard&, Entry&);

    std::size_t const shard_capacity_;
    std::array<Shard, shards> shards_;
    std::atomic<std::size_t> drained_from_ = 0;  // the shard that comes first next time
};

}  // namespace mainstay::shared_state
