// What is kept about a person: given to them, and erased when they go. What stays for the record (the audit's lines)
// names their id, of which nothing else is left.
#pragma once
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"

#include <span>
#include <string_view>

namespace mainstay::people {

inline constexpr std::int64_t exported_lines_max = 10'000;  // of the audit, the newest

// Every table with a column user_id: those whose rows go with the person, and none else. A test holds this to the
// schema, so that a new table is thought of.
std::span<std::string_view const> tables_of_people();

// In system scope. Throws Fault(errors::last_owner) for the last owner of a tenant, and Fault(errors::conflict) for the
// last operator. False when there is no such user.
bool erase_person(Transaction& system, tenants::UserId);

void add_routes(web::Routes&);

}  // namespace mainstay::people
