#include "kernel/events/events.hpp"

#include "testing/testing.hpp"

#include <algorithm>
#include <thread>

namespace mainstay::events {
namespace {

struct PhaseChanged {
    static constexpr std::string_view event_type = "migration.phase_changed";
    std::string phase;
};

fields::Table const& table_of(PhaseChanged const*) {
    static fields::Table const table{"PhaseChanged", {fields::field("phase", &PhaseChanged::phase, "Its name.")}};
    return table;
}

class EventsTest : public testing::Engines {
protected:
    EventsTest() { migrate({events::migrations()}); }
    std::vector<Event> read(TenantId tenant, std::string_view subject, EventId after = {}) {
        return database().read(tenant, [&](Snapshot& s) { return read_after(s, subject, after); });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, EventsTest, testing::each_engine(), testing::engine_name);

TEST_P(EventsTest, EventsOfOneTransactionKeepTheirOrder) {
    database().write(mine, [&](Transaction& tx) {
        for (int i = 0; i < 50; ++i) emit(tx, "mig_1", PhaseChanged{std::to_string(i)});
    });
    auto const found = read(mine, "mig_1");
    ASSERT_EQ(found.size(), 50u);
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_EQ(found[i].payload.text, R"({"phase":")" + std::to_string(i) + R"("})");
    EXPECT_EQ(found[0].type, "migration.phase_changed");
    EXPECT_EQ(found[0].subject, "mig_1");
    EXPECT_EQ(found[0].created_at, clock.now());
}

TEST_P(EventsTest, OrderHoldsWhenTheClockStepsBack) {
    for (char const* phase : {"first", "second", "third"}) {
        database().write(mine, [&](Transaction& tx) { emit(tx, "mig_1", PhaseChanged{phase}); });
        clock.step_wall_clock(hours(-1));
    }
    auto const found = read(mine, "mig_1");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[2].payload.text, R"({"phase":"third"})");
    EXPECT_LT(found[0].id, found[1].id);
    EXPECT_LT(found[1].id, found[2].id);
}

TEST_P(EventsTest, TransactionsThatEmitAboutOneSubjectAtOnceAllSucceedThoughTheClockStepsBack) {
    constexpr int each = 30;
    database().write(mine, [&](Transaction& tx) { emit(tx, "mig_1", PhaseChanged{"first"}); });
    clock.step_wall_clock(hours(-1));
    auto const emit_often = [&] {
        for (int i = 0; i < each; ++i)
            EXPECT_NO_THROW(database().write(mine, [&](Transaction& tx) { emit(tx, "mig_1", PhaseChanged{"more"}); }));
    };
    std::thread other(emit_often);
    emit_often();
    other.join();
    EXPECT_EQ(read(mine, "mig_1").size(), 1u + 2 * each);
}

TEST_P(EventsTest, OldEventsAreRemovedTenantByTenantInSlicesAndYoungOnesStay) {
    for (int i = 0; i < 3; ++i)
        database().write(mine, [&](Transaction& tx) { emit(tx, "mig_1", PhaseChanged{std::to_string(i)}); });
    database().write(theirs, [&](Transaction& tx) { emit(tx, "mig_2", PhaseChanged{"theirs"}); });
    clock.advance(days(1));
    database().write(mine, [&](Transaction& tx) { emit(tx, "mig_1", PhaseChanged{"young"}); });
    auto const remove = [&](TenantId tenant, std::int64_t at_most) {
        return database().write(system_scope("a test"), [&](Transaction& tx) {
            return remove_emitted_before(tx, tenant.to_string(), clock.now() - hours(1), at_most);
        });
    };
    EXPECT_EQ(remove(mine, 2), 2);
    EXPECT_EQ(remove(mine, 2), 1);
    EXPECT_EQ(remove(mine, 2), 0);
    EXPECT_EQ(read(mine, "mig_1").size(), 1u);
    EXPECT_EQ(read(theirs, "mig_2").size(), 1u);
    std::vector<std::string> tenants;
    std::optional<std::string> next = "";
    while ((next = database().read(system_scope("a test"), [&](Snapshot& s) { return next_tenant(s, *next); })))
        tenants.push_back(*next);
    std::vector<std::string> both{mine.to_string(), theirs.to_string()};
    std::sort(both.begin(), both.end());
    EXPECT_EQ(tenants, both);
}

TEST_P(EventsTest, ReaderGoesOnBehindWhatItHasRead) {
    database().write(mine, [&](Transaction& tx) {
        for (int i = 0; i < 3; ++i) emit(tx, "mig_1", PhaseChanged{std::to_string(i)});
        emit(tx, "mig_2", PhaseChanged{"other"});
    });
    auto const all = read(mine, "mig_1");
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(read(mine, "mig_1", all[0].id).size(), 2u);
    EXPECT_TRUE(read(mine, "mig_1", all[2].id).empty());
}

TEST_P(EventsTest, EventGoesWithItsTransactionAndItsTenant) {
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      emit(tx, "mig_1", PhaseChanged{"lost"});
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    EXPECT_TRUE(read(mine, "mig_1").empty());
    database().write(mine, [&](Transaction& tx) { emit(tx, "mig_1", PhaseChanged{"kept"}); });
    EXPECT_EQ(read(mine, "mig_1").size(), 1u);
    EXPECT_TRUE(read(theirs, "mig_1").empty());
}

TEST_P(EventsTest, ListenersHearOfCommittedEventsAlone) {
    std::vector<std::string> heard;
    auto const listening =
        database().signals().listen<Emitted>([&](Emitted const& emitted) { heard.push_back(emitted.subject); });
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      emit(tx, "mig_1", PhaseChanged{"lost"});
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    database().write(mine, [&](Transaction& tx) { emit(tx, "mig_2", PhaseChanged{"kept"}); });
    EXPECT_EQ(heard, std::vector<std::string>{"mig_2"});
}

TEST_P(EventsTest, PayloadPastTheLimitIsRefused) {
    EXPECT_THROW(
        database().write(
            mine, [&](Transaction& tx) { emit(tx, "mig_1", PhaseChanged{std::string(payload_bytes_max, 'x')}); }),
        std::logic_error);
}

TEST(Successor, CarriesOverChanceAndTimeAndKeepsTheVersion) {
    EventId id;
    id.uuid = {0, 0, 0, 0, 0, 1, 0x7F, 0xFF, 0xBF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    Uuid const expected{0, 0, 0, 0, 0, 2, 0x70, 0, 0x80, 0, 0, 0x01, 0x02, 0x03, 0x04, 0x05};
    EXPECT_EQ(successor(id, 0x0102030405).uuid, expected);
    EXPECT_LT(id, successor(id, 0));
}

}  // namespace
}  // namespace mainstay::events
