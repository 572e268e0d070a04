// What the API says about the installation in figures.
#include "platform/admin/admin_routes.hpp"
#include "platform/admin/stock_store.hpp"
#include "platform/tenants/tenants.hpp"

namespace mainstay::admin {
namespace {

using fields::field;

constexpr std::int64_t work_counted_max = 100'000;  // rows: unfinished ones, and of those given up

struct Tenants {
    std::int64_t trial = 0, active = 0, suspended = 0, deleting = 0;
};
fields::Table const& table_of(Tenants const*) {
    static fields::Table const table{
        "TenantFigures",
        {field("trial", &Tenants::trial, "On trial."), field("active", &Tenants::active, "Open."),
         field("suspended", &Tenants::suspended, "Shut by an operator."),
         field("deleting", &Tenants::deleting, "Erased after their grace.")}};
    return table;
}

struct Work {
    std::int64_t due = 0, later = 0, parked = 0, running = 0, dead = 0, cancelled = 0;
    bool is_complete = true;
};
fields::Table const& table_of(Work const*) {
    static fields::Table const table{
        "WorkFigures",
        {field("due", &Work::due, "Jobs, runs and schedules that could run now."),
         field("later", &Work::later, "That wait for a time, an event, an answer or other runs."),
         field("parked", &Work::parked, "That wait for a place under their concurrency key."),
         field("running", &Work::running, "That run."), field("dead", &Work::dead, "Jobs that were given up."),
         field("cancelled", &Work::cancelled, "Jobs that were cancelled; kept for 7 days like the dead ones."),
         field("is_complete", &Work::is_complete, "False when there is more than the 100,000 that are counted.")}};
    return table;
}

struct Dashboard {
    Tenants tenants;
    Stock people;
    std::optional<Instant> counted_at;
    Work work;
    std::vector<usage::DayOfRequests> requests;
};
fields::Table const& table_of(Dashboard const*) {
    static fields::Table const table{"Dashboard",
                                     {field("tenants", &Dashboard::tenants, "By status, now."),
                                      field("people", &Dashboard::people, "Users and keys, as they were counted last."),
                                      field("counted_at", &Dashboard::counted_at, "When; null: not yet."),
                                      field("work", &Dashboard::work, "Jobs, runs and schedules, now."),
                                      field("requests", &Dashboard::requests,
                                            "Of the last 30 days, to within a second; days without any are left "
                                            "out.")}};
    return table;
}

Tenants tenants_of(Snapshot& snapshot) {
    Tenants figures;
    for (auto const& [status, count] : tenants::count_by_status(snapshot)) switch (status) {
            case tenants::Status::trial: figures.trial = count; break;
            case tenants::Status::active: figures.active = count; break;
            case tenants::Status::suspended: figures.suspended = count; break;
            case tenants::Status::deleting: figures.deleting = count; break;
        }
    return figures;
}

Work work_of(Snapshot& snapshot) {
    Work work;
    for (auto const& queue : flow::list_queues(snapshot, work_counted_max)) {
        work.due += queue.due;
        work.later += queue.later;
        work.parked += queue.parked;
        work.running += queue.running;
    }
    auto const given_up = flow::count_given_up(snapshot, work_counted_max);
    work.dead = given_up.dead;
    work.cancelled = given_up.cancelled;
    work.is_complete = work.due + work.later + work.parked + work.running < work_counted_max &&
                       work.dead + work.cancelled < work_counted_max;
    return work;
}

constexpr web::Endpoint stats_endpoint{
    .name = "read_dashboard",
    .method = web::Method::get,
    .path = "/api/admin/dashboard/stats",
    .summary = "The installation in figures: tenants, users, keys, requests, work",
    .permission = "system.read",
    .reach = web::Reach::installation,
};

Dashboard read_stats(Call const&, Snapshot& snapshot) {
    Dashboard dashboard;
    dashboard.tenants = tenants_of(snapshot);
    if (auto kept = find_stock(snapshot)) {
        dashboard.people = std::move(kept->stock);
        dashboard.counted_at = kept->counted_at;
    }
    dashboard.work = work_of(snapshot);
    dashboard.requests = usage::requests_by_day(snapshot, usage::day_of(snapshot.now() - days(sign_up_days - 1)));
    return dashboard;
}

}  // namespace

void add_dashboard_routes(web::Routes& routes) {
    routes.add(stats_endpoint, read_stats);
}

void add_routes(web::Routes& routes, Needs const& needs) {
    add_dashboard_routes(routes);
    add_user_routes(routes, needs);
    add_health_routes(routes, needs);
    routes.declare({&errors::last_operator});
}

}  // namespace mainstay::admin
