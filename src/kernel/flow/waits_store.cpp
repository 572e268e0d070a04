// Waits: opened by the node that pauses, closed by what came, by time, or by the end of their run. Whoever closes one
// says so in its row, so that of two that come at the same moment one is first and the other learns it.
#include "kernel/flow/flow_store.hpp"

namespace mainstay::flow {
namespace {

using fields::field;

WaitKind kind_of(Pause::Kind kind) {
    switch (kind) {
        case Pause::Kind::time: return WaitKind::time;
        case Pause::Kind::event: return WaitKind::event;
        case Pause::Kind::answer: return WaitKind::answer;
        default: return WaitKind::children;
    }
}

struct NewWait {
    WaitId id;
    RunId run_id;
    std::string node;
    WaitKind kind = WaitKind::time;
    std::string name, subject, question;
    Instant opened_at;
    std::optional<Instant> due_at;
    std::int64_t children = 0;
    std::int64_t open_children = 0;
    bool is_any = false;
};

fields::Table const& table_of(NewWait const*) {
    static fields::Table const table{
        "FlowNewWait",
        {field("id", &NewWait::id, ""), field("run_id", &NewWait::run_id, ""), field("node", &NewWait::node, ""),
         field("kind", &NewWait::kind, ""), field("name", &NewWait::name, ""), field("subject", &NewWait::subject, ""),
         field("question", &NewWait::question, ""), field("opened_at", &NewWait::opened_at, ""),
         field("due_at", &NewWait::due_at, ""), field("children", &NewWait::children, ""),
         field("open_children", &NewWait::open_children, ""), field("is_any", &NewWait::is_any, "")}};
    return table;
}

struct Counted {
    RunId run_id;
    std::int64_t open_children = 0;
    std::int64_t failed_children = 0;
    bool is_any = false;
};

fields::Table const& table_of(Counted const*) {
    static fields::Table const table{
        "FlowCounted",
        {field("run_id", &Counted::run_id, ""), field("open_children", &Counted::open_children, ""),
         field("failed_children", &Counted::failed_children, ""), field("is_any", &Counted::is_any, "")}};
    return table;
}

// Closes the wait for the run that waits, and wakes it. False when it was closed before.
bool meet(Transaction& tx, WaitId id, RunId run, std::optional<std::string> const& answer,
          std::optional<std::string> const& answered_by, std::optional<events::EventId> const& event_id) {
    bool const is_first = tx.execute(R"(
        UPDATE flow_waits
           SET closed_at = :now, outcome = :outcome, answer = :answer, answered_by = :answered_by, event_id = :event_id
         WHERE tenant_id = :tenant AND id = :id AND closed_at IS NULL)",
                                     bind("now", tx.now()), bind("outcome", WaitOutcome::met), bind("answer", answer),
                                     bind("answered_by", answered_by), bind("event_id", event_id), bind("id", id)) > 0;
    if (is_first) wake(tx, run.to_string());
    return is_first;
}

// An event that came before the wait was opened, since the run began, and that the node has not taken before.
void look_back(Transaction& tx, RunRow const& run, WaitId id, Pause const& pause) {
    auto const taken = tx.maybe_one<events::EventId>(R"(
        SELECT event_id FROM flow_waits
         WHERE tenant_id = :tenant AND run_id = :run_id AND node = :node AND name = :name AND subject = :subject
           AND event_id IS NOT NULL
         ORDER BY event_id DESC LIMIT 1)",
                                                     bind("run_id", run.id), bind("node", run.node),
                                                     bind("name", pause.name), bind("subject", pause.subject));
    auto const event =
        events::find_next(tx, pause.name, pause.subject, taken ? *taken : events::EventId::first_at(run.created_at));
    if (event) meet(tx, id, run.id, event->payload.text, std::nullopt, event->id);
}

