// Source: "Date and time literals" and "CAST and CONVERT (Transact-SQL)". Civil days after Howard Hinnant's algorithms.
#include "products/migrate/translate/moment.hpp"

#include "base/text.hpp"

#include <array>
#include <cstdio>
#include <vector>

namespace mainstay::translate {

namespace {

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};

struct Part {
    enum class Kind { number, word, mark } kind;
    std::string_view text;
    int number = 0;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::vector<Part> parts_of(std::string_view text) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < text.size();) {
        auto const begin = i;
        if (is_digit(text[i])) {
            while (i < text.size() && is_digit(text[i])) ++i;
            auto const digits = text.substr(begin, i - begin);
            int number = 0;
            for (char const c : digits.substr(0, 9)) number = number * 10 + (c - '0');
            parts.push_back({Part::Kind::number, digits, number});
        } else if (is_letter(text[i])) {
            while (i < text.size() && is_letter(text[i])) ++i;
            parts.push_back({Part::Kind::word, text.substr(begin, i - begin)});
        } else {
            ++i;
            if (text[begin] != ' ') parts.push_back({Part::Kind::mark, text.substr(begin, 1)});
        }
    }
    return parts;
}

struct Reader {
    std::vector<Part> const& parts;
    std::size_t at = 0;
    Moment moment{};

    bool is_mark(std::size_t ahead, char mark) const {
        return at + ahead < parts.size() && parts[at + ahead].kind == Part::Kind::mark &&
               parts[at + ahead].text[0] == mark;
    }
    bool is_number(std::size_t ahead) const {
        return at + ahead < parts.size() && parts[at + ahead].kind == Part::Kind::number;
    }
    bool is_word(std::size_t ahead) const {
        return at + ahead < parts.size() && parts[at + ahead].kind == Part::Kind::word;
    }
    int number(std::size_t ahead) const { return parts[at + ahead].number; }

    static int month_of(std::string_view word) {
        auto const lower = lower_ascii(word.substr(0, 3));
        for (std::size_t i = 0; i < months.size(); ++i)
            if (months[i] == lower) return static_cast<int>(i) + 1;
        return 0;
    }
    // Two digits follow the server's cutoff of 2049.
    static int full_year(Part const& part) {
        if (part.text.size() > 2) return part.number;
        return part.number < 50 ? 2000 + part.number : 1900 + part.number;
    }

    bool set_date(int year, int month, int day) {
        if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
            return false;
        moment.year = year;
        moment.month = month;
        moment.day = day;
        moment.has_date = true;
        return true;
    }

    bool read_date(DateOrder order) {
        if (is_number(0) && parts[at].text.size() == 8) {
            auto const digits = number(0);
            ++at;
            return set_date(digits / 10000, digits / 100 % 100, digits % 100);
        }
        if (is_word(0) && month_of(parts[at].text) != 0) {  // Jan 31[,] 2024
            auto const month = month_of(parts[at].text);
            if (!is_number(1)) return false;
            auto const day = number(1);
            at += is_mark(2, ',') ? 3 : 2;
            if (!is_number(0)) return false;
            auto const year = full_year(parts[at++]);
            return set_date(year, month, day);
        }
        std::size_t const dash = is_mark(1, '-') ? 1 : 0;
        if (is_number(0) && is_word(1 + dash) && month_of(parts[at + 1 + dash].text) != 0 && is_number(2 + 2 * dash)) {
            auto const day = number(0);
            auto const month = month_of(parts[at + 1 + dash].text);
            auto const year = full_year(parts[at + 2 + 2 * dash]);
            at += 3 + 2 * dash;
            return set_date(year, month, day);
        }
        bool const is_numeric = is_number(0) && is_number(2) && is_number(4) &&
                                (is_mark(1, '-') || is_mark(1, '/') || is_mark(1, '.')) &&
                                parts[at + 1].text == parts[at + 3].text;
        if (!is_numeric) return false;
        auto const first = parts[at];
        auto const second = parts[at + 2];
        auto const third = parts[at + 4];
        at += 5;
        if (first.text.size() == 4 || order == DateOrder::year_month_day)
            return set_date(full_year(first), second.number, third.number);
        if (order == DateOrder::day_month_year) return set_date(full_year(third), second.number, first.number);
        moment.is_ambiguous = true;
        return set_date(full_year(third), first.number, second.number);
    }

