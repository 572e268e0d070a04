// The library reads the changes that a zone's file lists, which Debian's files do up to 2037. What holds after them
// stands in the file's last line, which the library does not read; here it is.
#include "kernel/flow/time_zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

namespace mainstay::flow {
namespace {

constexpr std::string_view zones_folder = "/usr/share/zoneinfo/";  // where the library of Debian looks, too
constexpr std::streamoff last_line_bytes_max = 256;
constexpr std::int64_t day_s = 86'400;

// Reads a TZ string from left to right; whatever is missing makes it broken for good.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool is_broken() const { return is_broken_; }
    bool is_at_end() const { return rest_.empty(); }

    bool take(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void need(char wanted) {
        if (!take(wanted)) is_broken_ = true;
    }

    void skip_name() {
        bool const is_quoted = take('<');
        std::size_t length = 0;
        while (length < rest_.size() && (is_quoted ? rest_[length] != '>' : is_letter(rest_[length]))) ++length;
        if (length < 3) is_broken_ = true;
        rest_.remove_prefix(length);
        if (is_quoted) need('>');
    }

    int number(int low, int high) {
        int value = 0;
        auto const [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc() || rest_.front() == '-' || value < low || value > high) {
            is_broken_ = true;
            return low;
        }
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }

    // [+-]hh[:mm[:ss]]
    std::int64_t time() {
        bool const is_negative = take('-');
        if (!is_negative) take('+');
        std::int64_t seconds = number(0, 167) * 3600;
        if (take(':')) seconds += number(0, 59) * 60;
        if (take(':')) seconds += number(0, 59);
        return is_negative ? -seconds : seconds;
    }

    YearlyRule::Change change() {
        using By = YearlyRule::Change::By;
        YearlyRule::Change read;
        need(',');
        if (take('M')) {
            read.by = By::month_week_weekday;
            read.month = number(1, 12);
            need('.');
            read.week = number(1, 5);
            need('.');
            read.weekday = number(0, 6);
        } else if (take('J')) {
            read.by = By::day_without_leap;
            read.day = number(1, 365);
        } else {
            read.day = number(0, 365);
        }
        if (take('/')) read.time_s = time();
        return read;
    }

    bool starts_offset() const { return !rest_.empty() && rest_.front() != ','; }

private:
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

    std::string_view rest_;
    bool is_broken_ = false;
};

// The change as the wall clock before it shows it, in seconds since 1970.
std::int64_t wall_second(YearlyRule::Change const& change, std::chrono::year year) {
    using namespace std::chrono;
    sys_days const new_year{year / 1 / 1};
    sys_days day = new_year + days{change.day};
    switch (change.by) {
        case YearlyRule::Change::By::day_of_year: break;
        case YearlyRule::Change::By::day_without_leap:
            day = new_year + days{change.day - (year.is_leap() && change.day >= 60 ? 0 : 1)};
            break;
        case YearlyRule::Change::By::month_week_weekday: {
            auto const in_month = year / month{static_cast<unsigned>(change.month)};
            weekday const wanted{static_cast<unsigned>(change.weekday)};
            day = change.week == 5 ? sys_days{in_month / wanted[last]}
                                   : sys_days{in_month / wanted[static_cast<unsigned>(change.week)]};
            break;
        }
    }
    return day.time_since_epoch().count() * day_s + change.time_s;
}

Stretch by_rule(YearlyRule const& rule, std::int64_t second) {
    using namespace std::chrono;
    struct Event {
        std::int64_t at_s;
        std::int64_t offset_s;
    };
    auto const today = sys_days{days{second / day_s}};
    auto const year_before = year_month_day{today}.year() - years{1};
    std::array<Event, 6> events{};
    for (int i = 0; i < 3; ++i) {
        auto const y = year_before + years{i};
        auto const at = static_cast<std::size_t>(i) * 2;
        events.at(at) = {wall_second(rule.begin, y) - rule.standard_offset_s, rule.summer_offset_s};
        events.at(at + 1) = {wall_second(rule.end, y) - rule.summer_offset_s, rule.standard_offset_s};
    }
    std::ranges::stable_sort(events, {}, &Event::at_s);
    auto const* const next = std::ranges::upper_bound(events, second, {}, &Event::at_s);
    return {(next - 1)->at_s, next->at_s, (next - 1)->offset_s};
}

std::string last_line_of(std::string const& zone_name) {
    std::ifstream file(std::string(zones_folder) + zone_name, std::ios::binary | std::ios::ate);
    std::streamoff const size = file.tellg();
    if (!file || size <= 0) return {};
    std::streamoff const length = std::min(size, last_line_bytes_max);
    std::string tail(static_cast<std::size_t>(length), '\0');
    file.seekg(size - length);
    if (!file.read(tail.data(), length) || !tail.ends_with('\n')) return {};
    tail.pop_back();
    auto const before = tail.rfind('\n');
    return before == std::string::npos ? std::string() : tail.substr(before + 1);
}

date::sys_info info_at(date::time_zone const& zone, std::int64_t second) {
    return zone.get_info(date::sys_seconds(std::chrono::seconds(second)));
}

}  // namespace

std::optional<YearlyRule> parse_yearly_rule(std::string_view text) {
    Reader reader(text);
    YearlyRule rule;
    reader.skip_name();
    rule.standard_offset_s = -reader.time();
    reader.skip_name();
    rule.summer_offset_s = reader.starts_offset() ? -reader.time() : rule.standard_offset_s + 3600;
    rule.begin = reader.change();
    rule.end = reader.change();
    if (reader.is_broken() || !reader.is_at_end()) return std::nullopt;
    return rule;
}

Zone::Zone(date::time_zone const* zone)
    : zone_(zone),
      listed_until_s_(info_at(*zone, schedules_end_s).begin.time_since_epoch().count()),
      rule_(parse_yearly_rule(last_line_of(zone->name()))) {}

std::optional<Zone> Zone::find(std::string_view name) {
    date::get_tzdb();  // throws when there is none, which is not the fault of the name
    if (name == "localtime") return std::nullopt;
    try {
        return Zone(date::locate_zone(name));
    } catch (std::runtime_error const&) {
        return std::nullopt;
    }
}

std::string const& Zone::name() const {
    return zone_->name();
}

Stretch Zone::at(std::int64_t second) const {
    if (rule_ && second >= listed_until_s_) {
        Stretch stretch = by_rule(*rule_, second);
        stretch.begin_s = std::max(stretch.begin_s, listed_until_s_);
        return stretch;
    }
    auto const info = info_at(*zone_, second);
    return {info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(), info.offset.count()};
}

}  // namespace mainstay::flow
