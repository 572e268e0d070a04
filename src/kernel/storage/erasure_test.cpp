#include "kernel/storage/erasure.hpp"

#include "testing/testing.hpp"

#include <algorithm>

namespace mainstay {
namespace {

constexpr Migration first{"erasure", 1, "0001_erasure", R"(
CREATE TABLE orders (
    tenant_id TEXT NOT NULL,
    id        TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE TABLE lines (
    tenant_id TEXT NOT NULL,
    id        TEXT NOT NULL,
    order_id  TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
);
-- global: found before the tenant is known
CREATE TABLE order_words (word TEXT NOT NULL PRIMARY KEY, tenant TEXT NOT NULL);
)"};
constexpr Migration second{"erasure", 2, "0002_later", R"(
CREATE TABLE remarks (
    tenant_id TEXT NOT NULL,
    id        TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
)"};

class ErasureTest : public testing::Engines {
protected:
    static constexpr std::int64_t at_most = 2;

    std::vector<std::string> statements() {
        return is_sqlite() ? erasing_statements(sqlite) : erasing_statements(postgres);
    }
    void fill(TenantId tenant, bool has_remarks) {
        database().write(tenant, [&](Transaction& tx) {
            for (auto const* id : {"a", "b", "c"}) {
                tx.execute("INSERT INTO orders (tenant_id, id) VALUES (:tenant, :id)", bind("id", id));
                tx.execute("INSERT INTO lines (tenant_id, id, order_id) VALUES (:tenant, :id, :id)", bind("id", id));
                tx.execute("INSERT INTO order_words (word, tenant) VALUES (:word, :tenant)",
                           bind("word", tenant.to_string() + id));
                if (has_remarks)
                    tx.execute("INSERT INTO remarks (tenant_id, id) VALUES (:tenant, :id)", bind("id", id));
            }
        });
    }
    // Rows of each statement's table until there are none.
    std::vector<std::int64_t> erase(TenantId tenant) {
        std::vector<std::int64_t> removed;
        for (auto const& statement : statements()) {
            std::int64_t all = 0, some = 0;
            do {
                some = database().write(tenant, [&](Transaction& tx) {
                    return tx.execute(Sql(statement, statement), bind("at_most", at_most));
                });
                EXPECT_LE(some, at_most);
                all += some;
            } while (some > 0);
            removed.push_back(all);
        }
        return removed;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, ErasureTest, testing::each_engine(), testing::engine_name);

TEST_P(ErasureTest, EveryRowOfTheTenantGoesAndNoneOfAnother) {
    migrate({std::span(&first, 1)});
    fill(mine, false);
    fill(theirs, false);
    auto const removed = erase(mine);
    EXPECT_EQ(std::count(removed.begin(), removed.end(), 3), 3) << "orders, lines, order_words";
    EXPECT_EQ(erase(mine), std::vector(removed.size(), std::int64_t{0}));
    auto const others = erase(theirs);
    EXPECT_EQ(std::count(others.begin(), others.end(), 3), 3);
}

TEST_P(ErasureTest, ATableThatIsAddedLaterIsErasedToo) {
    migrate({std::span(&first, 1)});
    auto const before = statements().size();
    constexpr Migration both[] = {first, second};
    migrate({both});
    EXPECT_EQ(statements().size(), before + 1);
    fill(mine, true);
    auto const removed = erase(mine);
    EXPECT_EQ(std::count(removed.begin(), removed.end(), 3), 4);
}

}  // namespace
}  // namespace mainstay
