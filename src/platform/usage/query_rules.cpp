// Windows of time, and what rows of roll-ups come to.
#include "platform/usage/query.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

Instant next_month(Instant month) {
    return month_of(month + days(31));
}

Instant start_of_window(Window window, Instant t) {
    switch (window) {
        case Window::none: return {0};
        case Window::hour: return start_of(hours(1), t);
        case Window::day: return start_of(days(1), t);
        case Window::month: return month_of(t);
    }
    return {0};
}

Instant end_of_window(Window window, Instant start, Instant last) {
    switch (window) {
        case Window::none: return last;
        case Window::hour: return start + hours(1);
        case Window::day: return start + days(1);
        case Window::month: return next_month(start);
    }
    return last;
}

std::int64_t seconds_between(Instant from, Instant to) {
    return (to - from).us / seconds(1).us;
}

std::string value_of(Aggregation aggregation, FigureRow const& row) {
    switch (aggregation) {
        case Aggregation::count:
        case Aggregation::unique: return std::to_string(row.events);
        case Aggregation::sum: return Decimal::from_parts(row.whole, row.billionths).to_string();
        case Aggregation::max:
        case Aggregation::latest: return peak_of(aggregation, row.peak).to_string();
        case Aggregation::weighted_sum: break;  // needs what was before
    }
    return {};
}

using Rows = std::vector<FigureRow>::const_iterator;

std::vector<Point> points_of(Question const& question, std::vector<Period> const& windows, Rows row, Rows end) {
    std::vector<Point> points;
    auto window = windows.begin();
    for (; row != end; ++row) {
        Instant const start = std::max(question.period.from, Instant{row->window_at});
        window = std::find_if(window, windows.end(), [&](Period const& one) { return one.to > start; });
        points.push_back({window->from, window->to, value_of(question.meter.aggregation, *row)});
    }
    return points;
}

// The level that stood when a window began stands on to its end, and each change of it from its own second on.
std::vector<Point> levels_of(Question const& question, std::vector<Period> const& windows, Rows row, Rows end) {
    std::vector<Point> points;
    Decimal level;
    if (row != end && row->window_at == before_period) {
        level = Decimal::from_parts(row->whole, row->billionths);
        ++row;
    }
    for (Period const& window : windows) {
        Decimal value = level * seconds_between(window.from, window.to);
        bool const has_changes = row != end && Instant{row->window_at} < window.to;
        if (has_changes) {
            Decimal const change = Decimal::from_parts(row->whole, row->billionths);
            Decimal const moment = Decimal::from_parts(row->moment_whole, row->moment_billionths);
            value = value + change * seconds_between(question.period.from, window.to) - moment;
            level = level + change;
            ++row;
        }
        if (has_changes || value != Decimal()) points.push_back({window.from, window.to, value.to_string()});
    }
    return points;
}

}  // namespace

std::vector<Period> windows_of(Period period, Window window) {
    std::vector<Period> windows;
    for (Instant from = period.from; from < period.to && windows.size() <= windows_max;) {
        Instant const to = std::min(period.to, end_of_window(window, start_of_window(window, from), period.to));
        windows.push_back({from, to});
        from = to;
    }
    return windows;
}

void check(Period period, Window window, Instant now) {
    std::vector<Problem> problems;
    Instant const by_the_hour = hours_begin(now);
    auto const look_at = [&](Instant t, char const* pointer) {
        if (t != start_of(hours(1), t))
            problems.push_back({pointer, "must be a whole hour (UTC)"});
        else if (t < by_the_hour && t != start_of(days(1), t))
            problems.push_back({pointer, "must be a whole day (UTC), since hours are kept for 62 days"});
    };
    look_at(period.from, "/from");
    look_at(period.to, "/to");
    if (period.from >= period.to || period.from.us < 0)
        problems.push_back({"/to", "must be behind from"});
    else if (windows_of(period, window).size() > windows_max)
        problems.push_back({"/window", "must make " + std::to_string(windows_max) + " windows at most"});
    if (window == Window::hour && period.from < by_the_hour)
        problems.push_back({"/window", "must be day or longer, since hours are kept for 62 days"});
    if (!problems.empty()) throw Fault(errors::invalid_input, "The question cannot be answered.", problems);
}

std::vector<Series> series_of(Question const& question, std::vector<FigureRow> const& rows) {
    auto const windows = windows_of(question.period, question.window);
    bool const is_level = question.meter.aggregation == Aggregation::weighted_sum;
    std::vector<Series> all;
    for (auto row = rows.begin(); row != rows.end();) {
        SeriesKey const key = row->key();
        auto const end = std::find_if(row, rows.end(), [&](FigureRow const& other) { return other.key() != key; });
        all.push_back(
            {key, is_level ? levels_of(question, windows, row, end) : points_of(question, windows, row, end)});
        row = end;
    }
    return all;
}

std::string cursor_of(SeriesKey const& key) {
    std::vector<std::string> parts{key.subject};
    parts.insert(parts.end(), key.groups.begin(), key.groups.end());
    std::string const text = fields::to_json(parts);
    return to_base64url(std::span(reinterpret_cast<unsigned char const*>(text.data()), text.size()));
}

std::optional<SeriesKey> key_of_cursor(std::string_view cursor) {
    auto const bytes = from_base64url(cursor);
    json::Document document;
    if (!bytes || document.parse(std::string(bytes->begin(), bytes->end()))) return std::nullopt;
    auto const parts = document.root().items;
    bool const is_text = std::all_of(parts.begin(), parts.end(),
                                     [](json::Node const& part) { return part.type == json::Node::Type::string; });
    if (parts.size() != 1 + group_by_max || !is_text) return std::nullopt;
    SeriesKey key{std::string(parts[0].string), {}};
    for (std::size_t i = 0; i < group_by_max; ++i) key.groups[i] = parts[i + 1].string;
    return key;
}

}  // namespace mainstay::usage
