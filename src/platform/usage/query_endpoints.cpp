// What the API says of what meters counted.
#include "base/text.hpp"
#include "platform/usage/query.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;

struct AskUsage {
    MeterId meter_id;
    std::optional<Instant> from, to;
    Window window = Window::none;
    std::optional<std::string> by;
    std::optional<std::string> subject;
    std::int64_t limit = web::page_size_default;
    std::optional<std::string> cursor;
};
fields::Table const& table_of(AskUsage const*) {
    static fields::Table const table{
        "AskUsage",
        {field("meter_id", &AskUsage::meter_id, "Begins with mtr_."),
         field("from", &AskUsage::from,
               "A whole hour, or a whole day from 62 days ago on; the month's start when absent."),
         field("to", &AskUsage::to, "Likewise, and not part of it; the end of this hour when absent."),
         field("window", &AskUsage::window, "How the time between is cut (UTC).", defaulted()),
         field("by", &AskUsage::by,
               "What figures are told apart by, separated by commas: subject, and what the meter groups by.",
               length(1, 600)),
         field("subject", &AskUsage::subject, "Of this customer alone.", length(1, 100)),
         field("limit", &AskUsage::limit, "Series on a page; fewer when their windows are many.",
               fields::range(std::int64_t{1}, web::page_size_max), defaulted()),
         field("cursor", &AskUsage::cursor, "`next_cursor` of the page before.", length(1, 8'000))}};
    return table;
}

struct UsageSeries {
    std::optional<std::string> subject;
    std::map<std::string, std::string> groups;
    std::vector<Point> points;
};
fields::Table const& table_of(UsageSeries const*) {
    static fields::Table const table{
        "UsageSeries",
        {field("subject", &UsageSeries::subject, "The customer, when asked for."),
         field("groups", &UsageSeries::groups, "Values of the properties that were asked for; empty: it was absent."),
         field("points", &UsageSeries::points, "Windows in which something was counted, in order.")}};
    return table;
}

struct UsageFigures {
    Meter meter;
    Instant from, to;
    std::vector<UsageSeries> items;
    std::optional<std::string> next_cursor;
};
fields::Table const& table_of(UsageFigures const*) {
    static fields::Table const table{
        "UsageFigures",
        {field("meter", &UsageFigures::meter, "Which counted."), field("from", &UsageFigures::from, "Part of it."),
         field("to", &UsageFigures::to, "Not part of it."),
         field("items", &UsageFigures::items, "One page of series, in order."),
         field("next_cursor", &UsageFigures::next_cursor, "Give it as `cursor` for the next page; null at the end.")}};
    return table;
}

constexpr web::Endpoint ask_endpoint{
    .name = "query_usage",
    .method = web::Method::get,
    .path = "/api/v1/usage/query",
    .summary = "What a meter counted, by time, customer and group",
    .permission = "usage.read",
};

[[noreturn]] void refuse(std::string pointer, std::string message) {
    throw Fault(errors::invalid_input, "The question cannot be answered.",
                std::vector<Problem>{{std::move(pointer), std::move(message)}});
}

Question question_of(Snapshot& snapshot, AskUsage const& input) {
    auto meter = find_meter(snapshot, input.meter_id);
    if (!meter) throw Fault(errors::not_found, "There is no such meter.");
    Question question;
    question.period = {input.from.value_or(month_of(snapshot.now())),
                       input.to.value_or(start_of(bucket_width, snapshot.now()) + bucket_width)};
    question.window = input.window;
    question.subject = input.subject;
    check(question.period, question.window, snapshot.now());
    std::string const by = input.by.value_or("");
    for (auto const part : split(by, ',')) {
        auto const name = trim(part);
        auto const group = std::find(meter->group_by.begin(), meter->group_by.end(), name);
        if (name == "subject")
            question.by_subject = true;
        else if (group != meter->group_by.end())
            question.by_group[static_cast<std::size_t>(group - meter->group_by.begin())] = true;
        else if (!name.empty())
            refuse("/by", "must have subject and what the meter groups by alone");
    }
    if (input.cursor && !(question.after = key_of_cursor(*input.cursor))) refuse("/cursor", "must be a next_cursor");
    auto const windows = windows_of(question.period, question.window).size();
    question.series_max =
        std::min(static_cast<std::size_t>(input.limit), std::max(std::size_t{1}, points_max / windows));
    question.meter = std::move(*meter);
    return question;
}

UsageFigures ask(Call const&, Snapshot& snapshot, AskUsage input) {
    Question const question = question_of(snapshot, input);
    auto const windows = windows_of(question.period, question.window).size();
    // A series has a row for each window and one for what was before; the one too many tells that there is more.
    auto const rows = read_figures(snapshot, question, std::int64_t(question.series_max * (windows + 1)) + 1);
    auto series = series_of(question, rows);
    UsageFigures figures{question.meter, question.period.from, question.period.to, {}, std::nullopt};
    if (series.size() > question.series_max) {
        series.resize(question.series_max);
        figures.next_cursor = cursor_of(series.back().key);
    }
    for (Series& one : series) {
        UsageSeries shown{
            question.by_subject ? std::optional(one.key.subject) : std::nullopt, {}, std::move(one.points)};
        for (std::size_t i = 0; i < question.meter.group_by.size(); ++i)
            if (question.by_group[i]) shown.groups[question.meter.group_by[i]] = one.key.groups[i];
        figures.items.push_back(std::move(shown));
    }
    return figures;
}

}  // namespace

fields::Table const& table_of(Point const*) {
    static fields::Table const table{
        "UsagePoint",
        {field("from", &Point::from, "The window's start."), field("to", &Point::to, "Its end, not part of it."),
         field("value", &Point::value, "An exact decimal number; of weighted_sum, level times seconds.")}};
    return table;
}

void add_query_routes(web::Routes& routes) {
    routes.add(ask_endpoint, ask);
}

}  // namespace mainstay::usage
