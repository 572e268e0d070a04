#include "kernel/net/schedule.hpp"

#include <algorithm>

namespace mainstay::net {

void Schedule::add(Entry entry, Duration now) {
    if (hosts_.size() >= idle_hosts_max)
        std::erase_if(hosts_, [&](auto const& row) {
            return row.second.waiting.empty() && row.second.running == 0 && row.second.free_from <= now;
        });
    auto& row = *hosts_.try_emplace(entry.host).first;
    auto const id = entry.id;
    auto const when = entry.not_before;
    auto const place = row.second.waiting.emplace(when, std::move(entry));
    places_.emplace(id, std::pair{row.first, place});
    list(row);
}

bool Schedule::remove(TransferId id) {
    auto const found = places_.find(id);
    if (found == places_.end()) return false;
    auto& row = *hosts_.find(found->second.first);
    row.second.waiting.erase(found->second.second);
    places_.erase(found);
    list(row);
    return true;
}

std::optional<TransferId> Schedule::take_due(Duration now) {
    if (due_.empty() || due_.begin()->first > now) return std::nullopt;
    auto& row = *hosts_.find(due_.begin()->second);
    Host& host = row.second;
    auto const first = host.waiting.begin();
    TransferId const id = first->second.id;
    host.last_start = now;
    host.free_from = now + first->second.delay;
    ++host.running;
    host.waiting.erase(first);
    places_.erase(id);
    list(row);
    return id;
}

void Schedule::finished(std::string const& host) {
    auto& row = *hosts_.find(host);
    --row.second.running;
    list(row);
}

std::optional<Duration> Schedule::next_due() const {
    return due_.empty() ? std::nullopt : std::optional(due_.begin()->first);
}

void Schedule::list(Hosts::value_type& row) {
    auto& [name, host] = row;
    if (host.listed) due_.erase({*host.listed, name});
    host.listed.reset();
    if (host.waiting.empty()) return;
    Entry const& first = host.waiting.begin()->second;
    if (host.running >= std::max<std::size_t>(1, first.concurrent)) return;
    Duration due = first.not_before;
    if (host.last_start) due = std::max(due, *host.last_start + first.delay);
    host.listed = due;
    due_.emplace(due, name);
}

}  // namespace mainstay::net
