// All SQL of @name@.
#include "@include@/@name@_store.hpp"

namespace mainstay::@name@ {

void insert_item(Transaction& tx, Item const& item) {
    tx.execute(R"(
        INSERT INTO @name@ (tenant_id, id, title, status, created_at)
        VALUES (:tenant, :id, :title, :status, :created_at))",
               item);
}

std::optional<Item> find_item(Snapshot& snapshot, ItemId id) {
    return snapshot.maybe_one<Item>(
        R"(
        SELECT id, title, status, created_at
          FROM @name@
         WHERE tenant_id = :tenant AND id = :id)",
        bind("id", id));
}

std::vector<Item> list_items(Snapshot& snapshot, std::optional<ItemId> after, std::int64_t limit) {
    return snapshot.all<Item>(
        R"(
        SELECT id, title, status, created_at
          FROM @name@
         WHERE tenant_id = :tenant AND id > :after
         ORDER BY id
         LIMIT :limit)",
        bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

void set_status(Transaction& tx, ItemId id, Status status) {
    tx.execute(
        R"(
        UPDATE @name@
           SET status = :status
         WHERE tenant_id = :tenant AND id = :id)",
        bind("status", status), bind("id", id));
}

}  // namespace mainstay::@name@
