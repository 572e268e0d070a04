// Builds graphs over a described state, and reads like the graph it draws:
//
//     auto graph = flow::GraphBuilder<Order>("order", 1)
//         .node("check", check_stock).then_if("approve", is_large).otherwise("prepare")
//         .ask<Approval>("approve", question, take_approval).within(days(2), "refused").then("prepare")
//         .split("prepare", {"invoice", "label"}).join("ship")
//         .node("invoice", write_invoice).then("ship")
//         .node("label", print_label).then("ship")
//         .node("ship", ship).then("paid")
//         .wait_for<PaymentReceived>("paid", order_id, take_payment).then(flow::end)
//         .node("refused", refuse).then(flow::end)
//         .build();
//
// Included by flow.hpp.
#pragma once
#include "kernel/flow/graph_assembler.hpp"

namespace mainstay::flow {

template <class State>
class GraphBuilder {
public:
    GraphBuilder(std::string name, std::int64_t version) : assembler_(std::move(name), version) {}

    // --- nodes; the first is where a run begins ---

    // Takes a handler void(Context&, State&).
    template <class F>
    GraphBuilder& node(std::string_view name, F run) {
        assembler_.add_node(name).run = [run](Context& context, std::string& text) {
            change(text, [&](State& state) { run(context, state); });
        };
        return *this;
    }

    // Waits for a time that Instant(State const&) gives.
    template <class F>
    GraphBuilder& wait_until(std::string_view name, F when) {
        return pausing(name, Pause::Kind::time, [when](State const& state) {
            Pause pause;
            pause.until = when(state);
            return pause;
        });
    }

    // Waits for an event about the subject that std::string(State const&) gives; void(State&, Event const&) takes it.
    template <class Event, class Subject, class Take>
    GraphBuilder& wait_for(std::string_view name, Subject subject, Take take) {
        pausing(name, Pause::Kind::event, [subject](State const& state) {
            Pause pause;
            pause.name = Event::event_type;
            pause.subject = subject(state);
            return pause;
        });
        assembler_.last().run = [take](Context& context, std::string& text) {
            change(text, [&](State& state) { take(state, fields::from_json<Event>(context.outcome().answer)); });
        };
        return *this;
    }

    // Asks a person what the described struct of F(State const&) says; void(State&, Answer const&, who) takes the
    // answer.
    template <class Answer, class Ask, class Take>
    GraphBuilder& ask(std::string_view name, Ask question, Take take) {
        pausing(name, Pause::Kind::answer, [question](State const& state) {
            Pause pause;
            pause.question = fields::to_json(question(state));
            return pause;
        });
        assembler_.last().check_answer = [](std::string const& text) { fields::from_json<Answer>(text); };
        assembler_.last().answer_schema = schema_text(table_of(static_cast<Answer const*>(nullptr)));
        assembler_.last().run = [take](Context& context, std::string& text) {
            auto const& outcome = context.outcome();
            change(text,
                   [&](State& state) { take(state, fields::from_json<Answer>(outcome.answer), outcome.answered_by); });
        };
        return *this;
    }

    // Goes on at several nodes at once, each with a copy of the state; join() says where they meet. What they changed
    // is put together: two of them must not change the same member in different ways, or merge() says what becomes of
    // it.
    GraphBuilder& split(std::string_view name, std::vector<std::string> branches) {
        assembler_.add_node(name).branches = std::move(branches);
        return *this;
    }
    GraphBuilder& join(std::string_view target, Join how = Join::all) {
        assembler_.set_join(std::string(target), how);
        return then(target);
    }
    // Takes void(State&, std::vector<State> const& branches), behind join().
    template <class F>
    GraphBuilder& merge(F take) {
        return taking<State>(take);
    }

