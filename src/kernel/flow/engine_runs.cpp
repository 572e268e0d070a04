// Carries a run on from node to node. After each one a single transaction holds the node's rows, its step, the state
// and what comes next, so that a process which is killed anywhere leaves the run between two nodes.
#include "kernel/flow/engine_impl.hpp"

#include <algorithm>

namespace mainstay::flow {
void Engine::Impl::carry_out_run(Lease& lease, Graph const& graph) {
    RunId const id = RunId::parse(lease.id).value();
    auto run = database_.read(lease.tenant, [&](Snapshot& snapshot) { return load_run(snapshot, id); });
    if (!run || is_finished(run->state)) throw LeaseLost(lease.id + " has ended");
    lease.originator = run->originator;
    if (lease.is_cancel_asked) return end_run(lease, graph, *run, RunEvent::cancel, {}, nullptr);
    if (run->state != RunState::running) begin_run(lease, graph, *run);
    while (step_run(lease, graph, *run)) {
    }
}

void Engine::Impl::begin_run(Lease const& lease, Graph const& graph, RunRow& run) {
    RunRow begun = run;
    begun.state = after(run.state, RunEvent::begin);
    write(lease, [&](Transaction& tx) {
        pass_fence(tx, lease.hold());
        save_run(tx, graph, begun);
    });
    run = std::move(begun);
}

// One attempt at the run's node. Gives whether the run goes on under this lease.
bool Engine::Impl::step_run(Lease& lease, Graph const& graph, RunRow& run) {
    auto const found = graph.nodes.find(run.node);
    if (found == graph.nodes.end()) {
        std::string const why = "its graph has no node '" + run.node + "'";
        log("warning", "flow: " + lease.id + " failed: " + why);
        end_run(lease, graph, run, RunEvent::fail, why, nullptr);
        return false;
    }
    Node const& node = found->second;
    Step step;
    step.number = run.steps + 1;
    step.node = run.node;
    step.attempt = lease.attempt;
    step.started_at = step.finished_at = clock_.now();
    step.changes.text = "{}";
    if (lease.attempt > node.retry.max_attempts) {
        step.attempt = lease.attempt - 1;
        step.error = "its process or its lease ended during the last attempt";
        log_failed(lease, run.node, step.attempt, node.retry.max_attempts, *step.error);
        end_run(lease, graph, run, RunEvent::fail, *step.error, &step);
        return false;
    }

    std::optional<Met> met;
    if (run.wait_id) {
        met = meet_wait(lease, graph, run);
        if (!met) return false;
        step.started_at = met->opened_at;
        if (!met->failure.empty()) {
            log_failed(lease, run.node, step.attempt, node.retry.max_attempts, met->failure);
            step.error = met->failure;
            step.finished_at = clock_.now();
            end_run(lease, graph, run, RunEvent::fail, met->failure, &step);
            return false;
        }
    }
    LeaseContext context(database_, clock_, lease, node.time_limit, is_draining_, met ? &met->outcome : nullptr);
    std::string state = run.data, next;
    std::optional<Pause> pause;
    Attempt attempt = context.run([&] {
        if (node.pause && !met) {
            pause = node.pause(context, state);
            check_pause(graph, *pause);
            return;
        }
        if (met && met->outcome.is_late) {
            next = *node.late;
            return;
        }
        node.run(context, state);
        if (state.size() > state_bytes_max) throw Discard("the state is larger than flow::state_bytes_max");
        next = node.next(state);
        if (std::find(node.targets.begin(), node.targets.end(), next) == node.targets.end())
            throw Discard("the node leads to '" + next + "', which is none of its targets");
        auto changes = changed_members(run.data, state);
        if (!changes) throw Discard("the state is not a JSON object");
        step.changes.text = std::move(*changes);
    });
    step.finished_at = clock_.now();
    step.next = next;
    if (attempt.end == AttemptEnd::done) {
        try {
            if (pause) {
                begin_wait(lease, graph, run, *pause);
                return false;
            }
            return checkpoint(lease, graph, run, step, std::move(state), next, context);
        } catch (LeaseLost const&) {
            throw;
        } catch (Discard const& e) {
            attempt = {AttemptEnd::hopeless, short_error(e.what()), std::nullopt};
        } catch (std::exception const& e) {
            attempt = {AttemptEnd::failed, short_error(std::string("its rows were refused: ") + e.what()),
                       std::nullopt};
        }
    }
    step.changes.text = "{}";
    step.next.reset();
    step.error = attempt.error;
    if (attempt.end == AttemptEnd::failed || attempt.end == AttemptEnd::hopeless)
        log_failed(lease, run.node, lease.attempt, node.retry.max_attempts, attempt.error);
    switch (attempt.end) {
        case AttemptEnd::lost: throw LeaseLost(attempt.error);
        case AttemptEnd::cancelled:
            if (step.error->empty()) step.error = "stopped, as the run was cancelled";
            end_run(lease, graph, run, RunEvent::cancel, {}, &step);
            break;
        case AttemptEnd::released:
            write(lease, [&](Transaction& tx) {
                release(tx, lease.hold());
                tx.tell(lease.ready(tx.now()));
            });
            break;
        case AttemptEnd::failed:
            if (lease.attempt < node.retry.max_attempts) {
                retry_node(lease, node.retry, run, step, attempt.delay);
                break;
            }
            [[fallthrough]];
        default: end_run(lease, graph, run, RunEvent::fail, attempt.error, &step);
    }
    return false;
}

// Gives whether the run goes on under this lease.
bool Engine::Impl::checkpoint(Lease& lease, Graph const& graph, RunRow& run, Step const& step, std::string state,
                              std::string const& next, LeaseContext const& context) {
    bool const hands_over = is_stopping_;
    RunRow reached = run;
    reached.steps = step.number;
    reached.data = std::move(state);
    reached.node = next;
    reached.wait_id.reset();
    bool const has_arrived = next == end || (!run.until.empty() && next == run.until);
    RunRow saved;
    write(lease, [&](Transaction& tx) {
        saved = reached;
        bool const is_cancelled = pass_to_next_node(tx, lease.hold());
        if (!insert_step(tx, run.id, step)) {
            // An earlier try of this unit was committed and its answer lost; the fence is still ours, so all is there.
            saved = load_run(tx, run.id).value();
            return;
        }
        context.apply_writes(tx);
        RunEvent event = RunEvent::checkpoint;
        if (has_arrived) {
            event = RunEvent::complete;
        } else if (is_cancelled) {
            event = RunEvent::cancel;
        } else if (step.number >= graph.steps_max) {
            event = RunEvent::fail;
            saved.error = "took more than " + std::to_string(graph.steps_max) + " steps";
        }
        saved.state = after(run.state, event);
        if (is_finished(saved.state)) {
            saved.finished_at = tx.now();
            saved.fence = lease.fence;
            leave(tx, lease.hold());
        } else if (hands_over) {
            release(tx, lease.hold());
            tx.tell(lease.ready(tx.now()));
        }
        save_run(tx, graph, saved);
    });
    run = std::move(saved);
    lease.attempt = 1;
    lease_passed(lease);
    std::lock_guard const lock(mutex_);
    ++counters_of(lease).completed_total;
    if (run.state == RunState::failed) ++counters_of(lease).dead_total;
    return !is_finished(run.state) && !hands_over;
}

// Work that got past its node is no suspect any more.
void Engine::Impl::lease_passed(Lease& lease) {
    std::lock_guard const lock(mutex_);
    if (!std::exchange(lease.is_suspect, false)) return;
    --suspects_held_;
    dispatch_.notify_one();
}

void Engine::Impl::end_run(Lease const& lease, Graph const& graph, RunRow& run, RunEvent event,
                           std::string const& error, Step const* step) {
    run.state = after(run.state, event);
    run.fence = lease.fence;
    if (event == RunEvent::fail) run.error = error;
    if (step != nullptr) run.steps = step->number;
    write(lease, [&](Transaction& tx) {
        leave(tx, lease.hold());
        run.finished_at = tx.now();
        if (step != nullptr) insert_step(tx, run.id, *step);
        save_run(tx, graph, run);
    });
    if (event != RunEvent::fail) return;
    std::lock_guard const lock(mutex_);
    ++counters_of(lease).failed_total;
    ++counters_of(lease).dead_total;
}

void Engine::Impl::retry_node(Lease const& lease, RetryPolicy const& policy, RunRow& run, Step const& step,
                              std::optional<Duration> told) {
    Duration const delay = told.value_or(random_delay_before(policy, lease.attempt + 1));
    run.steps = step.number;
    write(lease, [&](Transaction& tx) {
        put_back(tx, lease.hold(), tx.now() + delay);
        insert_step(tx, run.id, step);
        count_step(tx, run.id, run.steps);
        tx.tell(lease.ready(tx.now() + delay));
    });
    std::lock_guard const lock(mutex_);
    ++counters_of(lease).failed_total;
}

}  // namespace mainstay::flow
