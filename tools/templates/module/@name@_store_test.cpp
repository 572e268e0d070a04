#include "@include@/@name@_store.hpp"
#include "testing/testing.hpp"

namespace mainstay::@name@ {
namespace {

class StoreTest : public testing::Engines {
protected:
    StoreTest() { migrate({migrations()}); }
    Item insert(TenantId tenant, std::string title) {
        return database().write(tenant, [&](Transaction& tx) {
            Item const item{ItemId::make(tx.now()), title, Status::open, tx.now()};
            insert_item(tx, item);
            return item;
        });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, StoreTest, testing::each_engine(), testing::engine_name);

TEST_P(StoreTest, AnItemKeepsItsStatus) {
    Item const item = insert(mine, "First item");
    database().write(mine, [&](Transaction& tx) { set_status(tx, item.id, Status::closed); });
    auto const found = database().read(mine, [&](Snapshot& snapshot) { return find_item(snapshot, item.id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->title, "First item");
    EXPECT_EQ(found->status, Status::closed);
}

TEST_P(StoreTest, OthersSeeNothingOfIt) {
    Item const item = insert(theirs, "Theirs");
    database().read(mine, [&](Snapshot& snapshot) {
        EXPECT_FALSE(find_item(snapshot, item.id));
        EXPECT_TRUE(list_items(snapshot, {}, 10).empty());
    });
}

TEST_P(StoreTest, PagesFollowOneAnotherInOrder) {
    for (auto const* title : {"one", "two", "three"}) {
        clock.advance(seconds(1));
        insert(mine, title);
    }
    database().read(mine, [&](Snapshot& snapshot) {
        auto const first = list_items(snapshot, {}, 2);
        ASSERT_EQ(first.size(), 2u);
        EXPECT_EQ(first[1].title, "two");
        auto const rest = list_items(snapshot, first[1].id, 2);
        ASSERT_EQ(rest.size(), 1u);
        EXPECT_EQ(rest[0].title, "three");
    });
}

}  // namespace
}  // namespace mainstay::@name@
