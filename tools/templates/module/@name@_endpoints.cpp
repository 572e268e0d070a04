// What the API says about items.
#include "@include@/@name@_store.hpp"

namespace mainstay::@name@ {
namespace {

using fields::field;
using fields::length;

struct CreateItem {
    std::string title;
};
fields::Table const& table_of(CreateItem const*) {
    static fields::Table const table{
        "CreateItem", {field("title", &CreateItem::title, "What people call it.", length(1, title_length_max))}};
    return table;
}

struct ListItems {
    std::int64_t limit = web::page_size_default;
    std::optional<ItemId> cursor;
};
fields::Table const& table_of(ListItems const*) {
    static fields::Table const table{"ListItems",
                                     {web::limit_field(&ListItems::limit), web::cursor_field(&ListItems::cursor)}};
    return table;
}

struct ChangeItem {
    ItemId item_id;
    Status status = Status::open;
};
fields::Table const& table_of(ChangeItem const*) {
    static fields::Table const table{
        "ChangeItem",
        {field("item_id", &ChangeItem::item_id, "Begins with itm_."),
         field("status", &ChangeItem::status, "Open items can be closed, closed ones opened again or archived.")}};
    return table;
}

constexpr web::Endpoint create_endpoint{
    .name = "create_@name@_item",
    .method = web::Method::post,
    .path = "/api/v1/@name@",
    .summary = "Create an item",
    .permission = "@name@.write",
    .success = 201,
};

Item create(Call const&, Transaction& tx, CreateItem input) {
    auto title = clean_title(input.title);
    if (!title)
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/title", "must not be blank"}});
    Item const item{ItemId::make(tx.now()), std::move(*title), Status::open, tx.now()};
    insert_item(tx, item);
    return item;
}

constexpr web::Endpoint list_endpoint{
    .name = "list_@name@_items",
    .method = web::Method::get,
    .path = "/api/v1/@name@",
    .summary = "List items, oldest first",
    .permission = "@name@.read",
};

web::Page<Item> list(Call const&, Snapshot& snapshot, ListItems input) {
    return web::page_of(list_items(snapshot, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint change_endpoint{
    .name = "change_@name@_item",
    .method = web::Method::patch,
    .path = "/api/v1/@name@/{item_id}",
    .summary = "Close, open or archive an item",
    .permission = "@name@.write",
};

Item change(Call const&, Transaction& tx, ChangeItem input) {
    auto item = find_item(tx, input.item_id);
    if (!item) throw Fault(errors::not_found, "There is no such object.");
    if (!may_become(item->status, input.status))
        throw Fault(errors::conflict, "The item is " + std::string(fields::name_of(item->status)) + ".");
    set_status(tx, input.item_id, input.status);
    item->status = input.status;
    return *item;
}

}  // namespace

fields::Table const& table_of(Item const*) {
    static fields::Table const table{
        "@name@_Item",
        {field("id", &Item::id, "Begins with itm_."), field("title", &Item::title, "What people call it."),
         field("status", &Item::status, "What is archived stays so."),
         field("created_at", &Item::created_at, "When it was made.")}};
    return table;
}

void add_routes(web::Routes& routes) {
    routes.add(create_endpoint, create);
    routes.add(list_endpoint, list);
    routes.add(change_endpoint, change);
}

}  // namespace mainstay::@name@
