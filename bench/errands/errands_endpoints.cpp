// What the API says about errands, and the job of each.
#include "bench/errands/errands.hpp"
#include "kernel/events/events.hpp"

namespace mainstay::errands {
namespace {

using fields::field;
using fields::length;

struct CreateErrand {
    std::string subject;
};
fields::Table const& table_of(CreateErrand const*) {
    static fields::Table const table{
        "CreateErrand", {field("subject", &CreateErrand::subject, "One line, shown in lists.", length(1, 200))}};
    return table;
}

struct ErrandCreated {
    static constexpr std::string_view event_type = "errands.created";
    ErrandId errand_id;
    std::string subject;
};
fields::Table const& table_of(ErrandCreated const*) {
    static fields::Table const table{"ErrandCreated",
                                     {field("errand_id", &ErrandCreated::errand_id, "Begins with ern_."),
                                      field("subject", &ErrandCreated::subject, "One line, shown in lists.")}};
    return table;
}

struct RunErrand {
    ErrandId errand_id;
};
fields::Table const& table_of(RunErrand const*) {
    static fields::Table const table{"RunErrand", {field("errand_id", &RunErrand::errand_id, "Begins with ern_.")}};
    return table;
}

constexpr web::Endpoint create_endpoint{
    .name = "create_errand",
    .method = web::Method::post,
    .path = "/api/v1/errands",
    .summary = "Create an errand",
    .permission = "uploads.write",  // the list of permissions is closed, and errands are in no product
    .success = 201,
};

Errand create(Call const&, Transaction& tx, CreateErrand input) {
    Errand errand{ErrandId::make(tx.now()), std::move(input.subject), tx.now()};
    insert_errand(tx, errand);
    events::emit(tx, errand.id.to_string(), ErrandCreated{errand.id, errand.subject});
    flow::enqueue(tx, RunErrand{errand.id});
    return errand;
}

}  // namespace

fields::Table const& table_of(Errand const*) {
    static fields::Table const table{
        "Errand",
        {field("id", &Errand::id, "Begins with ern_."), field("subject", &Errand::subject, "One line, shown in lists."),
         field("created_at", &Errand::created_at, "When it was made.")}};
    return table;
}

void add_routes(web::Routes& routes) {
    routes.add(create_endpoint, create);
}

flow::JobKind run_errand_kind() {
    return flow::job_kind<RunErrand>([](flow::Context&, RunErrand const&) {});
}

}  // namespace mainstay::errands
