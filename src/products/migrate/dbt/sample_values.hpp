// Values for generated rows: of a column's type, within what its checks say of it alone, and among them the edges where
// engines differ. The same seed gives the same values.
#pragma once
#include "products/migrate/translate/translate.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::dbt {

class Chance {
public:
    Chance(std::uint64_t seed, std::string_view name);
    std::uint64_t next();
    std::uint64_t below(std::uint64_t limit) { return limit == 0 ? 0 : next() % limit; }
    bool one_in(std::uint64_t n) { return below(n) == 0; }

private:
    std::uint64_t state_;
};

// What checks say of one column. A value that fits may still break a check over several columns.
struct Hints {
    std::vector<std::string> allowed;
    std::vector<std::string> patterns;  // of LIKE
    std::optional<std::string> low, high;
    bool is_low_open = false, is_high_open = false;
    bool is_json = false;
};

struct Order {  // greater >= lesser, or > where strict
    std::string greater, lesser;
    bool is_strict = false;
};

struct TableHints {
    std::map<std::string, Hints, catalog::NameLess> columns;
    std::vector<Order> orders;
};
TableHints hints_of(catalog::Table const&);

// Names of columns that a view, a computed column or a check reads as JSON: any other text there breaks what reads it.
std::set<std::string, catalog::NameLess> json_columns(catalog::Database const&);

// `serial` counts the rows of a table: two serials give two values wherever the type has room (`is_key`).
std::string sample_value(catalog::Column const&, Hints const&, std::uint64_t serial, bool is_key, Chance&);

// A value behind another one of a number or moment: by one, or by a day.
std::optional<std::string> value_after(catalog::Type const&, std::string const& value, bool is_strict);
bool is_less(catalog::Type const&, std::string const& a, std::string const& b);

}  // namespace mainstay::dbt
