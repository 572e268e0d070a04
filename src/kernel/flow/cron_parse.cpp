// Reading a cron line; a refusal says what is wrong with every part of it.
#include "base/text.hpp"
#include "kernel/flow/cron_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace mainstay::flow {
namespace {

constexpr std::size_t shown_length_max = 20;  // of a part that a fault quotes

constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekday_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct FieldRule {
    std::string_view name;
    int low;
    int high;  // of a value
    int last;  // of `*`
    std::string_view allowed;
    std::span<std::string_view const> names;  // of low, low + 1, ...
};
constexpr FieldRule minute_rule{"minute", 0, 59, 59, "0 to 59", {}};
constexpr FieldRule hour_rule{"hour", 0, 23, 23, "0 to 23", {}};
constexpr FieldRule day_rule{"day-of-month", 1, 31, 31, "1 to 31", {}};
constexpr FieldRule month_rule{"month", 1, 12, 12, "1 to 12 or jan to dec", month_names};
constexpr FieldRule weekday_rule{"day-of-week", 0, 7, 6, "0 to 7 (0 and 7 are Sunday) or sun to sat", weekday_names};

struct Macro {
    std::string_view name;
    std::string_view line;
};
constexpr Macro macros[] = {
    {"@hourly", "0 * * * *"},  {"@daily", "0 0 * * *"},  {"@midnight", "0 0 * * *"}, {"@weekly", "0 0 * * 0"},
    {"@monthly", "0 0 1 * *"}, {"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"},
};

// Whatever it holds, the text can stand in a message.
std::string quoted(std::string_view part) {
    std::string shown = "'";
    for (char const c : part.substr(0, shown_length_max)) shown += c >= ' ' && c <= '~' ? c : '?';
    return shown + (part.size() > shown_length_max ? "...'" : "'");
}

std::vector<std::string_view> words_of(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    std::vector<std::string_view> words;
    for (auto at = text.find_first_not_of(blanks); at != std::string_view::npos;
         at = text.find_first_not_of(blanks, at)) {
        auto const end = std::min(text.find_first_of(blanks, at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::optional<int> number_of(std::string_view text) {
    int value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const is_number = error == std::errc() && end == text.data() + text.size() && text.front() != '-';
    return is_number ? std::optional(value) : std::nullopt;
}

// Reads one field; adds what matches to the line and what is wrong to the faults.
class FieldReader {
public:
    FieldReader(FieldRule const& rule, CronLine& line, std::vector<std::string>& faults)
        : rule_(rule), line_(line), faults_(faults) {}

    std::uint64_t read(std::string_view field) {
        for (auto const item : split(field, ',')) read_item(item);
        return bits_;
    }

private:
    void read_item(std::string_view item) {
        if (item.empty()) return refuse(item, "is empty; each item of the list must be " + allowed());
        if (&rule_ == &day_rule && read_special_day(item)) return;
        if (&rule_ == &weekday_rule && read_nth_weekday(item)) return;
        auto const slash = item.find('/');
        auto const range = item.substr(0, slash);
        int first = rule_.low, end = rule_.last, step = 1;
        if (slash != std::string_view::npos) {
            int const step_max = rule_.last - rule_.low;
            step = number_of(item.substr(slash + 1)).value_or(0);
            if (step < 1 || step > step_max)
                return refuse(item, "must have a step from 1 to " + std::to_string(step_max));
        }
        if (range != "*") {
            auto const dash = range.find('-');
            auto const low = value_of(range.substr(0, dash), item);
            if (!low) return;
            first = end = *low;
            if (dash != std::string_view::npos) {
                auto const high = value_of(range.substr(dash + 1), item);
                if (!high) return;
                // Sunday ends a range as 7: fri-sun.
                end = &rule_ == &weekday_rule && *high == 0 && first > 0 ? 7 : *high;
                if (end < first) return refuse(item, "runs backwards; split it in two ranges, each " + allowed());
            } else if (slash != std::string_view::npos) {
                return refuse(item, "has a step without a range; write " + std::to_string(first) + "-" +
                                        std::to_string(rule_.last) + "/" + std::to_string(step) + " (" + allowed() +
                                        ")");
            }
        }
        for (int value = first; value <= end; value += step)
            bits_ |= std::uint64_t{1} << (&rule_ == &weekday_rule ? value % 7 : value);
    }

    // L, LW, 15W
    bool read_special_day(std::string_view item) {
        if (equals_ignoring_case(item, "L")) return line_.has_last_day = true;
        if (equals_ignoring_case(item, "LW")) return line_.has_last_weekday = true;
        if (item.size() < 2 || (item.back() != 'W' && item.back() != 'w')) return false;
        auto const day = number_of(item.substr(0, item.size() - 1));
        if (day && *day >= rule_.low && *day <= rule_.high)
            line_.near_days |= 1u << *day;
        else
            refuse(item, "must have one day from 1 to 31, or L, before its W");
        return true;
    }

    // mon#1
    bool read_nth_weekday(std::string_view item) {
        auto const hash = item.find('#');
        if (hash == std::string_view::npos) return false;
        auto const weekday = value_of(item.substr(0, hash), item);
        if (!weekday) return true;
        int const nth = number_of(item.substr(hash + 1)).value_or(0);
        if (nth >= 1 && nth <= 5)
            line_.nth_weekdays |= std::uint64_t{1} << (8 * (*weekday % 7) + nth);
        else
            refuse(item, "must have a number from 1 to 5 behind its #, the week of the month");
        return true;
    }

    std::optional<int> value_of(std::string_view text, std::string_view item) {
        auto const name =
            std::ranges::find_if(rule_.names, [&](auto each) { return equals_ignoring_case(each, text); });
        if (name != rule_.names.end()) return rule_.low + static_cast<int>(name - rule_.names.begin());
        auto const number = number_of(text);
        if (number && *number >= rule_.low && *number <= rule_.high) return number;
        if (text == "?")
            refuse(item, "must be " + allowed() + ", or * for any");
        else if (text.find_first_of("Ll") != std::string_view::npos)
            refuse(item, "must be " + allowed() + "; L stands alone, or in LW, and in day-of-month");
        else
            refuse(item, "must be " + allowed());
        return std::nullopt;
    }

    std::string allowed() const { return "from " + std::string(rule_.allowed); }

    void refuse(std::string_view item, std::string const& why) {
        faults_.push_back("has " + std::string(rule_.name) + " " + quoted(item) + ", which " + why);
    }

    FieldRule const& rule_;
    CronLine& line_;
    std::vector<std::string>& faults_;
    std::uint64_t bits_ = 0;
};

std::string wrong_count(std::size_t count) {
    std::string text = "has " + std::to_string(count) + (count == 1 ? " field" : " fields") +
                       ", must have 5: minute (0 to 59), hour (0 to 23), day-of-month (1 to 31), month (1 to 12), "
                       "day-of-week (0 to 7)";
    if (count == 6 || count == 7) text += "; there are no seconds and no years";
    return text;
}

}  // namespace

CronReading parse_cron(std::string_view text) {
    if (text.size() > cron_line_length_max)
        return {{}, {"must be at most " + std::to_string(cron_line_length_max) + " characters long"}};
    auto words = words_of(text);
    CronReading reading;
    CronLine line;
    for (auto const word : words) line.text += (line.text.empty() ? "" : " ") + std::string(word);
    if (words.size() == 1 && words[0].front() == '@') {
        auto const* const macro =
            std::ranges::find_if(macros, [&](auto const& each) { return equals_ignoring_case(each.name, words[0]); });
        if (macro == std::end(macros))
            return {{},
                    {"is " + quoted(words[0]) +
                     ", must be one of @hourly, @daily, @midnight, @weekly, @monthly, "
                     "@yearly, @annually, or have 5 fields"}};
        words = words_of(macro->line);
    }
    if (words.size() != 5) return {{}, {wrong_count(words.size())}};

    auto const read = [&](FieldRule const& rule, std::size_t at) {
        return FieldReader(rule, line, reading.faults).read(words[at]);
    };
    line.minutes = read(minute_rule, 0);
    line.hours = static_cast<std::uint32_t>(read(hour_rule, 1));
    line.days = static_cast<std::uint32_t>(read(day_rule, 2));
    line.months = static_cast<std::uint32_t>(read(month_rule, 3));
    line.weekdays = static_cast<std::uint32_t>(read(weekday_rule, 4));
    line.is_any_day = words[2].starts_with('*');
    line.is_any_weekday = words[4].starts_with('*');
    if (reading.faults.empty() && !next_wall_time(line, 0))
        reading.faults.emplace_back("never occurs: no month of it has a day-of-month " + quoted(words[2]) +
                                    " that goes with day-of-week " + quoted(words[4]));
    if (reading.faults.empty()) reading.line = std::move(line);
    return reading;
}

}  // namespace mainstay::flow
