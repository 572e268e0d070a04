// All SQL of administration.
#include "platform/admin/stock_store.hpp"

namespace mainstay::admin {

using fields::field;

fields::Table const& table_of(KeptStock const*) {
    static fields::Table const table{
        "KeptStock",
        {field("counted_at", &KeptStock::counted_at, ""), field("took_us", &KeptStock::took_us, ""),
         field("stock", &KeptStock::stock, "")}};
    return table;
}

std::optional<KeptStock> find_stock(Snapshot& snapshot) {
    return snapshot.maybe_one<KeptStock>("SELECT counted_at, took_us, stock FROM admin_stock WHERE id = 'stock'");
}

void keep_stock(Transaction& tx, KeptStock const& kept) {
    tx.execute(R"(
        INSERT INTO admin_stock (id, counted_at, took_us, stock) VALUES ('stock', :counted_at, :took_us, :stock)
        ON CONFLICT (id) DO UPDATE SET counted_at = excluded.counted_at, took_us = excluded.took_us,
                                       stock = excluded.stock)",
               kept);
}

}  // namespace mainstay::admin
