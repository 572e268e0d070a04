#pragma once
#include "platform/entitlements/entitlements.hpp"

namespace mainstay::entitlements {

Changes changes_of(Snapshot&, Plan);
Changes exceptions_of(Snapshot&, TenantId);

}  // namespace mainstay::entitlements
