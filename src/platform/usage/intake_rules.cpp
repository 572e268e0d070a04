// What a batch of events comes to.
#include "platform/usage/intake.hpp"

#include <map>

namespace mainstay::usage {
namespace {

std::string pointer_to(std::size_t event, std::string_view member) {
    return "/events/" + std::to_string(event) + std::string(member);
}

Instant time_of(Batch const& batch, std::size_t event) {
    return batch.events[event].at.value_or(batch.now);
}

class Planner {
public:
    Planner(Batch const& batch, Plan& plan) : batch_(batch), plan_(plan) {
        for (std::size_t i = 0; i < plan.meters.size(); ++i) listening_[plan.meters[i].event_name].push_back(i);
    }

    void run() {
        for (std::size_t i = 0; i < batch_.events.size(); ++i) {
            NewEvent const& event = batch_.events[i];
            plan_.answers.push_back({event.id, EventStatus::accepted, {}, {}});
            if (!is_taken(i)) continue;
            plan_.rows.push_back({event.id, event.name, event.subject, time_of(batch_, i).us, event.properties.text});
        }
        plan_.tallies = tallies_of(batch_, plan_);
    }

private:
    bool refuse(std::size_t i, EventStatus status, std::optional<Reason> reason, std::string_view member) {
        plan_.answers[i] = {batch_.events[i].id, status, reason, pointer_to(i, member)};
        return false;
    }

    bool is_taken(std::size_t i) {
        NewEvent const& event = batch_.events[i];
        Instant const at = time_of(batch_, i);
        if (at > batch_.now + ahead_max) return refuse(i, EventStatus::refused, Reason::in_future, "/at");
        if (at < batch_.now - late_max) return refuse(i, EventStatus::late, Reason::too_late, "/at");
        auto const meters = listening_.find(event.name);
        if (meters == listening_.end()) return refuse(i, EventStatus::refused, Reason::no_meter, "/name");
        std::size_t const counted_before = plan_.counted.size();
        for (std::size_t const meter : meters->second) {
            auto found = measure(plan_.meters[meter], batch_.properties[i].root());
            if (auto const* refusal = std::get_if<Refusal>(&found)) {
                plan_.counted.resize(counted_before);
                return refuse(i, EventStatus::refused, refusal->reason, refusal->pointer);
            }
            plan_.counted.push_back({i, meter, std::get<Measure>(std::move(found))});
        }
        auto const [first, is_first] = seen_.emplace(event.id, i);
        if (is_first) return true;
        plan_.counted.resize(counted_before);
        NewEvent const& known = batch_.events[first->second];
        bool const is_again =
            is_same(event, {known.id, known.name, known.subject, time_of(batch_, first->second), known.properties});
        if (!is_again) return refuse(i, EventStatus::refused, Reason::conflict, "/id");
        plan_.answers[i].status = EventStatus::duplicate;
        return false;
    }

    Batch const& batch_;
    Plan& plan_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> listening_;
    std::map<std::string_view, std::size_t> seen_;
};

}  // namespace

bool is_same(NewEvent const& event, StoredEvent const& stored) {
    return event.name == stored.name && event.subject == stored.subject && (!event.at || *event.at == stored.at) &&
           event.properties == stored.properties;
}

Batch read_batch(std::vector<NewEvent> events, Instant now) {
    Batch batch{std::move(events), {}, now};
    std::vector<Problem> problems;
    batch.properties.resize(batch.events.size());
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
        std::string const& text = batch.events[i].properties.text;
        auto const refuse = [&](std::string says) {
            if (problems.size() < fields::max_problems)
                problems.push_back({pointer_to(i, "/properties"), std::move(says)});
        };
        if (text.size() > properties_bytes_max)
            refuse("must have " + std::to_string(properties_bytes_max) + " bytes at most");
        else if (batch.properties[i].parse(text) || batch.properties[i].root().type != json::Node::Type::object)
            refuse("must be an object");
    }
    if (!problems.empty()) throw Fault(errors::invalid_input, "Some events are not as they must be.", problems);
    return batch;
}

Plan plan_of(Batch const& batch, std::int64_t meters_number, std::vector<Meter> meters) {
    Plan plan;
    plan.meters_number = meters_number;
    plan.meters = std::move(meters);
    plan.answers.reserve(batch.events.size());
    Planner(batch, plan).run();
    return plan;
}

Tallies tallies_of(Batch const& batch, Plan const& plan) {
    Tallies tallies;
    for (auto const& [event, meter, measured] : plan.counted)
        if (plan.answers[event].status == EventStatus::accepted)
            count(tallies, plan.meters[meter], batch.events[event].subject, time_of(batch, event), measured);
    return tallies;
}

}  // namespace mainstay::usage
