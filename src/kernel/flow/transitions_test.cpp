// Random walks of jobs on the engine against the table of transitions and a small model of what must be.
#include "kernel/flow/flow_rules.hpp"
#include "kernel/flow/flow_test_support.hpp"

#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace mainstay::flow {
namespace {

constexpr std::int64_t attempts_max = 3;

enum class Act { enqueue, work, cancel, retry, pass_time, jump_ahead, jump_back, restart, refuse_rows };

// How the handler comes back; what the rest of the names stand for is done within it.
enum class Ending { well, with_rows, failed, hopeless, lost, expired, cancelled, told_and_stopped };

class TransitionsTest : public FlowWorld {
protected:
    struct Known {
        JobState state = JobState::waiting;
        std::int64_t runs = 0;  // of the handler since it was enqueued or put back
    };
    std::map<JobId, Known> known;
    std::vector<Ending> endings;  // of the next runs
    bool refuses_rows = false;
    std::string broken;
    std::unique_ptr<Engine> engine;

    void restart() {
        engine = std::make_unique<Engine>(database(), clock, EngineOptions{.lease = seconds(30)});
        auto kind = job_kind<Parcel>([this](Context& context, Parcel const& parcel) { handle(context, parcel); });
        kind.retry = {.max_attempts = attempts_max, .first_delay = seconds(5), .jitter = 0};
        kind.time_limit = hours(10);
        engine->add(kind);
    }

    void handle(Context& context, Parcel const& parcel) {
        JobId const id = JobId::parse(ids.at(static_cast<std::size_t>(parcel.weight_g))).value();
        ++known[id].runs;
        require(job(id).state == JobState::running, "a job that runs is running");
        require(next_state(known[id].state, JobEvent::claim) == JobState::running, "a job that runs could be claimed");
        known[id].state = JobState::running;
        require(context.attempt() <= attempts_max, "no attempt past the last");
        Ending const ending = endings.empty() ? Ending::well : endings.back();
        if (!endings.empty()) endings.pop_back();
        switch (ending) {
            case Ending::well: return;
            case Ending::with_rows:
                context.write([id, refuses = refuses_rows](Transaction& tx) {
                    note_effect(tx, id.to_string());
                    if (refuses) throw std::runtime_error("the database refused");
                });
                return;
            case Ending::failed: throw std::runtime_error("failed");
            case Ending::hopeless: throw Discard("hopeless");
            case Ending::lost: throw LeaseLost("as if it had been killed");
            case Ending::expired: clock.advance(seconds(31)); return;
            case Ending::cancelled:
                database().write(mine, [&](Transaction& tx) { cancel_job(tx, id); });
                require(context.is_cancelled(), "a handler is told");
                return;
            case Ending::told_and_stopped:
                clock.advance(seconds(31));
                require(context.is_cancelled(), "a handler is told");
                return;
        }
    }

    // The engine takes what is thrown in a handler for a failed attempt.
    void require(bool is_so, std::string const& what) {
        if (!is_so) broken = what;
    }

    // What is in the database follows from what was there by one or more rows of the table.
    void see(JobId id, JobState now) {
        Known& job = known[id];
        RC_ASSERT(is_reachable(job.state, now));
        job.state = now;
    }
    static bool is_reachable(JobState from, JobState to) {
        std::set<JobState> seen{from};
        for (std::size_t before = 0; before != seen.size();) {
            before = seen.size();
            for (auto const state : std::set(seen))
                for (int event = 0; event <= static_cast<int>(JobEvent::cancel); ++event)  // all but retry
                    if (auto const next = next_state(state, static_cast<JobEvent>(event))) seen.insert(*next);
        }
        return seen.contains(to);
    }

    void check() {
        if (!broken.empty()) RC_FAIL(broken);
        auto const noted = effects_of(mine);
        std::map<std::string, int> effects;
        for (auto const& text : noted) ++effects[text];
        for (auto& [id, model] : known) {
            Job const now = job(id);
            see(id, now.state);
            bool const is_ready = database().read(mine, [&id = id](Snapshot& s) {
                return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_ready WHERE id = :id", bind("id", id)) == 1;
            });
            RC_ASSERT(is_ready == !is_finished(now.state));
            RC_ASSERT(now.finished_at.has_value() == is_finished(now.state));
            RC_ASSERT(now.attempts >= 0);
            RC_ASSERT(now.attempts <= attempts_max + 1);
            RC_ASSERT(model.runs <= attempts_max);
            RC_ASSERT(effects[id.to_string()] <= 1);
            if (effects[id.to_string()] == 1) RC_ASSERT(now.state == JobState::completed);
        }
    }

