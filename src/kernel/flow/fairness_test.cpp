// Tenants take turns: a flood of one leaves the work of another among the next that is taken.
#include "kernel/flow/flow_store.hpp"
#include "kernel/flow/flow_test_support.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <sstream>
#include <thread>

namespace mainstay::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class FairnessTest : public FlowWorld {
protected:
    std::vector<std::string> done;
    std::vector<TenantId> served;

    JobKind deliver() {
        return job_kind<Parcel>([this](Context& context, Parcel const& parcel) {
            done.push_back(parcel.name);
            served.push_back(context.tenant());
        });
    }
    void enqueue_many(TenantId tenant, std::string const& name, int count, JobOptions const& options = {}) {
        std::vector<Parcel> const parcels(static_cast<std::size_t>(count), Parcel{name});
        database().write(tenant, [&](Transaction& tx) { enqueue_all(tx, std::span<Parcel const>(parcels), options); });
    }
    std::ptrdiff_t place_of(std::string const& name) {
        return std::find(done.begin(), done.end(), name) - done.begin();
    }
    TenantId tenant() {
        clock.advance(milliseconds(1));
        return TenantId::make(clock.now());
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, FairnessTest, testing::each_engine(), testing::engine_name);

TEST_P(FairnessTest, SingleJobIsAmongTheNextBesideAFloodBeforeAndAfterARestart) {
    constexpr int flood = 1'000;
    enqueue_many(mine, "flood", flood);
    clock.advance(seconds(1));
    {
        Engine engine(database(), clock, {});
        engine.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
            done.push_back(parcel.name);
            if (done.size() == 100) enqueue_many(theirs, "single", 1);
        }));
        engine.run_until_idle();
    }
    EXPECT_LE(place_of("single"), 102);
    EXPECT_EQ(std::ssize(done), flood + 1);
    done.clear();
    enqueue_many(mine, "flood", flood);
    clock.advance(milliseconds(1));
    enqueue_many(theirs, "single", 1);
    Engine restarted(database(), clock, {});
    restarted.add(deliver());
    restarted.run_until_idle();
    EXPECT_LE(place_of("single"), 1);
}

// One worker; while it is busy with a job of the flood, many more are claimed ahead and then the single is committed.
// The clock stands still, so that every job is quick.
class AheadTest : public FairnessTest {
protected:
    static constexpr int before = 500;
    static constexpr int ahead_at_least = 52;  // more than half of what one round claims: no ordinary round follows

