// What an engine does not know because it could not read it once.
#include "kernel/flow/flow_test_support.hpp"
#include "kernel/flow/ready_memory.hpp"
#include "testing/decorated_database.hpp"

#include <atomic>

namespace mainstay::flow {
namespace {

// A database that fails once: the n-th time that it is asked for this reason.
class FailsOnce : public testing::DecoratedDatabase {
public:
    FailsOnce(Database& inner, std::string_view reason, int time)
        : DecoratedDatabase(inner), reason_(reason), time_(time) {}
    bool has_failed() const { return times_ >= time_; }

    void submit(Scope const& scope, Unit unit, Done done, Isolation isolation) override {
        count(scope);
        DecoratedDatabase::submit(scope, std::move(unit), std::move(done), isolation);
    }

private:
    void read_erased(Scope const& scope, ReadLimits limits, std::function<void(Snapshot&)> reader) override {
        count(scope);
        DecoratedDatabase::read_erased(scope, limits, std::move(reader));
    }
    void count(Scope const& scope) {
        if (scope.reason() == reason_ && ++times_ == time_) throw std::runtime_error("as if no connection were free");
    }

    std::string_view const reason_;
    int const time_;
    std::atomic<int> times_ = 0;
};

class ReloadTest : public FlowWorld {
protected:
    ReloadTest() { reopen(system_clock()); }
    ~ReloadTest() override { close(); }

    void enqueue_many(std::size_t count) {
        std::vector<Parcel> const all(count, Parcel{"x"});
        database().write(mine, [&](Transaction& tx) { enqueue_all<Parcel>(tx, all); });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, ReloadTest, testing::each_engine(), testing::engine_name);

// On SQLite more than the memory of ready work has room for, so that the table is read a second time.
TEST_P(ReloadTest, ABacklogIsCarriedOutThoughOneReadingOfItFails) {
    std::size_t const backlog = is_sqlite() ? ReadyMemory::room_default + 200 : 2'000;
    for (std::size_t left = backlog; left > 0; left -= std::min<std::size_t>(left, 10'000))
        enqueue_many(std::min<std::size_t>(left, 10'000));
    FailsOnce failing(database(), is_sqlite() ? "flow: what is ready" : "flow: complete and claim", 2);
    std::atomic<std::size_t> ran = 0;
    flow::Engine engine(failing, system_clock(), {.claim_at_most = 1'000});
    engine.add(job_kind<Parcel>([&](Context&, Parcel const&) { ++ran; }));
    engine.start();
    EXPECT_TRUE(testing::comes_true([&] { return ran == backlog; }, minutes(5))) << ran << " of " << backlog;
    EXPECT_TRUE(failing.has_failed());
    EXPECT_TRUE(testing::comes_true([&] { return engine.counters().completed_total == backlog; }));
    engine.drain({});
    EXPECT_EQ(ready_rows(), 0);
}

TEST_P(ReloadTest, TwentyThousandRowsOfANewerProgramAreNotReadInPlaceOfKnownOnes) {
    std::vector<Journey> const unknown(10'000);
    for (int i = 0; i < 2; ++i)
        database().write(mine, [&](Transaction& tx) { enqueue_all<Journey>(tx, unknown, {.priority = 9}); });
    enqueue_many(3);
    auto const read = database().read(
        system_scope("test"), [](Snapshot& s) { return list_ready(s, "default", R"(["Parcel","schedule:"])", 100); });
    ASSERT_EQ(read.size(), 3u);
    for (auto const& ready : read) EXPECT_EQ(ready.kind, "Parcel");
}

}  // namespace
}  // namespace mainstay::flow
