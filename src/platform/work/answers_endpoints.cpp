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
    .impersonators = web::Impersonators::admitted,
};

// Faults of the answer, as those of the request that has it as a member.
[[noreturn]] void refuse_answer(Fault const& fault) {
    auto problems = fault.problems();
    if (problems.empty()) problems.push_back({"", fault.public_text()});
    for (Problem& problem : problems) problem.pointer.insert(0, "/answer");
    throw Fault(fault.code(), fault.public_text(), std::move(problems));
}

flow::Answered answer(Transaction& tx, flow::Graph const& graph, GiveAnswer const& input, std::string const& who) {
    try {
        return flow::answer(tx, graph, input.wait_id, input.answer.text, who);
    } catch (Fault const& fault) {
        if (fault.code().name != errors::invalid_input.name) throw;
        refuse_answer(fault);
    }
}

flow::Wait give_answer(Needs const& needs, Call const& call, Transaction& tx, GiveAnswer input) {
    auto const wait = flow::find_wait(tx, input.wait_id);
    if (!wait || wait->run_id != input.run_id || wait->kind != flow::WaitKind::answer)
        throw Fault(errors::not_found, "There is no such object.");
    auto const& graph = graph_of(needs, run_or_404(tx, input.run_id));
    auto const answered = answer(tx, graph, input, call.identity.actor_id);
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
