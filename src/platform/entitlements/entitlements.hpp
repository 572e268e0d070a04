// What each plan allows: flags, quotas and limits. Read by everything, sold by billing.
#pragma once
#include "kernel/fields/fields.hpp"
#include "kernel/shared_state/shared_state.hpp"

#include <map>
#include <string>
#include <string_view>

namespace mainstay::entitlements {

enum class Plan { free, starter, pro, enterprise };
BOOST_DESCRIBE_ENUM(Plan, free, starter, pro, enterprise)

inline constexpr std::int64_t unlimited = -1;

struct Entitlements {
    std::int64_t requests_per_minute = 600;
    std::int64_t migrations_per_month = 30;
    std::int64_t models_per_migration = 500;
    std::int64_t upload_bytes = 64 << 20;
    std::int64_t keys = 5;
    std::int64_t members = 3;
};
fields::Table const& table_of(Entitlements const*);

Entitlements const& of(Plan);

// Whether one more is allowed beside `used`.
constexpr bool has_room(std::int64_t quota, std::int64_t used) {
    return quota == unlimited || used < quota;
}

}  // namespace mainstay::entitlements

namespace mainstay::errors {
inline constexpr ErrorCode quota_exceeded{
    "quota_exceeded", 403, "The plan's quota is used up",
    "`detail` names the quota. Remove something, wait for the next period, or change the plan."};
}
