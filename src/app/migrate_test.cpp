#include "app/accounts_fixture.hpp"
#include "app/bucket_fixture.hpp"

#include <condition_variable>

namespace mainstay::app {
namespace {

constexpr auto patience = std::chrono::minutes(3);

class MigrateTest : public AppTest {
protected:
    explicit MigrateTest(config::Config config = {}) : AppTest(std::move(config)) {
        listening_ = program_->database().signals().listen<events::Emitted>([this](events::Emitted const&) {
            std::lock_guard const lock(mutex_);
            ++news_;
            changed_.notify_all();
        });
    }
    ~MigrateTest() override { listening_ = {}; }

    std::string start(std::string const& key, std::string const& script) {
        std::string body = R"({"project_name":"shop","script":)";
        json::write_string(script, body);
        auto const reply = call(key, "POST", "/api/v1/migrations", body + '}');
        EXPECT_EQ(reply.status, 202) << reply.body;
        return member(reply.body, "id");
    }

    // The migration once it has ended.
    std::string ended(std::string const& key, std::string const& id) {
        std::unique_lock lock(mutex_);
        for (;;) {
            int const seen = news_;
            lock.unlock();
            std::string const body = call(key, "GET", "/api/v1/migrations/" + id).body;
            if (body.find("\"finished_at\":null") == std::string::npos) return body;
            lock.lock();
            if (!changed_.wait_for(lock, patience, [&] { return news_ != seen; })) return body;
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    int news_ = 0;
    Signals::Listening listening_;
};
INSTANTIATE_TEST_SUITE_P(Engines, MigrateTest, testing::each_engine(), testing::engine_name);

std::string const shop =
    R"(CREATE TABLE dbo.Item (ItemID int NOT NULL PRIMARY KEY, Name nvarchar(50) NOT NULL, Price money NULL)
GO
CREATE TABLE broken (((
GO
INSERT INTO dbo.Item VALUES (1, N'Cup', 2.50), (2, N'Jug', NULL)
GO
CREATE VIEW dbo.Cheap AS SELECT ItemID, Name FROM dbo.Item WHERE Price < 10
GO
)";

TEST_P(MigrateTest, AScriptBecomesAProjectAlthoughOneStatementIsBroken) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    std::string const id = start(key, shop);
    std::string const done = ended(key, id);
    EXPECT_EQ(member(done, "status"), "completed") << done;
    EXPECT_EQ(member(done, "phase"), "complete");
    EXPECT_NE(done.find("\"total_models\":2,\"completed_models\":2,\"failed_models\":0"), std::string::npos) << done;
    auto const models = call(key, "GET", "/api/v1/migrations/" + id + "/models?limit=1");
    EXPECT_EQ(models.status, 200);
    std::string const next = member(models.body, "next_cursor");
    EXPECT_EQ(call(key, "GET", "/api/v1/migrations/" + id + "/models/" + next).status, 200);
    auto const zip = call(key, "GET", "/api/v1/migrations/" + id + "/download");
    EXPECT_EQ(zip.body.substr(0, 2), "PK");
    EXPECT_EQ(zip.headers.at("content-disposition"), "attachment; filename=\"shop.zip\"");
    // Its run belongs to it: a fork would carry out the same migration anew.
    json::Document runs;
    std::string const listed = call(key, "GET", "/api/v1/workflow-runs").body;
    ASSERT_FALSE(runs.parse(listed));
    std::string const run(runs.root().find("items")->items[0].find("id")->string);
    EXPECT_EQ(call(key, "POST", "/api/v1/workflow-runs/" + run + "/fork", R"({"step":1})").status, 409);
    EXPECT_EQ(call(key, "DELETE", "/api/v1/migrations/" + id).status, 204);
    EXPECT_EQ(call(key, "GET", "/api/v1/migrations/" + id).status, 404);
}

TEST_P(MigrateTest, AModelTellsWhatItWasMadeOfAndWhatMayDiffer) {
    std::string const key = new_key(new_tenant("Acme"), "write");
    std::string const script = shop +
                               "\n-- sorted\nCREATE VIEW dbo.Sorted AS\n    SELECT TOP 3 ItemID FROM dbo.Item "
                               "ORDER BY Name COLLATE Latin1_General_CS_AS\nGO\n"
                               "CREATE VIEW dbo.Odd AS\n    SELECT ItemID FROM OPENROWSET('a', 'b', 'c') AS x\nGO\n";
    auto const id = start(key, script);
    ended(key, id);
    auto const models = call(key, "GET", "/api/v1/migrations/" + id + "/models").body;
    EXPECT_THAT(models, Not(HasSubstr("CREATE VIEW")));
    json::Document list;
    ASSERT_FALSE(list.parse(models));
    std::map<std::string, std::string> bodies;
    for (json::Node const& item : list.root().find("items")->items)
        bodies[std::string(item.find("origin")->string)] =
            call(key, "GET", "/api/v1/migrations/" + id + "/models/" + std::string(item.find("id")->string)).body;
    EXPECT_THAT(
        bodies.at("dbo.Item"),
        HasSubstr(R"json("source":{"file":"script.sql","line":1,"text":"CREATE TABLE dbo.Item (ItemID int)json"));
    EXPECT_THAT(bodies.at("dbo.Sorted"), HasSubstr(R"("line":11,"text":"CREATE VIEW dbo.Sorted AS\n    SELECT TOP 3)"));
    EXPECT_THAT(bodies.at("dbo.Odd"), HasSubstr(R"("severity":"error")"));
    EXPECT_THAT(bodies.at("dbo.Odd"), HasSubstr(R"("file":"script.sql","line":15,)"));
}

TEST_P(MigrateTest, AnInputIsAssessedAtOnceAndNothingIsKept) {
    std::string const key = new_key(new_tenant("Acme"), "write");
    auto const assess = [&](std::string const& script) {
        std::string body = R"({"script":)";
        json::write_string(script, body);
        return call(key, "POST", "/api/v1/migrations/assessment", body + '}');
    };
    auto const assessed = assess(shop);
    ASSERT_EQ(assessed.status, 200) << assessed.body;
    EXPECT_THAT(assessed.body, HasSubstr(R"("tables":2,"columns":3,"views":1)"));
    EXPECT_THAT(assessed.body, HasSubstr(R"("effort":{"small":1,"medium":0,"large":0})"));
    EXPECT_THAT(assessed.body, HasSubstr(R"("severity":"error")"));
    EXPECT_THAT(call(key, "GET", "/api/v1/migrations").body, HasSubstr(R"("items":[])"));
    // What the migration itself finds is the same.
    auto const id = start(key, shop);
    EXPECT_THAT(ended(key, id), HasSubstr(R"("assessment":)" + assessed.body));

    EXPECT_EQ(code_of(assess("")), "invalid_input");
    EXPECT_EQ(code_of(assess(std::string("\x7f"
                                         "ELF\x01\0\0\x02",
                                         8))),
              "input_unreadable");
    EXPECT_EQ(code_of(assess(std::string(18u << 20, ' '))), "payload_too_large");
    EXPECT_EQ(code_of(call(key, "POST", "/api/v1/migrations/assessment", R"({"metadata":{"tables":[{"schema":1}]}})")),
              "invalid_input");
    EXPECT_EQ(code_of(call(new_key(new_tenant("Other"), "read"), "POST", "/api/v1/migrations/assessment", "{}")),
              "forbidden");
}

TEST_P(MigrateTest, ItsFilesAreItsOwnUntilItIsRemovedAndGoWithIt) {
    std::string const tenant = new_tenant("Acme"), key = new_key(tenant, "admin");
    std::string const id = start(key, shop);
    ended(key, id);
    ManualClock later(system_clock().now() + days(30));
    EXPECT_EQ(files::Sweeper(program_->files(), program_->database(), later).sweep(), 0u);
    EXPECT_EQ(call(key, "GET", "/api/v1/migrations/" + id + "/download").status, 200);
    auto const folder = folder_.path() / "files" / tenant;
    EXPECT_FALSE(std::filesystem::is_empty(folder));
    EXPECT_EQ(call(key, "DELETE", "/api/v1/migrations/" + id).status, 204);
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

class MigrateInABucketTest : protected HasBucket, public MigrateTest {
protected:
    MigrateInABucketTest() : MigrateTest(with_bucket()) {}
};
INSTANTIATE_TEST_SUITE_P(Engines, MigrateInABucketTest, testing::each_engine(), testing::engine_name);

TEST_P(MigrateInABucketTest, ItsFilesAreThereUntilItIsRemovedAndNoneInTheDataFolder) {
    std::string const tenant = new_tenant("Acme"), key = new_key(tenant, "admin");
    auto const in_bucket = [&] {
        return program_->files().made_between(TenantId::parse(tenant).value(), {}, system_clock().now() + days(1));
    };
    std::string const id = start(key, shop);
    EXPECT_EQ(member(ended(key, id), "status"), "completed");
    EXPECT_EQ(call(key, "GET", "/api/v1/migrations/" + id + "/download").body.substr(0, 2), "PK");
    EXPECT_FALSE(in_bucket().empty());
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "files"));
    EXPECT_EQ(call(key, "DELETE", "/api/v1/migrations/" + id).status, 204);
    EXPECT_TRUE(in_bucket().empty());
}

TEST_P(MigrateTest, AnotherTenantSeesNothingOfIt) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    std::string const id = start(key, shop);
    ended(key, id);
    std::string const stranger = new_key(new_tenant("Other"), "admin");
    for (auto const* path : {"", "/models", "/download", "/events"})
        EXPECT_EQ(call(stranger, "GET", "/api/v1/migrations/" + id + path).status, 404) << path;
    for (auto const* path : {"/cancel", "/retry"})
        EXPECT_EQ(call(stranger, "POST", "/api/v1/migrations/" + id + path).status, 404) << path;
    EXPECT_EQ(call(stranger, "DELETE", "/api/v1/migrations/" + id).status, 404);
    EXPECT_EQ(call(stranger, "GET", "/api/v1/migrations").body, R"({"items":[],"next_cursor":null})");
}

TEST_P(MigrateTest, PastThePlansQuotaOfAMonthNoMigrationIsStarted) {
    std::string const tenant = member(run("tenant create", {{"name", "Small"}, {"plan", "free"}}), "id");
    std::string const key = new_key(tenant, "admin");
    std::int64_t const quota = entitlements::defaults_of(entitlements::Plan::free).migrations_per_month;
    std::string last;
    for (std::int64_t i = 0; i < quota; ++i) last = start(key, "PRINT 'nothing'");
    auto const refused = call(key, "POST", "/api/v1/migrations", R"({"project_name":"shop","script":"SELECT 1"})");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(member(refused.body, "code"), "quota_exceeded");
    EXPECT_NE(refused.body.find("migrations_per_month"), std::string::npos);
    ended(key, last);
}

TEST_P(MigrateTest, TheSameKeyStartsOneMigration) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    std::string const body = R"json({"project_name":"shop","script":"CREATE TABLE t (a int)"})json";
    auto const first = call(key, "POST", "/api/v1/migrations", body, "m-1");
    auto const again = call(key, "POST", "/api/v1/migrations", body, "m-1");
    EXPECT_EQ(again.status, 202);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.headers.at("idempotent-replayed"), "true");
    ended(key, member(first.body, "id"));
}

TEST_P(MigrateTest, WhatIsNoScriptFailsWithItsReason) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    EXPECT_EQ(call(key, "POST", "/api/v1/migrations", R"({"project_name":"x","script":""})").status, 422);
    EXPECT_EQ(call(key, "POST", "/api/v1/migrations", R"({"project_name":"x"})").status, 422);
    EXPECT_EQ(call(key, "POST", "/api/v1/migrations", R"({"project_name":"No Good","script":"SELECT 1"})").status, 422);
    for (auto const& [metadata, pointer] : {std::pair{R"({"tables":{}})", "/metadata/tables"}, {"[]", "/metadata"}}) {
        auto const wrong =
            call(key, "POST", "/api/v1/migrations", std::string(R"({"project_name":"x","metadata":)") + metadata + '}');
        EXPECT_EQ(wrong.status, 422) << wrong.body;
        EXPECT_NE(wrong.body.find("\"pointer\":\"" + std::string(pointer) + '"'), std::string::npos) << wrong.body;
    }
    std::string const nothing = ended(key, start(key, "PRINT 'hello'"));
    EXPECT_EQ(member(nothing, "status"), "failed");
    EXPECT_NE(nothing.find("defines no table"), std::string::npos) << nothing;
}

class MigrateWithoutEngineTest : public MigrateTest {
protected:
    MigrateWithoutEngineTest() : MigrateTest(without_engine()) {}

    static config::Config without_engine() {
        config::Config config;
        config.duck_program = "/bin/false";
        return config;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, MigrateWithoutEngineTest, testing::each_engine(), testing::engine_name);

TEST_P(MigrateWithoutEngineTest, AMigrationEndsSoonAndSaysWhatIsMissing) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    std::string const failed = ended(key, start(key, shop));
    EXPECT_EQ(member(failed, "status"), "failed") << failed;
    EXPECT_EQ(member(failed, "phase"), "testing");
    EXPECT_EQ(member(failed, "error"), "The query engine is not available on this server.");
    EXPECT_EQ(ask("GET", "/metrics").body.find("mainstay_duck_start_failures_total 0"), std::string::npos);
}

}  // namespace
}  // namespace mainstay::app
