#include "kernel/flow/ready_memory.hpp"

#include <algorithm>

namespace mainstay::flow {
namespace {

bool is_before(ReadyEntry const& a, ReadyEntry const& b) {
    return a.priority != b.priority ? a.priority > b.priority : a < b;
}

// Of the work of this kind.
std::string_view id_prefix(std::string_view kind) {
    if (is_run_kind(kind)) return RunId::prefix;
    return is_job_kind(kind) ? JobId::prefix : ScheduleId::prefix;
}

Uuid uuid_of(Ready const& ready) {
    return parse_base32(ready.id.substr(id_prefix(ready.kind).size() + 1)).value();
}

}  // namespace

ReadyMemory::ReadyMemory(std::vector<std::string> kinds, std::size_t room) : kinds_(std::move(kinds)), room_(room) {
    std::sort(kinds_.begin(), kinds_.end());
}

void ReadyMemory::offer(Ready const& ready, Instant now) {
    auto const entry = entry_of(ready);
    if (!entry || ready.run_at == never) return;
    move_due(now);
    if (entry->run_at <= now)
        (entry->is_abandoned ? abandoned_ : due_).insert(*entry);
    else if (!later_until_ || entry->run_at < *later_until_)
        later_.insert(*entry);
    make_room(entry->tenant);
}

void ReadyMemory::clear() {
    due_.clear();
    abandoned_.clear();
    later_.clear();
    is_all_due_ = is_all_later_ = true;
    later_until_.reset();
}

void ReadyMemory::mark_partial(Ready const& last, Instant now) {
    is_all_later_ = false;
    if (last.run_at <= now)
        is_all_due_ = false;
    else if (!later_until_ || last.run_at < *later_until_)
        later_until_ = last.run_at;
}

std::vector<Ready> ReadyMemory::take(Instant now, std::size_t at_most, bool may_take_abandoned) {
    move_due(now);
    std::vector<Ready> taken;
    while (taken.size() < at_most) {
        bool const has_abandoned = may_take_abandoned && !abandoned_.empty();
        bool const takes_abandoned = has_abandoned && (due_.empty() || is_before(abandoned_.next(), due_.next()));
        Turns<ReadyEntry>& from = takes_abandoned ? abandoned_ : due_;
        if (from.empty()) break;
        taken.push_back(ready_of(from.take_next()));
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
    if (later_until_ && *later_until_ <= now) {
        is_all_due_ = false;
        later_until_.reset();
    }
    while (!later_.empty() && later_.begin()->run_at <= now) {
        auto const entry = later_.extract(later_.begin()).value();
        (entry.is_abandoned ? abandoned_ : due_).insert(entry);
    }
}

void ReadyMemory::make_room(Uuid const& tenant) {
    if (size() <= room_) return;
    if (due_.size() > room_ / 2) {
        is_all_due_ = false;
        due_.drop_one(tenant);
    } else if (!later_.empty()) {
        is_all_later_ = false;
        later_until_ = std::prev(later_.end())->run_at;
        later_.erase(std::prev(later_.end()));
    } else {
        is_all_due_ = false;
        abandoned_.drop_one(tenant);
    }
}

std::optional<ReadyEntry> ReadyMemory::entry_of(Ready const& ready) const {
    auto const kind = std::lower_bound(kinds_.begin(), kinds_.end(), ready.kind);
    if (kind == kinds_.end() || *kind != ready.kind) return std::nullopt;
    auto const place = static_cast<std::uint32_t>(kind - kinds_.begin());
    return ReadyEntry{ready.priority, ready.run_at, uuid_of(ready), ready.tenant.uuid, place, ready.is_abandoned};
}

Ready ReadyMemory::ready_of(ReadyEntry const& entry) const {
    std::string const& kind = kinds_[entry.kind];
    std::string id = std::string(id_prefix(kind)) + '_';
    append_base32(entry.id, id);
    return {id, TenantId{entry.tenant}, {}, kind, entry.priority, entry.run_at, entry.is_abandoned};
}

}  // namespace mainstay::flow
