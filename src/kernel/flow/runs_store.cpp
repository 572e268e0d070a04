// Runs of workflows: started, asked for, cancelled, taken up again and forked in their caller's transaction.
#include "kernel/flow/engine.hpp"
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

std::optional<Concurrency> concurrency_of(RunRow const& run) {
    if (!run.concurrency_key) return std::nullopt;
    return Concurrency{*run.concurrency_key, run.concurrency_limit.value_or(1)};
}

void require_own(RunRow const& run, Graph const& graph) {
    if (run.graph != graph.name || run.version != graph.version)
        throw std::logic_error(run.id.to_string() + " is of " + run_kind(run.graph, run.version) + " and not of " +
                               run_kind(graph.name, graph.version));
}

Instant when(Transaction& tx, JobOptions const& options) {
    return options.run_at.us == 0 ? tx.now() : options.run_at;
}

}  // namespace

fields::Table const& table_of(Run const*) {
    static fields::Table const table{
        "Run",
        {field("id", &Run::id, "Begins with run_."), field("graph", &Run::graph, "The name of its graph."),
         field("version", &Run::version, "The graph's version, for the run's whole life."),
         field("state", &Run::state,
               "Where it stands; `running` between two attempts at a node too, and while its worker is gone."),
         field("node", &Run::node, "The node that runs, runs next or waits; of a failed run the one that failed."),
         field("steps", &Run::steps, "Attempts at nodes that came to an end."),
         field("data", &Run::data, "The state that its nodes work on."), field("error", &Run::error, "Why it failed."),
         field("originator", &Run::originator, "The user or key that caused it; empty: the program itself."),
         field("root_id", &Run::root_id, "Where it began, when another run started it; else itself."),
         field("branch", &Run::branch, "Which of the other's runs it is."),
         field("forked_from", &Run::forked_from, "The run that it was forked from."),
         field("forked_at_step", &Run::forked_at_step, "Behind which of its steps."),
         field("created_at", &Run::created_at, "When it was started."),
         field("finished_at", &Run::finished_at, "When it ended.")}};
    return table;
}

fields::Table const& table_of(Step const*) {
    static fields::Table const table{
        "RunStep",
        {field("number", &Step::number, "From 1 within the run."), field("node", &Step::node, "The node's name."),
         field("next", &Step::next, "Where it led; empty: to the end. Absent when it failed."),
         field("attempt", &Step::attempt, "From 1; counted before it runs."),
         field("started_at", &Step::started_at, "When it began, its waiting included."),
         field("finished_at", &Step::finished_at, "When it ended."), field("error", &Step::error, "Why it failed."),
         field("changes", &Step::changes, "The members of the state that it changed, as they are now.")}};
    return table;
}

fields::Table const& table_of(RunChanged const*) {
    static fields::Table const table{
        "RunChanged",
        {field("run_id", &RunChanged::run_id, "The run."), field("graph", &RunChanged::graph, "Its graph."),
         field("state", &RunChanged::state, "Where it stands now."),
         field("node", &RunChanged::node, "The node that runs, runs next or waits."),
         field("branch", &RunChanged::branch, "Which run it is, of those that another started."),
         field("steps", &RunChanged::steps, "Attempts at nodes that came to an end."),
         field("error", &RunChanged::error, "Why it failed.")}};
    return table;
}

fields::Table const& table_of(RunRow const*) {
    static fields::Table const table{"FlowRunRow",
                                     {field("id", &RunRow::id, ""),
                                      field("graph", &RunRow::graph, ""),
                                      field("version", &RunRow::version, ""),
                                      field("queue", &RunRow::queue, ""),
                                      field("priority", &RunRow::priority, ""),
                                      field("unique_key", &RunRow::unique_key, ""),
                                      field("concurrency_key", &RunRow::concurrency_key, ""),
                                      field("concurrency_limit", &RunRow::concurrency_limit, ""),
                                      field("originator", &RunRow::originator, ""),
                                      field("root_id", &RunRow::root_id, ""),
                                      field("parent_wait_id", &RunRow::parent_wait_id, ""),
                                      field("branch", &RunRow::branch, ""),
                                      field("position", &RunRow::position, ""),
                                      field("depth", &RunRow::depth, ""),
                                      field("until", &RunRow::until, ""),
                                      field("forked_from", &RunRow::forked_from, ""),
                                      field("forked_at_step", &RunRow::forked_at_step, ""),
                                      field("state", &RunRow::state, ""),
                                      field("node", &RunRow::node, ""),
                                      field("wait_id", &RunRow::wait_id, ""),
                                      field("steps", &RunRow::steps, ""),
                                      field("first_node", &RunRow::first_node, ""),
                                      field("input", &RunRow::input, ""),
                                      field("data", &RunRow::data, ""),
                                      field("error", &RunRow::error, ""),
                                      field("created_at", &RunRow::created_at, ""),
                                      field("finished_at", &RunRow::finished_at, ""),
                                      field("fence", &RunRow::fence, "")}};
    return table;
}

