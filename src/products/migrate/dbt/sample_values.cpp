// One value at a time, by type.
#include "products/migrate/dbt/sample_values.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace mainstay::dbt {
namespace {

enum class Shape { integer, decimal, real, bit, date, time, moment, moment_with_zone, text, bytes, uuid, other };

Shape shape_of(catalog::Type const& type) {
    static std::map<std::string, Shape, std::less<>> const shapes{{"tinyint", Shape::integer},
                                                                  {"smallint", Shape::integer},
                                                                  {"int", Shape::integer},
                                                                  {"bigint", Shape::integer},
                                                                  {"decimal", Shape::decimal},
                                                                  {"numeric", Shape::decimal},
                                                                  {"money", Shape::decimal},
                                                                  {"smallmoney", Shape::decimal},
                                                                  {"float", Shape::real},
                                                                  {"real", Shape::real},
                                                                  {"bit", Shape::bit},
                                                                  {"date", Shape::date},
                                                                  {"time", Shape::time},
                                                                  {"datetime", Shape::moment},
                                                                  {"datetime2", Shape::moment},
                                                                  {"smalldatetime", Shape::moment},
                                                                  {"datetimeoffset", Shape::moment_with_zone},
                                                                  {"char", Shape::text},
                                                                  {"varchar", Shape::text},
                                                                  {"nchar", Shape::text},
                                                                  {"nvarchar", Shape::text},
                                                                  {"text", Shape::text},
                                                                  {"ntext", Shape::text},
                                                                  {"binary", Shape::bytes},
                                                                  {"varbinary", Shape::bytes},
                                                                  {"image", Shape::bytes},
                                                                  {"rowversion", Shape::bytes},
                                                                  {"timestamp", Shape::bytes},
                                                                  {"uniqueidentifier", Shape::uuid}};
    auto const found = shapes.find(type.name);
    return found == shapes.end() ? Shape::other : found->second;
}

std::string formatted(char const* format, auto... values) {
    std::array<char, 96> room{};
    std::snprintf(room.data(), room.size(), format, values...);
    return room.data();
}

std::optional<double> number_of(std::string const& text) {
    double value = 0;
    auto const result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() ? std::optional(value) : std::nullopt;
}

std::chrono::sys_days first_day() {
    return std::chrono::year(2023) / 1 / 31;
}

std::string day_text(std::chrono::sys_days day) {
    std::chrono::year_month_day const date(day);
    return formatted("%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// "2020-01-31" or "20200131" at the beginning of a text.
std::optional<std::chrono::sys_days> day_of(std::string const& text) {
    int year = 0;
    unsigned month = 0, day = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3 &&
        std::sscanf(text.c_str(), "%4d%2u%2u", &year, &month, &day) != 3)
        return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

struct Range {
    double low, high;
};

Range range_of(catalog::Type const& type) {
    if (type.name == "tinyint") return {0, 255};
    if (type.name == "smallint") return {-32768, 32767};
    if (type.name == "smallmoney") return {-214748, 214748};
    if (type.name == "decimal" || type.name == "numeric") {
        double const whole =
            std::pow(10.0, static_cast<double>(std::clamp<std::int64_t>(type.precision - type.scale, 0, 9)));
        return {-whole + 1, whole - 1};
    }
    return {-2147483648.0, 2147483647.0};
}

// Numbers between the bounds, their edges and zero among them.
double sample_number(catalog::Type const& type, Hints const& hints, std::uint64_t serial, bool is_key, double step,
                     Chance& chance) {
    auto range = range_of(type);
    bool const has_low = hints.low && number_of(*hints.low), has_high = hints.high && number_of(*hints.high);
    if (has_low) range.low = std::max(range.low, *number_of(*hints.low) + (hints.is_low_open ? step : 0));
    if (has_high) range.high = std::min(range.high, *number_of(*hints.high) - (hints.is_high_open ? step : 0));
    auto const within = [&](double value) { return std::clamp(value, range.low, std::max(range.low, range.high)); };
    if (is_key) return within(std::max(range.low, 1.0) + static_cast<double>(serial));
    if (has_low && chance.one_in(5)) return range.low;
    if (has_high && chance.one_in(5)) return range.high;
    static constexpr std::array<double, 8> usual = {1, 2, 3, 5, 10, 25, 100, 0};
    if (has_low && !has_high) return within(range.low + usual[chance.below(usual.size())]);
    if (has_high && has_low)
        return within(range.low +
                      std::floor(static_cast<double>(chance.below(1000)) / 1000.0 * (range.high - range.low)));
    if (chance.one_in(8)) return within(-static_cast<double>(chance.below(50)) - 1);
    return within(usual[chance.below(usual.size())]);
}

std::string sample_decimal(catalog::Type const& type, Hints const& hints, std::uint64_t serial, bool is_key,
                           Chance& chance) {
    bool const is_money = type.name == "money" || type.name == "smallmoney";
    int const scale = static_cast<int>(std::clamp<std::int64_t>(is_money ? 4 : type.scale, 0, 9));
    double const step = std::pow(10.0, -scale);
    double value = sample_number(type, hints, serial, is_key, step, chance);
    if (!is_key && scale > 0 && chance.one_in(2)) {
        double const more = value + 0.5 * (scale > 1 ? 0.98 : 1.0);
        bool const fits = !hints.high || !number_of(*hints.high) || more < *number_of(*hints.high);
        if (fits) value = more;
    }
    return formatted("%.*f", scale, value);
}

// Ends of months, a leap day and the days around a year's end.
std::chrono::sys_days sample_day(Hints const& hints, std::uint64_t serial, bool is_key, Chance& chance) {
    using namespace std::chrono;
    static std::array<sys_days, 8> const edges = {year(2024) / 2 / 29, year(2023) / 12 / 31, year(2024) / 1 / 1,
                                                  year(2024) / 4 / 30, year(2020) / 2 / 29,  year(2022) / 10 / 31,
                                                  year(2021) / 3 / 28, year(2024) / 12 / 30};
    auto const bound = [](std::optional<std::string> const& text, sys_days otherwise) {
        return text ? day_of(*text).value_or(otherwise) : otherwise;
    };
    sys_days const low = bound(hints.low, year(1) / 1 / 1), high = bound(hints.high, year(9999) / 12 / 31);
    auto day = is_key             ? first_day() + days(serial)
               : chance.one_in(2) ? edges[chance.below(edges.size())]
                                  : first_day() + days(chance.below(700));
    if (day <= low) day = low + days(1 + chance.below(300));
    if (day >= high) day = std::max<sys_days>(high - days(1 + chance.below(300)), low);
    return day;
}

std::string sample_time(Chance& chance) {
    static constexpr std::array<std::string_view, 6> times = {"00:00:00", "23:59:59", "12:00:00",
                                                              "09:30:00", "06:15:30", "18:45:10"};
    return std::string(times[chance.below(times.size())]);
}

std::string cut(std::string text, std::int64_t length) {
    if (length < 1) return text;
    std::size_t at = 0;
    for (std::int64_t n = 0; at < text.size() && n < length; ++n) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) ++at;
    }
    text.resize(at);
    return text;
}

// A text that LIKE finds: a % is nothing or two letters, a class one of its members.
std::string sample_like(std::string const& pattern, Chance& chance) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '%') {
            if (chance.one_in(2)) out += "ab";
        } else if (pattern[at] == '_') {
            out += static_cast<char>('a' + chance.below(26));
        } else if (pattern[at] == '[' && pattern.find(']', at + 1) != std::string::npos) {
            auto const end = pattern.find(']', at + 1);
            auto const members = pattern.substr(at + 1, end - at - 1);
            if (members.starts_with('^'))
                out += members.find('z') == std::string::npos ? 'z' : '7';
            else if (members.size() == 3 && members[1] == '-' && members[0] <= members[2])
                out += static_cast<char>(members[0] +
                                         static_cast<char>(chance.below(static_cast<std::uint64_t>(members[2]) -
                                                                        static_cast<std::uint64_t>(members[0]) + 1)));
            else
                out += members[chance.below(members.size())];
            at = end;
        } else {
            out += pattern[at];
        }
    }
    return out;
}

