// What was counted last. Within admin alone.
#pragma once
#include "platform/admin/admin.hpp"

namespace mainstay::admin {

struct KeptStock {
    Instant counted_at;
    std::int64_t took_us = 0;
    Stock stock;
};
fields::Table const& table_of(KeptStock const*);

std::optional<KeptStock> find_stock(Snapshot& system);
void keep_stock(Transaction& system, KeptStock const&);

}  // namespace mainstay::admin
