// What verified credentials proved, by the hash of what was presented. Entries are dropped when a revocation names
// one of their subjects.
#pragma once
#include "base/hash.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace mainstay::app {

struct Credential {
    Identity identity;                             // of a session: of its first tenant
    std::vector<tenants::Membership> memberships;  // of a session
    bool is_operator = false;
    std::optional<Instant> expires_at;
    std::vector<std::string> subjects;  // ids whose revocation makes this untrue
    std::string csrf_token;             // of a session

    mutable std::atomic<std::int64_t> next_note_us = 0;  // by the monotonic clock: when its use is noted again
};

class CredentialCache {
public:
    static constexpr std::size_t entries_max = 200'000;
    static constexpr Duration kept = minutes(10);  // then looked up again, revocation or not

    explicit CredentialCache(Clock& clock) : clock_(clock) {}

    // The entry, or what `load` gives; null when it gives nothing (which is not cached).
    std::shared_ptr<Credential const> find(std::string_view presented, bool may_use_cache,
                                           std::function<std::shared_ptr<Credential const>()> const& load);
    // What is there, believed or not; null when nothing is.
    std::shared_ptr<Credential const> peek(std::string_view presented);
    void forget(std::string const& subject);

private:
    struct HashOfHash {
        std::size_t operator()(Sha256 const& hash) const {
            std::size_t value = 0;
            std::memcpy(&value, hash.data(), sizeof value);
            return value;
        }
    };
    struct Entry {
        std::shared_ptr<Credential const> credential;
        Duration loaded;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<Sha256, Entry, HashOfHash> entries;
    };
    Shard& shard_of(Sha256 const& hash) { return shards_[hash[31] % shards_.size()]; }
    Clock& clock_;
    std::array<Shard, 16> shards_;
    // Counts revocations: what was loaded before one was heard is not kept after it.
    std::atomic<std::uint64_t> generation_ = 0;
};

}  // namespace mainstay::app