std::string sample_text(catalog::Type const& type, std::uint64_t serial, bool is_key, Chance& chance) {
    if (is_key) {
        static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        std::string text;
        for (auto rest = serial + std::uint64_t{26} * 26; rest > 0; rest /= 26)
            text.insert(text.begin(), letters[rest % 26]);
        if (type.length > 0 && static_cast<std::int64_t>(text.size()) > type.length)
            return text.substr(text.size() - static_cast<std::size_t>(type.length));
        return text;
    }
    static constexpr std::array<std::string_view, 10> words = {"alpha",   "Alpha ",  "BETA", "gamma", "Delta-4",
                                                               "Ünïcode", "O'Neill", "",     "x",     "two words"};
    return cut(std::string(words[chance.below(words.size())]), type.length);
}

std::string sample_bytes(catalog::Type const& type, std::uint64_t serial, Chance& chance) {
    bool const is_version = type.name == "rowversion" || type.name == "timestamp";
    auto const size = is_version ? 8 : std::clamp<std::int64_t>(type.length, 1, 8);
    std::string out;
    for (std::int64_t i = 0; i < size; ++i) {
        auto const byte =
            i == size - 1 ? static_cast<unsigned>(serial & 0xFFU) : static_cast<unsigned>(chance.below(256));
        out += formatted("\\x%02X", byte);
    }
    return out;
}

