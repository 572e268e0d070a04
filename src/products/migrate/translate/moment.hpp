// Dates and times that are written as text, as SQL Server reads them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay::translate {

struct Moment {
    int year = 1900;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::int64_t nanosecond = 0;
    bool has_date = false;
    bool has_time = false;
    std::optional<int> offset_minutes;
    bool is_ambiguous = false;  // read as month/day/year
};

enum class DateOrder : std::uint8_t { month_day_year, day_month_year, year_month_day };

// The order in which a style of CONVERT writes the parts of a date.
DateOrder order_of_style(std::int64_t style);

// ISO 8601, yyyymmdd, numbers with / - or ., names of English months; a time alone is of 1900-01-01, as is the empty
// text. Nothing for what is no date.
std::optional<Moment> read_moment(std::string_view, DateOrder = DateOrder::month_day_year);

bool is_leap_year(int year);
int days_in_month(int year, int month);
std::int64_t days_from_civil(int year, int month, int day);  // since 1970-01-01
Moment moment_of_days(std::int64_t days);
Moment plus_days(Moment const&, std::int64_t days);  // at the same time of day
Moment to_the_minute(Moment const&);                 // as smalldatetime rounds: up from 30 seconds on

// 2024-01-31, 2024-01-31 10:00:00.5, 10:00:00; at most six digits of a second, rounded.
std::string date_text(Moment const&);
std::string time_text(Moment const&);
std::string timestamp_text(Moment const&);

}  // namespace mainstay::translate
