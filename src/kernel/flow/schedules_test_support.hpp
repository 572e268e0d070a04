// What the tests of schedules share: their world, on a Friday morning, and what was made in it.
#pragma once
#include "kernel/flow/flow_test_support.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace mainstay::flow {

inline Instant at(std::string_view text) {
    return parse_rfc3339(text).value();
}

inline ScheduleSpec cron(std::string line, CatchUp catch_up = CatchUp::latest) {
    return {.cron = std::move(line), .catch_up = catch_up};
}
inline ScheduleSpec every(Duration length, CatchUp catch_up = CatchUp::latest) {
    return {.every_seconds = length.us / 1'000'000, .catch_up = catch_up};
}

inline NewSchedule parcels(std::string name, ScheduleSpec spec) {
    return {std::move(name), std::move(spec), JobTarget{"Parcel", {R"({"name":"x","weight_g":1})"}}};
}

inline Graph walk(std::int64_t version = 1) {
    return GraphBuilder<Journey>("walk", version)
        .node("step", [](Context&, Journey& journey) { ++journey.turns; })
        .then(end)
        .build();
}

// An engine's own. Its wall clock is that of the test; it tells when the engine asks for the time, as between a claim
// and the work. Engines with threads need monotonic time that goes on.
class ClockOfAnEngine : public Clock {
public:
    explicit ClockOfAnEngine(Clock const& under) : under_(under) {}
    Instant now() const override {
        if (asked_meanwhile) asked_meanwhile();
        return under_.now();
    }
    Duration monotonic() const override { return system_clock().monotonic(); }
    std::function<void()> asked_meanwhile;

private:
    Clock const& under_;
};

// It is 2027-01-15, a Friday, 08:00 UTC.
class SchedulesWorld : public FlowWorld {
protected:
    SchedulesWorld() { clock.step_wall_clock(at("2027-01-15T08:00:00Z") - clock.now()); }

    ScheduleId create(NewSchedule const& given) {
        return database().write(mine, [&](Transaction& tx) { return create_schedule(tx, given); });
    }
    ScheduleRecord schedule(ScheduleId id) {
        return database().read(mine, [&](Snapshot& s) { return find_schedule(s, id); }).value();
    }
    template <class Act>
    auto act(Act const& unit) {
        return database().write(mine, unit);
    }
    void settle(std::vector<Graph const*> const& graphs = {}) {
        Engine engine(database(), clock, {.queue = std::string(schedules_queue)});
        for (auto const* graph : graphs) engine.add(*graph);
        engine.log = [this](std::string_view, std::string_view text) { log.emplace_back(text); };
        engine.run_until_idle();
    }
    void settle_at(std::string_view time) {
        clock.advance(at(time) - clock.now());
        settle();
    }
    void work(std::vector<Graph const*> const& graphs = {}) {
        Engine engine(database(), clock, {});
        engine.add(job_kind<Parcel>([](Context&, Parcel const&) {}));
        for (auto const* graph : graphs) engine.add(*graph);
        engine.run_until_idle();
    }
    // The times that jobs were made for, in their order.
    std::vector<std::string> made() {
        auto keys = database().read(mine, [](Snapshot& s) {
            return s.all<std::string>("SELECT unique_key FROM flow_jobs WHERE tenant_id = :tenant");
        });
        for (auto& key : keys) key = key.substr(key.find(' ') + 1);
        std::sort(keys.begin(), keys.end());
        return keys;
    }
    std::int64_t runs_made() {
        return database().read(mine, [](Snapshot& s) {
            return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_runs WHERE tenant_id = :tenant");
        });
    }
    void alter(Sql sql, ScheduleId id) {
        database().write(system_scope("test"), [&](Transaction& tx) { tx.execute(sql, bind("id", id)); });
    }
    // Bounded by patience alone.
    template <class Question>
    void until(Question const& is_so) {
        std::mutex mutex;
        std::condition_variable nobody_tells;
        std::unique_lock lock(mutex);
        Duration const limit = system_clock().monotonic() + seconds(120);
        while (!is_so() && system_clock().monotonic() < limit)
            nobody_tells.wait_for(lock, std::chrono::milliseconds(2));
        ASSERT_TRUE(is_so());
    }
    std::vector<std::string> log;
};

}  // namespace mainstay::flow