std::string sample_uuid(Chance& chance) {
    return formatted("%08x-%04x-4%03x-a%03x-%012llx", static_cast<unsigned>(chance.next() >> 32U),
                     static_cast<unsigned>(chance.below(65536)), static_cast<unsigned>(chance.below(4096)),
                     static_cast<unsigned>(chance.below(4096)), static_cast<unsigned long long>(chance.next() >> 16U));
}

}  // namespace

Chance::Chance(std::uint64_t seed, std::string_view name) : state_(seed) {
    for (char const c : name) state_ = (state_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;  // FNV-1a
}

std::uint64_t Chance::next() {  // splitmix64
    auto z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

std::string sample_value(catalog::Column const& column, Hints const& hints, std::uint64_t serial, bool is_key,
                         Chance& chance) {
    auto const& type = column.type;
    auto const shape = shape_of(type);
    if (!hints.allowed.empty() && (hints.patterns.empty() || chance.one_in(2))) {
        auto value = hints.allowed[is_key ? serial % hints.allowed.size() : chance.below(hints.allowed.size())];
        if (shape == Shape::text && !is_key && chance.one_in(6) && column.collation.find("_BIN") == std::string::npos &&
            column.collation.find("_CS") == std::string::npos)
            return lower_ascii(value);
        return value;
    }
    switch (shape) {
        case Shape::integer: {
            auto const offset = column.is_identity ? column.identity_seed : 0;
            if (column.is_identity)
                return std::to_string(offset + static_cast<std::int64_t>(serial) * column.identity_increment);
            return formatted("%.0f", sample_number(type, hints, serial, is_key, 1, chance));
        }
        case Shape::decimal: return sample_decimal(type, hints, serial, is_key, chance);
        case Shape::real: return formatted("%.2f", sample_number(type, hints, serial, is_key, 0.01, chance));
        case Shape::bit: return chance.one_in(2) ? "true" : "false";
        case Shape::date: return day_text(sample_day(hints, serial, is_key, chance));
        case Shape::time:
            return is_key ? formatted("%02u:%02u:%02u", static_cast<unsigned>(serial / 3600 % 24),
                                      static_cast<unsigned>(serial / 60 % 60), static_cast<unsigned>(serial % 60))
                          : sample_time(chance);
        case Shape::moment: return day_text(sample_day(hints, serial, is_key, chance)) + ' ' + sample_time(chance);
        case Shape::moment_with_zone:
            return day_text(sample_day(hints, serial, is_key, chance)) + ' ' + sample_time(chance) + "+01:00";
        case Shape::text: {
            if (hints.is_json)
                return R"({"name": "x", "values": ["a", "b"], "number": )" + std::to_string(serial) + '}';
            if (!hints.patterns.empty())
                return cut(sample_like(hints.patterns[chance.below(hints.patterns.size())], chance), type.length);
            if (hints.low && number_of(*hints.low)) return *hints.low;
            return sample_text(type, serial, is_key, chance);
        }
        case Shape::bytes: return sample_bytes(type, serial, chance);
        case Shape::uuid: return sample_uuid(chance);
        case Shape::other: break;
    }
    if (type.name == "hierarchyid") return "/" + std::to_string(serial + 1) + "/";
    if (type.name == "xml") return "<row n=\"" + std::to_string(serial) + "\"/>";
    return std::to_string(serial);
}

bool is_less(catalog::Type const& type, std::string const& a, std::string const& b) {
    auto const shape = shape_of(type);
    bool const is_number = shape == Shape::integer || shape == Shape::decimal || shape == Shape::real;
    auto const x = is_number ? number_of(a) : std::nullopt, y = is_number ? number_of(b) : std::nullopt;
    return x && y ? *x < *y : a < b;
}

std::optional<std::string> value_after(catalog::Type const& type, std::string const& value, bool is_strict) {
    if (!is_strict) return value;
    switch (shape_of(type)) {
        case Shape::integer:
        case Shape::decimal:
        case Shape::real: {
            auto const number = number_of(value);
            if (!number) return std::nullopt;
            return formatted("%.*f", shape_of(type) == Shape::integer ? 0 : 2, *number + 1);
        }
        case Shape::date:
        case Shape::moment:
        case Shape::moment_with_zone: {
            auto const day = day_of(value);
            if (!day) return std::nullopt;
            return day_text(*day + std::chrono::days(1)) + (value.size() > 10 ? value.substr(10) : "");
        }
        case Shape::time: return std::string("23:59:59");
        default: return std::nullopt;
    }
}

}  // namespace mainstay::dbt