void start_children(Transaction& tx, Graph const& graph, RunRow const& parent, WaitId wait, Pause const& pause) {
    if (parent.depth >= depth_max) throw Discard("runs of " + graph.name + " start runs deeper than flow::depth_max");
    std::int64_t position = 0;
    for (ChildStart const& start : pause.children) {
        Graph const& its_graph = start.graph == nullptr ? graph : *start.graph;
        RunRow child;
        child.id = RunId::make(tx.now());
        child.graph = its_graph.name;
        child.version = its_graph.version;
        child.queue = parent.queue;
        child.priority = parent.priority;
        if (pause.at_a_time > 0) {
            child.concurrency_key = wait.to_string();
            child.concurrency_limit = pause.at_a_time;
        }
        child.originator = parent.originator;
        child.root_id = parent.root_id;
        child.parent_wait_id = wait;
        child.branch = start.branch;
        child.position = position++;
        child.depth = parent.depth + 1;
        child.until = start.until;
        child.node = child.first_node = start.first.empty() ? its_graph.first : start.first;
        child.input = child.data = start.state;
        child.created_at = tx.now();
        insert_run(tx, its_graph, child, tx.now());
    }
}

void reopen_children(Transaction& tx, WaitId id) {
    std::int64_t again = 0;
    for (RunRow& child : children_rows(tx, id)) {
        if (child.state == RunState::completed) continue;
        ++again;
        if (!is_finished(child.state)) {
            // Its holder knows that it is to stop, and nothing takes that back.
            if (tx.execute("UPDATE flow_ready SET is_cancelled = FALSE WHERE id = :id AND owner IS NULL",
                           bind("id", child.id)) == 0) {
                Fault fault(errors::run_stopping, "A run that it waits for is still stopping.");
                fault.retry_after_s = 1;
                throw fault;
            }
            continue;
        }
        tx.execute(R"(
            UPDATE flow_runs SET state = :state, error = NULL, finished_at = NULL, wait_id = :wait_id
             WHERE tenant_id = :tenant AND id = :id)",
                   bind("state", after(child.state, RunEvent::retry)), bind("wait_id", take_up_wait(tx, child.wait_id)),
                   bind("id", child.id));
        std::optional<Concurrency> concurrency;
        if (child.concurrency_key) concurrency = {*child.concurrency_key, child.concurrency_limit.value_or(1)};
        insert_ready(tx,
                     {child.id.to_string(), tx.tenant(), child.queue, run_kind(child.graph, child.version),
                      child.priority, tx.now()},
                     child.fence, concurrency);
    }
    if (again == 0) return;
    tx.execute(R"(
        UPDATE flow_waits
           SET closed_at = NULL, outcome = NULL, due_at = due_at - opened_at + :now, opened_at = :now,
               open_children = :again, failed_children = 0
         WHERE tenant_id = :tenant AND id = :id)",
               bind("now", tx.now()), bind("again", again), bind("id", id));
}

}  // namespace

fields::Table const& table_of(Wait const*) {
    static fields::Table const table{
        "RunWait",
        {field("id", &Wait::id, "Begins with wait_."), field("run_id", &Wait::run_id, "The run that waits."),
         field("graph", &Wait::graph, "That run's graph."), field("version", &Wait::version, "And its version."),
         field("node", &Wait::node, "The node at which it waits."), field("kind", &Wait::kind, "For what."),
         field("name", &Wait::name, "The type of the event."),
         field("subject", &Wait::subject, "What the event is about."),
         field("question", &Wait::question, "What is asked."),
         field("opened_at", &Wait::opened_at, "Since when; of a question when it was asked."),
         field("due_at", &Wait::due_at, "Until when; absent: for as long as it takes."),
         field("closed_at", &Wait::closed_at, "When it was over."), field("outcome", &Wait::outcome, "How it ended."),
         field("answered_by", &Wait::answered_by, "Who answered."),
         field("children", &Wait::children, "The runs that it waits for."),
         field("open_children", &Wait::open_children, "Those of them that have not ended.")}};
    return table;
}

