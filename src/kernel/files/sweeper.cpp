#include "kernel/files/files_store.hpp"

#include <algorithm>

namespace mainstay::files {
namespace {

constexpr auto interval = std::chrono::hours(1);
constexpr std::size_t asked_at_once = 500;  // files, so that no snapshot stays open for long

}  // namespace

Sweeper::Sweeper(Files& files, Database& database, Clock& clock) : files_(files), database_(database), clock_(clock) {}

Sweeper::~Sweeper() {
    stop();
}

void Sweeper::start() {
    thread_ = std::thread([this] { run(); });
}

void Sweeper::stop() {
    {
        std::lock_guard const lock(mutex_);
        stops_ = true;
    }
    wakes_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Sweeper::run() {
    std::unique_lock lock(mutex_);
    do {
        lock.unlock();
        try {
            auto const removed = sweep();
            if (removed > 0) log("info", "files removed that nobody owned: " + std::to_string(removed));
        } catch (std::exception const& failure) {
            log("warning", std::string("files that nobody owns wait for the next hour: ") + failure.what());
        }
        lock.lock();
    } while (!wakes_.wait_for(lock, interval, [this] { return stops_; }));
}

std::size_t Sweeper::sweep() {
    Instant const before = clock_.now() - unowned_time;
    std::size_t removed = 0;
    std::optional<TenantId> tenant;
    while ((tenant = database_.read(system_scope("tenants that own files"),
                                    [&](Snapshot& snapshot) { return next_tenant(snapshot, tenant); })))
        removed += sweep(*tenant, before);
    swept_before_ = before;
    return removed;
}

std::size_t Sweeper::sweep(TenantId tenant, Instant before) {
    auto const made = files_.made_between(tenant, swept_before_, before);
    std::size_t removed = 0;
    for (std::size_t begin = 0; begin < made.size(); begin += asked_at_once) {
        auto const asked = std::span(made).subspan(begin, std::min(asked_at_once, made.size() - begin));
        auto const unowned = database_.read(tenant, [&](Snapshot& snapshot) {
            std::vector<FileId> ids;
            for (FileId const id : asked)
                if (!is_owned(snapshot, id)) ids.push_back(id);
            return ids;
        });
        for (FileId const id : unowned) files_.remove(tenant, id);
        removed += unowned.size();
    }
    return removed;
}

}  // namespace mainstay::files
