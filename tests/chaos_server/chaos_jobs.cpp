// Jobs that do what they are told, and what they tell the receiver.
#include "tests/chaos_server/chaos.hpp"

#include <cstdlib>

#include <poll.h>

namespace mainstay::chaos {
namespace {

using fields::field;

constexpr Duration told_to_come_back = milliseconds(300);
constexpr Duration receiver_time = seconds(30);
constexpr int look_every_ms = 20;
constexpr int lane_time_ms = 40;
constexpr int no_content = 204;
constexpr flow::RetryPolicy patient{
    .max_attempts = patient_attempts, .first_delay = milliseconds(100), .longest_delay = seconds(1)};
constexpr flow::RetryPolicy doomed{.max_attempts = doomed_attempts, .first_delay = milliseconds(50)};

struct Report {
    std::string tenant, key, act, lane, node;
    std::int64_t attempt = 0;
};
fields::Table const& table_of(Report const*) {
    static fields::Table const table{
        "ChaosReport",
        {field("tenant", &Report::tenant, ""), field("key", &Report::key, ""), field("act", &Report::act, ""),
         field("lane", &Report::lane, ""), field("node", &Report::node, ""), field("attempt", &Report::attempt, "")}};
    return table;
}

void tell(World const& world, Report const& report) {
    net::Request request;
    request.method = "POST";
    request.url = world.receiver;
    request.headers = {{"Content-Type", "application/json"}};
    request.body = fields::to_json(report);
    request.limits.total_time = receiver_time;
    auto const outcome = world.transport.fetch(std::move(request));
    if (auto const* failure = std::get_if<net::Failure>(&outcome))
        throw std::runtime_error("the receiver cannot be told: " + failure->text);
    if (std::get<net::Reply>(outcome).status != no_content)
        throw std::runtime_error("the receiver does not take what it is told");
}

// Holds the job for longer than its lease, which has to be renewed meanwhile.
void dawdle(World const& world, flow::Context const& context) {
    Duration const until = world.clock.monotonic() + world.lease + milliseconds(200);
    while (world.clock.monotonic() < until) {
        if (context.is_cancelled()) throw std::runtime_error("was stopped");
        poll(nullptr, 0, look_every_ms);
    }
}

void do_as_told(World const& world, flow::Context& context, Task const& task) {
    bool const applies = context.attempt() <= task.times;
    if (task.conduct == Conduct::crashes && applies) std::abort();
    if (task.conduct == Conduct::fails_before && applies) throw std::runtime_error("fails, as it was told");
    if (task.conduct == Conduct::told && applies)
        throw flow::RetryAfter(told_to_come_back, "comes back, as it was told");
    if (task.conduct == Conduct::discards) throw flow::Discard("is hopeless, as it was told");
    if (task.conduct == Conduct::slow) dawdle(world, context);
    if (!task.lane.empty()) poll(nullptr, 0, lane_time_ms);
    act(world, context, task.key);
    if (task.conduct == Conduct::fails_after && applies)
        throw std::runtime_error("fails after it acted, as it was told");
}

void run_task(World const& world, flow::Context& context, Task const& task) {
    if (task.lane.empty()) return do_as_told(world, context, task);
    pass(world, context, task, Passage::enters);
    try {
        do_as_told(world, context, task);
    } catch (...) {  // thrown on
        pass(world, context, task, Passage::leaves);
        throw;
    }
    pass(world, context, task, Passage::leaves);
}

flow::JobKind task_kind(World const& world, std::string_view name, flow::RetryPolicy const& retry) {
    auto kind =
        flow::job_kind<Task>([&world](flow::Context& context, Task const& task) { run_task(world, context, task); });
    kind.name = name;
    kind.retry = retry;
    return kind;
}

}  // namespace

fields::Table const& table_of(Task const*) {
    static fields::Table const table{
        "ChaosTask",
        {field("key", &Task::key, "Of its effect.", fields::length(1, 100)),
         field("conduct", &Task::conduct, "What it does.", fields::defaulted()),
         field("times", &Task::times, "In how many attempts.", fields::range(std::int64_t{0}, std::int64_t{1'000'000}),
               fields::defaulted()),
         field("lane", &Task::lane, "Its concurrency key.", fields::length(0, 100), fields::defaulted())}};
    return table;
}

fields::Table const& table_of(Tick const*) {
    static fields::Table const table{"ChaosTick", {field("name", &Tick::name, "Of the schedule.")}};
    return table;
}

void act(World const& world, flow::Context& context, std::string const& key) {
    tell(world, {context.tenant().to_string(), key, "acts", "", world.node, context.attempt()});
    Effect effect{key, world.node, context.attempt()};
    context.write([effect = std::move(effect)](Transaction& tx) { insert_effect(tx, effect); });
}

void pass(World const& world, flow::Context& context, Task const& task, Passage passage) {
    tell(world, {context.tenant().to_string(), task.key, std::string(fields::name_of(passage)), task.lane, world.node,
                 context.attempt()});
}

std::vector<flow::JobKind> job_kinds(World const& world) {
    auto tick = flow::job_kind<Tick>([](flow::Context& context, Tick const& tick_of) {
        context.write([name = tick_of.name](Transaction& tx) { insert_tick(tx, name); });
    });
    tick.retry = patient;
    return {task_kind(world, patient_kind, patient), task_kind(world, doomed_kind, doomed), std::move(tick)};
}

}  // namespace mainstay::chaos
