// The tenancy guard in PostgreSQL: two roles that own nothing, and on every table with a tenant_id row-level security
// that holds for both. Within the storage alone.
#pragma once
#include <string_view>

namespace mainstay {

inline constexpr std::string_view app_role = "mainstay_app";        // of a unit that belongs to a tenant
inline constexpr std::string_view system_role = "mainstay_system";  // of a unit in the system's scope

// One statement, without parameters: the policies, grants and collations that are missing. Run by the tables' owner.
extern char const* const set_up_guard;

// One SELECT, for anybody: rows of what and why, one for each way in which the guard is not as it must be.
extern char const* const guard_faults;

}  // namespace mainstay
