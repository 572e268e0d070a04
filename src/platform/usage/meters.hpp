// Meters: what a tenant counts of its own customers' events. Within usage alone.
#pragma once
#include "base/decimal.hpp"
#include "platform/usage/usage.hpp"

#include <variant>

namespace mainstay::usage {

using MeterId = Id<"mtr">;

// weighted_sum: values are changes of a level that stays (gigabytes kept, seats); what counts is the level times the
// seconds that it stood.
enum class Aggregation { count, sum, max, unique, latest, weighted_sum };
BOOST_DESCRIBE_ENUM(Aggregation, count, sum, max, unique, latest, weighted_sum)

inline constexpr std::int64_t meters_max = 100;  // of a tenant: each event is held against those that listen to it
inline constexpr std::size_t group_by_max = 5;
inline constexpr std::size_t group_bytes_max = 200;  // of one property's text, be it grouped by or told apart
inline constexpr std::int64_t weighted_whole_max =
    1'000'000'000;  // exclusive: a value times the seconds of a day adds up

struct Meter {
    MeterId id;
    std::string name;        // unique in the tenant
    std::string event_name;  // of the events that it listens to
    Aggregation aggregation = Aggregation::count;
    std::optional<std::string> property;  // whose values it counts; none for count
    std::vector<std::string> group_by;
    std::string unit;
    bool is_billable = true;
    Instant created_at;
};
fields::Table const& table_of(Meter const*);

// --- what an event is to a meter -----------------------------------------------------------------------------------

// Why an event was not taken.
enum class Reason {
    conflict,
    too_late,
    in_future,
    no_meter,
    property_missing,
    property_not_a_number,
    property_out_of_range,
    property_not_plain,
    property_too_long,
};
BOOST_DESCRIBE_ENUM(Reason, conflict, too_late, in_future, no_meter, property_missing, property_not_a_number,
                    property_out_of_range, property_not_plain, property_too_long)

struct Measure {
    Decimal value;
    std::string text;    // of a unique meter: what is told apart
    std::string groups;  // a JSON array of texts, in the order of the meter's group_by; what is absent is empty
};

struct Refusal {
    Reason reason;
    std::string pointer;  // within the event
};

std::variant<Measure, Refusal> measure(Meter const&, json::Node const& properties);

// --- the store -----------------------------------------------------------------------------------------------------

void insert_meter(Transaction&, Meter const&);  // throws Fault(errors::conflict) for a name that is taken
std::optional<Meter> find_meter(Snapshot&, MeterId);
std::vector<Meter> list_meters(Snapshot&, std::optional<MeterId> after, std::int64_t limit);
std::int64_t count_meters(Snapshot&, std::int64_t at_most);
void update_meter(Transaction&, Meter const&);
void delete_meter(Transaction&, MeterId);

// A tenant's meters change one after the other, and while no events are being taken.
void begin_change_of_meters(Transaction&);
// The number of their last change; 0: there were never any. One that is held stays until the end of the transaction.
std::int64_t meters_number(Snapshot&);
std::int64_t hold_meters(Transaction&);

void add_meter_routes(web::Routes&);

}  // namespace mainstay::usage
