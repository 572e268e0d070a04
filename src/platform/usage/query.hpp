// Questions about what meters counted: by time, subject and group. Within usage alone.
#pragma once
#include "platform/usage/rollups.hpp"

#include <array>

namespace mainstay::usage {

enum class Window { none, hour, day, month };
BOOST_DESCRIBE_ENUM(Window, none, hour, day, month)

inline constexpr std::size_t windows_max = 1'000;  // of one question: some 41 days by the hour
inline constexpr std::size_t points_max = 10'000;  // of one page

struct Period {
    Instant from, to;
    friend bool operator==(Period const&, Period const&) = default;
};

// By what a series is told apart from others. What is not asked for is empty.
struct SeriesKey {
    std::string subject;
    std::array<std::string, group_by_max> groups;  // in the order of the meter's group_by
    friend auto operator<=>(SeriesKey const&, SeriesKey const&) = default;
};
std::string cursor_of(SeriesKey const&);
std::optional<SeriesKey> key_of_cursor(std::string_view);

struct Question {
    Meter meter;
    Period period;
    Window window = Window::none;
    bool by_subject = false;
    std::array<bool, group_by_max> by_group{};
    std::optional<std::string> subject;  // of this one alone
    std::optional<SeriesKey> after;
    std::size_t series_max = 1;
};

// Windows of the question, in order and without gaps; the first and the last may be cut short by its ends.
std::vector<Period> windows_of(Period, Window);

// Throws Fault(errors::invalid_input) for times that figures are not kept by, and for too many windows.
void check(Period, Window, Instant now);

// What the roll-ups of one series and window add up to.
struct FigureRow {
    std::string subject;
    std::string group_1, group_2, group_3, group_4, group_5;
    std::int64_t window_at = 0;  // microseconds; before_period for all that was before
    std::int64_t events = 0;
    std::int64_t whole = 0, billionths = 0;
    std::int64_t moment_whole = 0, moment_billionths = 0;  // from the period's start on
    std::string peak;

    SeriesKey key() const { return {subject, {group_1, group_2, group_3, group_4, group_5}}; }
};
fields::Table const& table_of(FigureRow const*);
inline constexpr std::int64_t before_period = -1;

struct Point {
    Instant from, to;
    std::string value;
};

struct Series {
    SeriesKey key;
    std::vector<Point> points;
};

// Rows in the order of their keys and windows.
std::vector<Series> series_of(Question const&, std::vector<FigureRow> const&);

std::vector<FigureRow> read_figures(Snapshot&, Question const&, std::int64_t limit);

void add_query_routes(web::Routes&);

}  // namespace mainstay::usage
