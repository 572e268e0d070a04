#include "app/operations.hpp"

#include "app/readiness.hpp"
#include "app/version.hpp"
#include "base/hash.hpp"
#include "kernel/web/web.hpp"

namespace mainstay::app {
namespace {

using fields::field;

struct Health {
    std::string status;
    std::string storage;
    std::string version;
};
fields::Table const& table_of(Health const*) {
    static fields::Table const table{
        "Health",
        {field("status", &Health::status, "ok: the process is alive."),
         field("storage", &Health::storage,
               "ok; full: nothing can be written until there is room; failed: the disk did "
               "not keep what was written, and the program must be started anew."),
         field("version", &Health::version, "Of the program.")}};
    return table;
}

struct Ready {
    std::string status;
    std::string database;
    std::string redis;
};
fields::Table const& table_of(Ready const*) {
    static fields::Table const table{
        "Readiness",
        {field("status", &Ready::status, "ready"), field("database", &Ready::database, "sqlite or postgresql"),
         field("redis", &Ready::redis,
               "none; ok; degraded: it is away, and this node limits requests on its own. It is ready all the same.")}};
    return table;
}

constexpr web::Endpoint health_endpoint{
    .name = "health",
    .method = web::Method::get,
    .path = "/health",
    .summary = "Whether the process is alive",
    .permission = web::public_access,
    .limits_class = web::unlimited,
};
constexpr web::Endpoint ready_endpoint{
    .name = "ready",
    .method = web::Method::get,
    .path = "/ready",
    .summary = "Whether it can work: the database answers and writes",
    .permission = web::public_access,
    .limits_class = web::unlimited,
};
constexpr web::Endpoint metrics_endpoint{
    .name = "metrics",
    .method = web::Method::get,
    .path = "/metrics",
    .summary = "Prometheus metrics, for this machine alone",
    .permission = web::public_access,
    .content_type = "text/plain",
    .limits_class = web::unlimited,
};
constexpr web::Endpoint openapi_endpoint{
    .name = "openapi",
    .method = web::Method::get,
    .path = "/openapi.json",
    .summary = "This document",
    .permission = web::public_access,
};
constexpr web::Endpoint errors_endpoint{
    .name = "error_reference",
    .method = web::Method::get,
    .path = "/docs/errors.md",
    .summary = "Every error code and what to do about it",
    .permission = web::public_access,
    .content_type = "text/markdown",
};

web::Content content(std::string type, std::string body) {
    web::Content made;
    made.content_type = std::move(type);
    made.body = std::move(body);
    return made;
}

// Memory only: a process whose database hangs is still alive.
std::string_view state_of_storage(Database const& database) {
    if (database.is_durable_path_failed()) return "failed";
    return database.counters().is_full ? "full" : "ok";
}

std::string_view state_of_redis(shared_state::SharedState const& shared) {
    auto const counters = shared.counters();
    if (!counters.is_shared) return "none";
    return counters.is_connected ? "ok" : "degraded";
}

}  // namespace

void add_probes(web::Routes& routes, OperationsNeeds needs) {
    routes.add(health_endpoint, [needs](Call const&) {
        return Health{"ok", std::string(state_of_storage(needs.database)), std::string(version)};
    });
    auto const readiness = std::make_shared<Readiness>(needs.clock, [&database = needs.database] { database.check(); });
    routes.add(ready_endpoint, [needs, readiness](Call const&, Database& database) {
        if (needs.is_draining) throw Fault(errors::busy, "The program is stopping.");
        if (state_of_storage(database) != "ok") throw Fault(errors::busy, "The database takes no writes.");
        readiness->require();
        return Ready{"ready", database.engine() == Database::Engine::sqlite ? "sqlite" : "postgresql",
                     std::string(state_of_redis(needs.shared))};
    });
    // On a thread that may wait, as it reads the database.
    routes.add(metrics_endpoint, [needs](Call const& call, Database&) {
        if (!call.is_local) throw Fault(errors::not_found, "There is no such path.");
        return content("text/plain; version=0.0.4; charset=utf-8", needs.metrics.text());
    });
}

void add_reference(web::Routes& routes) {
    routes.add(openapi_endpoint, [&routes](Call const&) {
        static std::string const document = web::openapi_document(routes, version);
        return content("application/json", document);
    });
    routes.add(errors_endpoint, [&routes](Call const&) {
        return content("text/markdown; charset=utf-8", web::error_reference(routes));
    });
}

}  // namespace mainstay::app
