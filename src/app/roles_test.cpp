// Processes that share a PostgreSQL and divide its work by their roles.
#include "app/bucket_fixture.hpp"
#include "app/work_fixture.hpp"

namespace mainstay::app {
namespace {

using testing::comes_true;

class RolesTest : public testing::Engines {
protected:
    // A process's part, but for the process.
    struct Node {
        Node(PostgresOptions const& postgres, std::string roles, config::Config config,
             std::filesystem::path const& files) {
            if (!files.empty()) std::filesystem::create_directory_symlink(files, folder.path() / "files");
            config.data = folder.path().string();
            config.port = 0;
            config.duck_program = DUCK_CHILD_PROGRAM;
            config.roles = std::move(roles);
            program = std::make_unique<Program>(config, Database::open(postgres, system_clock()));
            program->add(flow::job_kind<Letter>([](flow::Context&, Letter const&) {}));
            program->start();
        }
        int status_of(std::string const& path) {
            return testing::HttpClient(program->port()).request("GET", path).status;
        }
        testing::TemporaryFolder folder;
        std::unique_ptr<Program> program;
    };

    RolesTest() { Database::open(postgres, system_clock())->migrate(all_migrations()); }

    // `files`: a folder that several share; without it one of its own.
    std::unique_ptr<Node> node(std::string roles, config::Config config = {}, std::filesystem::path const& files = {}) {
        return std::make_unique<Node>(postgres, std::move(roles), std::move(config), files);
    }
    static flow::JobId enqueue(Node& node) {
        return node.program->database().write(mine_, [](Transaction& tx) { return flow::enqueue(tx, Letter{}); });
    }
    static flow::Job job(Node& node, flow::JobId id) {
        return node.program->database().read(mine_, [&](Snapshot& s) { return flow::find_job(s, id).value(); });
    }
    static bool completes(Node& node, flow::JobId id) {
        return comes_true([&] { return job(node, id).state == flow::JobState::completed; });
    }
    static void ask_for(Node& node, flow::ScheduleId id) {
        node.program->database().write(mine_, [&](Transaction& tx) { flow::run_now(tx, id); });
    }
    static flow::ScheduleRecord schedule(Node& node, flow::ScheduleId id) {
        return node.program->database().read(mine_, [&](Snapshot& s) { return flow::find_schedule(s, id).value(); });
    }
    static bool fires(Node& node, flow::ScheduleId id) {
        return comes_true([&] { return !schedule(node, id).asked_at; });
    }

    // The API's node takes the migration and gives its project.
    static void expect_migration_carried_out(Node& api) {
        auto const run = [&](std::string_view command, std::map<std::string, std::string> const& flags) {
            Command const& found = *find_command(command);
            return found.run({api.program->database()}, read_flags(found, flags).get());
        };
        auto const tenant = member(run("tenant create", {{"name", "Acme"}}), "id");
        auto const key = member(run("key create", {{"tenant", tenant}, {"scopes", "admin"}}), "key");
        testing::HttpClient client(api.program->port());
        testing::HttpClient::Headers const headers{{"Authorization", "Bearer " + key},
                                                   {"Content-Type", "application/json"}};
        auto const made =
            client.request("POST", "/api/v1/migrations", headers,
                           R"({"project_name":"shop","target":"duckdb","script":"CREATE TABLE dbo.item (id INT)\n"})");
        ASSERT_EQ(made.status, 202) << made.body;
        auto const path = "/api/v1/migrations/" + member(made.body, "id");
        std::string body;
        auto const has_ended = [&] {
            body = client.request("GET", path, headers).body;
            return body.find("\"finished_at\":null") == std::string::npos;
        };
        EXPECT_TRUE(comes_true(has_ended, minutes(3)));
        EXPECT_EQ(member(body, "status"), "completed") << body;
        EXPECT_EQ(client.request("GET", path + "/download", headers).body.substr(0, 2), "PK");
    }

