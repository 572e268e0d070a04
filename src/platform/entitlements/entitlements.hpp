// What a tenant may: flags (whether at all), quotas (how much there may be, or in a period) and limits (how fast). The
// plans' defaults stand here; operators change a plan or give one tenant exceptions without a release. Read by
// everything, sold by billing.
#pragma once
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/web/web.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mainstay::entitlements {

enum class Plan { free, starter, pro, enterprise };
BOOST_DESCRIBE_ENUM(Plan, free, starter, pro, enterprise)

inline constexpr std::int64_t unlimited = -1;
// How many times what its keys may, the people of a tenant may together: a page asks for several things at once.
inline constexpr std::int64_t people_share = 10;
inline constexpr std::size_t flags_max = 100;

struct Entitlements {
    std::int64_t requests_per_minute = 60;
    std::int64_t migrations_per_month = 30;
    std::int64_t models_per_migration = 500;
    std::int64_t upload_bytes = 64 << 20;
    std::int64_t keys = 5;
    std::int64_t customer_keys = 100;
    std::int64_t members = 3;
    std::map<std::string, bool> flags;

    bool has(std::string const& flag) const {
        auto const found = flags.find(flag);
        return found != flags.end() && found->second;
    }
};
fields::Table const& table_of(Entitlements const*);

// What is otherwise than before; what is absent stays as it was.
struct Changes {
    std::optional<std::int64_t> requests_per_minute;
    std::optional<std::int64_t> migrations_per_month;
    std::optional<std::int64_t> models_per_migration;
    std::optional<std::int64_t> upload_bytes;
    std::optional<std::int64_t> keys;
    std::optional<std::int64_t> customer_keys;
    std::optional<std::int64_t> members;
    std::map<std::string, bool> flags;
};
fields::Table const& table_of(Changes const*);

Entitlements const& defaults_of(Plan);
Entitlements changed(Entitlements, Changes const&);

// What is in force for a tenant of the plan: the plan's defaults, what operators changed of them, the tenant's own
// exceptions. For the tenant's own scope or system scope.
Entitlements of(Snapshot&, TenantId, Plan);

// Told to revocations: what is cached of the plan's entitlements is no longer true. Exceptions name the tenant's id.
std::string subject_of(Plan);

// Throw Fault(errors::invalid_input) for too many flags.
void change_plan(Transaction& installation, Plan, Changes const&);
void set_exceptions(Transaction& installation, TenantId, Changes const&);

// Whether one more is allowed beside `used`.
constexpr bool has_room(std::int64_t quota, std::int64_t used) {
    return quota == unlimited || used < quota;
}

struct Needs {
    std::function<std::optional<Plan>(Snapshot&, TenantId)> plan_of;  // nothing: there is no such tenant
};
void add_routes(web::Routes&, Needs);
std::span<Migration const> migrations();

}  // namespace mainstay::entitlements

namespace mainstay::errors {
inline constexpr ErrorCode quota_exceeded{
    "quota_exceeded", 403, "The plan's quota is used up",
    "`detail` names the quota. Remove something, wait for the next period, or change the plan."};
}
