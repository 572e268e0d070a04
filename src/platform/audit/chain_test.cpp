// The chain notices whatever is done to lines and seals behind its back.
#include "platform/audit/audit_store.hpp"

#include "testing/testing.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace mainstay::audit {
namespace {

using ::testing::HasSubstr;

class ChainTest : public testing::Engines {
protected:
    ChainTest() { migrate({migrations()}); }

    void act(TenantId tenant, std::string const& action, std::string const& object = "key_1") {
        database().write(tenant, [&](Transaction& tx) { write(tx, tenant, {"usr_ann", action, object}); });
        clock.advance(milliseconds(1));
    }
    void seal_acts(TenantId tenant, std::vector<std::string> const& actions) {
        for (auto const& action : actions) act(tenant, action);
        EXPECT_EQ(seal_all(database()), std::ssize(actions));
    }
    void tamper(Sql sql) {
        database().write(mine, [&](Transaction& tx) { EXPECT_GT(tx.execute(sql), 0); });
    }
    std::string fault() { return verify(database(), mine).fault; }
};
INSTANTIATE_TEST_SUITE_P(Engines, ChainTest, testing::each_engine(), testing::engine_name);

TEST_P(ChainTest, WhatWasWrittenIsChainedByTheNextSealingAndHolds) {
    seal_acts(mine, {"create", "update"});
    seal_acts(mine, {"delete"});
    act(mine, "young");
    auto const verdict = verify(database(), mine);
    EXPECT_EQ(verdict.fault, "");
    EXPECT_EQ(verdict.seals, 2);
    EXPECT_EQ(verdict.lines, 3);
    EXPECT_EQ(verdict.unsealed, 1);
    EXPECT_TRUE(verdict.oldest_unsealed_at.has_value());
    EXPECT_EQ(verdict.head.size(), 64u);
}

TEST_P(ChainTest, EachMemberOfALineIsHeldByTheChain) {
    for (Sql const change :
         {Sql("UPDATE audit_log SET actor_id = 'usr_eve' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET action = 'read' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET object_id = 'key_2' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET status = 1 WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET code = 'forbidden' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET before = '{}' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET after = '{}' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET request_id = 'x' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET remote_address = 'x' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET user_agent = 'x' WHERE tenant_id = :tenant AND action = 'update'"),
          Sql("UPDATE audit_log SET created_at = created_at + 1 WHERE tenant_id = :tenant AND action = 'update'")}) {
        seal_acts(mine, {"create", "update", "delete"});
        EXPECT_EQ(fault(), "");
        tamper(change);
        EXPECT_THAT(fault(), HasSubstr("are not those that it was made over")) << change.sqlite;
        tamper("DELETE FROM audit_log WHERE tenant_id = :tenant");
        tamper("DELETE FROM audit_seals WHERE tenant_id = :tenant");
    }
}

TEST_P(ChainTest, ALineThatIsRemovedOrSlippedInIsFound) {
    seal_acts(mine, {"create", "update"});
    seal_acts(mine, {"delete"});
    tamper("UPDATE audit_log SET seal = 1 WHERE tenant_id = :tenant AND action = 'delete'");
    EXPECT_THAT(fault(), HasSubstr("seal 1 was made over 2 lines, and more are there"));
    tamper("DELETE FROM audit_log WHERE tenant_id = :tenant AND action <> 'create'");
    EXPECT_THAT(fault(), HasSubstr("seal 1 was made over 2 lines, and 1 are there"));
}

TEST_P(ChainTest, ASealThatIsRemovedOrMadeAnewIsFound) {
    seal_acts(mine, {"create"});
    seal_acts(mine, {"update"});
    seal_acts(mine, {"delete"});
    tamper("DELETE FROM audit_seals WHERE tenant_id = :tenant AND number = 3");
    EXPECT_THAT(fault(), HasSubstr("seals behind 2 are missing"));
    tamper("DELETE FROM audit_seals WHERE tenant_id = :tenant AND number = 1");
    EXPECT_EQ(fault(), "seal 1 is missing");
}

TEST_P(ChainTest, AChainMadeAnewFromOneLineOnHasAnotherHead) {
    seal_acts(mine, {"create"});
    seal_acts(mine, {"update"});
    std::string const head = verify(database(), mine).head;
    tamper("UPDATE audit_log SET actor_id = 'usr_eve', seal = NULL WHERE tenant_id = :tenant");
    tamper("DELETE FROM audit_seals WHERE tenant_id = :tenant");
    seal_all(database());
    EXPECT_EQ(fault(), "");
    EXPECT_NE(verify(database(), mine).head, head);
}

TEST_P(ChainTest, TenantsHaveChainsOfTheirOwn) {
    act(mine, "create");
    act(theirs, "create");
    EXPECT_EQ(seal_all(database()), 2);
    EXPECT_NE(verify(database(), mine).head, verify(database(), theirs).head);
    tamper("UPDATE audit_log SET actor_id = 'usr_eve' WHERE tenant_id = :tenant");
    EXPECT_NE(fault(), "");
    EXPECT_EQ(verify(database(), theirs).fault, "");
}

TEST_P(ChainTest, MoreThanOneSealsLinesGoIntoSeveral) {
    database().write(mine, [&](Transaction& tx) {
        for (std::int64_t i = 0; i < 2 * lines_in_seal_max + 1; ++i)
            write(tx, mine, {"usr_ann", "create", std::to_string(i)});
    });
    EXPECT_EQ(seal_all(database()), 2 * lines_in_seal_max + 1);
    auto const verdict = verify(database(), mine);
    EXPECT_EQ(verdict.seals, 3);
    EXPECT_EQ(verdict.lines, 2 * lines_in_seal_max + 1);
    EXPECT_EQ(verdict.fault, "");
}

TEST_P(ChainTest, SealersOfSeveralNodesMakeOneChainWhileOthersWrite) {
    constexpr int writers = 2, each = 60;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            for (int i = 0; i < each; ++i)
                database().write(mine, [&](Transaction& tx) {
                    write(tx, mine, {"usr_ann", "create", std::to_string(writer) + '/' + std::to_string(i)});
                });
        });
    for (int sealer = 0; sealer < 2; ++sealer)
        threads.emplace_back([&] {
            for (int i = 0; i < 10; ++i) seal_all(database());
        });
    for (auto& thread : threads) thread.join();
    seal_all(database());
    auto const verdict = verify(database(), mine);
    EXPECT_EQ(verdict.fault, "");
    EXPECT_EQ(verdict.lines, writers * each);
    EXPECT_EQ(verdict.unsealed, 0);
}

TEST_P(ChainTest, WhatTheInstallationDoesHasAChainToo) {
    database().write(installation_scope("a test", "usr_operator"), [&](Transaction& tx) {
        write(tx, tx.tenant(), {"usr_operator", "pause_queue", "default"});
    });
    act(mine, "create");
    EXPECT_EQ(seal_all(database()), 2);
    EXPECT_EQ(verify(database(), installation_tenant).lines, 1);
    EXPECT_EQ(verify(database(), mine).lines, 1);
}

TEST(Canonical, NothingCanBeMovedFromOneMemberIntoTheNext) {
    Line one, other;
    one.action = "ab";
    one.object_id = "c";
    other.action = "a";
    other.object_id = "bc";
    EXPECT_NE(canonical(one), canonical(other));
    other = one;
    other.before = JsonText{""};
    EXPECT_NE(canonical(one), canonical(other));
    other = one;
    other.seal = 7;  // what the chain adds is not in it
    EXPECT_EQ(canonical(one), canonical(other));
}

}  // namespace
}  // namespace mainstay::audit
