#include "kernel/events/events.hpp"

#include "base/random.hpp"

namespace mainstay::events {
namespace {

using fields::field;

// The bits of a UUIDv7 that are time or chance; version and variant stay.
constexpr Uuid counting_bits{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0xFF,
                             0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

constexpr std::size_t counted_bytes = 11;  // of the 16; the rest is chance anew

EventId next_id(Transaction& tx, std::string_view subject) {
    EventId const fresh = EventId::make(tx.now());
    auto const last = tx.maybe_one<EventId>(R"(
        SELECT id FROM events WHERE tenant_id = :tenant AND subject = :subject ORDER BY id DESC LIMIT 1)",
                                            bind("subject", subject));
    return last && fresh <= *last ? successor(*last, random_u64()) : fresh;
}

}  // namespace

fields::Table const& table_of(Event const*) {
    static fields::Table const table{
        "Event",
        {field("id", &Event::id, "Sorts by time; within one subject by order."),
         field("type", &Event::type, "What happened, such as migration.phase_changed."),
         field("subject", &Event::subject, "The id of the object it is about."),
         field("payload", &Event::payload, "The event itself; its members depend on the type."),
         field("created_at", &Event::created_at, "When it happened.")}};
    return table;
}

EventId successor(EventId id, std::uint64_t random) {
    for (std::size_t i = id.uuid.size(); i-- > counted_bytes; random >>= 8)
        id.uuid[i] = static_cast<unsigned char>(random);
    for (std::size_t i = counted_bytes; i-- > 0;) {
        unsigned char const mask = counting_bits[i];
        auto const counted = static_cast<unsigned char>((id.uuid[i] + 1) & mask);
        id.uuid[i] = static_cast<unsigned char>((id.uuid[i] & ~mask) | counted);
        if (counted != 0) break;
    }
    return id;
}

void emit_text(Transaction& tx, std::string_view type, std::string_view subject, std::string payload) {
    if (payload.size() > payload_bytes_max)
        throw std::logic_error("an event of type " + std::string(type) + " is larger than events::payload_bytes_max");
    Event const event{next_id(tx, subject), std::string(type), std::string(subject), {std::move(payload)}, tx.now()};
    tx.execute(R"(
        INSERT INTO events (tenant_id, id, type, subject, payload, created_at)
        VALUES (:tenant, :id, :type, :subject, :payload, :created_at))",
               event);
    tx.react(Emitting{event});
    tx.tell(Emitted{tx.tenant(), event.subject});
}

std::optional<Event> find_next(Snapshot& snapshot, std::string_view type, std::string_view subject, EventId after) {
    return snapshot.maybe_one<Event>(R"(
        SELECT id, type, subject, payload, created_at FROM events
         WHERE tenant_id = :tenant AND subject = :subject AND type = :type AND id > :after
         ORDER BY id LIMIT 1)",
                                     bind("type", type), bind("subject", subject), bind("after", after));
}

std::optional<std::string> next_tenant(Snapshot& snapshot, std::string const& after) {
    return snapshot.maybe_one<std::string>(
        "SELECT tenant_id FROM events WHERE tenant_id > :after ORDER BY tenant_id LIMIT 1", bind("after", after));
}

std::int64_t remove_emitted_before(Transaction& tx, std::string const& tenant, Instant before, std::int64_t at_most) {
    return tx.execute(R"(
        DELETE FROM events
         WHERE tenant_id = :of_tenant AND id IN (
               SELECT id FROM events WHERE tenant_id = :of_tenant AND id < :bound ORDER BY id LIMIT :at_most))",
                      bind("of_tenant", tenant), bind("bound", EventId::first_at(before)), bind("at_most", at_most));
}

std::vector<Event> read_after(Snapshot& snapshot, std::string_view subject, EventId after) {
    std::string const last_read = after.is_set() ? after.to_string() : std::string();
    return snapshot.all<Event>(R"(
        SELECT id, type, subject, payload, created_at FROM events
         WHERE tenant_id = :tenant AND subject = :subject AND id > :after
         ORDER BY id LIMIT :at_most)",
                               bind("subject", subject), bind("after", last_read), bind("at_most", read_at_most));
}

}  // namespace mainstay::events