fields::Table const& table_of(WaitRow const*) {
    static fields::Table const table{
        "FlowWaitRow",
        {field("id", &WaitRow::id, ""), field("run_id", &WaitRow::run_id, ""), field("node", &WaitRow::node, ""),
         field("kind", &WaitRow::kind, ""), field("name", &WaitRow::name, ""), field("subject", &WaitRow::subject, ""),
         field("opened_at", &WaitRow::opened_at, ""), field("due_at", &WaitRow::due_at, ""),
         field("closed_at", &WaitRow::closed_at, ""), field("outcome", &WaitRow::outcome, ""),
         field("answer", &WaitRow::answer, ""), field("answered_by", &WaitRow::answered_by, ""),
         field("failed_children", &WaitRow::failed_children, ""), field("is_any", &WaitRow::is_any, "")}};
    return table;
}

WaitId open_wait(Transaction& tx, Graph const& graph, RunRow const& run, Pause const& pause) {
    NewWait wait;
    wait.id = WaitId::make(tx.now());
    wait.run_id = run.id;
    wait.node = run.node;
    wait.kind = kind_of(pause.kind);
    wait.name = pause.name;
    wait.subject = pause.subject;
    wait.question = pause.question.empty() ? "null" : pause.question;
    wait.opened_at = tx.now();
    if (pause.kind == Pause::Kind::time)
        wait.due_at = pause.until;
    else if (pause.within)
        wait.due_at = tx.now() + *pause.within;
    wait.children = wait.open_children = std::ssize(pause.children);
    wait.is_any = pause.join == Join::any;
    tx.execute(R"(
        INSERT INTO flow_waits (tenant_id, id, run_id, node, kind, name, subject, question, opened_at, due_at, children,
                                open_children, failed_children, is_any)
        VALUES (:tenant, :id, :run_id, :node, :kind, :name, :subject, :question, :opened_at, :due_at, :children,
                :open_children, 0, :is_any))",
               wait);
    if (pause.kind == Pause::Kind::event) look_back(tx, run, wait.id, pause);
    if (pause.kind == Pause::Kind::children) {
        start_children(tx, graph, run, wait.id, pause);
        if (pause.children.empty()) meet(tx, wait.id, run.id, {}, {}, {});
    }
    return wait.id;
}

std::optional<WaitRow> load_wait(Snapshot& snapshot, WaitId id) {
    return snapshot.maybe_one<WaitRow>(R"(
        SELECT id, run_id, node, kind, name, subject, opened_at, due_at, closed_at, outcome, answer, answered_by,
               failed_children, is_any
          FROM flow_waits WHERE tenant_id = :tenant AND id = :id)",
                                       bind("id", id));
}

std::vector<RunRow> children_rows(Snapshot& snapshot, WaitId id) {
    return snapshot.all<RunRow>(
        "SELECT * FROM flow_runs WHERE tenant_id = :tenant AND parent_wait_id = :id ORDER BY position", bind("id", id));
}

bool close_wait(Transaction& tx, WaitId id, WaitOutcome outcome) {
    return tx.execute(R"(
        UPDATE flow_waits SET closed_at = :now, outcome = :outcome
         WHERE tenant_id = :tenant AND id = :id AND closed_at IS NULL)",
                      bind("now", tx.now()), bind("outcome", outcome), bind("id", id)) > 0;
}

void child_ended(Transaction& tx, RunRow const& child) {
    std::int64_t const failed = child.state == RunState::completed ? 0 : 1;
    auto const wait = tx.maybe_one<Counted>(R"(
        UPDATE flow_waits SET open_children = open_children - 1, failed_children = failed_children + :failed
         WHERE tenant_id = :tenant AND id = :id AND closed_at IS NULL
     RETURNING run_id, open_children, failed_children, is_any)",
                                            bind("failed", failed), bind("id", child.parent_wait_id));
    if (!wait) return;
    bool const is_met = wait->open_children == 0 || (wait->is_any ? failed == 0 : wait->failed_children > 0);
    if (is_met) meet(tx, *child.parent_wait_id, wait->run_id, {}, {}, {});
}

void drop_wait(Transaction& tx, WaitId id) {
    close_wait(tx, id, WaitOutcome::dropped);
    auto const open = tx.all<std::string>(R"(
        SELECT id FROM flow_runs
         WHERE tenant_id = :tenant AND parent_wait_id = :id AND finished_at IS NULL ORDER BY position)",
                                          bind("id", id));
    for (auto const& child : open) ask_to_cancel(tx, child);
}

