// What stands against the plan's quotas. Within usage alone.
#pragma once
#include "platform/entitlements/entitlements.hpp"
#include "platform/usage/usage.hpp"

namespace mainstay::usage {

inline constexpr std::int64_t warned_when_left = 5;  // a fifth of the quota: 80 % is used

struct QuotaUse {
    std::int64_t used = 0;
    bool is_warned = false, is_reached = false;
};
fields::Table const& table_of(QuotaUse const*);

// The plan's quota by its name; throws std::logic_error for one that no plan has.
std::int64_t limit_of(entitlements::Entitlements const&, std::string_view quota);
std::vector<std::string_view> monthly_quotas();

// Gives what is used with it, or nothing when that is past the limit, and then adds nothing.
std::optional<QuotaUse> add_use(Transaction&, std::string_view quota, Instant period_at, std::int64_t n,
                                std::optional<std::int64_t> limit);
void mark_told(Transaction&, std::string_view quota, Instant period_at, bool is_reached);
std::int64_t used_of(Snapshot&, std::string_view quota, Instant period_at);
std::int64_t remove_quotas_before(Transaction&, Instant before);

void add_quota_routes(web::Routes&);

}  // namespace mainstay::usage
