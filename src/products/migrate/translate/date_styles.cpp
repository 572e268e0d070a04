// Source: "CAST and CONVERT (Transact-SQL)", date and time styles. In the table ~ before a letter pads with a blank to
// two characters, and %x stands for the fraction of the second that the type has.
#include "products/migrate/translate/date_styles.hpp"

#include <array>

namespace mainstay::translate {

namespace {

struct Style {
    std::int64_t number;
    std::string_view date;  // the part of the date; empty: none
    std::string_view between;
    std::string_view time;
    std::string_view reading;  // for strptime
};

constexpr std::array<Style, 42> styles = {{
    {0, "%b ~d %Y", " ", "~I:%M%p", ""},
    {1, "%m/%d/%y", "", "", "%m/%d/%y"},
    {2, "%y.%m.%d", "", "", "%y.%m.%d"},
    {3, "%d/%m/%y", "", "", "%d/%m/%y"},
    {4, "%d.%m.%y", "", "", "%d.%m.%y"},
    {5, "%d-%m-%y", "", "", "%d-%m-%y"},
    {6, "%d %b %y", "", "", "%d %b %y"},
    {7, "%b %d, %y", "", "", "%b %d, %y"},
    {8, "", "", "%H:%M:%S", "%H:%M:%S"},
    {9, "%b ~d %Y", " ", "~I:%M:%S:%x%p", ""},
    {10, "%m-%d-%y", "", "", "%m-%d-%y"},
    {11, "%y/%m/%d", "", "", "%y/%m/%d"},
    {12, "%y%m%d", "", "", "%y%m%d"},
    {13, "%d %b %Y", " ", "%H:%M:%S:%x", ""},
    {14, "", "", "%H:%M:%S:%x", ""},
    {20, "%Y-%m-%d", " ", "%H:%M:%S", "%Y-%m-%d %H:%M:%S"},
    {21, "%Y-%m-%d", " ", "%H:%M:%S.%x", "%Y-%m-%d %H:%M:%S.%f"},
    {22, "%m/%d/%y", " ", "~I:%M:%S %p", ""},
    {23, "%Y-%m-%d", "", "", "%Y-%m-%d"},
    {24, "", "", "%H:%M:%S", "%H:%M:%S"},
    {25, "%Y-%m-%d", " ", "%H:%M:%S.%x", "%Y-%m-%d %H:%M:%S.%f"},
    {100, "%b ~d %Y", " ", "~I:%M%p", ""},
    {101, "%m/%d/%Y", "", "", "%m/%d/%Y"},
    {102, "%Y.%m.%d", "", "", "%Y.%m.%d"},
    {103, "%d/%m/%Y", "", "", "%d/%m/%Y"},
    {104, "%d.%m.%Y", "", "", "%d.%m.%Y"},
    {105, "%d-%m-%Y", "", "", "%d-%m-%Y"},
    {106, "%d %b %Y", "", "", "%d %b %Y"},
    {107, "%b %d, %Y", "", "", "%b %d, %Y"},
    {108, "", "", "%H:%M:%S", "%H:%M:%S"},
    {109, "%b ~d %Y", " ", "~I:%M:%S:%x%p", ""},
    {110, "%m-%d-%Y", "", "", "%m-%d-%Y"},
    {111, "%Y/%m/%d", "", "", "%Y/%m/%d"},
    {112, "%Y%m%d", "", "", "%Y%m%d"},
    {113, "%d %b %Y", " ", "%H:%M:%S:%x", ""},
    {114, "", "", "%H:%M:%S:%x", ""},
    {120, "%Y-%m-%d", " ", "%H:%M:%S", "%Y-%m-%d %H:%M:%S"},
    {121, "%Y-%m-%d", " ", "%H:%M:%S.%x", "%Y-%m-%d %H:%M:%S.%f"},
    {126, "%Y-%m-%d", "T", "%H:%M:%S.%x", "%Y-%m-%dT%H:%M:%S"},
    {127, "%Y-%m-%d", "T", "%H:%M:%S.%x", "%Y-%m-%dT%H:%M:%S"},
    {130, "", "", "", ""},
    {131, "", "", "", ""},
}};

Style const* find_style(std::int64_t number) {
    for (auto const& style : styles)
        if (style.number == number) return style.date.empty() && style.time.empty() ? nullptr : &style;
    return nullptr;
}

// Digits of the second's fraction that the type shows.
std::int64_t fraction_of(Type const& type) {
    auto const family = family_of(type);
    if (family == Family::datetime) return 3;
    if (family == Family::smalldatetime || family == Family::date) return family == Family::date ? 0 : 3;
    return type.precision;
}

std::int64_t length_of(char code) {
    switch (code) {
        case 'Y': return 4;
        case 'b': return 3;
        case 'x': return 0;
        default: return 2;
    }
}

}  // namespace

std::int64_t default_style(Family family) {
    return family == Family::datetime || family == Family::smalldatetime ? 0 : 121;
}

std::string_view reading_format(std::int64_t style) {
    auto const* const found = find_style(style);
    return found == nullptr ? std::string_view{} : found->reading;
}

std::optional<StyledDate> date_in_style(Value const& value, std::int64_t number) {
    auto const* const style = find_style(number);
    if (style == nullptr) return std::nullopt;
    auto const family = value.family();
    std::string pattern;
    if (family != Family::time) pattern += style->date;
    if (family != Family::time && family != Family::date && !style->date.empty() && !style->time.empty())
        pattern += style->between;
    if (family != Family::date) pattern += style->time;
    if (pattern.empty()) return std::nullopt;
    // A time has no date that strftime could take.
    auto const operand = family == Family::time ? "date '1900-01-01' + " + within(value, Rank::product) : value.text;
    auto const fraction = fraction_of(value.type);
    auto const has_fraction = pattern.find("%x");
    // In styles 126 and 127 datetime leaves out a fraction of zero.
    if ((number == 126 || number == 127) && family == Family::datetime && has_fraction != std::string::npos) {
        auto const whole = pattern.substr(0, has_fraction - 1);
        StyledDate out;
        out.text = "case when millisecond(" + operand + ") % 1000 = 0 then strftime(" + operand + ", '" + whole +
                   "') else strftime(" + operand + ", '" + whole + ".%g') end";
        return out;
    }
    if (has_fraction != std::string::npos && fraction == 0) pattern.erase(has_fraction - 1, 3);

    StyledDate out;
    out.length = 0;
    std::vector<std::string> parts;
    std::string format;
    auto const flush = [&] {
        if (!format.empty()) parts.push_back("strftime(" + operand + ", '" + format + "')");
        format.clear();
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        char const c = pattern[i];
        if (c != '%' && c != '~') {
            format += c;
            ++out.length;
            continue;
        }
        char const code = pattern[++i];
        out.length += length_of(code);
        if (code == 'b') out.names_months = true;
        if (c == '~') {
            flush();
            parts.push_back("lpad(strftime(" + operand + ", '%-" + code + "'), 2, ' ')");
        } else if (code == 'x') {
            out.length += fraction;
            if (fraction == 3) {
                format += "%g";
            } else if (fraction >= 6) {
                format += fraction == 7 ? "%f0" : "%f";
            } else {
                flush();
                parts.push_back("left(strftime(" + operand + ", '%f'), " + std::to_string(fraction) + ')');
            }
        } else {
            format += '%';
            format += code;
        }
    }
    flush();
    out.is_single = parts.size() == 1;
    out.text = joined(parts, " || ");
    return out;
}

}  // namespace mainstay::translate