RunRow new_run(Transaction& tx, Graph const& graph, std::string state, JobOptions const& options) {
    check_options(options);
    if (options.unique_period.us > 0) throw std::logic_error("runs have no unique period");
    if (state.size() > state_bytes_max)
        throw std::logic_error("the state of " + graph.name + " is larger than flow::state_bytes_max");
    RunRow run;
    run.id = run.root_id = RunId::make(tx.now());
    run.graph = graph.name;
    run.version = graph.version;
    run.queue = options.queue;
    run.priority = options.priority;
    if (!options.unique_key.empty()) run.unique_key = options.unique_key;
    if (options.concurrency) {
        run.concurrency_key = options.concurrency->key;
        run.concurrency_limit = options.concurrency->limit;
    }
    run.originator = tx.scope().actor();
    run.node = run.first_node = graph.first;
    run.input = state;
    run.data = std::move(state);
    run.created_at = tx.now();
    return run;
}

RunId start_run_text(Transaction& tx, Graph const& graph, std::string state, JobOptions const& options) {
    RunRow const run = new_run(tx, graph, std::move(state), options);
    if (run.unique_key)
        if (auto const known = find_unfinished(tx, graph.name, *run.unique_key)) return *known;
    insert_run(tx, graph, run, when(tx, options));
    return run.id;
}

std::optional<RunId> fork_run(Transaction& tx, Graph const& graph, RunId id, std::int64_t step_number) {
    auto const from = load_run(tx, id);
    if (!from) return std::nullopt;
    require_own(*from, graph);
    if (!from->until.empty()) return std::nullopt;
    JobOptions options{.queue = from->queue, .priority = from->priority};
    if (from->concurrency_key)
        options.concurrency = Concurrency{*from->concurrency_key, from->concurrency_limit.value_or(1)};
    std::string state = from->input;
    std::int64_t read = 0;
    while (true) {
        auto const slice = steps_of(tx, id, read);
        for (Step const& step : slice) {
            read = step.number;
            if (auto applied = apply_changes(state, step.changes.text)) state = std::move(*applied);
            if (step.number < step_number) continue;
            if (step.number > step_number || !step.next || *step.next == end) return std::nullopt;
            RunRow run = new_run(tx, graph, std::move(state), options);
            run.node = run.first_node = *step.next;
            run.forked_from = id;
            run.forked_at_step = step_number;
            insert_run(tx, graph, run, when(tx, options));
            return run.id;
        }
        if (slice.empty()) return std::nullopt;
    }
}

bool cancel_run(Transaction& tx, Graph const& graph, RunId id) {
    auto run = load_run(tx, id);
    if (!run) return false;
    require_own(*run, graph);
    if (!next_state(run->state, RunEvent::cancel)) return false;
    auto const waiting = tx.maybe_one<std::int64_t>(
        "DELETE FROM flow_ready WHERE id = :id AND owner IS NULL RETURNING fence", bind("id", id));
    if (!waiting) {
        ask_to_cancel(tx, id.to_string());
        return true;
    }
    run->state = after(run->state, RunEvent::cancel);
    run->fence = *waiting;
    run->finished_at = tx.now();
    save_run(tx, graph, *run);
    if (run->concurrency_key) call_next(tx, tx.tenant(), *run->concurrency_key);
    return true;
}

bool cancel_run(Transaction& tx, Engine const& engine, RunId id) {
    auto const run = load_run(tx, id);
    if (!run) return false;
    if (auto const* graph = engine.find_graph(run->graph, run->version)) return cancel_run(tx, *graph, id);
    Graph without_mirror;
    without_mirror.name = run->graph;
    without_mirror.version = run->version;
    if (!cancel_run(tx, without_mirror, id)) return false;
    if (run->wait_id)
        for (auto const& child : children_rows(tx, *run->wait_id)) cancel_run(tx, engine, child.id);
    return true;
}

