#pragma once
#include "platform/support/support.hpp"

namespace mainstay::support {

Grant create_grant(Transaction&, std::string granted_by, Duration kept);
std::vector<Grant> list_grants(Snapshot&, std::optional<GrantId> after, std::int64_t limit);  // oldest first
std::optional<Grant> find_grant(Snapshot&, GrantId);
std::int64_t count_live_grants(Snapshot&, std::int64_t at_most);
void mark_revoked(Transaction&, GrantId, std::string const& revoked_by);
// The one that lasts longest.
std::optional<Grant> find_live_grant(Snapshot& installation, TenantId);

std::vector<Email> addresses_of_owners(Snapshot& installation, TenantId, std::int64_t at_most);

}  // namespace mainstay::support