    bool read_time() {
        if (!is_number(0)) return false;
        moment.hour = number(0);
        if (is_mark(1, ':') && is_number(2)) {
            moment.minute = number(2);
            at += 3;
            if (is_mark(0, ':') && is_number(1)) {
                moment.second = number(1);
                at += 2;
                if ((is_mark(0, '.') || is_mark(0, ':')) && is_number(1)) {
                    std::string digits(parts[at + 1].text.substr(0, 9));
                    while (digits.size() < 9) digits += '0';
                    moment.nanosecond = std::stoll(digits);
                    at += 2;
                }
            }
        } else if (is_word(1)) {
            ++at;
        } else {
            return false;
        }
        if (is_word(0)) {
            auto const word = lower_ascii(parts[at].text);
            if (word == "am" || word == "pm") {
                if (moment.hour < 1 || moment.hour > 12) return false;
                moment.hour = moment.hour % 12 + (word == "pm" ? 12 : 0);
                ++at;
            }
        }
        moment.has_time = true;
        return moment.hour < 24 && moment.minute < 60 && moment.second < 60;
    }

    bool read_offset() {
        if (at == parts.size()) return true;
        if (is_word(0) && lower_ascii(parts[at].text) == "z" && at + 1 == parts.size()) {
            moment.offset_minutes = 0;
            return true;
        }
        bool const is_minus = is_mark(0, '-');
        if ((!is_minus && !is_mark(0, '+')) || !is_number(1) || !is_mark(2, ':') || !is_number(3)) return false;
        auto const minutes = number(1) * 60 + number(3);
        moment.offset_minutes = is_minus ? -minutes : minutes;
        at += 4;
        return at == parts.size() && minutes <= 14 * 60;
    }
};

std::string formatted(char const* format, int a, int b, int c) {
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, a, b, c);
    return buffer.data();
}

}  // namespace

DateOrder order_of_style(std::int64_t style) {
    switch (style % 100) {
        case 3:
        case 4:
        case 5:
        case 6: return DateOrder::day_month_year;
        case 2:
        case 11:
        case 12: return DateOrder::year_month_day;
        default: return DateOrder::month_day_year;
    }
}

bool is_leap_year(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

std::int64_t days_from_civil(int year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    std::int64_t const era = (year >= 0 ? year : year - 399) / 400;
    auto const year_of_era = static_cast<std::int64_t>(year) - era * 400;
    std::int64_t const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

Moment moment_of_days(std::int64_t days) {
    days += 719468;
    std::int64_t const era = (days >= 0 ? days : days - 146096) / 146097;
    auto const day_of_era = days - era * 146097;
    auto const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    auto const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    auto const shifted = (5 * day_of_year + 2) / 153;
    Moment moment;
    moment.day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1);
    moment.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    moment.year = static_cast<int>(year_of_era + era * 400) + (moment.month <= 2 ? 1 : 0);
    moment.has_date = true;
    return moment;
}

Moment plus_days(Moment const& moment, std::int64_t days) {
    auto shifted = moment_of_days(days_from_civil(moment.year, moment.month, moment.day) + days);
    shifted.hour = moment.hour;
    shifted.minute = moment.minute;
    shifted.second = moment.second;
    shifted.nanosecond = moment.nanosecond;
    shifted.has_time = moment.has_time;
    return shifted;
}

Moment to_the_minute(Moment const& moment) {
    auto const minutes = moment.hour * 60 + moment.minute + (moment.second >= 30 ? 1 : 0);
    auto rounded = plus_days(moment, minutes / 1440);
    rounded.hour = minutes % 1440 / 60;
    rounded.minute = minutes % 60;
    rounded.second = 0;
    rounded.nanosecond = 0;
    return rounded;
}

std::optional<Moment> read_moment(std::string_view text, DateOrder order) {
    auto const parts = parts_of(trim(text));
    Reader reader{parts};
    if (parts.empty()) return reader.moment;
    bool const time_alone = parts.size() > 1 && ((parts[1].kind == Part::Kind::mark && parts[1].text == ":") ||
                                                 (parts.size() == 2 && parts[1].kind == Part::Kind::word));
    if (!time_alone) {
        if (!reader.read_date(order)) return std::nullopt;
        if (reader.at < parts.size() && parts[reader.at].kind == Part::Kind::word &&
            lower_ascii(parts[reader.at].text) == "t")
            ++reader.at;
        if (reader.at == parts.size()) return reader.moment;
    }
    if (!reader.read_time() || !reader.read_offset()) return std::nullopt;
    return reader.moment;
}

std::string date_text(Moment const& moment) {
    return formatted("%04d-%02d-%02d", moment.year, moment.month, moment.day);
}

std::string time_text(Moment const& moment) {
    auto text = formatted("%02d:%02d:%02d", moment.hour, moment.minute, moment.second);
    auto const micros = moment.nanosecond / 1000;
    if (micros == 0) return text;
    auto digits = std::to_string(micros);
    digits.insert(0, 6 - digits.size(), '0');
    while (digits.back() == '0') digits.pop_back();
    return text + '.' + digits;
}

std::string timestamp_text(Moment const& moment) {
    return date_text(moment) + ' ' + time_text(moment);
}

}  // namespace mainstay::translate
