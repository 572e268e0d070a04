// What runs ask people, and what is answered.
#include "platform/work/work_routes.hpp"

namespace mainstay::work {
namespace {

using fields::field;

struct GiveAnswer {
    flow::RunId run_id;
    flow::WaitId wait_id;
    JsonText answer;
};
fields::Table const& table_of(GiveAnswer const*) {
    static fields::Table const table{"GiveAnswer",
                                     {field("run_id", &GiveAnswer::run_id, "Begins with run_."),
                                      field("wait_id", &GiveAnswer::wait_id, "Begins with wait_."),
                                      field("answer", &GiveAnswer::answer, "As the question asks for it.")}};
    return table;
}

constexpr web::Endpoint answer_endpoint{
    .name = "answer_run",
    .method = web::Method::post,
    .path = "/api/v1/workflow-runs/{run_id}/waits/{wait_id}/answer",
    .summary = "Answer what a run asks; the first answer counts",
    .permission = "runs.answer",
};

flow::Wait give_answer(Needs const& needs, Call const& call, Transaction& tx, GiveAnswer input) {
    auto const wait = flow::find_wait(tx, input.wait_id);
    if (!wait || wait->run_id != input.run_id || wait->kind != flow::WaitKind::answer)
        throw Fault(errors::not_found, "There is no such object.");
    auto const& graph = graph_of(needs, run_or_404(tx, input.run_id));
    std::string const text = std::move(input.answer.text);
    auto const answered = flow::answer(tx, graph, input.wait_id, text, call.identity.actor_id);
    if (answered != flow::Answered::taken)
        throw Fault(errors::conflict, "The question was answered before, or its time is over.");
    return flow::find_wait(tx, input.wait_id).value();
}

}  // namespace

void add_answer_routes(web::Routes& routes, Needs const& needs) {
    routes.add(answer_endpoint, [needs](Call const& call, Transaction& tx, GiveAnswer input) {
        return give_answer(needs, call, tx, std::move(input));
    });
}

}  // namespace mainstay::work
