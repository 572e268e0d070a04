// Builds graphs over a described state; included by flow.hpp alone.
#pragma once
namespace mainstay::flow {

// A way out of a node, taken when it says so; the last of a node's ways is taken always.
struct Way {
    std::string target;
    std::string label;  // for drawings
    std::function<bool(std::string const& state)> is_taken;
};

// The type-erased half: everything that does not touch the state.
class GraphAssembler {
public:
    GraphAssembler(std::string name, std::int64_t version);
    void add_node(std::string name, std::function<void(Context&, std::string&)> run);
    void add_way(Way);  // from the node that was added last
    Node& last();       // throws std::logic_error when there is none
    Graph& graph() { return graph_; }
    Graph build();  // throws std::logic_error, see check_graph

private:
    Graph graph_;
    std::string last_;
    std::map<std::string, std::vector<Way>> ways_;
};

template <class State>
class GraphBuilder {
public:
    GraphBuilder(std::string name, std::int64_t version) : assembler_(std::move(name), version) {}

    // Takes a handler void(Context&, State&). The first node is where a run begins.
    template <class F>
    GraphBuilder& node(std::string_view name, F run) {
        assembler_.add_node(std::string(name), [run](Context& context, std::string& text) {
            State state = fields::from_json<State>(text);
            run(context, state);
            text = fields::to_json(state);
        });
        return *this;
    }

    GraphBuilder& then(std::string_view target) {
        return way(target, "", [](std::string const&) { return true; });
    }
    // Takes a predicate bool(State const&). Asked in their order; node().otherwise() is what remains.
    template <class F>
    GraphBuilder& then_if(std::string_view target, F is_taken, std::string label = {}) {
        return way(target, std::move(label),
                   [is_taken](std::string const& text) { return is_taken(fields::from_json<State>(text)); });
    }
    GraphBuilder& otherwise(std::string_view target) { return then(target); }

    // Of the node named last.
    GraphBuilder& retries(RetryPolicy policy) {
        assembler_.last().retry = policy;
        return *this;
    }
    GraphBuilder& time_limit(Duration limit) {
        assembler_.last().time_limit = limit;
        return *this;
    }

    // Of the whole graph.
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
    GraphBuilder& way(std::string_view target, std::string label, std::function<bool(std::string const&)> is_taken) {
        assembler_.add_way({std::string(target), std::move(label), std::move(is_taken)});
        return *this;
    }
    GraphAssembler assembler_;
};

}  // namespace mainstay::flow
