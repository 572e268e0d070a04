// The end of a tenant over the tables of the whole program.
#include "kernel/storage/erasure.hpp"
#include "app/program.hpp"
#include "platform/keys/keys.hpp"
#include "platform/organizations/organizations.hpp"
#include "testing/testing.hpp"

#include <gtest/gtest.h>

namespace mainstay::app {
namespace {

class ErasedTenantTest : public testing::Engines {
protected:
    ErasedTenantTest() {
        auto const all = all_migrations();
        migrate({all});
        one_ = new_tenant("One");
        other_ = new_tenant("Other");
    }

    TenantId new_tenant(std::string const& name) {
        return database().write(installation_scope("a test", {}), [&](Transaction& tx) {
            auto const tenant = tenants::create_tenant(tx, name, tenants::Plan::enterprise);
            auto const user = identity::create_user(tx, {{name + "@example.com"}, name, "hash"});
            tenants::add_member(tx, tenant.id, user.id, tenants::Role::owner, std::nullopt);
            audit::write(tx, tenant.id, {"a test", "new_tenant"});
            return tenant.id;
        });
    }
    // Rows of several modules, and a file.
    files::FileId fill(TenantId tenant) {
        auto const file = files_.put(tenant, "bytes", clock.now());
        database().write(tenant, [&](Transaction& tx) {
            keys::NewKey key;
            key.settings.name = "k";
            key.settings.scopes = {"read"};
            keys::create_key(tx, key, "a test");
            channels::send_mail(
                tx, channels::write_letter("greeting", {"a@example.com"}, "Hello", {{"Hello."}, {}, {}, {}}));
            files::keep(tx, file, "a test");
        });
        return file;
    }
    std::vector<std::string> statements() {
        return is_sqlite() ? erasing_statements(sqlite) : erasing_statements(postgres);
    }
    // Of all tables; they are removed by the count, as by the job.
    std::int64_t rows_left(TenantId tenant) {
        std::int64_t rows = 0;
        for (auto const& statement : statements())
            rows += database().write(tenant, [&](Transaction& tx) {
                return tx.execute(Sql(statement, statement), bind("at_most", std::int64_t{10'000}));
            });
        return rows;
    }
    void erase_what_is_due() {
        flow::Engine engine(database(), clock, {});
        engine.add(organizations::erase_job({files_, [this] { return statements(); }}));
        engine.run_until_idle();
    }
    void begin_deletion() {
        database().write(installation_scope("a test", {}),
                         [&](Transaction& tx) { organizations::delete_tenant(tx, one_); });
    }
    bool is_there(TenantId tenant) {
        return database().read(system_scope("a test"),
                               [&](Snapshot& snapshot) { return tenants::find_tenant(snapshot, tenant).has_value(); });
    }

    testing::TemporaryFolder folder_;
    files::FolderFiles files_{folder_.path()};
    TenantId one_, other_;
};
INSTANTIATE_TEST_SUITE_P(Engines, ErasedTenantTest, testing::each_engine(), testing::engine_name);

TEST_P(ErasedTenantTest, AfterItsGraceNothingOfItIsLeftAndEverythingOfAnother) {
    auto const file = fill(one_), others_file = fill(other_);
    begin_deletion();
    clock.advance(tenants::deletion_grace - seconds(1));
    erase_what_is_due();
    EXPECT_TRUE(is_there(one_));
    EXPECT_EQ(files_.read(one_, file, 100), "bytes");
    clock.advance(seconds(1));
    erase_what_is_due();
    EXPECT_FALSE(is_there(one_));
    EXPECT_THROW(files_.read(one_, file, 100), Fault);
    EXPECT_EQ(rows_left(one_), 0);
    EXPECT_TRUE(is_there(other_));
    EXPECT_EQ(files_.read(other_, others_file, 100), "bytes");
    EXPECT_GT(rows_left(other_), 5);
}

TEST_P(ErasedTenantTest, WhatIsTakenBackInTimeIsNotErasedAndIsWhatItWas) {
    database().write(installation_scope("a test", {}),
                     [&](Transaction& tx) { tenants::set_status(tx, one_, tenants::Status::suspended); });
    begin_deletion();
    clock.advance(days(1));
    database().write(one_, [&](Transaction& tx) { tenants::restore(tx, one_); });
    clock.advance(tenants::deletion_grace);
    erase_what_is_due();
    ASSERT_TRUE(is_there(one_));
    auto const tenant =
        database().read(one_, [&](Snapshot& snapshot) { return tenants::find_tenant(snapshot, one_).value(); });
    EXPECT_EQ(tenant.status, tenants::Status::suspended);
    EXPECT_FALSE(tenant.deletes_at);
}

}  // namespace
}  // namespace mainstay::app
