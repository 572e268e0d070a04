// Which wall times match a cron line.
#include "kernel/flow/cron_rules.hpp"

#include <bit>
#include <chrono>

namespace mainstay::flow {
namespace {

constexpr int last_year = 2100;
constexpr std::int64_t day_s = 86'400;
constexpr unsigned saturday = 6, sunday = 0;

// The weekday nearest to a day, within its month, as a bit.
std::uint32_t nearest_weekday(unsigned day, unsigned length, unsigned first_weekday) {
    unsigned const weekday = (first_weekday + day - 1) % 7;
    std::uint32_t const bit = 1u << day;
    if (weekday == saturday) return day > 1 ? bit >> 1 : bit << 2;
    if (weekday == sunday) return day < length ? bit << 1 : bit >> 2;
    return bit;
}

// The first day from `day` on (days since 1970) that matches.
std::optional<std::int64_t> next_day(CronLine const& line, std::int64_t day) {
    using namespace std::chrono;
    year_month_day const from{sys_days{days{day}}};
    std::uint32_t not_before = ~0u << static_cast<unsigned>(from.day());
    for (auto month = from.year() / from.month(); static_cast<int>(month.year()) <= last_year; month += months{1}) {
        auto const number = static_cast<unsigned>(month.month());
        if ((line.months >> number & 1) != 0) {
            auto const matching = matching_days(line, static_cast<int>(month.year()), number) & not_before;
            if (matching != 0)
                return sys_days{month / std::chrono::day{static_cast<unsigned>(std::countr_zero(matching))}}
                    .time_since_epoch()
                    .count();
        }
        not_before = ~0u;
    }
    return std::nullopt;
}

// The first minute of a day from `minute` on that matches.
std::optional<int> next_minute(CronLine const& line, int minute) {
    if (minute >= 24 * 60) return std::nullopt;
    int const hour = minute / 60;
    if ((line.hours >> hour & 1) != 0)
        if (auto const left = line.minutes >> (minute % 60); left != 0) return minute + std::countr_zero(left);
    auto const later = line.hours & ~0u << hour << 1;
    if (later == 0) return std::nullopt;
    return std::countr_zero(later) * 60 + std::countr_zero(line.minutes);
}

}  // namespace

std::uint32_t matching_days(CronLine const& line, int year, unsigned month) {
    using namespace std::chrono;
    auto const in_month = std::chrono::year{year} / std::chrono::month{month};
    auto const length = static_cast<unsigned>(year_month_day_last{in_month / last}.day());
    unsigned const first_weekday = weekday{sys_days{in_month / 1}}.c_encoding();

    std::uint32_t by_day = line.days;
    if (line.has_last_day) by_day |= 1u << length;
    if (line.has_last_weekday) by_day |= nearest_weekday(length, length, first_weekday);
    std::uint32_t by_weekday = 0;
    for (unsigned day = 1; day <= length; ++day) {
        if ((line.near_days >> day & 1) != 0) by_day |= nearest_weekday(day, length, first_weekday);
        unsigned const weekday = (first_weekday + day - 1) % 7;
        bool const is_nth = (line.nth_weekdays >> (8 * weekday + (day + 6) / 7) & 1) != 0;
        if (is_nth || (line.weekdays >> weekday & 1) != 0) by_weekday |= 1u << day;
    }
    by_day &= ~0u >> (31 - length);
    return line.is_any_day || line.is_any_weekday ? by_day & by_weekday : by_day | by_weekday;
}

std::optional<std::int64_t> next_wall_time(CronLine const& line, std::int64_t wall_s) {
    using namespace std::chrono;
    auto const from = ceil<minutes>(seconds{wall_s});
    auto const today = floor<days>(from);
    auto day = next_day(line, today.count());
    if (day == today.count()) {
        if (auto const found = next_minute(line, static_cast<int>((from - today).count())))
            return *day * day_s + *found * 60;
        day = next_day(line, today.count() + 1);
    }
    if (!day) return std::nullopt;
    return *day * day_s + *next_minute(line, 0) * 60;
}

}  // namespace mainstay::flow