std::optional<WaitId> take_up_wait(Transaction& tx, std::optional<WaitId> id) {
    auto const wait = id ? load_wait(tx, *id) : std::nullopt;
    if (!wait) return std::nullopt;
    if (wait->kind != WaitKind::children) return wait->outcome == WaitOutcome::met ? id : std::nullopt;
    reopen_children(tx, *id);
    return id;
}

Answered answer(Transaction& tx, Graph const& graph, WaitId id, std::string const& answer_json,
                std::string_view answered_by) {
    auto const wait = load_wait(tx, id);
    if (!wait || wait->kind != WaitKind::answer) return Answered::unknown;
    if (wait->closed_at) return Answered::closed;
    auto const node = graph.nodes.find(wait->node);
    if (node == graph.nodes.end() || !node->second.check_answer) return Answered::unknown;
    node->second.check_answer(answer_json);
    if (answer_json.size() > payload_bytes_max)
        throw Fault(errors::invalid_input, "The answer is too large.", "past flow::payload_bytes_max");
    return meet(tx, id, wait->run_id, answer_json, std::string(answered_by), {}) ? Answered::taken : Answered::closed;
}

std::vector<Wait> open_waits_of(Snapshot& snapshot, Run const& run) {
    std::string const alone = run.root_id == run.id ? std::string() : run.id.to_string();
    std::vector<Wait> waits;
    std::size_t bytes = 0;
    std::string last;
    while (true) {
        auto slice = snapshot.all<Wait>(R"(
            SELECT flow_waits.id, run_id, graph, version, flow_waits.node, kind, name, subject, question, opened_at,
                   due_at, closed_at, outcome, answered_by, children, open_children
              FROM flow_runs JOIN flow_waits ON flow_waits.tenant_id = flow_runs.tenant_id
                                            AND flow_waits.run_id = flow_runs.id
             WHERE flow_runs.tenant_id = :tenant AND root_id = :root AND (:alone = '' OR flow_runs.id = :alone)
               AND closed_at IS NULL AND flow_waits.id > :last
             ORDER BY flow_waits.id LIMIT :at_most)",
                                        bind("root", run.root_id), bind("alone", alone), bind("last", last),
                                        bind("at_most", large_read_at_once));
        for (Wait& wait : slice) {
            last = wait.id.to_string();
            bytes += wait.question.text.size();
            waits.push_back(std::move(wait));
            if (std::ssize(waits) == waits_read_at_most || bytes > waits_bytes_max) return waits;
        }
        if (std::ssize(slice) < large_read_at_once) return waits;
    }
}

std::optional<Wait> find_wait(Snapshot& snapshot, WaitId id) {
    return snapshot.maybe_one<Wait>(R"(
        SELECT flow_waits.id, run_id, graph, version, flow_waits.node, kind, name, subject, question, opened_at, due_at,
               closed_at, outcome, answered_by, children, open_children
          FROM flow_waits JOIN flow_runs ON flow_runs.tenant_id = flow_waits.tenant_id AND flow_runs.id = run_id
         WHERE flow_waits.tenant_id = :tenant AND flow_waits.id = :id)",
                                    bind("id", id));
}

EventDelivery::EventDelivery(Database& database)
    : listening_(database.signals().react_to<events::Emitting>([](Transaction& tx, events::Emitting const& word) {
          events::Event const& event = word.event;
          auto const open = tx.all<WaitRow>(R"(
              SELECT id, run_id, node, kind, name, subject, opened_at, due_at, closed_at, outcome, answer, answered_by,
                     failed_children, is_any
                FROM flow_waits
               WHERE tenant_id = :tenant AND subject = :subject AND name = :name AND kind = 'event'
                 AND closed_at IS NULL
               ORDER BY id)",
                                            bind("subject", event.subject), bind("name", event.type));
          for (auto const& wait : open) meet(tx, wait.id, wait.run_id, event.payload.text, {}, event.id);
      })) {}

}  // namespace mainstay::flow
