// Events of tenants' customers: read, held against the meters, stored and counted in one transaction. Within usage
// alone.
#pragma once
#include "platform/usage/rollups.hpp"

#include <memory>

namespace mainstay::usage {

inline constexpr std::size_t batch_events_max = 1'000;
inline constexpr std::size_t properties_bytes_max = 4u << 10;
inline constexpr Duration late_max = days(35);     // what is older is not counted
inline constexpr Duration ahead_max = minutes(5);  // a sender's clock may go before ours by so much

struct NewEvent {
    std::string id;
    std::string name;
    std::string subject;
    std::optional<Instant> at;
    JsonText properties{"{}"};
};
fields::Table const& table_of(NewEvent const*);

enum class EventStatus { accepted, duplicate, late, refused };
BOOST_DESCRIBE_ENUM(EventStatus, accepted, duplicate, late, refused)

struct EventAnswer {
    std::string id;
    EventStatus status = EventStatus::accepted;
    std::optional<Reason> reason;
    std::optional<std::string> pointer;
};
fields::Table const& table_of(EventAnswer const*);

struct StoredEvent {
    std::string id;
    std::string name;
    std::string subject;
    Instant at;
    JsonText properties;
};
fields::Table const& table_of(StoredEvent const*);

// Whether the same was sent again; who gave no time the first time or this time may not know which it was.
bool is_same(NewEvent const&, StoredEvent const&);

// A request's events with their properties read. Throws Fault(errors::invalid_input) for properties that are no object.
struct Batch {
    std::vector<NewEvent> events;
    std::vector<json::Document> properties;  // as many
    Instant now;
};
Batch read_batch(std::vector<NewEvent>, Instant now);

// A row to be; times are numbers in JSON too.
struct EventRow {
    std::string id, name, subject;
    std::int64_t at = 0;
    std::string properties;
};
fields::Table const& table_of(EventRow const*);

// What is to come of a batch if none of its ids is known yet.
struct Plan {
    std::int64_t meters_number = 0;
    std::vector<Meter> meters;
    std::vector<EventAnswer> answers;  // one for each event
    struct Counted {
        std::size_t event, meter;
        Measure measure;
    };
    std::vector<Counted> counted;
    std::vector<EventRow> rows;  // the accepted ones
    Tallies tallies;             // of them all
};
Plan plan_of(Batch const&, std::int64_t meters_number, std::vector<Meter> meters);

// Of the accepted ones alone, once some have turned out to be known.
Tallies tallies_of(Batch const&, Plan const&);

// Stores and counts. Gives the answers in the order of the events.
std::vector<EventAnswer> take(Transaction&, Database::Engine, Batch const&, Plan const& made_before);

// --- the store -----------------------------------------------------------------------------------------------------

// Gives the ids that are new.
std::vector<std::string> insert_events(Transaction&, Database::Engine, std::vector<EventRow> const&,
                                       Instant received_at);
std::vector<StoredEvent> find_events(Snapshot&, std::vector<std::string> const& ids);
std::int64_t remove_events_received_before(Transaction&, Instant, std::int64_t at_most);

void add_intake_routes(web::Routes&);

}  // namespace mainstay::usage
