#include "kernel/events/events.hpp"
#include "platform/audit/audit.hpp"
#include "platform/retention/retention.hpp"
#include "platform/tenants/tenants.hpp"
#include "platform/usage/usage.hpp"

#include <chrono>

namespace mainstay::retention {
namespace {

constexpr auto interval = std::chrono::hours(1);
constexpr std::int64_t slice = 500;            // rows in a transaction
constexpr std::int64_t tenants_at_once = 200;  // looked at

}  // namespace

Keeper::Keeper(Database& database, Clock& clock, Days installation)
    : database_(database), clock_(clock), installation_(installation) {}

Keeper::~Keeper() {
    stop();
}

void Keeper::start() {
    thread_ = std::thread([this] { run(); });
}

void Keeper::stop() {
    {
        std::lock_guard const lock(mutex_);
        stops_ = true;
    }
    wakes_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Keeper::run() {
    std::unique_lock lock(mutex_);
    do {
        lock.unlock();
        try {
            keep_house();
        } catch (std::exception const& failure) {
            log("warning", std::string("what is past its retention waits for the next hour: ") + failure.what());
        }
        lock.lock();
    } while (!wakes_.wait_for(lock, interval, [this] { return stops_; }));
}

void Keeper::keep_house() {
    audit::prune(database_, installation_tenant, clock_.now() - days(installation_.audit_days));
    std::optional<TenantId> after;
    for (std::int64_t some = tenants_at_once; some == tenants_at_once;) {
        auto const tenants =
            database_.read(system_scope("tenants whose old rows are removed"),
                           [&](Snapshot& snapshot) { return tenants::list_tenants(snapshot, after, tenants_at_once); });
        for (auto const& tenant : tenants) keep_house(tenant.id);
        some = std::ssize(tenants);
        if (!tenants.empty()) after = tenants.back().id;
    }
}

void Keeper::keep_house(TenantId tenant) {
    Days const kept =
        in_force(installation_, database_.read(tenant, [](Snapshot& snapshot) { return own_days(snapshot); }));
    Instant const now = clock_.now();
    audit::prune(database_, tenant, now - days(kept.audit_days));
    if (kept.usage_days < installation_.usage_days)
        usage::remove_events_and_counts(database_, tenant, now - days(kept.usage_days));
    if (kept.events_days == installation_.events_days) return;
    auto const remove = [&](Transaction& tx) {
        return events::remove_emitted_before(tx, tenant.to_string(), now - days(kept.events_days), slice);
    };
    while (database_.write(tenant, remove) >= slice) {
    }
}

}  // namespace mainstay::retention
