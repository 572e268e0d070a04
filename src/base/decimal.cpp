#include "base/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace mainstay {
namespace {

constexpr std::int64_t one = 1'000'000'000;                 // in billionths
constexpr std::int64_t one_past_whole = 1'000'000'000'000;  // the first number with too many digits

// Reads digits alone, and not none of them.
bool read_digits(std::string_view text, std::int64_t& value) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const is_digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !text.empty() && is_digits && error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    bool const is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    auto const point = text.find('.');
    auto const whole_text = text.substr(0, point);
    auto const fraction_text = point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
    std::int64_t whole = 0, fraction = 0;
    if (whole_text.size() > whole_digits_max || fraction_text.size() > fraction_digits) return std::nullopt;
    if (!read_digits(whole_text, whole) || !read_digits(fraction_text, fraction)) return std::nullopt;
    for (std::size_t i = fraction_text.size(); i < fraction_digits; ++i) fraction *= 10;
    Wide const amount = Wide{whole} * one + fraction;
    return Decimal(is_negative ? -amount : amount);
}

std::optional<Decimal> Decimal::from_double(double value) {
    if (!std::isfinite(value)) return std::nullopt;
    char room[400];  // the longest double has 309 digits before the point
    auto const end = std::to_chars(room, room + sizeof room, value, std::chars_format::fixed).ptr;
    std::string_view const text(room, static_cast<std::size_t>(end - room));
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    auto const first = digits.find_first_not_of('0');
    auto const last = digits.find_last_not_of('0');
    if (first != std::string::npos && last - first + 1 > significant_digits) return std::nullopt;
    return parse(text);
}

Decimal Decimal::from_parts(std::int64_t whole, std::int64_t billionths) {
    return Decimal(Wide{whole} * one + billionths);
}

std::int64_t Decimal::whole() const {
    return static_cast<std::int64_t>((billionths_ - billionths()) / one);
}

std::int64_t Decimal::billionths() const {
    auto const rest = static_cast<std::int64_t>(billionths_ % one);
    return rest < 0 ? rest + one : rest;
}

std::string Decimal::to_string() const {
    Wide left = billionths_ < 0 ? -billionths_ : billionths_;
    std::string reversed;
    for (int i = 0; i < fraction_digits; ++i, left /= 10)
        if (int const digit = static_cast<int>(left % 10); digit != 0 || !reversed.empty())
            reversed += static_cast<char>('0' + digit);
    if (!reversed.empty()) reversed += '.';
    do {
        reversed += static_cast<char>('0' + static_cast<int>(left % 10));
        left /= 10;
    } while (left != 0);
    if (billionths_ < 0) reversed += '-';
    return {reversed.rbegin(), reversed.rend()};
}

// Moved up so far that nothing is negative, and all have as many digits.
std::string Decimal::to_sortable() const {
    Wide left = billionths_ + Wide{one_past_whole} * one;
    std::string text(sortable_size, '0');
    for (std::size_t i = sortable_size; i-- > 0; left /= 10)
        text[i] = static_cast<char>('0' + static_cast<int>(left % 10));
    return text;
}

Decimal Decimal::from_sortable(std::string_view text) {
    if (text.size() != sortable_size) throw std::logic_error("this is no sortable decimal");
    Wide value = 0;
    for (char const c : text) value = value * 10 + (c - '0');
    return Decimal(value - Wide{one_past_whole} * one);
}

}  // namespace mainstay
