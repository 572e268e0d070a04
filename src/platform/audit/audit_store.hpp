#pragma once
#include "platform/audit/audit.hpp"

namespace mainstay::audit {

std::vector<Line> list_lines(Snapshot&, std::optional<AuditId> after, std::int64_t limit);

}  // namespace mainstay::audit
