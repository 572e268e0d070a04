#pragma once
#include "kernel/files/files.hpp"

#include <optional>

namespace mainstay::files {

bool is_owned(Snapshot&, FileId);
// In the order of their ids, over all tenants that own a file.
std::optional<TenantId> next_tenant(Snapshot&, std::optional<TenantId> after);

}  // namespace mainstay::files
