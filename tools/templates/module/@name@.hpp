// The module @name@, as others may use it: items of a tenant, which are open, closed or archived.
#pragma once
#include "kernel/web/web.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::@name@ {

using ItemId = Id<"itm">;

enum class Status { open, closed, archived };
BOOST_DESCRIBE_ENUM(Status, open, closed, archived)

struct Item {
    ItemId id;
    std::string title;
    Status status = Status::open;
    Instant created_at;
};
fields::Table const& table_of(Item const*);

// Code points, as people count letters.
inline constexpr std::size_t title_length_max = 200;

// The title as it is kept: without white space around it. Nothing when that leaves none.
std::optional<std::string> clean_title(std::string_view);

// Whether an item may go from one status to another; what is archived stays so.
bool may_become(Status from, Status to);

void add_routes(web::Routes&);
std::span<Migration const> migrations();

}  // namespace mainstay::@name@
