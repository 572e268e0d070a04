// All SQL of events, and what is done with a batch in its transaction.
#include "platform/usage/intake.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

// As in add(): row by row on SQLite, all at once on PostgreSQL.
constexpr Sql insert_statement(R"(
    INSERT INTO usage_events (tenant_id, id, name, subject, at, received_at, properties)
    VALUES (:tenant, :id, :name, :subject, :at, :received_at, :properties)
    ON CONFLICT (tenant_id, id) DO NOTHING)",
                               R"(
    INSERT INTO usage_events (tenant_id, id, name, subject, at, received_at, properties)
    SELECT :tenant, given.id, given.name, given.subject, given.at, :received_at, given.properties
      FROM json_to_recordset(CAST(:rows AS json))
           AS given (id TEXT, name TEXT, subject TEXT, at BIGINT, properties TEXT)
    ON CONFLICT (tenant_id, id) DO NOTHING
 RETURNING id)");

// Those whose ids are known already: the same again, or another event under the id.
void answer_known(Transaction& tx, Batch const& batch, std::vector<std::string> fresh,
                  std::vector<EventAnswer>& answers) {
    std::sort(fresh.begin(), fresh.end());
    std::vector<std::string> known_ids;
    for (EventAnswer const& answer : answers)
        if (answer.status == EventStatus::accepted && !std::binary_search(fresh.begin(), fresh.end(), answer.id))
            known_ids.push_back(answer.id);
    auto const known = find_events(tx, known_ids);
    std::sort(known_ids.begin(), known_ids.end());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EventAnswer& answer = answers[i];
        if (answer.status != EventStatus::accepted ||
            !std::binary_search(known_ids.begin(), known_ids.end(), answer.id))
            continue;
        auto const stored =
            std::find_if(known.begin(), known.end(), [&](StoredEvent const& one) { return one.id == answer.id; });
        if (stored == known.end()) throw Fault(errors::busy, "An event of the batch is just being removed.");
        if (is_same(batch.events[i], *stored))
            answer.status = EventStatus::duplicate;
        else
            answer = {answer.id, EventStatus::refused, Reason::conflict, "/events/" + std::to_string(i) + "/id"};
    }
}

}  // namespace

std::vector<EventAnswer> take(Transaction& tx, Database::Engine engine, Batch const& batch, Plan const& made_before) {
    std::int64_t const number = hold_meters(tx);
    std::optional<Plan> made_anew;
    if (number != made_before.meters_number)
        made_anew = plan_of(batch, number, list_meters(tx, std::nullopt, meters_max));
    Plan const& plan = made_anew ? *made_anew : made_before;
    if (plan.rows.empty()) return plan.answers;
    auto fresh = insert_events(tx, engine, plan.rows, batch.now);
    if (fresh.size() == plan.rows.size()) {
        add(tx, engine, plan.tallies);
        return plan.answers;
    }
    Plan rest = plan;
    answer_known(tx, batch, std::move(fresh), rest.answers);
    add(tx, engine, tallies_of(batch, rest));
    return rest.answers;
}

fields::Table const& table_of(StoredEvent const*) {
    using fields::field;
    static fields::Table const table{"StoredUsageEvent",
                                     {field("id", &StoredEvent::id, ""), field("name", &StoredEvent::name, ""),
                                      field("subject", &StoredEvent::subject, ""), field("at", &StoredEvent::at, ""),
                                      field("properties", &StoredEvent::properties, "")}};
    return table;
}

fields::Table const& table_of(EventRow const*) {
    using fields::field;
    static fields::Table const table{
        "UsageEventRow",
        {field("id", &EventRow::id, ""), field("name", &EventRow::name, ""), field("subject", &EventRow::subject, ""),
         field("at", &EventRow::at, ""), field("properties", &EventRow::properties, "")}};
    return table;
}

std::vector<std::string> insert_events(Transaction& tx, Database::Engine engine, std::vector<EventRow> const& rows,
                                       Instant received_at) {
    if (engine == Database::Engine::postgres)
        return tx.all<std::string>(insert_statement, bind("rows", fields::to_json(rows)),
                                   bind("received_at", received_at));
    std::vector<std::string> fresh;
    for (EventRow const& row : rows)
        if (tx.execute(insert_statement, row, bind("received_at", received_at)) == 1) fresh.push_back(row.id);
    return fresh;
}

std::vector<StoredEvent> find_events(Snapshot& snapshot, std::vector<std::string> const& ids) {
    return snapshot.all<StoredEvent>(Sql(R"(
        SELECT id, name, subject, at, properties FROM usage_events
         WHERE tenant_id = :tenant AND id IN (SELECT value FROM json_each(:ids)))",
                                         R"(
        SELECT id, name, subject, at, properties FROM usage_events
         WHERE tenant_id = :tenant AND id = ANY (ARRAY(SELECT json_array_elements_text(CAST(:ids AS json)))))"),
                                     bind("ids", fields::to_json(ids)));
}

std::int64_t remove_events_received_before(Transaction& tx, Instant before, std::int64_t at_most) {
    return tx.execute(R"(
        DELETE FROM usage_events
         WHERE tenant_id = :tenant AND id IN (
               SELECT id FROM usage_events WHERE tenant_id = :tenant AND received_at < :before
                ORDER BY received_at LIMIT :at_most))",
                      bind("before", before), bind("at_most", at_most));
}

}  // namespace mainstay::usage
