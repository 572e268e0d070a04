#include "kernel/flow/ready_memory.hpp"

#include <algorithm>

namespace mainstay::flow {

ReadyMemory::ReadyMemory(std::vector<std::string> kinds, std::size_t room) : kinds_(std::move(kinds)), room_(room) {
    std::sort(kinds_.begin(), kinds_.end());
}

void ReadyMemory::offer(Ready const& ready) {
    if (auto const entry = entry_of(ready)) {
        later_.insert(*entry);
        make_room();
    }
}

void ReadyMemory::clear() {
    due_.clear();
    abandoned_.clear();
    later_.clear();
    is_all_ = true;
}

void ReadyMemory::mark_partial() {
    is_all_ = false;
}

std::vector<Ready> ReadyMemory::take(Instant now, std::size_t at_most, bool may_take_abandoned) {
    move_due(now);
    std::vector<Ready> taken;
    while (taken.size() < at_most) {
        bool const has_abandoned = may_take_abandoned && !abandoned_.empty();
        bool const takes_abandoned = has_abandoned && (due_.empty() || ByTurn()(*abandoned_.begin(), *due_.begin()));
        auto& from = takes_abandoned ? abandoned_ : due_;
        if (from.empty()) break;
        taken.push_back(ready_of(*from.begin()));
        from.erase(from.begin());
        if (takes_abandoned) may_take_abandoned = false;
    }
    return taken;
}

bool ReadyMemory::has_due(Instant now, bool may_take_abandoned) {
    move_due(now);
    return !due_.empty() || (may_take_abandoned && !abandoned_.empty());
}

std::optional<Instant> ReadyMemory::next_time() const {
    return later_.empty() ? std::nullopt : std::optional(later_.begin()->run_at);
}

void ReadyMemory::move_due(Instant now) {
    while (!later_.empty() && later_.begin()->run_at <= now) {
        auto node = later_.extract(later_.begin());
        (node.value().is_abandoned ? abandoned_ : due_).insert(node.value());
    }
}

void ReadyMemory::make_room() {
    if (size() <= room_) return;
    is_all_ = false;
    if (!later_.empty())
        later_.erase(std::prev(later_.end()));
    else if (!due_.empty())
        due_.erase(std::prev(due_.end()));
    else
        abandoned_.erase(std::prev(abandoned_.end()));
}

std::optional<ReadyMemory::Entry> ReadyMemory::entry_of(Ready const& ready) const {
    auto const kind = std::lower_bound(kinds_.begin(), kinds_.end(), ready.kind);
    if (kind == kinds_.end() || *kind != ready.kind) return std::nullopt;
    Uuid id;
    if (is_run_kind(ready.kind))
        id = RunId::parse(ready.id).value().uuid;
    else
        id = JobId::parse(ready.id).value().uuid;
    return Entry{
        ready.priority,    ready.run_at, id, ready.tenant.uuid, static_cast<std::uint32_t>(kind - kinds_.begin()),
        ready.is_abandoned};
}

Ready ReadyMemory::ready_of(Entry const& entry) const {
    std::string const& kind = kinds_[entry.kind];
    std::string const id = is_run_kind(kind) ? RunId{entry.id}.to_string() : JobId{entry.id}.to_string();
    return {id, TenantId{entry.tenant}, {}, kind, entry.priority, entry.run_at, entry.is_abandoned};
}

}  // namespace mainstay::flow
