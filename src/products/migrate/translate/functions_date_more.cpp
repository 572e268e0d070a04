// The current moment, dates from their parts, and FORMAT. Source: "Date and time data types and functions", "FORMAT".
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"

#include <array>

namespace mainstay::translate {

namespace {

Value now(Binder& binder, tsql::FunctionCall const& node, std::string_view type, bool is_utc) {
    binder.say(codes::current_moment, node.span, std::string(node.name.object()) + " is the time of the run");
    auto value =
        atom(is_utc ? "(current_timestamp at time zone 'UTC')" : "cast(current_timestamp as timestamp)", type, false);
    if (type == "datetime2") value.type.precision = 7;
    return value;
}

Value getdate(Binder& binder, tsql::FunctionCall const& node) {
    return now(binder, node, "datetime", false);
}
Value getutcdate(Binder& binder, tsql::FunctionCall const& node) {
    return now(binder, node, "datetime", true);
}
Value sysdatetime(Binder& binder, tsql::FunctionCall const& node) {
    return now(binder, node, "datetime2", false);
}
Value sysutcdatetime(Binder& binder, tsql::FunctionCall const& node) {
    return now(binder, node, "datetime2", true);
}
Value sysdatetimeoffset(Binder& binder, tsql::FunctionCall const& node) {
    binder.say(codes::current_moment, node.span, "SYSDATETIMEOFFSET is the time of the run");
    auto value = atom("current_timestamp", "datetimeoffset", false);
    value.type.precision = 7;
    return value;
}
Value current_date(Binder& binder, tsql::FunctionCall const& node) {
    binder.say(codes::current_moment, node.span, "CURRENT_DATE is the day of the run");
    return atom("current_date", "date", false);
}

// All arguments as whole numbers; empty when one failed.
std::vector<std::string> numbers(Binder& binder, tsql::FunctionCall const& node, bool& is_nullable) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        auto const value = argument(binder, node, i);
        if (value.is_failed) return {};
        is_nullable = is_nullable || value.is_nullable;
        out.push_back(binder.integer_text(value, node.arguments[i]->span, Rank::product));
    }
    return out;
}

Value datefromparts(Binder& binder, tsql::FunctionCall const& node) {
    bool is_nullable = false;
    auto const n = numbers(binder, node, is_nullable);
    if (n.empty()) return failed_value();
    return atom(call("make_date", {n[0], n[1], n[2]}), "date", is_nullable);
}

Value datetimefromparts(Binder& binder, tsql::FunctionCall const& node) {
    bool is_nullable = false;
    auto const n = numbers(binder, node, is_nullable);
    if (n.empty()) return failed_value();
    auto const name = lower_ascii(node.name.object());
    if (name == "smalldatetimefromparts")
        return atom(call("make_timestamp", {n[0], n[1], n[2], n[3], n[4], "0"}), "smalldatetime", is_nullable);
    if (name == "datetimefromparts")
        return atom(call("make_timestamp", {n[0], n[1], n[2], n[3], n[4], n[5] + " + " + n[6] + " / 1000.0"}),
                    "datetime", is_nullable);
    auto const precision = integer_of(argument(binder, node, 7));
    if (!precision || *precision < 0 || *precision > 7)
        return binder.fail(codes::unknown_argument, node.span, "the precision must be written out");
    auto const unit = '1' + std::string(static_cast<std::size_t>(*precision), '0');
    auto value = atom(call("make_timestamp", {n[0], n[1], n[2], n[3], n[4], n[5] + " + " + n[6] + " / " + unit + ".0"}),
                      "datetime2", is_nullable);
    value.type.precision = *precision;
    return value;
}

