// Parts of dates and distances between them. Source: "Date and time data types and functions (Transact-SQL)": DATEDIFF
// counts the boundaries between two moments, and weeks begin on Sunday.
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"

#include <array>

namespace mainstay::translate {

using tsql::as;

namespace {

struct PartName {
    std::string_view written;
    std::string_view part;
};

constexpr PartName part_names[] = {
    {"year", "year"},       {"yy", "year"},
    {"yyyy", "year"},       {"quarter", "quarter"},
    {"qq", "quarter"},      {"q", "quarter"},
    {"month", "month"},     {"mm", "month"},
    {"m", "month"},         {"dayofyear", "dayofyear"},
    {"dy", "dayofyear"},    {"y", "dayofyear"},
    {"day", "day"},         {"dd", "day"},
    {"d", "day"},           {"week", "week"},
    {"wk", "week"},         {"ww", "week"},
    {"weekday", "weekday"}, {"dw", "weekday"},
    {"w", "weekday"},       {"hour", "hour"},
    {"hh", "hour"},         {"minute", "minute"},
    {"mi", "minute"},       {"n", "minute"},
    {"second", "second"},   {"ss", "second"},
    {"s", "second"},        {"millisecond", "millisecond"},
    {"ms", "millisecond"},  {"microsecond", "microsecond"},
    {"mcs", "microsecond"}, {"nanosecond", "nanosecond"},
    {"ns", "nanosecond"},   {"iso_week", "iso_week"},
    {"isowk", "iso_week"},  {"isoww", "iso_week"},
};

bool is_clock_part(std::string_view part) {
    return part == "hour" || part == "minute" || part == "second" || part == "millisecond" || part == "microsecond";
}

Value unknown_part(Binder& binder, tsql::FunctionCall const& node) {
    return binder.fail(codes::unknown_argument, node.span,
                       std::string(binder.written(*node.arguments[0])) + " is no part of a date that is known here");
}

bool is_zero(tsql::Expression const* expression) {
    auto const* const literal = as<tsql::Literal>(expression);
    return literal != nullptr && literal->literal_kind == tsql::LiteralKind::integer && literal->text == "0";
}

// DATEADD(month, DATEDIFF(month, 0, d), 0) is the usual way to cut a date off.
Value truncated(Binder& binder, tsql::FunctionCall const& node, std::string_view part) {
    auto const* const difference = as<tsql::FunctionCall>(node.arguments[1]);
    if (difference == nullptr || !is_zero(node.arguments[2]) || difference->arguments.size() != 3 ||
        !equals_ignoring_case(difference->name.object(), "DATEDIFF") || !is_zero(difference->arguments[1]) ||
        date_part(difference->arguments[0], binder) != part)
        return {};
    if (part != "year" && part != "quarter" && part != "month" && part != "day" && part != "hour" && part != "minute")
        return {};
    auto moment = binder.as_moment(binder.value(difference->arguments[2]), node.span);
    if (moment.is_failed || moment.family() == Family::time || moment.family() == Family::datetimeoffset) return moment;
    auto value = atom("date_trunc('" + std::string(part) + "', " + moment.text + ')', "datetime", moment.is_nullable);
    value.is_plain = moment.family() != Family::date;
    return value;
}

Value dateadd(Binder& binder, tsql::FunctionCall const& node) {
    auto const part = date_part(node.arguments[0], binder);
    if (part.empty()) return unknown_part(binder, node);
    if (auto cut = truncated(binder, node, part); cut.is_failed || !cut.is_null()) return cut;
    auto const count = binder.value(node.arguments[1]);
    auto const moment = binder.as_moment(binder.value(node.arguments[2]), node.arguments[2]->span);
    if (count.is_failed || moment.is_failed) return failed_value();
    auto number = binder.convert(count, simple_type("int"), node.arguments[1]->span, Conversion::implicit);
    if (number.is_failed) return number;
    auto text = number.text;
    auto rank = number.rank;
    bool const is_day = part == "day" || part == "dayofyear" || part == "weekday";
    bool const is_date = moment.family() == Family::date;
    bool const is_nullable = count.is_nullable || moment.is_nullable;
    if (is_date && is_clock_part(part))
        return binder.fail(codes::wrong_arguments, node.span, "a date has no " + std::string(part));
    auto const done = [&](std::string out, Rank out_rank) {
        return make_value(std::move(out), out_rank, moment.type, is_nullable);
    };
    std::string_view unit = is_day ? "day" : part;
    std::int64_t factor = 1;
    if (part == "quarter") {
        unit = "month";
        factor = 3;
    }
    if (part == "nanosecond")
        return binder.fail(codes::unknown_argument, node.span, "nanoseconds are finer than timestamps");
    if (auto const known = integer_of(count)) {
        auto const by = *known * factor;
        auto const size = std::to_string(by < 0 ? -by : by);
        auto const sign = by < 0 ? " - " : " + ";
        if (is_date && is_day) return done(within(moment, Rank::sum) + sign + size, Rank::sum);
        auto const sum =
            within(moment, Rank::sum) + sign + "interval " + size + ' ' + std::string(unit) + (size == "1" ? "" : "s");
        return is_date ? done("cast(" + sum + " as date)", Rank::atom) : done(sum, Rank::sum);
    }
    auto const integer = number.is_plain && number.family() == Family::integer ? text : "cast(" + text + " as integer)";
    if (!(number.is_plain && number.family() == Family::integer)) rank = Rank::atom;
    if (is_date && is_day)
        return done(within(moment, Rank::sum) + " + " + (rank < Rank::product ? '(' + integer + ')' : integer),
                    Rank::sum);
    auto const argument_text =
        factor == 1 ? integer : std::to_string(factor) + " * " + (rank < Rank::sign ? '(' + integer + ')' : integer);
    auto const sum = within(moment, Rank::sum) + " + to_" + std::string(unit) + "s(" + argument_text + ')';
    return is_date ? done("cast(" + sum + " as date)", Rank::atom) : done(sum, Rank::sum);
}

Value datediff(Binder& binder, tsql::FunctionCall const& node) {
    auto const part = date_part(node.arguments[0], binder);
    if (part.empty() || part == "iso_week") return unknown_part(binder, node);
    auto from = binder.as_moment(binder.value(node.arguments[1]), node.arguments[1]->span);
    auto to = binder.as_moment(binder.value(node.arguments[2]), node.arguments[2]->span);
    if (from.is_failed || to.is_failed) return failed_value();
    std::string_view unit = part == "dayofyear" || part == "weekday" ? "day" : part;
    bool const is_big = equals_ignoring_case(node.name.object(), "DATEDIFF_BIG");
    bool const is_nullable = from.is_nullable || to.is_nullable;
    if (unit == "nanosecond")
        return binder.fail(codes::unknown_argument, node.span, "nanoseconds are finer than timestamps");
    auto const clock = is_clock_part(unit);
    auto const side = [&](Value& moment, Value const& other) {
        bool const must_widen = moment.family() == Family::date && (clock || other.family() != Family::date);
        if (must_widen) return "cast(" + moment.text + " as timestamp)";
        if (moment.family() == Family::time && other.family() != Family::time)
            return "date '1900-01-01' + " + within(moment, Rank::product);
        if (moment.family() == Family::datetimeoffset && other.family() != Family::datetimeoffset) {
            binder.say(codes::offset_lost, node.span, "the moment is taken in UTC");
            return within(moment, Rank::other) + " at time zone 'UTC'";
        }
        return moment.text;
    };
    auto left = side(from, to);
    auto right = side(to, from);
    if (unit == "week") {
        // A week of DuckDB begins on Monday: one day later it is where SQL Server's begins.
        auto const week_of = [](std::string const& text) {
            return "date_trunc('week', " + text + " + interval 1 day)";
        };
        left = week_of(left);
        right = week_of(right);
    }
    auto const days = "date_diff('" + std::string(unit == "week" ? "day" : unit) + "', " + left + ", " + right + ')';
    auto value = wider(unit == "week" ? days + " // 7" : days, unit == "week" ? Rank::product : Rank::atom,
                       is_big ? "bigint" : "int", is_nullable);
    value.is_plain = is_big;
    return value;
}

struct PartText {
    std::string text;
    Rank rank = Rank::atom;
};

PartText part_text(std::string_view part, Value const& moment) {
    auto const& d = moment.text;
    if (part == "weekday") return {call("dayofweek", {d}) + " + 1", Rank::sum};
    if (part == "iso_week") return {call("weekofyear", {d})};
    if (part == "week")
        return {"(dayofyear(" + d + ") + dayofweek(date_trunc('year', " + d + ")) - 1) // 7 + 1", Rank::sum};
    if (part == "millisecond") return {call("millisecond", {d}) + " % 1000", Rank::product};
    if (part == "microsecond") return {call("microsecond", {d}) + " % 1000000", Rank::product};
    if (part == "nanosecond") return {call("microsecond", {d}) + " % 1000000 * 1000", Rank::product};
    return {call(part, {d})};
}

Value part_of(Binder& binder, std::string_view part, Value moment, tsql::Span span) {
    moment = binder.as_moment(std::move(moment), span);
    if (moment.is_failed) return moment;
    if (part == "weekday" || part == "week") binder.say(codes::first_day, span, "the week begins on Sunday");
    if (moment.family() == Family::date && (is_clock_part(part) || part == "nanosecond"))
        return binder.fail(codes::wrong_arguments, span, "a date has no " + std::string(part));
    if (moment.family() == Family::datetimeoffset) {
        binder.say(codes::offset_lost, span, "the part is that of the time in UTC");
        moment.text = '(' + within(moment, Rank::other) + " at time zone 'UTC')";
    }
    auto const out = part_text(part, moment);
    return wider(out.text, out.rank, "int", moment.is_nullable);
}

Value datepart(Binder& binder, tsql::FunctionCall const& node) {
    auto const part = date_part(node.arguments[0], binder);
    if (part.empty()) return unknown_part(binder, node);
    return part_of(binder, part, binder.value(node.arguments[1]), node.span);
}

Value datename(Binder& binder, tsql::FunctionCall const& node) {
    auto const part = date_part(node.arguments[0], binder);
    if (part.empty()) return unknown_part(binder, node);
    auto moment = binder.as_moment(binder.value(node.arguments[1]), node.span);
    if (moment.is_failed) return moment;
    auto const type = text_type("nvarchar", 30);
    if (part == "month" || part == "weekday") {
        binder.say(codes::english_names, node.span, "names are English");
        return make_value(call(part == "month" ? "monthname" : "dayname", {moment.text}), Rank::atom, type,
                          moment.is_nullable);
    }
    auto const number = part_of(binder, part, moment, node.span);
    return make_value(cast_as(number, "varchar"), Rank::atom, type, moment.is_nullable);
}

Value year(Binder& binder, tsql::FunctionCall const& node) {
    return part_of(binder, "year", argument(binder, node, 0), node.span);
}
Value month(Binder& binder, tsql::FunctionCall const& node) {
    return part_of(binder, "month", argument(binder, node, 0), node.span);
}
Value day(Binder& binder, tsql::FunctionCall const& node) {
    return part_of(binder, "day", argument(binder, node, 0), node.span);
}

Value eomonth(Binder& binder, tsql::FunctionCall const& node) {
    auto const moment = binder.as_moment(argument(binder, node, 0), node.span);
    auto const months = argument(binder, node, 1);
    if (moment.is_failed || months.is_failed) return failed_value();
    auto text = moment.text;
    if (node.arguments.size() > 1)
        text = within(moment, Rank::sum) + " + to_months(cast(" + months.text + " as integer))";
    return atom(call("last_day", {text}), "date",
                moment.is_nullable || (node.arguments.size() > 1 && months.is_nullable));
}

Value datetrunc(Binder& binder, tsql::FunctionCall const& node) {
    auto const part = date_part(node.arguments[0], binder);
    if (part.empty() || part == "weekday" || part == "nanosecond") return unknown_part(binder, node);
    auto moment = binder.as_moment(binder.value(node.arguments[1]), node.span);
    if (moment.is_failed) return moment;
    std::string text;
    if (part == "week") {
        binder.say(codes::first_day, node.span, "the week begins on Sunday");
        text = "date_trunc('week', " + within(moment, Rank::sum) + " + interval 1 day) - interval 1 day";
    } else {
        auto const unit = part == "dayofyear" ? "day" : part == "iso_week" ? "week" : part;
        text = "date_trunc('" + std::string(unit) + "', " + moment.text + ')';
    }
    auto value = make_value(text, part == "week" ? Rank::sum : Rank::atom, moment.type, moment.is_nullable);
    value.is_plain = moment.family() != Family::date;
    return value;
}

constexpr std::array rows = {
    FunctionRow{"dateadd", 3, 3, dateadd},       FunctionRow{"datediff", 3, 3, datediff},
    FunctionRow{"datediff_big", 3, 3, datediff}, FunctionRow{"datepart", 2, 2, datepart},
    FunctionRow{"datename", 2, 2, datename},     FunctionRow{"year", 1, 1, year},
    FunctionRow{"month", 1, 1, month},           FunctionRow{"day", 1, 1, day},
    FunctionRow{"eomonth", 1, 2, eomonth},       FunctionRow{"datetrunc", 2, 2, datetrunc},
};

}  // namespace

std::string_view date_part(tsql::Expression const* expression, Binder& binder) {
    auto const word = lower_ascii(binder.written(*expression));
    for (auto const& name : part_names)
        if (name.written == word) return name.part;
    return {};
}

std::span<FunctionRow const> date_functions() {
    return rows;
}

}  // namespace mainstay::translate
