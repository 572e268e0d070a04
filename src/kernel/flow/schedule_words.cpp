// A schedule as a sentence. Where a part of a cron line has no plain words, the line speaks for itself.
#include "kernel/flow/schedule_rules.hpp"

#include <bit>
#include <span>

namespace mainstay::flow {
namespace {

constexpr std::string_view month_names[] = {"",     "January", "February",  "March",   "April",    "May",     "June",
                                            "July", "August",  "September", "October", "November", "December"};
constexpr std::string_view weekday_names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
constexpr std::string_view ordinals[] = {"", "first", "second", "third", "fourth", "fifth"};
constexpr int words_max = 4;  // a longer list is easier to read as it was written
constexpr std::uint32_t monday_to_friday = 0b011'1110, every_weekday = 0b111'1111;
constexpr std::uint32_t every_month = 0b1'1111'1111'1110;

std::string join(std::span<std::string const> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

// A sentence for each bit of the set; empty for a set that is too large.
template <class Word>
std::string list(std::uint64_t bits, Word word) {
    std::vector<std::string> words;
    if (std::popcount(bits) > words_max) return {};
    for (; bits != 0; bits &= bits - 1) words.push_back(word(std::countr_zero(bits)));
    return join(words);
}

std::string clock_time(int hour, int minute) {
    auto const two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return two(hour) + ":" + two(minute);
}

std::string every(std::int64_t count, std::string const& unit) {
    return "every " + (count == 1 ? unit : std::to_string(count) + " " + unit + "s");
}

std::string day_with_ending(int day) {
    int const last = day / 10 == 1 ? 0 : day % 10;
    return std::to_string(day) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

// The step of a set that is 0, step, 2 * step, ... below `size`, if it divides it; else 0.
int even_step(std::uint64_t bits, int size) {
    int const step = bits == 1 ? size : std::countr_zero(bits & ~std::uint64_t{1});
    std::uint64_t expected = 0;
    for (int value = 0; value < size; value += step) expected |= std::uint64_t{1} << value;
    return bits == expected && size % step == 0 ? step : 0;
}

// "at 09:00 and 17:00", "every 15 minutes"; empty without plain words.
std::string time_words(CronLine const& line) {
    if (std::popcount(line.minutes) == 1) {
        int const minute = std::countr_zero(line.minutes);
        if (line.is_in_every_hour())
            return minute == 0 ? "every hour" : "every hour at minute " + std::to_string(minute);
        if (int const step = even_step(line.hours, 24); minute == 0 && step > 1 && step < 24 / words_max)
            return every(step, "hour") + " from midnight on";
        auto const times = list(line.hours, [&](int hour) { return clock_time(hour, minute); });
        return times.empty() ? "" : "at " + times;
    }
    int const step = even_step(line.minutes, 60);
    return step > 0 && line.is_in_every_hour() ? every(step, "minute") : "";
}

std::string weekdays_words(CronLine const& line) {
    if (line.nth_weekdays == 0) {
        if (line.weekdays == monday_to_friday) return "every weekday";
        auto const days = list(line.weekdays, [](int day) { return std::string(weekday_names[day]); });
        return days.empty() ? "" : "every " + days;
    }
    if (line.weekdays != 0) return {};
    auto const days = list(line.nth_weekdays, [](int bit) {
        return "the " + std::string(ordinals[bit % 8]) + " " + std::string(weekday_names[bit / 8]);
    });
    return days.empty() ? "" : "on " + days + " of";
}

std::string month_days_words(CronLine const& line) {
    if (line.near_days != 0 || (line.has_last_day && line.has_last_weekday)) return {};
    bool const has_last = line.has_last_day || line.has_last_weekday;
    if (has_last && line.days != 0) return {};
    if (line.has_last_day) return "on the last day of";
    if (line.has_last_weekday) return "on the last weekday of";
    auto const days = list(line.days, [](int day) { return "the " + day_with_ending(day); });
    return days.empty() ? "" : "on " + days + " of";
}

// "every weekday", "on the 1st of every month"; empty without plain words.
std::string day_words(CronLine const& line) {
    auto const months = list(line.months, [](int month) { return std::string(month_names[month]); });
    bool const is_any_month = line.months == every_month;
    if (!is_any_month && months.empty()) return {};
    bool const has_all_days = line.days == 0xFFFF'FFFE;
    bool const has_all_weekdays = line.weekdays == every_weekday;
    // Only a field of `*` leaves the choice to the other alone; a star with a step would narrow it.
    bool const by_weekday = line.is_any_day && has_all_days;
    bool const by_month_day = line.is_any_weekday && has_all_weekdays;
    std::string words;
    if (by_weekday && by_month_day)
        words = "every day";
    else if (by_weekday)
        words = weekdays_words(line);
    else if (by_month_day)
        words = month_days_words(line);
    if (words.empty()) return {};
    if (words.ends_with(" of")) return words + (is_any_month ? " every month" : " " + months);
    return is_any_month ? words : words + " in " + months;
}

std::string words_of(CronLine const& line) {
    auto const time = time_words(line);
    auto const days = day_words(line);
    if (time.empty() || days.empty()) return line.text;
    if (time.starts_with("at ")) return days + " " + time;
    return days == "every day" ? time : time + ", " + days;
}

struct Words {
    std::string operator()(CronSchedule const& schedule) const {
        return words_of(schedule.line) + ", " + schedule.zone.name();
    }

    std::string operator()(IntervalSchedule const& schedule) const {
        std::int64_t const length_s = schedule.every.us / 1'000'000;
        if (length_s % 86'400 == 0) return every(length_s / 86'400, "day");
        if (length_s % 3600 == 0) return every(length_s / 3600, "hour");
        if (length_s % 60 == 0) return every(length_s / 60, "minute");
        return every(length_s, "second");
    }

    std::string operator()(OnceSchedule const& schedule) const { return "once at " + to_rfc3339(schedule.at); }
};

}  // namespace

std::string describe(Schedule const& schedule) {
    return std::visit(Words{}, schedule);
}

}  // namespace mainstay::flow