Value timefromparts(Binder& binder, tsql::FunctionCall const& node) {
    bool is_nullable = false;
    auto const n = numbers(binder, node, is_nullable);
    if (n.empty()) return failed_value();
    auto const precision = integer_of(argument(binder, node, 4));
    if (!precision || *precision < 0 || *precision > 7)
        return binder.fail(codes::unknown_argument, node.span, "the precision must be written out");
    auto const unit = '1' + std::string(static_cast<std::size_t>(*precision), '0');
    auto value = atom(call("make_time", {n[0], n[1], n[2] + " + " + n[3] + " / " + unit + ".0"}), "time", is_nullable);
    value.type.precision = *precision;
    return value;
}

Value isdate(Binder& binder, tsql::FunctionCall const& node) {
    auto const own = argument(binder, node, 0);
    if (own.is_failed) return own;
    if (is_temporal(own.family()))
        return wider("case when " + own.text + " is not null then 1 else 0 end", Rank::atom, "int", false);
    binder.say(codes::text_to_date, node.span, "only dates of ISO 8601 are known as dates");
    return wider("case when try_cast(" + own.text + " as timestamp) is not null then 1 else 0 end", Rank::atom, "int",
                 false);
}

// A pattern of .NET as one of strftime. Nothing for what strftime does not know.
std::optional<std::string> date_pattern(std::string_view pattern, bool& has_names) {
    if (pattern == "d") return "%-m/%-d/%Y";
    if (pattern == "D") {
        has_names = true;
        return "%A, %B %-d, %Y";
    }
    struct Token {
        std::string_view net;
        std::string_view c;
    };
    static constexpr Token tokens[] = {
        {"yyyy", "%Y"}, {"yy", "%y"}, {"MMMM", "%B"}, {"MMM", "%b"}, {"MM", "%m"},  {"M", "%-m"},     {"dddd", "%A"},
        {"ddd", "%a"},  {"dd", "%d"}, {"d", "%-d"},   {"HH", "%H"},  {"H", "%-H"},  {"hh", "%I"},     {"h", "%-I"},
        {"mm", "%M"},   {"m", "%-M"}, {"ss", "%S"},   {"s", "%-S"},  {"fff", "%g"}, {"ffffff", "%f"}, {"tt", "%p"},
    };
    if (pattern.size() == 1) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < pattern.size();) {
        char const c = pattern[i];
        if (c == '\'' || c == '"') {
            auto const end = pattern.find(c, i + 1);
            if (end == std::string_view::npos) return std::nullopt;
            out += pattern.substr(i + 1, end - i - 1);
            i = end + 1;
            continue;
        }
        bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter) {
            out += c == '%' ? "%%" : std::string(1, c);
            ++i;
            continue;
        }
        std::size_t size = 1;
        while (i + size < pattern.size() && pattern[i + size] == c) ++size;
        auto const word = pattern.substr(i, size);
        std::string_view found;
        for (auto const& token : tokens)
            if (token.net == word) found = token.c;
        if (found.empty()) return std::nullopt;
        if (found == "%B" || found == "%b" || found == "%A" || found == "%a" || found == "%p") has_names = true;
        out += found;
        i += size;
    }
    return out;
}

// N2, F2, P1, D5, 0.00, #,##0.00 as a format of DuckDB and what must be done to the number before.
struct NumberPattern {
    std::string format;
    std::int64_t decimals = 0;
    bool is_percent = false;
};

