#include "base/time.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>

namespace mainstay {
namespace {

constexpr std::int64_t us_per_day = 86'400'000'000;
constexpr std::size_t rfc3339_size_usual = 27;

class SystemClock : public Clock {
public:
    Instant now() const override {
        auto const since = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
    }
    Duration monotonic() const override {
        auto const since = std::chrono::steady_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
    }
};

// Reads exactly `digits` decimal digits at `at` and moves past them.
std::optional<int> number(std::string_view text, std::size_t& at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; ++i, ++at) {
        if (at >= text.size() || text[at] < '0' || text[at] > '9') return std::nullopt;
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool literal(std::string_view text, std::size_t& at, std::string_view any_of) {
    if (at >= text.size() || any_of.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
}

std::optional<std::int64_t> fraction_us(std::string_view text, std::size_t& at) {
    if (at >= text.size() || text[at] != '.') return 0;
    ++at;
    std::int64_t value = 0;
    int digits = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits)
        if (digits < 6) value = value * 10 + (text[at] - '0');
    if (digits == 0 || digits > 9) return std::nullopt;
    for (; digits < 6; ++digits) value *= 10;
    return value;
}

std::optional<std::int64_t> offset_us(std::string_view text, std::size_t& at) {
    if (literal(text, at, "Zz")) return 0;
    std::int64_t const sign = at < text.size() && text[at] == '-' ? -1 : 1;
    if (!literal(text, at, "+-")) return std::nullopt;
    auto const hour = number(text, at, 2);
    if (!hour || !literal(text, at, ":")) return std::nullopt;
    auto const minute = number(text, at, 2);
    if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
    return sign * (*hour * 60 + *minute) * 60'000'000LL;
}

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    auto const size = static_cast<std::size_t>(end - digits.data());
    if (size < width) out.append(width - size, '0');
    out.append(digits.data(), size);
}

}  // namespace

std::string to_rfc3339(Instant t) {
    using namespace std::chrono;
    std::int64_t const day = t.us >= 0 ? t.us / us_per_day : -((-t.us + us_per_day - 1) / us_per_day);
    std::int64_t const rest = t.us - day * us_per_day;
    year_month_day const date{sys_days{std::chrono::days{day}}};
    std::int64_t const seconds = rest / 1'000'000, fraction = rest % 1'000'000;
    std::string text;
    text.reserve(rfc3339_size_usual);
    int const year = static_cast<int>(date.year());
    if (year < 0) text += '-';
    append_padded(text, std::abs(year), year < 0 ? 3 : 4);
    append_padded(text += '-', static_cast<unsigned>(date.month()), 2);
    append_padded(text += '-', static_cast<unsigned>(date.day()), 2);
    append_padded(text += 'T', seconds / 3600, 2);
    append_padded(text += ':', seconds / 60 % 60, 2);
    append_padded(text += ':', seconds % 60, 2);
    if (fraction != 0) append_padded(text += '.', fraction, 6);
    return text += 'Z';
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
    std::size_t at = 0;
    auto const year = number(text, at, 4);
    if (!year || !literal(text, at, "-")) return std::nullopt;
    auto const month = number(text, at, 2);
    if (!month || !literal(text, at, "-")) return std::nullopt;
    auto const day = number(text, at, 2);
    if (!day || !literal(text, at, "Tt ")) return std::nullopt;
    auto const hour = number(text, at, 2);
    if (!hour || !literal(text, at, ":")) return std::nullopt;
    auto const minute = number(text, at, 2);
    if (!minute || !literal(text, at, ":")) return std::nullopt;
    auto const second = number(text, at, 2);
    if (!second) return std::nullopt;
    auto const fraction = fraction_us(text, at);
    if (!fraction) return std::nullopt;
    auto const offset = offset_us(text, at);
    if (!offset || at != text.size()) return std::nullopt;

    std::chrono::year_month_day const date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    // RFC 3339 section 5.6 allows second 60 for a leap second; UTC microseconds cannot tell it from the next one.
    if (*year < 1 || !date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    std::int64_t const day_count = std::chrono::sys_days{date}.time_since_epoch().count();
    std::int64_t const in_day = ((*hour * 60 + *minute) * 60LL + *second) * 1'000'000 + *fraction;
    return Instant{day_count * us_per_day + in_day - *offset};
}

Clock& system_clock() {
    static SystemClock clock;
    return clock;
}

}  // namespace mainstay
