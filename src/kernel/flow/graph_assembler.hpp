// The half of GraphBuilder that does not touch the state. Included by graph_builder.hpp.
#pragma once
#include "kernel/flow/graph.hpp"

namespace mainstay::flow {

// A way out of a node. The last of a node's ways is taken always, and no other is: build() sees to it.
struct Way {
    std::string target;
    std::string label;                                       // for drawings
    std::function<bool(std::string const& state)> is_taken;  // empty: always
};

// The JSON Schema of what from_json reads into the struct, whole in itself.
std::string schema_text(fields::Table const&);

class GraphAssembler {
public:
    GraphAssembler(std::string name, std::int64_t version);
    Node& add_node(std::string_view name);
    // One that waits.
    Node& add_pausing(std::string_view name, Pause::Kind, std::function<Pause(Context&, std::string const& state)>);
    void add_way(Way);                                           // from the node that was added last
    void set_within(Duration, std::optional<std::string> late);  // of a node that waits, but not for a time
    void set_at_a_time(std::int64_t);                            // of a node that starts a run for each item
    void set_join(std::string const& target, Join);
    Node& last();  // throws std::logic_error when there is none
    Graph& graph() { return graph_; }
    Graph build();  // throws std::logic_error, see check_graph

private:
    [[noreturn]] void refuse(std::string const& why) const;
    template <class Change>
    void change_pause(Change);
    Graph graph_;
    std::string last_;
    std::map<std::string, std::vector<Way>> ways_;
    std::map<std::string, Pause::Kind> pauses_;
};

}  // namespace mainstay::flow
