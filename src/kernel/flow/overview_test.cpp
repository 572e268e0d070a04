#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class OverviewTest : public FlowWorld {
protected:
    static JobKind failing() {
        return job_kind<Parcel>([](Context&, Parcel const& parcel) {
            if (parcel.name == "bad") throw Discard("it is bad");
        });
    }
    JobId enqueue_of(TenantId tenant, std::string const& name, JobOptions const& options = {}) {
        clock.advance(milliseconds(1));
        return database().write(tenant, [&](Transaction& tx) { return flow::enqueue(tx, Parcel{name, 1}, options); });
    }
    void work() {
        Engine engine(database(), clock, {});
        engine.add(failing());
        engine.run_until_idle();
    }
    std::vector<std::string> jobs(std::optional<JobState> state, std::optional<TenantId> tenant = {},
                                  std::optional<JobId> before = {}, std::int64_t limit = 100) {
        std::vector<std::string> ids;
        for (auto const& job : database().read(system_scope("test"), [&](Snapshot& s) {
                 return list_jobs_of_all(s, tenant, {state, {}, {}}, before, limit);
             }))
            ids.push_back(job.tenant_id.to_string() + '/' + job.id.to_string());
        return ids;
    }
    static std::string of(TenantId tenant, JobId id) { return tenant.to_string() + '/' + id.to_string(); }
    std::optional<TenantId> owner(JobId id) {
        return database().read(system_scope("test"), [&](Snapshot& s) { return tenant_of_job(s, id); });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, OverviewTest, testing::each_engine(), testing::engine_name);

TEST_P(OverviewTest, JobsOfAllTenantsAreListedNewestFirstButForTheCompleted) {
    auto const dead = enqueue_of(mine, "bad"), done = enqueue_of(theirs, "good");
    work();
    auto const waits = enqueue_of(theirs, "later", {.run_at = clock.now() + hours(1)});
    auto const cancelled = enqueue_of(mine, "not at all");
    database().write(mine, [&](Transaction& tx) { return cancel_job(tx, cancelled); });

    EXPECT_THAT(jobs({}), ElementsAre(of(mine, cancelled), of(theirs, waits), of(mine, dead)));
    EXPECT_THAT(jobs(JobState::dead), ElementsAre(of(mine, dead)));
    EXPECT_THAT(jobs(JobState::waiting), ElementsAre(of(theirs, waits)));
    EXPECT_THAT(jobs(JobState::running), IsEmpty());
    EXPECT_THAT(jobs({}, theirs), ElementsAre(of(theirs, waits)));
    EXPECT_THAT(jobs({}, {}, {}, 2), ElementsAre(of(mine, cancelled), of(theirs, waits)));
    EXPECT_THAT(jobs({}, {}, waits, 2), ElementsAre(of(mine, dead)));

    EXPECT_EQ(owner(dead), mine);
    EXPECT_EQ(owner(waits), theirs);
    EXPECT_EQ(owner(done), std::nullopt);
}

TEST_P(OverviewTest, WorkWhoseWorkersAllDiedIsDueAndNoLongerShownAsRunning) {
    auto const id = enqueue_of(mine, "left");
    {
        Engine engine(database(), clock, {.lease = seconds(30)});
        engine.add(job_kind<Parcel>([&](Context&, Parcel const&) {
            EXPECT_EQ(job(id).state, JobState::running);
            EXPECT_THAT(jobs(JobState::running), ElementsAre(of(mine, id)));
            throw LeaseLost("as if it had been killed");
        }));
        engine.run_until_idle();
    }
    auto const queue = [&] {
        return database().read(system_scope("test"), [](Snapshot& s) { return list_queues(s); }).at(0);
    };
    clock.advance(seconds(29));
    EXPECT_EQ(queue().running, 1);
    EXPECT_EQ(queue().oldest_due_at, std::nullopt);
    clock.advance(seconds(1) + minutes(5));
    EXPECT_EQ(queue().running, 0);
    EXPECT_EQ(queue().due, 1);
    EXPECT_EQ(queue().oldest_due_at, clock.now() - minutes(5));
    EXPECT_EQ(job(id).state, JobState::waiting);
    EXPECT_EQ(job(id).run_at, clock.now() - minutes(5));
    EXPECT_THAT(jobs(JobState::waiting), ElementsAre(of(mine, id)));
    EXPECT_THAT(jobs(JobState::running), IsEmpty());
    auto const of_tenant = database().read(
        mine, [](Snapshot& s) { return list_jobs(s, {.state = JobState::waiting, .kind = {}, .queue = {}}, {}, 10); });
    EXPECT_EQ(of_tenant.size(), 1u);
    EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return cancel_job(tx, id); }));
    Engine rescuer(database(), clock, {});
    rescuer.add(failing());
    rescuer.run_until_idle();
    EXPECT_EQ(job(id).state, JobState::cancelled);
    EXPECT_EQ(rescuer.counters().leases_lost_total, 1u) << "its holder never comes back to say so";
}

