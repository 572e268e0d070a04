// Zones of the IANA time zone database as this machine has it (Debian's package tzdata): which offset from UTC holds
// when, until the end of 2100. Within flow alone.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace mainstay::flow {

inline constexpr std::size_t zone_name_length_max = 64;

// The first second that no schedule reaches: 2101-01-01T00:00:00Z.
inline constexpr std::int64_t schedules_end_s = 4'133'980'800;

// Summer time as a zone keeps it every year: a TZ string of POSIX, with the hours that RFC 9636 section 3.3.2 adds.
struct YearlyRule {
    struct Change {
        enum class By : unsigned char { month_week_weekday, day_without_leap, day_of_year } by = By::day_of_year;
        int month = 1, week = 1, weekday = 0;  // the fifth week is the last; 0 is Sunday
        int day = 0;                           // from 1 without leap days, from 0 with them
        std::int64_t time_s = 7200;            // of the wall clock before the change, from midnight
    };
    std::int64_t standard_offset_s = 0;
    std::int64_t summer_offset_s = 0;
    Change begin, end;
};

// Nothing for a text that has no summer time or that is no such string.
std::optional<YearlyRule> parse_yearly_rule(std::string_view);

// What an offset holds for, in seconds since 1970 UTC: from begin_s up to, not including, end_s.
struct Stretch {
    std::int64_t begin_s = 0;
    std::int64_t end_s = 0;
    std::int64_t offset_s = 0;  // to be added to UTC
};

class Zone {
public:
    // Nothing when the database has no zone of exactly this name. "localtime" is none: it differs by machine. Throws
    // std::runtime_error when there is no database.
    static std::optional<Zone> find(std::string_view name);

    std::string const& name() const;
    Stretch at(std::int64_t second) const;

private:
    explicit Zone(date::time_zone const*);

    date::time_zone const* zone_;  // the library keeps it until the process ends
    std::int64_t listed_until_s_;  // the last change that the library knows
    std::optional<YearlyRule> rule_;
};

}  // namespace mainstay::flow
