#include "kernel/files/files_store.hpp"

#include <algorithm>

namespace mainstay::files {
namespace {

constexpr std::size_t asked_at_once = 500;  // files, so that no snapshot stays open for long

}  // namespace

Sweeper::Sweeper(Files& files, Database& database, Clock& clock) : files_(files), database_(database), clock_(clock) {}

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
