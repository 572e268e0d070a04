// A worked-out value as the text of a cell. Numbers are rounded to the column's scale, char is padded, and a value that
// the type does not have is refused.
#include "products/migrate/translate/constant.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay::translate {

namespace {

using Kind = Constant::Kind;

CellResult valid(std::string text) {
    return {true, std::move(text)};
}

std::string text_of(Constant const& value) {
    switch (value.kind) {
        case Kind::exact: return to_string(value.exact);
        case Kind::moment:
            return !value.moment.has_time  ? date_text(value.moment)
                   : value.moment.has_date ? timestamp_text(value.moment)
                                           : time_text(value.moment);
        default: return value.text;
    }
}

// DuckDB reads bytes of a blob as \xAB.
std::string bytes_text(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) out += "\\x" + std::string(hex.substr(i, 2));
    return out;
}

CellResult number_cell(Constant const& value, catalog::Type const& type) {
    auto const family = family_of(type);
    auto exact = value.exact;
    if (value.kind == Kind::text) {
        auto const digits = trim(value.text);
        auto const read = read_exact(digits.empty() ? "0" : digits);
        if (!read) return {};
        exact = *read;
    } else if (value.kind == Kind::real) {
        if (is_float(family)) return valid(value.text);
        auto const number = std::strtold(value.text.c_str(), nullptr);
        auto const read = read_exact(std::to_string(number));
        if (!read) return {};
        exact = *read;
    } else if (value.kind == Kind::binary) {
        if (!is_integer(family) || value.text.size() > 16) return {};
        exact = {static_cast<__int128>(std::strtoull(value.text.c_str(), nullptr, 16)), 0};
    } else if (value.kind != Kind::exact) {
        return {};
    }
    if (is_float(family)) return valid(to_string(exact));
    if (is_integer(family)) {
        while (exact.scale > 0) {  // cut off, not rounded
            exact.units /= 10;
            --exact.scale;
        }
        return valid(to_string(exact));
    }
    return valid(to_string(rounded(exact, static_cast<int>(digits_of(type).scale))));
}

CellResult moment_cell(Constant const& value, Family family) {
    Moment moment = value.moment;
    if (value.kind == Kind::text) {
        auto const read = read_moment(value.text);
        if (!read) return {};
        moment = *read;
    } else if (value.kind == Kind::exact) {
        if (family != Family::datetime && family != Family::smalldatetime) return {};
        auto const days = value.exact.units;
        if (value.exact.scale != 0) return {};
        moment = moment_of_days(days_from_civil(1900, 1, 1) + static_cast<std::int64_t>(days));
    } else if (value.kind != Kind::moment) {
        return {};
    }
    // DuckDB's timestamps end with the microsecond: the last instant of 9999 must not be rounded out of its day.
    moment.nanosecond = moment.nanosecond / 1000 * 1000;
    switch (family) {
        case Family::date: return valid(date_text(moment));
        case Family::time: return valid(time_text(moment));
        case Family::smalldatetime: return valid(timestamp_text(to_the_minute(moment)));
        case Family::datetimeoffset: {
            auto const minutes = moment.offset_minutes.value_or(0);
            auto const size = minutes < 0 ? -minutes : minutes;
            auto const two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
            return valid(timestamp_text(moment) + (minutes < 0 ? '-' : '+') + two(size / 60) + ':' + two(size % 60));
        }
        default: return valid(timestamp_text(moment));
    }
}

}  // namespace

CellResult cell_of(Constant const& value, catalog::Type const& type) {
    if (value.kind == Kind::null) return {true, std::nullopt};
    auto const family = family_of(type);
    if (family == Family::bit) {
        if (value.kind == Kind::text) {
            auto const word = lower_ascii(trim(value.text));
            if (word == "true" || word == "false") return valid(word);
        }
        auto const number = number_cell(value, simple_type("bigint"));
        return number.is_valid ? valid(*number.cell == "0" ? "false" : "true") : CellResult{};
    }
    if (is_number(family)) return number_cell(value, type);
    if (is_temporal(family)) return moment_cell(value, family);
    if (is_binary(family)) {
        if (value.kind == Kind::binary) return valid(bytes_text(value.text));
        if (value.kind != Kind::text) return {};
        auto const* const bytes = reinterpret_cast<unsigned char const*>(value.text.data());
        return valid(bytes_text(to_hex({bytes, value.text.size()})));
    }
    if (is_text(family)) {
        if (value.kind == Kind::binary) return {};
        auto text = text_of(value);
        auto const length = utf8_length(text);
        bool const is_fixed = family == Family::char_ || family == Family::nchar;
        if (is_fixed && type.length > 0 && length < static_cast<std::size_t>(type.length))
            text.append(static_cast<std::size_t>(type.length) - length, ' ');
        return valid(std::move(text));
    }
    if (value.kind == Kind::binary) return valid("0x" + value.text);
    return valid(text_of(value));
}

std::string to_string(Exact const& value) {
    bool const is_negative = value.units < 0;
    auto units = is_negative ? -value.units : value.units;
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(units % 10)));
        units /= 10;
    } while (units > 0);
    if (value.scale > 0) {
        auto const scale = static_cast<std::size_t>(value.scale);
        if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - scale, 1, '.');
    }
    return is_negative ? '-' + digits : digits;
}

std::optional<Exact> read_exact(std::string_view text) {
    text = trim(text);
    bool const is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || text.size() > 38) return std::nullopt;
    Exact value;
    bool in_fraction = false;
    bool has_digit = false;
    for (char const c : text) {
        if (c == '.' && !in_fraction) {
            in_fraction = true;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        has_digit = true;
        value.units = value.units * 10 + (c - '0');
        value.scale += in_fraction ? 1 : 0;
    }
    if (!has_digit) return std::nullopt;
    if (is_negative) value.units = -value.units;
    return value;
}

Exact rounded(Exact value, int scale) {
    while (value.scale < scale) {
        value.units *= 10;
        ++value.scale;
    }
    if (value.scale <= scale) return value;
    __int128 divisor = 1;
    for (int i = scale; i < value.scale; ++i) divisor *= 10;
    auto const half = divisor / 2;
    value.units = (value.units + (value.units < 0 ? -half : half)) / divisor;
    value.scale = scale;
    return value;
}

}  // namespace mainstay::translate
