// Due work in the order of its turns: by priority, within one priority one of each tenant in its turn, and of one
// tenant by the entries' own order. Not for several threads at once. Within flow alone.
#pragma once
#include "base/id.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>

namespace mainstay::flow {

template <class Entry>  // has a priority, a tenant and an order
class Turns {
public:
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    void insert(Entry entry) {
        auto& of_tenant = levels_[entry.priority][entry.tenant];
        if (of_tenant.insert(std::move(entry)).second) ++size_;
    }
    Entry const& next() const { return *next_tenant(*levels_.begin())->second.begin(); }
    // Nothing here goes before it by priority, and of its own tenant nothing here goes beside it.
    bool would_lead(std::int64_t priority, Uuid const& tenant) const {
        if (empty() || priority > levels_.begin()->first) return true;
        return priority == levels_.begin()->first && !levels_.begin()->second.contains(tenant);
    }
    Entry take_next() {
        auto const level = levels_.begin();
        auto const tenant = level->second.find(next_tenant(*level)->first);
        Entry entry = std::move(tenant->second.extract(tenant->second.begin()).value());
        served_last_[level->first] = tenant->first;
        if (tenant->second.empty()) level->second.erase(tenant);
        if (level->second.empty()) levels_.erase(level);
        --size_;
        return entry;
    }
    // Makes room behind an insertion of the tenant: by the last of its own work when that is more than its share, else
    // by the last of whoever has most; of the lowest priority.
    void drop_one(Uuid const& tenant) {
        auto const level = std::prev(levels_.end());
        auto& tenants = level->second;
        auto victim = tenants.find(tenant);
        if (victim == tenants.end() || victim->second.size() * tenants.size() <= size_)
            victim = std::max_element(tenants.begin(), tenants.end(),
                                      [](auto const& a, auto const& b) { return a.second.size() < b.second.size(); });
        victim->second.erase(std::prev(victim->second.end()));
        if (victim->second.empty()) tenants.erase(victim);
        if (tenants.empty()) levels_.erase(level);
        --size_;
    }
    void clear() {
        levels_.clear();
        size_ = 0;
    }

private:
    using Tenants = std::map<Uuid, std::set<Entry>>;
    using Levels = std::map<std::int64_t, Tenants, std::greater<>>;
    typename Tenants::const_iterator next_tenant(typename Levels::value_type const& level) const {
        auto const served_last = served_last_.find(level.first);
        auto const& tenants = level.second;
        auto const behind =
            served_last == served_last_.end() ? tenants.begin() : tenants.upper_bound(served_last->second);
        return behind == tenants.end() ? tenants.begin() : behind;
    }

    Levels levels_;                             // by priority
    std::map<std::int64_t, Uuid> served_last_;  // the same; stays when there is nothing of it for a while
    std::size_t size_ = 0;
};

}  // namespace mainstay::flow
