// Runs of workflows: started, asked for, cancelled and taken up again in their caller's transaction.
#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {
namespace {

using fields::field;

std::optional<RunId> find_unfinished(Transaction& tx, std::string_view graph, std::string_view unique_key) {
    return tx.maybe_one<RunId>(R"(
        SELECT id FROM flow_runs
         WHERE tenant_id = :tenant AND graph = :graph AND unique_key = :unique_key AND finished_at IS NULL)",
                               bind("graph", graph), bind("unique_key", unique_key));
}

Ready ready_of(Transaction& tx, RunRow const& run, Instant run_at) {
    return {run.id.to_string(), tx.tenant(), run.queue, run_kind(run.graph, run.version), run.priority, run_at};
}

}  // namespace

fields::Table const& table_of(Run const*) {
    static fields::Table const table{
        "Run",
        {field("id", &Run::id, "Begins with run_."), field("graph", &Run::graph, "The name of its graph."),
         field("version", &Run::version, "The graph's version, for the run's whole life."),
         field("state", &Run::state, "Where it stands."),
         field("node", &Run::node, "The node that runs or runs next; of a failed run the one that failed."),
         field("steps", &Run::steps, "Attempts at nodes that came to an end."),
         field("data", &Run::data, "The state that its nodes work on."), field("error", &Run::error, "Why it failed."),
         field("created_at", &Run::created_at, "When it was started."),
         field("finished_at", &Run::finished_at, "When it ended.")}};
    return table;
}

fields::Table const& table_of(Step const*) {
    static fields::Table const table{
        "RunStep",
        {field("number", &Step::number, "From 1 within the run."), field("node", &Step::node, "The node's name."),
         field("attempt", &Step::attempt, "From 1; counted before it runs."),
         field("started_at", &Step::started_at, "When it began."),
         field("finished_at", &Step::finished_at, "When it ended."), field("error", &Step::error, "Why it failed."),
         field("changes", &Step::changes, "The members of the state that it changed, as they are now.")}};
    return table;
}

fields::Table const& table_of(RunChanged const*) {
    static fields::Table const table{
        "RunChanged",
        {field("run_id", &RunChanged::run_id, "The run."), field("graph", &RunChanged::graph, "Its graph."),
         field("state", &RunChanged::state, "Where it stands now."),
         field("node", &RunChanged::node, "The node that runs or runs next."),
         field("steps", &RunChanged::steps, "Attempts at nodes that came to an end."),
         field("error", &RunChanged::error, "Why it failed.")}};
    return table;
}

fields::Table const& table_of(RunRow const*) {
    static fields::Table const table{
        "FlowRunRow",
        {field("id", &RunRow::id, ""), field("graph", &RunRow::graph, ""), field("version", &RunRow::version, ""),
         field("queue", &RunRow::queue, ""), field("priority", &RunRow::priority, ""),
         field("unique_key", &RunRow::unique_key, ""), field("state", &RunRow::state, ""),
         field("node", &RunRow::node, ""), field("steps", &RunRow::steps, ""), field("data", &RunRow::data, ""),
         field("error", &RunRow::error, ""), field("created_at", &RunRow::created_at, ""),
         field("finished_at", &RunRow::finished_at, ""), field("fence", &RunRow::fence, "")}};
    return table;
}

RunId start_run_text(Transaction& tx, Graph const& graph, std::string state, JobOptions const& options) {
    check_options(options);
    if (state.size() > state_bytes_max)
        throw std::logic_error("the state of " + graph.name + " is larger than flow::state_bytes_max");
    if (!options.unique_key.empty())
        if (auto const known = find_unfinished(tx, graph.name, options.unique_key)) return *known;
    RunRow run;
    run.id = RunId::make(tx.now());
    run.graph = graph.name;
    run.version = graph.version;
    run.queue = options.queue;
    run.priority = options.priority;
    if (!options.unique_key.empty()) run.unique_key = options.unique_key;
    run.node = graph.first;
    run.data = std::move(state);
    run.created_at = tx.now();
    tx.execute(R"(
        INSERT INTO flow_runs (tenant_id, id, graph, version, queue, priority, unique_key, state, node, steps, data,
                               error, created_at, finished_at, fence)
        VALUES (:tenant, :id, :graph, :version, :queue, :priority, :unique_key, :state, :node, :steps, :data,
                :error, :created_at, :finished_at, :fence))",
               run);
    announce_run(tx, graph, run);
    insert_ready(tx, ready_of(tx, run, options.run_at.us == 0 ? tx.now() : options.run_at), run.fence);
    return run.id;
}

