// Lists by keyset: no page is counted, and what is made meanwhile moves none. Included by web.hpp.
#pragma once
#include "kernel/fields/fields.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mainstay::web {

// One page of a list by keyset: the next one begins behind next_cursor.
template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next_cursor;
};

inline constexpr std::int64_t page_size_default = 50;
inline constexpr std::int64_t page_size_max = 200;

// Makes a page of up to limit + 1 rows in their order; the one too many only tells that there is more.
template <class T>
Page<T> page_of(std::vector<T> rows, std::int64_t limit) {
    Page<T> page;
    bool const more = rows.size() > static_cast<std::size_t>(limit);
    if (more) rows.resize(static_cast<std::size_t>(limit));
    page.items = std::move(rows);
    if (more) page.next_cursor = page.items.back().id.to_string();
    return page;
}

template <class T>
fields::Table const& table_of(Page<T> const*) {
    static std::string const name = std::string(table_of(static_cast<T const*>(nullptr)).name) + "Page";
    static fields::Table const table{name,
                                     {fields::field("items", &Page<T>::items, "One page, in order."),
                                      fields::field("next_cursor", &Page<T>::next_cursor,
                                                    "Give it as `cursor` for the next page; null at the end.")}};
    return table;
}

template <class In>
fields::Field limit_field(std::int64_t In::*member) {
    return fields::field("limit", member, "Items on a page.", fields::range(std::int64_t{1}, page_size_max),
                         fields::defaulted());
}
template <class In, class IdType>
fields::Field cursor_field(std::optional<IdType> In::*member) {
    return fields::field("cursor", member, "`next_cursor` of the page before.");
}

}  // namespace mainstay::web