TEST_P(OverviewTest, RunsOfAllTenantsAreListedWithoutThoseThatRunsStarted) {
    auto const graph = GraphBuilder<Journey>("fork", 1)
                           .split("both", {"left", "right"})
                           .join("meet")
                           .merge([](Journey&, std::vector<Journey> const&) {})
                           .node("left", [](Context&, Journey&) { throw Discard("no way"); })
                           .then("meet")
                           .node("right", [](Context&, Journey&) { throw Discard("no way"); })
                           .then("meet")
                           .node("meet", [](Context&, Journey&) {})
                           .then(end)
                           .build();
    auto const first = start(graph);
    Engine engine(database(), clock, {});
    engine.add(graph);
    engine.run_until_idle();
    clock.advance(milliseconds(1));
    auto const second = database().write(theirs, [&](Transaction& tx) {
        return start_run(tx, graph, Journey{7, "secret"});
    });
    auto const list = [&](std::optional<RunState> state) {
        std::vector<std::string> ids;
        for (auto const& run : database().read(system_scope("test"), [&](Snapshot& s) {
                 return list_runs_of_all(s, {}, {state, {}, {}}, {}, 100);
             })) {
            EXPECT_THAT(fields::to_json(run), Not(HasSubstr("secret")));
            ids.push_back(run.tenant_id.to_string() + '/' + run.id.to_string());
        }
        return ids;
    };
    std::string const failed = mine.to_string() + '/' + first.to_string();
    std::string const pending = theirs.to_string() + '/' + second.to_string();
    EXPECT_THAT(list({}), ElementsAre(pending, failed));
    EXPECT_THAT(list(RunState::failed), ElementsAre(failed));
    EXPECT_THAT(list(RunState::pending), ElementsAre(pending));
}

class OverviewPlansTest : public OverviewTest {
protected:
    // Of the first page without a filter.
    static std::string plan_of(std::string_view statement, std::string const& last) {
        std::string sql(statement), plan;
        auto const put = [&](std::string const& name, std::string const& value) {
            for (std::size_t at = 0; (at = sql.find(':' + name, at)) != std::string::npos; at += value.size())
                sql.replace(at, name.size() + 1, value);
        };
        put("last", last);
        for (auto const* filter : {"state", "tenant_id", "kind", "queue", "graph"}) put(filter, "''");
        put("limit", "51");
        put("now", "0");
        for (auto const& line : testing::FreshPostgres::as_superuser("EXPLAIN " + sql)) plan += line + '\n';
        return plan;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, OverviewPlansTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(OverviewPlansTest, APageIsReadByIndexesAmongAHundredThousandCompletedJobs) {
    database();
    testing::FreshPostgres::as_superuser(R"(
        INSERT INTO flow_jobs (tenant_id, id, kind, queue, priority, originator, payload, created_at, outcome,
                               attempts, fence)
        SELECT 'ten_' || i % 50, 'job_' || lpad(i::text, 26, '0'), 'Parcel', 'default', 0, '', '{}', i,
               CASE WHEN i % 1000 = 0 THEN 'dead' WHEN i % 100 > 0 THEN 'completed' END, 1, 1
          FROM generate_series(1, 100000) i;
        INSERT INTO flow_ready (id, tenant, queue, kind, priority, run_at, is_due, fence, attempts, abandoned,
                                is_cancelled, has_place, is_parked)
        SELECT id, tenant_id, queue, kind, priority, 1, true, 1, 0, 0, false, false, false
          FROM flow_jobs WHERE outcome IS NULL;
        ANALYZE flow_ready)");
    testing::FreshPostgres::as_superuser("VACUUM ANALYZE flow_jobs");
    std::string const plan = plan_of(overview_statements()[0].postgres, "'job_~'");
    EXPECT_THAT(plan, HasSubstr("Backward using flow_ready_pkey"));
    EXPECT_THAT(plan, HasSubstr(" flow_jobs_given_up"));
    EXPECT_THAT(plan, HasSubstr("using flow_jobs_pkey"));
    EXPECT_THAT(plan, Not(HasSubstr("Seq Scan"))) << plan;
}

TEST_P(OverviewPlansTest, APageIsReadByAnIndexAmongAHundredThousandCompletedRuns) {
    database();
    testing::FreshPostgres::as_superuser(R"(
        INSERT INTO flow_runs (tenant_id, id, graph, version, queue, priority, originator, root_id, branch, position,
                               depth, until, state, node, steps, first_node, input, data, created_at, fence)
        SELECT 'ten_' || i % 50, 'run_' || lpad(i::text, 26, '0'), 'walk', 1, 'default', 0, '', '', '', 0, 0, '',
               CASE WHEN i % 1000 = 0 THEN 'failed' WHEN i % 100 > 0 THEN 'completed' ELSE 'waiting' END, '', 0, '',
               '{}', '{}', i, 1
          FROM generate_series(1, 100000) i)");
    testing::FreshPostgres::as_superuser("VACUUM ANALYZE flow_runs");
    std::string const plan = plan_of(overview_statements()[1].postgres, "'run_~'");
    EXPECT_THAT(plan, HasSubstr(" flow_runs_not_completed"));
    EXPECT_THAT(plan, Not(HasSubstr("Seq Scan"))) << plan;
}

}  // namespace
}  // namespace mainstay::flow
