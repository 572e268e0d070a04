// What the API says about schedules. They are made by the products that own them, and so not here.
#include "platform/work/work_routes.hpp"

namespace mainstay::work {
namespace {

using fields::field;
using fields::length;

// All of it but what its work is given.
struct Schedule : flow::ScheduleRecord {};
fields::Table const& table_of(Schedule const*) {
    static fields::Table const table = [] {
        auto shown = table_of(static_cast<flow::ScheduleRecord const*>(nullptr));
        shown.name = "Schedule";
        std::erase_if(shown.fields, [](fields::Field const& one) { return one.name == "input"; });
        return shown;
    }();
    return table;
}

struct ListSchedules {
    std::int64_t limit = web::page_size_default;
    std::optional<flow::ScheduleId> cursor;
    std::optional<bool> is_paused;
    std::optional<std::string> job_kind, graph;
};
fields::Table const& table_of(ListSchedules const*) {
    static fields::Table const table{
        "ListSchedules",
        {web::limit_field(&ListSchedules::limit), web::cursor_field(&ListSchedules::cursor),
         field("is_paused", &ListSchedules::is_paused, "Those that are paused, or those that are not."),
         field("job_kind", &ListSchedules::job_kind, "Only those that make such jobs.", length(1, 200)),
         field("graph", &ListSchedules::graph, "Only those that make runs of it.", length(1, 200))}};
    return table;
}

struct ScheduleById {
    flow::ScheduleId schedule_id;
};
fields::Table const& table_of(ScheduleById const*) {
    static fields::Table const table{"ScheduleById",
                                     {field("schedule_id", &ScheduleById::schedule_id, "Begins with sch_.")}};
    return table;
}

Schedule schedule_or_404(Snapshot& snapshot, flow::ScheduleId id) {
    auto schedule = flow::find_schedule(snapshot, id);
    if (!schedule) throw Fault(errors::not_found, "There is no such object.");
    return {*std::move(schedule)};
}

constexpr web::Endpoint list_endpoint{
    .name = "list_schedules",
    .method = web::Method::get,
    .path = "/api/v1/schedules",
    .summary = "List schedules, oldest first",
    .permission = "schedules.read",
};

web::Page<Schedule> list(Call const&, Snapshot& snapshot, ListSchedules input) {
    flow::ScheduleFilter const filter{input.is_paused, std::move(input.job_kind), std::move(input.graph)};
    std::vector<Schedule> shown;
    for (auto& schedule : flow::list_schedules(snapshot, filter, input.cursor, input.limit + 1))
        shown.push_back({std::move(schedule)});
    return web::page_of(std::move(shown), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_schedule",
    .method = web::Method::get,
    .path = "/api/v1/schedules/{schedule_id}",
    .summary = "Read a schedule: when it comes due next, what it made last",
    .permission = "schedules.read",
};

Schedule read(Call const&, Snapshot& snapshot, ScheduleById input) {
    return schedule_or_404(snapshot, input.schedule_id);
}

constexpr web::Endpoint pause_endpoint{
    .name = "pause_schedule",
    .method = web::Method::post,
    .path = "/api/v1/schedules/{schedule_id}/pause",
    .summary = "Let a schedule make nothing by its times until it is resumed",
    .permission = "schedules.write",
    .impersonators = web::Impersonators::admitted,
};

Schedule pause(Call const& call, Transaction& tx, ScheduleById input) {
    call.note_before(schedule_or_404(tx, input.schedule_id));
    flow::pause_schedule(tx, input.schedule_id);
    return schedule_or_404(tx, input.schedule_id);
}

constexpr web::Endpoint resume_endpoint{
    .name = "resume_schedule",
    .method = web::Method::post,
    .path = "/api/v1/schedules/{schedule_id}/resume",
    .summary = "Let a schedule go on; what becomes of the times in the pause, its catch_up says",
    .permission = "schedules.write",
    .impersonators = web::Impersonators::admitted,
};

Schedule resume(Call const& call, Transaction& tx, ScheduleById input) {
    call.note_before(schedule_or_404(tx, input.schedule_id));
    flow::resume_schedule(tx, input.schedule_id);
    return schedule_or_404(tx, input.schedule_id);
}

constexpr web::Endpoint run_endpoint{
    .name = "run_schedule",
    .method = web::Method::post,
    .path = "/api/v1/schedules/{schedule_id}/run",
    .summary =
        "Let a schedule make one beside its times, paused or not; asked for again before it is made, it stays one",
    .permission = "schedules.write",
    .impersonators = web::Impersonators::admitted,
};

Schedule run(Call const&, Transaction& tx, ScheduleById input) {
    flow::run_now(tx, input.schedule_id);
    return schedule_or_404(tx, input.schedule_id);
}

}  // namespace

void add_schedule_routes(web::Routes& routes) {
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(pause_endpoint, pause);
    routes.add(resume_endpoint, resume);
    routes.add(run_endpoint, run);
}

}  // namespace mainstay::work
