// Queues over all tenants, for operators.
#include "platform/work/work_routes.hpp"

namespace mainstay::work {
namespace {

using fields::field;
using fields::length;

struct Queues {
    std::vector<flow::Queue> items;
};
fields::Table const& table_of(Queues const*) {
    static fields::Table const table{"Queues",
                                     {field("items", &Queues::items, "Each queue that has work or is paused.")}};
    return table;
}

struct QueueByName {
    std::string queue;
};
fields::Table const& table_of(QueueByName const*) {
    static fields::Table const table{"QueueByName", {field("queue", &QueueByName::queue, "Its name.", length(1, 200))}};
    return table;
}

constexpr web::Endpoint list_endpoint{
    .name = "list_queues",
    .method = web::Method::get,
    .path = "/api/v1/admin/queues",
    .summary = "List the queues: what waits, what runs, since when the first waits",
    .permission = "system.read",
    .reach = web::Reach::installation,
};

Queues list(Call const&, Snapshot& snapshot) {
    return {flow::list_queues(snapshot)};
}

constexpr web::Endpoint pause_endpoint{
    .name = "pause_queue",
    .method = web::Method::post,
    .path = "/api/v1/admin/queues/{queue}/pause",
    .summary = "Take nothing of a queue from now on; what runs goes on",
    .permission = "system.write",
    .success = 204,
    .reach = web::Reach::installation,
};

// A queue is there as long as it has work, is paused, or has an engine in this program.
void require_queue(Needs const& needs, Snapshot& snapshot, std::string const& queue) {
    if (!needs.has_engine(queue) && !flow::has_queue(snapshot, queue))
        throw Fault(errors::not_found, "There is no such object.");
}

void pause(Needs const& needs, Call const& call, Transaction& tx, QueueByName const& input) {
    require_queue(needs, tx, input.queue);
    flow::pause_queue(tx, input.queue, call.identity.actor_id);
}

constexpr web::Endpoint resume_endpoint{
    .name = "resume_queue",
    .method = web::Method::post,
    .path = "/api/v1/admin/queues/{queue}/resume",
    .summary = "Take work of a queue again",
    .permission = "system.write",
    .success = 204,
    .reach = web::Reach::installation,
};

void resume(Needs const& needs, Transaction& tx, QueueByName const& input) {
    require_queue(needs, tx, input.queue);
    flow::resume_queue(tx, input.queue);
}

}  // namespace

void add_queue_routes(web::Routes& routes, Needs const& needs) {
    routes.add(list_endpoint, list);
    routes.add(pause_endpoint,
               [needs](Call const& call, Transaction& tx, QueueByName input) { pause(needs, call, tx, input); });
    routes.add(resume_endpoint, [needs](Call const&, Transaction& tx, QueueByName input) { resume(needs, tx, input); });
}

}  // namespace mainstay::work
