// Days of work: what is finished is pruned as fast as new work comes, so that the tables stop growing.
#include "kernel/flow/waits_test_support.hpp"

#include <map>

namespace mainstay::flow {
namespace {

constexpr Duration kept_in_soak = days(2);
constexpr int settled_after_days = 5;  // all of the first days is past, in whatever order it was pruned
constexpr int days_watched = 5;
constexpr int jobs_a_day = 12, runs_a_day = 3;
struct Counted {
    char const* table;
    Sql count;
};
constexpr Counted counted[] = {
    {"flow_ready", "SELECT COUNT(*) FROM flow_ready"},         {"flow_places", "SELECT COUNT(*) FROM flow_places"},
    {"flow_jobs", "SELECT COUNT(*) FROM flow_jobs"},           {"flow_runs", "SELECT COUNT(*) FROM flow_runs"},
    {"flow_steps", "SELECT COUNT(*) FROM flow_steps"},         {"flow_waits", "SELECT COUNT(*) FROM flow_waits"},
    {"flow_schedules", "SELECT COUNT(*) FROM flow_schedules"}, {"events", "SELECT COUNT(*) FROM events"},
};
using Counts = std::map<std::string, std::int64_t>;

struct Graphs {
    Graph check =
        GraphBuilder<Order>("check", 1).node("look", [](Context&, Order& order) { ++order.total; }).then(end).build();
    // A loop, a split, a map with few at a time, a wait for an event and one for a person.
    Graph sale = GraphBuilder<Order>("order", 1)
                     .node("draft", [](Context&, Order& order) { ++order.total; })
                     .then_if("draft", [](Order const& order) { return order.total < 3; })
                     .otherwise("both")
                     .split("both", {"invoice", "label"})
                     .join("each")
                     .node("invoice", [](Context&, Order& order) { order.invoice = "I"; })
                     .then("each")
                     .node("label", [](Context&, Order& order) { order.label = "L"; })
                     .then("each")
                     .map<Order>(
                         "each", check, [](Order const& order) { return std::vector<Order>(3, order); },
                         [](Order&, std::vector<Order> const&) {})
                     .at_a_time(1)
                     .then("pay")
                     .wait_for<Paid>("pay", order_id, [](Order&, Paid const&) {})
                     .then("approve")
                     .ask<Approval>("approve", ask_to_approve, take_approval)
                     .within(hours(1), "late")
                     .then(end)
                     .node("late", [](Context&, Order& order) { order.log = "late"; })
                     .then(end)
                     .build();
};

class SoakTest : public WaitsWorld {
protected:
    static JobKind parcel_kind() {
        return job_kind<Parcel>([](Context&, Parcel const& parcel) {
            if (parcel.weight_g % 4 == 1) throw Discard("is hopeless");
        });
    }

    void enqueue_of_day(int day) {
        database().write(mine, [&](Transaction& tx) {
            for (int i = 0; i < jobs_a_day; ++i) {
                JobOptions options;
                if (i % 3 == 0) options.unique_key = "day" + std::to_string(day) + '/' + std::to_string(i);
                if (i % 3 == 1) options.concurrency = Concurrency{"lane" + std::to_string(day), 2};
                flow::enqueue(tx, Parcel{"p", i}, options);
            }
        });
    }

    void live_a_day(Engine& engine, Engine& schedules, int day) {
        enqueue_of_day(day);
        std::vector<RunId> begun;
        for (int i = 0; i < runs_a_day; ++i)
            begun.push_back(begin(graphs_.sale, {"ord" + std::to_string(i), 0, "", "", "", {}}));
        engine.run_until_idle();
        for (int i = 0; i < runs_a_day; ++i) pay("ord" + std::to_string(i), 1);
        engine.run_until_idle();
        give(graphs_.sale, open_waits(begun.front()).at(0).id);  // the others are late
        if (cancelled_) database().write(mine, [&](Transaction& tx) { cancel_run(tx, graphs_.sale, *cancelled_); });
        cancelled_ = begin(graphs_.sale, {"never paid", 0, "", "", "", {}});
        for (int part = 0; part < 4; ++part) {
            clock.advance(hours(6));
            schedules.run_until_idle();
            engine.run_until_idle();
        }
    }

    Counts count() {
        return database().read(system_scope("test"), [](Snapshot& s) {
            Counts counts;
            for (auto const& [table, sql] : counted) counts[table] = s.one<std::int64_t>(sql);
            return counts;
        });
    }

    Graphs graphs_;
    std::optional<RunId> cancelled_;
};
INSTANTIATE_TEST_SUITE_P(Engines, SoakTest, testing::each_engine(), testing::engine_name);

TEST_P(SoakTest, TablesStopGrowingWhenAsMuchIsPrunedAsIsMade) {
    Engine engine(database(), clock, {.kept = kept_in_soak, .events_kept = kept_in_soak});
    engine.add(parcel_kind());
    engine.add(graphs_.check);
    engine.add(graphs_.sale);
    Engine schedules(database(), clock,
                     {.queue = std::string(schedules_queue), .kept = kept_in_soak, .events_kept = kept_in_soak});
    schedules.add(graphs_.sale);
    database().write(mine, [&](Transaction& tx) {
        schedule_job(tx, "parcels", {.every_seconds = 6 * 3600, .catch_up = CatchUp::all}, Parcel{"scheduled", 0});
    });
    Counts most;
    for (int day = 0; day < settled_after_days + 2 * days_watched; ++day) {
        live_a_day(engine, schedules, day);
        if (day < settled_after_days) continue;
        for (auto const& [table, rows] : count()) {
            if (day < settled_after_days + days_watched)
                most[table] = std::max(most[table], rows);
            else
                EXPECT_LE(rows, most[table]) << table << " grows still on day " << day;
        }
    }
    EXPECT_GT(most["flow_jobs"], jobs_a_day) << "else it shows nothing";
    EXPECT_GT(most["flow_steps"], runs_a_day * 5);
    EXPECT_GT(most["events"], runs_a_day);
    EXPECT_EQ(most["flow_schedules"], 1);
    EXPECT_EQ(most["flow_places"], 0);
}

}  // namespace
}  // namespace mainstay::flow
