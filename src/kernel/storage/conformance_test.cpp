// What units of work promise, the same on both engines.
#include "testing/testing.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <thread>

namespace mainstay {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Migration things{"things", 1, "0001_things", R"(
CREATE TABLE things (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    amount BIGINT NOT NULL,
    note TEXT,
    PRIMARY KEY (tenant_id, id),
    CHECK (amount >= 0)
);
CREATE TABLE parts (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    thing_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, thing_id) REFERENCES things (tenant_id, id)
);
-- global: the same for every tenant
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
)"};

constexpr char const* insert_thing = "INSERT INTO things (tenant_id, id, amount) VALUES (:tenant, :id, :amount)";
constexpr char const* all_ids = "SELECT id FROM things WHERE tenant_id = :tenant ORDER BY id";
constexpr char const* total = "SELECT coalesce(sum(amount), 0) FROM things WHERE tenant_id = :tenant";

class ConformanceTest : public testing::Engines {
protected:
    void SetUp() override { migrate({std::span(&things, 1)}); }

    void insert(Transaction& tx, std::string const& id, std::int64_t amount = 1) {
        tx.execute(insert_thing, bind("id", id), bind("amount", amount));
    }
    void insert(Scope scope, std::string const& id, std::int64_t amount = 1) {
        database().write(scope, [&](Transaction& tx) { insert(tx, id, amount); });
    }
    std::vector<std::string> ids(Scope scope) {
        return database().read(scope, [](Snapshot& snapshot) { return snapshot.all<std::string>(all_ids); });
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, ConformanceTest, testing::each_engine(), testing::engine_name);

TEST_P(ConformanceTest, WrittenRowsAreReadBackByTheirTenantAlone) {
    insert(mine, "a");
    insert(theirs, "b");
    EXPECT_THAT(ids(mine), ElementsAre("a"));
    EXPECT_THAT(ids(theirs), ElementsAre("b"));
}

}  // namespace
}  // namespace mainstay
