// How items are kept. Within @name@ alone.
#pragma once
#include "@include@/@name@.hpp"

namespace mainstay::@name@ {

void insert_item(Transaction&, Item const&);
std::optional<Item> find_item(Snapshot&, ItemId);
std::vector<Item> list_items(Snapshot&, std::optional<ItemId> after, std::int64_t limit);
void set_status(Transaction&, ItemId, Status);

}  // namespace mainstay::@name@
