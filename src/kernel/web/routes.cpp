#include "base/text.hpp"
#include "kernel/web/endpoint.hpp"

#include <algorithm>
#include <stdexcept>

namespace mainstay {

Permissions::Permissions(std::vector<std::string> names) : names_(std::move(names)) {
    std::sort(names_.begin(), names_.end());
}

bool Permissions::allow(std::string_view permission) const {
    return std::binary_search(names_.begin(), names_.end(), permission);
}

}  // namespace mainstay

namespace mainstay::web {
namespace {

bool is_parameter(std::string_view word) {
    return word.starts_with('{') && word.ends_with('}');
}

bool has_body(Method method) {
    return method == Method::post || method == Method::put || method == Method::patch;
}

[[noreturn]] void refuse(Endpoint const& endpoint, std::string const& why) {
    throw std::logic_error("endpoint " + std::string(endpoint.name) + " (" + std::string(endpoint.path) + "): " + why);
}

void check(Endpoint const& endpoint, Handler const& handler, std::vector<std::string_view> const& parameters) {
    if (endpoint.name.empty() || endpoint.summary.empty()) refuse(endpoint, "has no name or summary");
    if (endpoint.permission.empty())
        refuse(endpoint, "has no permission; say web::public_access when anybody may call it");
    if (!endpoint.path.starts_with('/')) refuse(endpoint, "its path does not begin with a slash");
    fields::Table const& input = handler.input->table();
    for (auto const name : parameters) {
        fields::Field const* const field = input.find(name);
        if (field == nullptr || field->kind->read_text == nullptr)
            refuse(endpoint, "{" + std::string(name) + "} has no member in " + std::string(input.name));
    }
    bool const needs_tenant = handler.access == Access::snapshot || handler.access == Access::transaction;
    if (needs_tenant && endpoint.reach == Reach::tenant && endpoint.permission == public_access)
        refuse(endpoint, "is public, so it has no tenant; take Database& or reach the installation");
    if (!needs_tenant && endpoint.reach == Reach::installation)
        refuse(endpoint, "reaches the installation without a Snapshot or a Transaction");
    if (has_body(endpoint.method)) return;
    for (fields::Field const& field : input.fields)
        if (field.kind->read_text == nullptr) refuse(endpoint, std::string(field.name) + " cannot stand in a query");
    if (handler.access == Access::transaction && endpoint.method == Method::get)
        refuse(endpoint, "a GET does not write");
}

bool admits_impersonators(Endpoint const& endpoint, Handler const& handler) {
    if (endpoint.impersonators != Impersonators::by_kind) return endpoint.impersonators == Impersonators::admitted;
    if (endpoint.method != Method::get) return false;
    bool const is_plain_object = handler.output != nullptr && !fields::bears_secret(*handler.output);
    return endpoint.permission == public_access || is_plain_object;
}

}  // namespace

void detail::take_described(void const* object, fields::Kind const& kind, Answer& answer) {
    kind.write(object, answer.json);
    if (fields::bears_secret(kind)) fields::write_masked(object, kind, answer.masked);
    if (kind.shape != fields::Shape::object) return;
    fields::Field const* const id = kind.table().find("id");
    if (id == nullptr) return;
    std::string quoted;
    id->kind->write(static_cast<char const*>(object) + id->offset, quoted);
    if (quoted.size() > 2 && quoted.front() == '"') answer.object_id = quoted.substr(1, quoted.size() - 2);
}

void Routes::add_erased(Endpoint const& endpoint, Handler handler) {
    auto route = std::make_unique<Route>();
    Branch* branch = &root_;
    for (auto const word : split(endpoint.path.substr(1), '/')) {
        if (is_parameter(word)) {
            route->parameters.push_back(word.substr(1, word.size() - 2));
            if (!branch->parameter) branch->parameter = std::make_unique<Branch>();
            branch = branch->parameter.get();
        } else {
            auto& next = branch->words[std::string(word)];
            if (!next) next = std::make_unique<Branch>();
            branch = next.get();
        }
    }
    check(endpoint, handler, route->parameters);
    for (Route const* other : routes_)
        if (other->endpoint.name == endpoint.name) refuse(endpoint, "another endpoint has this name");
    if (branch->routes.contains(endpoint.method)) refuse(endpoint, "another endpoint has this method and path");

    route->endpoint = endpoint;
    route->admits_impersonators = admits_impersonators(endpoint, handler);
    if (!has_body(endpoint.method)) route->endpoint.body = Body::none;
    route->lane = handler.access == Access::memory || handler.recall      ? Lane::edge
                  : handler.access == Access::database || handler.prepare ? Lane::staged
                                                                          : Lane::worker;
    fields::Table const& input = handler.input->table();
    route->body = {input.name, {}, input.unknown};
    for (fields::Field const& field : input.fields)
        if (std::find(route->parameters.begin(), route->parameters.end(), field.name) == route->parameters.end())
            route->body.fields.push_back(field);
    route->handler = std::move(handler);
    route->number = routes_.size();
    routes_.push_back(route.get());
    branch->routes[endpoint.method] = std::move(route);
}

void Routes::declare(std::initializer_list<ErrorCode const*> codes) {
    for (ErrorCode const* code : codes) {
        bool const known = std::any_of(codes_.begin(), codes_.end(),
                                       [&](ErrorCode const* other) { return other->name == code->name; });
        if (!known) codes_.push_back(code);
    }
}

Routes::Match Routes::find(Method method, std::string_view path) const {
    Match match;
    if (!path.starts_with('/')) return match;
    Branch const* branch = &root_;
    path.remove_prefix(1);
    for (;;) {
        auto const slash = path.find('/');
        auto const word = path.substr(0, slash);
        if (auto const found = branch->words.find(word); found != branch->words.end()) {
            branch = found->second.get();
        } else if (branch->parameter && !word.empty()) {
            branch = branch->parameter.get();
            match.values.push_back(word);
        } else {
            return match;
        }
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    auto found = branch->routes.find(method);
    if (found == branch->routes.end() && method == Method::head) found = branch->routes.find(Method::get);
    if (found != branch->routes.end()) {
        match.route = found->second.get();
    } else {
        for (auto const& [allowed, route] : branch->routes) match.allowed.push_back(allowed);
    }
    return match;
}

std::vector<Route const*> Routes::all() const {
    auto sorted = routes_;
    std::sort(sorted.begin(), sorted.end(), [](Route const* a, Route const* b) {
        return std::pair(a->endpoint.path, a->endpoint.method) < std::pair(b->endpoint.path, b->endpoint.method);
    });
    return sorted;
}

}  // namespace mainstay::web
