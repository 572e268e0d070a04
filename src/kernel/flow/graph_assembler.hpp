// The half of GraphBuilder that does not touch the state. Included by graph_builder.hpp.
#pragma once
#include "kernel/flow/graph.hpp"

namespace mainstay::flow {

// A way out of a node, taken when it says so; the last of a node's ways is taken always.
struct Way {
    std::string target;
    std::string label;  // for drawings
    std::function<bool(std::string const& state)> is_taken;
};

class GraphAssembler {
public:
    GraphAssembler(std::string name, std::int64_t version);
    Node& add_node(std::string_view name);
    void add_way(Way);  // from the node that was added last
    void set_within(Duration, std::optional<std::string> late);
    void set_at_a_time(std::int64_t);
    void set_join(std::string const& target, Join);
    Node& last();  // throws std::logic_error when there is none
    Graph& graph() { return graph_; }
    Graph build();  // throws std::logic_error, see check_graph

private:
    template <class Change>
    void change_pause(Change);
    Graph graph_;
    std::string last_;
    std::map<std::string, std::vector<Way>> ways_;
};

}  // namespace mainstay::flow
