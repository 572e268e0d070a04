// What the API says about the state of the system.
#include "platform/admin/admin_routes.hpp"

#include <algorithm>

namespace mainstay::admin {
namespace {

using fields::field;

struct Health {
    State state = State::ok;
    std::vector<Part> parts;
};
fields::Table const& table_of(Health const*) {
    static fields::Table const table{"SystemHealth",
                                     {field("state", &Health::state, "Of the part that is worst."),
                                      field("parts", &Health::parts, "One after the other.")}};
    return table;
}

constexpr web::Endpoint health_endpoint{
    .name = "read_system_health",
    .method = web::Method::get,
    .path = "/api/admin/system/health",
    .summary = "How each part of the system is, as the server that answers sees it",
    .permission = "system.read",
};

}  // namespace

fields::Table const& table_of(Part const*) {
    static fields::Table const table{
        "HealthPart",
        {field("name", &Part::name, "Of the part."),
         field("state", &Part::state, "degraded: not as it should be, or not for long. down: what needs it fails."),
         field("says", &Part::says, "In a sentence.")}};
    return table;
}

void add_health_routes(web::Routes& routes, Needs const& needs) {
    routes.add(health_endpoint, [facts = needs.facts](Call const&, Database&) {
        Health health{State::ok, judge(facts())};
        for (auto const& part : health.parts) health.state = std::max(health.state, part.state);
        return health;
    });
}

}  // namespace mainstay::admin
