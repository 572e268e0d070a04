#include "app/credential_cache.hpp"

#include <algorithm>

namespace mainstay::app {

std::shared_ptr<Credential const> CredentialCache::find(
    std::string_view presented, bool may_use_cache, std::function<std::shared_ptr<Credential const>()> const& load) {
    Sha256 const hash = sha256(presented);
    Shard& shard = shard_of(hash);
    Duration const now = clock_.monotonic();
    if (may_use_cache) {
        std::lock_guard const lock(shard.mutex);
        auto const found = shard.entries.find(hash);
        if (found != shard.entries.end() && now - found->second.loaded < kept) return found->second.credential;
    }
    std::uint64_t const generation = generation_.load();
    auto credential = load();
    if (!credential) return nullptr;
    std::lock_guard const lock(shard.mutex);
    if (generation_.load() != generation) return credential;
    if (shard.entries.size() >= entries_max / shards_.size())
        std::erase_if(shard.entries, [&](auto const& entry) { return now - entry.second.loaded >= kept; });
    if (shard.entries.size() < entries_max / shards_.size()) shard.entries[hash] = {credential, now};
    return credential;
}

std::shared_ptr<Credential const> CredentialCache::peek(std::string_view presented) {
    Sha256 const hash = sha256(presented);
    Shard& shard = shard_of(hash);
    std::lock_guard const lock(shard.mutex);
    auto const found = shard.entries.find(hash);
    return found == shard.entries.end() ? nullptr : found->second.credential;
}

void CredentialCache::forget(std::string const& subject) {
    generation_.fetch_add(1);
    for (Shard& shard : shards_) {
        std::lock_guard const lock(shard.mutex);
        std::erase_if(shard.entries, [&](auto const& entry) {
            auto const& subjects = entry.second.credential->subjects;
            return std::find(subjects.begin(), subjects.end(), subject) != subjects.end();
        });
    }
}

}  // namespace mainstay::app