bool cancel_run(Transaction& tx, Graph const& graph, RunId id) {
    auto run = load_run(tx, id);
    if (!run || !next_state(run->state, RunEvent::cancel)) return false;
    auto const waiting = tx.maybe_one<std::int64_t>(
        "DELETE FROM flow_ready WHERE id = :id AND owner IS NULL RETURNING fence", bind("id", id));
    if (waiting) {
        run->state = after(run->state, RunEvent::cancel);
        run->fence = *waiting;
        run->finished_at = tx.now();
        save_run(tx, graph, *run);
        return true;
    }
    tx.execute("UPDATE flow_ready SET is_cancelled = TRUE WHERE id = :id", bind("id", id));
    tx.tell(CancelAsked{id.to_string()});
    return true;
}

bool retry_run(Transaction& tx, Graph const& graph, RunId id) {
    auto run = load_run(tx, id);
    if (!run || !next_state(run->state, RunEvent::retry)) return false;
    if (run->unique_key && find_unfinished(tx, run->graph, *run->unique_key)) return false;
    run->state = after(run->state, RunEvent::retry);
    run->error.reset();
    run->finished_at.reset();
    save_run(tx, graph, *run);
    insert_ready(tx, ready_of(tx, *run, tx.now()), run->fence);
    return true;
}

std::optional<Run> find_run(Snapshot& snapshot, RunId id) {
    return snapshot.maybe_one<Run>(R"(
        SELECT id, graph, version, state, node, steps, data, error, created_at, finished_at FROM flow_runs
         WHERE tenant_id = :tenant AND id = :id)",
                                   bind("id", id));
}

std::vector<Step> steps_of(Snapshot& snapshot, RunId id, std::int64_t after_number) {
    return snapshot.all<Step>(R"(
        SELECT number, node, attempt, started_at, finished_at, error, changes FROM flow_steps
         WHERE tenant_id = :tenant AND run_id = :id AND number > :after
         ORDER BY number LIMIT :at_most)",
                              bind("id", id), bind("after", after_number), bind("at_most", steps_read_at_most));
}

std::optional<RunRow> load_run(Snapshot& snapshot, RunId id) {
    return snapshot.maybe_one<RunRow>(R"(
        SELECT id, graph, version, queue, priority, unique_key, state, node, steps, data, error, created_at,
               finished_at, fence
          FROM flow_runs WHERE tenant_id = :tenant AND id = :id)",
                                      bind("id", id));
}

void save_run(Transaction& tx, Graph const& graph, RunRow const& run) {
    tx.execute(R"(
        UPDATE flow_runs
           SET state = :state, node = :node, steps = :steps, data = :data, error = :error,
               finished_at = :finished_at, fence = :fence
         WHERE tenant_id = :tenant AND id = :id)",
               run);
    announce_run(tx, graph, run);
}

void announce_run(Transaction& tx, Graph const& graph, RunRow const& run) {
    if (graph.on_change)
        graph.on_change(tx, run.id, run.data, is_finished(run.state) ? end : std::string_view(run.node), run.state,
                        run.error.value_or(""));
    events::emit(tx, run.id.to_string(), RunChanged{run.id, run.graph, run.state, run.node, run.steps, run.error});
}

void insert_step(Transaction& tx, RunId id, Step const& step) {
    tx.execute(R"(
        INSERT INTO flow_steps
               (tenant_id, run_id, number, node, attempt, started_at, finished_at, error, changes)
        VALUES (:tenant, :run_id, :number, :node, :attempt, :started_at, :finished_at, :error, :changes))",
               bind("run_id", id), step);
}

void count_step(Transaction& tx, RunId id, std::int64_t steps) {
    tx.execute("UPDATE flow_runs SET steps = :steps WHERE tenant_id = :tenant AND id = :id", bind("steps", steps),
               bind("id", id));
}

}  // namespace mainstay::flow
