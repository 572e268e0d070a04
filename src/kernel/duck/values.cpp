#include "kernel/duck/values.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

namespace mainstay::duck {
namespace {

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::int64_t us_per_day = 86'400 * us_per_second;

// http://howardhinnant.github.io/date_algorithms.html#civil_from_days, for years far outside std::chrono's.
std::string civil_text(std::int64_t days, std::string const& time_of_day) {
    std::int64_t const shifted = days + 719'468;
    std::int64_t const era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    std::int64_t const day_of_era = shifted - era * 146'097;
    std::int64_t const year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    std::int64_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    std::int64_t const month_from_march = (5 * day_of_year + 2) / 153;
    std::int64_t const day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    std::int64_t const month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    std::int64_t const year = year_of_era + era * 400 + (month <= 2);
    bool const before_christ = year <= 0;
    char text[80];
    std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", static_cast<long long>(before_christ ? 1 - year : year),
                  static_cast<long long>(month), static_cast<long long>(day));
    return text + std::string(before_christ ? " (BC)" : "") + time_of_day;
}

std::string clock_text(std::int64_t us) {
    auto const second = us / us_per_second;
    char text[80];
    std::snprintf(text, sizeof text, "%02lld:%02lld:%02lld", static_cast<long long>(second / 3600),
                  static_cast<long long>(second / 60 % 60), static_cast<long long>(second % 60));
    std::string out = text;
    if (auto const fraction = us % us_per_second; fraction != 0) {
        std::snprintf(text, sizeof text, ".%06lld", static_cast<long long>(fraction));
        out += text;
        while (out.back() == '0') out.pop_back();
    }
    return out;
}

template <class Count>
char const* infinity(Count n) {
    if (n == std::numeric_limits<Count>::max()) return "infinity";
    return n == -std::numeric_limits<Count>::max() ? "-infinity" : nullptr;
}

std::string moment_text(std::int64_t us, char const* zone) {
    if (auto const* text = infinity(us)) return text;
    auto days = us / us_per_day;
    auto rest = us % us_per_day;
    if (rest < 0) {
        rest += us_per_day;
        --days;
    }
    return civil_text(days, " " + clock_text(rest) + zone);
}

// The shortest text that reads back the same, with an exponent outside 1e-4 to 1e16, as the fmt library has it.
template <class Real>
std::string real_text(Real number) {
    if (std::isnan(number)) return "nan";
    if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
    std::array<char, 64> buffer;
    auto const scientific = std::to_chars(buffer.begin(), buffer.end(), number, std::chars_format::scientific);
    std::string text(buffer.begin(), scientific.ptr);
    auto const e = text.find('e');
    int exponent = 0;
    std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
    if (exponent < -4 || exponent >= 16) return text;
    auto const fixed = std::to_chars(buffer.begin(), buffer.end(), number, std::chars_format::fixed);
    text.assign(buffer.begin(), fixed.ptr);
    return text.find('.') == text.npos ? text + ".0" : text;
}

// Printable ASCII as it is, all else as \xNN in upper case.
std::string blob_text(std::string const& bytes) {
    std::string out;
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 32 && byte <= 126 && c != '\\' && c != '\'' && c != '"') {
            out += c;
            continue;
        }
        char text[8];
        std::snprintf(text, sizeof text, "\\x%02X", byte);
        out += text;
    }
    return out;
}

struct Text {
    std::string operator()(Null) { return "NULL"; }
    std::string operator()(bool b) { return b ? "true" : "false"; }
    std::string operator()(std::int64_t n) { return std::to_string(n); }
    std::string operator()(float f) { return real_text(f); }
    std::string operator()(double d) { return real_text(d); }
    std::string operator()(std::string const& text) { return text; }
    std::string operator()(Exact const& exact) { return exact.digits; }
    std::string operator()(Blob const& blob) { return blob_text(blob.bytes); }
    std::string operator()(Date date) {
        auto const* text = infinity(date.days);
        return text ? text : civil_text(date.days, "");
    }
    std::string operator()(TimeOfDay time) { return clock_text(time.us); }
    std::string operator()(LocalTime time) { return moment_text(time.us, ""); }
    std::string operator()(Instant time) { return moment_text(time.us, "+00"); }
};

constexpr std::array error_names{
    "parser",           "syntax",          "binder",        "catalog",      "conversion",
    "constraint",       "out_of_range",    "invalid_input", "invalid_type", "mismatch_type",
    "not_implemented",  "transaction",     "dependency",    "permission",   "io",
    "out_of_memory",    "internal",        "other",         "cancelled",    "refused",
    "result_too_large", "input_too_large", "deadline",      "child_died",   "protocol",
};
static_assert(error_names.size() == static_cast<std::size_t>(ErrorType::protocol) + 1);

}  // namespace

std::string to_text(Value const& value) {
    return std::visit(Text{}, value);
}

std::string_view to_string(ErrorType type) {
    return error_names[static_cast<std::size_t>(type)];
}

}  // namespace mainstay::duck
