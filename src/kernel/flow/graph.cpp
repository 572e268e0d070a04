// Assembles graphs and draws them.
#include "kernel/flow/flow_rules.hpp"

namespace mainstay::flow {
namespace {

// A label within double quotes of Mermaid, which knows HTML's entities alone.
std::string drawn(std::string_view text) {
    std::string out;
    for (char const c : text) out += c == '"' ? std::string("#quot;") : std::string(1, c);
    return out;
}

std::string member(std::string_view name, std::string_view text) {
    std::string out;
    json::write_string(name, out);
    out += ':';
    json::write_string(text, out);
    return out;
}

}  // namespace

GraphAssembler::GraphAssembler(std::string name, std::int64_t version) {
    graph_.name = std::move(name);
    graph_.version = version;
}

void GraphAssembler::add_node(std::string name, std::function<void(Context&, std::string&)> run) {
    if (graph_.nodes.empty()) graph_.first = name;
    Node node;
    node.name = name;
    node.run = std::move(run);
    if (!graph_.nodes.emplace(name, std::move(node)).second)
        throw std::logic_error("graph " + graph_.name + ": two nodes are named '" + name + "'");
    last_ = std::move(name);
}

void GraphAssembler::add_way(Way way) {
    Node& node = last();
    node.targets.push_back(way.target);
    node.labels.push_back(way.label);
    ways_[node.name].push_back(std::move(way));
}

Node& GraphAssembler::last() {
    auto const found = graph_.nodes.find(last_);
    if (found == graph_.nodes.end()) throw std::logic_error("graph " + graph_.name + ": a node has to come first");
    return found->second;
}

Graph GraphAssembler::build() {
    for (auto& [name, ways] : ways_) {
        graph_.nodes.at(name).next = [name = name, ways = ways](std::string const& state) {
            for (auto const& way : ways)
                if (way.is_taken(state)) return way.target;
            throw std::logic_error("no way out of node '" + name + "' was open: it needs an otherwise");
        };
    }
    check_graph(graph_);
    return graph_;
}

std::string to_mermaid(Graph const& graph) {
    std::string out = "flowchart TD\n";
    std::map<std::string, std::string> ids;
    for (auto const& [name, node] : graph.nodes) {
        ids[name] = "n" + std::to_string(ids.size());
        out += "    " + ids[name] + "[\"" + drawn(name) + "\"]\n";
    }
    out += "    begin((\" \")) --> " + ids.at(graph.first) + "\n    finish(((\" \")))\n";
    for (auto const& [name, node] : graph.nodes)
        for (std::size_t i = 0; i < node.targets.size(); ++i) {
            std::string const label = i < node.labels.size() ? node.labels[i] : std::string();
            out += "    " + ids[name] + (label.empty() ? " --> " : " -->|\"" + drawn(label) + "\"| ") +
                   (node.targets[i] == end ? "finish" : ids.at(node.targets[i])) + '\n';
        }
    return out;
}

std::string to_json(Graph const& graph) {
    std::string out = "{" + member("name", graph.name) + ",\"version\":" + std::to_string(graph.version) + ',' +
                      member("first", graph.first) + ",\"nodes\":[";
    for (auto const& [name, node] : graph.nodes) {
        if (out.back() != '[') out += ',';
        out += "{" + member("name", name) + ",\"targets\":[";
        for (std::size_t i = 0; i < node.targets.size(); ++i) {
            if (i > 0) out += ',';
            out += "{" + member("node", node.targets[i]) + ',' +
                   member("label", i < node.labels.size() ? node.labels[i] : std::string()) + '}';
        }
        out += "]}";
    }
    return out + "]}";
}

}  // namespace mainstay::flow
