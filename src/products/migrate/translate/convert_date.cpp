// Values as dates and times. Texts that are written in the query are read here, by SQL Server's rules; others are read
// by DuckDB, which knows fewer forms and ends with an error for the rest.
#include "products/migrate/translate/binder.hpp"
#include "products/migrate/translate/date_styles.hpp"
#include "products/migrate/translate/moment.hpp"

namespace mainstay::translate {

namespace {

std::string literal_of(Moment const& moment, Family family) {
    switch (family) {
        case Family::date: return "date '" + date_text(moment) + '\'';
        case Family::time: return "time '" + time_text(moment) + '\'';
        case Family::smalldatetime: return "timestamp '" + timestamp_text(to_the_minute(moment)) + '\'';
        case Family::datetimeoffset: {
            auto const minutes = moment.offset_minutes.value_or(0);
            auto const size = minutes < 0 ? -minutes : minutes;
            auto const two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
            return "timestamptz '" + timestamp_text(moment) + (minutes < 0 ? '-' : '+') + two(size / 60) + ':' +
                   two(size % 60) + '\'';
        }
        default: return "timestamp '" + timestamp_text(moment) + '\'';
    }
}

Value utc_clock(Value const& moment) {
    auto type = simple_type("datetime2");
    type.precision = moment.type.precision;
    return make_value('(' + within(moment, Rank::other) + " at time zone 'UTC')", Rank::atom, type, moment.is_nullable);
}

}  // namespace

Value Binder::to_temporal(Value value, Type const& to, tsql::Span span, Conversion conversion, Value const* style) {
    auto const from = value.family();
    auto const target = family_of(to);
    auto const type_name = duckdb_type(to).name;
    auto const done = [&](std::string text, Rank rank = Rank::atom) {
        return make_value(std::move(text), rank, to, value.is_nullable || conversion == Conversion::try_cast);
    };
    constexpr std::int64_t no_style = 0;  // 0 is the default style as well
    auto const style_number = style == nullptr ? no_style : integer_of(*style).value_or(no_style);
    if (is_text(from)) {
        if (value.is_text_literal()) {
            auto const moment = read_moment(*value.literal, order_of_style(style_number));
            if (!moment) {
                if (conversion == Conversion::try_cast) return done("cast(null as " + type_name + ')');
                return fail(codes::unknown_conversion, span,
                            quote_text(*value.literal) + " is no date that is known here");
            }
            if (moment->is_ambiguous && style_number == no_style)
                say(codes::ambiguous_date, span, quote_text(*value.literal) + " was read as month/day/year");
            return done(literal_of(*moment, target));
        }
        bool const tries = conversion == Conversion::try_cast;
        if (style_number != no_style) {
            auto const format = reading_format(style_number);
            if (format.empty())
                return fail(codes::unknown_style, span, "reading style " + std::to_string(style_number));
            say(codes::text_to_date, span, "the text must have the form of style " + std::to_string(style_number));
            auto const read = call(tries ? "try_strptime" : "strptime", {value.text, quote_text(format)});
            return done(type_name == "timestamp" ? read : "cast(" + read + " as " + type_name + ')');
        }
        say(codes::text_to_date, span, "the text must be a date of ISO 8601");
        return done((tries ? "try_cast(" : "cast(") + value.text + " as " + type_name + ')');
    }
    if (is_number(from)) {
        if (target != Family::datetime && target != Family::smalldatetime)
            return fail(codes::unknown_conversion, span, "a number as " + catalog::to_string(to));
        if (auto const days = integer_of(value))
            return done(literal_of(moment_of_days(days_from_civil(1900, 1, 1) + *days), target));
        if (is_integer(from))
            return done("timestamp '1900-01-01 00:00:00' + to_days(" + cast_as(value, "integer") + ')', Rank::sum);
        return done("timestamp '1900-01-01 00:00:00' + to_microseconds(cast(round(" + within(value, Rank::product) +
                        " * 86400000000) as bigint))",
                    Rank::sum);
    }
    if (!is_temporal(from))
        return fail(codes::unknown_conversion, span,
                    catalog::to_string(value.type) + " to " + catalog::to_string(to) + " is not translated");

    bool const held_the_same = duckdb_type(value.type).name == type_name;
    if (from == Family::datetimeoffset && target != from) {
        say(codes::offset_lost, span, "the clock time of the value's own offset is not known");
        return to_temporal(utc_clock(value), to, span,
                           conversion == Conversion::implicit ? Conversion::cast : conversion, style);
    }
    if (target == Family::datetimeoffset && from != target) {
        if (from == Family::date) value = convert(std::move(value), simple_type("datetime"), span, Conversion::cast);
        return done('(' + within(value, Rank::other) + " at time zone 'UTC')");
    }
    if (from == Family::time && target != Family::time) {
        if (target == Family::date) return fail(codes::unknown_conversion, span, "time to date");
        return done("date '1900-01-01' + " + within(value, Rank::product), Rank::sum);
    }
    if (conversion == Conversion::implicit) {
        auto result = value;
        result.is_plain = value.is_plain && held_the_same;
        result.type = to;
        return result;
    }
    // Fewer digits of a second: rounded, not cut off.
    bool const from_fine = from == Family::datetime2 || from == Family::datetime || from == Family::time;
    auto const digits = [](Type const& type) {
        return family_of(type) == Family::datetime ? std::int64_t{3} : type.precision;
    };
    if (target == Family::smalldatetime && from != Family::date && from != Family::smalldatetime)
        return done("date_trunc('minute', " + within(value, Rank::sum) + " + interval 30 seconds)");
    if (target == Family::datetime && from == Family::datetime2 && value.type.precision > 2)
        say(codes::datetime_steps, span, "the value keeps its microseconds");
    if (from_fine && (target == Family::datetime2 || target == Family::time) && digits(to) < digits(value.type)) {
        if (from == Family::time) {
            say(codes::microseconds, span, "the fraction of the second is not rounded");
        } else {
            auto const unit = digits(to) == 0 ? "second" : digits(to) == 3 ? "millisecond" : "";
            auto const half = digits(to) == 0 ? "interval 500 milliseconds" : "interval 500 microseconds";
            if (*unit == '\0' && digits(to) < 6)
                say(codes::microseconds, span, "the fraction of the second is not rounded");
            if (*unit != '\0')
                value = make_value(
                    "date_trunc('" + std::string(unit) + "', " + within(value, Rank::sum) + " + " + half + ')',
                    Rank::atom, value.type, value.is_nullable);
        }
    }
    if (held_the_same && value.is_plain) return done(value.text, value.rank);
    return done(cast_as(value, type_name));
}

Value Binder::as_moment(Value value, tsql::Span span) {
    if (value.is_failed || is_temporal(value.family())) return value;
    if (value.is_null()) return convert(std::move(value), simple_type("datetime"), span, Conversion::cast);
    return convert(std::move(value), simple_type("datetime"), span);
}

}  // namespace mainstay::translate
