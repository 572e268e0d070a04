#include "kernel/web/idempotency.hpp"

#include "kernel/web/web.hpp"
#include "testing/testing.hpp"

namespace mainstay::web {
namespace {

class IdempotencyTest : public testing::Engines {
protected:
    IdempotencyTest() { migrate({migrations()}); }

    static IdempotencyClaim claim(std::string key) { return {"key_1", "create_thing", std::move(key), "hash"}; }
    void keep(std::string key) {
        database().write(mine, [&](Transaction& tx) { keep_reply(tx, claim(key), {201, "{}", std::nullopt}); });
    }
    bool is_kept(std::string key) {
        return database().write(mine, [&](Transaction& tx) { return find_kept_reply(tx, claim(key)).has_value(); });
    }
    std::int64_t rows(TenantId tenant) {
        return database().read(tenant, [](Snapshot& snapshot) {
            return snapshot.one<std::int64_t>("SELECT count(*) AS n FROM idempotency_keys WHERE tenant_id = :tenant");
        });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, IdempotencyTest, testing::each_engine(), testing::engine_name);

TEST_P(IdempotencyTest, ARepliesDayEndsAndItsRowGoesWithThoseThatFollow) {
    for (int i = 0; i < 4; ++i) keep("old-" + std::to_string(i));
    database().write(theirs, [&](Transaction& tx) { keep_reply(tx, claim("old"), {201, "{}", std::nullopt}); });
    clock.advance(idempotency_kept - seconds(1));
    EXPECT_TRUE(is_kept("old-0"));
    keep("young");
    EXPECT_EQ(rows(mine), 5);
    clock.advance(seconds(1));
    EXPECT_FALSE(is_kept("old-0"));
    keep("new-0");
    keep("new-1");
    EXPECT_EQ(rows(mine), 3);
    EXPECT_TRUE(is_kept("young"));
    EXPECT_EQ(rows(theirs), 1);
}

}  // namespace
}  // namespace mainstay::web
