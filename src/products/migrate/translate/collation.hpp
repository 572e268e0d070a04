// What names of collations and of time zones mean.
#pragma once
#include <string_view>

namespace mainstay::translate {

// Latin1_General_CS_AS, Latin1_General_BIN2 and their like.
bool is_case_sensitive_collation(std::string_view);

// The IANA name of a time zone of Windows; empty when it is not known.
std::string_view time_zone_of(std::string_view windows_name);

}  // namespace mainstay::translate
