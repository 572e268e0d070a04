// Events: what happened, written as an ordered row in the transaction that made it happen. Live pages, webhooks and
// other modules read the table; wake-ups only hurry them.
#pragma once
#include "kernel/storage/storage.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::events {

using EventId = Id<"evt">;

struct Event {
    EventId id;           // sorts by time; within one subject by order
    std::string type;     // "migration.phase_changed"
    std::string subject;  // the id of the object it is about
    JsonText payload;
    Instant created_at;
};
fields::Table const& table_of(Event const*);

// What a committed event tells listeners of this process (Database::signals), so that a live page reads at once.
struct Emitted {
    TenantId tenant;
    std::string subject;
};

// What reactions hear within the transaction that emits (Transaction::react).
struct Emitting {
    Event const& event;
};

inline constexpr std::size_t payload_bytes_max = 64u << 10;

// A type of event: a described struct with `static constexpr std::string_view event_type`. Within one subject the ids
// follow the order of the commits, whatever the clocks of the nodes say.
void emit_text(Transaction&, std::string_view type, std::string_view subject, std::string payload);

template <class Payload>
void emit(Transaction& tx, std::string_view subject, Payload const& payload) {
    emit_text(tx, Payload::event_type, subject, fields::to_json(payload));
}

inline constexpr std::int64_t read_at_most = 500;

// The first event of the type about the subject behind `after`.
std::optional<Event> find_next(Snapshot&, std::string_view type, std::string_view subject, EventId after);

// Events of one subject behind `after` (unset: from the first), in order, at most read_at_most.
std::vector<Event> read_after(Snapshot&, std::string_view subject, EventId after);

// In system scope, for whoever removes old ones: the tenant behind `after` (empty: the first) that has events, and the
// removal of its first ones, of those emitted before `before`, at most so many. Gives the number removed.
std::optional<std::string> next_tenant(Snapshot& system, std::string const& after);
std::int64_t remove_emitted_before(Transaction& system, std::string const& tenant, Instant before,
                                   std::int64_t at_most);

// An id behind another of the same subject. Its end is chance: two transactions that both follow the same one meet in
// what they have read, and one runs again, instead of meeting in the key, which would end it.
EventId successor(EventId, std::uint64_t random);

std::span<Migration const> migrations();

}  // namespace mainstay::events