std::optional<NumberPattern> number_pattern(std::string_view pattern, Value const& number) {
    if (pattern.empty()) return std::nullopt;
    char const kind = static_cast<char>(pattern[0] | 0x20);
    bool const is_standard = pattern.size() <= 3 &&
                             pattern.substr(1).find_first_not_of("0123456789") == std::string_view::npos &&
                             (kind == 'n' || kind == 'f' || kind == 'p' || kind == 'd');
    if (is_standard) {
        auto const places = pattern.size() > 1 ? std::stoll(std::string(pattern.substr(1))) : kind == 'd' ? 0 : 2;
        if (kind == 'd') {
            if (!is_integer(number.family())) return std::nullopt;
            return NumberPattern{"{:0" + std::to_string(places) + "d}", 0, false};
        }
        auto const format = (kind == 'f' ? "{:." : "{:,.") + std::to_string(places) + 'f';
        return NumberPattern{kind == 'p' ? format + "}%" : format + '}', places, kind == 'p'};
    }
    auto const dot = pattern.find('.');
    auto const whole = pattern.substr(0, dot);
    auto const fraction = dot == std::string_view::npos ? std::string_view{} : pattern.substr(dot + 1);
    if (fraction.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
    bool const groups = whole == "#,##0" || whole == "#,0" || whole == "##,##0";
    if (!groups && whole != "0" && whole != "#0") return std::nullopt;
    return NumberPattern{(groups ? "{:,." : "{:.") + std::to_string(fraction.size()) + "f}",
                         static_cast<std::int64_t>(fraction.size()), false};
}

Value format(Binder& binder, tsql::FunctionCall const& node) {
    auto const own = argument(binder, node, 0);
    auto const pattern = argument(binder, node, 1);
    auto const culture = argument(binder, node, 2);
    if (own.is_failed || pattern.is_failed || culture.is_failed) return failed_value();
    if (!pattern.is_text_literal())
        return binder.fail(codes::unknown_argument, node.span, "the pattern of FORMAT must be written out");
    auto const language = culture.literal ? lower_ascii(*culture.literal) : std::string("en-us");
    bool const is_english = language.starts_with("en");
    auto const type = text_type("nvarchar", 4000);
    if (is_temporal(own.family()) && own.family() != Family::time) {
        bool has_names = false;
        auto const known = date_pattern(*pattern.literal, has_names);
        bool const is_short_date = *pattern.literal == "d" || *pattern.literal == "D";
        if (!known || (has_names && !is_english) || (is_short_date && language != "en-us"))
            return binder.fail(codes::unknown_style, node.span,
                               "FORMAT with the pattern " + quote_text(*pattern.literal));
        if (has_names) binder.say(codes::english_names, node.span, "names are English");
        return make_value(call("strftime", {own.text, quote_text(*known)}), Rank::atom, type, own.is_nullable);
    }
    if (is_number(own.family())) {
        auto const known = number_pattern(*pattern.literal, own);
        if (!known || !is_english)
            return binder.fail(codes::unknown_style, node.span,
                               "FORMAT with the pattern " + quote_text(*pattern.literal));
        binder.say(codes::number_format, node.span, "the format is the English one");
        auto number = own.text;
        if (known->is_percent) number = within(own, Rank::product) + " * 100";
        if (!known->format.ends_with("d}"))
            number = "round(" + number + ", " + std::to_string(known->decimals) + ")::double";
        return make_value(call("format", {quote_text(known->format), number}), Rank::atom, type, own.is_nullable);
    }
    return binder.fail(codes::unknown_conversion, node.span, "FORMAT of " + catalog::to_string(own.type));
}

constexpr std::array rows = {
    FunctionRow{"getdate", 0, 0, getdate},
    FunctionRow{"current_timestamp", 0, 0, getdate},
    FunctionRow{"getutcdate", 0, 0, getutcdate},
    FunctionRow{"sysdatetime", 0, 0, sysdatetime},
    FunctionRow{"sysutcdatetime", 0, 0, sysutcdatetime},
    FunctionRow{"sysdatetimeoffset", 0, 0, sysdatetimeoffset},
    FunctionRow{"current_date", 0, 0, current_date},
    FunctionRow{"datefromparts", 3, 3, datefromparts},
    FunctionRow{"datetimefromparts", 7, 7, datetimefromparts},
    FunctionRow{"datetime2fromparts", 8, 8, datetimefromparts},
    FunctionRow{"smalldatetimefromparts", 5, 5, datetimefromparts},
    FunctionRow{"timefromparts", 5, 5, timefromparts},
    FunctionRow{"isdate", 1, 1, isdate},
    FunctionRow{"format", 2, 3, format},
};

}  // namespace

std::span<FunctionRow const> more_date_functions() {
    return rows;
}

}  // namespace mainstay::translate
