// All SQL of meters.
#include "platform/usage/meters.hpp"

namespace mainstay::usage {

void insert_meter(Transaction& tx, Meter const& meter) {
    std::int64_t const made = tx.execute(R"(
        INSERT INTO usage_meters (tenant_id, id, name, event_name, aggregation, property, group_by, unit, is_billable,
                                  created_at)
        VALUES (:tenant, :id, :name, :event_name, :aggregation, :property, :group_by, :unit, :is_billable, :created_at)
        ON CONFLICT (tenant_id, name) DO NOTHING)",
                                         meter);
    if (made == 0) throw Fault(errors::conflict, "There is a meter of this name.");
}

std::optional<Meter> find_meter(Snapshot& snapshot, MeterId id) {
    return snapshot.maybe_one<Meter>(R"(
        SELECT id, name, event_name, aggregation, property, group_by, unit, is_billable, created_at
          FROM usage_meters
         WHERE tenant_id = :tenant AND id = :id)",
                                     bind("id", id));
}

std::vector<Meter> list_meters(Snapshot& snapshot, std::optional<MeterId> after, std::int64_t limit) {
    return snapshot.all<Meter>(R"(
        SELECT id, name, event_name, aggregation, property, group_by, unit, is_billable, created_at
          FROM usage_meters
         WHERE tenant_id = :tenant AND id > :after
         ORDER BY id
         LIMIT :limit)",
                               bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

std::int64_t count_meters(Snapshot& snapshot, std::int64_t at_most) {
    return snapshot.one<std::int64_t>(R"(
        SELECT count(*) AS meters
          FROM (SELECT id FROM usage_meters WHERE tenant_id = :tenant LIMIT :at_most) AS found)",
                                      bind("at_most", at_most));
}

void update_meter(Transaction& tx, Meter const& meter) {
    std::int64_t const changed = tx.execute(R"(
        UPDATE usage_meters SET name = :name, unit = :unit, is_billable = :is_billable
         WHERE tenant_id = :tenant AND id = :id
           AND NOT EXISTS (SELECT 1 FROM usage_meters other
                            WHERE other.tenant_id = :tenant AND other.name = :name AND other.id <> :id))",
                                            meter);
    if (changed == 0) throw Fault(errors::conflict, "There is a meter of this name.");
}

void delete_meter(Transaction& tx, MeterId id) {
    tx.execute("DELETE FROM usage_meters WHERE tenant_id = :tenant AND id = :id", bind("id", id));
}

void begin_change_of_meters(Transaction& tx) {
    tx.execute(R"(
        INSERT INTO usage_books (tenant_id, meters_number) VALUES (:tenant, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET meters_number = usage_books.meters_number + 1)");
}

std::int64_t meters_number(Snapshot& snapshot) {
    return snapshot.maybe_one<std::int64_t>("SELECT meters_number FROM usage_books WHERE tenant_id = :tenant")
        .value_or(0);
}

std::int64_t hold_meters(Transaction& tx) {
    return tx
        .maybe_one<std::int64_t>(Sql("SELECT meters_number FROM usage_books WHERE tenant_id = :tenant",
                                     "SELECT meters_number FROM usage_books WHERE tenant_id = :tenant FOR SHARE"))
        .value_or(0);
}

}  // namespace mainstay::usage
