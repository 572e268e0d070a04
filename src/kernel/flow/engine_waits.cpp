// Waiting: a run that pauses gives its lease back and costs a row. Whatever ends the wait makes the run ready; the one
// who takes it then looks what came.
#include "kernel/flow/engine_impl.hpp"

#include <algorithm>

namespace mainstay::flow {
namespace {

// Of those that completed, the one that did so first; all when none did.
void keep_the_first(std::vector<RunRow>& children) {
    auto const first = std::min_element(children.begin(), children.end(), [](RunRow const& a, RunRow const& b) {
        bool const a_is_done = a.state == RunState::completed, b_is_done = b.state == RunState::completed;
        return a_is_done != b_is_done ? a_is_done : a.finished_at < b.finished_at;
    });
    if (first == children.end() || first->state != RunState::completed) return;
    children = {std::move(*first)};
}

}  // namespace

// The lease is put back before the wait is opened: what is there already wakes the run at once.
void Engine::Impl::begin_wait(Lease& lease, Graph const& graph, RunRow& run, Pause const& pause) {
    RunRow waiting;
    write(lease, [&](Transaction& tx) {
        waiting = run;
        waiting.state = after(run.state, RunEvent::wait);
        bool const is_cancelled = pass_fence(tx, lease.hold());
        Instant const due = pause.kind == Pause::Kind::time ? pause.until
                            : pause.within                  ? tx.now() + *pause.within
                                                            : never;
        put_to_wait(tx, lease.hold(), due);
        waiting.wait_id = open_wait(tx, graph, waiting, pause);
        save_run(tx, graph, waiting);
        if (due != never) tx.tell(lease.ready(due));
        if (is_cancelled) ask_to_cancel(tx, lease.id);
    });
    run = std::move(waiting);
    lease_passed(lease);
}

// What came of the run's wait; nothing when it goes on waiting.
std::optional<Engine::Impl::Met> Engine::Impl::meet_wait(Lease const& lease, Graph const& graph, RunRow& run) {
    bool const has_late_way = graph.nodes.at(run.node).late.has_value();
    std::optional<Met> met;
    RunRow waiting;
    write(lease, [&](Transaction& tx) {
        met.reset();
        waiting = run;
        pass_fence(tx, lease.hold());
        auto wait = load_wait(tx, *run.wait_id);
        if (!wait) throw Discard("what the run waited for is gone");
        bool const is_time = wait->kind == WaitKind::time;
        if (!wait->closed_at && wait->due_at && *wait->due_at <= tx.now()) {
            wait->outcome = is_time ? WaitOutcome::met : WaitOutcome::late;
            close_wait(tx, wait->id, *wait->outcome);
            if (wait->kind == WaitKind::children) drop_wait(tx, wait->id);
        } else if (!wait->closed_at) {
            Instant const due = wait->due_at.value_or(never);
            waiting.state = after(run.state, RunEvent::wait);
            put_to_wait(tx, lease.hold(), due);
            save_run(tx, graph, waiting);
            if (due != never) tx.tell(lease.ready(due));
            return;
        }
        met.emplace();
        met->opened_at = wait->opened_at;
        met->outcome.is_late = wait->outcome == WaitOutcome::late;
        met->outcome.answer = wait->answer.value_or("");
        met->outcome.answered_by = wait->answered_by.value_or("");
        if (met->outcome.is_late && !has_late_way)
            met->failure = "nothing came within its time";
        else if (wait->kind == WaitKind::children && !met->outcome.is_late)
            gather_children(tx, *wait, *met);
    });
    if (!met) run = std::move(waiting);
    return met;
}

void Engine::Impl::gather_children(Transaction& tx, WaitRow const& wait, Met& met) const {
    std::string failure;
    auto children = children_rows(tx, wait.id);
    if (wait.is_any) keep_the_first(children);
    for (RunRow& child : children) {
        if (child.state == RunState::completed) {
            auto changes = changed_members(child.input, child.data);
            met.outcome.children.push_back({child.branch, std::move(child.data), changes.value_or("{}")});
        } else if (is_finished(child.state) && failure.empty()) {
            failure = "'" + child.branch + "' " + (child.state == RunState::failed ? "failed: " : "was cancelled") +
                      child.error.value_or("");
        }
    }
    met.failure = failure;
    drop_wait(tx, wait.id);
}

}  // namespace mainstay::flow