    // A run of another graph for each item that std::vector<Item>(State const&) gives, Item being that graph's state;
    // void(State&, std::vector<Item> const&) takes what became of them, in their order.
    template <class Item, class Items, class Take>
    GraphBuilder& map(std::string_view name, Graph const& graph, Items items, Take take) {
        pausing(name, Pause::Kind::children, [items, &graph](State const& state) {
            Pause pause;
            for (Item const& item : items(state))
                pause.children.push_back(
                    {&graph, {}, {}, std::to_string(pause.children.size()), fields::to_json(item)});
            return pause;
        });
        return taking<Item>(take);
    }

    // A run of another graph, whose state Child(State const&) gives; void(State&, Child const&) takes what became of
    // it.
    template <class Child, class Make, class Take>
    GraphBuilder& call(std::string_view name, Graph const& graph, Make make, Take take) {
        return map<Child>(
            name, graph, [make](State const& state) { return std::vector<Child>{make(state)}; },
            [take](State& state, std::vector<Child> const& children) { take(state, children.front()); });
    }

    // --- of the node named last ---

    GraphBuilder& then(std::string_view target) { return way(target, "", {}); }
    // Takes a predicate bool(State const&). Asked in their order; otherwise(), which has to follow, is what remains.
    template <class F>
    GraphBuilder& then_if(std::string_view target, F is_taken, std::string label = {}) {
        return way(target, std::move(label),
                   [is_taken](std::string const& text) { return is_taken(fields::from_json<State>(text)); });
    }
    GraphBuilder& otherwise(std::string_view target) { return then(target); }

    // Of a node that waits, for anything but a time: how long; then the run goes on at the target, or fails where there
    // is none.
    GraphBuilder& within(Duration time, std::optional<std::string> late = std::nullopt) {
        assembler_.set_within(time, std::move(late));
        return *this;
    }
    // Of a map: how many run at the same time; 0: all.
    GraphBuilder& at_a_time(std::int64_t limit) {
        assembler_.set_at_a_time(limit);
        return *this;
    }
    GraphBuilder& retries(RetryPolicy policy) {
        assembler_.last().retry = policy;
        return *this;
    }
    // Of one attempt at the node; 10 minutes where nothing is said. Past it the handler sees is_cancelled(), and its
    // attempt has failed.
    GraphBuilder& time_limit(Duration limit) {
        assembler_.last().time_limit = limit;
        return *this;
    }

    // --- of the whole graph ---

    GraphBuilder& steps_max(std::int64_t limit) {
        assembler_.graph().steps_max = limit;
        return *this;
    }
    // Takes void(Transaction&, RunId, State const&, node, RunState, error), see Graph::on_change.
    template <class F>
    GraphBuilder& on_change(F mirror) {
        assembler_.graph().on_change = [mirror](Transaction& tx, RunId run, std::string const& state,
                                                std::string_view node, RunState is_now, std::string const& error) {
            mirror(tx, run, fields::from_json<State>(state), node, is_now, error);
        };
        return *this;
    }

    Graph build() { return assembler_.build(); }

private:
    template <class F>
    static void change(std::string& text, F const& handler) {
        State state = fields::from_json<State>(text);
        handler(state);
        text = fields::to_json(state);
    }
    template <class F>
    GraphBuilder& pausing(std::string_view name, Pause::Kind kind, F pause) {
        assembler_.add_pausing(name, kind, [pause, kind](Context&, std::string const& text) {
            Pause made = pause(fields::from_json<State>(text));
            made.kind = kind;
            return made;
        });
        return *this;
    }
    template <class Child, class F>
    GraphBuilder& taking(F take) {
        assembler_.last().run = [take](Context& context, std::string& text) {
            std::vector<Child> children;
            for (auto const& child : context.outcome().children)
                children.push_back(fields::from_json<Child>(child.state));
            change(text, [&](State& state) { take(state, children); });
        };
        return *this;
    }
    GraphBuilder& way(std::string_view target, std::string label, std::function<bool(std::string const&)> is_taken) {
        assembler_.add_way({std::string(target), std::move(label), std::move(is_taken)});
        return *this;
    }
    GraphAssembler assembler_;
};

}  // namespace mainstay::flow
