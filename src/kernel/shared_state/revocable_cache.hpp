// What was looked up and is believed until a revocation names one of its subjects, or for some minutes at most.
// Bounded. Included by shared_state.hpp.
#pragma once
#include "base/hash.hpp"
#include "base/time.hpp"

#include <boost/container/small_vector.hpp>

#include <array>
#include <atomic>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace mainstay::shared_state {

// The subjects that were revoked, in the order in which that was heard. A revocation costs its place here and nothing
// more, however many entries a cache has: they are asked about when they are found.
class RevokedSubjects {
public:
    static constexpr std::size_t kept_max = 100'000;  // past it whatever was looked up before now is untrue

    std::uint64_t last() const { return last_.load(); }
    void add(std::uint64_t subject, Duration now, Duration kept);
    bool has_since(std::uint64_t looked_up_at, std::span<std::uint64_t const> subjects) const;

private:
    struct Heard {
        std::uint64_t subject = 0, number = 0;
        Duration at;
    };
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::uint64_t, std::uint64_t> numbers_;  // by subject: of its last revocation
    std::deque<Heard> heard_;
    std::uint64_t all_before_ = 0;
    std::atomic<std::uint64_t> last_ = 0;
};

template <class Value>
class RevocableCache {
public:
    using Held = std::shared_ptr<Value const>;
    static constexpr Duration kept = minutes(10);  // then it is looked up again, revoked or not

    RevocableCache(Clock& clock, std::size_t entries_max) : clock_(clock), shard_max_(entries_max / shards + 1) {}

    // Null when it is not there, too old, or revoked.
    Held find(Sha256 const& key) {
        Duration const now = clock_.monotonic();
        Shard& shard = shard_of(key);
        std::lock_guard const lock(shard.mutex);
        auto const found = shard.entries.find(key);
        if (found == shard.entries.end()) return nullptr;
        Entry& entry = found->second;
        if (now - entry.loaded >= kept || revoked_.has_since(entry.looked_up_at, entry.subjects)) return nullptr;
        entry.is_used = true;
        return entry.value;
    }

    // The same, believed or not.
    Held peek(Sha256 const& key) {
        Shard& shard = shard_of(key);
        std::lock_guard const lock(shard.mutex);
        auto const found = shard.entries.find(key);
        return found == shard.entries.end() ? nullptr : found->second.value;
    }

    // Asked for before the look-up whose outcome is put: what is revoked meanwhile makes it untrue.
    std::uint64_t moment() const { return revoked_.last(); }
    void put(Sha256 const& key, Held value, std::span<std::string const> subjects, std::uint64_t looked_up_at) {
        Entry entry{std::move(value), clock_.monotonic(), looked_up_at, {}, false};
        for (auto const& subject : subjects) entry.subjects.push_back(number_of(subject));
        Shard& shard = shard_of(key);
        std::lock_guard const lock(shard.mutex);
        if (shard.entries.size() >= shard_max_ && !shard.entries.contains(key)) make_room(shard);
        shard.entries.insert_or_assign(key, std::move(entry));
    }

    void forget(std::string_view subject) { revoked_.add(number_of(subject), clock_.monotonic(), kept); }

    std::size_t size() const {
        std::size_t sum = 0;
        for (Shard const& shard : shards_) {
            std::lock_guard const lock(shard.mutex);
            sum += shard.entries.size();
        }
        return sum;
    }

private:
    static constexpr std::size_t shards = 64;
    static constexpr std::size_t looked_at = 16;  // entries, for one to drop

    struct Entry {
        Held value;
        Duration loaded;
        std::uint64_t looked_up_at = 0;
        boost::container::small_vector<std::uint64_t, 2> subjects;  // two of one number cost a look-up too many
        bool is_used = false;                                       // since the hand came by
    };
    struct HashOfHash {
        std::size_t operator()(Sha256 const& hash) const {
            std::size_t value = 0;
            std::memcpy(&value, hash.data(), sizeof value);
            return value;
        }
    };
    using Entries = std::unordered_map<Sha256, Entry, HashOfHash>;
    struct Shard {
        mutable std::mutex mutex;
        Entries entries;
        std::size_t hand = 0;  // the bucket to look at next for one to drop
    };

    static std::uint64_t number_of(std::string_view subject) { return std::hash<std::string_view>()(subject); }
    Shard& shard_of(Sha256 const& key) { return shards_[key[31] % shards]; }

    // Whoever was not asked for since the hand last came by goes, else the last that was looked at.
    static void make_room(Shard& shard) {
        std::size_t const buckets = shard.entries.bucket_count();
        Sha256 victim{};
        std::size_t looked = 0;
        for (std::size_t i = 0; i < buckets && looked < looked_at; ++i, ++shard.hand) {
            std::size_t const bucket = shard.hand % buckets;
            for (auto at = shard.entries.begin(bucket); at != shard.entries.end(bucket); ++at, ++looked) {
                victim = at->first;
                if (!std::exchange(at->second.is_used, false)) looked = looked_at;
                if (looked == looked_at) break;
            }
        }
        shard.entries.erase(victim);
    }

    Clock& clock_;
    std::size_t const shard_max_;
    RevokedSubjects revoked_;
    std::array<Shard, shards> shards_;
};

}  // namespace mainstay::shared_state
