// Assembles graphs and draws them.
#include "kernel/flow/flow_rules.hpp"
#include "kernel/flow/graph_builder.hpp"

#include <algorithm>

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

Node& GraphAssembler::add_node(std::string_view name) {
    if (graph_.nodes.empty()) graph_.first = name;
    auto const [place, is_new] = graph_.nodes.emplace(name, Node());
    if (!is_new) refuse("two nodes are named '" + std::string(name) + "'");
    place->second.name = name;
    last_ = name;
    return place->second;
}

Node& GraphAssembler::add_pausing(std::string_view name, Pause::Kind kind,
                                  std::function<Pause(Context&, std::string const& state)> pause) {
    Node& node = add_node(name);
    node.pause = std::move(pause);
    node.run = [](Context&, std::string&) {};
    pauses_[node.name] = kind;
    return node;
}

template <class Change>
void GraphAssembler::change_pause(Change change) {
    Node& node = last();
    if (!node.pause) refuse("node '" + node.name + "' does not wait");
    node.pause = [change, pause = node.pause](Context& context, std::string const& state) {
        Pause changed = pause(context, state);
        change(changed);
        return changed;
    };
}

void GraphAssembler::set_within(Duration time, std::optional<std::string> late) {
    if (auto const pause = pauses_.find(last().name); pause != pauses_.end() && pause->second == Pause::Kind::time)
        refuse("node '" + last().name + "' waits for a time, which comes: it cannot be late");
    change_pause([time](Pause& pause) { pause.within = time; });
    last().late = std::move(late);
}

void GraphAssembler::set_at_a_time(std::int64_t limit) {
    auto const kind = pauses_.find(last().name);
    if (kind == pauses_.end() || kind->second != Pause::Kind::children)
        refuse("node '" + last().name + "' maps nothing, so that nothing of it runs at a time");
    if (limit < 0) refuse("node '" + last().name + "' cannot run fewer than none at a time");
    change_pause([limit](Pause& pause) { pause.at_a_time = limit; });
}

void GraphAssembler::set_join(std::string const& target, Join how) {
    Node& node = last();
    if (node.branches.empty()) refuse("node '" + node.name + "' is no split");
    node.pause = [branches = node.branches, target, how](Context&, std::string const& state) {
        Pause pause;
        pause.kind = Pause::Kind::children;
        pause.join = how;
        for (auto const& branch : branches) pause.children.push_back({nullptr, branch, target, branch, state});
        return pause;
    };
    node.run = [](Context& context, std::string& state) {
        Merge merged = merge_branches(state, context.outcome().children);
        if (!merged.conflict.empty()) throw Discard(merged.conflict);
        state = std::move(merged.state);
    };
}

void GraphAssembler::add_way(Way way) {
    Node& node = last();
    node.targets.push_back(way.target);
    node.labels.push_back(way.label);
    ways_[node.name].push_back(std::move(way));
}

Node& GraphAssembler::last() {
    auto const found = graph_.nodes.find(last_);
    if (found == graph_.nodes.end()) refuse("a node has to come first");
    return found->second;
}

void GraphAssembler::refuse(std::string const& why) const {
    throw std::logic_error("graph " + graph_.name + ": " + why);
}

Graph GraphAssembler::build() {
    for (auto& [name, ways] : ways_) {
        if (ways.back().is_taken) refuse("node '" + name + "' may find no way open: it needs an otherwise");
        auto const open = std::find_if(ways.begin(), ways.end(), [](Way const& way) { return !way.is_taken; });
        if (open != std::prev(ways.end()))
            refuse("node '" + name + "' never comes to its way behind the one to '" + open->target + "'");
        graph_.nodes.at(name).next = [ways = ways](std::string const& state) {
            return std::find_if(ways.begin(), std::prev(ways.end()),
                                [&](Way const& way) { return way.is_taken(state); })
                ->target;
        };
    }
    check_graph(graph_);
    return graph_;
}

std::string schema_text(fields::Table const& table) {
    constexpr std::string_view elsewhere = "#/components/schemas/", here = "#/$defs/";
    fields::Components components;
    std::map<std::string, std::string, std::less<>> written;
    std::string schema;
    fields::schema_object(table, schema, components);
    for (bool is_whole = false; !is_whole;) {  // writing one may name others
        is_whole = true;
        for (auto const& [name, part] : fields::Components(components))
            if (written.try_emplace(name).second) {
                fields::schema_object(*part, written[name], components);
                is_whole = false;
            }
    }
    if (!written.empty()) {
        schema.back() = ',';
        schema += R"("$defs":{)";
        for (auto const& [name, part] : written) {
            if (schema.back() != '{') schema += ',';
            json::write_string(name, schema);
            schema += ':' + part;
        }
        schema += "}}";
    }
    for (auto at = schema.find(elsewhere); at != std::string::npos; at = schema.find(elsewhere, at))
        schema.replace(at, elsewhere.size(), here);
    return schema;
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
    for (auto const& [name, node] : graph.nodes) {
        for (auto const& branch : node.branches) out += "    " + ids[name] + " ==> " + ids.at(branch) + '\n';
        if (node.late)
            out += "    " + ids[name] + " -.->|\"late\"| " + (*node.late == end ? "finish" : ids.at(*node.late)) + '\n';
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
        out += ']';
        if (!node.branches.empty()) out += ",\"branches\":" + fields::to_json(node.branches);
        if (node.late) out += ',' + member("late", *node.late);
        out += '}';
    }
    return out + "]}";
}

}  // namespace mainstay::flow
