// Values that follow from the script alone: what stands in VALUES and in defaults, worked out without a server.
#pragma once
#include "products/migrate/translate/moment.hpp"
#include "products/migrate/translate/translate.hpp"
#include "products/migrate/translate/types.hpp"

#include <map>

namespace mainstay::translate {

// An exact number: units of 10^-scale.
struct Exact {
    __int128 units = 0;
    int scale = 0;
};

struct Constant {
    enum class Kind : std::uint8_t { null, text, exact, real, binary, moment } kind = Kind::null;
    std::string text;  // of a text; the hexadecimal digits of a binary value; a floating-point number as written
    Exact exact{};
    Moment moment{};
};

// What a row may ask for besides its own values.
struct ConstantSource {
    catalog::Database const& database;
    Moment now;
    std::uint64_t row = 0;                          // for NEWID()
    std::map<std::string, std::int64_t> sequences;  // the next value of each
};

// Nothing for an expression that only a server can work out.
std::optional<Constant> evaluate(tsql::Expression const*, ConstantSource&);

// The value as DuckDB casts it to the column's type; nothing when it is no value of that type.
struct CellResult {
    bool is_valid = false;
    Cell cell;
};
CellResult cell_of(Constant const&, catalog::Type const&);

std::string to_string(Exact const&);
std::optional<Exact> read_exact(std::string_view);
Exact rounded(Exact, int scale);  // half away from zero

}  // namespace mainstay::translate