bool retry_run(Transaction& tx, Graph const& graph, RunId id) {
    auto run = load_run(tx, id);
    if (!run) return false;
    require_own(*run, graph);
    if (run->parent_wait_id || !next_state(run->state, RunEvent::retry)) return false;
    if (run->unique_key && find_unfinished(tx, run->graph, *run->unique_key)) return false;
    run->state = after(run->state, RunEvent::retry);
    run->error.reset();
    run->finished_at.reset();
    run->wait_id = take_up_wait(tx, run->wait_id);
    save_run(tx, graph, *run);
    insert_ready(tx, ready_of(tx, *run, tx.now()), run->fence, concurrency_of(*run));
    return true;
}

std::optional<Run> find_run(Snapshot& snapshot, RunId id) {
    return snapshot.maybe_one<Run>(R"(
        SELECT id, graph, version, state, node, steps, data, error, originator, root_id, branch, forked_from,
               forked_at_step, created_at, finished_at
          FROM flow_runs WHERE tenant_id = :tenant AND id = :id)",
                                   bind("id", id));
}

std::vector<Step> steps_of(Snapshot& snapshot, RunId id, std::int64_t after_number) {
    std::vector<Step> steps;
    std::size_t bytes = 0;
    while (true) {
        auto slice =
            snapshot.all<Step>(R"(
            SELECT number, node, next, attempt, started_at, finished_at, error, changes FROM flow_steps
             WHERE tenant_id = :tenant AND run_id = :id AND number > :after
             ORDER BY number LIMIT :at_most)",
                               bind("id", id), bind("after", after_number), bind("at_most", large_read_at_once));
        for (Step& step : slice) {
            after_number = step.number;
            bytes += step.changes.text.size();
            steps.push_back(std::move(step));
            if (std::ssize(steps) == steps_read_at_most || bytes > steps_bytes_max) return steps;
        }
        if (std::ssize(slice) < large_read_at_once) return steps;
    }
}

std::optional<RunRow> load_run(Snapshot& snapshot, RunId id) {
    return snapshot.maybe_one<RunRow>("SELECT * FROM flow_runs WHERE tenant_id = :tenant AND id = :id", bind("id", id));
}

void insert_run(Transaction& tx, Graph const& graph, RunRow const& run, Instant run_at) {
    tx.execute(R"(
        INSERT INTO flow_runs (tenant_id, id, graph, version, queue, priority, unique_key, concurrency_key,
                               concurrency_limit, originator, root_id, parent_wait_id, branch, position, depth, until,
                               forked_from, forked_at_step, state, node, wait_id, steps, first_node, input, data, error,
                               created_at, finished_at, fence)
        VALUES (:tenant, :id, :graph, :version, :queue, :priority, :unique_key, :concurrency_key, :concurrency_limit,
                :originator, :root_id, :parent_wait_id, :branch, :position, :depth, :until, :forked_from,
                :forked_at_step, :state, :node, :wait_id, :steps, :first_node, :input, :data, :error, :created_at,
                :finished_at, :fence))",
               run);
    announce_run(tx, graph, run);
    insert_ready(tx, ready_of(tx, run, run_at), run.fence, concurrency_of(run));
}

void save_run(Transaction& tx, Graph const& graph, RunRow const& run) {
    tx.execute(R"(
        UPDATE flow_runs
           SET state = :state, node = :node, wait_id = :wait_id, steps = :steps, data = :data, error = :error,
               finished_at = :finished_at, fence = :fence
         WHERE tenant_id = :tenant AND id = :id)",
               run);
    announce_run(tx, graph, run);
    if (!is_finished(run.state)) return;
    if (run.wait_id) drop_wait(tx, *run.wait_id);
    if (run.parent_wait_id) child_ended(tx, run);
}

void announce_run(Transaction& tx, Graph const& graph, RunRow const& run) {
    if (graph.on_change && run.until.empty())
        graph.on_change(tx, run.id, run.data, is_finished(run.state) ? end : std::string_view(run.node), run.state,
                        run.error.value_or(""));
    events::emit(tx, run.root_id.to_string(),
                 RunChanged{run.id, run.graph, run.state, run.node, run.branch, run.steps, run.error});
}

bool insert_step(Transaction& tx, RunId id, Step const& step) {
    return tx.execute(R"(
        INSERT INTO flow_steps
               (tenant_id, run_id, number, node, next, attempt, started_at, finished_at, error, changes)
        VALUES (:tenant, :run_id, :number, :node, :next, :attempt, :started_at, :finished_at, :error, :changes)
            ON CONFLICT DO NOTHING)",
                      bind("run_id", id), step) > 0;
}

void count_step(Transaction& tx, RunId id, std::int64_t steps) {
    tx.execute("UPDATE flow_runs SET steps = :steps WHERE tenant_id = :tenant AND id = :id", bind("steps", steps),
               bind("id", id));
}

}  // namespace mainstay::flow