    static inline TenantId const mine_ = TenantId::make({1'800'000'000'000'000});
};
INSTANTIATE_TEST_SUITE_P(Engines, RolesTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(RolesTest, EachDoesItsOwnAndNoneOfTheOthersWork) {
    auto const api = node("api");
    auto const early = enqueue(*api);
    auto const id = api->program->database().write(
        mine_, [](Transaction& tx) { return flow::schedule_job(tx, "s", {.every_seconds = 86'400}, Letter{}); });
    ask_for(*api, id);

    auto scheduler = node("scheduler");
    ASSERT_TRUE(fires(*api, id));
    auto const first = flow::JobId::parse(schedule(*api, id).last_job_id.value()).value();
    ask_for(*api, id);
    ASSERT_TRUE(fires(*api, id));
    auto const second = flow::JobId::parse(schedule(*api, id).last_job_id.value()).value();
    ASSERT_NE(first, second);
    for (auto const& waiting : {early, first, second}) EXPECT_EQ(job(*api, waiting).attempts, 0);
    scheduler.reset();

    auto worker = node("worker");
    for (auto const& waiting : {early, first, second}) EXPECT_TRUE(completes(*api, waiting));
    ask_for(*api, id);
    EXPECT_TRUE(completes(*api, enqueue(*api)));
    EXPECT_TRUE(schedule(*api, id).asked_at) << "nobody is there who fires it";
    worker.reset();

    auto const late = enqueue(*api);
    scheduler = node("scheduler");
    ASSERT_TRUE(fires(*api, id));
    EXPECT_EQ(job(*api, late).attempts, 0);
}

TEST_P(RolesTest, AMigrationThatTheApiTookIsCarriedOutByAWorkerWithTheSameFolderOfFiles) {
    testing::TemporaryFolder const files;
    auto const api = node("api", {}, files.path()), worker = node("worker", {}, files.path());
    expect_migration_carried_out(*api);
}

class RolesWithABucketTest : protected HasBucket, public RolesTest {};
INSTANTIATE_TEST_SUITE_P(Engines, RolesWithABucketTest, testing::postgres_alone(),
                         [](auto const&) { return std::string("Alone"); });

TEST_P(RolesWithABucketTest, AMigrationThatTheApiTookIsCarriedOutByAWorkerElsewhere) {
    auto const api = node("api", with_bucket()), worker = node("worker", with_bucket());
    expect_migration_carried_out(*api);
}

TEST_P(RolesTest, WithoutTheApiThereAreTheProbesAlone) {
    for (auto const* roles : {"worker", "scheduler", "worker,scheduler"}) {
        auto const process = node(roles);
        for (auto const* path : {"/health", "/ready", "/metrics"}) EXPECT_EQ(process->status_of(path), 200) << path;
        for (auto const* path : {"/", "/docs", "/docs/errors.md", "/openapi.json", "/setup", "/api/v1/jobs"})
            EXPECT_EQ(process->status_of(path), 404) << roles << ' ' << path;
    }
}

TEST_P(RolesTest, QueuesAreMeasuredByWhoFiresSchedulesAndKindsByWhoCarriesThemOut) {
    auto const measured = [&](std::string roles) {
        auto const process = node(std::move(roles));
        enqueue(*process);
        return testing::HttpClient(process->program->port()).request("GET", "/metrics").body;
    };
    auto const by_scheduler = measured("scheduler"), by_worker = measured("worker");
    EXPECT_THAT(by_scheduler, HasSubstr(R"(mainstay_jobs_queued{queue="default",state="due"} 1)"));
    EXPECT_THAT(by_scheduler, HasSubstr(R"(mainstay_jobs_completed_total{kind="schedule:"} 0)"));
    EXPECT_THAT(by_scheduler, Not(HasSubstr(R"(kind="Letter")")));
    EXPECT_THAT(by_worker, HasSubstr(R"(mainstay_job_run_seconds_bucket{kind="Letter",le="0.001"})"));
    EXPECT_THAT(by_worker, Not(HasSubstr("mainstay_jobs_queued")));
}

}  // namespace
}  // namespace mainstay::app
