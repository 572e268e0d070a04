// Which models there will be, and in which order they can be built.
#include "products/migrate/dbt/names.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

using catalog::ObjectName;

// Views behind the views that they read, else by name. Those that read each other in a circle come last.
std::vector<ObjectName> ordered_views(catalog::Database const& database) {
    std::map<ObjectName, std::set<ObjectName, catalog::NameLess>, catalog::NameLess> waiting;
    for (auto const& [name, view] : database.views) {
        auto& needs = waiting[name];
        for (auto const& relation : relations_of(database, view))
            if (database.views.contains(relation)) needs.insert(relation);
    }
    std::vector<ObjectName> order;
    while (!waiting.empty()) {
        auto next = std::find_if(waiting.begin(), waiting.end(), [](auto const& item) { return item.second.empty(); });
        if (next == waiting.end()) next = waiting.begin();
        auto const name = next->first;
        waiting.erase(next);
        for (auto& [other, needs] : waiting) needs.erase(name);
        order.push_back(name);
    }
    return order;
}

}  // namespace

Plan plan(catalog::Database const& database, Options const&) {
    auto const names = make_names(database);
    Plan plan;
    for (auto const& [name, own] : names.tables) {
        PlannedModel model;
        model.name = own.model;
        model.origin = catalog::to_string(database.tables.at(name).name);
        model.path = "models/staging/" + own.source + '/' + own.model + ".sql";
        plan.models.push_back(std::move(model));
    }
    std::sort(plan.models.begin(), plan.models.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
    for (auto const& name : ordered_views(database)) {
        auto const& own = names.views.at(name);
        PlannedModel model;
        model.name = own.model;
        model.origin = catalog::to_string(database.views.at(name).name);
        model.layer = own.layer;
        bool const is_mart = own.layer == Layer::marts;
        model.materialization = is_mart ? Materialization::table : Materialization::view;
        model.path =
            std::string(is_mart ? "models/marts/" : "models/intermediate/") + own.domain + '/' + own.model + ".sql";
        for (auto const& relation : relations_of(database, database.views.at(name)))
            if (auto const* const used = names.model_of(relation)) model.depends_on.push_back(*used);
        std::sort(model.depends_on.begin(), model.depends_on.end());
        plan.models.push_back(std::move(model));
    }
    return plan;
}

}  // namespace mainstay::dbt
