// What the API says about runs of workflows.
#include "platform/work/work_routes.hpp"

namespace mainstay::work {
namespace {

using fields::field;
using fields::length;
using fields::range;

struct ListRuns {
    std::int64_t limit = web::page_size_default;
    std::optional<flow::RunId> cursor;
    std::optional<flow::RunState> state;
    std::optional<std::string> graph;
    std::optional<bool> waits_for_answer;
};
fields::Table const& table_of(ListRuns const*) {
    static fields::Table const table{"ListRuns",
                                     {web::limit_field(&ListRuns::limit), web::cursor_field(&ListRuns::cursor),
                                      field("state", &ListRuns::state, "Only those."),
                                      field("graph", &ListRuns::graph, "Only those.", length(1, 200)),
                                      field("waits_for_answer", &ListRuns::waits_for_answer,
                                            "`true`: only those that ask somebody something, themselves or by a run "
                                            "that they started; `false`: only the others.")}};
    return table;
}

struct RunById {
    flow::RunId run_id;
};
fields::Table const& table_of(RunById const*) {
    static fields::Table const table{"RunById", {field("run_id", &RunById::run_id, "Begins with run_.")}};
    return table;
}

struct ListSteps {
    flow::RunId run_id;
    std::int64_t after = 0;
};
fields::Table const& table_of(ListSteps const*) {
    static fields::Table const table{"ListSteps",
                                     {field("run_id", &ListSteps::run_id, "Begins with run_."),
                                      field("after", &ListSteps::after, "The number behind which the page begins.",
                                            range(std::int64_t{0}, std::int64_t{1} << 40), fields::defaulted())}};
    return table;
}

struct Steps {
    std::vector<flow::Step> items;
    std::optional<std::int64_t> next_after;
};
fields::Table const& table_of(Steps const*) {
    static fields::Table const table{
        "RunSteps",
        {field("items", &Steps::items,
               "Attempts at nodes that came to an end, in order: up to 500, and 4 MiB of changes."),
         field("next_after", &Steps::next_after, "Give it as `after` for the next page; absent at the end.")}};
    return table;
}

struct OpenWait : flow::Wait {
    std::optional<JsonText> answer_schema;
};
fields::Table const& table_of(OpenWait const*) {
    static fields::Table const table = [] {
        fields::Table of_base = flow::table_of(static_cast<flow::Wait const*>(nullptr));
        of_base.name = "OpenRunWait";
        of_base.fields.push_back(field("answer_schema", &OpenWait::answer_schema,
                                       "The JSON Schema of an answer to its question; absent when it asks nothing or "
                                       "this node lacks its graph."));
        return of_base;
    }();
    return table;
}

struct RunDetail {
    flow::Run run;
    std::vector<OpenWait> waits;
    std::optional<std::string> drawing;
    std::optional<JsonText> graph;
};
fields::Table const& table_of(RunDetail const*) {
    static fields::Table const table{
        "RunDetail",
        {field("run", &RunDetail::run, "Where it stands."),
         field("waits", &RunDetail::waits,
               "What it waits for now, its open questions among it, and what the runs that it started wait for, oldest "
               "first: up to 1,000, and 4 MiB of questions. Of a run that another started, what it waits for itself."),
         field("drawing", &RunDetail::drawing, "Its graph in Mermaid's language; absent when this node lacks it."),
         field("graph", &RunDetail::graph, "The same as JSON: the nodes and the ways out of each.")}};
    return table;
}

struct ForkRun {
    flow::RunId run_id;
    std::int64_t step = 0;
};
fields::Table const& table_of(ForkRun const*) {
    static fields::Table const table{"ForkRun",
                                     {field("run_id", &ForkRun::run_id, "Begins with run_."),
                                      field("step", &ForkRun::step, "Behind which of its steps the new run goes on.",
                                            range(std::int64_t{1}, std::int64_t{1} << 40))}};
    return table;
}

[[noreturn]] void refuse(flow::Run const& run, std::string_view what) {
    throw Fault(errors::conflict,
                "A run that is " + std::string(fields::name_of(run.state)) + " cannot be " + std::string(what) + ".");
}

constexpr web::Endpoint list_endpoint{
    .name = "list_runs",
    .method = web::Method::get,
    .path = "/api/v1/workflow-runs",
    .summary = "List runs of workflows, newest first; without their states, and those that other runs started",
    .permission = "runs.read",
};

web::Page<flow::RunSummary> list(Call const&, Snapshot& snapshot, ListRuns input) {
    flow::RunFilter const filter{input.state, std::move(input.graph), input.waits_for_answer};
    return web::page_of(flow::list_runs(snapshot, filter, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_run",
    .method = web::Method::get,
    .path = "/api/v1/workflow-runs/{run_id}",
    .summary = "Read a run: where it stands, what it waits for, its graph",
    .permission = "runs.read",
};

std::optional<JsonText> answer_schema_of(Needs const& needs, flow::Wait const& wait) {
    auto const* graph = needs.engine.find_graph(wait.graph, wait.version);
    if (graph == nullptr) return std::nullopt;
    auto const node = graph->nodes.find(wait.node);
    if (node == graph->nodes.end() || node->second.answer_schema.empty()) return std::nullopt;
    return JsonText{node->second.answer_schema};
}

RunDetail read(Needs const& needs, Snapshot& snapshot, RunById input) {
    RunDetail detail{run_or_404(snapshot, input.run_id), {}, std::nullopt, std::nullopt};
    for (auto& wait : flow::open_waits_of(snapshot, detail.run)) {
        auto schema = answer_schema_of(needs, wait);
        detail.waits.push_back({std::move(wait), std::move(schema)});
    }
    if (auto const* graph = needs.engine.find_graph(detail.run.graph, detail.run.version)) {
        detail.drawing = flow::to_mermaid(*graph);
        detail.graph = JsonText{flow::to_json(*graph)};
    }
    return detail;
}

constexpr web::Endpoint steps_endpoint{
    .name = "list_run_steps",
    .method = web::Method::get,
    .path = "/api/v1/workflow-runs/{run_id}/steps",
    .summary = "List the steps of a run, with their times and what each changed",
    .permission = "runs.read",
};

Steps steps(Call const&, Snapshot& snapshot, ListSteps input) {
    auto const run = run_or_404(snapshot, input.run_id);
    Steps page{flow::steps_of(snapshot, input.run_id, input.after), std::nullopt};
    if (!page.items.empty() && page.items.back().number < run.steps) page.next_after = page.items.back().number;
    return page;
}

constexpr web::Endpoint cancel_endpoint{
    .name = "cancel_run",
    .method = web::Method::post,
    .path = "/api/v1/workflow-runs/{run_id}/cancel",
    .summary = "Cancel a run and all that it waits for: at once when it waits, behind its node when it runs",
    .permission = "runs.write",
    .impersonators = web::Impersonators::admitted,
};

flow::Run cancel(Needs const& needs, Call const& call, Transaction& tx, RunById input) {
    auto const run = run_or_404(tx, input.run_id);
    call.note_before(run);
    if (!flow::cancel_run(tx, needs.engine, input.run_id)) refuse(run, "cancelled");
    return run_or_404(tx, input.run_id);
}

constexpr web::Endpoint retry_endpoint{
    .name = "retry_run",
    .method = web::Method::post,
    .path = "/api/v1/workflow-runs/{run_id}/retry",
    .summary = "Take a failed or cancelled run up again at the node where it stopped",
    .permission = "runs.write",
    .impersonators = web::Impersonators::admitted,
};

flow::Run retry(Needs const& needs, Call const& call, Transaction& tx, RunById input) {
    auto const run = run_or_404(tx, input.run_id);
    call.note_before(run);
    if (!flow::retry_run(tx, graph_of(needs, run), input.run_id)) refuse(run, "tried again");
    return run_or_404(tx, input.run_id);
}

constexpr web::Endpoint fork_endpoint{
    .name = "fork_run",
    .method = web::Method::post,
    .path = "/api/v1/workflow-runs/{run_id}/fork",
    .summary = "Start a new run from where another stood behind one of its steps",
    .permission = "runs.write",
    .success = 201,
    .impersonators = web::Impersonators::admitted,
};

flow::Run fork(Needs const& needs, Transaction& tx, ForkRun input) {
    auto const run = run_or_404(tx, input.run_id);
    auto const& graph = graph_of(needs, run);
    if (graph.on_change)
        throw Fault(errors::conflict, "What this run does belongs to an object of its own; begin anew with that.");
    auto const forked = flow::fork_run(tx, graph, input.run_id, input.step);
    if (!forked)
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/step", "is no step of this run that led to another"}});
    return run_or_404(tx, *forked);
}

constexpr web::Endpoint events_endpoint{
    .name = "follow_run",
    .method = web::Method::get,
    .path = "/api/v1/workflow-runs/{run_id}/events",
    .summary = "Follow a run and those that it started live (server-sent events, taken up again by Last-Event-ID)",
    .permission = "runs.read",
    .content_type = "text/event-stream",
    .impersonators = web::Impersonators::admitted,
};

web::Content follow(Needs const& needs, Call const& call, Snapshot& snapshot, RunById input) {
    return needs.live.follow(call, run_or_404(snapshot, input.run_id).root_id.to_string());
}

}  // namespace

flow::Run run_or_404(Snapshot& snapshot, flow::RunId id) {
    auto run = flow::find_run(snapshot, id);
    if (!run) throw Fault(errors::not_found, "There is no such object.");
    return *run;
}

flow::Graph const& graph_of(Needs const& needs, flow::Run const& run) {
    if (auto const* graph = needs.engine.find_graph(run.graph, run.version)) return *graph;
    throw Fault(errors::conflict, "This version of the program does not know the run's graph.");
}

void add_run_routes(web::Routes& routes, Needs const& needs) {
    routes.add(list_endpoint, list);
    routes.add(read_endpoint,
               [needs](Call const&, Snapshot& snapshot, RunById input) { return read(needs, snapshot, input); });
    routes.add(steps_endpoint, steps);
    routes.add(cancel_endpoint,
               [needs](Call const& call, Transaction& tx, RunById input) { return cancel(needs, call, tx, input); });
    routes.add(retry_endpoint,
               [needs](Call const& call, Transaction& tx, RunById input) { return retry(needs, call, tx, input); });
    routes.add(fork_endpoint, [needs](Call const&, Transaction& tx, ForkRun input) { return fork(needs, tx, input); });
    routes.add(events_endpoint, [needs](Call const& call, Snapshot& snapshot, RunById input) {
        return follow(needs, call, snapshot, input);
    });
}

void add_routes(web::Routes& routes, Needs const& needs) {
    routes.declare({&errors::run_stopping});
    add_job_routes(routes);
    add_run_routes(routes, needs);
    add_answer_routes(routes, needs);
    add_schedule_routes(routes);
    add_queue_routes(routes, needs);
    add_admin_routes(routes);
}

}  // namespace mainstay::work
