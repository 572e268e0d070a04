// The checks of a graph and of what its nodes wait for; the difference of two states and how differences are put
// together.
#include "kernel/flow/flow_rules.hpp"

#include <set>

namespace mainstay::flow {
namespace {

[[noreturn]] void refuse(Graph const& graph, std::string const& why) {
    throw std::logic_error("graph " + graph.name + ": " + why);
}

std::vector<std::string> ways_out_of(Node const& node) {
    std::vector<std::string> ways = node.targets;
    ways.insert(ways.end(), node.branches.begin(), node.branches.end());
    if (node.late) ways.push_back(*node.late);
    return ways;
}

struct Object {
    explicit Object(std::string_view text) {
        is_object = !document.parse(text) && document.root().type == json::Node::Type::object;
    }
    json::Document document;
    bool is_object = false;
};

// A JSON object that is written member by member.
class ObjectText {
public:
    void add(std::string_view name, std::string_view text) {
        if (text_.size() > 1) text_ += ',';
        json::write_string(name, text_);
        text_ += ':';
        text_ += text;
    }
    std::string take() { return std::move(text_) + '}'; }

private:
    std::string text_ = "{";
};

std::string text_of(json::Node const& node) {
    std::string text;
    json::write_node(node, text);
    return text;
}

}  // namespace

void check_graph(Graph const& graph) {
    if (!graph.nodes.contains(graph.first)) refuse(graph, "its first node '" + graph.first + "' does not exist");
    if (graph.steps_max < 1) refuse(graph, "steps_max must be at least 1");
    for (auto const& [name, node] : graph.nodes) {
        if (name.empty() || node.name != name) refuse(graph, "a node must have its name: '" + name + "'");
        if (!node.run || !node.next || node.targets.empty()) refuse(graph, "no way leads out of node '" + name + "'");
        if (node.retry.max_attempts < 1) refuse(graph, "node '" + name + "' must have at least 1 attempt");
        for (auto const& target : ways_out_of(node))
            if (target != end && !graph.nodes.contains(target))
                refuse(graph, "node '" + name + "' leads to '" + target + "', which does not exist");
    }
    std::set<std::string> reached{graph.first};
    std::vector<std::string> open{graph.first};
    while (!open.empty()) {
        std::string const name = std::move(open.back());
        open.pop_back();
        for (auto const& target : ways_out_of(graph.nodes.at(name)))
            if (target != end && reached.insert(target).second) open.push_back(target);
    }
    for (auto const& [name, node] : graph.nodes)
        if (!reached.contains(name)) refuse(graph, "no way leads to node '" + name + "'");
}

void check_pause(Graph const& graph, Pause const& pause) {
    if (pause.children.size() > children_max)
        throw Discard("a node of " + graph.name + " starts more runs than flow::children_max");
    for (auto const& child : pause.children)
        if (child.state.size() > state_bytes_max)
            throw Discard("the state of " + child.branch + " is larger than flow::state_bytes_max");
    if (pause.kind == Pause::Kind::event && (pause.name.empty() || pause.subject.empty()))
        throw Discard("a node of " + graph.name + " waits for an event without a type or a subject");
    if (pause.question.size() > payload_bytes_max)
        throw Discard("a question of " + graph.name + " is larger than flow::payload_bytes_max");
}

std::optional<std::string> changed_members(std::string_view before, std::string_view after) {
    Object const old_state(before), new_state(after);
    if (!old_state.is_object || !new_state.is_object) return std::nullopt;
    json::Node const& old_root = old_state.document.root();
    json::Node const& new_root = new_state.document.root();
    ObjectText out;
    for (auto const& member : new_root.members) {
        std::string const text = text_of(member.value);
        auto const* old = old_root.find(member.name);
        if (old == nullptr || text_of(*old) != text) out.add(member.name, text);
    }
    for (auto const& member : old_root.members)
        if (new_root.find(member.name) == nullptr) out.add(member.name, "null");
    return out.take();
}

std::optional<std::string> apply_changes(std::string_view state, std::string_view changes) {
    Object const old_state(state), delta(changes);
    if (!old_state.is_object || !delta.is_object) return std::nullopt;
    json::Node const& new_members = delta.document.root();
    ObjectText out;
    for (auto const& member : old_state.document.root().members)
        if (new_members.find(member.name) == nullptr) out.add(member.name, text_of(member.value));
    for (auto const& member : new_members.members)
        if (member.value.type != json::Node::Type::null) out.add(member.name, text_of(member.value));
    return out.take();
}

Merge merge_branches(std::string_view state, std::vector<ChildResult> const& branches) {
    std::map<std::string, std::pair<std::string, std::string>, std::less<>> changed;  // by whom, to what
    Merge merge{std::string(state), {}};
    for (auto const& branch : branches) {
        Object const delta(branch.changes);
        if (!delta.is_object) throw std::logic_error("the changes of branch " + branch.branch + " are no JSON object");
        for (auto const& member : delta.document.root().members) {
            auto const [place, is_first] =
                changed.try_emplace(std::string(member.name), branch.branch, text_of(member.value));
            if (is_first || place->second.second == text_of(member.value)) continue;
            merge.conflict = "branches '" + place->second.first + "' and '" + branch.branch + "' both changed '" +
                             std::string(member.name) + "'";
            return merge;
        }
        auto applied = apply_changes(merge.state, branch.changes);
        if (!applied) throw std::logic_error("the state is no JSON object");
        merge.state = std::move(*applied);
    }
    return merge;
}

}  // namespace mainstay::flow
