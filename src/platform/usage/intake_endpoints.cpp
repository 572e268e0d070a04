// What the API takes as events.
#include "platform/usage/intake.hpp"

namespace mainstay::usage {
namespace {

using fields::defaulted;
using fields::field;
using fields::items;
using fields::length;
using fields::pattern;

// The last code point stands behind every subject where all are asked for.
constexpr std::string_view plain_pattern = "[^\\x{0}-\\x{1F}\\x{10FFFF}]*",
                           plain_says = "must have no control characters";

struct PostEvents {
    std::vector<NewEvent> events;
};
fields::Table const& table_of(PostEvents const*) {
    static fields::Table const table{"PostEvents",
                                     {field("events", &PostEvents::events, "One batch; it is taken in one transaction.",
                                            items(1, batch_events_max))}};
    return table;
}

// How many of a batch came to what; what the audit shows of it.
struct EventCounts {
    std::int64_t accepted = 0, duplicates = 0, late = 0, refused = 0;
};
fields::Table const& table_of(EventCounts const*) {
    static fields::Table const table{"EventCounts",
                                     {field("accepted", &EventCounts::accepted, "Stored and counted."),
                                      field("duplicates", &EventCounts::duplicates, "Known already."),
                                      field("late", &EventCounts::late, "Too old to be counted."),
                                      field("refused", &EventCounts::refused, "Not taken.")}};
    return table;
}

struct PostedEvents {
    EventCounts counts;
    std::vector<EventAnswer> events;
};
fields::Table const& table_of(PostedEvents const*) {
    static fields::Table const table{
        "PostedEvents",
        {field("counts", &PostedEvents::counts, "How many came to what."),
         field("events", &PostedEvents::events, "What became of each, in the order in which they were sent.")}};
    return table;
}

struct Prepared {
    std::shared_ptr<Batch const> batch;
    std::shared_ptr<Plan const> plan;
    Database::Engine engine;
};

// Each event has an id of its own under which it is taken once, and each statement stands on rows that it locks: so
// read committed does, and batches that add to the same roll-ups wait for each other instead of running again.
constexpr web::Endpoint post_endpoint{
    .name = "post_events",
    .method = web::Method::post,
    .path = "/api/v1/usage",
    .summary = "Send up to 1,000 events of your customers' use; each is counted once, however often it is sent",
    .permission = "usage.write",
    .isolation = Isolation::read_committed,
};

// Reading properties and adding up takes longer than storing, and needs no place in the queue of writers.
Prepared prepare(Call const& call, Database& database, PostEvents input) {
    auto batch = std::make_shared<Batch const>(read_batch(std::move(input.events), call.now));
    auto plan = database.read(call.tenant(), [&](Snapshot& snapshot) {
        return plan_of(*batch, meters_number(snapshot), list_meters(snapshot, std::nullopt, meters_max));
    });
    return {std::move(batch), std::make_shared<Plan const>(std::move(plan)), database.engine()};
}

EventCounts counts_of(std::vector<EventAnswer> const& answers) {
    EventCounts counts;
    for (EventAnswer const& answer : answers) {
        switch (answer.status) {
            case EventStatus::accepted: ++counts.accepted; break;
            case EventStatus::duplicate: ++counts.duplicates; break;
            case EventStatus::late: ++counts.late; break;
            case EventStatus::refused: ++counts.refused; break;
        }
    }
    return counts;
}

PostedEvents post(Call const& call, Transaction& tx, Prepared prepared) {
    PostedEvents posted;
    posted.events = take(tx, prepared.engine, *prepared.batch, *prepared.plan);
    posted.counts = counts_of(posted.events);
    call.note_after(posted.counts);
    return posted;
}

}  // namespace

fields::Table const& table_of(NewEvent const*) {
    static fields::Table const table{
        "NewEvent",
        {field("id", &NewEvent::id, "Your own, unique: sent again, the event is counted once.", length(1, 100),
               pattern(plain_pattern, plain_says)),
         field("name", &NewEvent::name, "What happened; a meter has to listen to it.", length(1, 100),
               pattern(plain_pattern, plain_says)),
         field("subject", &NewEvent::subject, "Your customer's id.", length(1, 100),
               pattern(plain_pattern, plain_says)),
         field("at", &NewEvent::at, "When; at most 35 days ago, 5 minutes ahead. Now when absent."),
         field("properties", &NewEvent::properties, "An object of what meters count and group by; 4 KiB at most.",
               defaulted())}};
    return table;
}

fields::Table const& table_of(EventAnswer const*) {
    static fields::Table const table{
        "EventAnswer",
        {field("id", &EventAnswer::id, "The event's."), field("status", &EventAnswer::status, "What became of it."),
         field("reason", &EventAnswer::reason, "Why it was not taken."),
         field("pointer", &EventAnswer::pointer, "Which part of the request the reason is about.")}};
    return table;
}

void add_intake_routes(web::Routes& routes) {
    routes.add(post_endpoint, prepare, post);
}

}  // namespace mainstay::usage
