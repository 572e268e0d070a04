// How the driver makes work: in the transactions of the program's own API.
#include "tests/chaos_server/chaos.hpp"

namespace mainstay::chaos {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;
using fields::range;

constexpr std::size_t items_max = 200;
constexpr Duration unique_for_good = days(36'500);
constexpr std::string_view permission = "uploads.write";  // the list is closed, and chaos is in no product

struct NewJob {
    Task task;
    bool is_doomed = false;  // it has few attempts
    std::int64_t priority = 0;
    std::int64_t delay_ms = 0;
    std::int64_t lane_limit = 1;
    bool is_unique = false;  // its key is its unique key, for good
};
fields::Table const& table_of(NewJob const*) {
    static fields::Table const table{
        "ChaosNewJob",
        {field("task", &NewJob::task, "What it does."),
         field("is_doomed", &NewJob::is_doomed, "Whether it has few attempts.", defaulted()),
         field("priority", &NewJob::priority, "Higher first.", range(-flow::highest_priority, flow::highest_priority),
               defaulted()),
         field("delay_ms", &NewJob::delay_ms, "When it runs.", range(std::int64_t{0}, std::int64_t{1} << 40),
               defaulted()),
         field("lane_limit", &NewJob::lane_limit, "Places under its lane.", range(std::int64_t{1}, std::int64_t{100}),
               defaulted()),
         field("is_unique", &NewJob::is_unique, "Whether there is one of its key.", defaulted())}};
    return table;
}

struct MakeJobs {
    std::vector<NewJob> items;
};
fields::Table const& table_of(MakeJobs const*) {
    static fields::Table const table{"ChaosMakeJobs",
                                     {field("items", &MakeJobs::items, "Jobs.", fields::items(1, items_max))}};
    return table;
}

struct MakeRuns {
    std::vector<Voyage> items;
};
fields::Table const& table_of(MakeRuns const*) {
    static fields::Table const table{"ChaosMakeRuns",
                                     {field("items", &MakeRuns::items, "Runs.", fields::items(1, items_max))}};
    return table;
}

struct Made {
    std::vector<std::string> ids;
};
fields::Table const& table_of(Made const*) {
    static fields::Table const table{"ChaosMade", {field("ids", &Made::ids, "In the order of the items.")}};
    return table;
}

struct SendSignal {
    std::string subject, value;
};
fields::Table const& table_of(SendSignal const*) {
    static fields::Table const table{"ChaosSendSignal",
                                     {field("subject", &SendSignal::subject, "A voyage's key.", length(1, 100)),
                                      field("value", &SendSignal::value, "What it says.", length(1, 100))}};
    return table;
}

struct MakeSchedule {
    std::string name;
    std::int64_t every_s = 1;
};
fields::Table const& table_of(MakeSchedule const*) {
    static fields::Table const table{
        "ChaosMakeSchedule",
        {field("name", &MakeSchedule::name, "Its name.", length(1, 100)),
         field("every_s", &MakeSchedule::every_s, "Seconds.", range(flow::interval_s_min, flow::interval_s_max))}};
    return table;
}

struct ScheduleById {
    flow::ScheduleId schedule_id;
};
fields::Table const& table_of(ScheduleById const*) {
    static fields::Table const table{"ChaosScheduleById",
                                     {field("schedule_id", &ScheduleById::schedule_id, "Begins with sch_.")}};
    return table;
}

constexpr web::Endpoint jobs_endpoint{.name = "chaos_make_jobs",
                                      .method = web::Method::post,
                                      .path = "/api/v1/chaos/jobs",
                                      .summary = "Make jobs",
                                      .permission = permission,
                                      .success = 201};
constexpr web::Endpoint runs_endpoint{.name = "chaos_make_runs",
                                      .method = web::Method::post,
                                      .path = "/api/v1/chaos/runs",
                                      .summary = "Start runs",
                                      .permission = permission,
                                      .success = 201};
constexpr web::Endpoint signals_endpoint{.name = "chaos_send_signal",
                                         .method = web::Method::post,
                                         .path = "/api/v1/chaos/signals",
                                         .summary = "Emit an event",
                                         .permission = permission,
                                         .success = 204};
constexpr web::Endpoint schedules_endpoint{.name = "chaos_make_schedule",
                                           .method = web::Method::post,
                                           .path = "/api/v1/chaos/schedules",
                                           .summary = "Make a schedule that makes up for each of its times",
                                           .permission = permission,
                                           .success = 201};
constexpr web::Endpoint pause_endpoint{.name = "chaos_pause_schedule",
                                       .method = web::Method::post,
                                       .path = "/api/v1/chaos/schedules/{schedule_id}/pause",
                                       .summary = "Pause a schedule",
                                       .permission = permission,
                                       .success = 204};

flow::JobOptions options_of(Transaction& tx, NewJob const& job) {
    flow::JobOptions options{.queue = std::string(queue), .priority = job.priority};
    if (job.delay_ms > 0) options.run_at = tx.now() + milliseconds(job.delay_ms);
    if (job.is_unique) {
        options.unique_key = job.task.key;
        options.unique_period = unique_for_good;
    }
    if (!job.task.lane.empty()) options.concurrency = flow::Concurrency{job.task.lane, job.lane_limit};
    return options;
}

Made make_jobs(Call const&, Transaction& tx, MakeJobs input) {
    Made made;
    std::vector<NewJob> const jobs = std::move(input.items);
    for (auto const& job : jobs) {
        auto const kind = job.is_doomed ? doomed_kind : patient_kind;
        auto const id = flow::enqueue_text(tx, kind, fields::to_json(job.task), options_of(tx, job));
        made.ids.push_back(id.to_string());
    }
    return made;
}

void send_signal(Call const&, Transaction& tx, SendSignal input) {
    events::emit(tx, input.subject, Signal{std::move(input.value)});
}

Made make_schedule(Call const&, Transaction& tx, MakeSchedule input) {
    flow::ScheduleSpec spec{.every_seconds = input.every_s, .catch_up = flow::CatchUp::all};
    auto const id = flow::schedule_job(tx, input.name, spec, Tick{input.name}, {.queue = std::string(queue)});
    return {{id.to_string()}};
}

void pause_schedule(Call const&, Transaction& tx, ScheduleById input) {
    if (!flow::pause_schedule(tx, input.schedule_id)) throw Fault(errors::not_found, "There is no such object.");
}

}  // namespace

void add_routes(web::Routes& routes, flow::Graph const& voyage) {
    routes.add(jobs_endpoint, make_jobs);
    routes.add(runs_endpoint, [&voyage](Call const&, Transaction& tx, MakeRuns input) {
        Made made;
        std::vector<Voyage> const items = std::move(input.items);
        for (auto const& item : items)
            made.ids.push_back(flow::start_run(tx, voyage, item, {.queue = std::string(queue)}).to_string());
        return made;
    });
    routes.add(signals_endpoint, send_signal);
    routes.add(schedules_endpoint, make_schedule);
    routes.add(pause_endpoint, pause_schedule);
}

}  // namespace mainstay::chaos
