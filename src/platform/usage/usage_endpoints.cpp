// What the API says about usage.
#include "platform/usage/intake.hpp"
#include "platform/usage/query.hpp"
#include "platform/usage/quotas.hpp"
#include "platform/usage/usage_store.hpp"

namespace mainstay::usage {
namespace {

using fields::field;
using fields::pattern;

constexpr std::int64_t rows_max = 10'000;

struct ReadUsage {
    std::optional<std::string> from;
    std::optional<std::string> to;
};
fields::Table const& table_of(ReadUsage const*) {
    static fields::Table const table{
        "ReadUsage",
        {field("from", &ReadUsage::from, "First day, UTC; the month's first when absent.",
               pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}", "must be a day such as 2026-11-20")),
         field("to", &ReadUsage::to, "Last day, UTC; today when absent.",
               pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}", "must be a day such as 2026-11-20"))}};
    return table;
}

struct Usage {
    std::string from;
    std::string to;
    std::vector<RequestCount> requests;
    bool is_complete = true;
};
fields::Table const& table_of(Usage const*) {
    static fields::Table const table{"Usage",
                                     {field("from", &Usage::from, "First day."), field("to", &Usage::to, "Last day."),
                                      field("requests", &Usage::requests, "By day, credential, endpoint and status."),
                                      field("is_complete", &Usage::is_complete,
                                            "False when there is more than one reply holds; ask for fewer days.")}};
    return table;
}

constexpr web::Endpoint read_endpoint{
    .name = "read_usage",
    .method = web::Method::get,
    .path = "/api/v1/usage",
    .summary = "Requests by day, credential, endpoint and status",
    .permission = "usage.read",
};

Usage read(Call const&, Snapshot& snapshot, ReadUsage input) {
    Usage usage{std::move(input.from).value_or(day_of(month_of(snapshot.now()))),
                std::move(input.to).value_or(day_of(snapshot.now())),
                {},
                true};
    usage.requests = counts_between(snapshot, usage.from, usage.to, rows_max + 1);
    if (usage.requests.size() > rows_max) {
        usage.requests.resize(rows_max);
        usage.is_complete = false;
    }
    return usage;
}

}  // namespace

fields::Table const& table_of(DayOfRequests const*) {
    static fields::Table const table{
        "DayOfRequests",
        {field("day", &DayOfRequests::day, "In UTC."), field("requests", &DayOfRequests::requests, "Of all tenants."),
         field("failures", &DayOfRequests::failures, "Of those, answered with a fault of the server (5xx).")}};
    return table;
}

fields::Table const& table_of(RequestCount const*) {
    static fields::Table const table{
        "RequestCount",
        {field("day", &RequestCount::day, "UTC."),
         field("credential_id", &RequestCount::credential_id, "A key's or session's id."),
         field("endpoint", &RequestCount::endpoint, "The operation."),
         field("status", &RequestCount::status, "HTTP status."),
         field("requests", &RequestCount::requests, "How many."),
         field("total_us", &RequestCount::total_us, "Their times added up, microseconds.")}};
    return table;
}

void add_routes(web::Routes& routes) {
    routes.add(read_endpoint, read);
    add_meter_routes(routes);
    add_intake_routes(routes);
    add_query_routes(routes);
    add_quota_routes(routes);
}

}  // namespace mainstay::usage
