// A workflow with everything that a run can wait for.
#include "tests/chaos_server/chaos.hpp"

namespace mainstay::chaos {
namespace {

using fields::defaulted;
using fields::field;

constexpr Duration sounding_time = milliseconds(300);
constexpr Duration patience_of_overdue = milliseconds(500);
constexpr Instant never_reached{4'000'000'000'000'000};
constexpr int crates = 4, crates_at_a_time = 2;
constexpr flow::RetryPolicy patient{
    .max_attempts = patient_attempts, .first_delay = milliseconds(100), .longest_delay = seconds(1)};

struct Crate {
    std::string key;
    std::int64_t weight = 0;
    bool is_packed = false;
};
fields::Table const& table_of(Crate const*) {
    static fields::Table const table{"ChaosCrate",
                                     {field("key", &Crate::key, ""), field("weight", &Crate::weight, ""),
                                      field("is_packed", &Crate::is_packed, "")}};
    return table;
}

struct Survey {
    std::string key;
    Instant due_at;
    std::string depth;
};
fields::Table const& table_of(Survey const*) {
    static fields::Table const table{
        "ChaosSurvey",
        {field("key", &Survey::key, ""), field("due_at", &Survey::due_at, ""), field("depth", &Survey::depth, "")}};
    return table;
}

struct Question {
    std::string key;
};
fields::Table const& table_of(Question const*) {
    static fields::Table const table{"ChaosQuestion", {field("key", &Question::key, "")}};
    return table;
}

struct Verdict {
    std::string word;
};
fields::Table const& table_of(Verdict const*) {
    static fields::Table const table{"ChaosVerdict", {field("word", &Verdict::word, "", fields::length(1, 100))}};
    return table;
}

Question question_of(Voyage const& voyage) {
    return {voyage.key};
}

std::vector<Crate> crates_of(Voyage const& voyage) {
    std::vector<Crate> all;
    for (int i = 1; i <= crates; ++i) all.push_back({voyage.key + "/crate" + std::to_string(i), i, false});
    return all;
}

void load_crates(Voyage& voyage, std::vector<Crate> const& all) {
    for (auto const& crate : all) voyage.cargo += crate.is_packed ? crate.weight : 0;
}

flow::Graph make_crate(World const& world) {
    return flow::GraphBuilder<Crate>("chaos_crate", 1)
        .node("pack",
              [&world](flow::Context& context, Crate& crate) {
                  act(world, context, crate.key);
                  crate.is_packed = true;
              })
        .then(flow::end)
        .retries(patient)
        .build();
}

flow::Graph make_survey(World const& world) {
    return flow::GraphBuilder<Survey>("chaos_survey", 1)
        .node("plan", [&world](flow::Context&, Survey& survey) { survey.due_at = world.clock.now() + sounding_time; })
        .then("sound")
        .retries(patient)
        .wait_until("sound", [](Survey const& survey) { return survey.due_at; })
        .then("report")
        .retries(patient)
        .node("report",
              [&world](flow::Context& context, Survey& survey) {
                  act(world, context, survey.key);
                  survey.depth = "sounded";
              })
        .then(flow::end)
        .retries(patient)
        .build();
}

auto effect(World const& world, std::string name, std::string Voyage::*member) {
    return [&world, name = std::move(name), member](flow::Context& context, Voyage& voyage) {
        act(world, context, voyage.key + '/' + name);
        voyage.*member = name;
    };
}

auto lap(World const& world) {
    return [&world](flow::Context& context, Voyage& voyage) {
        ++voyage.lap;
        act(world, context, voyage.key + "/lap" + std::to_string(voyage.lap));
        if (context.attempt() <= voyage.times) throw std::runtime_error("fails, as it was told");
    };
}

auto ends_as(Ending ending) {
    return [ending](Voyage const& voyage) { return voyage.ending == ending; };
}

flow::Graph make_voyage(World const& world, flow::Graph const& crate, flow::Graph const& survey) {
    auto const take_verdict = [](std::string Voyage::*member) {
        return [member](Voyage& voyage, Verdict const& verdict, std::string const&) { voyage.*member = verdict.word; };
    };
    auto const never_comes = [](Voyage const&) { return never_reached; };
    flow::GraphBuilder<Voyage> builder("chaos_voyage", 1);
    builder.node("lap", lap(world))
        .then_if("lap", [](Voyage const& voyage) { return voyage.lap < voyage.laps; })
        .otherwise("part")
        .retries(patient)
        .split("part", {"port", "starboard"})
        .join("race")
        .retries(patient)
        .node("port", effect(world, "port", &Voyage::port))
        .then("race")
        .retries(patient)
        .node("starboard", effect(world, "starboard", &Voyage::starboard))
        .then("race")
        .retries(patient)
        .split("race", {"swift", "idle"})
        .join("load", flow::Join::any)
        .retries(patient)
        .node("swift", effect(world, "swift", &Voyage::winner))
        .then("load")
        .retries(patient)
        .wait_until("idle", never_comes)
        .then("load")
        .retries(patient);
    builder.map<Crate>("load", crate, crates_of, load_crates)
        .at_a_time(crates_at_a_time)
        .then("survey")
        .retries(patient)
        .call<Survey>(
            "survey", survey,
            [](Voyage const& voyage) {
                return Survey{voyage.key + "/survey", {}, {}};
            },
            [](Voyage& voyage, Survey const& done) { voyage.survey = done.depth; })
        .then("hail")
        .retries(patient)
        .wait_for<Signal>(
            "hail", [](Voyage const& voyage) { return voyage.key; },
            [](Voyage& voyage, Signal const& signal) { voyage.signal = signal.value; })
        .then("ask")
        .retries(patient)
        .split("ask", {"captain", "owner"})
        .join("agreed")
        .retries(patient)
        .ask<Verdict>("captain", question_of, take_verdict(&Voyage::captain))
        .then("agreed")
        .retries(patient)
        .ask<Verdict>("owner", question_of, take_verdict(&Voyage::owner))
        .then("agreed")
        .retries(patient);
    builder.node("agreed", effect(world, "agreed", &Voyage::end))
        .then_if("doomed", ends_as(Ending::doomed))
        .then_if("overdue", ends_as(Ending::overdue))
        .then_if("stranded", ends_as(Ending::stranded))
        .otherwise("home")
        .retries(patient)
        .node("doomed", [](flow::Context&, Voyage&) { throw flow::Discard("goes down, as it was told"); })
        .then("home")
        .retries(patient)
        .ask<Verdict>("overdue", question_of, take_verdict(&Voyage::owner))
        .within(patience_of_overdue, "late")
        .then("home")
        .retries(patient)
        .node("late", effect(world, "late", &Voyage::end))
        .then(flow::end)
        .retries(patient)
        .wait_until("stranded", never_comes)
        .then("home")
        .retries(patient)
        .node("home", effect(world, "home", &Voyage::end))
        .then(flow::end)
        .retries(patient);
    return builder.build();
}

}  // namespace

fields::Table const& table_of(Voyage const*) {
    static fields::Table const table{
        "ChaosVoyage",
        {field("key", &Voyage::key, "Of its effects.", fields::length(1, 100)),
         field("laps", &Voyage::laps, "Turns of its loop.", fields::range(std::int64_t{1}, std::int64_t{100}),
               defaulted()),
         field("times", &Voyage::times, "Attempts at each turn that fail.",
               fields::range(std::int64_t{0}, std::int64_t{10}), defaulted()),
         field("ending", &Voyage::ending, "How it ends.", defaulted()), field("lap", &Voyage::lap, "", defaulted()),
         field("port", &Voyage::port, "", defaulted()), field("starboard", &Voyage::starboard, "", defaulted()),
         field("winner", &Voyage::winner, "", defaulted()), field("signal", &Voyage::signal, "", defaulted()),
         field("captain", &Voyage::captain, "", defaulted()), field("owner", &Voyage::owner, "", defaulted()),
         field("survey", &Voyage::survey, "", defaulted()), field("end", &Voyage::end, "", defaulted()),
         field("cargo", &Voyage::cargo, "", defaulted())}};
    return table;
}

fields::Table const& table_of(Signal const*) {
    static fields::Table const table{"ChaosSignal", {field("value", &Signal::value, "What it says.")}};
    return table;
}

Graphs::Graphs(World const& world)
    : crate_(make_crate(world)), survey_(make_survey(world)), voyage_(make_voyage(world, crate_, survey_)) {}

}  // namespace mainstay::chaos