    void act(Act what) {
        auto const any = [&]() -> JobId {
            return JobId::parse(ids[*rc::gen::inRange<std::size_t>(0, ids.size())]).value();
        };
        switch (what) {
            case Act::enqueue: {
                JobOptions options;
                if (*rc::gen::arbitrary<bool>()) options.concurrency = Concurrency{"k", 1};
                if (*rc::gen::arbitrary<bool>()) options.run_at = clock.now() + seconds(*rc::gen::inRange(0, 60));
                auto const id = enqueue(Parcel{"x", std::ssize(ids)}, options);
                ids.push_back(id.to_string());
                known[id];
                return;
            }
            case Act::work:
                endings = *rc::gen::container<std::vector<Ending>>(
                    *rc::gen::inRange<std::size_t>(1, 5),
                    rc::gen::element(Ending::well, Ending::with_rows, Ending::failed, Ending::hopeless, Ending::lost,
                                     Ending::expired, Ending::cancelled, Ending::told_and_stopped));
                return engine->run_until_idle();
            case Act::cancel:
                if (!ids.empty()) {
                    auto const id = any();
                    database().write(mine, [&](Transaction& tx) { cancel_job(tx, id); });
                }
                return;
            case Act::retry:
                if (!ids.empty()) {
                    auto const id = any();
                    bool const may = next_state(job(id).state, JobEvent::retry).has_value();
                    RC_ASSERT(database().write(mine, [&](Transaction& tx) { return retry_job(tx, id); }) == may);
                    if (may) known[id] = {};
                }
                return;
            case Act::pass_time: return clock.advance(seconds(*rc::gen::inRange(0, 40)));
            case Act::jump_ahead: return clock.step_wall_clock(hours(1));
            case Act::jump_back: return clock.step_wall_clock({-hours(1).us});
            case Act::restart: return restart();
            case Act::refuse_rows: refuses_rows = !refuses_rows; return;
        }
    }

    void walk() {
        empty();
        restart();
        auto const acts = *rc::gen::container<std::vector<Act>>(*rc::gen::inRange<std::size_t>(5, 25),
                                                                rc::gen::weightedElement<Act>({{4, Act::enqueue},
                                                                                               {6, Act::work},
                                                                                               {2, Act::cancel},
                                                                                               {2, Act::retry},
                                                                                               {3, Act::pass_time},
                                                                                               {1, Act::jump_ahead},
                                                                                               {1, Act::jump_back},
                                                                                               {1, Act::restart},
                                                                                               {1, Act::refuse_rows}}));
        for (auto const what : acts) {
            act(what);
            check();
        }
        // Left alone it comes to its end.
        refuses_rows = false;
        for (int i = 0; i < 8; ++i) {
            endings.clear();
            clock.advance(hours(2));
            engine->run_until_idle();
        }
        check();
        RC_ASSERT(ready_rows() == 0);
        RC_ASSERT(database().read(system_scope("test"), [](Snapshot& s) {
            return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_places");
        }) == 0);
        engine.reset();
    }

    void empty() {
        known.clear();
        ids.clear();
        broken.clear();
        refuses_rows = false;
        database().write(system_scope("test"), [](Transaction& tx) {
            for (Sql const sql : {Sql("DELETE FROM flow_ready"), Sql("DELETE FROM flow_places"),
                                  Sql("DELETE FROM flow_jobs"), Sql("DELETE FROM flow_effects")})
                tx.execute(sql);
        });
    }

    std::vector<std::string> ids;
};
INSTANTIATE_TEST_SUITE_P(Engines, TransitionsTest, testing::each_engine(), testing::engine_name);

TEST_P(TransitionsTest, JobsGoNoWayThatTheTableDoesNotKnow) {
    EXPECT_TRUE(rc::check("random walks", [this] { walk(); }));
}

}  // namespace
}  // namespace mainstay::flow