    template <class Question>
    static bool comes_true(Question const& is_so) {
        Duration const end = system_clock().monotonic() + seconds(60);
        while (!is_so()) {
            if (system_clock().monotonic() > end) return false;
            std::this_thread::yield();
        }
        return true;
    }
    std::int64_t held() {
        return database().read(system_scope("test"), [](Snapshot& s) {
            return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_ready WHERE owner IS NOT NULL");
        });
    }
    JobState state_of(TenantId tenant, JobId id) {
        return database().read(tenant, [&](Snapshot& s) { return find_job(s, id).value().state; });
    }
    // No round is under way: all that is not begun stands in the engine's memory; on PostgreSQL, all that is held.
    bool is_settled(Engine const& engine, std::int64_t not_begun) {
        return static_cast<std::int64_t>(engine.counters().waiting) == (is_sqlite() ? not_begun : held() - 1);
    }
    // Gives how many jobs of the flood began once the single was claimed and before it began.
    int begun_before_the_single(int flood, TenantId of_single, JobOptions const& options) {
        for (int i = 0; i < flood; i += 1'000) enqueue_many(mine, "flood", 1'000);
        std::atomic<int> begun = 0, begun_before = -1;
        Engine engine(database(), clock, {.workers = 1});
        engine.add(job_kind<Parcel>([&](Context&, Parcel const& parcel) {
            if (parcel.name == "single") {
                begun_before = begun - before;
            } else if (++begun == before) {
                EXPECT_TRUE(comes_true([&] {
                    return engine.counters().completed_total == before - 1 && held() > ahead_at_least &&
                           is_settled(engine, flood - before);
                }));
                auto const id = database().write(
                    of_single, [&](Transaction& tx) { return flow::enqueue(tx, Parcel{"single"}, options); });
                EXPECT_TRUE(comes_true([&] {
                    return state_of(of_single, id) == JobState::running && is_settled(engine, flood - before + 1);
                })) << "it is not claimed before what is claimed ahead was carried out";
            }
        }));
        engine.start();
        EXPECT_TRUE(comes_true([&] { return begun_before >= 0; }));
        return begun_before;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, AheadTest, testing::each_engine(), testing::engine_name);

TEST_P(AheadTest, SingleJobBeginsBeforeAllThatIsClaimedAheadOfAFlood) {
    EXPECT_EQ(begun_before_the_single(100'000, theirs, {}), 0);
}

TEST_P(AheadTest, UrgentJobBeginsBeforeAllThatIsClaimedAheadOfItsOwnTenant) {
    EXPECT_EQ(begun_before_the_single(1'000, mine, {.priority = 1}), 0);
}

TEST_P(FairnessTest, ThreeTenantsAlternate) {
    std::vector<TenantId> const tenants{tenant(), tenant(), tenant()};
    for (auto const& t : tenants) enqueue_many(t, "x", 20);
    Engine engine(database(), clock, {});
    engine.add(deliver());
    engine.run_until_idle();
    ASSERT_EQ(served.size(), 60u);
    for (std::size_t i = 0; i < 60; i += 3)
        EXPECT_THAT((std::vector{served[i], served[i + 1], served[i + 2]}),
                    ::testing::UnorderedElementsAreArray(tenants));
}

TEST_P(FairnessTest, PriorityGoesBeforeFairness) {
    enqueue_many(mine, "high", 50, {.priority = 1});
    enqueue_many(theirs, "low", 1);
    enqueue_many(mine, "low of the same", 5, {.priority = 0});
    Engine engine(database(), clock, {});
    engine.add(deliver());
    engine.run_until_idle();
    EXPECT_EQ(std::min(place_of("low"), place_of("low of the same")), 50);
    EXPECT_LE(place_of("low"), 51);
}

// Each priority has turns of its own, so that a trickle of urgent work does not begin them anew.
TEST_P(FairnessTest, TurnsGoOnBeneathATrickleOfUrgentWork) {
    std::vector<TenantId> const tenants{tenant(), tenant(), tenant(), tenant()};
    for (auto const& t : tenants) enqueue_many(t, "x", 10);
    enqueue_many(tenants.front(), "urgent", 1, {.priority = 1});
    Engine engine(database(), clock, {});
    engine.add(job_kind<Parcel>([&](Context& context, Parcel const& parcel) {
        if (parcel.name == "x") served.push_back(context.tenant());
        if (parcel.name == "x" && served.size() < 20) enqueue_many(tenants.front(), "urgent", 1, {.priority = 1});
    }));
    engine.run_until_idle();
    std::map<TenantId, int> of_the_first_eight;
    ASSERT_EQ(served.size(), 40u);
    for (std::size_t i = 0; i < 8; ++i) ++of_the_first_eight[served[i]];
    for (auto const& t : tenants) EXPECT_EQ(of_the_first_eight[t], 2);
}

TEST_P(FairnessTest, EveryTenantOfManyIsServedOnce) {
    constexpr int tenants = 500;
    for (int i = 0; i < tenants; ++i) enqueue_many(tenant(), "one", 1);
    Engine engine(database(), clock, {});
    engine.add(deliver());
    engine.run_until_idle();
    EXPECT_EQ(std::ssize(done), tenants);
    std::sort(served.begin(), served.end());
    EXPECT_EQ(std::unique(served.begin(), served.end()), served.end());
}

// SQLite takes them one by one.
class SharesTest : public FairnessTest {};
INSTANTIATE_TEST_SUITE_P(Engines, SharesTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SharesTest);

TEST_P(SharesTest, ShareOfAFloodIsNoMoreThanItsTurns) {
    TenantId const flooding = tenant(), other = tenant();
    enqueue_many(flooding, "flood", 500);
    enqueue_many(other, "other", 3);
    ClaimTerms terms{"default", "test", R"(["Parcel"])", "[]", {}, 20, true, seconds(30)};
    auto const claimed =
        database().write(system_scope("test"), [&](Transaction& tx) { return claim_by_turn(tx, terms); });
    EXPECT_LE(claimed.claims.size(), 20u);
    EXPECT_EQ(std::count_if(claimed.claims.begin(), claimed.claims.end(),
                            [&](Claim const& claim) { return claim.tenant == other; }),
              3);
}

TEST_P(FairnessTest, TableIsReadByTurnsToo) {
    enqueue_many(mine, "flood", 500);
    clock.advance(seconds(1));
    enqueue_many(theirs, "single", 1);
    auto const first = database().read(system_scope("test"),
                                       [](Snapshot& s) { return list_ready(s, "default", R"(["Parcel"])", 10); });
    ASSERT_EQ(first.size(), 10u);
    EXPECT_TRUE(first[0].tenant == theirs || first[1].tenant == theirs);
}

TEST_P(FairnessTest, WorkOfUnknownKindsDoesNotHideALowerPriority) {
    database().write(mine, [](Transaction& tx) { flow::enqueue(tx, Journey{}, {.priority = 9}); });
    enqueue_many(mine, "low", 1, {.priority = -3});
    Engine engine(database(), clock, {});
    engine.add(deliver());
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("low"));
}

TEST_P(FairnessTest, WorkOfUnknownKindsTakesNobodysTurn) {
    for (int i = 0; i < 5; ++i) {  // unknown before, between and behind in the order of tenants
        clock.advance(seconds(1));
        TenantId const tenant = TenantId::make(clock.now());
        if (i % 2 == 0)
            database().write(tenant, [](Transaction& tx) { flow::enqueue(tx, Journey{}); });
        else
            enqueue_many(tenant, "known", 1);
    }
    Engine engine(database(), clock, {.workers = 1, .claim_at_most = 1});
    engine.add(deliver());
    engine.run_until_idle();
    EXPECT_THAT(done, ElementsAre("known", "known"));
}

// As a transaction that writes has them.
class PlansTest : public FairnessTest {
protected:
    static std::string plan(std::string_view sql, std::string const& named = "''") {
        std::string text;
        for (auto const& line : testing::FreshPostgres::as_superuser(
                 "SET enable_seqscan = off; SET jit = off; EXPLAIN " + with_values(sql, named)))
            text += line + '\n';
        return text;
    }

private:
    static std::string with_values(std::string_view sql, std::string const& named) {
        std::string text(sql);
        auto const put = [&](std::string const& name, std::string const& value) {
            for (std::size_t at = 0; (at = text.find(':' + name, at)) != std::string::npos; at += value.size())
                if (at == 0 || text[at - 1] != ':') text.replace(at, name.size() + 1, value);
        };
        put("queue", "'default'");
        put("owner", "'test'");
        put("kinds", R"('["Parcel"]')");
        put("held", "'[]'");
        put("holds", R"('[{"id":"job_1","fence":1}]')");
        put("jobs", R"('[{"id":"job_1","fence":1}]')");
        put("outcome", "'completed'");
        put("rank", "0");
        put("cursor", "'ten_5'");
        put("named", named);
        put("at_most", "100");
        put("may_take_abandoned", "true");
        put("now", "1000");
        put("lease_until", "2000");
        put("until", "2000");
        return text;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, PlansTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(PlansTest, ClaimsAndMarksGoByTheIndexesAmongAHundredThousandRows) {
    database();
    // 100,000 rows: a tenth due of 50 tenants, the rest held, parked or of the future.
    testing::FreshPostgres::as_superuser(R"(
        INSERT INTO flow_ready (id, tenant, queue, kind, priority, run_at, is_due, owner, fence, attempts, abandoned,
                                is_cancelled, concurrency_key, concurrency_limit, has_place, is_parked)
        SELECT 'job_' || lpad(i::text, 26, '0'), 'ten_' || i % 50, 'default', 'Parcel', i % 3 - 1,
               CASE WHEN i % 10 = 0 THEN 900 WHEN i % 10 = 1 THEN 9223372036854775807 ELSE 1500 + i END,
               i % 10 = 0, CASE WHEN i % 10 = 2 THEN 'other' END, 1, 1, 0, false,
               CASE WHEN i % 10 = 1 THEN 'k' END, CASE WHEN i % 10 = 1 THEN 1 END, false, i % 10 = 1
          FROM generate_series(1, 100000) i;
        ANALYZE flow_ready; ANALYZE flow_jobs)");
    auto const [next, claim, mark, renew] = ready_statements();
    for (auto const& [sql, named, index] :
         {std::tuple(next, "''", "flow_ready_by_turn"), std::tuple(claim, "''", "flow_ready_by_turn"),
          std::tuple(claim, R"('["ten_7"]')", "flow_ready_by_turn"), std::tuple(mark, "''", "flow_ready_by_time")}) {
        std::string const text = plan(sql.postgres, named);
        EXPECT_THAT(text, Not(HasSubstr("Seq Scan on flow_ready"))) << text;
        EXPECT_THAT(text, Not(HasSubstr("Bitmap"))) << text;
        EXPECT_THAT(text, HasSubstr(index)) << text;
    }
}

// A plan is kept by a session for long: one made while nothing was ready has to do for a flood.
TEST_P(PlansTest, StatementsPlannedWhileNothingIsReadyReadNoMoreThanTheyName) {
    database();
    testing::FreshPostgres::as_superuser("VACUUM ANALYZE flow_ready");
    auto const [next, claim, mark, renew] = ready_statements();
    for (Sql const& sql : {next, claim, mark, renew, complete_statement()}) {
        std::string const text = plan(sql.postgres);
        EXPECT_THAT(text, Not(HasSubstr("Seq Scan on flow_ready"))) << text;
        EXPECT_THAT(text, Not(HasSubstr("Bitmap"))) << text;
        // An index scan without a condition would read all of it.
        std::istringstream lines(text);
        for (std::string line, next_line; std::getline(lines, line);)
            if (line.find(" using ") != std::string::npos && line.find("on flow_ready") != std::string::npos) {
                std::getline(lines, next_line);
                EXPECT_THAT(next_line, HasSubstr("Index Cond:")) << text;
            }
    }
}

}  // namespace
}  // namespace mainstay::flow
