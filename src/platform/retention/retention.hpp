// Retention: how long what is only looked back at is kept: lines of the audit log, events, events of use and counts of
// requests. The installation says so for all tenants, and a tenant may keep less. Nothing is kept longer than asked
// for.
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"

#include <optional>
#include <stop_token>

namespace mainstay::retention {

struct Days {
    std::int64_t audit_days = 1095;
    std::int64_t events_days = 30;
    std::int64_t usage_days = 400;
    friend bool operator==(Days const&, Days const&) = default;
};
fields::Table const& table_of(Days const*);

// Absent: as long as the installation keeps it.
struct OwnDays {
    std::optional<std::int64_t> audit_days, events_days, usage_days;
};
fields::Table const& table_of(OwnDays const*);

// Below this nobody's can be: an audit log is there to be looked at later, a page that follows events looks back, and
// an event of use is known for 35 days, so that it is not counted twice.
inline constexpr Days least{90, 7, 36};

// A tenant of a plan with this flag may keep less.
inline constexpr char const* flag = "own_retention";

// What is in force: never more than the installation's, nor less than the least.
Days in_force(Days const& installation, OwnDays const&);

OwnDays own_days(Snapshot&);  // of the scope's tenant
void set_own_days(Transaction&, OwnDays const&);

// Removes what is past its time: tenant after tenant, in slices that are brief. Several nodes may. What the
// installation keeps of events and of use is removed by those who write it; here it is what a tenant keeps less of, and
// all the rest.
inline constexpr Duration house_pause = hours(1);
void keep_house(Database&, Clock&, Days const& installation, std::stop_token const& stops = {});

void add_routes(web::Routes&, Days installation);
std::span<Migration const> migrations();

}  // namespace mainstay::retention
