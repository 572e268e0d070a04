// The styles of CONVERT for dates and times, as formats of strftime.
#pragma once
#include "products/migrate/translate/value.hpp"

namespace mainstay::translate {

struct StyledDate {
    std::string text;
    bool is_single = true;  // one call; else parts joined by ||
    bool names_months = false;
    std::int64_t length = -1;
};

std::int64_t default_style(Family);  // 0 for datetime and smalldatetime, 121 for the newer types

// Nothing for a style that is not known for the type.
std::optional<StyledDate> date_in_style(Value const&, std::int64_t style);

// For reading: the format of strptime. Empty for a style that is not known.
std::string_view reading_format(std::int64_t style);

}  // namespace mainstay::translate
