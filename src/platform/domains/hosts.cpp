// Hosts in memory.
#include "base/text.hpp"
#include "platform/domains/domains_store.hpp"

#include <algorithm>
#include <array>

namespace mainstay::domains {
namespace {

constexpr std::int64_t loaded_at_once = 1'000;  // tenants

// Small letters, without the port and a last dot, in the room that is given; empty when it is no name.
std::string_view name_of(std::string_view host, std::span<char> room) {
    host = host.substr(0, host.find(':'));
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.size() > room.size()) return {};
    std::transform(host.begin(), host.end(), room.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return {room.data(), host.size()};
}

}  // namespace

Hosts::Hosts(Database& database, std::string base) : database_(database), base_(lower_ascii(base)) {}

std::string Hosts::host_of_slug(std::string_view slug) const {
    return std::string(slug) + '.' + base_;
}

void Hosts::load() {
    std::optional<TenantId> after;
    for (;;) {
        auto const some = database_.read(system_scope("hosts of all tenants"), [&](Snapshot& snapshot) {
            return list_hosts(snapshot, after, loaded_at_once);
        });
        for (auto const& one : some) put(one);
        if (std::ssize(some) < loaded_at_once) return;
        after = some.back().tenant;
    }
}

void Hosts::hear(std::string const& subject) {
    auto const tenant = TenantId::parse(subject);
    if (!tenant) return;
    {
        std::lock_guard const lock(waiting_mutex_);
        waiting_.insert(*tenant);
    }
    try {
        catch_up();
    } catch (std::exception const& failure) {
        log("warning", std::string("hosts of a tenant wait for the database: ") + failure.what());
    }
}

void Hosts::catch_up() {
    for (;;) {
        std::set<TenantId> waiting;
        {
            std::lock_guard const lock(waiting_mutex_);
            waiting.swap(waiting_);
        }
        if (waiting.empty()) return;
        try {
            for (TenantId const tenant : waiting) {
                auto const found = database_.read(system_scope("hosts of a tenant that changed"),
                                                  [&](Snapshot& snapshot) { return hosts_of(snapshot, tenant); });
                found ? put(*found) : forget(tenant);
            }
        } catch (std::exception const&) {
            std::lock_guard const lock(waiting_mutex_);
            waiting_.merge(waiting);
            throw;
        }
    }
}

void Hosts::put(HostsOfTenant const& found) {
    auto names = found.domains;
    if (!base_.empty() && !tenants::is_reserved_slug(found.slug)) names.push_back(host_of_slug(found.slug));
    forget(found.tenant);
    std::unique_lock const lock(mutex_);
    if (tenants_.size() + names.size() > hosts_max || tenants_of_origin_.size() + found.origins.size() > hosts_max) {
        log("warning", "there are more hosts and origins of tenants than are known in memory; " +
                           found.tenant.to_string() + " has none here");
        return;
    }
    for (auto const& name : names) tenants_[name] = found.tenant;
    if (!names.empty()) hosts_[found.tenant] = std::move(names);
    for (auto const& origin : found.origins) ++tenants_of_origin_[origin];
    if (!found.origins.empty()) origins_[found.tenant] = found.origins;
}

void Hosts::forget(TenantId tenant) {
    std::unique_lock const lock(mutex_);
    if (auto const known = hosts_.find(tenant); known != hosts_.end()) {
        for (auto const& name : known->second)
            if (auto const at = tenants_.find(name); at != tenants_.end() && at->second == tenant) tenants_.erase(at);
        hosts_.erase(known);
    }
    if (auto const known = origins_.find(tenant); known != origins_.end()) {
        for (auto const& origin : known->second)
            if (auto const at = tenants_of_origin_.find(origin); --at->second == 0) tenants_of_origin_.erase(at);
        origins_.erase(known);
    }
}

bool Hosts::has_origin(std::string_view origin, std::optional<TenantId> tenant) const {
    std::shared_lock const lock(mutex_);
    if (!tenant) return tenants_of_origin_.find(origin) != tenants_of_origin_.end();
    auto const known = origins_.find(*tenant);
    return known != origins_.end() && std::ranges::find(known->second, origin) != known->second.end();
}

std::optional<TenantId> Hosts::tenant_of(std::string_view host) const {
    std::array<char, name_bytes_max + 63> room;
    auto const name = name_of(host, room);
    std::shared_lock const lock(mutex_);
    auto const found = tenants_.find(name);
    return found == tenants_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace mainstay::domains
